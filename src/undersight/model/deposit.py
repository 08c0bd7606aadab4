"""What a deposit shows of a page or profile: its posts, its people, its logins, its particulars.

Contacts, telephone numbers and network addresses are in the platforms' archives too; nothing of
them has a place here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

DepositPart = Literal["posts", "comments", "roles", "logins", "facts", "followers"]
"""What an archive can hold or lack."""

FactName = Literal["name", "category", "email", "username"]
"""Particulars whose change is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositedPost:
    """A post or comment as an archive holds it.

    Args:
        locator: Member of the archive and place in it.
        kind: Which.
        at_us: When it was published, µs since 1970 UTC.
        text: Its words.
        native_id: The platform's id, where the archive gives one.
        urls: Addresses attached.
        is_epoch: Whether the time is exact; else it was read from words in a zone taken for given.
    """

    locator: str
    kind: Literal["post", "comment"]
    at_us: int
    text: str
    native_id: str = ""
    urls: tuple[str, ...] = ()
    is_epoch: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLogin:
    """A login or session.

    Args:
        locator: Where in the archive.
        at_us: When, µs since 1970 UTC.
        device: Program and system, such as ``Firefox on Windows``; empty where unknown.
        place: Town and country as the platform guessed them; empty where unknown.
    """

    locator: str
    at_us: int
    device: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRole:
    """Somebody who may administer.

    Args:
        locator: Where in the archive.
        who: As the archive names them; never shown.
        role: As the archive calls it.
        at_us: Since when, where it says so.
    """

    locator: str
    who: str
    role: str = ""
    at_us: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFact:
    """One particular of the account.

    Args:
        locator: Where in the archive.
        name: Which.
        value: As written; never shown.
    """

    locator: str
    name: FactName
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowerCount:
    """How many followed.

    Args:
        locator: Where it stands.
        n_followers: The number.
        at_us: When, where it is known.
    """

    locator: str
    n_followers: int
    at_us: int | None = None


ArchivePart = DepositedPost | SeenLogin | SeenRole | SeenFact | FollowerCount
"""What reading an archive yields, besides issues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountState:
    """All that one deposit shows of an account.

    Args:
        at_us: When the deposit was made.
        parts: What it holds; the rest cannot be compared.
        posts: Posts and comments.
        roles: Who may administer.
        logins: Logins and sessions.
        facts: Particulars by name, each sorted.
        followers: Counts, in the order found.
        n_issues: Records that could not be read.
    """

    at_us: int
    parts: frozenset[DepositPart] = frozenset()
    posts: tuple[DepositedPost, ...] = ()
    roles: tuple[SeenRole, ...] = ()
    logins: tuple[SeenLogin, ...] = ()
    facts: Mapping[FactName, tuple[str, ...]] = field(default_factory=dict)
    followers: tuple[FollowerCount, ...] = ()
    n_issues: int = 0
