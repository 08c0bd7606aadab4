"""What a reader is shown, in one language: plain values, no records, ready for a template."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

RIGHT_TO_LEFT: Final = frozenset(
    {"ar", "azb", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
)
_LETTERS: Final = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff"
)
_LEFTWARDS: Final = re.compile(rf"([{_LETTERS}]+(?:[^\w<>]+[{_LETTERS}]+)*)")


def direction(lang: str) -> str:
    """Return ``rtl``, ``ltr``, or ``auto`` where the language is not known."""
    if not lang:
        return "auto"
    return "rtl" if lang.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def direction_of(text: str, lang: str) -> str:
    """Return the direction of a text: its language's, unless most of its letters run leftwards.

    A statement in Arabic stands in many an entry whose language is another.
    """
    told = direction(lang)
    if told != "ltr":
        return told
    kinds = [unicodedata.bidirectional(char) for char in text]
    n_leftwards = sum(kind in ("R", "AL") for kind in kinds)
    return "rtl" if n_leftwards > kinds.count("L") else "ltr"


def parted(text: str) -> list[str]:
    """Return a line cut into words of the page and stretches that run leftwards, in turn.

    The first and every second part after it are the page's own, so that each other can be set
    apart: figures and brackets behind a name in Arabic run into it else.
    """
    return _LEFTWARDS.split(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A text with its language, so that a quotation in another language can be marked.

    Args:
        text: The words.
        lang: Language code of the words; empty when unknown.
    """

    text: str = ""
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def dir(self) -> str:
        """Direction of the words."""
        return direction_of(self.text, self.lang)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words as paragraphs."""
        return tuple(part.strip() for part in self.text.split("\n\n") if part.strip())


_NOTHING: Final = Said()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """A person, outlet or office as it may be named.

    Args:
        name: Name or public label.
        href: Page about it, relative to the language folder; empty if it has none.
        about: What it is, in a few words.
        is_named: Whether ``name`` is a name and not a label such as “a blogger”.
        lang: Language of the name as spelled; empty where not known.
    """

    name: str
    href: str = ""
    about: str = ""
    is_named: bool = True
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A party's part in an act."""

    party: PartyView
    role: str
    role_id: str
    status: str = ""
    sentences: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()
    how_many: str = ""
    dates: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """Who says what about it."""

    speaker: PartyView
    stance: str
    stance_id: str
    field: str
    statement: Said
    said: str = ""
    source: str = ""
    status: str = ""
    note: Said = _NOTHING
    may_be: tuple[str, ...] = ()
    is_denial: bool = False
    connection: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawView:
    """A provision used in an act; ``whom`` names the person where it is not everybody's."""

    citation: str
    capacity: str
    title: Said
    whom: str = ""
    href: str = ""
    test: tuple[tuple[str, str], ...] = ()
    test_note: Said = _NOTHING
    cited_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActView:
    """One act, in words."""

    act_id: str
    act_type: str
    label: str
    href: str
    when: str
    until: str = ""
    place: str = ""
    attempt: str = ""
    manners: tuple[str, ...] = ()
    or_else: Said = _NOTHING
    stated_ground: Said = _NOTHING
    believed_ground: Said = _NOTHING
    offences: tuple[str, ...] = ()
    detail: Said = _NOTHING
    people: tuple[PersonView, ...] = ()
    accounts: tuple[PartyView, ...] = ()
    items: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    technique: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    law: tuple[LawView, ...] = ()
    related: tuple[tuple[str, str, str], ...] = ()
    claims: tuple[ClaimView, ...] = ()
    authorities: str = ""

    @property
    def anchor(self) -> str:
        """The permanent fragment of the act on its page."""
        return f"act-{self.act_id[-12:]}"

    @property
    def victims(self) -> tuple[PersonView, ...]:
        """Those acted upon."""
        return tuple(person for person in self.people if person.role_id == "victim")

    @property
    def others(self) -> tuple[PersonView, ...]:
        """Everybody else who had a part."""
        return tuple(person for person in self.people if person.role_id != "victim")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Where it was read or heard."""

    title: str
    publisher: str = ""
    url: str = ""
    published: str = ""
    kind: str = ""
    reliability: str = ""
    excerpt: Said = _NOTHING
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateView:
    """A dated addition."""

    update_id: str
    number: int
    published: str
    published_iso: str
    kind: str
    kind_id: str
    note: Said

    @property
    def anchor(self) -> str:
        """The permanent fragment of the addition on its page."""
        return f"update-{self.number}" if self.number else f"update-{self.update_id[-12:]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakedownView:
    """A removed network as one report gives it."""

    takedown_id: str
    incident_id: str
    name: str
    reporter: PartyView
    published: str
    attributed: str
    confidence: str
    counts: tuple[tuple[str, str], ...]
    tactics: tuple[str, ...]
    techniques: tuple[str, ...]
    summary: Said
    facts: tuple[tuple[str, str], ...] = ()
    indicators: tuple[tuple[str, str], ...] = ()
    report: SourceView | None = None
    authorities: str = ""
    claims: tuple[ClaimView, ...] = ()

    @property
    def anchor(self) -> str:
        """The permanent fragment of the report on its page."""
        return f"network-{self.takedown_id[-12:]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceedingView:
    """A case before a court or office."""

    heading: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One published entry."""

    incident_id: str
    public_id: str
    href: str
    title: Said
    summary: Said
    when: str
    place: str
    verification: str
    verification_id: str
    monitoring: str
    first_published: str
    last_changed: str
    acts: tuple[ActView, ...]
    updates: tuple[UpdateView, ...]
    sources: tuple[SourceView, ...]
    claims: tuple[ClaimView, ...]
    takedowns: tuple[TakedownView, ...]
    related: tuple[tuple[str, str, str], ...]
    periods: tuple[str, ...]
    custody: tuple[str, ...] = ()
    cases: tuple[tuple[str, str], ...] = ()
    topics: tuple[str, ...] = ()
    proceedings: tuple[ProceedingView, ...] = ()
    disagreements: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()

    @property
    def act_labels(self) -> tuple[str, ...]:
        """The kinds of act in it, each once."""
        return tuple(dict.fromkeys(act.label for act in self.acts))

    @property
    def victims(self) -> tuple[PersonView, ...]:
        """Those acted upon, each once."""
        found = {person.party.name: person for act in self.acts for person in act.victims}
        return tuple(found.values())

    @property
    def newest_update(self) -> UpdateView | None:
        """The latest addition."""
        return self.updates[0] if self.updates else None
