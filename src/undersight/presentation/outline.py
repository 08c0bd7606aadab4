"""An entry as headings, paragraphs and list items: one order for HTML, Markdown and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from undersight.presentation import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.presentation.presenter import Presenter
    from undersight.presentation.views import (
        ActView,
        ClaimView,
        EntryView,
        LawView,
        PersonView,
        Said,
        SourceView,
        TakedownView,
    )

Style = Literal["", "strong", "em", "quote"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words of one kind inside a block.

    Args:
        text: The words.
        lang: Their language; empty for that of the document.
        style: How they are set.
        url: Address they lead to; empty for none.
    """

    text: str
    lang: str = ""
    style: Style = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, a paragraph or an item of a list.

    Args:
        kind: Which of these.
        runs: The words.
        level: 1 for the entry's own heading, 2 for those below; 0 for what is no heading.
    """

    kind: Literal["heading", "paragraph", "item"]
    runs: tuple[Run, ...]
    level: int = 0

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


def outline(entry: EntryView, words: Presenter) -> tuple[Block, ...]:
    """Return an entry from its heading to its sources.

    Args:
        entry: The entry.
        words: Words in one language; says as of which day.
    """
    return tuple(_blocks(entry, words))


def _blocks(entry: EntryView, words: Presenter) -> Iterator[Block]:
    t = words.t
    yield Block(kind="heading", runs=(_run(entry.title),), level=1)
    about = " · ".join(filter(None, (entry.when, entry.place, entry.verification)))
    yield Block(kind="paragraph", runs=(Run(text=about, style="em"),))
    for update in entry.updates:
        stamp = t("Updated {date}").format(date=update.published)
        head = Run(text=f"[{stamp}]", style="strong")
        note = _run(update.note) if update.note else Run(text=update.kind)
        yield Block(kind="paragraph", runs=(head, Run(text=" "), note))
    yield from _lines(((t("In the time of:").rstrip(":"), ", ".join(entry.periods)),))
    yield from _paragraphs(entry.summary)
    for act in entry.acts:
        label = phrases.capitalised(act.label, words.lang)
        yield _heading(", ".join(filter(None, (label, act.attempt, act.when, act.place))))
        yield from _act(act, words)
    if entry.claims:
        yield _heading(t("What is said about it"))
        yield from _claims(entry.claims, words)
    for network in entry.takedowns:
        yield _heading(network.name)
        yield from _network(network, words)
    yield from _listed(t("Numbers that do not agree"), entry.disagreements)
    yield from _listed(t("In custody"), (*entry.custody, *entry.vanished))
    for case in entry.proceedings:
        yield _heading(t("Court case {direction}").format(direction=case.heading))
        yield from _lines(case.facts)
    if entry.cases:
        yield _heading(t("Dealings with platforms"))
        yield from _lines(entry.cases)
    if entry.related:
        yield _heading(t("Related entries"))
        yield from _lines((kind, name) for kind, name, _ in entry.related)
    if entry.sources:
        yield _heading(t("Sources"))
        yield from (_item(_source(one)) for one in entry.sources)
    stood = t("as it stood on {date}").format(date=phrases.day(words.dossier.as_of, words.lang))
    closing = ", ".join(filter(None, (entry.public_id, stood)))
    yield Block(kind="paragraph", runs=(Run(text=closing, style="em"),))


def _act(act: ActView, words: Presenter) -> Iterator[Block]:
    t = words.t
    yield from _paragraphs(act.detail)
    yield from _lines((person.role, _person(person)) for person in act.people)
    yield from _lines(
        (
            (t("until"), act.until),
            (t("accounts and pages"), ", ".join(one.name for one in act.accounts)),
            (t("concerning"), "; ".join(act.items)),
            (t("how"), ", ".join(act.manners)),
        )
    )
    for term, said in (
        (t("threat"), act.or_else),
        (t("ground given"), act.stated_ground),
        (t("ground believed"), act.believed_ground),
    ):
        if said:
            yield _item((_term(term), _run(said)))
    yield from _lines(
        (
            (t("offences"), "; ".join(act.offences)),
            *((law.capacity, _law(law)) for law in act.law),
            (t("platforms"), ", ".join(act.platforms)),
            (t("technique"), ", ".join(act.technique)),
            (t("numbers"), "; ".join(act.numbers)),
        )
    )
    yield from _lines((kind, what) for kind, what, _ in act.related)
    yield from _claims(act.claims, words)
    yield from _lines(((t("Authorities"), f"{act.authorities}."),))


def _law(law: LawView) -> str:
    test = "; ".join(f"{part}: {found}" for part, found in law.test)
    said = ". ".join(filter(None, (law.whom, test, law.test_note.text)))
    return f"{law.citation} ({said})" if said else law.citation


def _person(person: PersonView) -> str:
    parts = (
        person.party.name,
        person.party.about if person.party.is_named else "",
        person.how_many,
        person.status,
        "; ".join(person.sentences),
        ", ".join(person.responses),
        person.dates,
    )
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _network(network: TakedownView, words: Presenter) -> Iterator[Block]:
    t = words.t
    yield from _paragraphs(network.summary)
    reported = ", ".join(filter(None, (network.reporter.name, network.published)))
    yield from _lines(
        (
            (t("reported by"), reported),
            *network.counts,
            (t("attributed to"), network.attributed),
            (t("confidence"), network.confidence),
            (t("tactics"), ", ".join(network.tactics)),
            (t("techniques"), "; ".join(network.techniques)),
            *network.facts,
            (
                t("Indicators published with it"),
                "; ".join(f"{kind} {value}" for kind, value in network.indicators),
            ),
        )
    )
    yield from _claims(network.claims, words)
    yield from _lines(((t("Response"), f"{network.authorities}."),))


def _claims(claims: Iterable[ClaimView], words: Presenter) -> Iterator[Block]:
    for claim in claims:
        head = f" {claim.stance}"
        if claim.field:
            head += f" ({claim.field})"
        runs = [
            Run(text=phrases.opening(claim.speaker, words.lang), style="strong"),
            Run(text=head),
        ]
        if claim.statement:
            quote = Run(text=claim.statement.text, lang=claim.statement.lang, style="quote")
            runs += [Run(text=": "), quote]
        tail = ", ".join(filter(None, (claim.said, claim.source, claim.status)))
        if tail:
            runs.append(Run(text=f" ({tail})"))
        if claim.may_be:
            who = words.t("or: {names}").format(names=", ".join(claim.may_be))
            runs.append(Run(text=f" ({who})"))
        if claim.note:
            runs += [Run(text=" "), _run(claim.note)]
        yield _item(tuple(runs))


def _source(source: SourceView) -> tuple[Run, ...]:
    title = Run(text=source.title, lang=source.lang, url=source.url)
    kind = source.kind if source.kind != source.title else ""
    tail = ", ".join(filter(None, (source.publisher, source.published, kind)))
    return (title, Run(text=f", {tail}")) if tail else (title,)


def _listed(title: str, lines: Iterable[str]) -> Iterator[Block]:
    blocks = [_item((Run(text=line),)) for line in lines]
    if blocks:
        yield _heading(title)
        yield from blocks


def _lines(pairs: Iterable[tuple[str, str]]) -> Iterator[Block]:
    for term, value in pairs:
        if value:
            yield _item((_term(term), Run(text=value)))


def _term(term: str) -> Run:
    return Run(text=f"{term}: ", style="strong")


def _paragraphs(said: Said) -> Iterator[Block]:
    for paragraph in said.paragraphs:
        yield Block(kind="paragraph", runs=(Run(text=paragraph, lang=said.lang),))


def _heading(text: str) -> Block:
    return Block(kind="heading", runs=(Run(text=text),), level=2)


def _item(runs: tuple[Run, ...]) -> Block:
    return Block(kind="item", runs=runs)


def _run(said: Said) -> Run:
    return Run(text=said.text, lang=said.lang)
