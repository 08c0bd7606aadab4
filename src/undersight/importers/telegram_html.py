"""A chat or channel exported from Telegram Desktop as HTML: ``messages.html``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, Final

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.importers.byte_source import unpacked_head
from undersight.importers.cell_values import count
from undersight.importers.doubts import Doubts
from undersight.importers.html_document import html_root, with_class
from undersight.importers.moments import TimeReader
from undersight.importers.post_rows import Part, stated_target
from undersight.model.corpus_rows import AccountRow, PostRow, SamplingNote, ShareRow
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.model.corpus_rows import ColumnChoice

_PLATFORM: Final = "telegram"
_SIGNS: Final = (b'class="page_wrap', b'class="history"', b'class="message ')
_HEADING: Final = f"//div[{with_class('page_header')}]//div[{with_class('text')}]"
_MESSAGES: Final = f"//div[{with_class('message')}]"
_BODY: Final = f"./div[{with_class('body')}]"
_DATE: Final = f"./div[{with_class('date')}]"
_NAME: Final = f"./div[{with_class('from_name')}]"
_NAMES: Final = f"{_BODY}/div[{with_class('from_name')}]"
_FORWARDED: Final = f"./div[{with_class('forwarded')}]"
_TEXT: Final = f"./div[{with_class('text')}]"
_ANSWERED: Final = f"./div[{with_class('reply_to')}]//a/@href"
_REACTIONS: Final = f".//span[{with_class('reactions')}]//span[{with_class('count')}]"
_OWN_ID = re.compile(r"message(\d+)")
_ANSWERED_ID = re.compile(r"#go_to_message(\d+)")
_VIA = re.compile(r"\s+via @\w+$")
_DELETED: Final = ("Deleted Account", "Удалённый аккаунт", "Silinmiş Hesap")


class TelegramHtml:
    """Messages of one chat, file by file; ids are told apart by the chat's name.

    Who wrote is known by name only. What bears the chat's own name is a post, all else a comment;
    what was passed on from elsewhere keeps the name of who passed it on. Blind spot: a second
    chat of the same name is taken for the same one, unless ``--target`` tells them apart.
    """

    importer_id: ClassVar[str] = "telegram-html"
    about: ClassVar[str] = _("A chat or channel exported from Telegram Desktop as HTML.")
    suffixes: ClassVar[tuple[str, ...]] = (".html",)
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "it is a page of Telegram Desktop's export"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for the frame of the export and a message in it."""
        raw = unpacked_head(head)
        return all(sign in raw for sign in _SIGNS)

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[Part]:
        """Yield the messages as they stand on the page.

        Raises:
            DamagedFileError: It is no HTML, too large, or no message stands on it.
        """
        root = html_root(stream)
        chat = _Chat(root, choice)
        if not chat.messages:
            raise DamagedFileError("the page", "no message of Telegram stands on it")
        for message in chat.messages:
            chat.doubts.n_records += 1
            yield chat.row(message)
        if chat.is_conversation:
            yield SamplingNote(
                code="other",
                sentence="Two people write in this chat, and it bears the name of one: it looks "
                "like a private conversation. Take the import out if it should not be here.",
            )
        yield from chat.doubts.notes()


class _Chat:
    """What holds for all messages of a page, and who wrote the last one."""

    def __init__(self, root: Any, choice: ColumnChoice) -> None:
        self.doubts = Doubts()
        self._tree = root.getroottree()
        self._times = TimeReader(zone=choice.zone, is_day_first=True)
        self.messages = root.xpath(_MESSAGES)
        self._name = next((_words(one) for one in root.xpath(_HEADING)), "")
        names = {_words(one) for message in self.messages for one in message.xpath(_NAMES)}
        self.is_conversation = len(names) == 2 and self._name in names
        self._target = stated_target(choice, _PLATFORM) or AccountRow(
            locator="the page", platform=_PLATFORM, name=self._name
        )
        self._scope = self._target.native_id or f"~{self._target.name}"
        self._last_name = ""

    def row(self, message: Any) -> Part:
        locator = self._locator(message)
        body = next(iter(message.xpath(_BODY)), None)
        shown = body.xpath(_DATE) if body is not None else []
        if body is None or not shown:
            return Issue(locator=locator, reason="It is a notice of Telegram itself.")
        written = shown[0].get("title") or _words(shown[0])
        published = self._times.read(written)
        if published is None:
            return Issue(locator=locator, reason=f"“{written[:40]}” is no time known here.")
        name = self._author(body)
        held = next(iter(body.xpath(_FORWARDED)), body)
        texts = [*body.xpath(_TEXT), *(held.xpath(_TEXT) if held is not body else ())]
        text = "\n".join(filter(None, map(_readable, texts)))
        self.doubts.text_seen(text, locator)
        own = _OWN_ID.fullmatch(message.get("id") or "")
        answered = next((f for a in body.xpath(_ANSWERED) if (f := _ANSWERED_ID.search(a))), None)
        is_own = bool(name) and name == self._name and not self.is_conversation
        return PostRow(
            locator=locator,
            platform=_PLATFORM,
            native_id=f"{self._scope}/{own[1]}" if own else "",
            kind="post" if is_own else "reply" if answered else "comment",
            author=self._target if is_own else self._account(name, locator),
            parent_native_id=f"{self._scope}/{answered[1]}" if answered else "",
            target=None if self.is_conversation else self._target,
            published=published,
            text=text,
            n_likes=self._n_reactions(body),
            shares=tuple(ShareRow(kind="url", value=link) for link in _links(texts)),
        )

    def _locator(self, message: Any) -> str:
        return message.get("id") or str(self._tree.getpath(message))

    def _author(self, body: Any) -> str:
        """Who wrote it; a message that follows one of the same person does not say so."""
        shown = body.xpath(_NAME)
        if shown:
            self._last_name = _VIA.sub("", _words(shown[0]))
        return self._last_name

    @staticmethod
    def _account(name: str, locator: str) -> AccountRow | None:
        if not name or name in _DELETED:
            return None
        return AccountRow(locator=locator, platform=_PLATFORM, name=name)

    @staticmethod
    def _n_reactions(body: Any) -> int | None:
        counts = [count(_words(one)) for one in body.xpath(_REACTIONS)]
        return sum(one for one in counts if one is not None) if counts else None


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _readable(element: Any) -> str:
    """The text as it is read: lines end where the page breaks them."""
    for end in element.iter("br"):
        end.tail = f"\n{end.tail or ''}"
    lines = element.text_content().strip().split("\n")
    return "\n".join(line.strip() for line in lines)


def _links(texts: list[Any]) -> list[str]:
    """Addresses behind words; those that stand in the text are found there."""
    found = [
        link.get("href") or ""
        for text in texts
        for link in text.iter("a")
        if (link.get("href") or "") != (link.text_content() or "").strip()
    ]
    return [one for one in dict.fromkeys(found) if one.startswith(("http://", "https://"))]
