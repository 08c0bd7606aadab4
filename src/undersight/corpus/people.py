"""Who stays under their name and who becomes a pseudonym.

Somebody who only commented is a bystander to this work: they appear under a keyed hash. Pages,
groups, channels and declared bots, whatever comments stand under, and whoever wrote a post at the
top of a thread keep their ids. A `Census` tells who is who; no name is stored before it is known
to be kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from undersight.corpus.seen import SeenDigests
from undersight.model.corpus_rows import AccountRow, NoticeRow, PostRow
from undersight.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from undersight.corpus.keys import CorpusKeys

    Mention = tuple[str, str, bool]

UNKNOWN_PLATFORM = "unknown"
PUBLIC_KINDS = frozenset({"page", "group", "channel", "bot"})
_TOP_LEVEL = frozenset({"post", "repost"})
_MOST_KEPT = 50_000
_NOTED_AT_ONCE = 50_000


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


def _hashes(texts: Iterable[str]) -> NDArray[np.uint64]:
    """This process's hashes of texts; nothing of them is ever stored."""
    return np.fromiter(map(hash, texts), dtype=np.int64).view(np.uint64)


class Census:
    """Who in a file only commented, by this process's hashes of ids and handles.

    Attributes:
        is_whole: Whether every record of the file was noted.
    """

    def __init__(self) -> None:
        self.is_whole = False
        self._commented, self._public = SeenDigests(), SeenDigests()
        self._handles, self._public_handles = SeenDigests(), SeenDigests()

    @property
    def n_people(self) -> int:
        """How many of the accounts only commented."""
        return self._commented.n_outside(self._public)

    def note(self, parts: Iterable[object]) -> None:
        """Take records into account.

        Args:
            parts: What an importer yields.
        """
        commented: dict[int, AccountRow] = {}
        public: dict[int, AccountRow] = {}
        for part in parts:
            for account, is_public in _roles(part):
                (public if is_public else commented)[id(account)] = account
        self._note(commented.values(), self._commented, self._handles)
        self._note(public.values(), self._public, self._public_handles)

    def has_public(self, ids: SeenDigests, handles: SeenDigests) -> bool:
        """Whether some ids or handles are public, as far as was noted.

        Args:
            ids: Hashes of ids.
            handles: Hashes of handles.
        """
        n_outside = ids.n_outside(self._public), handles.n_outside(self._public_handles)
        return n_outside != (len(ids), len(handles))

    def are_private(self, ids: Iterable[str]) -> NDArray[np.bool_]:
        """Tell of each id whether it only commented, as far as was noted.

        Args:
            ids: From `plain_account_id`.
        """
        hashes = _hashes(ids)
        return self._commented.holds(hashes) & ~self._public.holds(hashes)

    def are_hidden_mentions(
        self, keys: Iterable[str], natives: Iterable[str], is_comment: Iterable[bool]
    ) -> NDArray[np.bool_]:
        """Tell of each mention whether it is of somebody to be hidden.

        Args:
            keys: The handles, from `_handle_key`.
            natives: The same as ids.
            is_comment: Whether it stands in a comment, where only public handles are kept.
        """
        handles = _hashes(keys)
        is_public = self._public_handles.holds(handles)
        is_private = (self._handles.holds(handles) & ~is_public) | self.are_private(natives)
        return is_private | (np.fromiter(is_comment, dtype=np.bool_) & ~is_public)

    def _note(
        self, accounts: Iterable[AccountRow], ids: SeenDigests, handles: SeenDigests
    ) -> None:
        rows = list(accounts)
        ids.first_sightings(_hashes({plain_account_id(one) for one in rows}))
        shown = {_handle_key(one.platform, one.handle) for one in rows if one.handle}
        handles.first_sightings(_hashes(shown))


def take_census(parts: Iterable[object], progress: Callable[[int], object] = id) -> Census:
    """Read a file once and tell who only commented.

    Args:
        parts: What an importer yields.
        progress: Called with the number of parts read so far.
    """
    census = Census()
    some: list[object] = []
    for n_parts, part in enumerate(parts, 1):
        some.append(part)
        if len(some) == _NOTED_AT_ONCE:
            census.note(some)
            some.clear()
            progress(n_parts)
    census.note(some)
    census.is_whole = True
    return census


def _roles(part: object) -> Iterable[tuple[AccountRow, bool]]:
    """The accounts of a part that show a role, and whether the role is a public one."""
    if isinstance(part, PostRow):
        if part.author is not None:
            is_public = part.kind in _TOP_LEVEL or part.author.kind in PUBLIC_KINDS
            yield part.author, is_public
        if part.target is not None:
            yield part.target, True
    elif isinstance(part, AccountRow) and part.kind in PUBLIC_KINDS:
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

    As long as the census is not whole, whoever commented and was not yet seen to be public is
    hidden. Where a later record shows that somebody was hidden in vain, the file has to be loaded
    again with what is known by then.

    Args:
        keys: The corpus's keys.
        census: Who only commented, as far as is known; None where names are kept.
    """

    def __init__(self, keys: CorpusKeys, census: Census | None) -> None:
        self._keys, self.census = keys, census
        self._known: dict[str, Identity] = {}
        self._hidden, self._hidden_handles = SeenDigests(), SeenDigests()

    @property
    def n_pseudonyms(self) -> int:
        """How many people of the file only commented."""
        return self.census.n_people if self.census is not None else 0

    @property
    def is_misjudged(self) -> bool:
        """Whether somebody was hidden who, as is known by now, is public."""
        return self.census is not None and self.census.has_public(
            self._hidden, self._hidden_handles
        )

    def identities(self, accounts: Sequence[AccountRow | None]) -> list[Identity | None]:
        """How accounts appear, in order; None where nothing tells who it is.

        Args:
            accounts: As an importer gives them; one value may stand many times.
        """
        plain = {id(one): plain_account_id(one) for one in accounts if one is not None}
        self._identify([one for one in dict.fromkeys(plain.values()) if one not in self._known])
        known = {place: self._known.get(one) for place, one in plain.items()}
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        return [None if one is None else known[id(one)] for one in accounts]

    def mentions(self, given: Collection[Mention]) -> dict[Mention, tuple[str, bool]]:
        """How mentions are stored, and whether as pseudonyms.

        Args:
            given: (platform, handle in its one form, whether it stands in a comment).
        """
        found = {one: (one[1], False) for one in given}
        if self.census is None or not given:
            return found
        keys = [_handle_key(platform, handle) for platform, handle, _ in given]
        natives = [f"{platform or UNKNOWN_PLATFORM}:{handle}" for platform, handle, _ in given]
        are_comments = [is_comment for *_, is_comment in given]
        are_hidden = self.census.are_hidden_mentions(keys, natives, are_comments)
        for one, key, is_hidden in zip(given, keys, are_hidden, strict=True):
            if is_hidden:
                found[one] = (f"#{self._keys.pseudonym(key)}", True)
        if not self.census.is_whole:
            self._hidden_handles.first_sightings(_hashes(compress(keys, are_hidden)))
        return found

    def _identify(self, ids: list[str]) -> None:
        """Decide about ids not met before."""
        ids = [one for one in ids if one]
        if self.census is None or not ids:
            self._known.update((one, Identity(one, is_pseudonymous=False)) for one in ids)
            return
        are_private = self.census.are_private(ids)
        for plain, is_private in zip(ids, are_private, strict=True):
            native = f"#{self._keys.pseudonym(plain)}" if is_private else ""
            account_id = f"{plain.partition(':')[0]}:{native}" if native else plain
            self._known[plain] = Identity(account_id, is_pseudonymous=bool(native))
        if not self.census.is_whole:
            self._hidden.first_sightings(_hashes(compress(ids, are_private)))
