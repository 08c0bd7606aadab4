"""Keys and vaults for tests: cheap to unlock, invented staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.vault.keyring import Keyring, create_keyring
from undersight.vault.objects import Vault
from undersight.vault.passphrase import Argon2Cost

if TYPE_CHECKING:
    from pathlib import Path

CHEAP = Argon2Cost(memory_kib=8, iterations=1, lanes=1)
PASSPHRASE = "seven lamps over sarnak"
ACTOR = "staff-aaaabbbbccccdddd"
WORKSPACE = "ws-aaaabbbbccccdddd"


def new_keyring(folder: Path, *, is_plain: bool) -> Keyring:
    return create_keyring(
        folder / "keyring.json",
        workspace_id=WORKSPACE,
        passphrase=None if is_plain else PASSPHRASE,
        cost=CHEAP,
    )


def new_vault(folder: Path, *, is_plain: bool) -> Vault:
    return Vault(folder / "vault", new_keyring(folder, is_plain=is_plain))
