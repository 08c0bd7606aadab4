"""What makes a file doubtful as a whole: damaged ids, wrong encodings, caps. Reported, not mended.

A `Doubts` counts while rows are read and tells at the end, so that a million doubtful values cost
one sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersight.model.corpus_rows import SamplingNote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from undersight.model.corpus_rows import ShareRow

NULLS: Final = frozenset({"null", "none", "nan", "n/a", "na", "-", "nil", "[]", "{}", ""})
CAPS: Final = frozenset({50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000})
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+)?[eE]\+?\d{1,3}")
# UTF-8 read as Latin-1, cp1252 or cp1251: a lead byte followed by what a trailing byte looks like.
_MOJIBAKE = re.compile(
    "[ÃÅÄ][\x80-\xbf\u0178\u0152\u0153\u0160\u0161\u017d\u017e\u2018-\u203a\u20ac\u2122]"
    "|É™|[ÐÑ][\x80-\xbf\u2018-\u2030\u20ac\u2122]|â€|Гј|Г¶|Й™|[РС][ѓЃ‚„…†‡€‰Љ‹ЊЌЋЏ\u0452\xa0]"
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|apos|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_N_EXACT_DIGITS = 15
_LEAST_ZEROED = 3
_LEAST_MISREAD = 3


def is_scientific(value: str) -> bool:
    """Whether an id was turned into a number with an exponent, its last digits lost."""
    return bool(_SCIENTIFIC.fullmatch(value))


class Doubts:
    """Counts what is doubtful about a file while it is read.

    Attributes:
        n_records: Records read, rejected ones included.
        n_ages_unplaced: Times that say only how long ago, with no known moment to count from.
    """

    def __init__(self) -> None:
        self.n_records = 0
        self.n_ages_unplaced = 0
        self._n_long_ids = 0
        self._counts = {"scientific": 0, "zeroed": 0, "mojibake": 0, "entities": 0,
                        "objects": 0}  # fmt: skip
        self._first = dict.fromkeys(self._counts, "")

    def id_kept(self, value: str, locator: str) -> str:
        """Look at an id; return it, or nothing where its digits are lost beyond doubt."""
        if value[:1].isdigit():
            if len(value) > 16:
                self._n_long_ids += 1
                if not value[_N_EXACT_DIGITS:].strip("0"):
                    self._count("zeroed", locator)
            elif not value.isdigit() and is_scientific(value):
                self._count("scientific", locator)
                return ""
        return value

    def ids_kept(self, values: Sequence[str], locators: Sequence[str]) -> list[str]:
        """Look at a column of ids; see `id_kept`. Blanks and words for nothing become empty.

        Args:
            values: The cells.
            locators: Where each stands.
        """
        bare = [one.strip() for one in values]
        return [
            one
            if (one.isdigit() and len(one) <= 16) or (len(one) > 4 and not one[0].isdigit())
            else ("" if one.lower() in NULLS else self.id_kept(one, locator))
            for one, locator in zip(bare, locators, strict=True)
        ]

    def text_seen(self, text: str, locator: str) -> None:
        """Look at a text for wrong encodings and for marks of HTML left in it."""
        if "&" in text and _ENTITY.search(text):
            self._count("entities", locator)
        if not text.isascii() and _MOJIBAKE.search(text):
            self._count("mojibake", locator)

    def texts_seen(self, texts: Sequence[str], locators: Sequence[str]) -> None:
        """Look at texts for wrong encodings and for marks of HTML left in them.

        Args:
            texts: As they stand in the file.
            locators: Where each stands.
        """
        joined = "\n".join(texts)
        may_have_entities = "&" in joined and _ENTITY.search(joined)
        if not may_have_entities and (joined.isascii() or not _MOJIBAKE.search(joined)):
            return
        for text, locator in zip(texts, locators, strict=True):
            self.text_seen(text, locator)

    def objects_seen(self, shared: Iterable[Sequence[ShareRow]], locators: Sequence[str]) -> None:
        """Look at what rows share for objects of which nobody said what they are.

        Args:
            shared: What each row shares.
            locators: Where each stands.
        """
        for shares, locator in zip(shared, locators, strict=True):
            if any(one.kind == "object" for one in shares):
                self._count("objects", locator)

    def _count(self, what: str, locator: str) -> None:
        if not self._counts[what]:
            self._first[what] = locator
        self._counts[what] += 1

    def notes(self) -> Iterator[SamplingNote]:
        """Tell what was seen, each with its number and where it stands first."""
        counts, first = self._counts, self._first
        if counts["scientific"]:
            yield SamplingNote(
                code="damaged-ids",
                sentence=f"{counts['scientific']} ids were turned into numbers such as 1.23E+17: "
                "their digits are lost and they were left out. Export again with ids as text.",
                locator=first["scientific"],
            )
        if counts["zeroed"] >= _LEAST_ZEROED and counts["zeroed"] * 10 > self._n_long_ids:
            yield SamplingNote(
                code="damaged-ids",
                sentence=f"{counts['zeroed']} of {self._n_long_ids} long ids end in zeros, as "
                "spreadsheets leave them: different posts or accounts may have become one.",
                locator=first["zeroed"],
            )
        if counts["objects"]:
            yield SamplingNote(
                code="other",
                sentence=f"{counts['objects']} objects are neither links nor hashtags: no "
                "detector looks at them as they are. Import the file again and say what they "
                "are, such as --map COLUMN=repost_of_id (the post that is repeated) or =link.",
                locator=first["objects"],
            )
        if counts["mojibake"] >= _LEAST_MISREAD:
            yield SamplingNote(
                code="other",
                sentence=f"{counts['mojibake']} texts look as if read in a wrong encoding; "
                "they are kept as they stand.",
                locator=first["mojibake"],
            )
        if counts["entities"] >= _LEAST_MISREAD:
            yield SamplingNote(
                code="other",
                sentence=f"{counts['entities']} texts hold HTML entities such as &amp;; "
                "they are kept as they stand.",
                locator=first["entities"],
            )
        if self.n_ages_unplaced:
            yield SamplingNote(
                code="other",
                sentence=f"{self.n_ages_unplaced} times say only how long ago (“3 h”). Say at "
                "which moment the page was seen, or they stay unknown.",
            )
        if self.n_records in CAPS:
            yield SamplingNote(
                code="row-cap",
                sentence=f"The file holds exactly {self.n_records} records, which looks like a "
                "cap of the tool that made it: there may be more.",
            )
