"""Who stays under their name and who becomes a pseudonym.

Somebody who only commented is a bystander to this work: they appear under a keyed hash. Pages,
groups, channels and declared bots, whatever comments stand under, and whoever wrote a post at the
top of a thread keep their ids. A first reading of the file tells who is who, so that no name has
to be stored before it is known to be kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undersight.model.corpus_rows import AccountRow, NoticeRow, PostRow
from undersight.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersight.corpus.keys import CorpusKeys

UNKNOWN_PLATFORM = "unknown"
_PUBLIC_KINDS = frozenset({"page", "group", "channel", "bot"})
_TOP_LEVEL = frozenset({"post", "repost"})
_MOST_KEPT = 50_000


def plain_account_id(account: AccountRow) -> str:
    """An account's id before pseudonyms; empty where nothing tells who it is.

    Args:
        account: As an importer gives it.
    """
    platform = account.platform or UNKNOWN_PLATFORM
    if account.native_id:
        return f"{platform}:{account.native_id}"
    if account.handle:
        return f"{platform}:@{account.handle.lstrip('@').casefold()}"
    name = " ".join(fold(account.name).split()) or account.name.strip().casefold()
    return f"{platform}:~{name}" if name else ""


@dataclass(slots=True)
class Census:
    """Who in a file only commented, by this process's hashes of ids and handles.

    Args:
        people: Ids of whoever only commented.
        handles: Their handles.
        public_handles: Handles of everybody else.
    """

    people: set[int] = field(default_factory=set)
    handles: set[int] = field(default_factory=set)
    public_handles: set[int] = field(default_factory=set)


def take_census(parts: Iterable[object]) -> Census:
    """Read a file once and tell who only commented.

    Args:
        parts: What an importer yields.
    """
    public: set[int] = set()
    census = Census()
    for part in parts:
        for account, is_public in _roles(part):
            identity = plain_account_id(account)
            (public if is_public else census.people).add(hash(identity))
            if account.handle:
                handles = census.public_handles if is_public else census.handles
                handles.add(hash(_handle_key(account.platform, account.handle)))
    census.people -= public
    census.handles -= census.public_handles
    return census


def _roles(part: object) -> Iterable[tuple[AccountRow, bool]]:
    """The accounts of a part that show a role, and whether the role is a public one."""
    if isinstance(part, PostRow):
        if part.author is not None:
            is_public = part.kind in _TOP_LEVEL or part.author.kind in _PUBLIC_KINDS
            yield part.author, is_public
        if part.target is not None:
            yield part.target, True
    elif isinstance(part, AccountRow) and part.kind in _PUBLIC_KINDS:
        yield part, True
    elif isinstance(part, NoticeRow) and part.account is not None:
        yield part.account, True


def _handle_key(platform: str, handle: str) -> str:
    return f"{platform or UNKNOWN_PLATFORM}:@{handle.lstrip('@').casefold()}"


@dataclass(frozen=True, slots=True)
class Identity:
    """How an account appears.

    Args:
        account_id: Its id in the corpus.
        is_pseudonymous: It is a keyed hash.
    """

    account_id: str
    is_pseudonymous: bool


class People:
    """Gives every account of one import its id.

    Args:
        keys: The corpus's keys.
        census: Who only commented; None where names are kept or nobody comments.
    """

    def __init__(self, keys: CorpusKeys, census: Census | None) -> None:
        self._keys, self.census = keys, census
        self._known: dict[str, Identity] = {}

    @property
    def n_pseudonyms(self) -> int:
        """How many people of the file only commented."""
        return len(self.census.people) if self.census is not None else 0

    def identity(self, account: AccountRow | None) -> Identity | None:
        """How an account appears; None where nothing tells who it is."""
        plain = plain_account_id(account) if account is not None else ""
        if not plain:
            return None
        known = self._known.get(plain)
        if known is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            known = self._known[plain] = self._identify(plain)
        return known

    def mention(self, platform: str, handle: str, *, is_comment: bool) -> tuple[str, bool]:
        """How a mention is stored, and whether it is a pseudonym.

        Args:
            platform: Where.
            handle: In its one form, without @.
            is_comment: Whether it stands in a comment, where only public handles are kept.
        """
        if self.census is None:
            return handle, False
        key = _handle_key(platform, handle)
        native = f"{platform or UNKNOWN_PLATFORM}:{handle}"
        is_private = hash(key) in self.census.handles or hash(native) in self.census.people
        is_public = hash(key) in self.census.public_handles
        if is_private or (is_comment and not is_public):
            return f"#{self._keys.pseudonym(key)}", True
        return handle, False

    def _identify(self, plain: str) -> Identity:
        if self.census is None or hash(plain) not in self.census.people:
            return Identity(plain, is_pseudonymous=False)
        platform = plain.partition(":")[0]
        return Identity(f"{platform}:#{self._keys.pseudonym(plain)}", is_pseudonymous=True)
