"""A page of HTML, bounded and decoded, ready to be asked for its elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from undersight.errors import DamagedFileError
from undersight.text.decoding import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_BYTES: Final = 64 * 1024**2
_XML_SIGN = re.compile(r"^\s*<\?xml[^>]*\?>")


def html_root(stream: BinaryIO) -> HtmlElement:
    """Return the root element of a page.

    Args:
        stream: The file from its start.

    Raises:
        DamagedFileError: It is no HTML, or has more than 64 MiB.
    """
    from lxml import etree
    from lxml import html as lxml_html

    raw = stream.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise DamagedFileError("the page", "it has more than 64 MiB")
    if b"<" not in raw:
        raise DamagedFileError("the page", "it is empty or no HTML")
    source = _XML_SIGN.sub("", decode(raw, name="the page")).replace("\0", " ")
    try:
        root: Any = lxml_html.document_fromstring(source)
    except (etree.ParserError, ValueError) as error:
        raise DamagedFileError("the page", "it holds no HTML") from error
    return root


def with_class(name: str) -> str:
    """Return the XPath test for an element that has a class.

    Args:
        name: The class, a plain word.
    """
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
