"""Lists of names, long ones by letter, and the page that leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.reports.site.labels import Item, kind_names, list_href
from undersight.reports.site.plan import KINDS
from undersight.reports.site.subjects import item_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.reports.site.edition import Edition

N_ON_ONE_LIST: Final = 400
"""Names on one page; a longer list has a page for each letter."""


def name_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the lists of names, the alphabetical list of entries, and what leads to them."""
    headings = kind_names(edition.words)
    kinds = []
    for kind in KINDS:
        found = [item_of(edition, subject) for subject in edition.plan.of_kind(kind)]
        if found:
            kinds.append({"href": list_href(kind), "name": headings[kind], "n": len(found)})
            yield from _listed(edition, list_href(kind), headings[kind], found)
    title = edition.words.t("All entries in alphabetical order")
    entries = [
        Item(href=row.href, name=row.title.text, about=row.when, lang=row.title.lang)
        for row in edition.rows.values()
    ]
    yield from _listed(edition, list_href("entry"), title, entries)
    kinds.append({"href": list_href("entry"), "name": title, "n": len(entries)})
    yield (
        "browse.html",
        edition.render("browse.html", "browse.html", title=edition.words.t("Index"), kinds=kinds),
    )


def _listed(
    edition: Edition, href: str, title: str, items: Iterable[Item]
) -> Iterator[tuple[str, str]]:
    """Yield a list of names as one page, or as one for each letter where it is long."""
    ordered = sorted(items, key=lambda item: item.sort_key)
    letters: dict[str, list[Item]] = {"": ordered}
    if len(ordered) > N_ON_ONE_LIST:
        letters = {}
        for item in ordered:
            first = item.sort_key[0][:1]
            letters.setdefault(first if first.isalpha() else "0", []).append(item)
    hrefs = {
        letter: href if index == 0 else href.replace(".html", f"-{letter}.html")
        for index, letter in enumerate(letters)
    }
    for letter, found in letters.items():
        shown = [
            {"name": one.upper(), "href": hrefs[one], "is_here": one == letter} for one in letters
        ]
        yield (
            hrefs[letter],
            edition.render(
                "list.html",
                hrefs[letter],
                section="browse.html",
                title=title if len(letters) == 1 else f"{title}: {letter.upper()}",
                letters=shown,
                items=found,
            ),
        )
