"""The index of a handover, for somebody who has never seen one: a lawyer, a court, a registrar."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undersight.i18n import translator
from undersight.presentation import papers
from undersight.presentation.papers import Paper, heading, item, paragraph

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from undersight.presentation.outline import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSeal:
    """A seal over an object.

    Args:
        seal_id: Its id.
        claimed_at: When by the signer's clock.
        stamps: Authority and the time that it confirms.
    """

    seal_id: str
    claimed_at: str
    stamps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownObject:
    """An object of the handover.

    Args:
        digest: SHA-256 of its bytes.
        path: Where it lies, below ``data/``.
        type: Media type by its content.
        n_bytes: Its length.
        is_redacted: Whether it is a copy from which parts were taken out.
        seals: The seals over it.
        n_custody: Entries about it in the extract.
        supports: Entries that it is evidence of, as readers know them.
        said: What was noted when it came in (``name``, ``url``, ``captured_at``, ``note``), where
            the package shows it.
    """

    digest: str
    path: str
    type: str
    n_bytes: int
    is_redacted: bool
    seals: tuple[ShownSeal, ...]
    n_custody: int
    supports: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverFacts:
    """What the index is made from; nothing in it is a name that the audience may not see.

    Args:
        publisher: Title of the log, or empty.
        made_at: When, ISO 8601.
        day: The same day.
        public_key: Who signed, as OpenSSH writes it.
        objects: What lies in it.
        n_withheld: Objects of the selection that are not in it.
        entries: Entries that they support: title and file by language.
        findings: Findings that they support: id and sentence, in English.
        parts: By language, the outline of each entry.
    """

    publisher: str
    made_at: str
    day: dt.date
    public_key: str
    objects: tuple[ShownObject, ...]
    n_withheld: int
    entries: tuple[str, ...]
    findings: tuple[tuple[str, str], ...]
    parts: dict[str, tuple[tuple[Block, ...], ...]]


def index_paper(facts: HandoverFacts, lang: str) -> Paper:
    """Return the index in one language.

    Args:
        facts: What is in the handover.
        lang: One of ``i18n.LANGUAGES``.
    """
    t = translator(lang).gettext
    return Paper(
        title=t("Evidence handed over"),
        publisher=facts.publisher,
        stood=t("made at {time}").format(time=facts.made_at),
        lang=lang,
        day=facts.day,
        blocks=tuple(_blocks(facts, lang)),
    )


def index_page(facts: HandoverFacts, lang: str) -> bytes:
    """Return the index as an HTML page."""
    return papers.to_page(index_paper(facts, lang))


def _blocks(facts: HandoverFacts, lang: str) -> Iterator[Block]:
    t = translator(lang).gettext
    nt = translator(lang).ngettext
    n_objects = len(facts.objects)
    told = nt("This package holds {n} object.", "This package holds {n} objects.", n_objects)
    yield paragraph(told.format(n=n_objects))
    if facts.n_withheld:
        told = nt(
            "{n} object that was asked for is not for this audience and is not in it.",
            "{n} objects that were asked for are not for this audience and are not in it.",
            facts.n_withheld,
        )
        yield paragraph(told.format(n=facts.n_withheld))
    yield heading(t("How to check it"))
    yield paragraph(
        t(
            "Run python3 verify.py in the folder. It needs no other installation except "
            "ssh-keygen for signatures and openssl for time, and says what it could not check. "
            "VERIFY.txt has the same checks by hand."
        )
    )
    yield paragraph(
        t("Compare the signing key with one that you know from elsewhere: {key}").format(
            key=facts.public_key
        )
    )
    yield heading(t("Objects"))
    for one in facts.objects:
        yield from _object(one, lang)
    yield from _supported(facts, lang)
    yield heading(t("What this does not show"))
    for sentence in (
        t("That what the objects say is true: it shows that these bytes existed unchanged."),
        t("A seal's own time is the signer's clock; only an authority's time is another's word."),
        t("Objects that were sealed with these and not handed over: nothing is told of them."),
    ):
        yield item(sentence)


def _object(one: ShownObject, lang: str) -> Iterator[Block]:
    t = translator(lang).gettext
    yield heading(one.path.rpartition("/")[2], 3)
    yield item(f"SHA-256 {one.digest}")
    yield item(t("{type}, {n} bytes").format(type=one.type, n=one.n_bytes))
    yield from (item(words) for words in _noted(one, lang))
    if one.is_redacted:
        yield item(t("A copy from which parts were taken out; the record beside it says which."))
    for seal in one.seals:
        words = t("Sealed in {seal}, by the signer's clock at {time}")
        yield item(words.format(seal=seal.seal_id, time=seal.claimed_at))
        for authority, at in seal.stamps:
            words = t("{seal}: existed at {time}, says the time authority {authority}")
            yield item(words.format(seal=seal.seal_id, time=at, authority=authority))
        if not seal.stamps:
            yield item(t("{seal}: no time authority was asked yet").format(seal=seal.seal_id))
    if not one.seals:
        yield item(t("Under no seal yet."))
    told = translator(lang).ngettext(
        "{n} custody entry is about it", "{n} custody entries are about it", one.n_custody
    )
    yield item(told.format(n=one.n_custody))


def _noted(one: ShownObject, lang: str) -> Iterator[str]:
    """What it is for and what was noted when it came in."""
    t = translator(lang).gettext
    if one.supports:
        yield t("Evidence of {entries}").format(entries=", ".join(one.supports))
    for name, words in (
        ("name", t("Called {said} when it came in")),
        ("url", t("Saved from {said}, as noted then")),
        ("captured_at", t("Saved at {said}, as noted then")),
        ("note", t("Note: {said}")),
    ):
        if name in one.said:
            yield words.format(said=one.said[name])


def _supported(facts: HandoverFacts, lang: str) -> Iterator[Block]:
    t = translator(lang).gettext
    if facts.findings:
        yield heading(t("Findings that they support"))
        yield from (item(f"{finding_id}: {t(words)}") for finding_id, words in facts.findings)
    parts = facts.parts.get(lang, ())
    if parts:
        yield heading(t("Entries that they support"))
        for blocks in parts:
            yield from blocks
