"""Draft and confirm: the text beside what is proposed from it, each field decided by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from undersight.errors import UnknownDraftError, UnreadableRequestError
from undersight.i18n import _
from undersight.model.draft import ROLES, TERM_KINDS, TERMS_WITHIN
from undersight.model.vocabulary import vocabulary
from undersight.presentation import phrases
from undersight.web.marking import pieces
from undersight.web.page import Page
from undersight.web.pages.entry import who_is_who
from undersight.web.said import Said
from undersight.workbench import change_sets, confirming, draft_shelf
from undersight.workbench.confirmation import suggestions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from undersight.model.draft import DraftField
    from undersight.web.visit import Visit
    from undersight.workbench.draft_shelf import Looked
    from undersight.workbench.namesakes import WhoIsIt

page = Page(
    "drafts",
    title=_("Drafts"),
    about=_("Confirm what is proposed from a text: accept, change or reject each field."),
    menu="/drafts",
    key="d",
)


@page.get("/drafts")
def show_all(visit: Visit) -> Response:
    """List the drafts that were begun."""
    with visit.reading() as workspace:
        return visit.render("drafts.html", drafts=draft_shelf.listing(workspace))


@page.get("/drafts/{draft_id}/{number}")
def show(visit: Visit, draft_id: str, number: str) -> Response:
    """Show one entry of a draft beside its text."""
    return _shown(visit, draft_id, _number(number))


@page.post("/drafts/{draft_id}/{number}/decide", needs="draft")
def decide(visit: Visit, draft_id: str, number: str) -> Response:
    """Accept, reject or undo."""
    known: tuple[confirming.Decision, ...] = get_args(confirming.Decision)
    decision = next((one for one in known if one == visit.form.text("decision")), None)
    if decision is None:
        msg = "decision"
        raise UnreadableRequestError(msg, ", ".join(known))
    with visit.writing() as workspace:
        after = confirming.decide(
            workspace, draft_id, _number(number), decision, visit.form.number("place")
        )
    return visit.go(f"/drafts/{draft_id}/{number}?at={after}#f{after}")


@page.post("/drafts/{draft_id}/{number}/change", needs="draft")
def change(visit: Visit, draft_id: str, number: str) -> Response:
    """Change one field."""
    place = visit.form.number("place")
    with visit.writing() as workspace:
        draft = draft_shelf.take(workspace, draft_id)
        looked = _entry(draft, _number(number))
        if not 0 <= place < len(looked.walk.values):
            raise UnknownDraftError(draft_id)
        changes = _changes(visit, looked.walk.values[place])
        confirming.change(workspace, draft_id, _number(number), place, changes)
    return visit.go(f"/drafts/{draft_id}/{number}?at={place}#f{place}")


@page.post("/drafts/{draft_id}/{number}/store", needs="draft")
def store(visit: Visit, draft_id: str, number: str) -> Response:
    """Store the entry once everything is decided."""
    n = _number(number)
    with visit.writing() as workspace, change_sets.noting(workspace) as written:
        title = visit.form.text("title")
        stored = confirming.store(workspace, draft_id, n, who_is_who(visit.form), title=title)
    if stored.questions:
        return _shown(visit, draft_id, n, questions=stored.questions)
    said = [visit.t("Recorded.")]
    if stored.unplaced:
        said += [visit.t("In the remark, since no act fits:"), "; ".join(stored.unplaced)]
    told = Said(" ".join(said), undo=written, then="/drafts")
    if stored.following:
        return visit.go(f"/drafts/{draft_id}/{stored.following}", said=told)
    return visit.go(f"/incident/{stored.incident_id}", said=told)


@page.post("/drafts/{draft_id}/{number}/skip", needs="draft")
def skip(visit: Visit, draft_id: str, number: str) -> Response:
    """Leave an entry out."""
    with visit.writing() as workspace:
        following = confirming.skip(workspace, draft_id, _number(number))
    there = f"/drafts/{draft_id}/{following}" if following else "/drafts"
    return visit.go(there, said=visit.t("Left out."))


@page.post("/drafts/{draft_id}/throw-away", needs="draft")
def throw_away(visit: Visit, draft_id: str) -> Response:
    """Remove a draft."""
    with visit.writing() as workspace:
        draft_shelf.throw_away(workspace, draft_id)
    return visit.go("/drafts", said=visit.t("The draft is gone; what was recorded from it stays."))


def _shown(
    visit: Visit, draft_id: str, number: int, *, questions: tuple[WhoIsIt, ...] = ()
) -> Response:
    with visit.reading() as workspace:
        draft = draft_shelf.take(workspace, draft_id)
    looked = _entry(draft, number)
    at = visit.asked("at", "0")
    return visit.render(
        "draft.html",
        status=409 if questions else 200,
        draft=draft,
        number=number,
        looked=looked,
        pieces=pieces(draft.proposal.text, looked),
        rows=[_row(visit, draft.proposal.text, looked, i) for i in range(len(looked.seen))],
        now=int(at) if at.isdecimal() and len(at) < 6 else 0,
        roles=[(role, visit.term("involvement_role", role)) for role in ROLES],
        acts=[
            (i, visit.words.term("act_type", str(one.value)))
            for i, one in enumerate(looked.walk.values)
            if one.kind == "act"
        ],
        questions=questions,
        title=visit.form.text("title") or looked.walk.entry.headline,
    )


def _row(visit: Visit, text: str, looked: Looked, place: int) -> dict[str, Any]:
    """Return one proposed field as the template shows it."""
    value = looked.walk.values[place]
    state = looked.walk.states[place]
    if state == "proposed" and looked.seen[place]:
        state_shown = "accepted"
    else:
        state_shown = state if looked.seen[place] else "open"
    terms = vocabulary(TERM_KINDS[value.kind]).terms if value.kind in TERM_KINDS else {}
    return {
        "place": place,
        "field": value,
        "state": state_shown,
        "is_text": isinstance(value.value, str),
        "said": _said(visit, value),
        "parts": _parts(visit, value),
        "read_from": text[value.start : value.end],
        "suggestions": suggestions(value),
        "terms": [(term_id, term.in_language(visit.lang)) for term_id, term in terms.items()],
    }


def _said(visit: Visit, value: DraftField) -> str:
    """Return a proposed value in the visitor's words."""
    if value.kind == "date" and isinstance(value.value, str):
        return visit.words.date(value.value)
    if isinstance(value.value, str):
        return visit.words.term(TERM_KINDS.get(value.kind, ""), value.value)
    parts = {part["name"]: part for part in _parts(visit, value) if part["said"]}
    said = {name: part["said"] for name, part in parts.items()}
    if value.kind == "claim":
        head = " ".join(said[name] for name in ("speaker", "stance") if name in said)
        about = visit.words.term("act_type", said.get("about", ""))
        return f"{head}: {about}" if about else head
    if value.kind in ("sentence", "quantity"):
        kind = said.get("kind") or said.get("what", "")
        amount = _amount(visit, value.value, said)
        return f"{kind}: {amount}" if kind and amount else kind or amount
    return ", ".join(f"{part['label']}: {part['said']}" for part in parts.values())


def _amount(visit: Visit, value: Mapping[str, Any], said: Mapping[str, str]) -> str:
    """Return a number with its unit, in the form that the number asks for."""
    number, unit = value.get("amount"), str(value.get("unit") or "")
    unit = "" if unit == value.get("what") else unit  # "followers: 9,000"
    if isinstance(number, int | float) and not unit.isupper():  # a currency is named in full
        return phrases.counted(number, unit, visit.words)
    return " ".join(said[name] for name in ("amount", "unit") if name in said)


def _parts(visit: Visit, value: DraftField) -> list[dict[str, Any]]:
    """Return the parts of a proposed number, penalty, statement or network."""
    if isinstance(value.value, str):
        return []
    within = TERMS_WITHIN.get(value.kind, {})
    shown = []
    for name, part in value.value.items():
        terms = vocabulary(within[name]).terms if name in within else {}
        text = "" if part is None else str(part)
        shown.append(
            {
                "name": name,
                "label": visit.words.field(name),
                "text": text,
                "said": visit.words.term(within.get(name, ""), text),
                "terms": [(i, term.in_language(visit.lang)) for i, term in terms.items()],
            }
        )
    return shown


def _changes(visit: Visit, was: Any) -> dict[str, Any]:
    """Read a form that changes a field into what changes."""
    form = visit.form
    changes: dict[str, Any] = {}
    if isinstance(was.value, str):
        changes["value"] = form.text("value") or form.text("term") or was.value
    else:
        changes["value"] = {
            name: _part(form.text(f"part.{name}"), old) for name, old in was.value.items()
        }
    if form.has("role"):
        changes["role"] = form.text("role") or None
    if form.has("of"):
        changes["of"] = form.number("of", -1) if form.text("of") else None
    return changes


def _part(typed: str, old: Any) -> Any:
    """Read one part of a number, penalty or claim: a number stays a number."""
    if not typed:
        return None
    try:
        number = float(typed.replace(",", "."))
    except ValueError:
        return typed
    is_number = not isinstance(old, str)
    return (int(number) if number == int(number) else number) if is_number else typed


def _entry(draft: draft_shelf.Shelved, number: int) -> Looked:
    if not 1 <= number <= len(draft.entries):
        raise UnknownDraftError(draft.draft_id)
    return draft.entries[number - 1]


def _number(given: str) -> int:
    if not given.isdecimal() or len(given) > 6:
        raise UnknownDraftError(given[:40])
    return int(given)
