"""SVG text: elements, numbers and lengths of words; the same input gives the same bytes.

Colours are presentation attributes, so that a file stands alone; a page that puts the drawing
inline overrides them by class. No style attributes: they do not pass a strict content policy.
"""

from __future__ import annotations

import unicodedata
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CERTAIN = "#1d4f60"
POSSIBLE = "#7fa3ae"
INK = "#1a1a1a"
FAINT = "#c9c9c9"
FONT = "system-ui, sans-serif"


def element(name: str, *children: str, **attributes: object) -> str:
    """Return an element; attributes in the order given, None left out.

    Args:
        name: Name of the element.
        children: Markup inside it, already escaped.
        attributes: Values by name; ``_`` stands for ``-``, a trailing one is dropped.
    """
    pairs = "".join(
        f' {_attribute(key)}="{escape(shown(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{name}{pairs}>{inside}</{name}>" if inside else f"<{name}{pairs}/>"


def text(words: str, x: float, y: float, **attributes: object) -> str:
    """Return words at a place."""
    return element("text", escape(words, quote=False), x=x, y=y, **attributes)


def shown(value: object) -> str:
    """Return a value as an attribute has it: at most two decimals, no needless zeros."""
    if isinstance(value, float):
        rounded = f"{value:.2f}".rstrip("0").rstrip(".")
        return "0" if rounded in ("-0", "") else rounded
    return str(value)


def width_of(words: str, size_px: float) -> float:
    """Return about how wide words are, so that labels have room; unit px.

    Args:
        words: The words.
        size_px: Size of the letters.
    """
    wide = sum(1 for c in words if unicodedata.east_asian_width(c) in "WF")
    return (len(words) - wide) * size_px * 0.56 + wide * size_px


def picture(
    children: Iterable[str], *, name: str, about: str, key: str, size: tuple[float, float]
) -> str:
    """Return a whole drawing with its name and description for those who do not see it.

    Args:
        children: Markup inside it.
        name: What it shows, in a few words.
        about: What it shows, in a sentence or two.
        key: Part of the ids in it; unique on a page.
        size: Width and height; unit px.
    """
    width, height = size
    return element(
        "svg",
        element("title", escape(name, quote=False), id=f"{key}-title"),
        element("desc", escape(about, quote=False), id=f"{key}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        class_="chart",
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
        viewBox=f"0 0 {shown(width)} {shown(height)}",
        width=width,
        height=height,
        font_family=FONT,
        font_size=13,
    )


def hatching(key: str) -> str:
    """Return the pattern for what is only possible: lines that print without colour."""
    return element(
        "defs",
        element(
            "pattern",
            element("rect", width=6, height=6, fill="#ffffff", class_="paper"),
            element("path", d="M0 6L6 0", stroke=CERTAIN, stroke_width=1.4, class_="hatch"),
            id=f"{key}-hatch",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
        ),
    )


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
