"""Bytes on their way in: the same out as in, and none of them readable on the disk."""

from __future__ import annotations

import io
import os
import tempfile
from typing import IO, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undersight.integrity.sealed_spool import SealedSpool


@settings(max_examples=25, deadline=None)
@given(
    parts=st.lists(st.binary(max_size=90), max_size=12),
    most=st.integers(0, 200),
    place=st.integers(0, 1200),
    n_bytes=st.integers(0, 100),
)
def test_what_goes_in_comes_out_from_any_place(
    parts: list[bytes], most: int, place: int, n_bytes: int
) -> None:
    whole = b"".join(parts)
    with SealedSpool(most) as spool:
        for part in parts:
            spool.write(part)
        assert spool.seek(0, os.SEEK_END) == len(whole)
        spool.seek(0)
        assert spool.read() == whole
        spool.seek(place)
        assert spool.read(n_bytes) == whole[place : place + n_bytes]
        assert spool.tell() == place + len(whole[place : place + n_bytes])


def test_nothing_on_the_disk_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[IO[bytes]] = []
    real = tempfile.TemporaryFile

    def noted(**given: Any) -> IO[bytes]:
        made.append(real(**given))
        return made[-1]

    monkeypatch.setattr(tempfile, "TemporaryFile", noted)
    with SealedSpool(10) as spool:
        spool.write(b"Sarnak ")
        assert made == []
        spool.write(b"Sarnak Sarnak Sarnak")
        (file,) = made
        file.seek(0)
        content = file.read()
        assert len(content) == len(b"Sarnak Sarnak Sarnak Sarnak")
        assert b"arnak" not in content
    assert file.closed


def test_no_place_is_written_twice() -> None:
    with SealedSpool() as spool:
        spool.write(b"abc")
        spool.seek(1)
        with pytest.raises(io.UnsupportedOperation):
            spool.write(b"x")
