from __future__ import annotations

import errno
import io
import logging
import threading
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.sample import ACTOR, PASSPHRASE, new_keyring, new_vault
from undersight.errors import (
    CustodyBrokenError,
    DiskFullError,
    InvalidValueError,
    ObjectDamagedError,
    ObjectNotFoundError,
    ObjectTooLargeError,
    ReadOnlyError,
)
from undersight.integrity import durable
from undersight.integrity.canary import find_canary
from undersight.integrity.canonical import Digest, digest_bytes
from undersight.vault.custody import CustodyAct, CustodyEntry
from undersight.vault.keyring import unlock_keyring
from undersight.vault.objects import Vault
from undersight.vault.shelf import Shelf

PAGE = b"<html>Qaravel Daily, saved on a day in March</html>" * 200
BOTH = pytest.mark.parametrize("is_plain", [True, False], ids=["plain", "encrypted"])


def put(vault: Vault, data: bytes = PAGE, **more: Any) -> Digest:
    return vault.put(io.BytesIO(data), reason="a page was saved", actor=ACTOR, **more)


def files(vault: Vault) -> list[Path]:
    return sorted(path for path in vault.folder.glob("objects/??/*"))


@BOTH
def test_bytes_come_back_after_closing_everything(tmp_path: Path, *, is_plain: bool) -> None:
    digest = put(new_vault(tmp_path, is_plain=is_plain))
    assert digest == digest_bytes(PAGE)
    keyring = unlock_keyring(tmp_path / "keyring.json", None if is_plain else PASSPHRASE)
    vault = Vault(tmp_path / "vault", keyring)
    with vault.open(digest) as stream:
        assert stream.read() == PAGE
    assert vault.n_bytes(digest) == len(PAGE)
    assert vault.contains(digest)
    assert vault.digests() == (digest,)
    vault.check(digest)


@BOTH
def test_the_same_bytes_are_one_object_with_two_intakes(tmp_path: Path, *, is_plain: bool) -> None:
    vault = new_vault(tmp_path, is_plain=is_plain)
    one = put(vault, source_ref="page.html", facts={"url": "https://daily.example/1"})
    two = put(vault, source_ref="copy of page.html")
    assert one == two
    assert len(files(vault)) == 1
    assert [entry.action for entry in vault.custody.entries()] == ["intake", "intake"]
    intakes = list(vault.intakes())
    assert [each.source_ref for each in intakes] == ["page.html", "copy of page.html"]
    assert intakes[0].facts == {"url": "https://daily.example/1"}
    assert {each.n_bytes for each in intakes} == {len(PAGE)}


def test_a_seized_disk_tells_neither_names_nor_digests(tmp_path: Path) -> None:
    vault = new_vault(tmp_path, is_plain=False)
    digest = put(vault, source_ref="interview-with-canary-person.html")
    for canary in (digest, "interview-with-canary", "Qaravel Daily", ACTOR, "a page was saved"):
        assert find_canary(tmp_path, canary) == ()


def test_a_plain_vault_hides_nothing(tmp_path: Path) -> None:
    put(new_vault(tmp_path, is_plain=True))
    assert find_canary(tmp_path, "Qaravel Daily")


@BOTH
def test_an_empty_file_is_an_object(tmp_path: Path, *, is_plain: bool) -> None:
    vault = new_vault(tmp_path, is_plain=is_plain)
    digest = put(vault, b"")
    assert vault.open(digest).read() == b""
    assert vault.n_bytes(digest) == 0


@BOTH
def test_a_large_stream_takes_little_memory(tmp_path: Path, *, is_plain: bool) -> None:
    class Zeros(io.RawIOBase):
        n_left = 14 * 1024**2

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            n_given = min(len(buffer), self.n_left)
            buffer[:n_given] = bytes(n_given)
            self.n_left -= n_given
            return n_given

    vault = new_vault(tmp_path, is_plain=is_plain)
    put(vault, b"imports are made before memory is measured")
    tracemalloc.start()
    try:
        digest = vault.put(io.BufferedReader(Zeros()), reason="large", actor=ACTOR)
        with vault.open(digest) as stream:
            while stream.read(1 << 20):
                pass
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 10 * 1024**2


@BOTH
def test_any_flipped_bit_is_found(tmp_path: Path, *, is_plain: bool) -> None:
    vault = new_vault(tmp_path, is_plain=is_plain)
    digest = put(vault, PAGE[:300])
    (path,) = files(vault)
    whole = path.read_bytes()

    @given(bit=st.integers(0, len(whole) * 8 - 1))
    @settings(max_examples=60)
    def check(bit: int) -> None:
        raw = bytearray(whole)
        raw[bit // 8] ^= 1 << bit % 8
        path.write_bytes(raw)
        check_damaged(vault, digest)

    check()


def check_damaged(vault: Vault, digest: Digest) -> None:
    with pytest.raises(ObjectDamagedError):
        vault.open(digest).read()
    with pytest.raises(ObjectDamagedError):
        vault.check(digest)
    with pytest.raises(ObjectDamagedError):
        vault.open(digest, is_checked_first=True)


@BOTH
def test_missing_swapped_cut_and_extra_files(tmp_path: Path, *, is_plain: bool) -> None:
    vault = new_vault(tmp_path, is_plain=is_plain)
    one, two = put(vault, PAGE), put(vault, PAGE * 2)
    path_one, path_two = (vault._shelf.path(digest) for digest in (one, two))
    raw_one, raw_two = path_one.read_bytes(), path_two.read_bytes()
    path_one.write_bytes(raw_two)
    with pytest.raises(ObjectDamagedError):
        vault.check(one)
    path_one.write_bytes(raw_one[:-1])
    with pytest.raises(ObjectDamagedError):
        vault.check(one)
    path_one.unlink()
    with pytest.raises(ObjectNotFoundError):
        vault.open(one)
    assert not vault.contains(one)
    extra = vault.folder / "objects" / "ab" / "not-an-object"
    extra.parent.mkdir(exist_ok=True)
    extra.write_bytes(b"planted")
    found = {path: digest for digest, path in vault.files()}
    assert found == {path_two: two, extra: None}
    misplaced = vault.folder / "objects" / "ab" / ("c" * 62)
    misplaced.write_bytes(raw_two)
    if not is_plain:
        assert {path: digest for digest, path in vault.files()}[misplaced] is None


@BOTH
def test_damaged_bytes_are_replaced_when_given_again(tmp_path: Path, *, is_plain: bool) -> None:
    vault = new_vault(tmp_path, is_plain=is_plain)
    digest = put(vault)
    (path,) = files(vault)
    path.write_bytes(b"rubbish")
    assert put(vault) == digest
    assert vault.open(digest).read() == PAGE
    entries = list(vault.custody.entries())
    assert [entry.action for entry in entries] == ["intake", "intake", "repair"]
    assert "damaged" in entries[-1].reason


def test_a_crash_while_replacing_damaged_bytes_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = new_vault(tmp_path, is_plain=True)
    digest = put(vault)
    (path,) = files(vault)
    path.write_bytes(b"rubbish")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Shelf, "place", killed)
        with pytest.raises(KeyboardInterrupt):
            put(vault)
    path.unlink()
    again = Vault(vault.folder, vault.keyring)
    assert again.open(digest).read() == PAGE  # where the crash kept it
    again.recover(ACTOR)
    assert again.open(digest).read() == PAGE


@BOTH
def test_an_erased_object_leaves_only_its_custody(tmp_path: Path, *, is_plain: bool) -> None:
    vault = new_vault(tmp_path, is_plain=is_plain)
    digest = put(vault)
    vault.erase(digest, reason="consent was withdrawn", actor=ACTOR)
    assert not vault.contains(digest)
    assert vault.digests() == ()
    assert files(vault) == []
    assert [entry.action for entry in vault.custody.entries()] == ["intake", "erase"]
    with pytest.raises(ObjectNotFoundError):
        vault.erase(digest, reason="again", actor=ACTOR)
    assert put(vault) == digest
    assert vault.open(digest).read() == PAGE


@BOTH
def test_more_than_the_cap_stores_nothing(tmp_path: Path, *, is_plain: bool) -> None:
    vault = Vault(tmp_path / "vault", new_keyring(tmp_path, is_plain=is_plain), max_object_bytes=9)
    put(vault, b"123456789")
    with pytest.raises(ObjectTooLargeError, match=r"page\.html has more than 9 bytes"):
        put(vault, b"1234567890", source_ref="page.html")
    assert vault.digests() == (digest_bytes(b"123456789"),)
    assert list((vault.folder / "incoming").iterdir()) == []


def test_a_name_as_actor_stores_nothing(tmp_path: Path) -> None:
    vault = new_vault(tmp_path, is_plain=True)
    with pytest.raises(InvalidValueError):
        vault.put(io.BytesIO(PAGE), reason="x", actor="Leyla")
    assert not vault.folder.exists()


def test_the_streams_own_trouble_passes_through(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(errno.ENOSPC, "the telephone was unplugged")

    vault = new_vault(tmp_path, is_plain=True)
    with pytest.raises(OSError, match="unplugged"):
        vault.put(Broken(), reason="x", actor=ACTOR)
    assert list((vault.folder / "incoming").iterdir()) == []
    assert list(vault.custody.entries()) == []


def went_through(vault: Vault, data: bytes) -> bool:
    try:
        put(vault, data)
    except DiskFullError:
        return False
    return True


STEPS = ["open_new", "open_append", "write_all", "flush", "move", "flush_folder", "make_folder"]


@BOTH
@pytest.mark.parametrize("step", STEPS)
def test_a_full_disk_at_any_step_stores_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, *, is_plain: bool
) -> None:
    """Fail the first, second, … call of each step until the whole put goes through."""
    vault = new_vault(tmp_path, is_plain=is_plain)
    old = put(vault, b"old")
    for n_good in range(20):
        data = b"%d" % n_good * 5000
        with monkeypatch.context() as patched:
            left = [n_good]
            real = getattr(durable, step)

            def limited(*args: Any, left: list[int] = left, real: Any = real) -> Any:
                left[0] -= 1
                if left[0] < 0:
                    if step == "write_all":
                        real(args[0], args[1][: len(args[1]) // 2])
                    raise OSError(errno.ENOSPC, "no space")
                return real(*args)

            patched.setattr(durable, step, limited)
            is_through = went_through(vault, data)
        if is_through:
            break
        again = Vault(vault.folder, unlock_keyring(tmp_path / "keyring.json", PASSPHRASE))
        for each in (vault, again):
            each.recover(ACTOR)
            assert list((vault.folder / "incoming").iterdir()) == []
            # An error may come after the line was written: then the object is there. Never half.
            is_entered = digest_bytes(data) in {entry.object for entry in each.custody.entries()}
            assert each.contains(digest_bytes(data)) is is_entered
            assert each.open(old).read() == b"old"
            assert each.custody.verify().is_whole
    else:
        pytest.fail("no put went through")
    assert vault.open(digest_bytes(data)).read() == data


def test_a_read_only_vault_is_told_and_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = put(new_vault(tmp_path, is_plain=True))
    vault = Vault(tmp_path / "vault", unlock_keyring(tmp_path / "keyring.json"))

    def refuse(*_args: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    for step in ("open_new", "open_append", "move", "make_folder"):
        monkeypatch.setattr(durable, step, refuse)
    with pytest.raises(ReadOnlyError, match="may not be written"):
        put(vault, b"new")
    assert vault.open(digest).read() == PAGE


def test_a_broken_log_takes_nothing_in(tmp_path: Path) -> None:
    vault = new_vault(tmp_path, is_plain=True)
    put(vault)
    raw = bytearray(vault.custody.path.read_bytes())
    raw[10] ^= 1
    vault.custody.path.write_bytes(raw)
    again = Vault(vault.folder, unlock_keyring(tmp_path / "keyring.json"))
    with pytest.raises(CustodyBrokenError):
        put(again, b"new")
    assert vault.digests() == (digest_bytes(PAGE),)
    assert vault.custody.path.read_bytes() == raw


def test_a_cut_log_line_is_entered_as_such(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(new_vault(tmp_path, is_plain=True))
    vault = Vault(tmp_path / "vault", unlock_keyring(tmp_path / "keyring.json"))
    with vault.custody.path.open("ab") as file:
        file.write(b'{"torn":')
    recovery = vault.recover(ACTOR)
    assert recovery.is_needed
    assert recovery.n_cut_bytes == 8
    last = list(vault.custody.entries())[-1]
    assert (last.action, last.object) == ("repair", "")
    assert "8 bytes" in last.reason
    assert "vault.recovered" in caplog.messages


def test_threads_take_turns(tmp_path: Path) -> None:
    vault = new_vault(tmp_path, is_plain=True)
    threads = [
        threading.Thread(target=lambda n=n: [put(vault, b"%d-%d" % (n, i)) for i in range(5)])
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(vault.digests()) == 20
    assert vault.custody.verify().head.length == 20


def test_logs_hold_no_content_and_no_names(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    vault = new_vault(tmp_path, is_plain=True)
    digest = put(vault, source_ref="canary-file.html")
    vault.open(digest).read()
    shown = "".join(str(vars(record)) for record in caplog.records)
    assert "vault.put" in shown
    for secret in ("canary-file", digest, ACTOR, "a page was saved"):
        assert secret not in shown


def test_an_interrupt_after_the_entry_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = new_vault(tmp_path, is_plain=True)
    record = vault.custody.record

    def interrupted(*acts: CustodyAct) -> list[CustodyEntry]:
        record(*acts)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(vault.custody, "record", interrupted)
        with pytest.raises(KeyboardInterrupt):
            put(vault)
    digest = digest_bytes(PAGE)
    assert vault.open(digest).read() == PAGE  # a reader finds it where it waits
    put(vault, b"another page")  # the next change puts it in its place
    assert vault.digests() == tuple(sorted([digest, digest_bytes(b"another page")]))


def test_a_file_that_vanishes_before_it_is_opened(tmp_path: Path) -> None:
    vault = new_vault(tmp_path, is_plain=True)
    with pytest.raises(ObjectNotFoundError):
        vault._shelf.reader(tmp_path / "gone", digest_bytes(PAGE))
