"""Posts and comments in bulk: what is loaded, and how a file gets in and out again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import re
from typing import TYPE_CHECKING, Any

from undersight.errors import NothingSentError, UnreadableRequestError
from undersight.i18n import _
from undersight.model.corpus_rows import ColumnChoice
from undersight.web.column_words import COLUMN_WORDS
from undersight.web.jobs import table_of
from undersight.web.page import Page
from undersight.workbench import keeping, posts, posts_summary, waiting_files

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "posts",
    title=_("Posts"),
    about=_("Bring in files of posts and comments, see what is loaded, take a file out again."),
    menu="/posts",
    key="o",
)
UPLOAD_BYTES = 1024**3
MOST_FILES = 20
PASTED = "pasted.txt"
SUMMARY_WORDS = {
    "account_observations": _("account observations"),
    "accounts": _("accounts"),
    "kinds": _("kinds"),
    "languages": _("languages"),
    "notices": _("notices"),
    "platforms": _("platforms"),
    "posts": _("posts"),
    "shares": _("shares"),
}
_DAY_US = 86_400_000_000
_COLUMN = re.compile(r"column-(\d{1,4})")


@page.get("/posts")
def show(visit: Visit) -> Response:
    """Show what is loaded and what waits."""
    with visit.reading() as workspace:
        return visit.render(
            "posts.html",
            summary=posts_summary.corpus_summary(workspace),
            sums=SUMMARY_WORDS,
            waiting=waiting_files.waiting(workspace),
            most_bytes=UPLOAD_BYTES,
        )


@page.post("/posts/files", needs="draft", most_bytes=UPLOAD_BYTES, most_files=MOST_FILES)
def hand_in(visit: Visit) -> Response:
    """Seal files that were sent; each is looked at before it is loaded."""
    given = [(one.file, one.filename) for one in visit.form.files.get("files", ()) if one.filename]
    pasted = visit.form.raw("pasted")
    if pasted.strip():
        given.append((io.BytesIO(pasted.encode("utf-8")), PASTED))
    if not given:
        raise NothingSentError
    with visit.writing() as workspace:
        digests = [waiting_files.hold(workspace, stream, name) for stream, name in given]
    if len(digests) > 1:
        return visit.go("/posts", said=visit.t("Sealed. Look at each file before it is loaded."))
    return visit.go(f"/posts/file/{digests[0]}")


@page.get("/posts/file/{digest}")
def look(visit: Visit, digest: str) -> Response:
    """Show a file's format and its first rows as they would be loaded."""
    return _looked_at(visit, digest, {})


@page.post("/posts/file/{digest}", needs="draft")
def look_again(visit: Visit, digest: str) -> Response:
    """Show the same with what a person said about it; nothing is stored."""
    return _looked_at(visit, digest, {name: visit.form.raw(name) for name in visit.form.fields})


def _looked_at(visit: Visit, digest: str, given: dict[str, Any]) -> Response:
    """A form may hold names of columns and pages, so it is sent and no address holds it."""
    choice = _choice(given)
    with visit.reading() as workspace:
        seen = waiting_files.look(workspace, digest, given.get("format", ""), choice)
    return visit.render(
        "posts_file.html",
        seen=seen,
        given=given,
        roles=choice.roles,
        mark=_mark(seen.format_id, dataclasses.asdict(choice)),
        formats=waiting_files.formats(),
        meanings=waiting_files.meanings(),
        column_words=COLUMN_WORDS,
    )


@page.post("/posts/file/{digest}/load", needs="draft")
def load(visit: Visit, digest: str) -> Response:
    """Load a file as it was shown, as a job."""
    form = visit.form
    given = {name: form.raw(name) for name in form.fields}
    n_days = form.number("expires_days")
    if n_days < 0:
        raise UnreadableRequestError("expires_days", visit.t("a number of days"))
    choice = dataclasses.asdict(_choice(given))
    if form.text("seen") != _mark(form.text("format"), choice):
        # Something was changed since: it is shown as it would be loaded now.
        return _looked_at(visit, digest, given)
    job = table_of(visit.access).add(
        "posts-import",
        {
            "digest": digest,
            "format": form.text("format"),
            "choice": choice,
            "has_names": form.has("has_names"),
            "expires_after_us": n_days * _DAY_US or None,
        },
        visit.who,
    )
    return visit.go(f"/jobs/{job.job_id}")


@page.post("/posts/file/{digest}/discard", needs="draft")
def discard(visit: Visit, digest: str) -> Response:
    """Erase a file that nobody loaded."""
    with visit.writing() as workspace:
        waiting_files.throw_away(workspace, digest)
    return visit.go("/posts", said=visit.t("Erased. The custody log keeps that it was here."))


@page.post("/posts/import/{import_id}/undo")
def undo(visit: Visit, import_id: str) -> Response:
    """Take an import out."""
    with visit.writing() as workspace:
        posts.undo_import(workspace, import_id, why=visit.form.text("why", "taken out"))
        is_large = keeping.is_large(workspace)
    said = visit.t("Taken out, its key destroyed. The sealed original stays in the vault.")
    if is_large:
        job = table_of(visit.access).add("count-posts", {}, visit.who)
        return visit.go(f"/jobs/{job.job_id}", said=said)
    return visit.go("/posts", said=said)


def _mark(format_id: str, choice: dict[str, Any]) -> str:
    """Which way of reading a page has shown."""
    return hashlib.sha256(repr((format_id, sorted(choice.items()))).encode()).hexdigest()[:16]


def _choice(given: dict[str, Any]) -> ColumnChoice:
    """What the fields of the form say about the columns: ``column-3`` is told by ``name-3``."""
    roles = {}
    for name, role in given.items():
        found = _COLUMN.fullmatch(name)
        column = given.get(f"name-{found[1]}", "") if found else ""
        if column and role:
            roles[column] = role
    order = {"day": True, "month": False}
    return ColumnChoice(
        roles=roles,
        platform=given.get("platform", "").strip(),
        zone=given.get("zone", "").strip(),
        is_day_first=order.get(given.get("day_first", "")),
        target=given.get("target", "").strip(),
        seen_us=_moment_us(given.get("page_seen", "")),
        constants={"kind": kind} if (kind := given.get("kind", "")) else {},
    )


def _moment_us(given: str) -> int | None:
    """Return the moment that a field for one holds, UTC; None for none."""
    if not given.strip():
        return None
    try:
        moment = dt.datetime.fromisoformat(given.strip()).replace(tzinfo=dt.UTC)
    except ValueError as reason:
        msg = "page_seen"
        raise UnreadableRequestError(msg, "a day and an hour") from reason
    return int(moment.timestamp()) * 1_000_000
