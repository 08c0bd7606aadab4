"""Evidence: files in, sealed; what is sealed, stamped, not yet; custody; verify; hand over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, BinaryIO, cast

from starlette.responses import Response, StreamingResponse

from undersight.errors import NothingSentError, UnreadableRequestError
from undersight.i18n import _
from undersight.integrity.canonical import READ_BYTES, Digest
from undersight.integrity.sealed_spool import SealedSpool
from undersight.web.jobs import table_of
from undersight.web.page import Page
from undersight.workbench import erasing, evidence_room, handovers, sealing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.model.naming import Audience
    from undersight.web.visit import Visit

page = Page(
    "evidence",
    title=_("Evidence"),
    about=_("Seal files, see what is stamped and what is not, read custody, verify, hand over."),
    menu="/evidence",
    key="e",
)
UPLOAD_BYTES = 1024**3
MOST_FILES = 200
AUDIENCES = ("partner", "public", "internal")


@page.get("/evidence")
def show(visit: Visit) -> Response:
    """Show what the vault holds."""
    with visit.reading() as workspace:
        return visit.render(
            "evidence.html",
            room=evidence_room.look(workspace),
            has_key_passphrase=evidence_room.has_key_passphrase(workspace),
        )


@page.post("/evidence/files", needs="draft", most_bytes=UPLOAD_BYTES, most_files=MOST_FILES)
def seal(visit: Visit) -> Response:
    """Seal files that were sent."""
    form = visit.form
    sent = [(one.filename, one.file) for one in form.files.get("files", ()) if one.filename]
    if not sent:
        raise NothingSentError
    options = sealing.SealOptions(
        note=form.text("note"),
        url=form.text("url"),
        source=form.text("source"),
        captured_at=form.text("captured_at"),
    )
    with visit.writing() as workspace:
        sealed = evidence_room.seal_uploads(
            workspace, sent, options, passphrase=lambda: form.raw("key_passphrase")
        )
    visit.refused(sealed.refused)
    said = visit.nt(
        "%(num)d file is under a new seal.",
        "%(num)d files are under a new seal.",
        len(sealed.taken),
    )
    return visit.go("/evidence", said=said if sealed.seal else "")


@page.post("/evidence/pending", needs="draft")
def seal_pending(visit: Visit) -> Response:
    """Seal what came in before and no seal is over."""
    with visit.writing() as workspace:
        made = sealing.seal_pending(workspace, passphrase=lambda: visit.form.raw("key_passphrase"))
    said = visit.t("Sealed.") if made.seal else visit.t("Nothing was waiting to be sealed.")
    return visit.go("/evidence", said=said)


@page.post("/evidence/verify", needs="draft")
def verify(visit: Visit) -> Response:
    """Verify the workspace, as a job."""
    job = table_of(visit.access).add("verify", {"is_deep": visit.form.has("is_deep")}, visit.who)
    return visit.go(f"/jobs/{job.job_id}")


@page.get("/evidence/object/{digest}")
def show_object(visit: Visit, digest: str) -> Response:
    """Show one object: where from, under which seals, who did what."""
    with visit.reading() as workspace:
        found = evidence_room.object_of(workspace, digest)
        standing = erasing.standing_on(workspace, (Digest(digest),))
    return visit.render("evidence_object.html", found=found, standing=standing)


@page.post("/evidence/object/{digest}/erase", needs="admin")
def erase(visit: Visit, digest: str) -> Response:
    """Erase an object for good, and say what is left to do."""
    why = visit.form.text("why")
    if visit.form.text("sure") != "yes" or not why:
        msg = "sure"
        raise UnreadableRequestError(msg, visit.t("a tick, and a reason without the name"))
    with visit.writing() as workspace:
        objects = erasing.chosen(workspace, (digest,))
        done = erasing.erase(workspace, objects, why=why)
    return visit.render("erased.html", done=done)


@page.get("/handover")
def show_handover(visit: Visit) -> Response:
    """Ask what is to be handed over."""
    with visit.reading() as workspace:
        states = tuple(reversed(sealing.states(workspace)))
        has_passphrase = evidence_room.has_key_passphrase(workspace)
    return visit.render(
        "handover.html",
        seals=states,
        audiences=AUDIENCES,
        chosen=visit.asked("what"),
        has_key_passphrase=has_passphrase,
    )


@page.post("/handover", needs="publish")
def hand_over(visit: Visit) -> Response:
    """Make a package and send it."""
    form = visit.form
    words = tuple(dict.fromkeys([*form.text("what").split(), *form.all("seals")]))
    audience = form.text("audience", AUDIENCES[0])
    if audience not in AUDIENCES:
        raise UnreadableRequestError("audience", ", ".join(AUDIENCES))
    options = handovers.HandoverOptions(
        audience=cast("Audience", audience),
        is_redacted=form.has("is_redacted"),
        is_metadata_shown=form.has("is_metadata_shown"),
        is_custody_whole=form.has("is_custody_whole"),
        since=_day(form.text("since")),
    )
    spool = SealedSpool()
    try:
        with visit.writing() as workspace:
            made = handovers.hand_over_into(
                workspace,
                words,
                cast("BinaryIO", spool),
                options,
                passphrase=lambda: form.raw("key_passphrase"),
            )
    except BaseException:
        spool.close()
        raise
    headers = {
        "content-disposition": f'attachment; filename="{made.out.name}"',
        "content-length": str(spool.tell()),
    }
    return StreamingResponse(_sent(spool), media_type="application/zip", headers=headers)


def _sent(spool: SealedSpool) -> Iterator[bytes]:
    """Give what waits encrypted piece by piece, and let go of it."""
    with spool:
        spool.seek(0)
        while piece := spool.read(READ_BYTES):
            yield piece


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as reason:
        raise UnreadableRequestError("since", "a day such as 2031-05-02") from reason
