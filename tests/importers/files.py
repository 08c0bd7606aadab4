"""Small files made by hand, and reading one to its end."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from undersight.importers import IMPORTERS
from undersight.model.intake import Article, Importer, Issue, Row


def read(importer: type[Importer], raw: bytes) -> list[Article | Row | Issue]:
    return list(importer().parse(io.BytesIO(raw)))


def importer_of(raw: bytes, name: str) -> str:
    """The id of the first importer that recognises a file, in the order of the registry."""
    return next((i.importer_id for i in IMPORTERS if i.recognises(raw[:65536], name)), "")


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return stream.getvalue()
