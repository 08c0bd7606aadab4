"""The recovery dossier: control shown, the break located, what was lost. For a platform's desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.i18n import translator
from undersight.presentation.papers import Paper, heading, item, paragraph

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from undersight.presentation.outline import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDeposit:
    """A deposit as proof of control.

    Args:
        number: Its number.
        at: When, ISO 8601.
        seals: Seal ids, each with the time of an authority where there is one.
        key: Public key that signed the statement; empty if none.
        is_challenge_shown: Whether the challenge code stood on the page.
        n_files: Files left.
        n_halves: Commitments.
    """

    number: int
    at: str
    seals: tuple[str, ...]
    key: str
    is_challenge_shown: bool
    n_files: int
    n_halves: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryFacts:
    """What the dossier is made from.

    Args:
        name: Of the page or newsroom.
        publisher: Who made it.
        made_at: When, ISO 8601.
        day: The same day.
        deposits: In order.
        n_keys: How many different keys signed statements.
        break_between: Times of the deposits between which control broke; None where none is seen.
        breaks: Each difference in one sentence, and what cannot be told.
        lost: Days and places of vanished posts.
        logins: Logins from new devices or places.
    """

    name: str
    publisher: str
    made_at: str
    day: dt.date
    deposits: tuple[ShownDeposit, ...]
    n_keys: int
    break_between: tuple[str, str] | None
    breaks: tuple[tuple[str, ...], ...]
    lost: tuple[str, ...]
    logins: tuple[str, ...]


def recovery_paper(facts: RecoveryFacts, lang: str) -> Paper:
    """Return the dossier in one language."""
    t = translator(lang).gettext
    return Paper(
        title=t("Recovery dossier: {name}").format(name=facts.name),
        publisher=facts.publisher,
        stood=t("made at {time}").format(time=facts.made_at),
        lang=lang,
        day=facts.day,
        blocks=tuple(_blocks(facts, lang)),
    )


def _blocks(facts: RecoveryFacts, lang: str) -> Iterator[Block]:
    t = translator(lang).gettext
    yield heading(t("Control shown"))
    for one in facts.deposits:
        yield item(_deposit(one, lang))
    yield paragraph(_continuity(facts, lang))
    yield heading(t("Where it broke"))
    if facts.break_between is None:
        yield paragraph(t("The deposits show no break."))
    else:
        words = t("Between {first} and {last}.")
        first, last = facts.break_between
        yield paragraph(words.format(first=first, last=last))
    for sentences in facts.breaks:
        yield from (item(one) for one in sentences)
    yield from (item(one) for one in facts.logins)
    yield heading(t("What was lost"))
    if facts.lost:
        yield from (item(one) for one in facts.lost)
    else:
        yield paragraph(t("The deposits show nothing that is gone."))
    yield heading(t("What this does not show"))
    for sentence in (
        t("Who caused a change: archives tell what is there, not by whose hand."),
        t("A change between two deposits happened somewhere between them, unless it is dated."),
        t("A seal's own time is the signer's clock; only an authority's time is another's word."),
    ):
        yield item(sentence)


def _deposit(one: ShownDeposit, lang: str) -> str:
    t = translator(lang).gettext
    told = [t("Deposit {number}, {time}").format(number=one.number, time=one.at), *one.seals]
    if one.key:
        told.append(t("statement of control signed by {key}").format(key=one.key))
    if one.is_challenge_shown:
        told.append(t("challenge code shown on the page"))
    if one.n_halves:
        nt = translator(lang).ngettext
        words = nt(
            "{n} file kept by an administrator", "{n} files kept by administrators", one.n_halves
        )
        told.append(words.format(n=one.n_halves))
    return "; ".join(told)


def _continuity(facts: RecoveryFacts, lang: str) -> str:
    t = translator(lang).gettext
    if not facts.n_keys:
        return t("No statement of control was signed.")
    if facts.n_keys == 1:
        return t("Every signed statement of control is by one and the same key.")
    return t("Statements of control were signed by {n} different keys.").format(n=facts.n_keys)
