"""Whether an old Excel workbook (.xls) would swell beyond bounds, told before it is opened.

Its records are walked as [MS-XLS] and its container as [MS-CFB] lay them out, and only as far as
it takes to count what a reader would hold: cells of each sheet, and shared texts as often as they
are shown.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from undersight.errors import DamagedFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

OLE: Final = b"\xd0\xcf\x11\xe0"
_MOST_CELLS: Final = 10_000_000
_MOST_CHARACTERS: Final = 256 * 1024**2
_LAST_SECTOR: Final = 0xFFFFFFFA
_MINI_BYTES, _MINI_STREAM_BELOW = 64, 4096
_NAMES: Final = ("Workbook", "Book")
_SHEET_START, _SHARED_TEXTS, _GOES_ON, _SHARED_CELL = 0x0809, 0x00FC, 0x003C, 0x00FD
_CELLS: Final = frozenset({0x00FD, 0x0203, 0x0204, 0x027E, 0x0205, 0x0006, 0x00BD, 0x00D6})


def check_old_workbook(raw: bytes) -> None:
    """Refuse a workbook that would swell.

    Args:
        raw: The file.

    Raises:
        DamagedFileError: It is no such workbook, is cut short, or would swell beyond bounds.
    """
    try:
        n_cells, n_characters = _sizes(_Container(raw).workbook())
    except (struct.error, IndexError) as error:
        raise DamagedFileError("the workbook", "it is damaged or cut short") from error
    if n_cells > _MOST_CELLS:
        raise DamagedFileError("the workbook", f"it spans {n_cells} cells; save it as CSV")
    if n_characters > _MOST_CHARACTERS:
        size = f"it repeats its texts to more than {_MOST_CHARACTERS // 1024**2} MiB"
        raise DamagedFileError("the workbook", f"{size}; save it as CSV")


class _Container:
    """A compound file: chains of sectors that hold streams by name."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._n_sector = 1 << struct.unpack_from("<H", raw, 30)[0]
        if self._n_sector not in (512, 4096):
            raise DamagedFileError("the workbook", "it is no old Office document")
        sectors = list(struct.unpack_from("<109I", raw, 76))
        place, n_left = struct.unpack_from("<2I", raw, 68)
        while place < _LAST_SECTOR and n_left > 0 and len(sectors) * 4 < len(raw):
            *more, place = self._numbers(self._sector(place))
            sectors += more
            n_left -= 1
        self._next = [
            one for place in sectors if place < _LAST_SECTOR for one in
            self._numbers(self._sector(place))
        ]  # fmt: skip

    def workbook(self) -> bytes:
        """The stream of the workbook's records."""
        folder = self._chain(struct.unpack_from("<I", self._raw, 48)[0])
        root = folder[:128]
        for place in range(0, len(folder) - 127, 128):
            entry = folder[place : place + 128]
            n_name = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(n_name - 2, 0)].decode("utf-16-le", "replace")
            if name in _NAMES:
                start, n_bytes = struct.unpack_from("<2I", entry, 116)
                if n_bytes >= _MINI_STREAM_BELOW:
                    return self._chain(start)[:n_bytes]
                return self._mini(start, struct.unpack_from("<I", root, 116)[0])[:n_bytes]
        raise DamagedFileError("the workbook", "it is an Office document without a workbook")

    def _mini(self, start: int, root_start: int) -> bytes:
        held = self._chain(root_start)
        following = self._numbers(self._chain(struct.unpack_from("<I", self._raw, 60)[0]))
        pieces: list[bytes] = []
        while start < _LAST_SECTOR and len(pieces) <= len(following):
            pieces.append(held[start * _MINI_BYTES : (start + 1) * _MINI_BYTES])
            start = following[start]
        return b"".join(pieces)

    def _chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        while start < _LAST_SECTOR and len(pieces) <= len(self._next):
            pieces.append(self._sector(start))
            start = self._next[start]
        return b"".join(pieces)

    def _sector(self, place: int) -> bytes:
        start = (place + 1) * self._n_sector
        return self._raw[start : start + self._n_sector]

    @staticmethod
    def _numbers(raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, n_bytes = struct.unpack_from("<2H", stream, place)
        if place + 4 + n_bytes > len(stream):
            raise DamagedFileError("the workbook", "it is damaged or cut short")
        yield kind, stream[place + 4 : place + 4 + n_bytes]
        place += 4 + n_bytes


def _sizes(stream: bytes) -> tuple[int, int]:
    """Cells that the sheets span, and characters that their shared texts come to."""
    n_cells = n_characters = last_row = last_column = 0
    is_shared = False
    pieces: list[bytes] = []
    lengths: list[int] | None = None
    for kind, body in _records(stream):
        if kind == _SHEET_START:
            n_cells += last_row * last_column
            last_row = last_column = 0
        elif kind == _SHARED_TEXTS or (kind == _GOES_ON and is_shared):
            pieces.append(body)
        elif kind in _CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<2H", body)
            # A record of several cells is at most as wide as it has pairs of bytes.
            n_wide = len(body) // 6 if kind == 0x00BD else 1
            last_row, last_column = max(last_row, row + 1), max(last_column, column + n_wide)
            if kind == _SHARED_CELL:
                lengths = _text_lengths(pieces) if lengths is None else lengths
                n_characters += _length_at(lengths, body)
        is_shared = kind == _SHARED_TEXTS or (kind == _GOES_ON and is_shared)
    return n_cells + last_row * last_column, n_characters


def _length_at(lengths: list[int], body: bytes) -> int:
    place: int = struct.unpack_from("<I", body, 6)[0]
    return lengths[place]


def _text_lengths(pieces: list[bytes]) -> list[int]:
    """Characters of each shared text; a text may go on in the next record."""
    found: list[int] = []
    number, place = 0, 8
    while number < len(pieces):
        piece = pieces[number]
        if place + 3 > len(piece):
            number, place = number + 1, 0
            continue
        n_left, flags = struct.unpack_from("<HB", piece, place)
        found.append(n_left)
        place += 3
        n_after = 0
        if flags & 8 and place + 2 <= len(piece):
            n_after += 4 * struct.unpack_from("<H", piece, place)[0]
            place += 2
        if flags & 4 and place + 4 <= len(piece):
            n_after += struct.unpack_from("<I", piece, place)[0]
            place += 4
        number, place = _after_characters(pieces, (number, place), n_left, flags)
        while number < len(pieces) and place + n_after > len(pieces[number]):
            n_after -= len(pieces[number]) - place
            number, place = number + 1, 0
        place += n_after
    return found


def _after_characters(
    pieces: list[bytes], at: tuple[int, int], n_left: int, flags: int
) -> tuple[int, int]:
    """Where a text's characters end; each further record says anew how wide they are."""
    number, place = at
    while n_left and number < len(pieces):
        width = 1 + (flags & 1)
        n_taken = min(n_left, (len(pieces[number]) - place) // width)
        n_left -= n_taken
        place += n_taken * width
        if n_left:
            number, place = number + 1, 1
            flags = pieces[number][0] if number < len(pieces) and pieces[number] else 0
    return number, place
