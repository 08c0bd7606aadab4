"""An entry as plain text, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.presentation.presenter import Presenter
    from undersight.presentation.views import (
        ActView,
        ClaimView,
        EntryView,
        LawView,
        PartyView,
        PersonView,
        TakedownView,
    )


def entry_text(entry: EntryView, words: Presenter) -> str:
    """Return an entry as lines of text, the newest update first."""
    return "\n".join(_lines(entry, words))


def _lines(entry: EntryView, words: Presenter) -> Iterator[str]:
    t = words.t
    yield entry.title.text
    about = (entry.public_id or entry.incident_id, entry.when, entry.place, entry.verification)
    yield " · ".join(part for part in about if part)
    updated = t("Update")
    for update in entry.updates:
        yield ""
        yield f"[{updated} {update.published}, {update.kind}] {update.note.text}"
    yield from _named("", ((t("In the time of:").rstrip(":"), ", ".join(entry.periods)),))
    yield ""
    yield from entry.summary.paragraphs
    for act in entry.acts:
        yield ""
        yield from _act(act, words)
    yield from _claims(entry.claims, words, "")
    for network in entry.takedowns:
        yield ""
        yield from _network(network, words)
    for case in entry.proceedings:
        yield ""
        yield f"■ {t('Court case {direction}').format(direction=case.heading)}"
        yield from _named("  ", case.facts)
    for title, lines in (
        (t("Numbers that do not agree"), entry.disagreements),
        (t("In custody"), (*entry.custody, *entry.vanished)),
        (t("Dealings with platforms"), tuple(": ".join(case) for case in entry.cases)),
        (t("Related entries"), tuple(f"{link}: {name}" for link, name, _ in entry.related)),
    ):
        if lines:
            yield ""
            yield f"{title}:"
            yield from (f"  {line}" for line in lines)
    if entry.sources:
        yield ""
        yield t("Sources") + ":"
        for source in entry.sources:
            parts = (source.title, source.publisher, source.published, source.url)
            yield "  " + ", ".join(part for part in parts if part)


def _act(act: ActView, words: Presenter) -> Iterator[str]:
    t = words.t
    heading = ", ".join(part for part in (act.label, act.attempt, act.when, act.place) if part)
    yield f"■ {heading}"
    yield from (f"  {part}" for part in act.detail.paragraphs)
    for person in act.people:
        yield f"  {person.role}: {_person(person)}"
    named = (
        (t("how"), ", ".join(act.manners)),
        (t("or else"), act.or_else.text),
        (t("ground given"), act.stated_ground.text),
        (t("ground believed"), act.believed_ground.text),
        (t("offences"), ", ".join(act.offences)),
        (t("provisions"), "; ".join(_law(law) for law in act.law)),
        (t("accounts"), "; ".join(_account(account) for account in act.accounts)),
        (t("items"), "; ".join(act.items)),
        (t("platforms"), ", ".join(act.platforms)),
        (t("technique"), ", ".join(act.technique)),
        (t("numbers"), "; ".join(act.numbers)),
        (t("authorities"), act.authorities),
        (t("until"), act.until),
    )
    yield from _named("  ", named)
    yield from _named("  ", ((kind, what) for kind, what, _ in act.related))
    yield from _claims(act.claims, words, "  ")


def _law(law: LawView) -> str:
    test = "; ".join(f"{part}: {found}" for part, found in law.test)
    said = ", ".join(part for part in (law.capacity, law.whom, test, law.test_note.text) if part)
    return f"{law.citation} ({said})"


def _account(account: PartyView) -> str:
    return f"{account.name} ({account.about})" if account.about else account.name


def _network(network: TakedownView, words: Presenter) -> Iterator[str]:
    t = words.t
    counts = ", ".join(f"{name} {n}" for name, n in network.counts)
    yield f"■ {t('Removed network')}: {network.name} {counts}".rstrip()
    yield from (f"  {part}" for part in network.summary.paragraphs)
    reported = ", ".join(filter(None, (network.reporter.name, network.published)))
    indicators = "; ".join(f"{kind} {value}" for kind, value in network.indicators)
    named = (
        (t("reported by"), reported),
        (t("attributed to"), network.attributed),
        (t("confidence"), network.confidence),
        (t("tactics"), ", ".join(network.tactics)),
        (t("techniques"), "; ".join(network.techniques)),
        *network.facts,
        (t("Indicators published with it"), indicators),
        (t("authorities"), network.authorities),
    )
    yield from _named("  ", named)
    yield from _claims(network.claims, words, "  ")


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


def _claims(claims: Iterable[ClaimView], words: Presenter, indent: str) -> Iterator[str]:
    for claim in claims:
        head = " ".join(part for part in (claim.speaker.name, claim.stance, claim.field) if part)
        tail = ", ".join(part for part in (claim.said, claim.source, claim.status) if part)
        may_be = (
            words.t("or: {names}").format(names=", ".join(claim.may_be)) if claim.may_be else ""
        )
        said = f"“{claim.statement.text}”" if claim.statement else ""
        notes = " ".join(f"({part})" for part in (tail, may_be) if part)
        yield f"{indent}— {head}: {said} {notes}".rstrip()


def _named(indent: str, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in pairs:
        if value:
            yield f"{indent}{name}: {value}"
