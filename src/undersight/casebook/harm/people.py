"""Questions about people: who is named and on what ground, and who could be found all the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersight.casebook.harm.ages import ages, children
from undersight.casebook.harm.finding import HarmFinding, Where, finding
from undersight.casebook.harm.texts import entry, texts_of
from undersight.casebook.mentions import Mentions, handles_of, names_of
from undersight.model.derived.counts import place_key
from undersight.model.naming import is_minor, naming_of
from undersight.model.records import Account, Act, Incident, Involvement, Party
from undersight.text.folding import fold
from undersight.text.name_keys import name_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from undersight.model.disclosure import Masked
    from undersight.model.dossier import Dossier
    from undersight.model.naming import Audience

SMALL_CELL: Final = 5
"""How many people must share place, month and work for nobody to stand out."""

_PERSONS: Final = frozenset({"individual", "family"})
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ`-][^\W\d_]+)*")
_SHORTEST_PART, _LONGEST_ENDING = 4, 4
_CLUES: Final = 3


Cell = tuple[str, str, str]
"""Place, month and work: what several people may share."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is looked up once for all entries.

    Args:
        cell_sizes: How many people shown share place, month and work.
        masked: Names that were replaced in texts, by record.
        n_more: How many others share it, who are not in the snapshot.
    """

    cell_sizes: Mapping[Cell, int]
    masked: Mapping[str, Sequence[Masked]]
    n_more: Callable[[Cell], int] | None = None

    def is_crowd(self, cell: Cell) -> bool:
        """Whether so many share place, month and work that nobody stands out."""
        n_here = self.cell_sizes.get(cell, 0)
        if n_here < SMALL_CELL and self.n_more is not None:
            n_here += self.n_more(cell)
        return n_here >= SMALL_CELL


def surroundings(public: Dossier) -> Surroundings:
    """Return what all entries that an audience sees share."""
    masked: dict[str, list[Masked]] = {}
    for entry_ in public.masked:
        masked.setdefault(entry_.record_id, []).append(entry_)
    return Surroundings(cell_sizes(public), masked)


class Scene:
    """One entry as the team knows it and as an audience would see it.

    Args:
        internal: What the team knows.
        public: What the audience would see.
        incident_id: The entry.
        audience: Who reads.
        around: What all entries of the snapshot share.
    """

    def __init__(
        self,
        internal: Dossier,
        public: Dossier,
        incident_id: str,
        audience: Audience,
        around: Surroundings,
    ) -> None:
        self.internal, self.public = internal, public
        self.incident_id, self.audience, self.around = incident_id, audience, around
        self.shown = entry(public, incident_id)
        self.known = entry(internal, incident_id)
        self.texts = tuple(text for record in self.shown for text in texts_of(record))

    def persons(self) -> Iterator[tuple[Party, Party]]:
        """Yield people and families shown in the entry: as known, and as shown."""
        for record in self.shown:
            known = self.internal.party(record.record_id)
            if isinstance(record, Party) and known and known.party_kind in _PERSONS:
                yield known, record

    def found(self, question: str, where: Where, what: str, *basis: str) -> HarmFinding:
        """Return a finding in this entry."""
        return finding(question, self.incident_id, where, what, *basis)


def minors(scene: Scene) -> Iterator[HarmFinding]:
    """Ask about every child in the entry, and where none is recorded, about words for one."""
    is_recorded = False
    for known, shown in scene.persons():
        if is_minor(known, on=scene.public.as_of):
            is_recorded = True
            where = Where(record=known.record_id)
            yield scene.found("minor", where, _label(shown), _is_named(shown))
    if is_recorded:
        return
    for text in scene.texts:
        spans = [] if text.record.kind in ("provision", "period") else [*children(text.text)]
        if spans:
            record, (start, end) = text.record.record_id, spans[0]
            where = Where(record=record, field=text.field, start=start, end=end)
            words = dict.fromkeys(text.text[a:b] for a, b in spans)
            yield scene.found("minor", where, ", ".join(words))


def consents(scene: Scene) -> Iterator[HarmFinding]:
    """Ask about people named without recorded consent, and about consent taken back."""
    for known, shown in scene.persons():
        ground = naming_of(known, scene.audience, on=scene.public.as_of).ground
        where = Where(record=known.record_id, field="consents")
        if ground == "withdrawn_consent":
            yield scene.found("consent-withdrawn", where, _label(shown))
        is_unrecorded = ground == "consent" and not known.consents
        if _is_named(shown) and (is_unrecorded or ground in ("stated_reason", "already_public")):
            yield scene.found("consent", where, _label(shown), ground)


def retaliation(scene: Scene) -> Iterator[HarmFinding]:
    """Ask for every private person who is named whether publishing could bring retaliation."""
    for known, shown in scene.persons():
        ground = naming_of(known, scene.audience, on=scene.public.as_of).ground
        if not _is_named(shown) or ground == "office":
            continue
        flags = ", ".join(flag.replace("_", " ") for flag in sorted(known.risk_flags))
        what = f"{_label(shown)} ({flags})" if flags else _label(shown)
        where = Where(record=known.record_id, field="retaliation_note")
        yield scene.found("retaliation", where, what, known.retaliation_note)


def re_identification(scene: Scene) -> Iterator[HarmFinding]:
    """Ask about people who are not named but stand out by place, date, work and sex together."""
    unnamed = {shown.record_id: shown for _, shown in scene.persons() if not _is_named(shown)}
    for part in scene.shown:
        if not isinstance(part, Involvement) or part.party not in unnamed:
            continue
        act = scene.public.find(Act, part.act)
        if act is None or (unnamed[part.party].count_min or 1) > 1:
            continue
        clues = _clues(scene, act, part, unnamed[part.party])
        if part.role == "victim":
            told = "; ".join(clues)
            clues += dict.fromkeys(age for age in _ages_told(scene, act) if age not in told)
        cell = _cell(scene.public, act, unnamed[part.party])
        if len(clues) >= _CLUES and not scene.around.is_crowd(cell):
            where = Where(record=part.party, field="names")
            yield scene.found("re-identification", where, "; ".join(clues), act.record_id)


def _ages_told(scene: Scene, act: Act) -> Iterator[str]:
    """Yield how old somebody is said to be, where the entry or the act says it in words."""
    told = (act.record_id, act.incident)
    for text in scene.texts:
        if text.record.record_id in told:
            yield from ages(text.text)


def _clues(scene: Scene, act: Act, part: Involvement, party: Party) -> list[str]:
    """Return what an audience would know about somebody who is not named."""
    incident = scene.public.find(Incident, act.incident)
    known = scene.internal.party(party.record_id)
    # a label made by the program says no more than the occupation, one made by hand may
    is_by_hand = known is not None and any(n.use == "public_label" for n in known.names)
    label = _label(party) if is_by_hand else ""
    place = act.place or (incident.place if incident else None)
    start = part.start or act.start
    found = [label] if label else []
    if place is not None and (place.site or place.locality):
        found.append(", ".join(p for p in (place.site, place.locality) if p))
    if start is not None and start.precision in ("day", "time", "month"):
        found.append(start.edtf)
    found += [occupation.replace("_", " ") for occupation in party.occupations]
    found += [text for text in (party.gender, part.affiliation_as_stated, party.position) if text]
    return list(dict.fromkeys(found))


def _cell(dossier: Dossier, act: Act, party: Party) -> Cell:
    month = (act.start.earliest or act.start.latest) if act.start else None
    work = ",".join(sorted(party.occupations))
    return place_key(dossier, act), f"{month:%Y-%m}" if month else "", work


def cell_sizes(dossier: Dossier) -> Mapping[Cell, int]:
    """Return how many people shown share place, month and work."""
    sizes: dict[Cell, int] = {}
    for act in dossier.all(Act):
        for part in dossier.involvements(act.record_id):
            party = dossier.party(part.party)
            if party is not None and part.role == "victim":
                cell = _cell(dossier, act, party)
                low = part.count_min or party.count_min or 1
                sizes[cell] = sizes.get(cell, 0) + low
    return sizes


def withheld_names(scene: Scene) -> Iterator[HarmFinding]:
    """Look for names and user names of those who may not be named, in any spelling."""
    near = {r.record_id: r for r in scene.known if isinstance(r, Party) and _is_hidden(scene, r)}
    handles: dict[str, list[str]] = {}
    for account in scene.known:
        if isinstance(account, Account) and account.owner in near:
            handles.setdefault(account.owner, []).extend(handles_of(account))
    finder = Mentions(
        names={party_id: names_of(party) for party_id, party in near.items()},
        handles=handles,
        others=_named_people(scene),
    )
    telling = _telling_words(near.values(), scene)
    for text in scene.texts:
        spans = {(m.start, m.end): m.party_id for m in finder(text.text, frozenset(near))}
        for start, end, party_id in _by_words(text.text, telling):
            if not any(a <= start and end <= b for a, b in spans):
                spans[start, end] = party_id
        for (start, end), party_id in sorted(spans.items()):
            if text.record.record_id == party_id and text.name == "names":
                continue
            where = Where(record=text.record.record_id, field=text.field, start=start, end=end)
            yield scene.found("withheld-name", where, text.text[start:end], party_id)


def _is_hidden(scene: Scene, party: Party) -> bool:
    return not naming_of(party, scene.audience, on=scene.public.as_of).may


def _named_people(scene: Scene) -> dict[str, list[str]]:
    return {shown.record_id: names_of(shown) for _, shown in scene.persons() if _is_named(shown)}


def _telling_words(parties: Iterable[Party], scene: Scene) -> dict[str, str]:
    """Return keys of single words of hidden names, without those that a named party shares."""
    shown = [record for record in scene.shown if isinstance(record, Party)]
    visible = {key for party in shown for name in party.names for key in _keys(name.value)}
    found: dict[str, str] = {}
    for party in parties:
        for key in (key for name in names_of(party) for key in _keys(name)):
            if key not in visible:
                found.setdefault(key, party.record_id)
    return found


def _keys(name: str) -> Iterator[str]:
    for match in _WORD.finditer(name):
        if len(match[0]) >= _SHORTEST_PART:
            yield from name_keys(fold(match[0]).replace("'", ""))


def _by_words(text: str, telling: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield capitalised words that are part of a hidden name, with any ending."""
    if not telling:
        return
    for match in _WORD.finditer(text):
        if match[0][0].islower() or len(match[0]) < _SHORTEST_PART:
            continue
        for key in name_keys(fold(match[0]).replace("'", "")):
            stems = (key[: len(key) - cut] for cut in range(min(_LONGEST_ENDING, len(key) - 3)))
            party_id = next((telling[stem] for stem in stems if stem in telling), "")
            if party_id:
                yield match.start(), match.end(), party_id
                break


def _label(party: Party) -> str:
    values = [name.value for name in party.names if name.lang in ("en", "")]
    values += [name.value for name in party.names]
    return values[0] if values else party.party_kind


def _is_named(shown: Party) -> str:
    """Return a word where a party is shown by name; empty where by label only."""
    return "named" if any(name.use != "public_label" for name in shown.names) else ""
