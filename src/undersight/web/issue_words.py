"""What could not be read of a file, in the reader's language.

Importers tell it in English sentences, which imports keep. Each text below is such a sentence
with its parts named; the right side is what pages say, and may leave out a detail.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from undersight.i18n import _, translator

if TYPE_CHECKING:
    from collections.abc import Mapping

_PART = re.compile(r"%\\\((\w+)\\\)s")
_PAIRS: Final[tuple[tuple[str, str], ...]] = (
    ("“(?P<value>.+)” in (?P<column>.+) is not a date(: .+)?\\.",
     _("“%(value)s” in “%(column)s” is not a date.")),
    ("“(?P<value>.+)” in (?P<column>.+) can be two days, .+",
     _("“%(value)s” in “%(column)s” can be two days, and no other row tells which is meant.")),
    ("“(?P<value>.+)” in (?P<column>.+) is not .+",
     _("“%(value)s” in “%(column)s” is not what this column holds.")),
    ("(The|What) .+(has no time that can be read)\\.", _("It has no time that can be read.")),
    ("(?P<what>.+); what follows is missing\\.",
     _("The file is damaged here; what follows is missing.")),
    ("(?P<what>.+); what follows was not read\\.",
     _("The file is damaged here; what follows was not read.")),
    ("The line (is not|holds NUL bytes).*begins at byte (?P<start>\\d+)\\.",
     _("The line is damaged; it begins at byte %(start)s.")),
    ("The line is longer than 16 MiB.*", _("The line is longer than 16 MiB.")),
    ("Left out: a post that readers need a password for\\.",
     _("Left out: readers need a password for it.")),
    ("Left out: a .+ without a title or a word\\.",
     _("Left out: it has neither title nor words.")),
    ("Cells with a formula that has an error or no result .+?: (?P<cells>.+?)\\. .*",
     _("Cells whose formula has an error or no result came in empty: %(cells)s.")),
    ("Left out: .+, not a published post\\.", _("Left out: it is not a published post.")),
    ("It is a notice of (?P<app>\\w+) itself.*", _("It is a notice of %(app)s itself.")),
    ("The file is private messages; it was not read\\.",
     _("The file holds private messages; it was not read.")),
    ("(It has no id, .+|The member of data .+|The record is no JSON object\\.)",
     _("The record is no post.")),
    ("(The file is no .+ export|No entry can be told on the page).*",
     _("The file is of another kind; it was not read.")),
    ("The API answered with an error.*", _("The platform answered with an error.")),
    ("The (file|page) .*it was not read\\.", _("The file is of another kind; it was not read.")),
    ("Lines (?P<first>\\d+) to (?P<last>\\d+) are no comment.*",
     _("Lines %(first)s to %(last)s are no comment.")),
    ("Line (?P<number>\\d+) is no comment.*", _("Line %(number)s is no comment.")),
    ("The archive (cannot be read on from here|is not as it should be).*",
     _("The archive is damaged here.")),
    ("The page (holds no .+|is packed as .+)", _("The page holds no text that can be read.")),
)  # fmt: skip
_SENTENCES: Final[tuple[str, ...]] = (
    _("“%(value)s” is no time known here."),
    _("“%(value)s” is no count that is kept of accounts."),
    _("The row has %(cells)s cells, the header %(columns)s."),
    _("A quotation mark is misplaced or not closed; the line was left out."),
    _("It is no row; the line was left out."),
    _("The last line is cut short; the file was not saved to its end."),
    _("The line is no JSON object, nests too deeply, or holds half a character."),
    _("The record is no JSON object with fields."),
    _("The entry has neither title nor text."),
    _("The row repeats the names of columns; it was left out."),
    _("This row was taken for the names of columns; if it is none, mend the table."),
    _("It has neither an author nor a text."),
    _("The account has neither id nor handle nor name."),
    _("A number or time of the record is out of range."),
    _("The line stands before the first message."),
    _("The sheet is hidden and was left out; show it to bring it in."),
    _("Rows hidden in the sheet came in like the others: %(rows)s."),
    _("Columns hidden in the sheet came in like the others: %(columns)s."),
    _("Only the first sheet with a header is read; this one was left out."),
    _("A private conversation of %(messages)s messages was left out."),
    _("It is a group or a private chat; what others wrote there is not read."),
    _("The page is too long: only its beginning was read."),
    _("What was done, “%(action)s”, is in words that no rule here knows."),
    _("The role names nobody."),
)
_PLACES: Final[tuple[str, ...]] = (
    _("line %(number)s"),
    _("row %(number)s"),
    _("item %(number)s"),
    _("entry %(number)s"),
    _("record %(number)s"),
    _("%(sheet)s, row %(number)s"),
    _("document"),
    _("page"),
    _("file"),
)


def told(reason: str, lang: str, names: Mapping[str, str]) -> str:
    """Return why something could not be read, in a language; empty where it has no words.

    Args:
        reason: The sentence that an importer told.
        lang: Language of the interface.
        names: What the file calls its columns, by their meaning.
    """
    for pattern, message in _patterns():
        if found := pattern.fullmatch(reason):
            parts = found.groupdict()
            column = parts.get("column") or ""
            if lang == "en":  # nothing is left out
                return reason.replace(f"” in {column} ", f"” in “{names.get(column, column)}” ")
            return translator(lang).gettext(message) % {
                **parts, "column": names.get(column, column)
            }  # fmt: skip
    return reason if lang == "en" else ""


def place(locator: str, lang: str) -> str:
    """Return where in a file something stands, in a language; ids of formats stay as they are."""
    if lang != "en":
        for pattern, message in _places():
            if found := pattern.fullmatch(locator):
                return translator(lang).gettext(message) % found.groupdict()
    return locator


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    plain = [(_pattern_of(message, ".+"), message) for message in _SENTENCES]
    return (*plain, *((re.compile(pattern, re.DOTALL), message) for pattern, message in _PAIRS))


@functools.cache
def _places() -> tuple[tuple[re.Pattern[str], str], ...]:
    written = {message: message.replace(", row ", "!row ") for message in _PLACES}
    return tuple((_pattern_of(text, "[^#]+"), message) for message, text in written.items())


def _pattern_of(message: str, part: str) -> re.Pattern[str]:
    return re.compile(_PART.sub(rf"(?P<\1>{part})", re.escape(message)), re.DOTALL)
