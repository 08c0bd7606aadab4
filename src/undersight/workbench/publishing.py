"""Making an entry public: everything it needs is opened together, after the harm check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.casebook import PendingChange, harm, lists
from undersight.casebook.days import now_us
from undersight.casebook.identifiers import IdSource
from undersight.errors import NotVisibleError, SecondPersonNeededError, UntitledEntryError
from undersight.integrity.canonical import Digest
from undersight.model.naming import AUDIENCES
from undersight.model.records import HarmReview, Incident
from undersight.workbench import dossiers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from undersight.casebook.harm import HarmFinding, Opening
    from undersight.model.dossier import Dossier
    from undersight.model.naming import Audience
    from undersight.workbench.session import Workspace

_ABOUT_READERS = frozenset({"visibility", "field_visibility", "public_id", "first_published"})
_MANY = 500
_AT_ONCE = 100
_MOST_EVIDENCE_BYTES = 64 * 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What publication did.

    Args:
        incident_id: The entry.
        public_id: The id that readers will cite.
        audience: Whom it was opened to.
        n_records: How many records were opened.
        left: Records of the entry kept back, since they are kept more carefully.
    """

    incident_id: str
    public_id: str
    audience: str
    n_records: int
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A person's answer to a question of the harm check.

    Args:
        verdict: A term of ``harm_answer``.
        note: Why.
    """

    verdict: str
    note: str


def harm_findings(
    workspace: Workspace,
    incident_ids: Iterable[str],
    *,
    audience: Audience,
    opening: Opening | None = None,
) -> tuple[HarmFinding, ...]:
    """Return what publication of some entries could do to people, answered or not.

    Args:
        workspace: The workspace.
        incident_ids: The entries to be opened.
        audience: ``partner`` or ``public``.
        opening: These entries as they would be read, where that is known.
    """
    ids = tuple(incident_ids)
    found = opening or opening_of(workspace, ids, audience=audience)
    return harm.examine(
        found.internal,
        found.shown,
        ids,
        around=found.around,
        read_evidence=_evidence_reader(workspace),
    )


def opening_of(
    workspace: Workspace, incident_ids: Iterable[str], *, audience: Audience
) -> Opening:
    """Return some entries as an audience would read them if they were opened now."""
    return harm.opening_of(
        workspace.casebook, incident_ids, audience=audience, masthead=workspace.masthead()
    )


def _evidence_reader(workspace: Workspace) -> Callable[[str], bytes | None]:
    """Return what gives the harm check the beginning of an object: pictures tell in their head."""

    def read(digest: str) -> bytes | None:
        if not workspace.vault.contains(Digest(digest)):
            return None
        with workspace.vault.open(Digest(digest)) as stream:
            return stream.read(_MOST_EVIDENCE_BYTES)

    return read


def asks(question_id: str) -> str:
    """Return a question of the check in full, in English, as the catalogues have it."""
    return harm.QUESTIONS[question_id].asks


def unanswered(workspace: Workspace, findings: Iterable[HarmFinding]) -> tuple[HarmFinding, ...]:
    """Return the findings that nobody has answered yet."""
    found = tuple(findings)
    return harm.unanswered(found, _reviews(workspace, found))


def answer(workspace: Workspace, finding: HarmFinding, *, verdict: str, note: str) -> None:
    """Store a person's answer to one finding.

    Args:
        workspace: Open for writing.
        finding: What was found.
        verdict: A term of ``harm_answer``.
        note: Why.
    """
    _store_answers(workspace, [(finding, Answer(verdict=verdict, note=note))])


def review(
    workspace: Workspace,
    incident_ids: Sequence[str],
    answers: Callable[[HarmFinding], Answer | None],
    *,
    audience: Audience = "public",
) -> int:
    """Look again at published entries, as later ones can bring new questions; count what is open.

    Args:
        workspace: Open for writing.
        incident_ids: The entries.
        answers: Gives a person's answer to an open question, or None.
        audience: ``partner`` or ``public``.
    """
    findings = harm_findings(workspace, incident_ids, audience=audience)
    _answer_open(workspace, findings, answers)
    return len(unanswered(workspace, findings))


def _answer_open(
    workspace: Workspace,
    findings: Iterable[HarmFinding],
    answers: Callable[[HarmFinding], Answer | None],
) -> None:
    given = [(finding, answers(finding)) for finding in unanswered(workspace, findings)]
    _store_answers(workspace, [(finding, a) for finding, a in given if a is not None])


def _store_answers(workspace: Workspace, given: Sequence[tuple[HarmFinding, Answer]]) -> None:
    new_id = IdSource(now_us)
    changes = [
        PendingChange(
            kind="harm_review",
            record_id=new_id(),
            fields={
                "about": finding.incident_id,
                "question": finding.question,
                "finding": finding.finding_id,
                "answer": answer.verdict,
                "note": answer.note,
            },
            is_new=True,
        )
        for finding, answer in given
    ]
    if changes:
        workspace.casebook.write(*changes, why="do-no-harm check answered")


def publish(
    workspace: Workspace, incident: Incident, *, audience: Audience = "public"
) -> Published:
    """Open an entry and what it needs to an audience.

    Names stay masked unless their owners agreed or a reason is recorded; that is the disclosure
    policy's work, not this one's.

    Raises:
        UnansweredHarmError: Findings of the harm check stand unanswered.
    """
    return publish_together(workspace, (incident.record_id,), audience=audience)[0]


def last_worked_on_by(workspace: Workspace, incident_id: str) -> str:
    """Return the staff id of whoever last changed what an entry says; empty for nobody.

    Answers to the check for harm, and who may see it, say nothing of what happened.
    """
    for one in reversed(workspace.casebook.history_of_incident(incident_id)):
        said = {field.field for field in one.fields} - _ABOUT_READERS
        if one.kind != "harm_review" and (said or one.op != "put"):
            return one.author
    return ""


def second_person_needed(workspace: Workspace, incident_id: str) -> bool:
    """Return whether somebody else than who works now must open an entry."""
    is_asked = workspace.settings.publishing.needs_second_person
    return is_asked and last_worked_on_by(workspace, incident_id) == workspace.staff_id


def close(workspace: Workspace, incident: Incident) -> None:
    """Take an entry back from readers: it is internal again and keeps its public id.

    What was written or sent before stays where it is; the site must be written again.
    """
    workspace.casebook.update(incident.record_id, {"visibility": "internal"}, "taken back")


def is_untitled(incident: Incident) -> bool:
    """Return whether readers would see an entry without a title."""
    return not any(words.strip() for words in incident.title.values())


def refuse_unready(workspace: Workspace, incident_ids: Iterable[str]) -> None:
    """Refuse to open entries that no answer to the check for harm makes ready.

    Raises:
        SecondPersonNeededError: The settings ask for a second person, and it is the same.
        UntitledEntryError: Readers would see an entry without a title.
    """
    for incident_id in incident_ids:
        if second_person_needed(workspace, incident_id):
            raise SecondPersonNeededError(incident_id, workspace.staff_id)
        incident = workspace.casebook.get(incident_id)
        if isinstance(incident, Incident) and is_untitled(incident):
            raise UntitledEntryError(incident_id)


def publish_together(
    workspace: Workspace,
    incident_ids: Sequence[str],
    *,
    audience: Audience = "public",
    answers: Callable[[HarmFinding], Answer | None] | None = None,
) -> tuple[Published, ...]:
    """Open several entries to an audience after one harm check of all of them.

    Args:
        workspace: Open for writing.
        incident_ids: The entries; those open already open what was added to them.
        audience: ``partner`` or ``public``.
        answers: Gives a person's answer to an open question, or None.

    Raises:
        UnansweredHarmError: Findings of the harm check stand unanswered; nothing was opened.
        SecondPersonNeededError: The settings ask for a second person, and it is the same.
        UntitledEntryError: Readers would see an entry without a title.
    """
    refuse_unready(workspace, incident_ids)
    findings = harm_findings(workspace, incident_ids, audience=audience)
    if answers is not None:
        _answer_open(workspace, findings, answers)
    harm.refuse_unless_answered(findings, _reviews(workspace, findings))
    jurisdiction = workspace.settings.workspace.jurisdiction or "XX"
    opened = []
    for incident_id in incident_ids:
        why = f"opened to {audience}"
        if workspace.settings.publishing.needs_second_person:
            why = f"{why}; last worked on by {last_worked_on_by(workspace, incident_id)}"
        done = workspace.casebook.publish(
            incident_id, audience=audience, jurisdiction=jurisdiction, why=why
        )
        opened.append(
            Published(
                incident_id=done.incident_id,
                public_id=done.public_id,
                audience=audience,
                n_records=len(done.raised),
                left=done.left,
            )
        )
    return tuple(opened)


def open_to(workspace: Workspace, audience: Audience) -> tuple[str, ...]:
    """Return the ids of the entries that an audience may see, sorted."""
    reach = AUDIENCES[AUDIENCES.index(audience) :]
    with workspace.casebook.unit() as work:
        ids, _n_ids = lists.incident_page(work.connection, visibility=reach)
    return tuple(sorted(ids))


def checked_dossier(
    workspace: Workspace,
    *,
    audience: Audience,
    as_of: dt.date | None = None,
    progress: Callable[[int], object] = id,
) -> Dossier:
    """Return the snapshot for an audience, refusing while the harm check has open questions.

    Args:
        workspace: Open.
        audience: Who reads.
        as_of: The day to show; today if not given.
        progress: Told how many entries are checked.

    Raises:
        UnansweredHarmError: Findings stand unanswered.
    """
    # Asked before the snapshot is made: both at once take twice the memory.
    refuse_open_questions(
        workspace, open_to(workspace, audience), audience=audience, progress=progress
    )
    return dossiers.whole(workspace, audience=audience, as_of=as_of)


def refuse_open_questions(
    workspace: Workspace,
    incident_ids: tuple[str, ...],
    *,
    audience: Audience,
    progress: Callable[[int], object] = id,
) -> None:
    """Refuse to let entries go to an audience while their harm check has open questions.

    Args:
        workspace: Open.
        incident_ids: The entries.
        audience: Who would read.
        progress: Told how many are checked.

    Raises:
        UnansweredHarmError: Findings stand unanswered.
    """
    if audience != "internal" and incident_ids:
        opening = opening_of(workspace, incident_ids, audience=audience)
        findings: list[HarmFinding] = []
        for at in range(0, len(incident_ids), _AT_ONCE):
            some = incident_ids[at : at + _AT_ONCE]
            findings += harm_findings(workspace, some, audience=audience, opening=opening)
            progress(at + len(some))
        harm.refuse_unless_answered(findings, _reviews(workspace, findings))


def checked_entry(workspace: Workspace, incident_id: str, *, audience: Audience) -> Dossier:
    """Return one entry for an audience, refusing while its harm check has open questions.

    What is open about other entries does not matter: only this one goes out.

    Raises:
        NotVisibleError: The audience may not see the entry.
        UnansweredHarmError: Findings stand unanswered.
    """
    if audience == "internal":
        return dossiers.of_incident(workspace, incident_id)
    shown = harm.open_now(
        workspace.casebook, incident_id, audience=audience, masthead=workspace.masthead()
    )
    if shown.get(incident_id) is None:
        raise NotVisibleError(incident_id, audience)
    refuse_open_questions(workspace, (incident_id,), audience=audience)
    return shown


def _reviews(workspace: Workspace, findings: Sequence[HarmFinding]) -> list[HarmReview]:
    """The answers given about the entries of some findings."""
    about = {finding.incident_id for finding in findings}
    casebook = workspace.casebook
    if len(about) > _MANY:
        found = casebook.all("harm_review")
    else:
        found = tuple(
            review
            for incident_id in sorted(about)
            for review in casebook.referring(incident_id, kind="harm_review", field="about")
        )
    return [review for review in found if isinstance(review, HarmReview)]
