"""Bring the translations up to the code: extract, merge, compile.

Nothing in the result depends on the day or the machine, so running it twice changes nothing
and a test can compare (tests/test_i18n.py). Texts that left the code leave the catalogues; a
text that changed is asked for again, never guessed from a similar one.
"""

from __future__ import annotations

import functools
import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from undersight.i18n import DOMAIN, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "undersight"
METHODS = [
    ("**/templates/**.*", "jinja2"),
    ("**.py", "python"),
]
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "t": None,
    "ngettext": (1, 2),
    "nt": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*(?::[^}]*)?\}")
SETTLED = datetime(2026, 1, 1, tzinfo=UTC)  # a catalogue's date is its commit


@functools.cache
def extracted(source: Path = SOURCE) -> Catalog:
    """Every translatable text of the source, with the files it stands in."""
    template = _catalogue(None)
    found = extract_from_dir(
        source,
        method_map=METHODS,
        keywords=KEYWORDS,
        comment_tags=("TRANSLATORS:",),
        strip_comment_tags=True,
    )
    for filename, _line, message, comments, context in found:
        name = f"src/undersight/{Path(filename).as_posix()}"
        template.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return template


def merged(lang: str, template: Catalog) -> Catalog:
    """A language's catalogue with exactly the texts of the template."""
    catalogue = _catalogue(lang)
    path = po_path(lang)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=lang, domain=DOMAIN, abort_invalid=True)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.creation_date = catalogue.revision_date = SETTLED
    return catalogue


def po_path(lang: str) -> Path:
    """Where a language's texts are edited."""
    return SOURCE / "locale" / lang / "LC_MESSAGES" / f"{DOMAIN}.po"


def files() -> Iterator[tuple[Path, bytes]]:
    """Every catalogue file as it should be."""
    template = extracted()
    for lang in LANGUAGES:
        if lang == "en":
            continue
        catalogue = merged(lang, template)
        source, compiled = io.BytesIO(), io.BytesIO()
        write_po(source, catalogue, width=99, sort_output=True, include_lineno=False)
        write_mo(compiled, catalogue)
        yield po_path(lang), source.getvalue()
        yield po_path(lang).with_suffix(".mo"), compiled.getvalue()


def faults(message: Message) -> list[str]:
    """What is wrong with one translation: empty, uncertain, or with other placeholders."""
    string = message.string or ""
    texts = (string,) if isinstance(string, str) else tuple(string)
    if not all(texts):
        return ["not translated"]
    if message.fuzzy:
        return ["marked as uncertain"]
    sources = (message.id,) if isinstance(message.id, str) else message.id
    # A plural form may leave out the number ("one day"), never invent a placeholder.
    wanted = set(PLACEHOLDER.findall(sources[-1]))
    is_plural = len(sources) > 1
    return [
        f"placeholders {_listed(wanted)} became {_listed(found)}"
        for text in texts
        if not (found := set(PLACEHOLDER.findall(text))) <= wanted
        or (found != wanted and not is_plural)
    ]


def _listed(placeholders: set[str]) -> str:
    return ", ".join(sorted(placeholders)) or "nothing"


def _catalogue(lang: str | None) -> Catalog:
    return Catalog(
        locale=lang,
        domain=DOMAIN,
        project="undersight",
        header_comment="# Texts of undersight. Licence: Apache-2.0, as the program.",
        creation_date=SETTLED,
        revision_date=SETTLED,
        last_translator="the undersight authors",
        language_team=f"{lang or 'en'}",
        fuzzy=False,
    )


def main() -> int:
    """Write the catalogues and say how much of each is translated."""
    for path, content in files():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    template = extracted()
    for lang in LANGUAGES[1:]:
        texts = [message for message in merged(lang, template) if message.id]
        missing = [message for message in texts if faults(message)]
        print(f"{lang}: {len(texts) - len(missing)} of {len(texts)} texts translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
