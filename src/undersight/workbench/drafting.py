"""From the fields a person accepted to an entry document.

The draft says what the text seems to say; a person has accepted, changed or rejected each
field; this turns what is left into the nested form that ``workbench.entry`` builds from. A
field that belongs to no act is placed only where there is a single act; otherwise it is handed
back as unplaced, and nothing that was accepted is lost.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undersight.model.draft import DraftEntry, DraftField
    from undersight.model.intake import Link

_ANY_DAY = dt.date(2024, 2, 29)  # whether a date leans on another day does not depend on which
_OF_A_DAY = 2  # hyphens in the EDTF of a day
_ADDRESS = re.compile(r"https?://[^\s<>\"»”|]+", re.IGNORECASE)
_PERSON_KINDS = {
    "person": "individual",
    "organisation": "organisation",
    "outlet": "outlet",
    "agency": "public_body",
    "official": "individual",
}
_ROLE_BY_KIND = {"official": "official", "agency": "official"}
# What offices do to somebody: where an entry has one person, it was done to that person.
_DONE_TO_A_PERSON = frozenset(
    {
        "summons",
        "questioning",
        "assault",
        "ill_treatment",
        "forced_deletion",
        "forced_apology",
        "travel_ban",
        "official_warning",
        "detention",
        "arrest",
        "administrative_detention",
        "house_arrest",
        "pretrial_extension",
        "release",
        "charge",
        "charge_changed",
        "charge_dropped",
        "trial",
        "sentence",
        "fine",
        "acquittal",
    }
)
_NO = frozenset({"denies", "declines_comment"})
_LIST_OF_ACT = {
    "manner": "manners",
    "platform": "platforms",
    "tactic": "tactics",
    "offence": "offences",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedEntry:
    """An entry document and what could not be put into it.

    Args:
        document: Ready for ``EntryBuilder.build``.
        unplaced: Accepted fields that belong to no act; kept in the entry's remark.
    """

    document: dict[str, Any]
    unplaced: tuple[DraftField, ...]


@dataclass(slots=True)
class _Assembly:
    acts: dict[int, dict[str, Any]]
    starts: Mapping[int, int] = field(default_factory=dict)
    unplaced: list[DraftField] = field(default_factory=list)

    def act_for(self, proposed: DraftField) -> dict[str, Any] | None:
        """Return the act that a field is tied to, or the only one for a field without a tie.

        Tied to an act that was rejected, it is of none: who was fined was not detained.
        """
        if proposed.of is not None:
            return self.acts.get(proposed.of)
        return next(iter(self.acts.values())) if len(self.acts) == 1 else None

    def act_beside(self, claim: DraftField) -> dict[str, Any] | None:
        """Return the act told last before a claim of what no act of the entry is.

        "Nobody threatened her" where she was summoned and questioned: said of the whole entry it
        would deny both. Beside one act its words say what of it is denied, and nothing more.
        """
        about = claim.value.get("about")
        if not about or about in {act["act_type"] for act in self.acts.values()}:
            return None
        before = [i for i in self.acts if self.starts.get(i, 0) <= claim.start]
        chosen = max(before, key=lambda i: self.starts.get(i, 0), default=None)
        return None if chosen is None else self.acts[chosen]


def confirmed_entry(
    text: str,
    entry: DraftEntry,
    kept: Mapping[int, DraftField],
    *,
    lang: str,
    links: Sequence[Link] = (),
    context_date: dt.date | None = None,
) -> ConfirmedEntry:
    """Return the entry document of the fields that a person kept.

    Args:
        text: The text that was drafted from.
        entry: The proposed entry.
        kept: Accepted fields by their index in ``entry.fields``, changed ones as changed.
        lang: Language of the text.
        links: Where words of the text lead to; those of the entry are its sources.
        context_date: The day that the draft's yearless and relative dates were counted from.
    """
    acts = {
        i: {"key": f"act{i}", "act_type": act.value, "detail": text[act.start : act.end]}
        for i, act in sorted(kept.items())
        if act.kind == "act"
    }
    assembly = _Assembly(acts, {i: kept[i].start for i in acts})
    document: dict[str, Any] = {"lang": lang}
    title = entry.headline.strip()
    if title:
        document["title"] = title
    document["summary"] = _body(text, entry)
    # People first: a penalty or a response needs to find the person it belongs to.
    spoken = _spoken(kept)
    people = {i: f for i, f in sorted(kept.items()) if f.kind in _PERSON_KINDS and i not in spoken}
    for proposed in people.values():
        _place(assembly, document, proposed, text)
    taken = _share_the_only_victim(assembly, kept)
    for i, proposed in sorted(kept.items()):
        if i not in acts and i not in people and i not in spoken:
            _place(assembly, document, proposed, text)
    _place_the_entry(assembly, document, kept, text)
    linked = (link.url for link in links if entry.start <= link.start < entry.end)
    for address in dict.fromkeys((*linked, *addresses(text[entry.start : entry.end]))):
        _append_once(document, "sources", {"url": address})
    for act in acts.values():
        if "start" in act:
            as_text, edtf = act["start"]["as_text"], act["start"]["edtf"]
            act["start"] |= dating_of(as_text, edtf, lang)
            act["start"] |= _counted_from(as_text, edtf, lang, context_date)
    document["acts"] = list(acts.values())
    _mark_offices(document, kept)
    if entry.updated:
        document["updates"] = [_update(text, entry)]
        document["last_news"] = entry.updated
    remark = _remark(taken, assembly.unplaced, text)
    if remark:
        document["remark"] = remark
    return ConfirmedEntry(document=document, unplaced=tuple(assembly.unplaced))


def _share_the_only_victim(assembly: _Assembly, kept: Mapping[int, DraftField]) -> tuple[str, ...]:
    """Tie acts of offices that name nobody to the entry's victim, where it has one person only.

    “A court sentenced him to 30 days”: without this nobody would be inside. An act that counts
    people, and an entry with two victims, are left as they are.

    Returns:
        The words of the acts.
    """
    victims = [f for f in kept.values() if f.kind in _PERSON_KINDS and f.role == "victim"]
    names = {str(f.value) for f in victims}
    if len(names) != 1 or victims[0].kind != "person":
        return ()
    counted = {f.of for f in kept.values() if f.kind == "quantity" and _counts_people(f.value)}
    taken = []
    for i, act in assembly.acts.items():
        is_open = act["act_type"] in _DONE_TO_A_PERSON and i not in counted
        if is_open and not any(p["role"] == "victim" for p in act.get("people", ())):
            _add_person(act, victims[0])
            taken.append(str(act["detail"]))
    if taken:
        assembly.unplaced[:] = [f for f in assembly.unplaced if f not in victims]
    return tuple(dict.fromkeys(taken))


def _spoken(kept: Mapping[int, DraftField]) -> frozenset[int]:
    """Return the offices that only say no: they stand in their claim, and did nothing by it.

    One that confirms what it did stays tied to the act.
    """
    claims = [f for f in kept.values() if f.kind == "claim" and f.value.get("stance") in _NO]
    return frozenset(
        i
        for i, f in kept.items()
        if f.kind in _ROLE_BY_KIND
        and any(
            c.start <= f.start and f.end <= c.end and c.value.get("speaker") == f.value
            for c in claims
        )
    )


def _counts_people(quantity: Mapping[str, Any]) -> bool:
    return quantity.get("unit") == "people" or str(quantity.get("what")).startswith("people_")


def _remark(taken: Sequence[str], unplaced: Sequence[DraftField], text: str) -> str:
    """Return in words what was taken for whom, and what stands in no act."""
    lines = [f"Taken as done to the one victim of the entry: {', '.join(taken)}"] if taken else []
    if unplaced:
        words = "; ".join(f"{f.kind}: {text[f.start : f.end]}" for f in unplaced)
        lines.append(f"Accepted from the text, not tied to an act: {words}")
    return "\n".join(lines)


def _place_the_entry(
    assembly: _Assembly, document: dict[str, Any], kept: Mapping[int, DraftField], text: str
) -> None:
    """Give the entry the one place that its text names, where no act has it."""
    places = [f for f in kept.values() if f.kind == "place"]
    if len({str(f.value) for f in places}) == 1 and places[0] in assembly.unplaced:
        as_text = text[places[0].start : places[0].end]
        place = {"locality": places[0].value, "precision": "locality", "as_text": as_text}
        document["place"] = place
        assembly.unplaced[:] = [f for f in assembly.unplaced if f not in places]


def addresses(text: str) -> tuple[str, ...]:
    """Return the web addresses in a text, in order; each is a source that it was written from."""
    found = (address.rstrip(".,;:!?)]»”’\"'") for address in _ADDRESS.findall(text))
    return tuple(dict.fromkeys(found))


def _place(assembly: _Assembly, document: dict[str, Any], proposed: DraftField, text: str) -> None:
    as_text = text[proposed.start : proposed.end]
    if proposed.kind == "takedown":
        document.setdefault("takedowns", []).append(_takedown(proposed, as_text))
        return
    if proposed.kind == "outlet" and proposed.role != "victim":
        _add_source(document, str(proposed.value))
        return
    act = assembly.act_for(proposed)
    if proposed.kind == "claim":
        if act is None and proposed.of is not None:
            assembly.unplaced.append(proposed)
            return
        act = act if act is not None else assembly.act_beside(proposed)
        _add_claim(act if act is not None else document, proposed, as_text)
    elif act is None:
        assembly.unplaced.append(proposed)
    elif proposed.kind in _PERSON_KINDS:
        _add_person(act, proposed)
    elif proposed.kind in _LIST_OF_ACT:
        _append_once(act, _LIST_OF_ACT[proposed.kind], proposed.value)
    elif not _add_detail(act, proposed, as_text):
        assembly.unplaced.append(proposed)


def _add_detail(act: dict[str, Any], proposed: DraftField, as_text: str) -> bool:
    """Add a date, place, provision, penalty, response, number or account; False if it has none."""
    kind, value = proposed.kind, proposed.value
    if kind == "date":
        return _add_date(act, value, as_text)
    if kind == "place":
        act.setdefault("place", {"locality": value, "precision": "locality", "as_text": as_text})
    elif kind == "provision":
        _append_once(act, "citations", {"citation": value, "as_cited": as_text})
    elif kind == "quantity":
        act.setdefault("quantities", []).append({**_amounts(value, "what"), "as_text": as_text})
    elif kind == "account":
        _append_once(act, "accounts", {"title": value})
    else:
        victims = [p for p in act.get("people", ()) if p.get("role") == "victim"]
        return len(victims) == 1 and _add_to_person(victims[0], proposed, as_text)
    return True


def _add_to_person(person: dict[str, Any], proposed: DraftField, as_text: str) -> bool:
    if proposed.kind == "sentence":
        penalty = {**_amounts(proposed.value, "kind"), "as_text": as_text}
        person.setdefault("sentences", []).append(penalty)
    elif proposed.kind == "response":
        _append_once(person, "responses", {"response": proposed.value})
    else:
        return False
    return True


def _amounts(value: Mapping[str, Any], main: str) -> dict[str, Any]:
    found = {main: value.get(main), "amount": value.get("amount"), "unit": value.get("unit")}
    return {name: entry for name, entry in found.items() if entry is not None}


def _add_date(act: dict[str, Any], edtf: str, as_text: str) -> bool:
    """The first date of an act is its start; an interval keeps both ends in one value."""
    if "start" not in act:
        act["start"] = {"edtf": edtf, "as_text": as_text}
        return True
    return str(act["start"]["edtf"]) == edtf


def dating_of(as_text: str, edtf: str, lang: str) -> dict[str, str]:
    """Tell from the words of a date how it is known, and what a range of days means.

    Known with its year, without it, or by another day. "From 5 to 9 March" is all of it: read as
    "once in it", whoever was held so would still be inside. So is "throughout March", one unit.
    """
    from undersight.extract.dates import find_dates

    mentions = find_dates(as_text, lang, _ANY_DAY)
    found = {(one.date.basis, one.date.reading) for one in mentions if one.date is not None}
    basis, reading = found.pop() if len(found) == 1 else ("relative", "at_least_once")
    is_unit = edtf.count("-") < _OF_A_DAY and all(
        "/" not in one.date.edtf for one in mentions if one.date is not None
    )
    is_all_of_it = reading == "throughout" and (is_unit or "/" in edtf)
    return {"basis": basis} | ({"reading": reading} if is_all_of_it else {})


def _counted_from(as_text: str, edtf: str, lang: str, day: dt.date | None) -> dict[str, str]:
    """Say which day a date was counted from, where it comes out the same from that day.

    A draft may have counted it from a day in the text itself.
    """
    from undersight.extract.dates import find_dates

    read = [one.date for one in find_dates(as_text, lang, day) if one.date] if day else []
    contexts = {one.context for one in read if one.edtf == edtf}
    return {"context": contexts.pop()} if len(read) == 1 and any(contexts) else {}


def _add_person(act: dict[str, Any], proposed: DraftField) -> None:
    person = {
        "name": proposed.value,
        "party_kind": _PERSON_KINDS[proposed.kind],
        "role": proposed.role or _ROLE_BY_KIND.get(proposed.kind, "witness"),
    }
    if proposed.kind == "official":
        person["occupations"] = ["official"]
    people = act.setdefault("people", [])
    if not any(p["name"] == person["name"] and p["role"] == person["role"] for p in people):
        people.append(person)


def _add_claim(part: dict[str, Any], proposed: DraftField, as_text: str) -> None:
    value = proposed.value
    claim = {"statement": as_text, "stance": value.get("stance") or "asserts"}
    if value.get("speaker"):
        claim["speaker_as_text"] = value["speaker"]
    part.setdefault("claims", []).append(claim)


def _mark_offices(document: Mapping[str, Any], kept: Mapping[int, DraftField]) -> None:
    """Say of each claim whether an office or official whom the reader accepted makes it.

    Without this a ministry's denial would stand under an act that "has no response".
    """
    offices = {str(f.value).casefold() for f in kept.values() if f.kind in ("agency", "official")}
    for part in (document, *document["acts"]):
        for claim in part.get("claims", ()):
            if claim.get("speaker_as_text", "").casefold() in offices:
                claim["connection"] = "authority"


def _add_source(document: dict[str, Any], outlet: str) -> None:
    publisher = {"name": outlet, "party_kind": "outlet"}
    source = {"source_kind": "newspaper", "publisher": publisher}
    _append_once(document, "sources", source)


def _takedown(proposed: DraftField, as_text: str) -> dict[str, Any]:
    value = proposed.value
    counts = ("accounts", "pages", "groups", "instagram")
    takedown: dict[str, Any] = {
        "removed": {name: value[name] for name in counts if value.get(name) is not None},
        "summary": as_text,
    }
    if value.get("reporter"):
        takedown["reporter"] = {"name": value["reporter"], "party_kind": "platform"}
    if value.get("attributed_to"):
        takedown["attributed_as_text"] = value["attributed_to"]
    return takedown


def _update(text: str, entry: DraftEntry) -> dict[str, Any]:
    paragraphs = text[entry.start : entry.end].split("\n")
    marked = [p.strip() for p in paragraphs if p.lstrip().startswith("[") and "]" in p]
    notes = [p for p in marked if p[p.index("]") + 1 :].strip() and p not in entry.headline]
    note = "\n\n".join(p[p.index("]") + 1 :].strip() for p in notes)
    return {"number": 1, "published": entry.updated, "note": note or entry.headline}


def _body(text: str, entry: DraftEntry) -> str:
    body = text[entry.start : entry.end].strip()
    first_line, _, rest = body.partition("\n")
    if entry.headline and first_line.strip().startswith(entry.headline.strip()):
        return rest.strip()
    return body


def _append_once(part: dict[str, Any], name: str, value: Any) -> None:
    values: Sequence[Any] = part.get(name, ())
    if value not in values:
        part[name] = [*values, value]
