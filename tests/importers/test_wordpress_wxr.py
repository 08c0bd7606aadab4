"""WordPress exports: published posts as articles, the rest listed, entities refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importers.files import importer_of, read
from undersight.errors import DamagedFileError
from undersight.importers.wordpress_wxr import WordpressWxr
from undersight.model.intake import Article, Issue

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
)


def item(body: str, *, status: str = "publish", kind: str = "post",
         day: str = "2031-05-04 10:00:00") -> str:  # fmt: skip
    return (
        f"<item><title>Blogger jailed</title><link>https://log.example/1</link>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        f"<wp:post_date>{day}</wp:post_date><wp:post_type>{kind}</wp:post_type>"
        f"<wp:status>{status}</wp:status></item>"
    )


def export(*items: str) -> bytes:
    return (HEAD + "".join(items) + "</channel></rss>").encode()


def test_a_published_post_is_an_article() -> None:
    body = "<!-- wp:paragraph --><p>One.</p><!-- /wp:paragraph --><p>Two.</p>"
    raw = export(item(body))
    (post,) = read(WordpressWxr, raw)
    assert isinstance(post, Article)
    assert post.title == "Blogger jailed"
    assert [line for line in post.text.splitlines() if line] == ["One.", "Two."]
    assert "wp:paragraph" not in post.text
    assert post.published is not None
    assert post.published.edtf == "2031-05-04"
    assert importer_of(raw, "export.xml") == "wordpress-wxr"


def test_classic_posts_part_paragraphs_by_empty_lines() -> None:
    (post,) = read(WordpressWxr, export(item("One.\n\nTwo.")))
    assert isinstance(post, Article)
    assert [line for line in post.text.splitlines() if line] == ["One.", "Two."]


def test_drafts_and_attachments_are_listed() -> None:
    raw = export(item("x", status="draft"), item("y", kind="attachment"), item("z"))
    draft, picture, post = read(WordpressWxr, raw)
    assert isinstance(draft, Issue)
    assert "draft post" in draft.reason
    assert isinstance(picture, Issue)
    assert isinstance(post, Article)
    assert post.locator == "item 3"


def test_posts_behind_a_password_and_empty_ones_are_listed() -> None:
    behind = item("x").replace("</item>", "<wp:post_password>p</wp:post_password></item>")
    empty = item("").replace("Blogger jailed", "")
    told = read(WordpressWxr, export(behind, empty))
    assert [one.reason for one in told if isinstance(one, Issue)] == [
        "Left out: a post that readers need a password for.",
        "Left out: a post without a title or a word.",
    ]


@pytest.mark.parametrize("day", ["0000-00-00 00:00:00", "", "2031-02-31 00:00:00"])
def test_a_day_that_is_none(day: str) -> None:
    (post,) = read(WordpressWxr, export(item("x", day=day)))
    assert isinstance(post, Article)
    assert post.published is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        export(item("x"))[:-20],
        b"not xml at all",
        b'<?xml version="1.0" encoding="no-such"?><rss/>',
        HEAD.encode() + b"\xff\xfe</channel></rss>",
    ],
)
def test_a_damaged_file_is_refused(raw: bytes) -> None:
    with pytest.raises(DamagedFileError):
        read(WordpressWxr, raw)


def test_an_entity_bomb_is_refused_at_once() -> None:
    levels = "".join(
        f'<!ENTITY e{n} "{"&e" + str(n - 1) + ";" if n else "x"}{"x" * 9}">' for n in range(9)
    )
    bomb = f"<!DOCTYPE rss [{levels}]>" + HEAD.split("?>")[1] + "&e8;</channel></rss>"
    with pytest.raises(DamagedFileError, match="entities"):
        read(WordpressWxr, bomb.encode())


def test_many_posts_stream() -> None:
    found: list[Any] = read(WordpressWxr, export(*[item("x")] * 400))
    assert [part.locator for part in found[-2:]] == ["item 399", "item 400"]


def test_marks_of_plugins_go_and_words_in_brackets_stay() -> None:
    body = (
        '<p>[caption id="a_4" width="300"]The page[/caption] [gallery ids="1,2"] [toc]</p>'
        "<p>[vc_row]Jailed [Updated May 4] [sic] for [30] days.[/vc_row]</p>"
    )
    (post,) = read(WordpressWxr, export(item(body)))
    assert isinstance(post, Article)
    assert post.text == "The page\n\nJailed [Updated May 4] [sic] for [30] days."


def test_kinds_of_a_site_s_own_leads_and_addresses_of_plugins_come_in() -> None:
    lead = "<excerpt:encoded><![CDATA[A blogger was jailed.]]></excerpt:encoded>"
    head = 'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content'
    body = '[button link="https://a.example/order.pdf"]The order[/button]\n\nJailed.'
    raw = export(
        item(body, kind="case").replace("<content", f"{lead}<content", 1),
        item("", kind="case").replace("<content", f"{lead}<content", 1),
        item('<p>Seen.</p><iframe src="//v.example/e/1"></iframe>'),
        item("x", kind="elementor_library"),
    ).replace(b"xmlns:content", head.encode(), 1)
    whole, only_lead, framed, machinery = read(WordpressWxr, raw)
    assert isinstance(whole, Article)
    assert whole.text.split() == (
        [
            "A",
            "blogger",
            "was",
            "jailed.",
            "https://a.example/order.pdf",
            "The",
            "order",
            "Jailed.",
        ]
    )
    assert isinstance(only_lead, Article)
    assert only_lead.text == "A blogger was jailed."
    assert isinstance(framed, Article)
    assert framed.text == "Seen.\n\nhttps://v.example/e/1"
    assert isinstance(machinery, Issue)
