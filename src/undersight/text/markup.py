"""The readable text of HTML: paragraphs and headings as lines, no scripts, no menus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DROPPED = ("script", "style", "noscript", "template", "iframe", "svg", "form", "button")
_FURNITURE = ("nav", "header", "footer", "aside")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_MAIN = (
    "//article",
    "//main",
    "//*[@role='main']",
    "//*[contains(concat(' ', @class, ' '), ' entry-content ')]",
    "//body",
)
_SPACES = re.compile(r"[^\S\n]+")
_MANY_LINES = re.compile(r"\n{3,}")


def html_to_text(html: str, *, is_page: bool = False) -> str:
    """Return the text that a reader sees, paragraphs parted by an empty line.

    Args:
        html: A fragment or a whole page.
        is_page: Look for the page's main part and leave menus, headers and footers out.
    """
    from lxml import html as lxml_html

    if not html.strip():
        return ""
    root = lxml_html.fromstring(f"<div>{html}</div>" if not is_page else html)
    if is_page:
        root = _main_part(root)
    for name in (*_DROPPED, *(_FURNITURE if is_page else ())):
        for element in list(root.iter(name)):
            _drop(element)
    pieces: list[str] = []
    _collect(root, pieces)
    text = _SPACES.sub(" ", "".join(pieces))
    lines = "\n".join(line.strip() for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", lines).strip()


def _main_part(root: HtmlElement) -> HtmlElement:
    """Choose the first kind of container that exists; of several articles, keep all."""
    for path in _MAIN:
        found = root.xpath(path)
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            parent = found[0].getparent()
            return parent if parent is not None else root
    return root


def _drop(element: HtmlElement) -> None:
    """Take an element out and leave the text behind it where it is."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _collect(element: HtmlElement, pieces: list[str]) -> None:
    """Walk without recursion: a page may nest deeper than Python's stack."""
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        node, is_done = stack.pop()
        is_block = node.tag in _BLOCKS
        if is_done:
            pieces.append("\n\n" if is_block else "")
            if node is not element:
                pieces.append(_flow(node.tail))
            continue
        if not isinstance(node.tag, str):
            pieces.append(_flow(node.tail))
            continue
        if is_block:
            pieces.append("\n\n")
        if node.tag == "br":
            pieces.append("\n")
        pieces.append(_flow(node.text))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def _flow(text: str | None) -> str:
    """White space inside running text is one space, line breaks too."""
    return re.sub(r"\s+", " ", text) if text else ""
