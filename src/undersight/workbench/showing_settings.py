"""The settings of a workspace for people, secrets left out, and its passphrase."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from undersight.i18n import translator
from undersight.settings.schema import SECTIONS

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


def change_passphrase(workspace: Workspace, old: str, new: str) -> None:
    """Change the passphrase; whatever the old one opened, the new one opens.

    Raises:
        WrongPassphraseError: The old one opens nothing.
        WeakPassphraseError: The new one is too short.
        PlainWorkspaceError: The workspace has none.
    """
    workspace.keyring.change_passphrase(old, new)
