"""A chat exported from WhatsApp as text: ``_chat.txt``."""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Final

from undersight.errors import DamagedFileError, DayOrderError
from undersight.i18n import _
from undersight.importers.byte_source import TextLines, head_text
from undersight.importers.doubts import Doubts
from undersight.importers.moments import MINUTE_US, TimeReader
from undersight.importers.post_rows import Part, stated_target
from undersight.model.corpus_rows import AccountRow, PostRow
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.model.corpus_rows import ColumnChoice

_PLATFORM: Final = "whatsapp"
_LEAST_MESSAGES = 2
_MARKS = "\ufeff\u200e\u200f\u202a\u202c"
_HALF = r"(?:[\s\u00a0\u202f]*[AaPpÖö]\.?[\s\u00a0\u202f]?[MmÖöSs]\.?)?"
_MESSAGE = re.compile(
    r"\[?(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}),?[\s\u00a0\u202f]+"
    rf"(\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?{_HALF})(?:\]|[\s\u00a0]+[-–])[\s\u00a0](.*)",
    re.DOTALL,
)
_NAMED = re.compile(r"([^:\n]{1,80}):(?:\s|$|(?=\S))(.*)", re.DOTALL)
_MERIDIEM = re.compile(r"[\s\u00a0\u202f]*([AaPp])\.?[\s\u00a0\u202f]?([Mm])\.?$")


class WhatsappChat:
    """Messages of one chat; the times are those of the telephone that exported it (``--zone``).

    Whoever wrote is known by name only, and appears under a pseudonym unless ``--names``. The
    chat is named by ``--target``.

    A message is known by its minute and text, the how many'th of them it is, and its chat (else by
    what stands before it), so that exports of one chat that overlap hold it once. Who wrote is
    left out, for no hash of a name is stored. Blind spots: pictures, which exports call otherwise;
    where the chat is not named, the first message of a cut export.
    """

    importer_id: ClassVar[str] = "whatsapp-chat"
    about: ClassVar[str] = _("A chat exported from WhatsApp (_chat.txt).")
    suffixes: ClassVar[tuple[str, ...]] = (".txt",)
    version: ClassVar[int] = 2
    reason: ClassVar[str] = "its lines begin with a day, a time and who wrote"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for lines that begin as WhatsApp writes them."""
        text = head_text(head)
        if "\0" in text or text.lstrip()[:1] in ("{", "<"):
            return False
        lines = [line.strip(_MARKS) for line in text.splitlines() if line.strip()]
        found = [one for line in lines if (one := _MESSAGE.fullmatch(line))]
        is_first = bool(lines) and bool(_MESSAGE.fullmatch(lines[0]))
        return is_first and sum(1 for one in found if _NAMED.fullmatch(one[3])) >= _LEAST_MESSAGES

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[Part]:
        """Yield one comment per message, in file order.

        Raises:
            DayOrderError: No day of the chat tells whether days or months stand first.
            InputError: It is empty or no text, or no line begins a message.
        """
        source = stream if stream.seekable() else io.BytesIO(stream.read())
        times = TimeReader(zone=choice.zone, is_day_first=choice.is_day_first)
        written = [
            _when(found)
            for line in TextLines(source)
            if (found := _MESSAGE.match(line.strip(_MARKS)))
        ]
        if not written:
            raise DamagedFileError("line 1", "no line of it begins a message of WhatsApp")
        times.learn(written)
        if times.is_undecided:
            raise DayOrderError("the chat", times.ambiguous)
        source.seek(0)
        doubts, ids = Doubts(), _MessageIds(choice.target)
        for found_one in _messages(TextLines(source)):
            doubts.n_records += 1
            if isinstance(found_one, Issue):
                yield found_one
            else:
                post = _post(*found_one, times, choice)
                yield replace(post, native_id=ids.of(post)) if isinstance(post, PostRow) else post
        yield from doubts.notes()


class _MessageIds:
    """Ids by which a message is the same in every export of its chat."""

    def __init__(self, chat: str) -> None:
        self._chat, self._before = chat, ""
        self._n_alike: Counter[str] = Counter()
        self._minute = 0

    def of(self, post: PostRow) -> str:
        minute = post.published.us // MINUTE_US if post.published else 0
        if minute != self._minute:
            self._minute = minute
            self._n_alike.clear()
        words = f"{self._chat}\0{'' if self._chat else self._before}\0{post.text}"
        self._before = post.text
        digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:20]
        self._n_alike[digest] += 1
        return f"{minute}-{digest}-{self._n_alike[digest]}"


def _messages(lines: TextLines) -> Iterator[tuple[str, str] | Issue]:
    """Yield (locator, message) with the lines that go on under it, or an issue."""
    first, held = 0, ""
    for line in lines:
        number = lines.n_lines
        if lines.damaged:
            yield Issue(locator=f"line {number}", reason=lines.damaged.pop(number))
        elif _MESSAGE.match(line.strip(_MARKS)):
            if held:
                yield f"line {first}", held
            first, held = number, line.strip(_MARKS)
        elif held:
            held += line
        elif line.strip(_MARKS).strip():
            reason = "The line stands before the first message."
            yield Issue(locator=f"line {number}", reason=reason)
    if held:
        yield f"line {first}", held


def _when(found: re.Match[str]) -> str:
    clock = _MERIDIEM.sub(r" \1\2", found[2])
    return f"{found[1]} {clock}"


def _post(locator: str, message: str, times: TimeReader, choice: ColumnChoice) -> PostRow | Issue:
    found = _MESSAGE.match(message)
    named = _NAMED.fullmatch(found[3].rstrip("\r\n")) if found else None
    if found is None or named is None:
        reason = "It is a notice of WhatsApp itself, such as who joined."
        return Issue(locator=locator, reason=reason)
    published = times.read(_when(found))
    if published is None:
        return Issue(locator=locator, reason=f"“{_when(found)}” is no time known here.")
    return PostRow(
        locator=locator,
        platform=_PLATFORM,
        kind="comment",
        author=AccountRow(
            locator=locator, platform=_PLATFORM, name=named[1].strip(_MARKS + "~ \u00a0\u202f")
        ),
        target=stated_target(choice, _PLATFORM),
        published=published,
        text=named[2].strip(_MARKS).strip(),
    )
