"""Acts that the rest of an entry tells of: what a penalty implies, what a context rules out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.engine import Candidate, Passage, Refiner, moved

if TYPE_CHECKING:
    from collections.abc import Iterator

_REACH = 64  # characters before a penalty in which "serving" still governs it
_NO_ACT_IN = ("other", "ban", "warning")  # penalties that no act of sentencing need stand for
_TELLS = {
    "fine": "fine",
    "pretrial_detention": "arrest",
    "house_arrest": "house_arrest",
}
_PENAL = frozenset(
    ("sentence", "fine", "arrest", "house_arrest", "pretrial_extension", "appeal_decision")
)


def implied(lang: str, served: str) -> Refiner:
    """Return a refiner that reads a penalty nobody's verb tells of as the act it implies.

    Args:
        lang: Language code.
        served: Pattern, ending in ``$``, of a penalty that is only spoken of ("serving").
    """
    spoken_of = re.compile(served)

    def refine(passage: Passage, found: list[Candidate]) -> list[Candidate]:
        acts = passage.by_sentence(c for c in found if c.kind == "act")
        extra = []
        for penalty in (c for c in found if c.kind == "sentence"):
            sentence = passage.sentence_at(penalty.start)
            before = passage.low[max(sentence[0], penalty.start - _REACH) : penalty.start]
            is_told = any(act.value in _PENAL for act in acts.get(sentence, ()))
            is_told |= penalty.value["kind"] in _NO_ACT_IN
            if is_told or sentence[0] < passage.body or spoken_of.search(before):
                continue
            extra.append(
                moved(
                    penalty,
                    kind="act",
                    value=_TELLS.get(penalty.value["kind"], "sentence"),
                    rule=f"{lang}.act.implied.either",
                    confidence=0.7,
                )
            )
        return [*_as_meant(list(_as_told(passage, found)), passage), *extra]

    return refine


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
_BEARERS = ("person", "outlet", "organisation", "account")


def _as_meant(found: list[Candidate], passage: Passage) -> Iterator[Candidate]:
    """Leave out acts that the entry's matter rules out."""
    deeds = {c.value for c in found if c.kind == "act"}
    networks = {passage.sentence_at(c.start) for c in found if c.kind == "takedown"}
    named = {passage.sentence_at(c.start) for c in found if c.kind in _BEARERS}
    is_of_nets = bool(deeds & _NETS) and not deeds & _ACCOUNTS
    for candidate in found:
        act = candidate.value if candidate.kind == "act" else None
        here = passage.sentence_at(candidate.start) if act else None
        if act in _WAYS and networks and here not in named:
            continue
        if act in _REMOVALS and here in networks:
            continue  # a network removed is a takedown and no act
        if act == "account_restored" and is_of_nets:
            continue
        yield candidate
