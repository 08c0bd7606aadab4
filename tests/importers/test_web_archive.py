"""Saved pages become posts and comments that lead back to their record."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archives.built import FIRST, SECOND, Saved, Wacz, warc
from undersight.errors import ArchiveDamagedError, UndersightError
from undersight.importers.web_archive import WebArchive
from undersight.model.corpus_rows import AccountRow, ColumnChoice, PostRow, SamplingNote
from undersight.model.intake import Issue

FEW = settings(max_examples=max(10, settings.default.max_examples // 4))

STATED = {
    "@context": "https://schema.org",
    "@type": "DiscussionForumPosting",
    "headline": "Lanterns",
    "text": "We hang lanterns tonight.",
    "datePublished": "2031-05-04T09:00:00Z",
    "author": {"@type": "Person", "name": "Ilvane Korr", "url": "https://example.qv/korr"},
    "commentCount": 2,
    "comment": [
        {"@type": "Comment", "identifier": "c1", "text": "Shame!", "author": {"name": "Oro Tel"},
         "datePublished": "2031-05-04T09:05:00Z", "upvoteCount": 3,
         "comment": [{"@type": "Comment", "text": "Why?", "author": "Nim Varo"}]},
    ],
}  # fmt: skip
STATED_PAGE = (
    "<!doctype html><html lang=en><head><title>t</title>"
    f"<script type='application/ld+json'>{json.dumps(STATED)}</script>"
    "<meta property='og:image' content='/lantern.jpg'></head><body><p>x</p></body></html>"
).encode()
MARKED_UP = b"""<!doctype html><html><head><title>Salt prices</title></head><body><main>
<p>Salt is dear.</p></main>
<div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Tel Oro</span>
<time itemprop="datePublished" datetime="2031-05-04T10:00:00Z"></time>
<p itemprop="text">Lies<br>all lies</p></div></body></html>"""


def rows(raw: bytes, choice: ColumnChoice | None = None, **options: Any) -> list[Any]:
    return list(WebArchive(**options).parse(io.BytesIO(raw), choice or ColumnChoice()))


def test_stated_posts_comments_and_replies() -> None:
    saved = Saved("https://example.qv/lanterns", body=STATED_PAGE)
    post, comment, reply = rows(Wacz(saved=(FIRST, saved)).raw())[1:]
    offset = len(warc(FIRST))
    assert post.locator == f"archive/data.warc.gz@{offset}"
    assert (post.kind, post.text) == ("post", "Lanterns\n\nWe hang lanterns tonight.")
    assert (post.author.name, post.n_replies, post.lang) == ("Ilvane Korr", 2, "en")
    assert [share.value for share in post.shares] == ["https://example.qv/lantern.jpg"]
    assert (comment.kind, comment.native_id, comment.text) == ("comment", "c1", "Shame!")
    assert (comment.parent_native_id, comment.root_native_id) == (post.native_id, post.native_id)
    assert (comment.published.text, comment.n_likes) == ("2031-05-04T09:05:00Z", 3)
    assert (reply.kind, reply.parent_native_id, reply.author.name) == ("reply", "c1", "Nim Varo")
    assert reply.locator == f"{post.locator}#comment-2"


def test_microdata_comments() -> None:
    post, comment = rows(warc(Saved("https://example.qv/salt", body=MARKED_UP)))
    assert (post.text, post.locator) == ("Salt prices\n\nSalt is dear.", "@0")
    assert (comment.text, comment.author.name) == ("Lies\nall lies", "Tel Oro")


def test_the_place_leads_back_to_the_very_record() -> None:
    raw = warc(FIRST, SECOND)
    second = rows(raw)[1]
    offset = int(second.locator.removeprefix("@"))
    assert SECOND.body in gzip.decompress(raw[offset:])
    plain = warc(FIRST, SECOND, is_packed=False)
    offset = int(rows(plain)[1].locator.removeprefix("@"))
    assert plain[offset:].startswith(b"WARC/1.1")


def test_what_is_no_page_is_counted() -> None:
    picture = Saved("https://example.qv/a.jpg", body=b"\xff\xd8", mime="image/jpeg")
    *_, note = rows(warc(FIRST, picture))
    assert isinstance(note, SamplingNote)
    assert "1 image" in note.sentence


@pytest.mark.parametrize("encoding", ["gzip", "br", "chunked"])
def test_pages_in_packed_form(encoding: str) -> None:
    packed = {
        "gzip": gzip.compress(FIRST.body),
        "br": b"\x0b\x02\x80\x03",
        "chunked": b"%x\r\n" % len(FIRST.body) + FIRST.body + b"\r\n0\r\n\r\n",
    }[encoding]
    name = "Transfer-Encoding" if encoding == "chunked" else "Content-Encoding"
    (found,) = rows(warc(Saved(FIRST.url, body=packed, http=((name, encoding),))))
    if encoding == "br":
        assert isinstance(found, Issue)
        assert "br" in found.reason
    else:
        assert found.text == "Salt\n\nSalt news."


def test_an_archive_cut_in_the_middle_gives_what_can_be_read_and_says_where() -> None:
    raw = warc(FIRST, SECOND)[:-20]
    note, post, issue = rows(raw)
    assert (post.url, "record-damaged" in note.sentence) == (FIRST.url, True)
    assert (issue.locator, "cut" in issue.reason) == (f"@{len(warc(FIRST))}", True)


class Known:
    """An importer that knows one kind of page."""

    importer_id = "known"
    about = "A page."
    suffixes = (".html",)
    version = 1
    reason = "it says so"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:  # noqa: ARG003 - the protocol
        return b"Lantern" in head

    def parse(
        self,
        stream: BinaryIO,  # noqa: ARG002 - the protocol
        choice: ColumnChoice,
    ) -> Iterator[PostRow]:
        author = AccountRow(locator="1", platform="facebook", name="a")
        assert (choice.target, choice.seen_us) == (SECOND.url, 1935656100000000)
        yield PostRow(locator="1", platform="facebook", kind="comment", author=author)


def test_pages_that_another_importer_knows_are_left_to_it() -> None:
    salt, lantern = rows(warc(FIRST, SECOND), page_readers=(Known,))
    where = f"@{len(warc(FIRST))}#1"
    assert salt.platform == "example.qv"
    assert (lantern.platform, lantern.locator, lantern.author.locator) == (
        "facebook", where, where)  # fmt: skip


def test_a_person_can_say_which_platform() -> None:
    (post,) = rows(warc(FIRST), ColumnChoice(platform="vk"))
    assert post.platform == "vk"


def test_it_is_recognised_by_what_is_in_it() -> None:
    assert WebArchive.recognises(warc(FIRST)[:65536], "x")
    assert WebArchive.recognises(Wacz().raw()[:65536], "x")
    assert not WebArchive.recognises(b"PK\x03\x04" + bytes(26) + b"xl/workbook.xml", "x.xlsx")
    assert not WebArchive.recognises(gzip.compress(b"a,b"), "x.csv.gz")
    with pytest.raises(ArchiveDamagedError):
        rows(b"nothing")


@FEW
@given(body=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_a_page_holds_every_record_gives_a_row_or_an_issue(body: bytes) -> None:
    found = rows(warc(Saved(FIRST.url, body=body)))
    assert found
    assert all(one.locator.startswith("@0") for one in found)


@FEW
@given(data=st.data())
def test_whatever_the_bytes_only_our_errors_escape(data: st.DataObject) -> None:
    raw = bytearray(warc(FIRST, SECOND, is_packed=data.draw(st.booleans())))
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        rows(bytes(raw))
    except UndersightError:
        return
