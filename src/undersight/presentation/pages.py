"""The template environment of everything written for readers: escaped, translated, strict."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from undersight.i18n import translator

if TYPE_CHECKING:
    from types import CodeType

    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket

_PAGES = (".html", ".md", ".txt", ".xml")


@functools.cache
def environment(package: str, lang: str) -> Environment:
    """Return the templates of a package in one language.

    Args:
        package: The package that holds a folder ``templates``.
        lang: Language of the interface.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    made = Environment(
        bytecode_cache=_compiled(),
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


def compile_ahead(package: str) -> None:
    """Read the templates of a package, so that whoever opens a page first need not wait for that.

    Args:
        package: The package that holds a folder ``templates``.
    """
    made = environment(package, "en")
    for name in made.list_templates():
        if name.endswith(_PAGES):
            made.get_template(name)


@functools.cache
def _compiled() -> BytecodeCache:
    """What templates were compiled to, in memory: the same for every language."""
    from jinja2 import BytecodeCache

    class Compiled(BytecodeCache):
        def __init__(self) -> None:
            self._known: dict[tuple[str, str], CodeType] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            bucket.code = self._known.get((bucket.key, bucket.checksum))

        def dump_bytecode(self, bucket: Bucket) -> None:
            if bucket.code is not None:
                self._known[bucket.key, bucket.checksum] = bucket.code

    return Compiled()
