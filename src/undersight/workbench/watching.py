"""A drop folder: whatever settles in it is taken into the vault and sealed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from undersight.errors import FileUnreadableError, WorkspaceBusyError
from undersight.vault.drop_folder import DropFolder, known_files
from undersight.vault.intake_files import Capture, Refused, Taken, take_in
from undersight.workbench.sealing import Sealed, SealOptions, seal_taken, signing_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from undersight.workbench.session import Workspace

_ROUNDS_ONCE = 2


def watch(
    open_workspace: Callable[[], Workspace],
    folder: Path,
    options: SealOptions,
    *,
    every_s: float,
    is_once: bool = False,
    is_set_aside: bool = False,
) -> Iterator[Sealed]:
    """Look into a folder again and again, and seal what has settled in it.

    The workspace is open, and its writer's lock held, only while something is sealed.

    Args:
        open_workspace: Opens it for writing.
        folder: The drop folder.
        options: As for `seal_files`.
        every_s: Time between two looks, seconds; a file that does not change meanwhile has
            settled.
        is_once: Look twice and end.
        is_set_aside: Move what was sealed to ``done`` in the folder; otherwise it stays.

    Yields:
        One seal for each look at which something had settled.

    Raises:
        FileUnreadableError: The folder is not there.
        TooManyFilesError: It holds more files than the settings allow.
        UndersightError: As `seal_files`.
    """
    if not folder.is_dir():
        raise FileUnreadableError(str(folder), "it is no folder")
    with open_workspace() as workspace:
        known = known_files(workspace.vault.intakes())
        drop = DropFolder(
            folder,
            known=known,
            left_out=workspace.layout.root,
            most_files=workspace.settings.vault.max_files,
        )
    n_rounds = 0
    while not is_once or n_rounds < _ROUNDS_ONCE:
        if n_rounds:
            time.sleep(every_s)
        n_rounds += 1
        settled = drop.look()
        sealed = _sealed(open_workspace, drop, settled, options) if settled else None
        if sealed is None:
            continue
        for refused in sealed.refused:
            drop.remember(refused.path)  # told once, and again when it changes
        for one in sealed.taken:
            drop.remember(one.path)
            if is_set_aside:
                drop.set_aside(one.path)
        yield sealed


def _sealed(
    open_workspace: Callable[[], Workspace],
    drop: DropFolder,
    settled: list[Path],
    options: SealOptions,
) -> Sealed | None:
    """Take in what has settled and seal it; None while somebody else writes."""
    try:
        workspace = open_workspace()
    except WorkspaceBusyError:
        # The files stay where they are: the next look tries again.
        return None
    with workspace:
        key = signing_key(workspace, options.key)
        capture = Capture(
            actor=workspace.staff_id,
            facts=options.facts(),
            reason="settled in the drop folder",
            facts_of=drop.facts,
        )
        first = workspace.vault.intake_head().length
        told = list(take_in(workspace.vault, settled, capture))
        taken = tuple(one for one in told if isinstance(one, Taken))
        refused = tuple(one for one in told if isinstance(one, Refused))
        seal = seal_taken(workspace, taken, first, key, purpose=options.purpose)
    return Sealed(seal=seal, taken=taken, refused=refused)
