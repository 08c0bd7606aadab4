"""Saved pages: the main part, what the head says, no script, no guess of a date."""

from __future__ import annotations

import quopri
from io import BytesIO
from typing import Any

import pytest

from tests.importers.files import importer_of, read
from undersight.errors import InputError
from undersight.importers.html_page import HtmlPage
from undersight.model.intake import Article

PAGE = """<!DOCTYPE html><html lang="az-AZ"><head><meta charset="utf-8"><title>Site: x</title>
<meta property="og:title" content="Bloger saxlanılıb">
<meta property="article:published_time" content="2031-05-04T09:00:00+04:00">
<link rel="canonical" href="https://hour.example/1"><script>var secret = 1</script></head>
<body><nav>Home</nav><article><p>Bloger Vezrində saxlanılıb.</p><p>Sonra buraxılıb.</p></article>
</body></html>"""


def page(raw: bytes) -> Any:
    (article,) = read(HtmlPage, raw)
    return article


def test_a_page_is_one_article() -> None:
    found = page(PAGE.encode())
    assert found.title == "Bloger saxlanılıb"
    assert found.published.edtf == "2031-05-04"
    assert found.url == "https://hour.example/1"
    assert found.lang == "az"
    assert "Bloger Vezrində saxlanılıb." in found.text
    assert "secret" not in found.text
    assert importer_of(PAGE.encode(), "saved") == "html-page"


@pytest.mark.parametrize("encoding", ["windows-1251", "windows-1254"])
def test_a_stated_encoding_is_believed(encoding: str) -> None:
    words = "Задержан в Везрине" if encoding.endswith("51") else "Gözaltına alındı, İstinaf"
    source = f"<html><head><meta charset='{encoding}'></head><body><p>{words}</p></body></html>"
    assert words in page(source.encode(encoding)).text


def test_a_date_that_is_none_is_no_date() -> None:
    wrong = PAGE.replace("2031-05-04T", "2031-02-31T")
    assert page(wrong.encode()).published is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   ",
        b"<html><meta charset='no-such'>\xff</html>",
        b"<html><meta charset='undefined'>\xff</html>",
    ],
)
def test_what_holds_no_page_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError):
        read(HtmlPage, raw)


def test_deep_nesting_and_half_a_page_are_read() -> None:
    assert "end" in page(("<html><body>" + "<div>" * 200 + "end").encode()).text
    assert "Bloger" in page(PAGE[: PAGE.index("Sonra")].encode()).text


def test_titles_of_articles_and_items_of_lists_keep_their_marks() -> None:
    page = (
        "<html><body><header><h1>Watch</h1></header><main>"
        "<article><header><h2><a href='/1'>One held</a></h2></header><p>Zaur.</p></article>"
        "<article><h2>One fined</h2><ul><li>Nora.</li><li><b>Rena</b> too.</li></ul></article>"
        "</main></body></html>"
    )
    (article,) = HtmlPage().parse(BytesIO(page.encode()))
    assert article.text == "## One held\n\nZaur.\n\n## One fined\n\n- Nora.\n\n- Rena too."


def test_a_page_tells_its_day_in_linked_data_unless_it_tells_several() -> None:
    data = '<script type="application/ld+json">{{"datePublished":"{}T10:00:00+04:00"}}</script>'
    page = "<!doctype html><html><head>{}</head><body><p>A blogger was jailed.</p></body></html>"
    one, two = data.format("2031-05-04"), data.format("2031-05-05")
    (first,) = read(HtmlPage, page.format(one).encode())
    (second,) = read(HtmlPage, page.format(one + two).encode())
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.published is not None
    assert (first.published.edtf, second.published) == ("2031-05-04", None)


def test_a_saved_page_tells_where_it_is_from_and_keeps_boxes_of_the_article() -> None:
    page = (
        "<!DOCTYPE html>\n<!-- saved from url=(0024)https://a.example/news/5 -->\n<html><body>"
        "<article><p>Fined.</p><aside>“I appeal”</aside>"
        '<aside><a href="/x">More</a></aside></article></body></html>'
    )
    (article,) = read(HtmlPage, page.encode())
    assert isinstance(article, Article)
    assert (article.url, article.text) == ("https://a.example/news/5", "Fined.\n\n“I appeal”")


def test_what_readers_wrote_below_an_article_is_no_part_of_it() -> None:
    source = """<html><body><main><article><header><h1>Blogger held</h1>
    <div class="entry-meta x"><time datetime="2031-05-04">4 May</time> by the editor</div></header>
    <p>Police held Ravin Dargaly.</p><div class="sharedaddy sd">Share this</div></article>
    <div id="comments"><article class="comment-body"><p>Elvan Dost: me too!</p></article></div>
    </main></body></html>"""
    found = page(source.encode())
    assert found.text == "Blogger held\n\nPolice held Ravin Dargaly."
    assert found.published.edtf == "2031-05-04"


def test_comments_and_buttons_of_a_saved_post_are_left_out() -> None:
    source = """<html><body><div role="main"><div role="article"><p>Police held Ravin Dargaly.</p>
    <div role="button">Like</div><div role="article"><p>Elvan Dost: me too!</p></div></div></div>
    </body></html>"""
    assert page(source.encode()).text == "Police held Ravin Dargaly."


def test_messages_of_an_exported_chat_stand_each_under_its_day() -> None:
    message = """<div class="message default"><div class="body"><div class="date details"
    title="0{0}.05.2031 10:00:00 UTC+04:00">10:00</div><div class="from_name">Log</div>
    <div class="text">Ravin Dargaly <a href="https://hour.example/{0}">{1}</a>.</div></div></div>"""
    source = (
        f"<html><body><div class='history'>{message.format(4, 'was held')}"
        f"{message.format(5, 'is free')}</div></body></html>"
    )
    found = page(source.encode())
    assert found.text == (
        "04.05.2031\n\nRavin Dargaly was held.\n\n05.05.2031\n\nRavin Dargaly is free."
    )
    assert [found.text[x.start : x.end] for x in found.links] == ["was held", "is free"]


def test_a_page_saved_as_one_file_by_a_browser_is_unwrapped() -> None:
    body = "<!DOCTYPE html><html><body><p>Задержан блогер.</p></body></html>".encode()
    quoted = quopri.encodestring(body).decode("ascii")
    raw = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://hour.example/1\r\n"
        "Subject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        f"{quoted}\r\n--b--\r\n"
    ).encode()
    assert importer_of(raw, "page.mhtml") == "html-page"
    found = page(raw)
    assert (found.text, found.url) == ("Задержан блогер.", "https://hour.example/1")
    with pytest.raises(InputError):
        read(HtmlPage, raw.replace(b"Content-Type: text/html", b"Content-Type: image/png"))
