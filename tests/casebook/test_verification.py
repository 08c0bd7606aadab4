from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.casebook.conftest import Desk
from tests.casebook.entries import make_entry
from undersight.integrity.chain import ChainHead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from undersight.casebook import Casebook
    from undersight.casebook.verification import HistoryReport

RESEQ = (
    "UPDATE change_log SET seq = 100 WHERE seq = 3",
    "UPDATE change_log SET seq = 3 WHERE seq = 4",
    "UPDATE change_log SET seq = 4 WHERE seq = 100",
)


def at(seq: int) -> str:
    return f"(SELECT change_id FROM change_log WHERE seq = {seq})"


LONGER = f"UPDATE change_body SET sealed = sealed || x'00' WHERE change_id = {at(0)}"
SWAPPED = (
    f"UPDATE change_body SET sealed = (SELECT sealed FROM change_body WHERE change_id = {at(1)}) "
    f"WHERE change_id = {at(2)}"
)
GONE = f"DELETE FROM change_body WHERE change_id = {at(0)}"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook with ten changes, closed."""
    place = tmp_path_factory.mktemp("written") / "casebook.db"
    desk = Desk(place.parent, str(place), None)
    casebook = desk.open()
    entry = make_entry(casebook)
    casebook.update(entry.incident, {"lang": "az"}, why="x")
    desk.close()
    return place


@pytest.fixture
def edited(written: Path, tmp_path: Path) -> Iterator[Callable[..., HistoryReport]]:
    """Edits a copy of the file behind the program's back, and has it checked."""
    desk = Desk(tmp_path, str(tmp_path / "casebook.db"), None)

    def edit(*statements: str, anchors: tuple[ChainHead, ...] = ()) -> HistoryReport:
        desk.close()
        shutil.copyfile(written, desk.place)
        with sqlite3.connect(desk.place) as db:
            db.execute("PRAGMA foreign_keys = OFF")
            for statement in statements:
                assert db.execute(statement).rowcount > 0
        return desk.open().verify_history(anchors)

    yield edit
    desk.close()


def test_an_untouched_history_is_whole(edited: Callable[..., HistoryReport]) -> None:
    report = edited()
    assert report.is_whole
    assert (report.n_changes, report.head.length) == (10, 10)


@pytest.mark.parametrize(
    ("kind", "seq", "statements"),
    [
        ("edited-header", 3, ("UPDATE change_log SET author = 's-eve' WHERE seq = 3",)),
        ("edited-header", 3, ("UPDATE change_log SET at_us = at_us - 1 WHERE seq = 3",)),
        ("edited-header", 3, ("UPDATE change_log SET op = 'retract' WHERE seq = 3",)),
        ("edited-header", 9, ("UPDATE change_parent SET parent_id = 'x'",)),
        ("edited-header", 9, ("DELETE FROM change_parent",)),
        ("edited-body", 0, (LONGER,)),
        ("edited-body", 2, (SWAPPED,)),
        ("dropped-body", 0, (GONE,)),
        ("dropped", 4, ("DELETE FROM change_log WHERE seq = 3",)),
        ("reordered", 3, RESEQ),
        ("truncated", 9, ("DELETE FROM change_log WHERE seq = 9",)),
        ("truncated", 10, ("DELETE FROM meta WHERE name = 'chain_head'",)),
        ("edited-record", None, ("UPDATE incident SET lang = 'ru'",)),
        ("edited-record", None, ("DELETE FROM claim",)),
        ("edited-record", None, ("UPDATE record SET is_retracted = 1 WHERE kind = 'act'",)),
        ("edited-record", None, ("UPDATE record SET incident_id = '' WHERE kind = 'act'",)),
        ("edited-record", None, ("DELETE FROM record WHERE kind = 'claim'",)),
        ("edited-record", None, ("DELETE FROM record_link",)),
        ("edited-record", None, ("DELETE FROM mention_key",)),
        ("edited-record", None, ("UPDATE mention_key SET word = word + 1",)),
        ("edited-record", None, ("INSERT INTO mention_key VALUES ('a', 'nobody', 1)",)),
        ("edited-record", None, ("DELETE FROM party_name",)),
        ("edited-record", None, ("UPDATE party_name SET folded = folded || 'x'",)),
        ("edited-record", None, ("DELETE FROM name_block",)),
        ("edited-record", None, ("UPDATE name_block_size SET n_parties = 3",)),
        ("edited-record", None, ("DELETE FROM search_document",)),
        ("edited-record", None, ("UPDATE search_document SET kind = 'x'",)),
        ("edited-record", None, ("UPDATE record_link SET from_kind = 'x'",)),
        ("edited-record", None, ("INSERT INTO conflict VALUES ('nobody', 'x', 'y', 'z')",)),
        ("truncated", 10, ("UPDATE meta SET value = 'x' WHERE name = 'chain_head'",)),
    ],
)
def test_every_edit_is_named(
    edited: Callable[..., HistoryReport], kind: str, seq: int | None, statements: tuple[str, ...]
) -> None:
    report = edited(*statements)
    assert not report.is_whole
    assert (report.breaks[0].kind, report.breaks[0].seq) == (kind, seq)


def test_what_a_casebook_holds_verifies_on_every_database(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    casebook.retract(entry.claim, why="x")
    assert casebook.verify_history().is_whole


def test_a_head_noted_elsewhere_shows_a_history_made_anew(
    edited: Callable[..., HistoryReport],
) -> None:
    noted = ChainHead(length=5, head="0" * 64)  # type: ignore[arg-type]
    report = edited(anchors=(noted,))
    assert [(b.kind, b.seq) for b in report.breaks] == [("rewritten", 4)]
    longer = ChainHead(length=50, head="0" * 64)  # type: ignore[arg-type]
    assert [b.kind for b in edited(anchors=(longer,)).breaks] == ["truncated"]
