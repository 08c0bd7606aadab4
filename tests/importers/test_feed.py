"""Feeds: entries in order, what is damaged said, nothing fetched."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importers.files import importer_of, read
from undersight.errors import DamagedFileError
from undersight.importers.feed import Feed
from undersight.model.intake import Article, Issue

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Log</title><language>ru-RU</language>
<item><title>Блогера задержали</title><link>https://hour.example/1</link>
<pubDate>Sun, 04 May 2031 09:00:00 +0000</pubDate>
<description>&lt;p&gt;В Везрине.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</description></item>
<item><title></title></item>
<item><title>Second</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Log</title>
<entry><title type="html">A &amp;amp; B</title><updated>2031-05-04T09:00:00Z</updated>
<content type="html">&lt;p&gt;Jailed.&lt;/p&gt;</content></entry></feed>"""


def test_an_rss_feed() -> None:
    first, empty, second = read(Feed, RSS.encode())
    assert isinstance(first, Article)
    assert (first.title, first.text, first.lang) == ("Блогера задержали", "В Везрине.", "ru")
    assert first.published is not None
    assert first.published.edtf == "2031-05-04"
    assert isinstance(empty, Issue)
    assert empty.locator == "entry 2"
    assert isinstance(second, Article)
    assert importer_of(RSS.encode(), "log.xml") == "feed"


def test_an_atom_feed() -> None:
    (entry,) = read(Feed, ATOM.encode())
    assert isinstance(entry, Article)
    assert (entry.title, entry.text) == ("A & B", "Jailed.")


def test_a_feed_cut_short_says_so() -> None:
    found: list[Any] = read(Feed, RSS[: RSS.index("<item><title>Second")].encode())
    assert isinstance(found[0], Article)
    assert isinstance(found[-1], Issue)
    assert "damaged" in found[-1].reason


@pytest.mark.parametrize("raw", [b"<rss", b"<rss><channel>", b"\xff\xfe<rss"])
def test_what_is_no_feed_is_refused(raw: bytes) -> None:
    with pytest.raises(DamagedFileError):
        read(Feed, raw)


def test_entities_are_not_unfolded() -> None:
    bomb = (
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/hosts">]>'
        "<rss version='2.0'><channel><item><title>T</title>"
        "<description>&c;&x;</description></item></channel></rss>"
    )
    try:
        found = read(Feed, bomb.encode())
    except DamagedFileError:
        return
    text = "".join(part.text for part in found if isinstance(part, Article))
    assert "aaaaaaaaaa" not in text
    assert "localhost" not in text


def test_the_day_is_the_one_that_the_feed_writes() -> None:
    rss = RSS.replace("Sun, 04 May 2031 09:00:00 +0000", "Sun, 04 May 2031 01:00:00 +0400")
    atom = ATOM.replace("2031-05-04T09:00:00Z", "2031-05-04T01:00:00+04:00")
    for raw in (rss, atom):
        first = read(Feed, raw.encode())[0]
        assert isinstance(first, Article)
        assert first.published is not None
        assert first.published.edtf == "2031-05-04"


def test_the_full_text_and_a_lead_of_its_own_come_in_and_a_cut_one_once() -> None:
    full = "<p>The court fined <a href='https://a.example/1'>her</a> on 4 May. She appealed.</p>"
    items = "".join(
        f"<item><title>T</title><description>{lead}</description>"
        f"<{tag}><![CDATA[{full}]]></{tag}></item>"
        for lead, tag in (
            ("The court fined her on 4 May [&#8230;]", "content:encoded"),
            ("A fine for a post.", "yandex:full-text"),
        )
    )
    raw = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:yandex="http://news.yandex.ru"><channel>{items}</channel></rss>'
    )
    cut, led = read(Feed, raw.encode())
    assert isinstance(cut, Article)
    assert cut.text == "The court fined her on 4 May. She appealed."
    assert isinstance(led, Article)
    assert led.text == f"A fine for a post.\n\n{cut.text}"
    assert [led.text[link.start : link.end] for link in led.links] == ["her"]
