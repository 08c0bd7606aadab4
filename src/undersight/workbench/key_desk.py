"""The keys that sign seals, as the faces see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.vault.seals import Seals
from undersight.workbench.sealing import key_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersight.workbench.session import Workspace


def new(workspace: Workspace, name: str, *, passphrase: str | None) -> dict[str, Any]:
    """Make a key; see `SigningKeys.new`."""
    keys = Seals(workspace.vault).keys
    return key_json(keys.new(name, actor=workspace.staff_id, passphrase=passphrase))


def all_keys(workspace: Workspace) -> list[dict[str, Any]]:
    """Every key there ever was, oldest first."""
    return [key_json(record) for record in Seals(workspace.vault).keys.all()]


def rotate(
    workspace: Workspace,
    named: str,
    *,
    reason: str,
    passphrases: Callable[[], str],
    new_passphrase: Callable[[], str] | None,
) -> dict[str, Any]:
    """Put a new key in the place of an old one; see `SigningKeys.rotate`."""
    record = Seals(workspace.vault).keys.rotate(
        named,
        actor=workspace.staff_id,
        reason=reason,
        passphrases=passphrases,
        new_passphrase=None if new_passphrase is None else new_passphrase(),
    )
    return key_json(record)


def revoke(workspace: Workspace, named: str, *, reason: str) -> dict[str, Any]:
    """Declare a key untrusted from now on; see `SigningKeys.revoke`."""
    keys = Seals(workspace.vault).keys
    return key_json(keys.revoke(named, actor=workspace.staff_id, reason=reason))
