"""The settings of a workspace for people, secrets left out, and its passphrase."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.i18n import translator
from undersight.integrity import durable
from undersight.settings import load_settings, settings_text
from undersight.settings.schema import SECTIONS
from undersight.settings.toml import read_section

if TYPE_CHECKING:
    from undersight.workbench.session import Workspace


def rows(workspace: Workspace, *, lang: str = "en") -> tuple[tuple[str, str, str], ...]:
    """Return name, value and meaning of each setting; a secret says only whether it is set."""
    t = translator(lang).gettext
    found = [(t("folder"), str(workspace.layout.root), t("Where everything lies."))]
    for name, section in SECTIONS.items():
        values = getattr(workspace.settings, name)
        for field in dataclasses.fields(section):
            value = getattr(values, field.name)
            shown = ", ".join(value) if isinstance(value, tuple) else str(value)
            if field.metadata.get("is_secret"):
                shown = t("set") if value else ""
            about = str(field.metadata.get("about", ""))
            about = t(about).replace("\n#", "") if about else ""
            found.append((f"{name}.{field.name}", shown, about))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Settings that are changed in the browser.

    Args:
        title: The workspace's name.
        jurisdiction: Letters that public ids start with.
        languages: Languages of the published log, the first one leading.
        needs_second_person: Whether whoever worked on an entry last may not open it.
    """

    title: str
    jurisdiction: str
    languages: tuple[str, ...]
    needs_second_person: bool


def change(workspace: Workspace, wanted: Wanted) -> None:
    """Write settings to undersight.toml; they hold from the next request on.

    Args:
        workspace: Open for writing.
        wanted: The settings.

    Raises:
        InvalidSettingError: A value of the wrong form; nothing was written.
    """
    path = workspace.layout.settings_file
    # Without the environment: what it says of a server does not belong into the file.
    known = load_settings(workspace.layout, environ={})
    about = {
        "title": wanted.title,
        "jurisdiction": wanted.jurisdiction,
        "languages": list(wanted.languages),
    }
    table = {**dataclasses.asdict(known.workspace), **about}
    table["languages"] = list(table["languages"])
    publishing = {"needs_second_person": wanted.needs_second_person}
    changed = dataclasses.replace(
        known,
        workspace=read_section(SECTIONS["workspace"], table, str(path), "workspace"),
        publishing=read_section(SECTIONS["publishing"], publishing, str(path), "publishing"),
    )
    with durable.disk_errors(path):
        durable.write_atomic(path, settings_text(changed).encode("utf-8"))


def change_passphrase(workspace: Workspace, old: str, new: str) -> None:
    """Change the passphrase; whatever the old one opened, the new one opens.

    Raises:
        WrongPassphraseError: The old one opens nothing.
        WeakPassphraseError: The new one is too short.
        PlainWorkspaceError: The workspace has none.
    """
    workspace.keyring.change_passphrase(old, new)
