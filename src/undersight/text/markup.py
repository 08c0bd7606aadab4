"""The readable text of HTML: paragraphs and headings as lines, no scripts, no menus."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from undersight.model.intake import Link

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DROPPED = ("script", "style", "noscript", "template", "iframe", "svg", "form", "button")
_FURNITURE = ("nav", "header", "footer", "aside")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "details",
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
        "summary",
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
_SITE_CLASSES = (
    "comments-area",
    "comment-list",
    "comment-body",
    "comment-respond",
    "sharedaddy",
    "jp-relatedposts",
    "post-navigation",
)
# What readers wrote below, what invites to share, a byline whose day a program reads: an article
# about one person is no entry for each who commented on it.
_OF_THE_SITE = "|".join(
    [
        "//*[@id='comments' or @id='respond']",
        "//*[@role='button' or @role='banner' or @role='navigation' or @role='contentinfo']",
        "//*[@role='article']//*[@role='article']",
        "//*[contains(concat(' ', @class, ' '), ' entry-meta ')][.//time[@datetime]]",
        *(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in _SITE_CLASSES),
    ]
)
# Telegram Desktop's export: what was passed on has its text one level deeper.
_DATES_OF_MESSAGES = (
    "//div[starts-with(@class, 'message ')]/div/div[contains(@class, 'date')][@title]"
)
_TEXTS_OF_MESSAGE = "./div[@class='text']|./div[contains(@class, 'forwarded')]/div[@class='text']"
_DAY_IN_TITLE = re.compile(r"\d{2}\.\d{2}\.\d{4}")
# Marks around the words of a link while white space folds; no text has them for itself.
_OPEN, _CLOSE, _CELL = "\ue000", "\ue001", "\ue002"
_MARKS = re.compile(f"([{_OPEN}{_CLOSE}])")
_OWN_SIGNS = re.compile(f"[{_OPEN}{_CLOSE}{_CELL}]")
_BETWEEN_CELLS = re.compile(f" *{_CELL} *")
_LONGEST_CELL = 600
_SPACES = re.compile(r"[^\S\n]+")
_WORDS = re.compile(r"\w+")
_CUT_SHORT = re.compile(r"(?:\[(?:…|\.\.\.)\]|…|\.\.\.)\W*$")
_MANY_LINES = re.compile(r"\n{3,}")


def html_to_text(html: str, *, is_page: bool = False) -> str:
    """Return the text that a reader sees, paragraphs parted by an empty line.

    Args:
        html: A fragment or a whole page.
        is_page: Look for the page's main part and leave menus, headers and footers out.
    """
    return html_to_linked_text(html, is_page=is_page)[0]


def html_to_linked_text(html: str, *, is_page: bool = False) -> tuple[str, tuple[Link, ...]]:
    """Return the text that a reader sees, and where its words lead to on the web.

    Args:
        html: A fragment or a whole page.
        is_page: As for ``html_to_text``.
    """
    from lxml import html as lxml_html

    if not html.strip():
        return "", ()
    root = lxml_html.fromstring(f"<div>{html}</div>" if not is_page else html)
    if is_page:
        of_the_site: Any = root.xpath(_OF_THE_SITE)
        for element in of_the_site:
            _drop(element)
        messages = _messages(root)
        root = _main_part(root) if messages is None else messages
    else:
        _name_frames(root)
    for name in (*_DROPPED, *(_FURNITURE if is_page else ())):
        for element in list(root.iter(name)):
            if not _belongs_to_an_article(element):
                _drop(element)
    _lay_rows(root)
    if is_page:
        _mark(root)
    pieces: list[str] = []
    addresses: list[str] = []
    _collect(root, pieces, addresses)
    text = _SPACES.sub(" ", _marks_at_words("".join(pieces)))
    text = _BETWEEN_CELLS.sub("\t", text)
    lines = "\n".join(line.strip() for line in text.split("\n"))
    return _without_marks(_MANY_LINES.sub("\n\n", lines).strip(), addresses)


def with_lead(lead: str, text: str, links: tuple[Link, ...]) -> tuple[str, tuple[Link, ...]]:
    """Put a hand-written lead before a text; one that is cut out of the text adds nothing.

    Args:
        lead: The summary as text.
        text: The body as text.
        links: Links of the body.
    """
    words = _WORDS.findall(_CUT_SHORT.sub("", lead))
    if not words or " ".join(words) in " ".join(_WORDS.findall(text)):
        return text, links
    before = f"{lead.strip()}\n\n" if text else lead.strip()
    moved = (replace(x, start=x.start + len(before), end=x.end + len(before)) for x in links)
    return before + text, tuple(moved)


def _belongs_to_an_article(element: HtmlElement) -> bool:
    """Whether a header is that of an article, or an aside a quotation, no list of links."""
    is_told = element.tag == "header" or (
        element.tag == "aside" and next(element.iter("a"), None) is None
    )
    return is_told and any(above.tag in ("article", "main") for above in element.iterancestors())


def _name_frames(root: HtmlElement) -> None:
    """Write the address of an embedded post or video as a line: it may be all the proof."""
    for frame in list(root.iter("iframe")):
        given = ((frame.get(name) or "").strip() for name in ("src", "data-src"))
        address = next((one for one in given if one.startswith(("http", "//"))), "")
        if address:
            frame.tag = "p"
            frame.text = f"https:{address}" if address.startswith("//") else address


def _lay_rows(root: HtmlElement) -> None:
    """Turn each row of a table of facts into one line, cells parted by a tab as Word's are.

    Tables that only lay out a page keep their paragraphs: nested ones, those with one column, with
    headings or with long texts.
    """
    for table in list(root.iter("table")):
        rows = [[c for c in row if c.tag in ("td", "th")] for row in table.iter("tr")]
        cells = [cell for row in rows for cell in row]
        is_layout = (
            next(table.iterdescendants("table"), None) is not None
            or sum(len(row) > 1 for row in rows) < 2
            or any(len(cell.text_content()) > _LONGEST_CELL for cell in cells)
            or next(table.iterdescendants("h1", "h2", "h3", "h4", "h5", "h6"), None) is not None
        )
        for row in () if is_layout else list(table.iter("tr")):
            # What names the columns stands as a line of its own, apart from the facts.
            row.tag = "x-row" if any(cell.tag == "td" for cell in row) else "tr"
        for cell in () if is_layout else cells:
            cell.tag = "x-cell"
            for part in cell.iterdescendants():
                part.tag = "x-part" if part.tag in _BLOCKS or part.tag == "br" else part.tag


def _mark(root: HtmlElement) -> None:
    """Show which lines were headings and items of lists, where several are alike.

    A log saved as a page is parted by them, and plain text would not tell.
    """
    for level in range(1, 7):
        headings = list(root.iter(f"h{level}"))
        for heading in headings if len(headings) > 1 else ():
            _begin_with(heading, "#" * level + " ")
    for item in root.iter("li"):
        _begin_with(item, "- ")


def _begin_with(element: HtmlElement, sign: str) -> None:
    """Put a sign before an element's first words, however deep they stand."""
    if not element.text_content().strip():
        return
    place = element
    while not (place.text or "").strip() and len(place):
        place = place[0]
    if isinstance(place.tag, str):
        place.text = sign + (place.text or "").lstrip()


def _marks_at_words(text: str) -> str:
    """Move the marks of links from white space to the words, so that it folds as if without."""
    text = re.sub(rf"({_OPEN})(\s+)", r"\2\1", text)
    return re.sub(rf"(\s+)({_CLOSE})", r"\2\1", text)


def _without_marks(text: str, addresses: list[str]) -> tuple[str, tuple[Link, ...]]:
    bare: list[str] = []
    opened: list[tuple[int, str]] = []
    links: list[Link] = []
    length = 0
    waiting = iter(addresses)
    for part in _MARKS.split(text):
        if part == _OPEN:
            opened.append((length, next(waiting)))
        elif part == _CLOSE:
            start, url = opened.pop()
            links += [Link(start=start, end=length, url=url)] if length > start else []
        else:
            bare.append(part)
            length += len(part)
    return "".join(bare), tuple(sorted(links, key=lambda link: (link.start, link.end)))


def _messages(root: HtmlElement) -> HtmlElement | None:
    """Return an exported chat's messages, each under its day as a log has it; None for no chat."""
    from lxml import html as lxml_html

    log = lxml_html.Element("div")
    dates: Any = root.xpath(_DATES_OF_MESSAGES)
    for date in dates:
        day = _DAY_IN_TITLE.match(date.get("title"))
        for text in date.getparent().xpath(_TEXTS_OF_MESSAGE) if day else ():
            heading = lxml_html.Element("p")
            heading.text = day[0] if day else ""
            text.tail = None
            log.extend((heading, text))
    return log if len(log) else None


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


def _collect(element: HtmlElement, pieces: list[str], addresses: list[str]) -> None:
    """Walk without recursion: a page may nest deeper than Python's stack."""
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        node, is_done = stack.pop()
        is_block = node.tag in _BLOCKS
        address = _address(node)
        if is_done:
            pieces.append(_CLOSE if address else "")
            pieces.append("\n\n" if is_block else "")
            if node is not element:
                pieces.append(_flow(node.tail))
            continue
        if not isinstance(node.tag, str):
            pieces.append(_flow(node.tail))
            continue
        if is_block:
            pieces.append("\n\n")
        pieces.append(_before(node))
        if address:
            addresses.append(address)
            pieces.append(_OPEN)
        pieces.append(_flow(node.text))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def _before(node: HtmlElement) -> str:
    """Return what parts an element from what stands before it, where it is no paragraph."""
    if node.tag == "x-cell":
        return "" if node.getprevious() is None else _CELL
    return {"br": "\n", "x-row": "\n", "x-part": " "}.get(node.tag, "")


def _address(node: HtmlElement) -> str:
    address = (node.get("href") or "").strip() if node.tag == "a" else ""
    is_web = address.lower().startswith(("http://", "https://"))
    return address if is_web and _flow(node.text_content()).strip() else ""


def _flow(text: str | None) -> str:
    """White space inside running text is one space, line breaks too."""
    return re.sub(r"\s+", " ", _OWN_SIGNS.sub("", text)) if text else ""
