"""An outline as HTML without classes, and as Markdown."""

from __future__ import annotations

import itertools
from html import escape
from typing import TYPE_CHECKING

from undersight.presentation.escaping import markdown, markdown_address
from undersight.presentation.views import direction, direction_of, parted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersight.presentation.outline import Block, Run

_TAGS = {"strong": "strong", "em": "em", "quote": "q"}


def to_html(blocks: Iterable[Block], lang: str) -> str:
    """Return an outline as HTML: headings from ``h2`` on, paragraphs and lists.

    Args:
        blocks: The outline.
        lang: Language of the page around it.
    """
    lines = []
    for kind, found in itertools.groupby(blocks, key=lambda block: block.kind):
        if kind == "item":
            lines.append("<ul>")
            lines += [f"<li>{_html_runs(block.runs, lang)}</li>" for block in found]
            lines.append("</ul>")
            continue
        for block in found:
            tag = f"h{block.level + 1}" if kind == "heading" else "p"
            lines.append(f"<{tag}>{_html_runs(block.runs, lang)}</{tag}>")
    return "\n".join(lines) + "\n"


def _html_runs(runs: Iterable[Run], lang: str) -> str:
    return "".join(_html_run(run, lang) for run in runs)


def _html_run(run: Run, lang: str) -> str:
    words = escape(run.text, quote=False)
    foreign = ""
    runs = direction_of(run.text, run.lang or lang)
    parts = parted(words)
    is_line = not (run.lang or run.url or run.style) and any(map(str.strip, parts[::2]))
    if run.lang and run.lang != lang:
        foreign = f' lang="{escape(run.lang)}" dir="{runs}"'
    elif is_line and direction(lang) == "ltr":
        # A line of the page with a name in it; read leftwards, what is said of them came first.
        words = "".join(f"<bdi>{part}</bdi>" if n % 2 else part for n, part in enumerate(parts))
    elif runs != direction(lang):
        foreign = f' dir="{runs}"'  # else the figures behind a name in Arabic run into it
    if run.url:
        return f'<a href="{escape(run.url)}"{foreign}>{words}</a>'
    tag = _TAGS.get(run.style, "span" if foreign else "")
    return f"<{tag}{foreign}>{words}</{tag}>" if tag else words


def to_markdown(blocks: Iterable[Block]) -> str:
    """Return an outline as Markdown (CommonMark).

    Args:
        blocks: The outline.
    """
    parts = []
    for kind, found in itertools.groupby(blocks, key=lambda block: block.kind):
        if kind == "item":
            parts.append("\n".join(f"- {_markdown_runs(block.runs)}" for block in found))
            continue
        for block in found:
            mark = f"{'#' * (block.level + 1)} " if kind == "heading" else ""
            parts.append(mark + _markdown_runs(block.runs))
    return "\n\n".join(parts) + "\n"


def _markdown_runs(runs: Iterable[Run]) -> str:
    return "".join(_markdown_run(run) for run in runs)


def _markdown_run(run: Run) -> str:
    words = markdown(run.text)
    # emphasis begins and ends at a letter, so blanks stand outside of it
    before = " " if run.text[:1] == " " else ""
    after = " " if run.text[-1:] == " " and run.text.strip() else ""
    if not words:
        return " " if run.text else ""
    if run.url:
        return f"{before}[{words}]({markdown_address(run.url)}){after}"
    if run.style == "quote":
        return f"{before}“{words}”{after}"
    sign = {"strong": "**", "em": "*"}.get(run.style, "")
    return f"{before}{sign}{words}{sign}{after}"
