"""Packing a handover: which of the chosen evidence goes along, and what is told about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import EmptyHandoverError
from undersight.i18n import LANGUAGES
from undersight.integrity.canonical import Digest, canonical_json
from undersight.model.records import Incident
from undersight.vault.bags import Bag, Part
from undersight.vault.handovers import (
    SealProofs,
    custody_extract,
    prove_objects,
    put_tags,
    seal_files,
)
from undersight.vault.intake_files import HEAD_BYTES, media_type
from undersight.vault.passphrase import encode_base64
from undersight.workbench import dossiers, publishing
from undersight.workbench.handover_index import index_facts, put_index
from undersight.workbench.handover_parts import Item, Packing, kept_ending
from undersight.workbench.handover_selection import (
    bytes_of,
    choose,
    kept_back,
    redacted_copies,
)
from undersight.workbench.sealing import signing_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from undersight.model.dossier import Dossier
    from undersight.model.naming import Audience
    from undersight.presentation.handover_index import HandoverFacts
    from undersight.vault.signing_keys import SigningKey
    from undersight.workbench.handover_selection import Chosen
    from undersight.workbench.session import Workspace

HANDOVER_FORMAT = "undersight-handover/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverOptions:
    """How a package is made.

    Args:
        audience: ``partner``, ``public`` or ``internal``: what the entries show, and whether
            originals go along; ``public`` takes redacted copies only, and originals only where
            they were named one by one.
        is_redacted: Put the redacted copy in place of every original that has one.
        is_metadata_shown: Open what was sealed about the objects.
        is_custody_whole: Show the custody entries in between too, others' among them.
        since: Take everything that came in from this day on.
        key: Name or id of the signing key; empty for the one in use.
    """

    audience: Audience = "partner"
    is_redacted: bool = False
    is_metadata_shown: bool = False
    is_custody_whole: bool = False
    since: dt.date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A package that is ready to be written.

    Args:
        bag: Its files; the objects among them are read when it is written.
        info: Lines of ``bag-info.txt``.
        objects: What goes along, by digest.
        unsealed: Those of them that no seal is over.
        chosen: What was selected.
        n_withheld: Objects that are not for the audience.
        losses: What it lacks, in words.
    """

    bag: Bag
    info: dict[str, str]
    objects: tuple[Digest, ...]
    unsealed: tuple[Digest, ...]
    chosen: Chosen
    n_withheld: int
    losses: tuple[str, ...]


def pack(
    workspace: Workspace,
    selection: Sequence[str],
    options: HandoverOptions,
    passphrase: Callable[[], str] | None,
) -> Packed:
    """Decide what goes along, and gather everything but the objects' bytes.

    Args:
        workspace: Open for writing.
        selection: See `handover_selection.choose`.
        options: How.
        passphrase: Gives the signing key's own, where it has one.

    Raises:
        EmptyHandoverError: Nothing is left to hand over.
        UndersightError: As `handovers.hand_over`.
    """
    dossier = dossiers.whole(workspace, audience=options.audience)
    chosen = choose(workspace, selection, dossier, since=options.since)
    # What is open about other entries does not matter: only these go out.
    publishing.refuse_open_questions(
        workspace, tuple(chosen.incident_ids), audience=options.audience
    )
    items, n_withheld = _items(workspace, chosen, options)
    if not items and not chosen.incident_ids and not chosen.findings:
        raise EmptyHandoverError(n_withheld)
    key = signing_key(workspace, options.key, passphrase)
    packing = _packing(workspace, items, options)
    facts = index_facts(workspace, packing, chosen, dossier, key, n_withheld=n_withheld)
    put_index(packing, facts)
    _put_entries(packing, chosen, dossier)
    _put_about(packing, facts, key, options)
    put_tags(packing.bag, key)
    sealed = {digest for one in packing.over for digest in one.proofs}
    return Packed(
        bag=packing.bag,
        info={
            "Bagging-Date": facts.day.isoformat(),
            "Bag-Software-Agent": "undersight",
            "External-Description": "Sealed evidence; see VERIFY.txt",
        },
        objects=tuple(one.digest for one in items),
        unsealed=tuple(one.digest for one in items if one.digest not in sealed),
        chosen=chosen,
        n_withheld=n_withheld,
        losses=tuple(packing.losses),
    )


def _items(
    workspace: Workspace, chosen: Chosen, options: HandoverOptions
) -> tuple[tuple[Item, ...], int]:
    """Decide what goes along of each object: itself, its redacted copy, or nothing."""
    is_public = options.audience == "public"
    copies = redacted_copies(workspace) if is_public or options.is_redacted else {}
    secret = kept_back(workspace, chosen.objects)
    found: dict[Digest, Item] = {}
    n_withheld = 0
    for digest in chosen.objects:
        copy = copies.get(digest)
        if copy is not None:
            found[copy.digest] = Item(digest=copy.digest, chosen=digest, record=copy.record)
        elif (is_public or digest in secret) and digest not in chosen.named:
            n_withheld += 1
        else:
            found.setdefault(digest, Item(digest=digest, chosen=digest))
    return tuple(found[digest] for digest in sorted(found)), n_withheld


def _packing(workspace: Workspace, items: tuple[Item, ...], options: HandoverOptions) -> Packing:
    """Put objects, seals, proofs and custody into a bag."""
    digests = {one.digest for one in items}
    over = prove_objects(workspace.vault, digests, is_metadata_shown=options.is_metadata_shown)
    types = {one.digest: _type_of(workspace, one.digest) for one in items}
    endings = {
        intake.object: ending
        for intake in workspace.vault.intakes()
        if intake.object in digests and (ending := kept_ending(intake.source_ref))
    }
    packing = Packing(items=items, over=over, types=types, endings=endings)
    bag = packing.bag
    for one in items:
        bag.add_part(packing.path(one), _part(workspace, one.digest))
        if one.record is not None:
            bag.add(_record_name(one), bytes_of(workspace, one.record))
    for seal in over:
        for name, data in seal_files(seal):
            bag.add(name, data)
        for digest, proof in seal.proofs.items():
            bag.add(_proof_name(digest, seal), canonical_json(proof.to_json()))
    extract = custody_extract(workspace.vault, digests, over, is_whole=options.is_custody_whole)
    bag.add("custody/extract.json", extract)
    return packing


def _type_of(workspace: Workspace, digest: Digest) -> str:
    with workspace.vault.open(digest) as stream:
        return media_type(stream.read(HEAD_BYTES))


def _part(workspace: Workspace, digest: Digest) -> Part:
    vault = workspace.vault
    return Part(digest=digest, n_bytes=vault.n_bytes(digest), stream=lambda: vault.open(digest))


def _record_name(one: Item) -> str:
    return f"redactions/{one.digest[:20]}.json"


def _proof_name(digest: Digest, over: SealProofs) -> str:
    return f"proofs/{digest[:20]}.{over.seal.seal_id}.json"


def _put_entries(packing: Packing, chosen: Chosen, dossier: Dossier) -> None:
    from undersight.reports.entry import Entry

    for incident_id in chosen.incident_ids:
        incident = dossier.find(Incident, incident_id)
        label = (incident.public_id if incident else "") or incident_id
        for lang in LANGUAGES:
            text = Entry(form="html", lang=lang).text(dossier, incident_id)
            packing.bag.add(f"entries/{label}.{lang}.html", text.encode("utf-8"))
    for one in chosen.findings:
        packing.bag.add(f"findings/{one['finding_id']}.json", _json_bytes(one))


def _json_bytes(value: Any) -> bytes:
    import json

    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")


def _put_about(
    packing: Packing, facts: HandoverFacts, key: SigningKey, options: HandoverOptions
) -> None:
    """Put in what the verifier reads."""
    objects = [
        {
            "digest": one.digest,
            "path": packing.path(one),
            "record": _record_name(one) if one.record is not None else None,
            "proofs": [
                _proof_name(one.digest, over) for over in packing.over if one.digest in over.proofs
            ],
        }
        for one in packing.items
    ]
    about = {
        "format": HANDOVER_FORMAT,
        "made_at": facts.made_at,
        "audience": options.audience,
        "key": key.record.key_id,
        "public_key": encode_base64(key.record.public),
        "objects": objects,
    }
    packing.bag.add("handover.json", canonical_json(about))
