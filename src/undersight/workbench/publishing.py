"""Making an entry public: everything it needs is opened together, after the harm check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.casebook import PendingChange, harm
from undersight.errors import InvalidValueError
from undersight.model.codec import to_json
from undersight.model.records import HarmReview, Incident
from undersight.workbench import dossiers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from undersight.casebook.harm import HarmFinding
    from undersight.model.dossier import Dossier
    from undersight.workbench.session import Workspace

_REACH = ("internal", "partner", "public")
# The team's own papers never go out with an entry.
_NEVER = ("harm_review", "saved_search", "identity_decision", "intervention")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What publication did.

    Args:
        incident_id: The entry.
        public_id: The id that readers will cite.
        audience: Whom it was opened to.
        n_records: How many records were opened.
    """

    incident_id: str
    public_id: str
    audience: str
    n_records: int


def harm_findings(
    workspace: Workspace, incident_ids: Iterable[str], *, audience: str
) -> tuple[HarmFinding, ...]:
    """Return what publication of some entries could do to people, answered or not.

    Args:
        workspace: The workspace.
        incident_ids: The entries to be opened.
        audience: ``partner`` or ``public``.
    """
    return harm.examine_opening(
        workspace.casebook, tuple(incident_ids), audience=audience, masthead=workspace.masthead()
    )


def unanswered(workspace: Workspace, findings: Iterable[HarmFinding]) -> tuple[HarmFinding, ...]:
    """Return the findings that nobody has answered yet."""
    reviews = [r for r in workspace.casebook.all("harm_review") if isinstance(r, HarmReview)]
    return harm.unanswered(tuple(findings), reviews)


def answer(workspace: Workspace, finding: HarmFinding, *, verdict: str, note: str) -> None:
    """Store a person's answer to one finding.

    Args:
        workspace: Open for writing.
        finding: What was found.
        verdict: A term of ``harm_answer``.
        note: Why.
    """
    workspace.casebook.create(
        "harm_review",
        why="do-no-harm check answered",
        about=finding.incident_id,
        question=finding.question,
        finding=finding.finding_id,
        answer=verdict,
        note=note,
    )


def publish(workspace: Workspace, incident: Incident, *, audience: str = "public") -> Published:
    """Open an entry and what it needs to an audience.

    Names stay masked unless their owners agreed or a reason is recorded; that is the disclosure
    policy's work, not this one's.

    Raises:
        UnansweredHarmError: Findings of the harm check stand unanswered.
        InvalidValueError: No such audience.
    """
    if audience not in _REACH[1:]:
        raise InvalidValueError("publish", "audience", "partner or public", audience)
    findings = harm_findings(workspace, (incident.record_id,), audience=audience)
    harm.refuse_unless_answered(findings, _reviews(workspace))
    dossier = dossiers.of_incident(workspace, incident.record_id)
    changes = _openings(dossier, audience)
    public_id = incident.public_id
    if audience == "public" and not public_id:
        public_id = workspace.casebook.next_public_id(
            workspace.settings.workspace.jurisdiction or "XX", workspace.today.year
        )
        first = {"public_id": public_id, "first_published": _today(workspace.today)}
        changes.append(PendingChange(record_id=incident.record_id, fields=first))
    workspace.casebook.write(*changes, why=f"opened to {audience}")
    return Published(
        incident_id=incident.record_id,
        public_id=public_id,
        audience=audience,
        n_records=len({change.record_id for change in changes}),
    )


def checked_dossier(
    workspace: Workspace, *, audience: str, as_of: dt.date | None = None
) -> Dossier:
    """Return the snapshot for an audience, refusing while the harm check has open questions.

    Raises:
        UnansweredHarmError: Findings stand unanswered.
    """
    dossier = dossiers.whole(workspace, audience=audience, as_of=as_of)
    if audience != "internal":
        ids = tuple(incident.record_id for incident in dossier.incidents())
        findings = harm_findings(workspace, ids, audience=audience)
        harm.refuse_unless_answered(findings, _reviews(workspace))
    return dossier


def _reviews(workspace: Workspace) -> list[HarmReview]:
    return [r for r in workspace.casebook.all("harm_review") if isinstance(r, HarmReview)]


def _openings(dossier: Dossier, audience: str) -> list[PendingChange]:
    """Widen the visibility of what is narrower; nothing that is already wider is narrowed."""
    wanted = _REACH.index(audience)
    return [
        PendingChange(record_id=record.record_id, fields={"visibility": audience})
        for record in dossier.records()
        if record.kind not in _NEVER
        and record.confidentiality != "vault"
        and _REACH.index(to_json(record).get("visibility", "internal")) < wanted
    ]


def _today(day: dt.date) -> str:
    return day.isoformat()
