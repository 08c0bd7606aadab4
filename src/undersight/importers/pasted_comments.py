"""A comment section copied from the screen as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.importers.byte_source import TextLines, head_text
from undersight.importers.cell_values import count, moment_ago, moment_seen
from undersight.importers.comment_words import (
    ACTION_WORD,
    AGE_IN_LINE,
    AGE_LINE,
    COUNT_LINE,
    EDITED,
    LIKES,
    MORE_HIDDEN,
    OF_MANY_MEANINGS,
    TOP_COMMENTS,
    TURKIC_ACTION,
    UKRAINIAN_ACTION,
    is_action_line,
    is_furniture,
)
from undersight.importers.doubts import Doubts
from undersight.importers.moments import TimeReader
from undersight.importers.permalinks import permalink
from undersight.importers.shown_dates import is_shown_date, shown_moment
from undersight.model.corpus_rows import AccountRow, PostRow, SamplingNote
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.importers.post_rows import Part
    from undersight.model.corpus_rows import ColumnChoice, Moment

_LEAST_ACTIONS = 3
_MOST_NAME_CHARACTERS = 80
_MOST_BLOCK_LINES = 2_000
_UKRAINIAN_HOURS = re.compile(r"\bгод\b")


@dataclass(slots=True)
class _Block:
    """One comment as it stands: its lines with their numbers, then what stands under it."""

    lines: list[tuple[int, str]] = field(default_factory=list)
    under: list[tuple[int, str]] = field(default_factory=list)


class PastedComments:
    """Text copied from a comment section: a name, the comment, how long ago, Like, Reply.

    Ages such as “3 h” become times only if the copying is dated (``--seen``); the precision
    is that of the unit. Who answers whom is lost in copying, so everything is a comment. Names
    are all that is known of the people: two of one name are not told apart.
    """

    importer_id: ClassVar[str] = "pasted-comments"
    about: ClassVar[str] = _("A comment section copied from the screen as text.")
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".text", ".md")
    version: ClassVar[int] = 2
    reason: ClassVar[str] = "lines such as “3 h · Like · Reply” stand under its paragraphs"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for three lines that stand under comments, with an age and an action."""
        text = head_text(head)
        if "\0" in text or text.lstrip()[:1] in ("{", "[", "<"):
            return False
        found = [line.strip() for line in text.splitlines() if is_action_line(line.strip())]
        n_ages = sum(1 for line in found if AGE_IN_LINE.search(line) or is_shown_date(line))
        n_actions = sum(1 for line in found if ACTION_WORD.search(line))
        return min(n_ages, n_actions) >= _LEAST_ACTIONS

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[Part]:
        """Yield comments in their order, then what the page said of comments not shown.

        Raises:
            InputError: It is empty or no text, or no line stands under a comment.
        """
        lines = TextLines(stream)
        reader = _Reader(choice)
        for part in reader.comments(_numbered(lines)):
            reader.doubts.n_records += 1
            yield part
        if not reader.n_comments:
            reason = "no line such as “3 h · Like · Reply” stands in it"
            raise DamagedFileError("line 1", reason)
        if lines.damage:
            reason = f"{lines.damage.capitalize()}; what follows is missing."
            yield Issue(locator=f"after line {lines.n_lines}", reason=reason)
        yield from reader.notes()


def _numbered(lines: TextLines) -> Iterator[tuple[int, str] | Issue]:
    for line in lines:
        number = lines.n_lines
        if lines.damaged:
            yield Issue(locator=f"line {number}", reason=lines.damaged.pop(number))
        else:
            # Copying puts marks of direction and zero-width signs around names.
            yield number, line.strip().strip("\u200b\u200e\u200f\u2066\u2067\u2068\u2069").strip()


class _Reader:
    def __init__(self, choice: ColumnChoice) -> None:
        self.doubts = Doubts()
        self.n_comments = 0
        self._choice = choice
        self._observed = moment_seen(choice)
        self._times = TimeReader(zone=choice.zone)
        self._place = permalink(choice.target)
        self._notes: dict[str, SamplingNote] = {}

    def comments(self, lines: Iterator[tuple[int, str] | Issue]) -> Iterator[Part]:
        block = _Block()
        for one in lines:
            if isinstance(one, Issue):
                yield one
                continue
            number, line = one
            if not line or self._is_of_page(number, line, block):
                continue
            if is_action_line(line) or (block.under and COUNT_LINE.fullmatch(line)):
                block.under.append((number, line))
                continue
            if block.under and not self._is_handle_first(block):
                yield from self._comment(block)
                block = _Block()
            block.lines.append((number, line))
            if len(block.lines) > _MOST_BLOCK_LINES:
                yield from self._left_over(block, "no line stands under so long a text")
                block = _Block()
        if block.under:
            yield from self._comment(block)
        elif block.lines:
            yield from self._left_over(block, "no line stands under it, so the copy may be cut")

    def _is_of_page(self, number: int, line: str, block: _Block) -> bool:
        if not is_furniture(line):
            return False
        if not block.lines and not block.under and self.n_comments and line.lower() == "author":
            return True
        place = f"line {number}"
        if TOP_COMMENTS.fullmatch(line):
            sentence = f"The page showed a choice of comments (“{line}”), not all."
            note = SamplingNote(code="top-comments", sentence=sentence, locator=place)
            self._notes.setdefault("top", note)
        elif MORE_HIDDEN.fullmatch(line):
            sentence = f"More comments were folded away (“{line}”) when this was copied."
            note = SamplingNote(code="other", sentence=sentence, locator=place)
            self._notes.setdefault("hidden", note)
        return True

    @staticmethod
    def _is_handle_first(block: _Block) -> bool:
        """Whether only a handle and its age were read yet, as YouTube writes them."""
        return (
            len(block.lines) == 1
            and block.lines[0][1].startswith("@")
            and not any(ACTION_WORD.search(EDITED.sub("", line)) for _, line in block.under)
        )

    def _comment(self, block: _Block) -> Iterator[Part]:
        lines = block.lines
        under = [line for _, line in block.under]
        if len(lines) == 1:
            text, under = _own_word(under)
        else:
            text = "\n".join(line for _, line in lines[1:])
        if not lines:
            return
        number, name = lines[0]
        if len(name) > _MOST_NAME_CHARACTERS:
            yield from self._left_over(block, "no name stands above it")
            return
        locator = f"line {number}"
        self.n_comments += 1
        self.doubts.text_seen(text, locator)
        platform = self._choice.platform or self._place.platform or "other"
        handle = name[1:] if re.fullmatch(r"@[\w.-]+", name) else ""
        yield PostRow(
            locator=locator,
            platform=platform,
            kind="comment",
            author=AccountRow(
                locator=locator,
                platform=platform,
                native_id=f"@{handle}" if handle else "",
                name=name,
                handle=handle,
            ),
            root_native_id=self._place.post_id,
            target=self._target(locator, platform),
            published=self._published(under),
            text=text,
            n_likes=_likes(under),
        )

    def _published(self, under: Sequence[str]) -> Moment | None:
        dated = next((line for line in under if is_shown_date(line)), "")
        if dated:
            moment = shown_moment(dated, self._observed, self._times)
            self.doubts.n_ages_unplaced += moment is None
            return moment
        found = AGE_IN_LINE.search(_age_line(under))
        if found is None:
            return None
        age = found[1]
        if OF_MANY_MEANINGS.fullmatch(age) and any(map(TURKIC_ACTION.search, under)):
            self._notes.setdefault("ages", _doubtful(age))
            return None
        if any(map(UKRAINIAN_ACTION.search, under)):
            age = _UKRAINIAN_HOURS.sub("годин", age)
        moment = moment_ago(age, self._observed)
        if moment is None:
            self.doubts.n_ages_unplaced += 1
        return moment

    def _target(self, locator: str, platform: str) -> AccountRow | None:
        place = self._place
        name = place.owner or ("" if place.platform else self._choice.target)
        if not name and not place.owner_id:
            return None
        return AccountRow(locator=locator, platform=platform, native_id=place.owner_id, name=name)

    def _left_over(self, block: _Block, why: str) -> Iterator[Issue]:
        number, last = block.lines[0][0], block.lines[-1][0]
        span = f"Lines {number} to {last} are" if last > number else f"Line {number} is"
        yield Issue(locator=f"line {number}", reason=f"{span} no comment: {why}.")

    def notes(self) -> Iterator[SamplingNote]:
        yield from self._notes.values()
        yield from self.doubts.notes()


def _doubtful(age: str) -> SamplingNote:
    sentence = (
        f"Where pages are in Azerbaijani or Turkish, “{age}” can mean more than one span: such "
        "times are left out."
    )
    return SamplingNote(code="other", sentence=sentence)


def _own_word(under: list[str]) -> tuple[str, list[str]]:
    """A comment that is itself “like” looks like an action: then the word stands twice."""
    folded = [line.lower() for line in under]
    if under and folded.count(folded[0]) > 1 and ACTION_WORD.fullmatch(under[0]):
        return under[0], under[1:]
    return "", under


def _age_line(under: Sequence[str]) -> str:
    """The line that says how long ago; one that may be a count, “45 min”, if no other does."""
    ages = [line for line in under if AGE_IN_LINE.search(line)]
    sure = [line for line in ages if not COUNT_LINE.fullmatch(line)]
    return (sure or ages or [""])[0]


def _likes(under: Sequence[str]) -> int | None:
    age = _age_line(under)
    for line in under:
        found = LIKES.search(line)
        if found:
            return count(found[1].strip())
        if COUNT_LINE.fullmatch(line) and not (line == age and AGE_LINE.fullmatch(line)):
            return count(line)
    return None
