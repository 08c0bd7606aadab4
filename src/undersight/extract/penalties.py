"""Sentences: penalties that were pronounced, with amount and unit.

What is only possible ("faces up to three years") or asked for by a prosecutor is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from undersight.extract.engine import Candidate, Finder, Passage, compile_pattern
from undersight.extract.prefilter import Patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undersight.extract.numbers import NumberWords
    from undersight.extract.prefilter import TextPattern

_REACH = 120

_PRONOUNCED = re.compile(r"sentenc|order|serve|приговор|осуд|назнач|məhkum|cəza|mahk|ceza|work")
_LONG = frozenset(
    ["pretrial_detention", "house_arrest", "prison", "probation", "suspended", "ban"]
)
_CLOSER = ("suspended", "pretrial_detention", "probation", "community_service", "corrective_work")
_SUSPENDED = re.compile(  # said of a term behind it, or of all terms in the sentence that follows
    r"\bsuspended (?:it|them|the (?:sentences?|terms?|penalty))\b"
    r"|\b(?:sentences?|terms?|penalt(?:y|ies)|punishment|which|they|it) (?:was|were|is|are"
    r"|ha(?:s|ve) been) (?:\w+ )?suspended(?! (?:for|from|until|pending))"
    r"|\bcəza\w* (?:\w+ )?şərti (?:hesab|say)|\bcəzanın icrası təxirə"
    r"|\b(?:наказание|срок)\b[^.;\n]{0,40}(?:условн|отсроч)"
    r"|\b(?:ceza\w*|h[üu]k(?:üm|mün))\b[^.;\n]{0,30}(?:ertelen|erteledi|geri bırak)"
)
_FEW_YEARS = 3
_FRACTION = re.compile(r"\d[.,]\d")
_DAYS_OF_MONTH = 30
_IN_DAYS = {
    "prison": re.compile(
        r"^(?!.*(?:year|month|\bil\b|\bay\b|yıl|год|лет|месяц)).*(?:days?\b|sutka|сут(?:ок|кам|ки))"
    ),
    "pretrial_detention": re.compile(
        r"\b(?:[1-9]|[12]\d|30) (?:сут|sutka)|(?:пя|де|надцат)\w+ сут"
    ),
}
_Amount = tuple[Any, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyWords:
    """A language's tables for penalties.

    Args:
        lang: Language code.
        numbers: How numbers are written.
        units: Patterns of units of time by id (days, months, years, hours, weeks).
        with_months: Pattern with one ``<num>``: "and three months" behind years.
        kinds: For each ``sentence_kind``: patterns of what stands near the amount. The amount
            is ``<amount>``; the whole match is the span unless a group marks it.
        by_unit: The kind of a bare "sentenced to <amount>", by unit.
        bare: Patterns with ``<amount>`` for which `by_unit` decides.
        money: Patterns with ``<money>``, by sentence kind.
        currencies: Patterns of currencies by unit id; before or behind the number.
        fixed: Patterns by kind of penalties without an amount (life).
        unreal: Ending in ``$``: before a penalty that was not pronounced.
        unreal_after: Behind such a penalty.
        served: Ending in ``$``: before a time that was served, whoever gave it.
        served_all_the_same: Right behind a time served that says that it was a penalty.
    """

    lang: str
    numbers: NumberWords
    units: Mapping[str, str]
    with_months: str
    kinds: Mapping[str, Iterable[str]]
    by_unit: Mapping[str, str]
    bare: Iterable[str]
    money: Mapping[str, Iterable[str]]
    currencies: Mapping[str, str]
    fixed: Mapping[str, Iterable[str]]
    unreal: str
    unreal_after: str
    macros: Mapping[str, str]
    served: str = "(?!)"
    served_all_the_same: str = "(?!)"


def amount_pattern(numbers: NumberWords, units: Mapping[str, str], with_months: str) -> str:
    """Return a pattern of "30 days", "three-year", "6 years and 3 months, 10 days"."""
    unit = "|".join(units.values())
    num = numbers.pattern()
    days = rf"(?:,? (?:\w{{1,3}} )?{num} (?:{units['days']}))?"
    months = with_months.replace("<num>", num) + days if with_months else "(?!)"
    half = f"{numbers.half}|" if numbers.article else ""  # "two years and a half"
    written = rf"{num}(?: ?- ?| )?(?:{unit})(?:{months}|{half}{days})"
    if numbers.alone:
        written = rf"(?:{written}|(?<!\w){numbers.alone})"
    if not with_months or not numbers.article:
        return written
    return rf"(?:{written}|(?<!\w){numbers.article} (?:{unit})(?:{numbers.half})?(?:{months})?)"


def money_pattern(numbers: NumberWords, currencies: Mapping[str, str]) -> str:
    """Return a pattern of "$6,400", "500 manat", "EUR 300"."""
    names = "|".join(currencies.values())
    num = numbers.pattern()
    # "20 000" is one number: read from its second group on, a fine would be told as 0.
    whole = r"(?!(?<=\d\s)(?<!\d{4}\s)\d{3}(?!\d))"
    return rf"(?:(?:{names}) ?{num}|{whole}{num} ?(?:{names}))"


def read_money(
    written: str, numbers: NumberWords, currencies: Mapping[str, str]
) -> tuple[int | float, str] | None:
    """Return amount and unit of a folded money expression."""
    for unit, pattern in currencies.items():
        bare, n_found = re.subn(rf"(?<![^\W\d_])(?:{pattern})(?![^\W\d_])", "", written, count=1)
        value = numbers.value(bare) if n_found else None
        if value is not None:
            return value, unit
    return None


def read_duration(
    written: str, numbers: NumberWords, units: Mapping[str, str]
) -> tuple[int | float, str] | None:
    """Return amount and unit of a folded duration.

    Years with months become months; days behind months stay in the words and are told by
    `counted_in_days`, as a month has no certain number of them.
    """
    parts = _parts(written, numbers, units)
    if [unit for _, unit in parts[:2]] == ["years", "months"]:
        return parts[0][0] * 12 + parts[1][0], "months"
    if parts and parts[0][1] == "years" and parts[0][0] % 1:
        is_in_words = not _FRACTION.search(written)
        if parts[0][0] < _FEW_YEARS or is_in_words:
            return round(parts[0][0] * 12), "months"  # "a year and a half", as courts count
    return parts[0] if parts else None


def counted_in_days(
    written: str, numbers: NumberWords, units: Mapping[str, str]
) -> tuple[int | float, str] | None:
    """Return months and days in days, a month of thirty as courts count; None for other lengths.

    Source: Turkish Penal Code, Article 61 (6): a month is thirty days.
    """
    parts = _parts(written, numbers, units)
    n_years = parts.pop(0)[0] if parts and parts[0][1] == "years" else 0
    if [unit for _, unit in parts[:2]] != ["months", "days"]:
        return None
    return (n_years * 12 + parts[0][0]) * _DAYS_OF_MONTH + parts[1][0], "days"


def _parts(
    written: str, numbers: NumberWords, units: Mapping[str, str]
) -> list[tuple[int | float, str]]:
    parts: list[tuple[int | float, str]] = []
    position = 0
    for match in re.finditer("|".join(f"(?P<{u}>{p})" for u, p in units.items()), written):
        number = re.findall(numbers.pattern(), written[position : match.start()])
        value = numbers.value(number[-1]) if number else None
        if value is None and _is_article(written[position : match.start()], numbers):
            is_half = numbers.half and re.match(numbers.half, written[match.end() :])
            value = 1.5 if is_half else 1
        elif value and numbers.half and re.match(numbers.half, written[match.end() :]):
            value += 0.5
        if value is None and numbers.alone and re.match(numbers.alone, written[match.start() :]):
            value = 1
        position = match.end()
        if value is not None and match.lastgroup:
            parts.append((value, match.lastgroup))
    return parts


def _as_counted(kind: str, written: str) -> str:
    """Read what only short terms are counted in as administrative: "jail for 15 days"."""
    is_short = kind in ("prison", "pretrial_detention") and _IN_DAYS[kind].search(written)
    return "administrative_detention" if is_short else kind


def _is_article(before: str, numbers: NumberWords) -> bool:
    return bool(numbers.article and re.search(rf"(?<!\w){numbers.article} $", before))


def finder(words: PenaltyWords) -> Finder:
    """Return a finder of pronounced penalties."""
    reader = _Reader.of(words)

    def find(passage: Passage) -> Iterator[Candidate]:
        worth = reader.patterns.by_span(passage.low, passage.sentences)
        for (first, last), chosen in worth.items():
            told = [c for i in chosen for c in reader.read(i, passage.low, first, last)]
            closer = [c for c in told if c.value["kind"] in _CLOSER]
            yield from (_as_suspended(passage, c) for c in told if not _is_vaguer(c, closer))

    return find


def _as_suspended(passage: Passage, penalty: Candidate) -> Candidate:
    """Read a prison term as suspended where words behind it say so ("The sentence was ...")."""
    if penalty.value["kind"] != "prison":
        return penalty
    _, last = passage.sentence_at(penalty.start)
    _, after = passage.sentence_at(last + 1) if last + 1 < passage.end else (last, last)
    if _SUSPENDED.search(passage.low, penalty.end, after) is None:
        return penalty
    rule = f"{penalty.rule.rpartition('.')[0]}.suspended"
    others = tuple({**other, "kind": "suspended"} for other in penalty.alternatives)
    value = {**penalty.value, "kind": "suspended"}
    return replace(penalty, value=value, rule=rule, alternatives=others)


def _is_vaguer(penalty: Candidate, closer: list[Candidate]) -> bool:
    """Whether a prison term's words say elsewhere of what kind it is ("11 ay hapis ertelendi")."""
    is_prison = penalty.value["kind"] == "prison"
    return is_prison and any(penalty.overlaps(*other.span) for other in closer)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    words: PenaltyWords
    rules: tuple[tuple[str, TextPattern], ...]
    patterns: Patterns
    n_timed: int
    n_counted: int
    amount: re.Pattern[str]
    money: re.Pattern[str]
    unreal: re.Pattern[str]
    unreal_after: re.Pattern[str]
    served: tuple[re.Pattern[str], re.Pattern[str]]

    @classmethod
    def of(cls, words: PenaltyWords) -> _Reader:
        """Compile a language's tables."""
        amount = amount_pattern(words.numbers, words.units, words.with_months)
        money = money_pattern(words.numbers, words.currencies)
        told = {"amount": f"(?:{amount})", "money": money, "num": words.numbers.pattern()}
        macros = {**words.macros, **told}
        timed = _compiled([*words.kinds.items(), ("", words.bare)], macros)
        paid = _compiled(words.money.items(), macros)
        rules = (*timed, *paid, *_compiled(words.fixed.items(), macros))
        return cls(
            words=words,
            rules=rules,
            patterns=Patterns(pattern for _, pattern in rules),
            n_timed=len(timed),
            n_counted=len(timed) + len(paid),
            amount=re.compile(amount),
            money=re.compile(money),
            unreal=re.compile(words.unreal),
            unreal_after=re.compile(words.unreal_after),
            served=(re.compile(words.served), re.compile(words.served_all_the_same)),
        )

    def read(self, i: int, low: str, first: int, last: int) -> Iterator[Candidate]:
        """Yield what one of the patterns finds in a sentence."""
        kind, pattern = self.rules[i]
        for match in pattern.matches(low, first, last):
            found, inner = self._amount(i, match)
            if found is None or inner is None:
                continue
            named = _as_counted(kind or self.words.by_unit.get(found[1] or "", ""), match.group())
            if found[1] == "hours" and (
                named in _LONG or not (kind or _PRONOUNCED.search(match.group()))
            ):
                continue  # held for hours is no penalty
            if named and self._is_real(low, first, last, inner.span()):
                yield self._candidate(named, found, match, inner)

    def _amount(self, i: int, match: re.Match[str]) -> tuple[_Amount | None, re.Match[str] | None]:
        """Read the amount inside a match, and where it stands."""
        words = self.words
        if i >= self.n_counted:
            return (None, None), match
        if i < self.n_timed:
            # "from six years to four": a group says which of the amounts is meant.
            inner = self.amount.search(match.string, *match.span(match.lastindex or 0))
            written = match.group(match.lastindex or 0)
            return read_duration(written, words.numbers, words.units), inner
        inner = self.money.search(match.string, *match.span(match.lastindex or 0))
        found = inner and read_money(inner.group(), words.numbers, words.currencies)
        return found or None, inner

    def _is_real(self, low: str, first: int, last: int, span: tuple[int, int]) -> bool:
        before = low[max(first, span[0] - _REACH) : span[0]]
        if self.served[0].search(before) and not self.served[1].match(low, span[1], last):
            return False
        return not self.unreal.search(before) and not self.unreal_after.match(low, span[1], last)

    def _candidate(
        self,
        kind: str,
        found: _Amount,
        match: re.Match[str],
        inner: re.Match[str],
    ) -> Candidate:
        start, end = inner.start(), max(inner.end(), match.end())
        if match.lastindex:
            start, end = match.span(1)
        in_days = None
        if found[1] == "months":
            in_days = counted_in_days(inner.group(), self.words.numbers, self.words.units)
        return Candidate(
            kind="sentence",
            value={"kind": kind, "amount": found[0], "unit": found[1]},
            start=start,
            end=end,
            rule=f"{self.words.lang}.sentence.{kind}",
            confidence=0.85,
            alternatives=(
                ({"kind": kind, "amount": in_days[0], "unit": in_days[1]},) if in_days else ()
            ),
        )


def _compiled(
    table: Iterable[tuple[str, Iterable[str]]], macros: Mapping[str, str]
) -> tuple[tuple[str, TextPattern], ...]:
    return tuple(
        (kind, compile_pattern(pattern, macros))
        for kind, patterns in table
        for pattern in patterns
    )
