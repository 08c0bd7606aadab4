"""Rows of a workbook; what would swell beyond bounds is refused before it is opened."""

from __future__ import annotations

import datetime as dt
import io
import lzma
import os
import re
import struct
import tempfile
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, BinaryIO, Final

from undersight.errors import DamagedFileError
from undersight.importers.old_workbook import OLE, check_old_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

ZIP: Final = b"PK\x03\x04"
WORKBOOK_STARTS: Final = (ZIP, OLE)
_MOST_FILE_BYTES = 128 * 1024**2
_MOST_UNPACKED_BYTES = 512 * 1024**2
_MOST_CELLS = 40_000_000
_MOST_SHARED_CHARACTERS = 512 * 1024**2
_CHUNK_BYTES = 1024**2
_STDERR = 2
# Styled cells without a value stand to the last row of many real sheets; no reader holds them.
_CELL = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"'](?![^<>]*/>)")
_OPEN_TAG = re.compile(
    rb"<(?:[\w.-]+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)>"
)
_ROWS_AGAIN = re.compile(rb"number-rows-repeated\s*=\s*[\"']([0-9]{1,9})")
_COLUMNS_AGAIN = re.compile(rb"number-columns-repeated\s*=\s*[\"']([0-9]{1,9})")
_TAG_BYTES = 4096
_SHARED = re.compile(rb"<si\b.*?</si>|<si\s*/>", re.DOTALL)
# What the ZIP reader raises on damaged, encrypted and oddly packed files.
_ZIP_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError, KeyError),
)


def workbook_rows(stream: BinaryIO) -> Iterator[tuple[str, int, list[str]]]:
    """Yield (sheet, row number, cells as text) of every sheet in order.

    Raises:
        DamagedFileError: It is no workbook (.xlsx, .xls), is cut short, or would swell beyond
            bounds.
    """
    import python_calamine

    raw = stream.read(_MOST_FILE_BYTES + 1)
    check_workbook(raw)
    try:
        with Foreseen():
            book = python_calamine.load_workbook(io.BytesIO(raw))
        for name in book.sheet_names:
            with Foreseen():
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for number, row in enumerate(rows, 1):
                yield name, number, [cell_text(value) for value in row]
    except (python_calamine.CalamineError, OSError) as error:
        raise DamagedFileError("the workbook", "it is not a spreadsheet or is damaged") from error


class Foreseen:
    """Says in our own words what the reader, written in Rust, did not foresee of a damaged file.

    Such a panic is no exception of a kind that can be named, so it is told by what it is called.
    Before it is raised, lines about it go to standard error past Python; what was written there
    meanwhile is kept back, and passed on if there was no panic.
    """

    def __enter__(self) -> None:
        """Begin to read."""
        self._kept: IO[bytes] = tempfile.TemporaryFile()
        try:
            self._stderr = os.dup(_STDERR)
        except OSError:  # nobody listens: there is nothing to keep back
            self._stderr = -1
        else:
            os.dup2(self._kept.fileno(), _STDERR)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        is_panic = kind is not None and kind.__name__ == "PanicException"
        with self._kept as kept:
            if self._stderr >= 0:
                os.dup2(self._stderr, _STDERR)
                os.close(self._stderr)
                kept.seek(0)
                os.write(_STDERR, b"" if is_panic else kept.read())
        if is_panic:
            raise DamagedFileError("the workbook", "it is damaged") from error


def cell_text(value: object) -> str:
    """Write a cell as text: whole numbers without a point, times as ISO 8601."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return str(value)


def signature_text(head: bytes) -> str:
    """Return the text of what the beginning of a workbook holds of its strings and cells.

    The list of a workbook is at its end, so its parts are unpacked as they come.
    """
    found: list[bytes] = []
    place = 0
    while head.startswith(ZIP, place) and len(found) < 64:
        if len(head) < place + 30:
            break
        n_name = int.from_bytes(head[place + 26 : place + 28], "little")
        n_extra = int.from_bytes(head[place + 28 : place + 30], "little")
        n_packed = int.from_bytes(head[place + 18 : place + 22], "little")
        name = head[place + 30 : place + 30 + n_name]
        start = place + 30 + n_name + n_extra
        if name.startswith((b"xl/sharedStrings", b"xl/worksheets/")):
            found.append(_unpacked(head[start:]))
        if not n_packed:
            start = head.find(ZIP, start)
        place = start + n_packed if start >= 0 else len(head)
    return b"\n".join(found).decode("utf-8", errors="replace")


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj(-15).decompress(packed, 256 * 1024)
    except zlib.error:
        return b""


def check_workbook(raw: bytes) -> None:
    """Refuse a workbook (.xlsx, .xls, .ods) that would swell, before a reader opens it.

    Args:
        raw: The file.

    Raises:
        DamagedFileError: It is no workbook, is cut short, or would swell beyond bounds.
    """
    if len(raw) > _MOST_FILE_BYTES:
        size = f"it has more than {_MOST_FILE_BYTES // 1024**2} MiB; save it as CSV"
        raise DamagedFileError("the workbook", size)
    if raw.startswith(OLE):
        check_old_workbook(raw)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            _check_parts(package)
    except _ZIP_DAMAGE as error:
        reason = "it is not an .xlsx or .ods workbook or is cut short"
        raise DamagedFileError("the workbook", reason) from error


def _check_parts(package: zipfile.ZipFile) -> None:
    """Unpack every part once, in pieces, and count what a reader would hold of it."""
    if sum(part.file_size for part in package.infolist()) > _MOST_UNPACKED_BYTES:
        size = f"it would unpack to more than {_MOST_UNPACKED_BYTES // 1024**2} MiB"
        raise DamagedFileError("the workbook", f"{size}; save it as CSV")
    if "content.xml" in package.namelist():
        _check_open_document(package)
        return
    if not any(name.startswith("xl/") for name in package.namelist()):
        raise DamagedFileError("the workbook", "it is a ZIP file without a workbook in it")
    n_shared: list[int] = []
    for part in sorted(package.infolist(), key=lambda one: "sharedStrings" not in one.filename):
        if "sharedStrings" in part.filename:
            n_shared = [len(found) for found in _SHARED.findall(package.read(part))]
        else:
            _check_part(package, part, n_shared)


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, n_shared: list[int]) -> None:
    is_sheet = part.filename.startswith("xl/worksheets/")
    last_row, last_column, n_characters = 0, 0, 0
    for piece in _whole_tags(package, part):
        if not is_sheet:
            continue
        for column, row in set(_CELL.findall(piece)):
            last_row = max(last_row, int(row))
            last_column = max(last_column, _column_number(column))
        n_characters += _shared_characters(piece, n_shared)
    if last_row * last_column > _MOST_CELLS:
        size = f"{part.filename} spans {last_row} rows and {last_column} columns"
        raise DamagedFileError("the workbook", f"{size}; save it as CSV")
    if n_characters > _MOST_SHARED_CHARACTERS:
        size = f"{part.filename} repeats its texts to more than 512 MiB"
        raise DamagedFileError("the workbook", f"{size}; save it as CSV")


def _whole_tags(package: zipfile.ZipFile, part: zipfile.ZipInfo | str) -> Iterator[bytes]:
    """Unpack a part in pieces that end before a tag, so that none is cut in two."""
    kept = b""
    with package.open(part) as opened:
        while piece := opened.read(_CHUNK_BYTES):
            window = kept + piece
            end = window.rfind(b"<", len(window) - _TAG_BYTES)
            kept = window[end:] if end >= 0 else b""
            yield window[:end] if end >= 0 else window
    yield kept


def _check_open_document(package: zipfile.ZipFile) -> None:
    """Count the cells of each sheet of an .ods workbook: rows and cells say how often they stand.

    [OASIS ODF 1.3, 9.1] Cells without a value at the end of a row or sheet are not held.
    """
    n_row = n_again = n_column = last_row = last_column = 0
    for piece in _whole_tags(package, "content.xml"):
        for tag, inner in _OPEN_TAG.findall(piece):
            if tag == b"table":
                n_row = n_again = n_column = 0
            elif tag == b"table-row":
                n_row, n_column, n_again = n_row + n_again, 0, _times(_ROWS_AGAIN, inner)
            else:
                n_column += _times(_COLUMNS_AGAIN, inner)
                if not inner.endswith(b"/") or b"value" in inner:
                    last_row = max(last_row, n_row + n_again)
                    last_column = max(last_column, n_column)
    if last_row * last_column > _MOST_CELLS:
        size = f"its sheets span {last_row} rows and {last_column} columns"
        raise DamagedFileError("the workbook", f"{size}; save it as CSV")


def _times(stated: re.Pattern[bytes], inner: bytes) -> int:
    found = stated.search(inner)
    return int(found[1]) if found else 1


_REFERENCE = re.compile(rb"t\s*=\s*[\"']s[\"'][^>]*>\s*<v>([0-9]{1,9})</v>")


def _shared_characters(piece: bytes, n_shared: list[int]) -> int:
    if not n_shared or max(n_shared) < 65_536:
        return 0
    return sum(
        n_shared[int(index)] for index in _REFERENCE.findall(piece) if int(index) < len(n_shared)
    )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
