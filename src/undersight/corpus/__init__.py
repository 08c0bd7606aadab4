"""What was posted, by whom, when: bulk posts as Parquet, one folder per import.

Nothing here is loaded by importing the package; each name is fetched when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undersight.corpus.keys import CorpusKeys
    from undersight.corpus.loading import LoadRequest
    from undersight.corpus.manifest import ImportManifest, TableFile
    from undersight.corpus.store import Corpus

_HOME = {
    "Corpus": "store",
    "CorpusKeys": "keys",
    "ImportManifest": "manifest",
    "LoadRequest": "loading",
    "TableFile": "manifest",
}

__all__ = ["Corpus", "CorpusKeys", "ImportManifest", "LoadRequest", "TableFile"]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
