"""People: who may be named, who is the same person, who asked to be taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.casebook import identity, lists, name_index
from undersight.casebook.remembered import remembered
from undersight.errors import NotMergedError, UnknownRecordError
from undersight.model.codec import to_json
from undersight.model.records import IdentityDecision, Incident, Party
from undersight.model.vocabulary import label
from undersight.text import fold
from undersight.workbench.showing import title_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from undersight.casebook.identity import IdentityCandidate
    from undersight.casebook.work import Work
    from undersight.workbench.session import Workspace

MOST_ENTRIES = 200
"""How many entries of a party are shown, the newest; an office can be in thousands."""

_SEVERAL = 2
_VICTIM_KINDS = ("act", "involvement", "party", "account", "identity_decision")


def listing(workspace: Workspace, *, kind: str = "") -> list[dict[str, Any]]:
    """Return all recorded parties with their names, by first name."""
    return listed(workspace, kind=kind)[0]


def listed(
    workspace: Workspace,
    *,
    part: str = "",
    kind: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> tuple[list[dict[str, Any]], int]:
    """Return a page of recorded parties with their names, by first name, and how many there are.

    Args:
        workspace: The workspace.
        part: Letters that a name must hold, in any spelling; empty for all.
        kind: Only this kind of party; empty for all.
        limit: How many; None for all.
        offset: How many to leave out first.
    """
    with workspace.casebook.unit() as work:
        ids, n_found = name_index.parties_by_name(
            work.connection, fold(part), party_kind=kind, limit=limit, offset=offset
        )
    found = workspace.casebook.get_many(ids)
    parties = [found[i] for i in ids if i in found]
    return [_line(party) for party in parties if isinstance(party, Party)], n_found


def repeated(
    workspace: Workspace, *, limit: int | None = None, offset: int = 0
) -> tuple[list[dict[str, Any]], int]:
    """Return a page of those who were acted upon in several entries, the most often first.

    Unnamed groups are left out: they are not known to be the same people.

    Args:
        workspace: The workspace.
        limit: How many; None for all.
        offset: How many to leave out first.
    """

    def count(work: Work, _: Any) -> list[tuple[str, int]]:
        counted = lists.n_incidents_by_victim(work).items()
        several = [(party_id, n) for party_id, n in counted if n >= _SEVERAL]
        return sorted(several, key=lambda pair: (-pair[1], pair[0]))

    pairs = remembered(workspace.casebook, "repeat victims", _VICTIM_KINDS, count)
    page = pairs[offset : None if limit is None else offset + limit]
    found = workspace.casebook.get_many(party_id for party_id, _ in page)
    lines = [
        {**_line(party), "n_entries": n}
        for party_id, n in page
        if isinstance(party := found.get(party_id), Party)
    ]
    return lines, len(pairs)


def _line(party: Party) -> dict[str, Any]:
    return {
        "party_id": party.record_id,
        "party_kind": party.party_kind,
        "names": [name.value for name in party.names],
        "public_exposure": party.public_exposure,
        "count": party.count_max,
    }


def allow_naming(
    workspace: Workspace, party_id: str, *, consent: str = "", reason: str = "", risk: str = ""
) -> dict[str, Any]:
    """Record why somebody may be named in public.

    Args:
        workspace: Open for writing.
        party_id: The person.
        consent: What was agreed (``name``); a consent with today's date is added.
        reason: Why it is named without consent, where it is public already.
        risk: The answer to “could publishing bring retaliation?”.

    Raises:
        UnknownRecordError: No such party.
    """
    party = workspace.casebook.get(party_id)
    fields: dict[str, Any] = {}
    if risk:
        fields["retaliation_note"] = risk
    if consent:
        old = to_json(party).get("consents", [])
        day = workspace.today.isoformat()
        new = {"scope": consent, "given_on": day, "given_to": workspace.staff_id}
        fields["consents"] = [*old, new]
        fields["public_exposure"] = "consented"
    if reason:
        fields["naming_reason"] = reason
        fields["public_exposure"] = "already_public"
    return to_json(workspace.casebook.update(party_id, fields, "naming decided"))


def withhold_name(workspace: Workspace, party_id: str, *, why: str) -> dict[str, Any]:
    """Record that somebody must not be named from now on."""
    fields = {"public_exposure": "withheld"}
    return to_json(workspace.casebook.update(party_id, fields, why))


def candidates(workspace: Workspace) -> list[dict[str, Any]]:
    """Return pairs of parties that may be one, best first, without those decided before."""
    return [_pair(pair) for pair in identity.candidates(workspace.casebook)]


def queue(workspace: Workspace, *, limit: int) -> tuple[list[dict[str, Any]], int, bool]:
    """Return the best pairs that wait for a decision, how many do, and whether more may.

    Args:
        workspace: The workspace.
        limit: How many pairs to show.
    """
    found = identity.queue(workspace.casebook)
    shown = [_pair(pair) for pair in found.pairs[:limit]]
    return shown, len(found.pairs), found.is_lower_bound


def _pair(pair: IdentityCandidate) -> dict[str, Any]:
    return {
        "kept": pair.kept,
        "other": pair.other,
        "names": list(pair.names),
        "verdict": pair.verdict,
        "score": round(pair.score, 3),
        "reasons": list(pair.reasons),
    }


def decide(
    workspace: Workspace, kept: str, other: str, *, verdict: str, why: str, is_sure: bool = True
) -> dict[str, Any]:
    """Record whether two parties are the same; the decision can be taken back.

    Args:
        workspace: Open for writing.
        kept: The party that stands for both.
        other: The other.
        verdict: ``same``, ``different`` or ``unsure``.
        why: For the history.
        is_sure: Whether the person said so with both names before their eyes.

    Returns:
        The decision, and under ``parted`` those who stood under another party until now.

    Raises:
        ConflictError: What was decided before lets another stand, or keeps the two apart, or the
            names tell of two people and it is not sure that they are one.
    """
    before = workspace.casebook.merged_parties()
    decision = identity.decide(
        workspace.casebook, kept, other, verdict=verdict, why=why, is_sure=is_sure
    )
    return {**to_json(decision), "parted": _parted(workspace, before)}


def _parted(workspace: Workspace, before: Mapping[str, str]) -> list[str]:
    return sorted(before.keys() - workspace.casebook.merged_parties().keys())


def revoke(workspace: Workspace, party_id: str, *, why: str) -> list[str]:
    """Take back every decision that merged a party into another; return their ids.

    Raises:
        NotMergedError: There is none.
    """
    revoked = []
    for decision in workspace.casebook.all("identity_decision"):
        if not isinstance(decision, IdentityDecision) or decision.is_revoked:
            continue
        if party_id in (decision.kept, decision.other) and decision.verdict == "same":
            workspace.casebook.update(decision.record_id, {"is_revoked": True}, why)
            revoked.append(decision.record_id)
    if not revoked:
        raise NotMergedError(party_id)
    return revoked


def one(workspace: Workspace, party_id: str, *, lang: str = "en") -> dict[str, Any]:
    """Return one party with the entries it is in and what was decided about its names.

    Args:
        workspace: The workspace.
        party_id: The party.
        lang: Language of the titles of entries that have one in it.

    Raises:
        UnknownRecordError: No such party.
    """
    casebook = workspace.casebook
    party = casebook.get(party_id)
    if not isinstance(party, Party):
        raise UnknownRecordError(party_id)
    entries, n_entries = _entries_of(workspace, [party_id], lang)[party_id]
    merged = [
        {"kept": d.kept, "other": d.other}
        for d in casebook.referring(party_id, kind="identity_decision")
        if isinstance(d, IdentityDecision) and not d.is_revoked and d.verdict == "same"
    ]
    for pair in merged:
        pair["name"] = _name_of(workspace, pair["other" if pair["kept"] == party_id else "kept"])
    return {
        **to_json(party),
        "public_exposure": party.public_exposure,
        "party_kind": party.party_kind,
        "shown_names": [name.value for name in party.names],
        "entries": entries,
        "n_entries": n_entries,
        "merged": merged,
        "stands": _standing(workspace, party_id),
    }


def _standing(workspace: Workspace, party_id: str) -> dict[str, list[dict[str, str]]]:
    """Who stands for a party in the end, and for whom it stands; with their names."""
    kept = workspace.casebook.merged_parties()
    under = [kept[party_id]] if party_id in kept else []
    stood_for = sorted(merged for merged, stands in kept.items() if stands == party_id)
    return {
        side: [{"party_id": one, "name": _name_of(workspace, one)} for one in ids]
        for side, ids in (("under", under), ("for", stood_for))
    }


def one_with(workspace: Workspace, party_id: str) -> list[dict[str, str]]:
    """Return the other records of the person a party is, with their names: all go together."""
    standing = _standing(workspace, party_id)
    if standing["under"]:
        (end,) = standing["under"]
        rest = _standing(workspace, end["party_id"])["for"]
        return [end, *(one for one in rest if one["party_id"] != party_id)]
    return standing["for"]


def _entries_of(
    workspace: Workspace, party_ids: Collection[str], lang: str
) -> dict[str, tuple[list[tuple[str, str]], int]]:
    """The newest entries that parties are in, with their titles, and how many each is in.

    A party that stands for others is in theirs too.
    """
    with workspace.casebook.unit() as work:
        kept = work.merged_parties()
        groups = {party_id: {party_id} for party_id in party_ids}
        for merged, kept_id in kept.items():
            if kept_id in groups:
                groups[kept_id].add(merged)
        own = lists.incidents_of(
            work.connection, {one for group in groups.values() for one in group}
        )
    ids = {
        party_id: sorted({i for one in group for i in own[one]}, reverse=True)
        for party_id, group in groups.items()
    }
    newest = {party_id: ids[party_id][:MOST_ENTRIES] for party_id in party_ids}
    found = workspace.casebook.get_many({i for few in newest.values() for i in few})
    titles = {
        one.record_id: title_of(one, lang) for one in found.values() if isinstance(one, Incident)
    }
    return {
        party_id: ([(i, titles[i]) for i in few if i in titles], len(ids[party_id]))
        for party_id, few in newest.items()
    }


def _name_of(workspace: Workspace, party_id: str) -> str:
    party = workspace.casebook.get(party_id)
    names = [name.value for name in party.names] if isinstance(party, Party) else []
    return names[0] if names else party_id[-8:]


def besides(
    workspace: Workspace, party_ids: Collection[str], *, lang: str
) -> dict[str, dict[str, Any]]:
    """Return what tells parties from others of their name: what they do, where they stand.

    Args:
        workspace: The workspace.
        party_ids: The parties.
        lang: Language of the words of vocabularies.
    """
    entries = _entries_of(workspace, party_ids, lang)
    return {
        party.record_id: {
            "party_id": party.record_id,
            "names": [name.value for name in party.names],
            "kind": label("party_kind", party.party_kind, lang),
            "occupations": [label("occupation", one, lang) for one in party.occupations],
            "position": party.position,
            "born": party.born.edtf if party.born else "",
            "country": party.country,
            "entries": entries[party.record_id][0],
            "n_entries": entries[party.record_id][1],
        }
        for party in workspace.casebook.get_many(party_ids).values()
        if isinstance(party, Party)
    }
