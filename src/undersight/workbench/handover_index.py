"""What the index of a handover says of the objects in it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from undersight.errors import MissingExtraError
from undersight.i18n import LANGUAGES
from undersight.model.records import Incident
from undersight.presentation.handover_index import (
    HandoverFacts,
    ShownObject,
    ShownSeal,
    index_page,
    index_paper,
)
from undersight.presentation.outline import Block, outline
from undersight.presentation.papers import to_template
from undersight.presentation.presenter import Presenter
from undersight.vault.seals import Seals
from undersight.vault.sshsig import public_line
from undersight.vault.stamps import Stamps
from undersight.workbench.sealing import iso

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersight.model.dossier import Dossier
    from undersight.vault.handovers import SealProofs
    from undersight.vault.signing_keys import SigningKey
    from undersight.workbench.handover_parts import Item, Packing
    from undersight.workbench.handover_selection import Chosen
    from undersight.workbench.session import Workspace


def index_facts(
    workspace: Workspace,
    packing: Packing,
    chosen: Chosen,
    dossier: Dossier,
    key: SigningKey,
    *,
    n_withheld: int,
) -> HandoverFacts:
    """Return what the index says.

    Args:
        workspace: The workspace.
        packing: What goes along.
        chosen: What was selected.
        dossier: What the audience may see.
        key: Signs the package.
        n_withheld: Objects of the selection that do not go along.
    """
    at = dt.datetime.fromtimestamp(workspace.now_us / 1_000_000, dt.UTC)
    return HandoverFacts(
        publisher=next(iter(dossier.masthead.title.values()), ""),
        made_at=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        day=at.date(),
        public_key=public_line(key.record.public),
        objects=_objects(workspace, packing, chosen),
        n_withheld=n_withheld,
        entries=tuple(chosen.incident_ids),
        findings=tuple((one["finding_id"], one["verdict_words"]) for one in chosen.findings),
        parts={lang: _outlines(chosen.incident_ids, dossier, lang) for lang in LANGUAGES},
    )


def put_index(packing: Packing, facts: HandoverFacts) -> None:
    """Put the index in, in every language; the PDF where the typesetter is installed."""
    from undersight.reports.pdf import typeset

    for lang in LANGUAGES:
        packing.bag.add(f"index/index.{lang}.html", index_page(facts, lang))
        try:
            made = typeset(to_template(index_paper(facts, lang)))
        except MissingExtraError as error:
            packing.losses.append(f"index.{lang}.pdf: {error.sentence}")
            continue
        packing.bag.add(f"index/index.{lang}.pdf", made)


def _objects(workspace: Workspace, packing: Packing, chosen: Chosen) -> tuple[ShownObject, ...]:
    shown = {one.seal.seal_id: _shown_seal(workspace, one) for one in packing.over}
    n_custody: dict[str, int] = {}
    for entry in workspace.vault.custody.entries():
        n_custody[entry.object] = n_custody.get(entry.object, 0) + 1
    return tuple(
        ShownObject(
            digest=one.digest,
            path=packing.path(one),
            type=packing.types[one.digest],
            n_bytes=workspace.vault.n_bytes(one.digest),
            is_redacted=one.record is not None,
            seals=tuple(
                shown[over.seal.seal_id] for over in packing.over if one.digest in over.proofs
            ),
            n_custody=n_custody.get(one.digest, 0),
            supports=tuple(chosen.supports.get(one.chosen, ())),
            said=_said(packing, one),
        )
        for one in packing.items
    )


def _said(packing: Packing, one: Item) -> dict[str, str]:
    """What was noted when the object came in, where the proofs open it."""
    said: dict[str, str] = {}
    for over in packing.over:
        proof = over.proofs.get(one.digest)
        if proof is not None and proof.metadata is not None:
            found: dict[str, Any] = {
                **proof.metadata.get("facts", {}),
                "name": proof.metadata.get("source_ref", ""),
            }
            said = {name: str(value) for name, value in found.items() if value} | said
    return said


def _shown_seal(workspace: Workspace, over: SealProofs) -> ShownSeal:
    """Check the stamps of a seal and return what they say."""
    stamps = Stamps(workspace.vault, Seals(workspace.vault))
    pins = stamps.pins()
    said = tuple(
        (stamp.authority, iso(stamps.check(over.seal, stamp, pins).at_us)) for stamp in over.stamps
    )
    return ShownSeal(
        seal_id=over.seal.seal_id,
        claimed_at=iso(over.seal.manifest.claimed_at_us),
        stamps=said,
    )


def _outlines(
    incident_ids: Iterable[str], dossier: Dossier, lang: str
) -> tuple[tuple[Block, ...], ...]:
    words = Presenter(dossier, lang)
    found = (dossier.find(Incident, one) for one in incident_ids)
    return tuple(outline(words.entry(one), words) for one in found if one is not None)
