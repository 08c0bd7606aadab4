"""What a reader is shown, in one language: plain values, no records, ready for a template."""

from __future__ import annotations

from dataclasses import dataclass, field


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
    def paragraphs(self) -> tuple[str, ...]:
        """The words as paragraphs."""
        return tuple(part.strip() for part in self.text.split("\n\n") if part.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """A person, outlet or office as it may be named.

    Args:
        name: Name or public label.
        href: Page about it, relative to the language folder; empty if it has none.
        about: What it is, in a few words.
        is_named: Whether ``name`` is a name and not a label such as “a blogger”.
    """

    name: str
    href: str = ""
    about: str = ""
    is_named: bool = True


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

    speaker: str
    stance: str
    stance_id: str
    field: str
    statement: Said
    said: str = ""
    source: str = ""
    status: str = ""
    note: Said = field(default_factory=Said)
    may_be: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LawView:
    """A provision used in an act."""

    citation: str
    capacity: str
    title: Said
    href: str = ""
    test: tuple[tuple[str, str], ...] = ()
    test_note: Said = field(default_factory=Said)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActView:
    """One act, in words."""

    act_id: str
    label: str
    href: str
    when: str
    until: str = ""
    place: str = ""
    attempt: str = ""
    manners: tuple[str, ...] = ()
    or_else: Said = field(default_factory=Said)
    stated_ground: Said = field(default_factory=Said)
    believed_ground: Said = field(default_factory=Said)
    offences: tuple[str, ...] = ()
    detail: Said = field(default_factory=Said)
    people: tuple[PersonView, ...] = ()
    accounts: tuple[PartyView, ...] = ()
    items: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    technique: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    law: tuple[LawView, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    claims: tuple[ClaimView, ...] = ()
    authorities: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Where it was read or heard."""

    title: str
    publisher: str = ""
    url: str = ""
    published: str = ""
    kind: str = ""
    reliability: str = ""
    excerpt: Said = field(default_factory=Said)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TakedownView:
    """A removed network as one report gives it."""

    name: str
    reporter: str
    published: str
    attributed: str
    confidence: str
    counts: tuple[tuple[str, str], ...]
    tactics: tuple[str, ...]
    techniques: tuple[str, ...]
    summary: Said
    authorities: str = ""
    claims: tuple[ClaimView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One published entry."""

    incident_id: str
    public_id: str
    href: str
    title: Said
    summary: Said
    when: str
    newest_iso: str
    place: str
    verification: str
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

    @property
    def act_labels(self) -> tuple[str, ...]:
        """The kinds of act in it, each once."""
        return tuple(dict.fromkeys(act.label for act in self.acts))

    @property
    def newest_update(self) -> UpdateView | None:
        """The latest addition."""
        return self.updates[0] if self.updates else None
