"""What was derived, in words: careful sentences that claim no more than the records do.

Every sentence is one translatable text with named places, so that a language can put its words
in its own order. Silence is worded as "no response found", never as agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from undersight.errors import UnknownTermError
from undersight.i18n import _, translator
from undersight.model.records import Act, Takedown
from undersight.model.schema import FieldSpec, fields_of
from undersight.model.vocabulary import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from gettext import NullTranslations

    from undersight.model.derived.contradictions import Contradiction, Stated
    from undersight.model.derived.custody import Custody
    from undersight.model.derived.official_position import Answer, OfficialPosition
    from undersight.model.derived.repeat import Ladder
    from undersight.model.derived.vanished import Vanished
    from undersight.model.fuzzy_date import FuzzyDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One language, and how dates and names are written in it.

    Args:
        lang: Code of the language.
        date: Writes a date.
        name: Gives the name or public label for a party's or source's id; empty if unknown.
    """

    lang: str
    date: Callable[[FuzzyDate], str]
    name: Callable[[str], str]

    @property
    def translations(self) -> NullTranslations:
        """The translations of the language."""
        return translator(self.lang)

    def gettext(self, message: str, **places: object) -> str:
        """Return a translated text with its places filled."""
        return self.translations.gettext(message).format(**places)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Return a translated text for a number; its place is ``{n}``."""
        return self.translations.ngettext(one, many, n).format(n=n)


# TRANSLATORS: {speaker} is an office or a person, {date} a day or a range such as "in May 2031"
_DATED: Final[Mapping[str, str]] = {
    "asserts": _("stated by {speaker} ({date})"),
    "acknowledges": _("acknowledged by {speaker} ({date})"),
    "denies": _("denied by {speaker} ({date})"),
    "partly_denies": _("partly denied by {speaker} ({date})"),
    "acknowledges_denies_responsibility": _(
        "acknowledged by {speaker}, responsibility denied ({date})"
    ),
    "gives_other_explanation": _("explained otherwise by {speaker} ({date})"),
    "declines_comment": _("comment declined by {speaker} ({date})"),
}
_UNDATED: Final[Mapping[str, str]] = {
    "asserts": _("stated by {speaker}"),
    "acknowledges": _("acknowledged by {speaker}"),
    "denies": _("denied by {speaker}"),
    "partly_denies": _("partly denied by {speaker}"),
    "acknowledges_denies_responsibility": _("acknowledged by {speaker}, responsibility denied"),
    "gives_other_explanation": _("explained otherwise by {speaker}"),
    "declines_comment": _("comment declined by {speaker}"),
}
_FIELDS: Final[Mapping[str, str]] = {
    "act_type": _("what was done"),
    "attempt": _("whether it succeeded"),
    "start": _("when it began"),
    "end": _("when it ended"),
    "place": _("where it happened"),
    "manners": _("how it was done"),
    "threatened_consequence": _("the threat"),
    "stated_ground": _("the ground given"),
    "believed_ground": _("the believed ground"),
    "offences": _("the offence"),
    "status": _("where the person is"),
    "sentences": _("the penalty"),
    "quantities": _("the numbers"),
    "attributed_to": _("who is behind it"),
    "removed": _("what was removed"),
    "origins": _("where it was run from"),
    "detail": _("the details"),
}
_RUNGS: Final[Mapping[str, str]] = {
    "questioning": _("questioned"),
    "warning": _("warned or threatened"),
    "pressure": _("pressed"),
    "charge": _("charged"),
    "custody": _("held"),
    "attack": _("account taken"),
}


def authorities_sentence(position: OfficialPosition, voice: Voice) -> str:
    """Return the response of the authorities as one sentence without a full stop.

    Such as "denied by the ministry (3 May 2031): that relatives were summoned; no response found
    on the rest in 4 sources".
    """
    said = [_answer(answer, voice) for answer in position.answers if answer.is_latest]
    parts = [*said, *_silence(position, voice)]
    if position.unclear:
        parts.append(
            voice.ngettext(
                "{n} statement by a speaker who is not clear is not counted",
                "{n} statements by speakers who are not clear are not counted",
                len(position.unclear),
            )
        )
    return "; ".join(parts)


def _answer(answer: Answer, voice: Voice) -> str:
    speaker = voice.name(answer.office) or voice.name(answer.speaker) or answer.speaker_as_text
    speaker = speaker or voice.gettext("an authority")
    if answer.said is None:
        head = voice.gettext(_UNDATED[answer.stance], speaker=speaker)
    else:
        date = voice.date(answer.said)
        head = voice.gettext(_DATED[answer.stance], speaker=speaker, date=date)
    if answer.is_entry_wide:
        head = voice.gettext(_("{answered}, on the whole entry"), answered=head)
    what = _what(answer, voice)
    return f"{head}: {what}" if what else head


def _what(answer: Answer, voice: Voice) -> str:
    """Return what was answered about: the words as recorded, else the field and its value."""
    words = answer.statement
    statement = words.get(voice.lang) or words.get("en") or next(iter(words.values()), "")
    if statement or not answer.field:
        return statement if statement.endswith("..") else statement.removesuffix(".")
    name = _FIELDS.get(answer.field)
    field = voice.gettext(name) if name else answer.field.replace("_", " ")
    value = _term(answer.field, answer.value, voice.lang)
    return f"{field} ({value})" if value else field


def _term(field: str, value: Any, lang: str) -> str:
    spec = _spec(field)
    if not isinstance(value, str) or spec is None or not spec.vocabulary:
        return value if isinstance(value, str) else ""
    try:
        return label(spec.vocabulary, value, lang)
    except UnknownTermError:
        return value


def _spec(field: str) -> FieldSpec | None:
    return fields_of(Act).get(field) or fields_of(Takedown).get(field)


def _silence(position: OfficialPosition, voice: Voice) -> list[str]:
    if position.covers_whole:
        return []
    n = position.n_sources
    if position.answers:
        if not n:
            return [voice.gettext("no response found on the rest")]
        return [
            voice.ngettext(
                "no response found on the rest in {n} source",
                "no response found on the rest in {n} sources",
                n,
            )
        ]
    if not n:
        return [voice.gettext("no response found")]
    return [voice.ngettext("no response found in {n} source", "no response found in {n} sources",
                             n)]  # fmt: skip


def custody_sentence(custody: Custody, voice: Voice) -> str:
    """Return how long a party was or has been held, and until when, as one sentence."""
    parts = [_length(custody, voice)]
    if custody.held == "possible":
        parts.append(voice.gettext("no release is known"))
    due = _due(custody, voice)
    return "; ".join([*parts, due] if due else parts)


def _length(custody: Custody, voice: Voice) -> str:
    fewest, most = custody.n_days_min, custody.n_days_max
    is_going_on = custody.held == "certain"
    if most is None and fewest == 0:
        return voice.gettext("held; for how long is not known")
    if most is None:
        return voice.ngettext("held at least {n} day", "held at least {n} days", fewest)
    if fewest != most:
        text = (
            _("held between {fewest} and {most} days so far")
            if is_going_on
            else _("held between {fewest} and {most} days")
        )
        return voice.gettext(text, fewest=fewest, most=most)
    if most == 0:
        return voice.gettext("held less than a day")
    if is_going_on:
        return voice.ngettext("held {n} day so far", "held {n} days so far", most)
    return voice.ngettext("held {n} day", "held {n} days", most)


def _due(custody: Custody, voice: Voice) -> str:
    from undersight.model.fuzzy_date import FuzzyDate

    if custody.held == "no" or custody.due is None or custody.due[0] is None:
        return ""
    first, last = custody.due
    range_ = f"{first}/{last}" if last != first else f"{first}"
    date = voice.date(FuzzyDate.parse(range_ if last else f"{first}/.."))
    if custody.overdue == "certain":
        return voice.gettext("the term ended ({date}), no release is recorded", date=date)
    if custody.overdue == "possible":
        return voice.gettext("the term ended ({date})", date=date)
    return voice.gettext("the term ends: {date}", date=date)


def vanished_sentence(vanished: Vanished, voice: Voice) -> str:
    """Return that a post vanished while its author was in custody."""
    person = voice.name(vanished.author) or voice.gettext("its author")
    if not vanished.is_author_recorded:
        person = voice.gettext(
            "{person} (owner of the account; who wrote it is not recorded)", person=person
        )
    date = voice.date(vanished.gone)
    if vanished.certainty == "certain":
        return voice.gettext(
            "vanished ({date}) while in custody: {person}", date=date, person=person
        )
    return voice.gettext(
        "may have vanished ({date}) while in custody: {person}", date=date, person=person
    )


def ladder_sentence(ladder: Ladder, voice: Voice) -> str:
    """Return an escalation as its steps with their dates."""
    steps = [
        f"{voice.gettext(_RUNGS[step.rung])} ({voice.date(step.when)})"
        for step in ladder.steps
        if step.when is not None
    ]
    text = " → ".join(steps)
    return (
        text
        if ladder.is_order_certain
        else voice.gettext("{steps}; order not certain", steps=text)
    )


def contradiction_sentence(contradiction: Contradiction, voice: Voice) -> str:
    """Return the values stated for one fact, side by side, each with who states it."""
    if contradiction.kind == "own_list":
        given, listed = contradiction.values
        return voice.gettext(
            "{given} according to {source}, whose own list has {listed}",
            given=_value(given),
            listed=_value(listed),
            source=voice.name(given.source) or voice.gettext("the source"),
        )
    if contradiction.kind == "people":
        given, recorded = contradiction.values
        return voice.gettext(
            "{given} according to {source}; {recorded} are recorded here",
            given=_value(given),
            recorded=_value(recorded),
            source=voice.name(given.source) or voice.gettext("the source"),
        )
    return "; ".join(_each(contradiction.values, voice))


def _each(values: Iterable[Stated], voice: Voice) -> list[str]:
    return [
        voice.gettext(
            "{value} according to {source}", value=_value(v), source=voice.name(v.source)
        )
        if voice.name(v.source)
        else _value(v)
        for v in values
    ]


def _value(stated: Stated) -> str:
    low = _number(stated.value)
    high = stated.value_max
    return low if high is None or high == stated.value else f"{low}–{_number(high)}"


def _number(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
