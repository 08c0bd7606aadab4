"""What people make of findings: stored in the casebook, whose it is read from the change log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import UnknownFindingError
from undersight.model.records import Judgement
from undersight.model.vocabulary import vocabulary
from undersight.workbench import runs, sharing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersight.workbench.session import Workspace

NEEDED_TO_UNMASK = 2
"""People who must agree, each in a judgement of their own, before a page is named."""
_LEAST_LETTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A judgement and whose it is.

    Args:
        judgement: What was said.
        author: Staff id of who wrote it, from the change log: no field says it.
    """

    judgement: Judgement
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What somebody makes of a finding.

    Args:
        verdict: Of vocabulary ``judgement_verdict``.
        note: Why.
        inauthenticity: Of ``separate_verdict``; empty leaves it as it was.
        harm: Of ``separate_verdict``; empty leaves it as it was.
        is_unmasking_pages: Agrees that the finding's pages are named.
    """

    verdict: str
    note: str = ""
    inauthenticity: str = ""
    harm: str = ""
    is_unmasking_pages: bool = False


def judge(workspace: Workspace, named: str, opinion: Opinion) -> dict[str, Any]:
    """Store what the person at work makes of a finding; an earlier opinion of theirs is changed.

    Args:
        workspace: Open for writing.
        named: The finding's id, or its beginning.
        opinion: What they make of it.

    Raises:
        UnknownFindingError: No run holds it.
        UnknownTermError: A verdict that there is not.
    """
    vocabulary("judgement_verdict").term(opinion.verdict, "verdict")
    finding_id, run_id = find_finding(workspace, named)
    fields: dict[str, Any] = {
        "finding": finding_id,
        "run_digest": runs.read_manifest(workspace, run_id).digest,
        "verdict": opinion.verdict,
        "note": opinion.note,
        "is_unmasking_pages": opinion.is_unmasking_pages,
    }
    for name in ("inauthenticity", "harm"):
        if getattr(opinion, name):
            fields[name] = getattr(opinion, name)
    mine = [
        one.judgement.record_id
        for one in judgements_of(workspace, finding_id)
        if one.author == workspace.staff_id
    ]
    if mine:
        workspace.casebook.update(mine[0], fields, "judged again")
    else:
        workspace.casebook.create("judgement", why="finding judged", **fields)
    agreed = unmasking_staff(workspace, finding_id)
    return {
        "finding_id": finding_id,
        "verdict": opinion.verdict,
        "n_agreed_to_unmask_pages": len(agreed),
        "n_needed_to_unmask_pages": NEEDED_TO_UNMASK,
    }


def judgements_of(workspace: Workspace, finding_id: str) -> tuple[Judged, ...]:
    """Return what was said of a finding, in order of record; ids survive re-runs."""
    return tuple(
        Judged(judgement=one, author=_author(workspace, one))
        for one in workspace.casebook.all("judgement")
        if isinstance(one, Judgement) and one.finding == finding_id
    )


def by_finding(workspace: Workspace) -> dict[str, tuple[Judged, ...]]:
    """Return everything that was said, by finding, each in order of record."""
    found: dict[str, tuple[Judged, ...]] = {}
    for one in workspace.casebook.all("judgement"):
        if isinstance(one, Judgement):
            judged = Judged(judgement=one, author=_author(workspace, one))
            found[one.finding] = (*found.get(one.finding, ()), judged)
    return found


def unmasking_staff(workspace: Workspace, finding_id: str) -> frozenset[str]:
    """Return who says both that a finding stands and that its pages may be named."""
    return agreeing(judgements_of(workspace, finding_id), holding_keys(workspace))


def holding_keys(workspace: Workspace) -> frozenset[str]:
    """Return the ids of those who work with keys of their own: here, and each known colleague."""
    return frozenset({workspace.staff.staff_id, *sharing.colleagues(workspace)})


def agreeing(said: Iterable[Judged], keyed: frozenset[str]) -> frozenset[str]:
    """Return different people who say that a finding stands and that its pages may be named.

    Whoever types commands in a workspace may also have an account in its browser, under another
    id. So an id with keys and one without are not two people for sure: the larger group counts.

    Args:
        said: What was said of the finding.
        keyed: Ids of those who work with keys of their own.
    """
    agreed = frozenset(
        one.author
        for one in said
        if one.author and one.judgement.is_unmasking_pages and one.judgement.verdict == "stands"
    )
    return max(agreed & keyed, agreed - keyed, key=len)


def may_unmask_pages(workspace: Workspace, finding_id: str) -> bool:
    """Return whether two different people agreed that a finding's pages are named."""
    return len(unmasking_staff(workspace, finding_id)) >= NEEDED_TO_UNMASK


def find_finding(workspace: Workspace, named: str) -> tuple[str, str]:
    """Return the id of a finding by its beginning, and the latest run that holds it.

    Raises:
        UnknownFindingError: None, or several.
    """
    wanted = named if named.startswith("f-") else f"f-{named}"
    latest: dict[str, str] = {}
    for run_id in runs.run_ids(workspace):
        for look in runs.read_manifest(workspace, run_id).looks:
            latest.update(dict.fromkeys(look.findings, run_id))
    fitting = tuple(sorted(one for one in latest if one.startswith(wanted)))
    is_short = len(wanted) < len("f-") + _LEAST_LETTERS
    if wanted in latest:
        return wanted, latest[wanted]
    if len(fitting) == 1 and not is_short:
        return fitting[0], latest[fitting[0]]
    raise UnknownFindingError(named, fitting if len(fitting) > 1 else ())


def _author(workspace: Workspace, judgement: Judgement) -> str:
    """Who wrote the opinion as it stands: the last change that touched it, and only them.

    A record that two people wrote into speaks for neither: it counts for nobody.
    """
    authors = {entry.author for entry in workspace.casebook.history(judgement.record_id)}
    return authors.pop() if len(authors) == 1 else ""
