"""What the team keeps for its own work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from undersight.model.records.record import Record
from undersight.model.schema import flag, line, lines, prose, ref, term


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmReview(Record):
    """Answers to the questions of the do-no-harm check, for one entry, by one person."""

    kind: ClassVar[str] = "harm_review"

    about: str = ref(about="The record examined.")
    question: str = line("Id of the question.")
    finding: str = line("Digest of what was found, so that a new finding asks again.")
    answer: str = term("harm_answer", "The answer.")
    note: str = prose("Why.", is_personal=True, is_internal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch(Record):
    """A search kept under a name."""

    kind: ClassVar[str] = "saved_search"

    name: str = line("Name.")
    query: str = line("Words searched for.")
    facets: tuple[str, ...] = lines("Facets chosen, as facet=value.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Record):
    """What one person makes of one finding; whose it is, the change log says."""

    kind: ClassVar[str] = "judgement"

    finding: str = line("Id of the finding, the same in every run that finds the same.")
    run_digest: str = line("Digest of the run in which it was read.")
    verdict: str = term("judgement_verdict", "What the finding is.")
    inauthenticity: str = term(
        "separate_verdict", "Whether the accounts are not what they say.", default="not_examined"
    )
    harm: str = term("separate_verdict", "Whether harm was done.", default="not_examined")
    is_unmasking_pages: bool = flag("Agrees that the pages in it are named; two people must.")
    note: str = prose("Why.", is_personal=True, is_internal=True)
