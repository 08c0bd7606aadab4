"""The workspace: where everything lies, what undersight.toml says, how one is made and opened."""

from __future__ import annotations

from undersight.settings.layout import SETTINGS_NAME, Layout, find_workspace
from undersight.settings.schema import (
    CASEBOOK_URL_VARIABLE,
    WORKSPACE_FORMAT,
    CasebookSection,
    Settings,
    StaffSection,
    TimeSection,
    VaultSection,
    WorkspaceSection,
)
from undersight.settings.toml import load_settings, settings_text
from undersight.settings.workspace import (
    NewWorkspace,
    Profile,
    create_workspace,
    is_outdated,
    migrate_workspace,
    unlock_workspace,
)
from undersight.vault.keyring import PLAIN_NOTICE

__all__ = [
    "CASEBOOK_URL_VARIABLE",
    "PLAIN_NOTICE",
    "SETTINGS_NAME",
    "WORKSPACE_FORMAT",
    "CasebookSection",
    "Layout",
    "NewWorkspace",
    "Profile",
    "Settings",
    "StaffSection",
    "TimeSection",
    "VaultSection",
    "WorkspaceSection",
    "create_workspace",
    "find_workspace",
    "is_outdated",
    "load_settings",
    "migrate_workspace",
    "settings_text",
    "unlock_workspace",
]
