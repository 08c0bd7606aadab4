"""Proofs by OpenTimestamps that a vault keeps, over seals and over objects, and their checks.

A proof is an object of the vault like any other; a completed one is one more, and the latest that
leads furthest counts. Headers of blocks are objects too, as pinned roots are.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.errors import (
    CustodyBrokenError,
    IntegrityError,
    MissingExtraError,
    ObjectNotFoundError,
    StampRejectedError,
    TokenUnmatchedError,
)
from undersight.integrity.canonical import Digest, digest_bytes
from undersight.vault.block_proofs import (
    NAME,
    BlockHeader,
    ProofFacts,
    confirmed_by,
    read_header,
    read_proof,
)
from undersight.vault.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersight.vault.objects import Vault
    from undersight.vault.seal_checks import SealReport
    from undersight.vault.seals import Seal, Seals

PROOF_KIND, HEADER_KIND = "opentimestamps-proof", "bitcoin-block-header"
COMPLETE, PROMISED = "block", "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProof:
    """A proof in the vault.

    Attributes:
        proof: Digest of the proof's own bytes.
        over: Digest of what it is over.
        state: ``block`` where it leads to one, ``pending`` where a calendar only promised.
    """

    proof: Digest
    over: Digest
    state: str


class BlockStamps:
    """The proofs of one vault. Whoever keeps one holds the workspace's `WriterLock`.

    Args:
        vault: The vault.
        seals: Its seals.
    """

    def __init__(self, vault: Vault, seals: Seals) -> None:
        self._vault, self._seals = vault, seals

    def kept(self) -> dict[Digest, KeptProof]:
        """Return the proof that counts for each thing that has one, by digest of the thing."""
        found: dict[Digest, KeptProof] = {}
        for intake in self._vault.intakes_of_kinds():
            if intake.facts.get("kind") == PROOF_KIND and self._vault.contains(intake.object):
                over, state = Digest(intake.facts.get("over", "")), intake.facts.get("state", "")
                before = found.get(over)
                if before is None or state == COMPLETE or before.state != COMPLETE:
                    found[over] = KeptProof(proof=intake.object, over=over, state=state)
        return found

    def read(self, kept: KeptProof) -> bytes:
        """Return a proof's bytes.

        Raises:
            ObjectDamagedError: They are not as they were stored.
        """
        with self._vault.open(kept.proof) as stream:
            return stream.read()

    def keep(self, proof: bytes, *, actor: str) -> ProofFacts:
        """Keep a proof over a seal or an object that is here.

        Raises:
            StampRejectedError: It cannot be read.
            TokenUnmatchedError: It is over nothing that is here.
        """
        facts = read_proof(proof)
        over = Digest(facts.digest.hex())
        if over not in self.seal_ids() and not self._vault.contains(over):
            raise TokenUnmatchedError(NAME)
        state = COMPLETE if facts.is_complete else PROMISED
        self._vault.put(
            io.BytesIO(proof),
            reason=f"proof by {NAME}, {state}",
            actor=actor,
            facts={"kind": PROOF_KIND, "over": over, "state": state},
        )
        return facts

    def seal_ids(self) -> dict[Digest, str]:
        """Return the seals by what of them is stamped."""
        return {
            stamped_digest(s): s.seal_id for s in map(self._seals.read, self._seals.seal_ids())
        }

    def keep_header(self, data: bytes, *, where: str, actor: str) -> BlockHeader:
        """Decide to believe a block's header; it becomes an object of the vault.

        Raises:
            BlockHeaderUnreadableError: It is none.
        """
        header = read_header(data, where=where)
        self._vault.put(
            io.BytesIO(data),
            reason="header of a Bitcoin block, believed",
            actor=actor,
            facts={"kind": HEADER_KIND},
        )
        return header

    def headers(self) -> dict[bytes, BlockHeader]:
        """Return the headers that are believed, by Merkle root.

        Raises:
            BlockHeaderUnreadableError: One is not as it was kept.
        """
        found = {}
        for intake in self._vault.intakes_of_kinds():
            if intake.facts.get("kind") == HEADER_KIND and self._vault.contains(intake.object):
                with self._vault.open(intake.object) as stream:
                    header = read_header(stream.read(), where=intake.object[:16])
                found[header.root] = header
        return found


def stamped_digest(seal: Seal) -> Digest:
    """Return the digest of what is stamped of a seal: manifest and signature."""
    return digest_bytes(seal.stamped_bytes)


def check_proofs(vault: Vault, seals: Seals, believed: Mapping[Digest, str],
                 report: SealReport) -> set[str]:  # fmt: skip
    """Check every proof; return the seals that a believed block confirms.

    Args:
        vault: The vault.
        seals: Its seals.
        believed: Seals whose signature holds, by what of them is stamped.
        report: What is found is added to it.
    """
    stamps, confirmed = BlockStamps(vault, seals), set[str]()
    try:
        kept, headers = stamps.kept(), stamps.headers()
    except (CustodyBrokenError, IntegrityError, ObjectNotFoundError):
        return confirmed  # the damaged object or log is named by its own check
    for over, one in sorted(kept.items()):
        place = believed.get(over, over)
        try:
            facts = read_proof(stamps.read(one))
        except MissingExtraError as reason:
            report.notes.append(_told("not-checked", place, f"{reason.sentence} {reason.hint}"))
            continue
        except StampRejectedError as reason:
            report.faults.append(_told(reason.kind, place, reason.sentence))
            continue
        except (IntegrityError, ObjectNotFoundError):
            continue  # an object like any other: its own check names it
        if facts.digest.hex() != over:
            report.faults.append(_told("another-digest", place, "It is over other bytes."))
        elif confirmed_by(facts, headers) is not None:
            report.n_stamps += 1
            confirmed.add(place)
        else:
            report.notes.append(_unconfirmed(facts, place))
    return confirmed


def _unconfirmed(facts: ProofFacts, place: str) -> Fault:
    if not facts.is_complete:
        detail = f"{NAME}: promised, not yet in a block (undersight stamp --opentimestamps)."
        return _told("pending", place, detail)
    height, root = facts.blocks[0]
    detail = (
        f"{NAME}: it leads to Bitcoin block {height}, whose Merkle root must be "
        f"{root[::-1].hex()}; no header of it is at hand (undersight stamp --header FILE)."
    )
    return _told("block-not-checked", place, detail)


def _told(kind: str, place: str, detail: str) -> Fault:
    return Fault(what="stamp", kind=kind, place=place, detail=detail)
