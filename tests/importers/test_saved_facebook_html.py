"""A Facebook page saved from a browser, desktop and plain mobile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.post_files import read_posts, recognised
from undersight.errors import DamagedFileError
from undersight.importers.saved_facebook_html import SavedFacebookHtml
from undersight.model.corpus_rows import ColumnChoice

POST = "https://www.facebook.com/sarnakdaily/posts/777"
LINK = "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fx%3Ffbclid%3Dq&amp;h=1"


def comment(name: str, handle: str, text: str, age: str, query: str) -> str:
    return (
        f'<div role="article" aria-label="Comment by {name} {age}"><div class="x1 x2">'
        f'<a href="https://www.facebook.com/{handle}?{query}"><span dir="auto">{name}</span></a>'
        f'<div><span dir="auto" lang="en"><div dir="auto">{text}</div></span></div>'
        f'<a href="{POST}?{query}">{age}</a><div role="button"><span dir="auto">Like</span></div>'
        "</div></div>"
    )


DESKTOP = (
    f'<!DOCTYPE html><html id="facebook"><head><link rel="canonical" href="{POST}"></head><body>'
    '<div role="article"><h2><a href="https://www.facebook.com/sarnakdaily">Sarnak Daily</a></h2>'
    f'<a href="{POST}">2d</a><div dir="auto">Breaking <a href="{LINK}">news</a></div>'
    + comment("Ravin Oltar", "ravin.oltar", "Shame<br>on them", "3 h", "comment_id=11")
    + comment("Mirel Dast", "mirel", "Yes", "1 h", "comment_id=11&amp;reply_comment_id=12")
    + comment("Belik", "profile.php?id=99", "No", "5 m", "comment_id=13").replace("99?", "99&amp;")
    + '<div role="button">View 2 replies</div></div></body></html>'
)
MOBILE = (
    '<html><head><link rel="canonical" href="https://www.facebook.com/sarnakdaily/photos/a.1/888/">'
    '</head><body><div><div><a href="https://mbasic.facebook.com/sarnakdaily?x=1"><strong>Sarnak '
    "Daily</strong></a><br><div>Watu wangu</div></div><div><abbr>Dec 24, 2030</abbr></div></div>"
    '<div><div id="474136117"><div><h3><a href="https://mbasic.facebook.com/ravin?rc=p">Ravin</a>'
    "</h3><div>Thank you</div><div><abbr>Dec 26, 2030</abbr></div></div></div>"
    '<div id="474136118"><div><h3><a href="/profile.php?id=55&amp;rc=p">Mirel</a></h3>'
    "<div>No</div><div><abbr>Dec 27, 2030</abbr></div></div></div></div></body></html>"
)


def test_desktop_posts_comments_and_replies() -> None:
    assert recognised(DESKTOP, "x.html") == "saved-facebook-html"
    found = read_posts(SavedFacebookHtml, DESKTOP, ColumnChoice(seen_us=10**15 + 1))
    post, one, reply, two = found.posts
    assert (post.kind, post.native_id, post.text) == ("post", "777", "Breaking news")
    assert [share.value for share in post.shares] == ["https://example.org/x"]
    assert (one.kind, one.native_id, one.text) == ("comment", "11", "Shame\non them")
    assert (one.parent_native_id, one.root_native_id) == ("777", "777")
    assert (reply.kind, reply.native_id, reply.parent_native_id) == ("reply", "12", "11")
    assert [p.author and p.author.native_id for p in found.posts] == [
        "@sarnakdaily",
        "@ravin.oltar",
        "@mirel",
        "99",
    ]
    assert two.published is not None
    assert two.published.resolution_us == 60_000_000
    assert one.target is not None
    assert one.target.native_id == "@sarnakdaily"
    assert found.codes == ["other"]


def test_plain_mobile() -> None:
    assert recognised(MOBILE, "x.html") == "saved-facebook-html"
    found = read_posts(SavedFacebookHtml, MOBILE)
    post, one, two = found.posts
    assert (post.kind, post.native_id, post.text) == ("post", "888", "Watu wangu")
    assert (one.native_id, one.text, one.root_native_id) == ("474136117", "Thank you", "888")
    assert two.author is not None
    assert two.author.native_id == "55"
    assert one.published is not None
    assert one.published.resolution_us == 86_400_000_000


def test_locators_lead_to_the_element() -> None:
    from lxml import html

    root = html.document_fromstring(DESKTOP)
    for post in read_posts(SavedFacebookHtml, DESKTOP).posts:
        (element,) = root.xpath(post.locator)
        assert post.text.split()[0] in "".join(element.itertext())


@pytest.mark.parametrize("raw", ["", "plain", "<html id='facebook'><body>Log in</body></html>"])
def test_a_page_without_posts_is_one_error(raw: str) -> None:
    with pytest.raises(DamagedFileError):
        read_posts(SavedFacebookHtml, raw)


def test_other_pages_are_left_alone() -> None:
    page = "<!doctype html><html><a href='https://www.facebook.com/x'>f</a><p>text</p></html>"
    assert recognised(page, "x.html") == ""


@pytest.mark.real
def test_a_real_mobile_page(shared_data: Path) -> None:
    raw = (shared_data / "export-formats/facebook-html/j-sonko.html").read_bytes()
    assert recognised(raw, "j-sonko.html") == "saved-facebook-html"
    found = read_posts(SavedFacebookHtml, raw)
    assert [post.kind for post in found.posts] == ["post"] + ["comment"] * 10
    assert all(post.text and post.author and post.published for post in found.posts)
