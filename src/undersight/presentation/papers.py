"""A paper: a document of headings, paragraphs and lists that is a page and a PDF alike."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from undersight.presentation.markup_forms import to_html
from undersight.presentation.outline import Block, Run
from undersight.presentation.views import direction

if TYPE_CHECKING:
    import datetime as dt

    from undersight.presentation.outline import Style

_STYLE = (
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;line-height:1.5;"
    "font-family:Georgia,serif;color:#1c1b19;background:#fff}"
    "h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem}"
    "code,li,p{overflow-wrap:anywhere}.stood{color:#5c5850}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document.

    Args:
        title: Its title.
        publisher: Who made it.
        stood: One line on when.
        lang: Language of its words.
        day: The day it bears.
        blocks: What it says, without the title.
    """

    title: str
    publisher: str
    stood: str
    lang: str
    day: dt.date
    blocks: tuple[Block, ...]


def heading(text: str, level: int = 2) -> Block:
    """Return a heading; level 1 is the title's."""
    return Block(kind="heading", runs=(Run(text=text),), level=level)


def paragraph(text: str, style: Style = "") -> Block:
    """Return a paragraph."""
    return Block(kind="paragraph", runs=(Run(text=text, style=style),))


def item(text: str) -> Block:
    """Return an item of a list."""
    return Block(kind="item", runs=(Run(text=text),))


def to_page(paper: Paper) -> bytes:
    """Return a whole HTML page that loads nothing and runs nothing."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    lines = (
        "<!doctype html>",
        f'<html lang="{escape(paper.lang)}" dir="{direction(paper.lang)}">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(paper.title)}</title><style>{_STYLE}</style></head>",
        f"<body><main><h1>{escape(paper.title)}</h1>",
        f'<p class="stood">{escape(paper.publisher)} · {escape(paper.stood)}</p>',
        to_html(paper.blocks, paper.lang) + "</main></body></html>",
    )
    return ("\n".join(lines) + "\n").encode("utf-8")


def to_template(paper: Paper) -> dict[str, Any]:
    """Return what the typesetter's template takes."""
    blocks = [
        {
            "kind": block.kind,
            "level": block.level,
            "runs": [
                {"text": run.text, "style": run.style, "url": "", "lang": "", "dir": "ltr"}
                for run in block.runs
            ],
        }
        for block in (heading(paper.title, 1), *paper.blocks)
    ]
    return {
        "title": paper.title,
        "publisher": paper.publisher,
        "subtitle": paper.stood,
        "stood": paper.stood,
        "lang": paper.lang,
        "day": {"year": paper.day.year, "month": paper.day.month, "day": paper.day.day},
        "cover": False,
        "chart": None,
        "contents": "",
        "contact": "",
        "entries": [blocks],
    }
