"""From a draft on the shelf to an entry in the casebook, decided field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from undersight.errors import UndecidedFieldsError, UnknownDraftError
from undersight.workbench import draft_shelf, drafts, incidents, namesakes
from undersight.workbench.drafting import confirmed_entry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from undersight.workbench.draft_shelf import Looked, Shelved
    from undersight.workbench.namesakes import WhoIsIt
    from undersight.workbench.session import Workspace

Decision = Literal["accept", "reject", "undo", "accept-open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What storing an entry of a draft did.

    Args:
        incident_id: The entry; empty where questions are open.
        following: Number of an entry of the draft that waits; 0 where all is done.
        questions: Names that recorded people carry; nothing is stored before they are answered.
        unplaced: Words of accepted fields that belong to no act; they stand in the remark.
    """

    incident_id: str
    following: int = 0
    questions: tuple[WhoIsIt, ...] = ()
    unplaced: tuple[str, ...] = ()


def begin(
    workspace: Workspace,
    raw: bytes,
    *,
    name: str,
    context_date: dt.date | None = None,
    lang: str | None = None,
) -> Shelved:
    """Read a text, propose entries from it and put the draft on the shelf.

    Args:
        workspace: Open for writing.
        raw: The file's or pasted bytes.
        name: The file's name, to recognise its format.
        context_date: Day of publication.
        lang: Language code; found out if not given.

    Raises:
        InputError: It holds no text.
    """
    proposal = drafts.propose(
        raw,
        name=name,
        context_date=context_date,
        lang=lang,
        gazetteer=drafts.load_gazetteer(workspace),
    )
    return draft_shelf.shelve(workspace, proposal)


def decide(
    workspace: Workspace, draft_id: str, number: int, decision: Decision, place: int = 0
) -> int:
    """Carry out one decision and return the place of the field to look at next.

    Args:
        workspace: Open for writing.
        draft_id: The draft.
        number: The entry in it, from 1.
        decision: What was decided.
        place: The field it is about, from 0.

    Raises:
        UnknownDraftError: No such draft, entry or field.
        NothingToUndoError: Nothing was decided yet.
    """
    draft, looked = _open(workspace, draft_id, number, place)
    after = place
    if decision == "undo":
        after = looked.undo()
    elif decision == "accept-open":
        looked.accept_open()
    else:
        looked.decide(place, is_kept=decision == "accept")
        after = min(place + 1, max(0, len(looked.seen) - 1))
    draft_shelf.keep(workspace, draft)
    return after


def change(
    workspace: Workspace, draft_id: str, number: int, place: int, changes: Mapping[str, Any]
) -> None:
    """Change one field's value, role or act.

    Raises:
        UnknownDraftError: No such draft, entry or field.
        InvalidDraftError: The value has not the shape of its kind.
    """
    draft, looked = _open(workspace, draft_id, number, place)
    looked.change(place, **changes)
    draft_shelf.keep(workspace, draft)


def skip(workspace: Workspace, draft_id: str, number: int) -> int:
    """Leave one entry of a draft out; return the number of one that waits, 0 if none does."""
    draft, looked = _open(workspace, draft_id, number, 0)
    looked.stored = looked.stored or "-"
    return _onward(workspace, draft, number)


def store(
    workspace: Workspace,
    draft_id: str,
    number: int,
    answers: Mapping[str, str],
    *,
    title: str = "",
) -> Stored:
    """Store one entry of a draft, once every field is decided and every name told apart.

    Args:
        workspace: Open for writing.
        draft_id: The draft.
        number: The entry in it, from 1.
        answers: Who a name means: a party's id, or ``new``.
        title: The entry's title; the text's own headline if not given.

    Raises:
        UndecidedFieldsError: Fields were not decided; nothing was stored.
        UnknownDraftError: No such draft or entry, or it was stored before.
    """
    draft, looked = _open(workspace, draft_id, number, 0)
    if looked.stored:
        raise UnknownDraftError(draft_id)
    if looked.n_open:
        raise UndecidedFieldsError(looked.n_open)
    proposal, kept = draft.proposal, looked.walk.kept()
    confirmed = confirmed_entry(
        proposal.text,
        looked.walk.entry,
        kept,
        lang=proposal.lang,
        links=proposal.links,
        context_date=proposal.context_date,
    )
    document = confirmed.document
    if title:
        document["title"] = title
    questions = namesakes.open_questions(workspace, document, answers)
    if questions:
        return Stored(incident_id="", questions=questions)
    reason = "text that entries come from"
    document["evidence"] = [incidents.seal_text(workspace, proposal.text, reason=reason)]
    if proposal.source and not document.get("sources"):
        document["sources"] = [proposal.source]
    if proposal.origin and not any(one.stored not in ("", "-") for one in draft.entries):
        document["origin"] = proposal.origin  # of the first entry made from it
    if proposal.origin_locator:
        document["origin_locator"] = proposal.origin_locator
    entered = incidents.add(
        workspace, document, why="confirmed from a draft", choose=namesakes.chooser(answers)
    )
    drafts.learn(workspace, kept.values())
    looked.stored = entered.incident_id
    following = _onward(workspace, draft, number)
    unplaced = tuple(proposal.text[one.start : one.end] for one in confirmed.unplaced)
    return Stored(incident_id=entered.incident_id, following=following, unplaced=unplaced)


def _onward(workspace: Workspace, draft: Shelved, number: int) -> int:
    """Keep a draft while an entry of it waits, and return which is next."""
    if draft.n_waiting:
        draft_shelf.keep(workspace, draft)
    else:
        draft_shelf.throw_away(workspace, draft.draft_id)
    return draft.next_waiting(number)


def _open(workspace: Workspace, draft_id: str, number: int, place: int) -> tuple[Shelved, Looked]:
    draft = draft_shelf.take(workspace, draft_id)
    if not 1 <= number <= len(draft.entries):
        raise UnknownDraftError(draft_id)
    looked = draft.entries[number - 1]
    if not 0 <= place < max(1, len(looked.seen)):
        raise UnknownDraftError(draft_id)
    return draft, looked
