"""The first steps: is there a workspace, make one, look at the invented one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from undersight.errors import WorkspaceNotFoundError
from undersight.settings import SETTINGS_NAME, Profile, find_workspace, load_settings
from undersight.vault.keyring import is_plain_keyring

if TYPE_CHECKING:
    from collections.abc import Sequence

DEMO_NAME = "undersight-demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is known of a workspace before it is unlocked.

    Args:
        root: Its folder; None where there is none.
        title: Its name, which stands readable in undersight.toml.
        is_plain: Whether it opens without a passphrase.
        suggested: Where a new one could be made.
        near: Folders below the person's own that hold one, where none is open; by name.
    """

    root: Path | None
    title: str
    is_plain: bool
    suggested: Path
    near: tuple[Path, ...] = ()


def look(root: Path | None) -> Place:
    """Return what is known of a workspace, or that there is none."""
    suggested = _free(Path.home() / "undersight-log")
    if root is None:
        near = _near(Path.home())
        return Place(root=None, title="", is_plain=False, suggested=suggested, near=near)
    layout = find_workspace(named=root)
    title = load_settings(layout).workspace.title or layout.root.name
    is_plain = is_plain_keyring(layout.keyring)
    return Place(root=layout.root, title=title, is_plain=is_plain, suggested=suggested)


def _free(wanted: Path) -> Path:
    """Return a folder that is not there yet: the wanted one, or one with a number behind it."""
    found, n = wanted, 1
    while found.exists():
        n += 1
        found = wanted.with_name(f"{wanted.name}-{n}")
    return found


def _near(home: Path) -> tuple[Path, ...]:
    """Return the workspaces right below a folder; none where it cannot be read."""
    try:
        return tuple(sorted(one.parent for one in home.glob(f"*/{SETTINGS_NAME}")))
    except OSError:
        return ()


def lock_after_s(root: Path | None) -> float:
    """Return after how long without use a workspace is locked, seconds; 0 for never."""
    from undersight.settings.schema import ServeSection

    if root is None:
        return ServeSection().lock_after_min * 60.0
    return load_settings(find_workspace(named=root)).serve.lock_after_min * 60.0


def find(folder: Path | None = None) -> Path:
    """Return the workspace in a folder, or the one around the current folder.

    Raises:
        WorkspaceNotFoundError: There is none.
    """
    return find_workspace(named=folder).root


def find_or_none(folder: Path | None = None) -> Path | None:
    """Return the workspace that is named or around the current folder; None if none is around.

    Raises:
        WorkspaceNotFoundError: One was named and is not there.
    """
    try:
        return find(folder)
    except WorkspaceNotFoundError:
        if folder is not None:
            raise
        return None


def make(
    folder: Path,
    *,
    title: str,
    jurisdiction: str,
    languages: Sequence[str],
    passphrase: str | None,
) -> Path:
    """Make a workspace and return its folder; without a passphrase it is plain.

    Raises:
        UndersightError: As ``Workspace.create``.
    """
    from undersight.workbench.session import Workspace

    profile = Profile(title=title, jurisdiction=jurisdiction, languages=tuple(languages))
    with Workspace.create(folder, profile, passphrase=passphrase) as made:
        made.casebook.all("incident")
        return made.layout.root


def make_demo(parent: Path) -> Path:
    """Return the invented workspace below a folder, built where it is not there yet.

    Raises:
        FolderNotEmptyError: Something else is in its place.
    """
    from undersight.workbench import demo

    folder = parent / DEMO_NAME
    try:
        return find(folder)
    except WorkspaceNotFoundError:
        return demo.build(folder).folder
