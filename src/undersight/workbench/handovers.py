"""Handover: chosen evidence in a package that checks itself on any machine.

The package is a BagIt folder in a ZIP file: the objects, the public part of their seals, time
stamps, proofs for these objects alone, an extract of custody, the entries or findings that they
support as the audience may see them, an index in four languages, and ``verify.py``.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from undersight.integrity.canonical import Digest, digest_bytes
from undersight.workbench.handover_packing import HandoverOptions, Packed, pack
from undersight.workbench.handover_selection import HANDOVER_KIND

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from _typeshed import ReadableBuffer

    from undersight.workbench.session import Workspace

__all__ = ["HandedOver", "HandoverOptions", "hand_over", "hand_over_into"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """What was made.

    Args:
        out: The ZIP file.
        manifest: Digest of its list of files, kept in the vault.
        n_objects: Objects in it.
        n_entries: Entries in it.
        n_findings: Findings in it.
        n_withheld: Objects that are not for the audience.
        unsealed: Objects in it that no seal is over.
        losses: What it lacks, in words.
    """

    out: Path
    manifest: Digest
    n_objects: int
    n_entries: int
    n_findings: int
    n_withheld: int
    unsealed: tuple[str, ...]
    losses: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "file": str(self.out),
            "manifest": self.manifest,
            "objects": self.n_objects,
            "entries": self.n_entries,
            "findings": self.n_findings,
            "withheld": self.n_withheld,
            "unsealed": list(self.unsealed),
            "losses": list(self.losses),
        }


def hand_over(
    workspace: Workspace,
    selection: Sequence[str],
    out: Path,
    options: HandoverOptions,
    *,
    passphrase: Callable[[], str] | None = None,
) -> HandedOver:
    """Make a package of chosen evidence.

    Args:
        workspace: Open for writing: that it was handed over is entered.
        selection: See `handover_selection.choose`.
        out: The ZIP file.
        options: How.
        passphrase: Gives the signing key's own, where it has one.

    Raises:
        EmptyHandoverError: Nothing is left to hand over.
        UnknownSelectionError: A word of the selection is nothing here.
        NotVisibleError: An entry is not for the audience.
        UnansweredHarmError: The harm check has open questions.
        StampRejectedError: A time stamp does not hold; nothing was made.
        BackendError: The disk refused; nothing was made.
    """
    packed = pack(workspace, selection, options, passphrase)
    packed.bag.write(out, info=packed.info)
    return _entered(workspace, packed, out)


def hand_over_into(
    workspace: Workspace,
    selection: Sequence[str],
    target: BinaryIO,
    options: HandoverOptions,
    *,
    passphrase: Callable[[], str] | None = None,
) -> HandedOver:
    """Write a package into a stream, piece by piece; for what is sent on at once.

    Args:
        workspace: As for `hand_over`.
        selection: As for `hand_over`.
        target: Written from where it stands, and never gone back in.
        options: How.
        passphrase: As for `hand_over`.

    Raises:
        UndersightError: As `hand_over`.
    """
    packed = pack(workspace, selection, options, passphrase)
    name = f"handover-{digest_bytes(packed.bag.manifest())[:12]}"
    packed.bag.write_into(cast("BinaryIO", _OneWay(target)), folder=name, info=packed.info)
    return _entered(workspace, packed, Path(f"{name}.zip"))


class _OneWay(io.RawIOBase):
    """A stream that nobody can go back in: what is written may be on its way already."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        return self._target.write(data)


def _entered(workspace: Workspace, packed: Packed, out: Path) -> HandedOver:
    """Keep the list of what was handed over, so that it can be said later what went out."""
    manifest = packed.bag.manifest()
    workspace.vault.put(
        io.BytesIO(manifest),
        reason="handed over: the list of files of the package",
        actor=workspace.staff_id,
        facts={"kind": HANDOVER_KIND, "type": "text/plain"},
    )
    return HandedOver(
        out=out,
        manifest=digest_bytes(manifest),
        n_objects=len(packed.objects),
        n_entries=len(packed.chosen.incident_ids),
        n_findings=len(packed.chosen.findings),
        n_withheld=packed.n_withheld,
        unsealed=packed.unsealed,
        losses=packed.losses,
    )
