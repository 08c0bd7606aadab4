"""Acts that the rest of an entry tells of: what a penalty implies, what a context rules out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.engine import Candidate, Passage, Refiner, Span, moved

if TYPE_CHECKING:
    from collections.abc import Iterator

_REACH = 64  # characters before a penalty in which "serving" still governs it
_WIDE = 110  # and in which the verb stands that gives it
_NO_ACT_IN = ("other", "ban", "warning")  # penalties that no act of sentencing need stand for
_TELLS = {
    "fine": "fine",
    "pretrial_detention": "arrest",
    "house_arrest": "house_arrest",
}
_PENAL = frozenset(
    ("sentence", "fine", "arrest", "house_arrest", "pretrial_extension", "appeal_decision")
)


def implied(lang: str, served: str, given: str = "(?!)", giving: str = "(?!)") -> Refiner:
    """Return a refiner that reads a penalty nobody's verb tells of as the act it implies.

    Args:
        lang: Language code.
        served: Pattern, ending in ``$``, of a penalty that is only spoken of ("serving").
        given: Pattern of plain verbs before a penalty that give it ("placed", "imposed").
        giving: Pattern of the same right behind a penalty, where verbs stand last.
    """
    spoken_of = re.compile(served)
    verbs = (
        re.compile(rf"\b(?:{given})(?!\w)"),
        re.compile(rf" (?:\S+ ){{0,2}}?(?:{giving})(?!\w)"),
    )

    def refine(passage: Passage, found: list[Candidate]) -> list[Candidate]:
        acts = [c for c in found if c.kind == "act" and c.value in _PENAL]
        names = [c for c in found if c.kind in _BEARERS]
        extra = []
        reach = passage.body
        for penalty in sorted((c for c in found if c.kind == "sentence"), key=lambda c: c.start):
            first, last = passage.sentence_at(penalty.start)
            after = max(first, reach)
            before = passage.low[max(after, penalty.start - _REACH) : penalty.start]
            is_told = _is_told(acts, names, (first, after, penalty.start, last))
            is_told |= penalty.value["kind"] in _NO_ACT_IN
            reach = penalty.end
            if is_told or first < passage.body or spoken_of.search(before):
                continue
            start, end = _with_verb(passage, penalty, after, last, verbs)
            extra.append(
                moved(
                    penalty,
                    kind="act",
                    value=_TELLS.get(penalty.value["kind"], "sentence"),
                    start=start,
                    end=end,
                    rule=f"{lang}.act.implied.either",
                    confidence=0.7,
                )
            )
        return [*_as_meant(list(_as_told(passage, found)), passage), *extra]

    return refine


def _is_told(
    acts: list[Candidate], names: list[Candidate], place: tuple[int, int, int, int]
) -> bool:
    """Whether an act of the same sentence tells of a penalty.

    "A received eight years, B got away with two": behind a penalty, another name begins anew.
    """
    first, after, start, last = place
    if after > first and any(after <= name.start < start for name in names):
        first = after
    return any(first <= act.start < last for act in acts)


def _with_verb(
    passage: Passage,
    penalty: Candidate,
    after: int,
    last: int,
    verbs: tuple[re.Pattern[str], re.Pattern[str]],
) -> Span:
    """Return the span of a penalty and of the verb that gives it."""
    before = list(verbs[0].finditer(passage.low, max(after, penalty.start - _WIDE), penalty.start))
    if before:
        return before[-1].start(), penalty.end
    behind = verbs[1].match(passage.low, penalty.end, last)
    return (penalty.start, behind.end()) if behind else penalty.span


def _as_told(passage: Passage, found: list[Candidate]) -> Iterator[Candidate]:
    """Read an order to hold someone before trial as what it is, not as a sentence."""
    penalties = passage.by_sentence(c for c in found if c.kind == "sentence")
    acts = passage.by_sentence(c for c in found if c.kind == "act")
    for candidate in found:
        here = passage.sentence_at(candidate.start)
        kinds = {penalty.value["kind"] for penalty in penalties.get(here, ())}
        act = candidate.value if candidate.kind == "act" else None
        told = _TELLS.get(next(iter(kinds))) if len(kinds) == 1 else None
        if act == "administrative_detention" and act in kinds:
            yield moved(candidate, value="sentence")  # a court's days are a sentence
        elif act != "sentence" or told is None:
            yield candidate
        elif not any(act.value in _PENAL and act.value != "sentence" for act in acts[here]):
            yield moved(candidate, value=told)


# What a report of a removed network says of its ways, not of what was done to someone.
_WAYS = frozenset(("impersonation", "fake_page", "phishing", "malware", "mass_reporting"))
_REMOVALS = frozenset(("suspension", "termination", "content_removal", "account_lock"))
_NETS = frozenset(("internet_shutdown", "service_blocking"))
_ACCOUNTS = frozenset(
    ("hijack_account", "hijack_page", "suspension", "termination", "account_lock", "site_hack")
)
_BREAK_INS = frozenset(("hijack_account", "hijack_page", "site_hack"))
_FOLLOWS = 260  # characters behind a break-in in which a deletion belongs to it
_SAME = 120  # and in which one that might be an answer does
_REMOVERS = re.compile(  # who deletes for reasons of their own
    r"\b(?:facebook|meta|youtube|instagram|tiktok|telegram|twitter|google|court|regulator|police"
    r"|фейсбук|ютуб|суд|роскомнадзор|полици|məhkəmə|polis|mahkeme|rtük|btk|moderat|editors?)\w*"
)
# A site that does not open while it is flooded with requests was blocked by nobody.
_DOWN = re.compile(
    r"inaccess|unavail|unreach|\bdown\b|not (?:open|load|work|access)|offline"
    r"|не (?:откр|работ|груз)|недоступ|açıl|əlçat|erişile|çök"
)
_FROM_HERE = re.compile(  # a block, by whom it shuts out
    r"(?:inside|within|from|in) the country|\bvpn|внутри страны|провайдер|без vpn"
    r"|ölkə daxilində|ülke içinde"
)
_IN_CUSTODY = re.compile(  # blows there may be meant as ill-treatment
    r"\b(?:at|in|inside) (?:(?:the|a|his|her|their) )?(?:[\w-]+ ){0,3}"
    r"(?:station|department|custody|detention|cells?|prison|jail|colony|remand)\b|\bplanted\b"
    r"|(?:bölmə|idarə|şöbə|təcridxana|həbsxana)\w*(?:də|da)\b|polisdə"
    r"|\bв (?:[а-яё]+ ){0,2}(?:отдел|овд|участк|сизо|ивс|колони|изолятор|камер|полици)[а-яё]*"
    r"|\b(?:karakol|emniyet|gözaltın|nezaret|cezaevin)(?:de|da|te|ta)\b"
)
_BEARERS = ("person", "outlet", "organisation", "account")


def _as_meant(found: list[Candidate], passage: Passage) -> Iterator[Candidate]:
    """Leave out acts that the entry's matter rules out."""
    deeds = {c.value for c in found if c.kind == "act"}
    networks = {passage.sentence_at(c.start) for c in found if c.kind == "takedown"}
    named = {passage.sentence_at(c.start) for c in found if c.kind in _BEARERS}
    breaks = [c.start for c in found if c.kind == "act" and c.value in _BREAK_INS]
    is_of_nets = bool(deeds & _NETS) and not deeds & _ACCOUNTS
    floods = [c.start for c in found if c.kind == "act" and c.value == "ddos"]
    for candidate in found:
        act = candidate.value if candidate.kind == "act" else None
        here = passage.sentence_at(candidate.start)
        if act == "site_blocking" and _is_down(candidate, floods, passage):
            continue
        if act == "assault" and _IN_CUSTODY.search(passage.low, *here):
            yield moved(candidate, alternatives=("ill_treatment",))
            continue
        if act in _WAYS and networks and here not in named:
            continue
        if act in _REMOVALS and here in networks:
            continue  # a network removed is a takedown and no act
        is_deletion = candidate.kind == "response" and candidate.value == "deleted"
        if is_deletion and here in networks:
            continue  # a platform did
        if act == "content_removal" and _follows_break_in(candidate, breaks, passage):
            yield moved(candidate, value="content_wipe", alternatives=("content_removal",))
            continue
        if is_deletion and _follows_break_in(candidate, breaks, passage, reach=_SAME):
            continue  # those who broke in did
        if act == "account_restored" and is_of_nets:
            continue
        yield candidate


def _is_down(blocked: Candidate, floods: list[int], passage: Passage) -> bool:
    """Whether a site that does not open is told of beside the flood that brought it down."""
    if not any(abs(blocked.start - flood) < _FOLLOWS for flood in floods):
        return False
    sentence = passage.sentence_at(blocked.start)
    is_block = _FROM_HERE.search(passage.low, *sentence)
    return not is_block and bool(_DOWN.search(passage.low, blocked.start, blocked.end))


def _follows_break_in(
    candidate: Candidate, breaks: list[int], passage: Passage, reach: int = _FOLLOWS
) -> bool:
    """Whether what was deleted was deleted by those who had broken in, not by a platform."""
    near = [start for start in breaks if 0 < candidate.start - start < reach]
    if not near:
        return False
    first, _ = passage.sentence_at(candidate.start)
    between = passage.low[min(max(near), first) : candidate.end]
    return _REMOVERS.search(between) is None
