"""Where posts and comments stand in Facebook's markup, without relying on class names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from undersight.importers.comment_words import MORE_HIDDEN
from undersight.importers.moments import TimeReader
from undersight.importers.permalinks import Permalink, permalink
from undersight.importers.time_words import age_s

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLES: Final = "//*[@role='article']"
_MOBILE_COMMENTS: Final = "//div[@id and .//h3//a and .//abbr]"
_TEXT_BLOCKS: Final = ".//*[@dir='auto'][not(ancestor::*[@role='button'])]"
_BLOCKS = frozenset({"br", "div", "p", "li"})
_DIGITS = re.compile(r"\d{6,25}")
_OWN_HOSTS = ("facebook.com", "fb.com", "fbcdn.net", "fb.watch", "messenger.com")
_MOST_TEXT_BLOCKS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A post or comment as the page shows it.

    Args:
        locator: Path of its element.
        is_comment: Whether it stands under a post.
        name: Who wrote it, as shown.
        author_address: Where the name leads.
        text: What is written.
        time: The time as shown.
        address: Where the time leads.
        place: What that address tells.
        links: Addresses outside Facebook that it leads to.
    """

    locator: str
    is_comment: bool
    name: str = ""
    author_address: str = ""
    text: str = ""
    time: str = ""
    address: str = ""
    place: Permalink = field(default_factory=Permalink)
    links: tuple[str, ...] = ()


def desktop_items(root: Any) -> Iterator[Found]:
    """Yield what the desktop site marks as articles: posts and comments.

    Args:
        root: The page's root element.
    """
    tree = root.getroottree()
    for article in root.xpath(_ARTICLES):
        anchors = [one for one in article.iter("a") if _nearest(one) is article]
        time, address = _time_of(anchors)
        place = permalink(address)
        label = (article.get("aria-label") or "").strip()
        is_comment = bool(place.comment_id) or (bool(label) and _nearest(article) is not None)
        name, author_address = _author_of(anchors)
        text = _text_of(article, name)
        if name or text:
            yield Found(
                locator=tree.getpath(article),
                is_comment=is_comment,
                name=name,
                author_address=author_address,
                text=text,
                time=time,
                address=address,
                place=place,
                links=_outside(anchors),
            )


def mobile_items(root: Any) -> Iterator[Found]:
    """Yield the post and comments of the plain mobile site.

    Args:
        root: The page's root element.
    """
    tree = root.getroottree()
    comments = [one for one in root.xpath(_MOBILE_COMMENTS) if _DIGITS.fullmatch(one.get("id"))]
    if not comments:
        return
    actors = root.xpath("//a[strong] | //h3//strong//a | //strong/a")
    first = next((one for one in actors if not _is_inside(one, comments)), None)
    if first is not None:
        yield _mobile_post(first, tree, comments)
    for comment in comments:
        author = comment.xpath(".//h3//a")[0]
        heading = comment.xpath(".//h3")[0]
        after = heading.xpath("following-sibling::div")
        abbr = comment.xpath(".//abbr")
        anchors = list(after[0].iter("a")) if after else []
        yield Found(
            locator=tree.getpath(comment),
            is_comment=True,
            name=_words(author),
            author_address=_absolute(author.get("href") or ""),
            text=_readable(after[0]) if after else "",
            time=_words(abbr[-1]) if abbr else "",
            place=Permalink(platform="facebook", comment_id=comment.get("id")),
            links=_outside(anchors),
        )


def _mobile_post(actor: Any, tree: Any, comments: list[Any]) -> Found:
    """The post above the comments: what stands beside its author, up to the first time."""
    block = actor.getparent()
    for _ in range(4):
        above = block.getparent()
        if above is None or block.xpath(".//abbr") or any(_holds(above, one) for one in comments):
            break
        block = above
    abbr = block.xpath(".//abbr")
    text = "\n".join(
        filter(
            None,
            (
                _readable(one)
                for one in actor.xpath("following-sibling::div | ../following-sibling::div")[:1]
            ),
        )
    )
    return Found(
        locator=tree.getpath(block),
        is_comment=False,
        name=_words(actor),
        author_address=_absolute(actor.get("href") or ""),
        text=text,
        time=_words(abbr[0]) if abbr else "",
        links=_outside(list(block.iter("a"))),
    )


def has_hidden(root: Any) -> bool:
    """Whether the page offers comments or replies that it does not show."""
    buttons = root.xpath("//*[@role='button'] | //a")
    return any(
        len(words) < 80 and MORE_HIDDEN.fullmatch(words)
        for one in buttons
        if (words := _words(one))
    )


def _nearest(element: Any) -> Any:
    """The closest article around an element; None for none."""
    above = element.getparent()
    while above is not None and above.get("role") != "article":
        above = above.getparent()
    return above


def _is_inside(element: Any, holders: list[Any]) -> bool:
    return any(_holds(holder, element) for holder in holders)


def _holds(holder: Any, element: Any) -> bool:
    while element is not None and element is not holder:
        element = element.getparent()
    return element is not None


def _time_of(anchors: list[Any]) -> tuple[str, str]:
    """The link whose words are a time: what it says and where it leads."""
    reader = TimeReader(is_day_first=True)
    for one in anchors:
        words = _words(one) or (one.get("aria-label") or "").strip()
        if words and len(words) < 60 and (age_s(words) is not None or reader.read(words)):
            return words, _absolute(one.get("href") or "")
    for one in anchors:
        address = one.get("href") or ""
        if (
            "comment_id=" in address
            and permalink(_absolute(address)).comment_id
            and not _words(one)
        ):
            return "", _absolute(address)
    return "", ""


def _author_of(anchors: list[Any]) -> tuple[str, str]:
    """The first link with words that leads to an account."""
    for one in anchors:
        words = _words(one)
        address = _absolute(one.get("href") or "")
        at = permalink(address)
        leads_to_account = at.platform == "facebook" and bool(at.owner or at.owner_id)
        if words and leads_to_account and not at.post_id and age_s(words) is None:
            return words, address
    return "", ""


def _text_of(article: Any, name: str) -> str:
    """The outermost blocks of text of an article, without its name and inner articles."""
    kept: list[str] = []
    outer: Any = None
    for block in article.xpath(_TEXT_BLOCKS)[:_MOST_TEXT_BLOCKS]:
        if _nearest(block) is not article or (outer is not None and _holds(outer, block)):
            continue
        words = _readable(block)
        is_name = words == name or not words or block.xpath("ancestor::a | ancestor::h2")
        if is_name or age_s(words) is not None:
            continue
        outer = block
        kept.append(words)
    return "\n".join(kept)


def _outside(anchors: list[Any]) -> tuple[str, ...]:
    found = []
    for one in anchors:
        address = _absolute(one.get("href") or "")
        try:
            parts = urlsplit(address)
            target = parse_qs(parts.query).get("u", [""])[0]
            host = (parts.hostname or "").lower()
        except ValueError:
            continue
        if parts.path.startswith("/l.php") and target.startswith("http"):
            found.append(target.split("?fbclid=", 1)[0].split("&fbclid=", 1)[0])
        elif address.startswith("http") and not host.endswith(_OWN_HOSTS):
            found.append(address)
    return tuple(dict.fromkeys(found))


def _absolute(address: str) -> str:
    return f"https://www.facebook.com{address}" if address.startswith("/") else address


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _readable(element: Any) -> str:
    """An element's text with its line breaks; pictures of signs by what they stand for."""
    parts: list[str] = []
    waiting: list[tuple[Any, bool]] = [(element, False)]
    while waiting:
        one, is_left = waiting.pop()
        if is_left:
            if one is not element:
                parts.append(one.tail or "")
            continue
        waiting.append((one, True))
        if not isinstance(one.tag, str):
            continue
        if one.tag in _BLOCKS and one is not element:
            parts.append("\n")
        parts.append((one.get("alt") or "") if one.tag == "img" else (one.text or ""))
        waiting.extend((child, False) for child in reversed(one))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
