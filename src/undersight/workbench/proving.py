"""Showing that one object was sealed, without showing the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.integrity.canonical import digest_file
from undersight.vault.disclosure import check_disclosure, disclose
from undersight.vault.object_names import named_object
from undersight.vault.seals import Seals
from undersight.workbench.sealing import iso

if TYPE_CHECKING:
    from pathlib import Path

    from undersight.workbench.session import Workspace


def prove(workspace: Workspace, named: str, *, is_metadata_shown: bool = False) -> bytes:
    """Write the proof that an object was sealed, to be handed over with its bytes.

    Args:
        workspace: Open.
        named: Digest of the object, or its first 12 characters or more.
        is_metadata_shown: Show what was sealed about it, too.

    Raises:
        InvalidDigestError: The word is no digest.
        ObjectNotFoundError: The vault does not hold it.
        SealNotFoundError: No seal is over it.
    """
    seals = Seals(workspace.vault)
    digest = named_object(workspace.vault, named)
    return disclose(seals, digest, is_metadata_shown=is_metadata_shown)


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
