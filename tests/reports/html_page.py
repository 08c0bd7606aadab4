"""A page as a test reads it: its elements, links, ids, and whether it is closed."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
_LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
_NOT_LOADED = frozenset({"canonical", "alternate"})

_APART = frozenset({"td", "th", "dt", "dd", "li", "p", "h1", "h2", "h3", "h4"})


class HtmlPage(HTMLParser):
    """A page, read once.

    Attributes:
        faults: Elements that are closed wrongly or never.
        ids: Every id, in order.
        links: Addresses of links.
        loaded: Addresses that a browser fetches by itself.
        inline: Scripts, styles and handlers in the page.
        words: What is read.
    """

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.inline: list[str] = []
        self.words = self.title = self.policy = ""
        self._open: list[str] = []
        self._elements: list[tuple[str, dict[str, str]]] = []
        self.feed(markup)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self._open]

    @property
    def addresses(self) -> list[str]:
        """Links and what is fetched."""
        return [*self.links, *self.loaded]

    def attribute(self, tag: str, name: str) -> str:
        """Return an attribute of the first element of a kind."""
        return next((a.get(name, "") for t, a in self._elements if t == tag), "")

    def count(self, tag: str) -> int:
        """Return how many elements of a kind there are."""
        return sum(1 for one, _ in self._elements if one == tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._elements.append((tag, given))
        if tag not in _VOID:
            self._open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        self._note_loading(tag, given)
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def _note_loading(self, tag: str, given: dict[str, str]) -> None:
        address = given.get(_LOADED.get(tag, ""), "")
        if tag == "link" and given.get("rel") in _NOT_LOADED:
            if given["rel"] == "alternate":
                self.links.append(address)
        elif address:
            self.loaded.append(address)
        if (tag == "script" and "src" not in given) or tag == "style":
            self.inline.append(f"<{tag}>")
        self.inline += [n for n in given if n == "style" or n.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")
        if tag in _APART:
            self.words += " "

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"] and "svg" not in self._open:
            self.title += data
        elif "svg" not in self._open:
            self.words += data
