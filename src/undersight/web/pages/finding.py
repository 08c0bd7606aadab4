"""One finding: who stands with whom (masked), why, what else it could be, what people say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.i18n import _
from undersight.model.vocabulary import vocabulary
from undersight.web.page import Page
from undersight.workbench import judgements, run_views

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "finding",
    title=_("A group that acts together"),
    about=_(
        "Reasons, posts, innocent explanations, blind spots; a person's judgement with a note."
    ),
)

VERDICT_WORDS = {
    "stands": _("The posts were read and show accounts acting together."),
    "innocent": _("A share button, one feed, a newsroom, fans, solidarity: the note says which."),
    "does_not_stand": _("The posts do not show what the numbers suggest."),
    "unclear": _("Looked at, and it cannot be told."),
}
"""What each verdict says, as the vocabulary has it, English, marked with ``_()``."""


@page.get("/finding/{finding_id}")
def show(visit: Visit, finding_id: str) -> Response:
    """Show a finding."""
    with visit.reading() as workspace:
        shown = run_views.finding_of(workspace, finding_id, lang=visit.lang)
    return visit.render(
        "finding.html",
        **shown,
        verdicts=_terms(visit, "judgement_verdict"),
        separate=_terms(visit, "separate_verdict"),
    )


@page.post("/finding/{finding_id}/judge")
def judge(visit: Visit, finding_id: str) -> Response:
    """Store what the person at work makes of it."""
    form = visit.form
    opinion = judgements.Opinion(
        verdict=form.text("verdict"),
        note=form.raw("note").strip(),
        inauthenticity=form.text("inauthenticity"),
        harm=form.text("harm"),
        is_unmasking_pages=form.has("is_unmasking_pages"),
    )
    with visit.writing() as workspace:
        judgements.judge(workspace, finding_id, opinion)
    return visit.go(f"/finding/{finding_id}", said=visit.t("Your judgement is stored."))


def _terms(visit: Visit, name: str) -> list[tuple[str, str, str]]:
    """Id, label and definition of each term of a vocabulary."""
    return [
        (term.term_id, term.in_language(visit.lang), visit.t(term.definition))
        for term in vocabulary(name).terms.values()
    ]
