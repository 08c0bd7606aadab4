"""Asking the calendars of OpenTimestamps, and bringing in proofs and blocks from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from undersight.errors import AuthorityUnreachableError, StampRejectedError
from undersight.vault import authority_client
from undersight.vault.block_proofs import MAGIC, NewProof, completed, confirmed_by, read_proof
from undersight.vault.block_stamps import COMPLETE, PROMISED, BlockStamps, stamped_digest
from undersight.vault.seals import Seals
from undersight.workbench.sealing import iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.vault.block_proofs import ProofFacts
    from undersight.vault.seals import Seal
    from undersight.workbench.session import Workspace


class AskCalendar(Protocol):
    """Asks a calendar; see `authority_client.ask_calendar`."""

    def __call__(
        self, url: str, path: str, body: bytes | None, *, timeout_s: float
    ) -> bytes | None:
        """Return the answer, unchecked; None where there is none yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockStamping:
    """What became of the proof over one seal or object.

    Args:
        what: The seal's id, or the object's digest.
        state: ``block`` where the proof leads to one, ``pending``, or empty where there is none.
        heights: The blocks that it leads to.
        at_us: When a block that is believed here was made, µs since 1970 UTC; None where none is.
        failures: Code and sentence of each calendar that did not help.
    """

    what: str
    state: str
    heights: tuple[int, ...] = ()
    at_us: int | None = None
    failures: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "what": self.what,
            "by": "opentimestamps",
            "state": self.state,
            "blocks": list(self.heights),
            "at": None if self.at_us is None else iso(self.at_us),
            "failures": [{"code": code, "reason": reason} for code, reason in self.failures],
        }


def anchor(
    workspace: Workspace,
    seal_ids: Sequence[str] = (),
    *,
    ask: AskCalendar = authority_client.ask_calendar,
) -> tuple[BlockStamping, ...]:
    """Have seals entered into the next blocks, and complete the proofs that waited for theirs.

    Calendars get a salted digest each. Only those that the settings name are asked, whatever
    address a proof holds.

    Args:
        workspace: Open for writing.
        seal_ids: Which seals; all by default.
        ask: Asks a calendar; the network by default.

    Returns:
        One for each seal whose proof was not complete before.

    Raises:
        MissingExtraError: The extra is not installed.
        SealNotFoundError: One of the ids is not there.
    """
    seals = Seals(workspace.vault)
    stamps = BlockStamps(workspace.vault, seals)
    kept = stamps.kept()
    done = []
    for seal in map(seals.read, seal_ids or seals.seal_ids()):
        before = kept.get(stamped_digest(seal))
        if before is None:
            done.append(_begun(workspace, stamps, seal, ask))
        elif before.state != COMPLETE:
            done.append(_completed(workspace, stamps, seal, stamps.read(before), ask))
    return tuple(done)


def is_proof(data: bytes) -> bool:
    """Whether a file's bytes begin as a proof by OpenTimestamps does."""
    return data.startswith(MAGIC)


def bring_in(workspace: Workspace, proof: bytes) -> BlockStamping:
    """Keep a proof that was made elsewhere, over a seal or over an object of the vault.

    Raises:
        StampRejectedError: It cannot be read.
        TokenUnmatchedError: It is over nothing that is here.
    """
    stamps = BlockStamps(workspace.vault, Seals(workspace.vault))
    facts = stamps.keep(proof, actor=workspace.staff_id)
    over = facts.digest.hex()
    named = {str(digest): seal_id for digest, seal_id in stamps.seal_ids().items()}
    return _told(stamps, named.get(over, over), facts)


def believe_header(workspace: Workspace, data: bytes, *, where: str) -> dict[str, str]:
    """Keep a block's header, which every later check looks at; return what it says of itself.

    Raises:
        BlockHeaderUnreadableError: It is none.
    """
    stamps = BlockStamps(workspace.vault, Seals(workspace.vault))
    header = stamps.keep_header(data, where=where, actor=workspace.staff_id)
    return {"block": header.block, "at": iso(header.at_us)}


def _begun(
    workspace: Workspace, stamps: BlockStamps, seal: Seal, ask: AskCalendar
) -> BlockStamping:
    """Ask every calendar; one answer is enough."""
    proof = NewProof(bytes.fromhex(stamped_digest(seal)))
    failures: list[tuple[str, str]] = []
    n_answers = 0
    for url in workspace.settings.time.calendars:
        try:
            answer = ask(url, "digest", proof.commitment, timeout_s=_timeout_s(workspace))
            proof.add(answer or b"")
        except (AuthorityUnreachableError, StampRejectedError) as error:
            failures.append((error.code, error.sentence))
        else:
            n_answers += 1
    if not n_answers:
        return BlockStamping(what=seal.seal_id, state="", failures=tuple(failures))
    facts = stamps.keep(proof.to_bytes(), actor=workspace.staff_id)
    return _told(stamps, seal.seal_id, facts, tuple(failures))


def _completed(
    workspace: Workspace, stamps: BlockStamps, seal: Seal, proof: bytes, ask: AskCalendar
) -> BlockStamping:
    """Ask the calendars that promised."""
    failures: list[tuple[str, str]] = []
    facts = read_proof(proof)
    for url, commitment in _promises(workspace, facts):
        path = f"timestamp/{commitment.hex()}"
        try:
            answer = ask(url, path, None, timeout_s=_timeout_s(workspace))
            if answer is not None:
                proof = completed(proof, commitment, answer)
        except (AuthorityUnreachableError, StampRejectedError) as error:
            failures.append((error.code, error.sentence))
    now = read_proof(proof)
    if now.is_complete:
        stamps.keep(proof, actor=workspace.staff_id)
    return _told(stamps, seal.seal_id, now, tuple(failures))


def _promises(workspace: Workspace, facts: ProofFacts) -> Iterator[tuple[str, bytes]]:
    known = {url.rstrip("/") for url in workspace.settings.time.calendars}
    for url, commitment in facts.promises:
        if url.rstrip("/") in known:
            yield url.rstrip("/"), commitment


def _told(
    stamps: BlockStamps,
    what: str,
    facts: ProofFacts,
    failures: tuple[tuple[str, str], ...] = (),
) -> BlockStamping:
    header = confirmed_by(facts, stamps.headers())
    return BlockStamping(
        what=what,
        state=COMPLETE if facts.is_complete else PROMISED,
        heights=tuple(height for height, _root in facts.blocks),
        at_us=None if header is None else header.at_us,
        failures=failures,
    )


def _timeout_s(workspace: Workspace) -> float:
    return float(workspace.settings.time.timeout_s)
