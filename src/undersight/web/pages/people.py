"""People, outlets and offices: who may be named, who is the same, who asked to be taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from undersight.errors import UnreadableRequestError
from undersight.i18n import _
from undersight.web.jobs import table_of
from undersight.web.name_words import reason_in
from undersight.web.page import Page
from undersight.web.paging import page_number
from undersight.web.said import Said
from undersight.workbench import acts_against, change_sets, people, withdrawals

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "people",
    title=_("People"),
    about=_("Decide who may be named, which names are one person, and who is taken out."),
    menu="/people",
    key="p",
)
_PER_PAGE, _MOST_PAIRS = 100, 20
_SIDES = ("kept", "other")
_VERDICTS = ("same", "different", "unsure")


@page.get("/people")
def show(visit: Visit) -> Response:
    """List parties by name, or those acted upon in several entries by how many."""
    q, number = visit.asked("q")[:200], page_number(visit)
    is_repeated, first = visit.asked("again") == "yes", (number - 1) * _PER_PAGE
    with visit.reading() as workspace:
        if is_repeated:
            found, n_found = people.repeated(workspace, limit=_PER_PAGE, offset=first)
        else:
            found, n_found = people.listed(workspace, part=q, limit=_PER_PAGE, offset=first)
    query = [("again", "yes")] if is_repeated else [("q", q)] if q else []
    return visit.render(
        "people.html",
        q=q,
        is_repeated=is_repeated,
        people=found,
        n_found=n_found,
        number=number,
        n_pages=-(-n_found // _PER_PAGE),
        turned=lambda n: f"/people?{urlencode([*query, ('page', str(n))])}",
    )


@page.get("/people/same")
def same(visit: Visit) -> Response:
    """Show the pairs of names that may be one."""
    with visit.reading() as workspace:
        pairs, n_pairs, is_more = people.queue(workspace, limit=_MOST_PAIRS)
        told = people.besides(
            workspace, {pair[side] for pair in pairs for side in _SIDES}, lang=visit.lang
        )
    for pair in pairs:
        pair["reasons"] = [reason_in(one, visit.t) for one in pair["reasons"]]
        pair["sides"] = [told[pair[side]] for side in _SIDES if pair[side] in told]
    return visit.render("same.html", pairs=pairs, n_pairs=n_pairs, is_more=is_more)


@page.post("/people/same")
def decide(visit: Visit) -> Response:
    """Decide on one pair."""
    form, verdict = visit.form, visit.form.text("verdict")
    if verdict not in _VERDICTS:
        msg = "verdict"
        raise UnreadableRequestError(msg, ", ".join(_VERDICTS))
    why = form.text("why") or "names compared"
    with visit.writing() as workspace, change_sets.noting(workspace) as written:
        people.decide(workspace, form.text("kept"), form.text("other"), verdict=verdict, why=why)
    return visit.go("/people/same", said=Said(visit.t("Decided."), undo=written))


@page.get("/people/{party_id}")
def one(visit: Visit, party_id: str) -> Response:
    """Show one party."""
    with visit.reading() as workspace:
        person = people.one(workspace, party_id, lang=visit.lang)
        against = acts_against.told(workspace, party_id, lang=visit.lang)
    return visit.render(
        "person.html",
        person=person,
        party_id=party_id,
        against=against,
        acts=against.acts[-people.MOST_ENTRIES :],
    )


@page.post("/people/{party_id}/name")
def name(visit: Visit, party_id: str) -> Response:
    """Record whether somebody may be named."""
    form, choice = visit.form, visit.form.text("choice")
    reason = form.text("reason")
    if choice not in ("consent", "public", "withhold") or not reason:
        msg = "reason"
        raise UnreadableRequestError(msg, visit.t("a choice and the reason for it"))
    with visit.writing() as workspace, change_sets.noting(workspace) as written:
        _name(workspace, party_id, choice, reason)
    return visit.go(f"/people/{party_id}", said=Said(visit.t("Noted."), undo=written))


@page.post("/people/{party_id}/separate")
def separate(visit: Visit, party_id: str) -> Response:
    """Take back that two names are one."""
    with visit.writing() as workspace, change_sets.noting(workspace) as written:
        people.revoke(workspace, party_id, why="taken back in the browser")
    said = Said(visit.t("They are two again."), undo=written)
    return visit.go(f"/people/{party_id}", said=said)


@page.post("/people/{party_id}/withdraw", needs="admin")
def withdraw(visit: Visit, party_id: str) -> Response:
    """Erase who a person is, for good."""
    if visit.form.text("sure") != "yes" or not visit.form.text("why"):
        msg = "sure"
        raise UnreadableRequestError(msg, visit.t("a tick, and a reason without the name"))
    with visit.writing() as workspace:
        done = withdrawals.withdraw(workspace, party_id, why=visit.form.text("why"))
    table_of(visit.access).let_go()
    return visit.render("withdrawn.html", done=done)


def _name(workspace: Any, party_id: str, choice: str, reason: str) -> None:
    if choice == "withhold":
        people.withhold_name(workspace, party_id, why=reason)
    elif choice == "consent":
        people.allow_naming(workspace, party_id, consent="name", risk=reason)
    else:
        people.allow_naming(workspace, party_id, reason=reason, risk=reason)
