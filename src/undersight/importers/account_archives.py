"""What platforms' own archives show of an account, for a deposit: one state for each platform.

An archive is told by what is in it, whatever it is called: Facebook, Instagram (both can lie in
one ZIP file), X, Telegram; the last two also as single files that were taken out of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Literal

from undersight.errors import ArchiveDamagedError, DamagedFileError
from undersight.importers import (
    facebook_archive_reading,
    instagram_archive_reading,
    telegram_export_reading,
    x_archive_reading,
)
from undersight.importers.archive_members import ArchiveMembers, kind_of
from undersight.importers.byte_source import HEAD_BYTES
from undersight.importers.moments import TimeReader
from undersight.model.deposit import (
    AccountState,
    DepositedPost,
    DepositPart,
    FollowerCount,
    SeenFact,
    SeenLogin,
    SeenRole,
)
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.importers.facebook_archive_reading import Found

Platform = Literal["facebook", "instagram", "telegram", "x"]
_ZIP = b"PK\x03\x04"
_MOST_BYTES = 256 * 1024**2
_PARTS: tuple[DepositPart, ...] = ("posts", "comments", "roles", "logins", "facts", "followers")


@dataclass(slots=True)
class _Gathered:
    """What is found of one platform's account, and the parts that its archive has at all."""

    parts: set[str] = field(default_factory=set)
    found: list[Found] = field(default_factory=list)


def is_account_archive(stream: BinaryIO) -> bool:
    """Return whether a file is a platform's own archive, or a file out of one.

    Args:
        stream: The file, seekable.
    """
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if not head.startswith(_ZIP):
        return bool(_lone_platform(head))
    try:
        members = ArchiveMembers(stream)
    except ArchiveDamagedError:
        return False
    return any(
        _is_sure(members, name, platform) for name, platform, _kind in _known(members.names)
    )


def read_accounts(stream: BinaryIO, *, at_us: int, zone: str = "") -> dict[Platform, AccountState]:
    """Read everything that a deposit compares, by platform.

    Args:
        stream: The archive, seekable.
        at_us: When it was deposited.
        zone: IANA zone of the times in Facebook's HTML form.

    Raises:
        ArchiveDamagedError: It is no ZIP file that can be followed.
        DamagedFileError: Nothing in it is of an archive that is known here.
    """
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if head.startswith(_ZIP):
        gathered = _read_zip(ArchiveMembers(stream), zone)
    else:
        gathered = _read_lone(stream, head)
    if not gathered:
        raise DamagedFileError("the archive", "no file in it is of a platform's own archive")
    return {platform: _state(gathered[platform], at_us) for platform in sorted(gathered)}


def _known(names: Iterable[str]) -> Iterator[tuple[str, Platform, str]]:
    """Yield the members that are read, with their platform and part."""
    names = list(names)
    has_instagram = any(map(instagram_archive_reading.SIGNS.search, names))
    for name in names:
        kind = kind_of(name, instagram_archive_reading.KINDS) if has_instagram else ""
        if kind:
            yield name, "instagram", kind
        elif kind := kind_of(name, x_archive_reading.KINDS):
            yield name, "x", kind
        elif telegram_export_reading.MEMBER.search(name):
            yield name, "telegram", "posts"
        elif not (has_instagram and instagram_archive_reading.SIGNS.search(name)) and (
            kind := kind_of(name, facebook_archive_reading.KINDS)
        ):
            yield name, "facebook", kind


def _is_sure(members: ArchiveMembers, name: str, platform: Platform) -> bool:
    """Whether a member shows by itself whose archive it lies in: names alone are worth little."""
    if platform == "x":
        return x_archive_reading.OPENING.match(members.head(name)) is not None
    if platform == "telegram":
        return telegram_export_reading.SIGNS.search(members.head(name)) is not None
    reading = facebook_archive_reading if platform == "facebook" else instagram_archive_reading
    return reading.SIGNS.search(name) is not None


def _read_zip(members: ArchiveMembers, zone: str) -> dict[Platform, _Gathered]:
    gathered: dict[Platform, _Gathered] = {}
    times = TimeReader(zone=zone)
    for name, platform, kind in _known(members.names):
        one = gathered.setdefault(platform, _Gathered())
        one.found += _read_member(members, name, platform, kind, times)
        one.parts.add(kind)
    frame = list(members.issues())
    for one in gathered.values():
        one.found += frame
    return gathered


def _read_member(
    members: ArchiveMembers, name: str, platform: Platform, kind: str, times: TimeReader
) -> Iterator[Found]:
    if platform == "facebook":
        yield from facebook_archive_reading.read_member(members, name, kind, times)
        return
    if name.endswith(".html"):
        yield Issue(locator=name, reason="This form is not read; ask the platform for JSON.")
        return
    read = members.read(name) if platform in ("x", "telegram") else members.read_json(name)
    if isinstance(read, Issue):
        yield read
    elif platform == "x":
        yield from x_archive_reading.read_member(name, kind, read)
    elif platform == "telegram":
        yield from telegram_export_reading.read_export(name, read)
    else:
        yield from instagram_archive_reading.read_member(name, kind, read)


def _lone_platform(head: bytes) -> Platform | None:
    """The platform of a file that was taken out of its archive."""
    opening = x_archive_reading.OPENING.match(head)
    if opening is not None:
        return "x"
    is_object = head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")
    return "telegram" if is_object and telegram_export_reading.SIGNS.search(head) else None


def _read_lone(stream: BinaryIO, head: bytes) -> dict[Platform, _Gathered]:
    platform = _lone_platform(head)
    if platform is None:
        return {}
    stream.seek(0)
    raw = stream.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        reason = "The file is larger than 256 MiB; it was not read."
        return {platform: _Gathered(found=[Issue(locator="file", reason=reason)])}
    if platform == "telegram":
        found = list(telegram_export_reading.read_export("result.json", raw))
        return {platform: _Gathered(parts={"posts"}, found=found)}
    opening = x_archive_reading.OPENING.match(head)
    name = f"{opening[1].decode('ascii', 'replace').replace('_', '-')}.js" if opening else ""
    kind = kind_of(name, x_archive_reading.KINDS)
    if not kind:
        return {platform: _Gathered()}
    return {
        platform: _Gathered(
            parts={kind}, found=list(x_archive_reading.read_member(name, kind, raw))
        )
    }


def _state(gathered: _Gathered, at_us: int) -> AccountState:
    found = gathered.found
    facts: dict[str, set[str]] = {}
    for one in found:
        if isinstance(one, SeenFact):
            facts.setdefault(one.name, set()).add(one.value)
    logins = tuple(one for one in found if isinstance(one, SeenLogin))
    told = gathered.parts | ({"facts"} if facts else set()) | ({"logins"} if logins else set())
    return AccountState(
        at_us=at_us,
        parts=frozenset(part for part in _PARTS if part in told),
        posts=tuple(one for one in found if isinstance(one, DepositedPost)),
        roles=tuple(one for one in found if isinstance(one, SeenRole)),
        logins=logins,
        facts={name: tuple(sorted(values)) for name, values in facts.items()},  # type: ignore[misc]
        followers=_followers(found),
        n_issues=sum(1 for one in found if isinstance(one, Issue)),
    )


def _followers(found: Iterable[Found]) -> tuple[FollowerCount, ...]:
    """Join the counts of a list of followers that goes over several files."""
    counts = [one for one in found if isinstance(one, FollowerCount)]
    undated = [one for one in counts if one.at_us is None]
    if len(undated) < 2:
        return tuple(counts)
    total = sum(one.n_followers for one in undated)
    whole = FollowerCount(locator=undated[0].locator, n_followers=total)
    return (*(one for one in counts if one.at_us is not None), whole)
