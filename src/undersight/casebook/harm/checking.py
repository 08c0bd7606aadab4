"""The check: what it looks at, and when it lets an entry go."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias

from undersight.casebook.disclosing import finder_of
from undersight.casebook.harm import people, quotations
from undersight.casebook.harm.document_metadata import document_metadata
from undersight.casebook.harm.finding import QUESTIONS, HarmFinding, Where
from undersight.casebook.harm.image_metadata import image_metadata
from undersight.casebook.harm.patterns import PATTERNS
from undersight.casebook.harm.people import Scene
from undersight.casebook.harm.scope import OthersLike, scope_of
from undersight.casebook.harm.texts import entry
from undersight.errors import UnansweredHarmError
from undersight.model.disclosure import DESK_KINDS, Disclosure
from undersight.model.dossier import Dossier
from undersight.model.naming import AUDIENCES
from undersight.model.records import Account, Party

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from undersight.casebook.harm.patterns import Span
    from undersight.casebook.harm.people import Surroundings
    from undersight.casebook.harm.texts import Text
    from undersight.casebook.reader import CasebookReader
    from undersight.model.dossier import Masthead
    from undersight.model.naming import Audience
    from undersight.model.records import HarmReview, Record

ReadEvidence: TypeAlias = "Callable[[str], bytes | None]"
_ADDRESS_FIELDS: Final = frozenset({"url", "contact", "base_url"})
_IN_ADDRESSES: Final = ("email",)
_ORDER: Final = {question: place for place, question in enumerate(QUESTIONS)}
MOST_SCOPED: Final = 200
"""Beyond so many entries the whole casebook is read at once."""
_STAYS_IN: Final = DESK_KINDS | {"intervention"}


def examine(
    internal: Dossier,
    public: Dossier,
    incident_ids: Iterable[str],
    *,
    around: Surroundings | None = None,
    read_evidence: ReadEvidence | None = None,
) -> tuple[HarmFinding, ...]:
    """Return what could hurt somebody if some entries were read by an audience.

    Args:
        internal: What the team knows.
        public: What the audience would see.
        incident_ids: The entries to look at.
        around: What all entries share, where it is known; else drawn from ``public``.
        read_evidence: Gives the bytes of an object by digest, None for one that is not here;
            pictures among the evidence are not looked at without it.

    Returns:
        Findings by entry in the order given, then by question, record and place.
    """
    found: list[HarmFinding] = []
    around = around or people.surroundings(public)
    for incident_id in dict.fromkeys(incident_ids):
        scene = Scene(internal, public, incident_id, _audience(public), around)
        rows = {f.finding_id: f for f in _examined(scene, read_evidence)}
        found += sorted(rows.values(), key=_order)
    return tuple(found)


def examine_opening(
    casebook: CasebookReader,
    incident_ids: Iterable[str],
    *,
    audience: Audience,
    masthead: Masthead,
    read_evidence: ReadEvidence | None = None,
) -> tuple[HarmFinding, ...]:
    """Return what could hurt somebody if some entries were opened to an audience now.

    Args:
        casebook: The casebook; only read.
        incident_ids: The entries to be opened, or open already.
        audience: ``partner`` or ``public``.
        masthead: Who publishes.
        read_evidence: As for ``examine``.
    """
    ids = tuple(incident_ids)
    opening = opening_of(casebook, ids, audience=audience, masthead=masthead)
    return examine(
        opening.internal, opening.shown, ids, around=opening.around, read_evidence=read_evidence
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Some entries as the team knows them, and as an audience would read them.

    Args:
        internal: What the team knows.
        shown: What the audience would see if they were opened to it.
        around: What they share with all others.
    """

    internal: Dossier
    shown: Dossier
    around: Surroundings


def opening_of(
    casebook: CasebookReader,
    incident_ids: Iterable[str],
    *,
    audience: Audience,
    masthead: Masthead,
) -> Opening:
    """Return some entries as an audience would read them if they were opened to it.

    Of a few entries only what decides about them is read; of many, the whole casebook.

    Args:
        casebook: The casebook; only read.
        incident_ids: The entries to be opened, or open already.
        audience: ``partner`` or ``public``.
        masthead: Who publishes.
    """
    ids = tuple(dict.fromkeys(incident_ids))
    if len(ids) > MOST_SCOPED:
        internal = casebook.dossier(audience="internal", masthead=masthead)
        shown = as_opened(internal, ids, audience)
        return Opening(internal=internal, shown=shown, around=people.surroundings(shown))
    scope = scope_of(casebook, ids, masthead, audience)
    shown = as_opened(scope.dossier, ids, audience, scope.named, scope.nameable)
    around = OthersLike(casebook, shown, audience).around()
    return Opening(internal=scope.dossier, shown=shown, around=around)


def open_now(
    casebook: CasebookReader, incident_id: str, *, audience: Audience, masthead: Masthead
) -> Dossier:
    """Return one entry, and what belongs to it, as an audience sees it now."""
    scope = scope_of(casebook, [incident_id], masthead, audience)
    named = (*scope.named, *scope.gone)
    return as_open(scope.dossier, [incident_id], audience, named, scope.nameable)


def as_opened(
    internal: Dossier,
    incident_ids: Iterable[str],
    audience: Audience,
    named: Iterable[Record] = (),
    nameable: Callable[[], Iterable[Party]] = tuple,
) -> Dossier:
    """Return what an audience would see if some entries were opened to it.

    Args:
        internal: What the team knows.
        incident_ids: The entries.
        audience: Who would read.
        named: Further parties and accounts whose names may stand in the texts.
        nameable: Gives further parties who may be named, where another's name was found.
    """
    rank = AUDIENCES.index
    near = _near(internal, incident_ids)
    raised: dict[str, Record] = {}
    for record_id in near:
        record = internal.get(record_id)
        if record is None or rank(_level(record)) >= rank(audience):
            continue
        if record.confidentiality == "normal" and record.kind not in _STAYS_IN:
            raised[record_id] = dataclasses.replace(record, visibility=audience)
    return _seen(internal, audience, (named, nameable), near, raised)


def as_open(
    internal: Dossier,
    incident_ids: Iterable[str],
    audience: Audience,
    named: Iterable[Record] = (),
    nameable: Callable[[], Iterable[Party]] = tuple,
) -> Dossier:
    """Return what an audience sees of some entries as they stand.

    Args:
        internal: What the team knows of them.
        incident_ids: The entries.
        audience: Who reads.
        named: Further parties and accounts whose names may stand in the texts.
        nameable: Gives further parties who may be named, where another's name was found.
    """
    return _seen(internal, audience, (named, nameable), _near(internal, incident_ids), {})


def _near(internal: Dossier, incident_ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The parties that each record of some entries has to do with."""
    near: dict[str, frozenset[str]] = defaultdict(frozenset)
    for incident_id in incident_ids:
        records = entry(internal, incident_id)
        parties = frozenset(r.record_id for r in records if isinstance(r, Party))
        for record in records:
            near[record.record_id] |= parties
    return near


def _seen(
    internal: Dossier,
    audience: Audience,
    further: tuple[Iterable[Record], Callable[[], Iterable[Party]]],
    near: Mapping[str, frozenset[str]],
    raised: Mapping[str, Record],
) -> Dossier:
    others, nameable = tuple(further[0]), further[1]
    everyone = (*internal.all(Party), *(one for one in others if isinstance(one, Party)))
    accounts = (*internal.all(Account), *(one for one in others if isinstance(one, Account)))
    policy = Disclosure(
        audience=audience,
        parties=everyone,
        accounts=accounts,
        on=internal.as_of,
        finder=finder_of(everyone, accounts, audience, on=internal.as_of, also=nameable),
        near=near,
    )
    shown = [policy.visible(raised.get(r.record_id, r)) for r in internal.records()]
    return Dossier(
        masthead=internal.masthead,
        records=[record for record in shown if record is not None],
        as_of=internal.as_of,
        audience=audience,
        stamps=internal.stamps,
        masked=policy.masked,
    )


def unanswered(
    findings: Iterable[HarmFinding], reviews: Iterable[HarmReview]
) -> tuple[HarmFinding, ...]:
    """Return the findings that no review answers; a changed finding is another one.

    Args:
        findings: What was found.
        reviews: Answers given so far.
    """
    answered = {(r.question, r.finding) for r in reviews if r.answer}
    return tuple(f for f in findings if (f.question, f.finding_id) not in answered)


def refuse_unless_answered(findings: Iterable[HarmFinding], reviews: Iterable[HarmReview]) -> None:
    """Refuse while a question is open.

    Raises:
        UnansweredHarmError: At least one finding has no answer.
    """
    waiting = unanswered(findings, reviews)
    if waiting:
        entries = tuple(dict.fromkeys(f.incident_id for f in waiting))
        raise UnansweredHarmError(entries, len(waiting))


def _audience(public: Dossier) -> Audience:
    return next((a for a in AUDIENCES if a == public.audience), "public")


def _level(record: Record) -> Audience:
    return next((a for a in AUDIENCES if a == record.visibility), "internal")


def _order(found: HarmFinding) -> tuple[int, str, str, int, str]:
    where = found.where
    return _ORDER[found.question], where.record, where.field, where.start, found.finding_id


def _examined(scene: Scene, read_evidence: ReadEvidence | None) -> Iterator[HarmFinding]:
    yield from people.withheld_names(scene)
    yield from people.minors(scene)
    yield from people.re_identification(scene)
    yield from _in_texts(scene)
    yield from quotations.third_parties(scene)
    yield from quotations.people_in_texts(scene)
    yield from _masked(scene)
    yield from people.consents(scene)
    yield from people.retaliation(scene)
    yield from quotations.sources_in_notes(scene)
    if read_evidence is not None:
        yield from _in_pictures(scene, read_evidence)


def _in_texts(scene: Scene) -> Iterator[HarmFinding]:
    """Yield numbers, addresses and user names; those of accounts shown anyway are left out."""
    shown = _shown_accounts(scene)
    for text in scene.texts:
        for question, (start, end) in _matches(text):
            written = text.text[start:end]
            if question != "handle" or _handle(written) not in shown:
                record = text.record.record_id
                where = Where(record=record, field=text.field, start=start, end=end)
                yield scene.found(question, where, written)


def _matches(text: Text) -> Iterator[tuple[str, Span]]:
    for question in _questions_for(text):
        for span in PATTERNS[question](text.text):
            yield question, span


def _questions_for(text: Text) -> Iterable[str]:
    """Return what a text is searched for: addresses on the web are full of digits and names."""
    if text.record.kind == "account":
        return ()
    return _IN_ADDRESSES if text.name in _ADDRESS_FIELDS else PATTERNS


def _shown_accounts(scene: Scene) -> set[str]:
    return {
        _handle(value)
        for record in scene.shown
        if isinstance(record, Account)
        for value in (record.url, *(handle.value for handle in record.handles))
        if value
    }


def _handle(written: str) -> str:
    """Return a user name or address without what may stand before and behind it."""
    bare = written.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare.rstrip("/.,").rpartition("/")[2].lstrip("@")


def _masked(scene: Scene) -> Iterator[HarmFinding]:
    """Yield the names that the disclosure policy replaced in texts of the entry."""
    for record in scene.shown:
        for masked in scene.around.masked.get(record.record_id, ()):
            where = Where(record=masked.record_id, field=masked.field)
            what = f"{masked.kind}.{masked.field}"
            yield scene.found("masked-name", where, what, masked.party_id, str(masked.n_times))


def _in_pictures(scene: Scene, read_evidence: ReadEvidence) -> Iterator[HarmFinding]:
    for record, name, digest in _objects(scene):
        where = Where(record=record.record_id, field=name)
        raw = read_evidence(digest)
        # What is not here cannot go out from here.
        told = None if raw is None else image_metadata(raw) or document_metadata(raw)
        if told is not None and told.tells:
            what = f"{told.kind}: {', '.join(told.tells)}"
            yield scene.found("image-metadata", where, what, digest)
        elif told is not None and not told.is_whole:
            yield scene.found("image-unreadable", where, told.kind, digest)


def _objects(scene: Scene) -> Iterator[tuple[Record, str, str]]:
    """Yield the digests of objects that the entry points at, with record and field."""
    for record in scene.shown:
        for name in ("evidence", "captures"):
            for digest in getattr(record, name, ()):
                yield record, name, digest
