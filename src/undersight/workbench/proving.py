"""Showing that one object was sealed, without showing the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.integrity.canonical import digest_file, parse_digest
from undersight.vault.disclosure import check_disclosure, disclose
from undersight.vault.seals import Seals
from undersight.workbench.sealing import iso

if TYPE_CHECKING:
    from pathlib import Path

    from undersight.workbench.session import Workspace


def prove(workspace: Workspace, named: str, *, is_metadata_shown: bool = False) -> bytes:
    """Write the proof that an object was sealed, to be handed over with its bytes.

    Raises:
        InvalidDigestError: The word is no digest.
        SealNotFoundError: No seal is over it.
    """
    seals = Seals(workspace.vault)
    return disclose(seals, parse_digest(named), is_metadata_shown=is_metadata_shown)


def check(proof: bytes, path: Path | None = None) -> dict[str, Any]:
    """Check a proof, alone or against the file that came with it; needs no workspace.

    Raises:
        SealDamagedError: The proof does not hold.
        SignatureMismatchError: The key in it did not sign.
        ObjectDamagedError: The file is another one.
        FileUnreadableError: It is not there.
    """
    digest = None if path is None else digest_file(path)
    found = check_disclosure(proof, digest)
    return {
        "object": found.object,
        "is_file_compared": path is not None,
        "seal": found.seal_id,
        "claimed_at": iso(found.claimed_at_us),
        "key": found.key_id,
        "public_key": found.public_line,
        "metadata": found.metadata,
    }
