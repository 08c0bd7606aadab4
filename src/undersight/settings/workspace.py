"""Making, opening and migrating a workspace."""

from __future__ import annotations

import re
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from undersight.errors import (
    FolderNotEmptyError,
    KeyringDamagedError,
    PassphraseNeededError,
    PlainWorkspaceError,
    WorkspaceTooNewError,
    WorkspaceTooOldError,
)
from undersight.integrity import durable
from undersight.settings.layout import Layout
from undersight.settings.schema import (
    WORKSPACE_FORMAT,
    CasebookSection,
    Settings,
    StaffSection,
    WorkspaceSection,
)
from undersight.settings.toml import format_of, read_section, read_toml, settings_text
from undersight.vault.keyring import Keyring, create_keyring, unlock_keyring
from undersight.vault.passphrase import PRODUCTION_COST, Argon2Cost
from undersight.vault.staff import create_staff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a new workspace is told about itself; see `WorkspaceSection` and `CasebookSection`."""

    title: str = ""
    jurisdiction: str = ""
    languages: tuple[str, ...] = ("en",)
    casebook_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWorkspace:
    """A workspace just made, unlocked."""

    layout: Layout
    settings: Settings
    keyring: Keyring


def unlock_workspace(layout: Layout, settings: Settings, passphrase: str | None = None) -> Keyring:
    """Open the keys of a workspace.

    Raises:
        PassphraseNeededError: It is encrypted and no passphrase was given.
        WrongPassphraseError: The passphrase does not open it.
        KeyringDamagedError: The keyring is missing, damaged, or another workspace's.
    """
    keyring = unlock_keyring(layout.keyring, passphrase)
    if keyring.workspace_id != settings.workspace.id:
        raise KeyringDamagedError(str(layout.keyring), "it belongs to another workspace")
    return keyring


def create_workspace(
    root: Path,
    profile: Profile | None = None,
    *,
    passphrase: str | None = None,
    is_plain: bool = False,
    cost: Argon2Cost = PRODUCTION_COST,
) -> NewWorkspace:
    """Make a workspace; it is there whole or not at all.

    Args:
        root: A folder that does not exist yet, or is empty.
        profile: What it is told about itself.
        passphrase: What shall open it; needed unless `is_plain`.
        is_plain: Leave everything readable to whoever gets the disk; say so to the user.
        cost: What each guess at the passphrase shall cost.

    Raises:
        FolderNotEmptyError: Something is in the folder.
        PassphraseNeededError: Neither a passphrase nor `is_plain`.
        PlainWorkspaceError: Both.
        WeakPassphraseError: The passphrase is too short.
        InvalidSettingError: The profile holds a value out of range.
    """
    if is_plain and passphrase is not None:
        raise PlainWorkspaceError(str(root))
    if not is_plain and passphrase is None:
        raise PassphraseNeededError(str(root))
    layout = Layout(root.absolute())
    sections = _checked(profile or Profile(), str(layout.settings_file))
    with _new_folder(layout.root) as folder, durable.disk_errors(layout.root):
        made = _fill(Layout(folder), sections, passphrase, cost)
    return NewWorkspace(
        layout=layout, settings=made.settings, keyring=made.keyring.moved(layout.keyring)
    )


def is_outdated(layout: Layout) -> bool:
    """Whether a workspace is of an older format and `migrate_workspace` has work to do.

    Raises:
        SettingsUnreadableError: undersight.toml is missing, or not TOML.
        InvalidSettingError: It names no format.
    """
    path = layout.settings_file
    return format_of(read_toml(path), str(path)) < WORKSPACE_FORMAT


def migrate_workspace(
    layout: Layout, *, steps: Mapping[int, Callable[[Layout], None]] | None = None
) -> tuple[int, ...]:
    """Bring an older workspace to this format, one format at a time; its writer lock is held.

    Settings and keyring are copied to ``backups/format-N/`` first; a step that fails leaves the
    old format standing, and may be run again.

    Args:
        layout: The workspace.
        steps: What to do to a workspace of each older format; those of this version by default.

    Returns:
        The formats that were left behind, oldest first; empty when there was nothing to do.

    Raises:
        WorkspaceTooNewError: A newer undersight made it.
        WorkspaceTooOldError: No step leads from its format.
    """
    known = MIGRATIONS if steps is None else steps
    target = max(known, default=WORKSPACE_FORMAT - 1) + 1
    path, done = str(layout.settings_file), list[int]()
    while (found := format_of(read_toml(layout.settings_file), path)) != target:
        if found > target:
            raise WorkspaceTooNewError(path, found, target)
        if found not in known:
            raise WorkspaceTooOldError(path, found, target)
        _back_up(layout, found)
        known[found](layout)
        text = layout.settings_file.read_text(encoding="utf-8")
        changed = re.sub(r"(?m)^format\s*=\s*\d+", f"format = {found + 1}", text, count=1)
        durable.write_atomic(layout.settings_file, changed.encode("utf-8"))
        done.append(found)
    return tuple(done)


MIGRATIONS: Mapping[int, Callable[[Layout], None]] = {}
"""Format 1 is the first: nothing leads to it."""


def _fill(
    layout: Layout, sections: _Sections, passphrase: str | None, cost: Argon2Cost
) -> NewWorkspace:
    """Everything a new workspace holds; the settings, which make it one, come last."""
    for folder in layout.folders():
        durable.make_folder(folder)
    keyring = create_keyring(
        layout.keyring, workspace_id=sections.workspace.id, passphrase=passphrase, cost=cost
    )
    settings = Settings(
        format=WORKSPACE_FORMAT,
        workspace=sections.workspace,
        staff=StaffSection(id=create_staff(keyring).staff_id),
        casebook=sections.casebook,
    )
    durable.write_atomic(layout.settings_file, settings_text(settings).encode("utf-8"))
    return NewWorkspace(layout=layout, settings=settings, keyring=keyring)


@dataclass(frozen=True, slots=True)
class _Sections:
    """What a profile says, checked."""

    workspace: WorkspaceSection
    casebook: CasebookSection


def _checked(profile: Profile, path: str) -> _Sections:
    """The profile as sections, under the rules that reading the file has."""
    workspace = {
        "id": "ws-" + "".join(secrets.choice(_ID_LETTERS) for _ in range(16)),
        "title": profile.title,
        "jurisdiction": profile.jurisdiction,
        "languages": list(profile.languages),
        "created": datetime.now(tz=UTC).date().isoformat(),
    }
    return _Sections(
        workspace=read_section(WorkspaceSection, workspace, path, "workspace"),
        casebook=read_section(CasebookSection, {"url": profile.casebook_url}, path, "casebook"),
    )


@contextmanager
def _new_folder(root: Path) -> Iterator[Path]:
    """A folder to fill: beside a new one's place and then moved there, or an empty one itself.

    An existing folder is not replaced, because someone's shell may stand in it.
    """
    if root.exists():
        if not root.is_dir() or any(root.iterdir()):
            raise FolderNotEmptyError(str(root))
        folder = root
    else:
        folder = root.with_name(durable.part_name(root.name))
        with durable.disk_errors(folder):
            durable.make_folder(folder)
    try:
        yield folder
        if folder != root:
            with durable.disk_errors(root):
                durable.move(folder, root)
                durable.flush_folder(root.parent)
    except BaseException:
        for entry in sorted(folder.iterdir()):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        if folder != root:
            folder.rmdir()
        raise


def _back_up(layout: Layout, found: int) -> None:
    """Copy what a migration may change and the vault does not keep."""
    folder = layout.root / "backups" / f"format-{found}"
    with durable.disk_errors(folder):
        durable.make_folder(folder)
    for path in (layout.settings_file, layout.keyring):
        durable.write_atomic(folder / path.name, path.read_bytes())
