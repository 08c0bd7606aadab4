"""What the check asks, and one thing that it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from undersight.i18n import _
from undersight.integrity.canonical import digest_value

if TYPE_CHECKING:
    from collections.abc import Mapping

Severity = Literal["high", "medium", "low"]
_DOMAIN: Final = "undersight/harm-finding/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that a person answers.

    Args:
        question: Its id.
        asks: The question, one English sentence, marked with ``_()``.
        advice: What can be done, one English sentence, marked with ``_()``.
        severity: How bad the harm would be.
    """

    question: str
    asks: str
    advice: str
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The place of a finding.

    Args:
        record: Id of the record.
        field: Its field, with language or part; empty for the record as a whole.
        start: First character of the text; 0 where no text is meant.
        end: One past the last character.
    """

    record: str
    field: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmFinding:
    """Something in an entry that could hurt somebody.

    Args:
        finding_id: Digest of what was found; the same finding has the same id on every machine.
        question: Id of the question.
        incident_id: The entry.
        where: Where it stands.
        what: What was found, for the person who answers.
        severity: How bad the harm would be.
        advice: What can be done.
    """

    finding_id: str
    question: str
    incident_id: str
    where: Where
    what: str
    severity: Severity
    advice: str


def finding(
    question_id: str, incident_id: str, where: Where, what: str, *basis: str
) -> HarmFinding:
    """Return a finding; its id follows from the question, the field and what was found there.

    The place inside a text is left out of the id: a word added before it asks nothing again.

    Args:
        question_id: A key of ``QUESTIONS``.
        incident_id: The entry.
        where: Where it stands.
        what: What was found.
        *basis: What else, when changed, makes it another finding.
    """
    question = QUESTIONS[question_id]
    key = [question_id, incident_id, where.record, where.field, what, *basis]
    return HarmFinding(
        finding_id=digest_value(key, domain=_DOMAIN),
        question=question_id,
        incident_id=incident_id,
        where=where,
        what=what,
        severity=question.severity,
        advice=question.advice,
    )


def _asked(*questions: tuple[str, Severity, str, str]) -> Mapping[str, Question]:
    return {
        question_id: Question(question=question_id, asks=asks, advice=advice, severity=severity)
        for question_id, severity, asks, advice in questions
    }


QUESTIONS: Final[Mapping[str, Question]] = _asked(
    (
        "withheld-name",
        "high",
        _("Does a name or user name of somebody who must not be named still stand in the text?"),
        _("Take the name out of the text, or record consent if it was given."),
    ),
    (
        "minor",
        "high",
        _("Is everything left out that could lead to a child?"),
        _("Leave out name, school, exact place, parents' names and photographs."),
    ),
    (
        "re-identification",
        "high",
        _("Could place, date, work and sex together lead to somebody who is not named?"),
        _("Give a wider place or date, or leave out the work."),
    ),
    (
        "phone",
        "high",
        _("Whose telephone number is this, and may it be public?"),
        _("Take the number out unless it is an office's public line."),
    ),
    (
        "email",
        "medium",
        _("Whose e-mail address is this, and may it be public?"),
        _("Take the address out unless it is an office's public one."),
    ),
    (
        "handle",
        "medium",
        _("Does this user name or profile address lead to a private person?"),
        _("Take it out, or record the account and its owner's consent."),
    ),
    (
        "id-number",
        "high",
        _("Is this the number of a document, account or card?"),
        _("Take the number out."),
    ),
    (
        "address",
        "high",
        _("Does this address show where somebody lives?"),
        _("Give the town only."),
    ),
    (
        "third-party",
        "medium",
        _("Is somebody named in a quotation who has not agreed to it?"),
        _("Leave the name out of the quotation and mark the gap."),
    ),
    (
        "unrecorded-name",
        "high",
        _("Somebody is named here who is recorded nowhere in this entry: may the name be public?"),
        _("Leave the name out, or record the person: the name is then masked until they agree."),
    ),
    (
        "masked-name",
        "low",
        _("A name was replaced by a label: does the sentence still give the person away?"),
        _("Read the sentence as somebody who knows the town would."),
    ),
    (
        "consent",
        "medium",
        _("This person is named without recorded consent: is the ground good enough?"),
        _("Ask the person, or withhold the name."),
    ),
    (
        "consent-withdrawn",
        "high",
        _("This person has taken consent back: is everything gone that leads to them?"),
        _("Take out what leads to the person, or withdraw the person everywhere."),
    ),
    (
        "retaliation",
        "medium",
        _("Could publishing bring retaliation on this person or the family?"),
        _("Write down what the person says about it; when in doubt, withhold the name."),
    ),
    (
        "source",
        "high",
        _("Does this note say, or let one guess, who told?"),
        _("Say what is known, not from whom."),
    ),
    (
        "image-metadata",
        "high",
        _("Does this file carry the place, device or author that made it?"),
        _("Publish a copy without its metadata."),
    ),
    (
        "image-unreadable",
        "medium",
        _("This picture could not be checked for place, device and author: may it be public?"),
        _("Check it with another program, or leave it out."),
    ),
)
"""Every question of the check, by id."""
