"""Undersight: from what someone saved to what someone can defend.

The names below are fetched when first used, so that importing the package stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from undersight.model.dossier import Dossier
    from undersight.model.fuzzy_date import FuzzyDate
    from undersight.workbench.coaction import coaction
    from undersight.workbench.verbs import Workspace

__version__ = "0.1.0"
__all__ = ["Dossier", "FuzzyDate", "Workspace", "__version__", "coaction"]

_HOME = {
    "Dossier": "undersight.model.dossier",
    "FuzzyDate": "undersight.model.fuzzy_date",
    "Workspace": "undersight.workbench.verbs",
    "coaction": "undersight.workbench.coaction",
}


def __getattr__(name: str) -> Any:
    """Fetch a public name on first use."""
    if name not in _HOME:
        message = f"module 'undersight' has no attribute '{name}'"
        raise AttributeError(message)
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
