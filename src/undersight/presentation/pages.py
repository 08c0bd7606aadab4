"""The template environment of everything written for readers: escaped, translated, strict."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from undersight.i18n import translator

if TYPE_CHECKING:
    from jinja2 import Environment


@functools.cache
def environment(package: str, lang: str) -> Environment:
    """Return the templates of a package in one language.

    Args:
        package: The package that holds a folder ``templates``.
        lang: Language of the interface.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    made = Environment(
        loader=PackageLoader(package),
        autoescape=select_autoescape(("html", "xml"), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # a look at the disk for each part of each page
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    # newstyle: what is put into a translated text is escaped like everything else
    made.install_gettext_translations(translator(lang), newstyle=True)  # type: ignore[attr-defined]
    return made
