"""A deposit that comes through a browser: bytes that were sent, never paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from undersight.workbench import deposit_records, deposits, evidence_room
from undersight.workbench.sealing import signing_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from undersight.workbench.deposits import Deposited
    from undersight.workbench.session import Workspace

_TOOL = "undersight serve"


def deposit_uploads(
    workspace: Workspace,
    name: str,
    files: Iterable[tuple[str, BinaryIO]],
    *,
    owner: str = "",
    passphrase: Callable[[], str] | None = None,
) -> Deposited:
    """Take the files of a deposit in and seal them; see ``deposits.deposit_files_of``.

    Args:
        workspace: Open for writing.
        name: Of the page or newsroom.
        files: Name and bytes of each.
        owner: Party id of the owner in the casebook.
        passphrase: Gives the signing key's own, where it has one.

    Raises:
        UndersightError: As ``deposits.deposit_files_of``.
    """
    deposit_records.check_name(name)
    if owner:
        deposits.owner_of(workspace, owner)
    key = signing_key(workspace, "", passphrase)
    first = workspace.vault.intake_head().length
    told = evidence_room.take_uploads(
        workspace, files, reason="deposited by its owner", facts={"tool": _TOOL}
    )
    return deposits.deposit_taken(workspace, name, told, first, owner=owner, key=key)
