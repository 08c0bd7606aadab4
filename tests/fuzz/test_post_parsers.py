"""Whatever the bytes: a post importer yields rows, issues and notes, or one of our errors."""

from __future__ import annotations

import contextlib
import gzip
import io
import itertools
import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers import (
    test_accounts_table,
    test_crowdtangle_csv,
    test_export_comments,
    test_json_shapes,
    test_pasted_comments,
    test_posts_table,
    test_saved_facebook_html,
    test_telegram_html,
    test_whatsapp_chat,
    test_x_api_v2,
    test_youtube_data_tools_comments,
)
from tests.importers.workbooks import old_workbook
from undersight.errors import InputError
from undersight.importers import POST_IMPORTERS
from undersight.model.corpus_rows import (
    AccountRow,
    ColumnChoice,
    NoticeRow,
    PostRow,
    SamplingNote,
)
from undersight.model.intake import Issue, PostImporter

PARTS = (AccountRow, NoticeRow, PostRow, SamplingNote, Issue)
SEEDS: tuple[bytes, ...] = (
    b"object_id,account_id,content_id,timestamp_share\no1,A,c1,1710252300\no1,B,c2,5\n",
    b"message_id,user_id,username,repost_id,reply_id,message,timestamp,urls\n1,2,u,,,hi,5,\n",
    test_youtube_data_tools_comments.V1.encode(),
    test_youtube_data_tools_comments.V2.encode(),
    test_crowdtangle_csv.PAGE.encode(),
    test_export_comments.CSV.encode(),
    test_export_comments.workbook_of(test_export_comments.ROWS),
    json.dumps(test_x_api_v2.PAGE).encode(),
    json.dumps([test_x_api_v2.PAGE], indent=1).encode(),
    test_saved_facebook_html.DESKTOP.encode(),
    test_saved_facebook_html.MOBILE.encode(),
    test_pasted_comments.ENGLISH.encode(),
    test_pasted_comments.YOUTUBE.encode(),
    *test_posts_table.CONTAINERS.values(),
    test_accounts_table.PAGES.encode(),
    test_telegram_html.GROUP.encode(),
    old_workbook(test_export_comments.ROWS),
    test_whatsapp_chat.ANDROID.encode(),
    json.dumps({"chats": {"list": [test_json_shapes.CHANNEL, test_json_shapes.GROUP]}}).encode(),
    gzip.compress(test_posts_table.CONTAINERS["comma"]),
)
SPLICES = st.binary(max_size=6) | st.sampled_from(
    [b'"', b"\0", b"\n", b",", b"\xff", b"[[", b"{", b"<div>", b"1e999", b"\\ud800", b"9" * 30]
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file with a few bytes changed, cut off, repeated or put in."""
    raw = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 5))):
        place = draw(st.integers(0, len(raw)))
        kind = draw(st.sampled_from(["cut", "put", "change", "repeat", "drop"]))
        if kind == "cut":
            del raw[place:]
        elif kind == "put":
            raw[place:place] = draw(SPLICES)
        elif kind == "repeat":
            raw[place:place] = raw[place : place + draw(st.integers(1, 80))]
        elif kind == "drop":
            del raw[place : place + draw(st.integers(1, 30))]
        elif place < len(raw):
            raw[place] ^= draw(st.integers(1, 255))
    return bytes(raw)


CHOICES = st.sampled_from(
    [
        ColumnChoice(),
        ColumnChoice(platform="x", zone="Asia/Baku", is_day_first=True),
        ColumnChoice(target="https://www.facebook.com/x/posts/1", seen_us=10**15),
        ColumnChoice(target="[::1", seen_us=0),
    ]
)


def survives(importer: type[PostImporter], raw: bytes, choice: ColumnChoice) -> None:
    with contextlib.suppress(InputError):
        for part in importer().parse(io.BytesIO(raw), choice):
            assert isinstance(part, PARTS)
            assert isinstance(part, SamplingNote) or part.locator
            if isinstance(part, PostRow):
                part.text.encode()
                part.native_id.encode()
    assert importer.recognises(raw[:65536], "x.csv") in (True, False)


def fuzzed(n_examples: int) -> Callable[[type[PostImporter]], None]:
    @settings(max_examples=n_examples, deadline=None)
    @given(raw=st.binary(max_size=200) | damaged(), choice=CHOICES)
    def run(importer: type[PostImporter], raw: bytes, choice: ColumnChoice) -> None:
        survives(importer, raw, choice)

    return run


each_importer = pytest.mark.parametrize(
    "importer", POST_IMPORTERS, ids=lambda importer: importer.importer_id
)


@each_importer
def test_only_our_errors_escape(importer: type[PostImporter]) -> None:
    fuzzed(25)(importer=importer)


@pytest.mark.long
@each_importer
def test_only_our_errors_escape_for_long(importer: type[PostImporter]) -> None:
    fuzzed(1_500)(importer=importer)


@each_importer
def test_reading_twice_gives_the_same(importer: type[PostImporter]) -> None:
    def outcome(raw: bytes) -> object:
        try:
            return list(itertools.islice(importer().parse(io.BytesIO(raw), ColumnChoice()), 100))
        except InputError as error:
            return error.sentence

    for raw in SEEDS:
        assert outcome(raw) == outcome(raw)
