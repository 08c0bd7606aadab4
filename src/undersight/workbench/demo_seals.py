"""The demo seals what it was made from and what it published, and has the seals stamped.

The key is the demo's own and the time authority runs in this process: both show the way a seal
goes, and prove nothing about who or when.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.vault.demo_authority import NOTICE, DemoAuthority
from undersight.vault.seals import Seals
from undersight.vault.stamps import Stamps, new_request
from undersight.workbench import sealing, verifying

if TYPE_CHECKING:
    from pathlib import Path

    from undersight.workbench.session import Workspace

KEY_NAME = "demo"
AUTHORITY_NAME = "demo-proves-nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSeals:
    """What the demo sealed.

    Args:
        lines: One sentence per seal, for people.
        n_objects: Objects under these seals.
        is_whole: Whether verification found everything as it was made.
        notice: What stamps of this authority are worth.
    """

    lines: tuple[str, ...]
    n_objects: int
    is_whole: bool
    notice: str = NOTICE


class DemoTime:
    """Has seals stamped by an authority in this process, which forgets its key with this object.

    Args:
        workspace: The demo's, open for writing.
    """

    def __init__(self, workspace: Workspace) -> None:
        def clock() -> dt.datetime:
            return dt.datetime.fromtimestamp(workspace.now_us / 1_000_000, dt.UTC)

        self._workspace = workspace
        self._authority = DemoAuthority(AUTHORITY_NAME, clock=clock)
        self._seals = Seals(workspace.vault)
        self._stamps = Stamps(workspace.vault, self._seals)
        self._is_believed = False

    def stamp(self) -> None:
        """Stamp every seal that has no stamp yet."""
        if not self._is_believed:
            root, actor = self._authority.root.pem, self._workspace.staff_id
            self._stamps.pin_root(AUTHORITY_NAME, root, where="demo", actor=actor)
            self._is_believed = True
        for seal in map(self._seals.read, self._seals.seal_ids()):
            if not self._stamps.of(seal):
                request = new_request(seal.stamped_bytes)
                reply = self._authority.answer(request)
                actor = self._workspace.staff_id
                self._stamps.add(seal, AUTHORITY_NAME, reply, request=request, actor=actor)


def seal_all(workspace: Workspace, published: tuple[Path, ...], time: DemoTime) -> DemoSeals:
    """Seal the texts that entries and drafts were made from, then what was published of them.

    Args:
        workspace: The demo's, open for writing.
        published: Folders and files that were written for others.
        time: Stamps the seals.

    Raises:
        UndersightError: As ``sealing.seal_files``.
    """
    keys = Seals(workspace.vault).keys
    key = keys.new(KEY_NAME, actor=workspace.staff_id).key_id
    options = sealing.SealOptions(
        note="published by the demo", is_recursive=True, key=key, purpose="published"
    )
    told = {
        "texts that entries and drafts were made from": sealing.seal_pending(workspace, key=key),
        "files that were published": sealing.seal_files(workspace, published, options),
    }
    time.stamp()
    return DemoSeals(
        lines=tuple(
            f"{one.seal.seal_id}: {one.seal.manifest.n_items} {what}, "
            f"root {one.seal.manifest.root[:16]}"
            for what, one in told.items()
            if one.seal is not None
        ),
        n_objects=sum(one.seal.manifest.n_items for one in told.values() if one.seal is not None),
        is_whole=bool(verifying.verify(workspace)["is_whole"]),
    )
