"""Text of others on a terminal: read as text, never carried out.

A pasted article may hold the signs by which programs clear the screen, hide words or rename the
window. What somebody confirms must be what stands there.
"""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Bold, faint, italic, underlined, struck, and their end: what our own headings are set in.
_OWN_STYLE = re.compile(r"(\x1b\[[0-49](?:;[0-49])*m)")
_BLANK = frozenset("\r\x0b\x0c\x85")


def legible(text: str) -> str:
    """Return a text with every control character as one sign, so that places in it stay.

    Args:
        text: Words of others; line breaks and tabs are left.
    """
    return _CONTROL.sub(
        lambda sign: " " if sign[0] in _BLANK else "\N{REPLACEMENT CHARACTER}", text
    )


def legible_styled(text: str) -> str:
    """Return a text that our own headings may be bold in, nothing else of it carried out."""
    parts = _OWN_STYLE.split(text)
    return "".join(part if i % 2 else legible(part) for i, part in enumerate(parts))
