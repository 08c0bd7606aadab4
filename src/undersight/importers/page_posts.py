"""Posts and comments out of one saved page, by what the page states about itself.

Read in this order: JSON-LD and microdata of schema.org (posts, articles, comments and their
answers), then the Open Graph tags, then the page's main text as one post. Nothing is guessed from
the looks of a page: a comment that no markup names stays part of the page's text.

Source: schema.org (SocialMediaPosting, DiscussionForumPosting, Article, Comment), Open Graph.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from undersight.importers.moments import TimeReader
from undersight.importers.permalinks import permalink
from undersight.model.corpus_rows import AccountKind, AccountRow, PostKind, PostRow, ShareRow
from undersight.text.markup import html_to_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_POSTS: Final = frozenset(
    {
        "article",
        "blogposting",
        "discussionforumposting",
        "liveblogposting",
        "newsarticle",
        "question",
        "reportagenewsarticle",
        "socialmediaposting",
        "videoobject",
        "webpage",
    }
)
_COMMENTS: Final = frozenset({"comment", "answer", "usercomments", "correctioncomment"})
_MAX_THINGS, _MAX_DEPTH, _MAX_IMAGES = 20_000, 12, 50
_BREAKS = re.compile(r"[ \t\r\f\v\u00a0]+")


@dataclass(slots=True)
class _Thing:
    """A post or comment before it is a row."""

    fields: dict[str, Any]
    is_comment: bool
    parent: str = ""


class SavedPage:
    """One page, with where and when it was saved.

    Args:
        html: The page.
        url: Its address.
        locator: Where it is in the file.
    """

    def __init__(self, html: str, *, url: str, locator: str) -> None:
        from lxml import html as lxml_html

        self.url, self.locator = url, locator
        self.root: HtmlElement = lxml_html.document_fromstring(html)
        self._html = html
        self._times = TimeReader(zone="UTC")
        said = permalink(url)
        self.platform = said.platform or _host(url)
        self.post_id = said.post_id or url

    def posts(self) -> Iterator[PostRow]:
        """Yield the page's post, if it has any text, then its comments in page order."""
        things = self._stated()
        marked_up = self._marked_up()
        things += [one for one in marked_up if not one.is_comment]
        # Pages that state their comments twice mean the same comments.
        if not any(one.is_comment for one in things):
            things += [one for one in marked_up if one.is_comment]
        own = next((one for one in things if not one.is_comment), None)
        yield from self._own(own.fields if own else {})
        number = 0
        for thing in things:
            if thing.is_comment:
                number += 1
                yield self._comment(thing, number)

    def _own(self, fields: dict[str, Any]) -> Iterator[PostRow]:
        text = _words(fields.get("articleBody") or fields.get("text"))
        title = _words(fields.get("headline") or fields.get("name")) or self._tag("og:title")
        if not text:
            described = self._tag("og:description")
            text = html_to_text(self._html, is_page=True) or described
        title = title or " ".join(self.root.xpath("string(//title)").split())
        if title and text.split("\n", 1)[0] != title:
            text = f"{title}\n\n{text}".strip()
        if not text:
            return
        published = fields.get("datePublished") or fields.get("uploadDate")
        yield PostRow(
            locator=self.locator,
            platform=self.platform,
            native_id=self.post_id,
            kind="post",
            author=self._author(fields.get("author") or fields.get("publisher")),
            published=self._times.read(_words(published) or self._tag("article:published_time")),
            text=text,
            lang=str(self.root.get("lang") or "")[:2].lower(),
            url=self._tag("og:url") or self.url,
            n_replies=_count(fields.get("commentCount")),
            shares=tuple(ShareRow(kind="media", value=one) for one in self._images()),
        )

    def _comment(self, thing: _Thing, number: int) -> PostRow:
        fields = thing.fields
        address = _words(fields.get("url") or fields.get("@id"))
        kind: PostKind = "reply" if thing.parent else "comment"
        return PostRow(
            locator=f"{self.locator}#comment-{number}",
            platform=self.platform,
            native_id=permalink(address).comment_id or _words(fields.get("identifier")) or address,
            kind=kind,
            author=self._author(fields.get("author") or fields.get("creator")),
            parent_native_id=thing.parent or self.post_id,
            root_native_id=self.post_id,
            published=self._times.read(
                _words(fields.get("datePublished") or fields.get("dateCreated"))
            ),
            text=_words(fields.get("text") or fields.get("commentText")),
            url=urljoin(self.url, address) if address else "",
            n_likes=_count(fields.get("upvoteCount")),
        )

    def _author(self, found: Any) -> AccountRow | None:
        one = found[0] if isinstance(found, list) and found else found
        if isinstance(one, str):
            one = {"name": one}
        if not isinstance(one, dict):
            return None
        name, address = _words(one.get("name")), _words(one.get("url"))
        if not name and not address:
            return None
        said = permalink(address)
        kinds: dict[str, AccountKind] = {"person": "profile"}
        return AccountRow(
            locator=self.locator,
            platform=self.platform,
            native_id=said.owner_id or _words(one.get("identifier")),
            kind=kinds.get(_type(one), "unknown"),
            name=name,
            handle=_words(one.get("alternateName")).lstrip("@") or said.owner,
            url=address,
        )

    def _images(self) -> list[str]:
        paths = "//meta[@property='og:image']/@content | //article//img/@src | //main//img/@src"
        found = [urljoin(self.url, str(one).strip()) for one in self.root.xpath(paths)]
        kept = [one for one in dict.fromkeys(found) if one.startswith(("http://", "https://"))]
        return kept[:_MAX_IMAGES]

    def _tag(self, name: str) -> str:
        found = self.root.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
        return str(found[0]).strip() if found else ""

    def _stated(self) -> list[_Thing]:
        """What JSON-LD says; blocks that cannot be read say nothing."""
        things: list[_Thing] = []
        for block in self.root.xpath("//script[@type='application/ld+json']/text()"):
            try:
                _collect(json.loads(str(block)), things, "", 0)
            except (ValueError, RecursionError):
                continue
        return things

    def _marked_up(self) -> list[_Thing]:
        """What microdata says."""
        things: list[_Thing] = []
        for element in self.root.xpath("//*[@itemscope and @itemtype]")[:_MAX_THINGS]:
            kind = str(element.get("itemtype")).rpartition("/")[2].lower()
            if kind in _COMMENTS or kind in _POSTS - {"webpage"}:
                things.append(_Thing(_properties(element), kind in _COMMENTS, _above(element)))
        return things


def _collect(found: Any, things: list[_Thing], parent: str, depth: int) -> None:
    """Walk JSON-LD; answers to a comment know it as their parent."""
    if depth > _MAX_DEPTH or len(things) >= _MAX_THINGS:
        return
    if isinstance(found, list):
        for one in found:
            _collect(one, things, parent, depth + 1)
        return
    if not isinstance(found, dict):
        return
    kind = _type(found)
    is_comment = kind in _COMMENTS
    if is_comment or kind in _POSTS:
        things.append(_Thing(found, is_comment, parent if is_comment else ""))
    own = _words(found.get("identifier") or found.get("url") or found.get("@id"))
    below = (permalink(own).comment_id or own) if is_comment else ""
    names = ("@graph", "mainEntity", "mainEntityOfPage", "comment", "comments", "suggestedAnswer")
    for name in (*names, "acceptedAnswer"):
        if name in found:
            _collect(found[name], things, below, depth + 1)


def _properties(element: HtmlElement) -> dict[str, Any]:
    """The properties of one item, without those of items inside it."""
    fields: dict[str, Any] = {}
    for part in element.iterdescendants():
        name = part.get("itemprop") if isinstance(part.tag, str) else None
        if not name or name in fields or _scope(part) is not element:
            continue
        if part.get("itemscope") is not None:
            fields[name] = {"@type": str(part.get("itemtype") or ""), **_properties(part)}
        else:
            attributes = ("content", "datetime", "href" if name in {"url", "sameAs"} else "")
            value = next((part.get(one) for one in attributes if one and part.get(one)), None)
            fields[name] = value if value is not None else _seen_text(part)
    return fields


def _seen_text(element: HtmlElement) -> str:
    """The text of an element as a reader sees it."""
    from lxml import etree

    return html_to_text(etree.tostring(element, encoding="unicode", with_tail=False))


def _scope(element: HtmlElement) -> HtmlElement | None:
    """The item that an element belongs to."""
    return next((one for one in element.iterancestors() if one.get("itemscope") is not None), None)


def _above(element: HtmlElement) -> str:
    """The id of the comment that an element stands in, where there is one."""
    for outer in element.iterancestors():
        kind = str(outer.get("itemtype") or "").rpartition("/")[2].lower()
        if kind in _COMMENTS:
            fields = _properties(outer)
            return _words(fields.get("identifier") or fields.get("url"))
    return ""


def _type(found: dict[str, Any]) -> str:
    kind = found.get("@type")
    one = kind[0] if isinstance(kind, list) and kind else kind
    return str(one or "").rpartition("/")[2].lower()


def _words(value: Any) -> str:
    """A value as text, lines kept; markup inside is taken off."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)
    if "<" in text and ">" in text:
        text = html_to_text(text)
    return "\n".join(_BREAKS.sub(" ", line).strip() for line in text.strip().splitlines())


def _count(value: Any) -> int | None:
    text = _words(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "web").removeprefix("www.")
    except ValueError:
        return "web"
