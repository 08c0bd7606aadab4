"""Saved pages: the main part, what the head says, no script, no guess of a date."""

from __future__ import annotations

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


@pytest.mark.parametrize("raw", [b"", b"   ", b"<html><meta charset='no-such'>\xff</html>"])
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
