"""What an importer yields, and what an importer is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, ClassVar, Protocol

from undersight.model.corpus_rows import ColumnChoice, CorpusRow, SamplingNote
from undersight.model.fuzzy_date import FuzzyDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words of a text that lead to an address.

    Args:
        start: Offset of the first character of the words.
        end: Offset after their last character.
        url: The address, as written.
    """

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text to draft entries from.

    Args:
        locator: Where it stands in the file (``item 12``, ``line 1``).
        title: Its headline; empty where it has none.
        text: Its body as readable text.
        published: When it was published, if the file says so.
        url: Its address, if the file says so.
        lang: Its language, if the file says so.
        links: Where its words lead to, in order.
    """

    locator: str
    title: str = ""
    text: str = ""
    published: FuzzyDate | None = None
    url: str = ""
    lang: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table, cells as text by column name.

    Args:
        locator: Such as ``line 12`` or ``Sheet1!row 12``.
        cells: Text by column; empty cells are left out.
    """

    locator: str
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What could not be read or stored, where, and why.

    Args:
        locator: Where in the file.
        reason: One sentence.
        column: The column or element concerned; empty for the whole.
        is_note: Whether nothing was lost by it, and it is only worth knowing.
    """

    locator: str
    reason: str
    column: str = ""
    is_note: bool = False


class Importer(Protocol):
    """A reader of one file format."""

    importer_id: ClassVar[str]
    about: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Tell from the first 64 KiB and the file's name whether the format is this one."""

    def parse(self, stream: BinaryIO) -> Iterator[Article | Row | Issue]:
        """Read the stream to its end.

        Raises:
            InputError: The file as a whole is not of this format or is damaged.
        """


class PostImporter(Protocol):
    """A reader of one format of bulk posts: it yields what the corpus keeps.

    ``version`` rises whenever the same bytes can come out as other rows, so that a corpus loaded
    by an older mapper is known. ``reason`` is one clause for people telling by which sign the
    format is known, such as ``the header has object_id, account_id, content_id``.
    """

    importer_id: ClassVar[str]
    about: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    version: ClassVar[int]
    reason: ClassVar[str]

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Tell from the first 64 KiB and the file's name whether the format is this one.

        Only a signature that no other format shares is claimed; a table of any other header is
        left to the importers of the casebook.
        """

    def parse(
        self, stream: BinaryIO, choice: ColumnChoice
    ) -> Iterator[CorpusRow | Issue | SamplingNote]:
        """Read the stream to its end, in file order, without holding it in memory.

        Every record of the file comes out as at least one row or issue with the record's locator:
        the first is the record, what follows under the same locator belongs to it. A locator
        leads back to the record in the sealed bytes.

        Raises:
            InputError: The file as a whole is not of this format or is damaged.
        """
