"""What was derived about one entry, as lines for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.model.derived.custody import custody
from undersight.model.derived.official_position import official_position
from undersight.model.vocabulary import vocabulary
from undersight.presentation.phrases import (
    asset_names,
    capitalised,
    field_name,
    loss,
    opening,
)
from undersight.presentation.wording import (
    Voice,
    authorities_sentence,
    contradiction_sentence,
    custody_sentence,
    vanished_sentence,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.model.records import PlatformCase, Record
    from undersight.presentation.presenter import Presenter


def voice_of(words: Presenter) -> Voice:
    """Return the voice of a presenter: its language, dates and names."""

    def name(record_id: str) -> str:
        source = words.dossier.source(record_id)
        if source is not None:
            return words.source(source).title
        return words.party(record_id).name if words.dossier.party(record_id) else ""

    return Voice(lang=words.lang, date=words.date, name=name)


def authorities(record_id: str, words: Presenter) -> str:
    """Return the response of the authorities to an act or removed network."""
    position = official_position(words.dossier, record_id)
    sentence = authorities_sentence(position, voice_of(words))
    return capitalised(sentence, words.lang)


def custody_lines(incident_id: str, words: Presenter) -> tuple[str, ...]:
    """Return how long each person of an entry has been held, where somebody was."""
    lines = []
    seen = set()
    for act in words.dossier.acts(incident_id):
        for part in words.dossier.involvements(act.record_id):
            if part.role != "victim" or part.party in seen:
                continue
            seen.add(part.party)
            held = custody(words.dossier, part.party)
            # who was held elsewhere is told there
            if held is not None and any(s.incident == incident_id for s in held.spells):
                sentence = custody_sentence(held, voice_of(words))
                lines.append(f"{opening(words.party(part.party), words.lang)}: {sentence}")
    return tuple(lines)


def case_lines(incident_id: str, words: Presenter) -> tuple[tuple[str, str], ...]:
    """Return each dealing with a platform and how it stands."""
    lines = []
    for case in words.dossier.platform_cases(incident_id):
        what = ": ".join(
            filter(
                None,
                (words.term("platform", case.platform), words.term("case_kind", case.case_kind)),
            )
        )
        outcome = (words.term("case_outcome", case.outcome), words.date(case.outcome_on))
        how = (", ".join(filter(None, outcome)), *_notice(case, words))
        lines.append((what, "; ".join(filter(None, (*how, *loss(case.loss, words))))))
    return tuple(lines)


def _notice(case: PlatformCase, words: Presenter) -> Iterator[str]:
    """Say what a platform's notice named, and until when something can be done."""
    notice = case.notice
    if notice is not None and notice.rule_named:
        yield words.t("rule named: {rule}").format(rule=notice.rule_named)
    if notice is not None and notice.lang and not notice.is_own_language:
        yield words.t("notice in a language that the person does not read")
    for one in case.deadlines:
        due = words.date(one.due)
        if due and not one.is_done:
            named = f"{due} ({one.basis})" if one.basis else due
            yield words.t("deadline: {date}").format(date=named)


def disagreements(records: Iterable[Record], words: Presenter) -> tuple[str, ...]:
    """Return numbers about some records that do not agree, all of them side by side."""
    voice = voice_of(words)
    lines = (
        f"{_counted(one.what, words)}: {contradiction_sentence(one, voice)}"
        for record in records
        for one in words.contradictions.get(record.record_id, ())
    )
    # two reports and two claims may say the same two numbers
    return tuple(dict.fromkeys(lines))


def _counted(what: str, words: Presenter) -> str:
    """Return what is counted: a term, a kind of asset or a field."""
    if what in vocabulary("quantity").terms:
        return words.term("quantity", what)
    return asset_names(words).get(what.rpartition(".")[2]) or field_name(what, words)


def vanished_lines(items: Iterable[str], words: Presenter) -> tuple[str, ...]:
    """Return those of some posts that vanished while their authors were in custody."""
    voice = voice_of(words)
    return tuple(
        f"{words.item(item)}: {vanished_sentence(words.vanished[item], voice)}"
        for item in dict.fromkeys(items)
        if item in words.vanished
    )
