"""Words put into other notations so that nothing in them is taken for markup."""

from __future__ import annotations

import re
from typing import Final

_MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]<>#|~!&]")
_LINE_START: Final = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)", re.MULTILINE)
_LINE_BREAKS: Final = re.compile(r"\s*\n\s*")


def markdown(words: str) -> str:
    """Return words for the inside of a Markdown paragraph, on one line.

    Args:
        words: Any text.
    """
    line = _LINE_BREAKS.sub(" ", str(words).strip())
    escaped = _MARKDOWN.sub(lambda match: f"\\{match[0]}", line)
    return _LINE_START.sub(_with_backslash, escaped)


def markdown_address(url: str) -> str:
    """Return an address for the round brackets of a Markdown link.

    Args:
        url: An http or https address.
    """
    return url.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C")


def _with_backslash(match: re.Match[str]) -> str:
    sign = match[2]
    return f"{match[1]}{sign[:-1]}\\{sign[-1]}"
