"""What vanished, appeared or changed between two deposits, and whether its owner was held then.

Counts and intervals only: who or what caused it, two archives cannot tell. A change found between
two deposits happened somewhere between them, unless the later one dates it (a login, a role).
Posts are known by the platform's id, else by kind and second; several of one second are compared
as a group. A part that one of the deposits lacks is not compared: missing data is not a change.

Blind spots: an archive that was asked for from a later day on looks like one from which the
earlier posts vanished, so posts before the later archive's first one are counted apart, unless the
platform gives whole archives only. A login
that the platform's list dropped for its age is no vanished login and is not told.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from undersight.model.deposit import (
    AccountState,
    DepositedPost,
    DepositPart,
    FactName,
    SeenLogin,
    SeenRole,
)
from undersight.model.derived.stays import Certainty, Spell

Overlay = Literal["certain", "possible", "no", "cannot-tell"]
"""Whether the owner was held: all of the time in question certainly, possibly or in part, not at
all; ``cannot-tell`` where no owner is known or nothing is recorded of them."""

NO_PLATFORM = ""
"""Under which tables of followers stand, that somebody kept by hand."""
ALWAYS_WHOLE = frozenset({"x"})
"""Platforms whose archive is never one from a chosen day on."""
PARTS: tuple[DepositPart, ...] = ("posts", "comments", "roles", "logins", "facts", "followers")


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositChanges:
    """The difference of two deposits.

    Args:
        first_us: When the earlier was made, µs since 1970 UTC.
        last_us: When the later was made.
        vanished: Posts and comments of the earlier that the later lacks.
        before_later: Those that lie before the first one of the later: vanished, or not asked for.
        appeared: In the later only, although dated before the earlier was made.
        n_new: In the later only, dated since: ordinary.
        changed: Same post, other words; as the later has it.
        roles_appeared: Administrators that are new.
        roles_gone: Administrators that are gone.
        new_logins: Logins since the earlier, from a device or place that it does not know.
        facts_changed: Particulars that are others.
        followers: Last known number in each; None where it is not known.
        cannot_tell: Parts that cannot be compared.
        only_once: Platforms of which only one of the two has an archive.
        n_channels: Telegram channels with posts in either, where there are more than one: an
            account's export does not say which of them are its own.
    """

    first_us: int
    last_us: int
    vanished: tuple[DepositedPost, ...]
    before_later: tuple[DepositedPost, ...]
    appeared: tuple[DepositedPost, ...]
    n_new: int
    changed: tuple[DepositedPost, ...]
    roles_appeared: tuple[SeenRole, ...]
    roles_gone: tuple[SeenRole, ...]
    new_logins: tuple[SeenLogin, ...]
    facts_changed: tuple[FactName, ...]
    followers: tuple[int | None, int | None]
    cannot_tell: tuple[DepositPart, ...]
    only_once: tuple[str, ...] = ()
    n_channels: int = 0

    @property
    def has_changes(self) -> bool:
        """Whether anything vanished, appeared out of time or changed."""
        return bool(
            self.vanished
            or self.appeared
            or self.changed
            or self.roles_appeared
            or self.roles_gone
            or self.new_logins
            or self.facts_changed
        )

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """First and last µs in which each change can have happened, in order, each once."""
        between = (self.first_us, self.last_us)
        found = {(one.at_us, one.at_us) for one in self.new_logins}
        for role in self.roles_appeared:
            is_dated = role.at_us is not None and self.first_us <= role.at_us <= self.last_us
            found.add((role.at_us or 0, role.at_us or 0) if is_dated else between)
        if self.vanished or self.appeared or self.changed or self.roles_gone or self.facts_changed:
            found.add(between)
        return tuple(sorted(found))


def compare(
    earlier: AccountState, later: AccountState, *, is_always_whole: bool = False
) -> DepositChanges:
    """Compare two deposits of one account.

    Args:
        earlier: The one made first.
        later: The other.
        is_always_whole: Whether the platform gives all posts or none, never those from a day on.
    """
    both = earlier.parts & later.parts
    old = [one for one in earlier.posts if _part(one) in both]
    new = [one for one in later.posts if _part(one) in both]
    gone, came, changed = _posts(old, new)
    starts: dict[DepositPart, int | None] = {} if is_always_whole else {
        part: min((p.at_us for p in new if _part(p) == part), default=None)
        for part in both
    }  # fmt: skip
    vanished = [one for one in gone if not _is_before(one, starts)]
    appeared = [one for one in came if one.at_us < earlier.at_us]
    facts = _facts(earlier, later) if "facts" in both else ()
    followers = (_followers(earlier), _followers(later))
    roles = (earlier.roles, later.roles) if "roles" in both else ((), ())
    return DepositChanges(
        first_us=earlier.at_us,
        last_us=later.at_us,
        vanished=tuple(vanished),
        before_later=tuple(one for one in gone if _is_before(one, starts)),
        appeared=tuple(appeared),
        n_new=len(came) - len(appeared),
        changed=tuple(changed),
        roles_appeared=_roles_only_in(roles[1], roles[0]),
        roles_gone=_roles_only_in(roles[0], roles[1]),
        new_logins=_new_logins(earlier, later) if "logins" in both else (),
        facts_changed=facts,
        followers=followers,
        cannot_tell=_untold(both, followers),
    )


def compare_all(
    earlier: Mapping[str, AccountState], later: Mapping[str, AccountState]
) -> DepositChanges:
    """Compare two deposits that hold archives of several platforms, each with its own kind.

    Args:
        earlier: States of the one made first, by platform; at least one.
        later: Of the other.
    """
    both = sorted(earlier.keys() & later.keys())
    each = [
        compare(earlier[name], later[name], is_always_whole=name in ALWAYS_WHOLE) for name in both
    ]
    if not each:
        blank = compare(
            AccountState(at_us=next(iter(earlier.values())).at_us),
            AccountState(at_us=next(iter(later.values())).at_us),
        )
        return replace(blank, only_once=_only_once(earlier, later))
    return DepositChanges(
        first_us=each[0].first_us,
        last_us=each[0].last_us,
        vanished=_all_posts(one.vanished for one in each),
        before_later=_all_posts(one.before_later for one in each),
        appeared=_all_posts(one.appeared for one in each),
        n_new=sum(one.n_new for one in each),
        changed=_all_posts(one.changed for one in each),
        roles_appeared=tuple(role for one in each for role in one.roles_appeared),
        roles_gone=tuple(role for one in each for role in one.roles_gone),
        new_logins=tuple(
            sorted((login for one in each for login in one.new_logins), key=_login_order)
        ),
        facts_changed=tuple(sorted({name for one in each for name in one.facts_changed})),
        followers=_all_followers(dict(zip(both, each, strict=True))),
        cannot_tell=_all_untold(earlier, later, both, each),
        only_once=_only_once(earlier, later),
        n_channels=_n_channels(earlier, later),
    )


def overlay(
    windows: Iterable[tuple[int, int]], spells: Iterable[Spell] | None
) -> tuple[Overlay, tuple[Overlay, ...]]:
    """Lay times in question over somebody's stays in custody, house arrest left out.

    Args:
        windows: First and last µs of each.
        spells: Their stays; None or none at all: nothing is recorded.

    Returns:
        What holds for all of them together, and for each.
    """
    held = [spell for spell in spells or () if not spell.is_at_home]
    if not held:
        return "cannot-tell", tuple("cannot-tell" for _window in windows)
    each = tuple(_over(_day(first), _day(last), held) for first, last in windows)
    if not each:
        return "cannot-tell", ()
    kinds = set(each)
    if kinds in ({"certain"}, {"no"}):
        return each[0], each
    return "possible", each


def _over(first: dt.date, last: dt.date, spells: list[Spell]) -> Overlay:
    cores = sorted(spell.core for spell in spells if spell.core is not None)
    reached = first
    for begin, end in cores:
        if begin <= reached <= end:
            reached = max(reached, end)
    if any(begin <= first <= end for begin, end in cores) and reached >= last:
        return "certain"
    is_touched = any(_overlaps(spell, first, last) for spell in spells)
    return "possible" if is_touched else "no"


def _overlaps(spell: Spell, first: dt.date, last: dt.date) -> bool:
    begin, end = spell.hull
    certainty: Certainty = spell.on(first)
    return certainty != "no" or ((begin or first) <= last and (end or last) >= first)


def _day(us: int) -> dt.date:
    return dt.datetime.fromtimestamp(us / 1_000_000, dt.UTC).date()


def _part(post: DepositedPost) -> DepositPart:
    return "posts" if post.kind == "post" else "comments"


def _key(post: DepositedPost) -> tuple[str, str | int]:
    return post.kind, post.native_id or post.at_us


def _posts(
    old: list[DepositedPost], new: list[DepositedPost]
) -> tuple[list[DepositedPost], list[DepositedPost], list[DepositedPost]]:
    """Return what is only in the old, only in the new, and in both with other words."""
    groups: dict[tuple[str, str | int], tuple[list[DepositedPost], list[DepositedPost]]] = {}
    for side, posts in enumerate((old, new)):
        for post in posts:
            groups.setdefault(_key(post), ([], []))[side].append(post)
    gone: list[DepositedPost] = []
    came: list[DepositedPost] = []
    changed: list[DepositedPost] = []
    for key in sorted(groups, key=lambda key: (key[0], str(key[1]))):
        before, after = _unlike(*groups[key])
        n_same = min(len(before), len(after))
        changed += after[:n_same]
        gone += before[n_same:]
        came += after[n_same:]
    return _in_time(gone), _in_time(came), _in_time(changed)


def _unlike(
    before: list[DepositedPost], after: list[DepositedPost]
) -> tuple[list[DepositedPost], list[DepositedPost]]:
    """Leave out those that both have with the same words."""
    n_before = Counter(post.text for post in before)
    n_after = Counter(post.text for post in after)
    return _surplus(before, n_before - n_after), _surplus(after, n_after - n_before)


def _surplus(posts: list[DepositedPost], left: Counter[str]) -> list[DepositedPost]:
    found = []
    for post in sorted(posts, key=lambda post: (post.text, post.locator)):
        if left[post.text] > 0:
            left[post.text] -= 1
            found.append(post)
    return found


def _in_time(posts: list[DepositedPost]) -> list[DepositedPost]:
    return sorted(posts, key=lambda post: (post.at_us, post.kind, post.locator))


def _is_before(post: DepositedPost, starts: dict[DepositPart, int | None]) -> bool:
    if _part(post) not in starts:
        return False
    start = starts[_part(post)]
    return start is None or post.at_us < start


def _roles_only_in(
    here: tuple[SeenRole, ...], there: tuple[SeenRole, ...]
) -> tuple[SeenRole, ...]:
    known = {role.who for role in there}
    found = {role.who: role for role in here if role.who not in known}
    return tuple(sorted(found.values(), key=lambda role: (role.at_us or 0, role.locator)))


def _new_logins(earlier: AccountState, later: AccountState) -> tuple[SeenLogin, ...]:
    """Return logins since the earlier deposit whose device or place it does not know."""
    devices = {login.device for login in earlier.logins if login.device}
    places = {login.place for login in earlier.logins if login.place}
    found = {
        (login.at_us, login.device, login.place): login
        for login in later.logins
        if earlier.at_us < login.at_us <= later.at_us
        and ((login.device and login.device not in devices)
             or (login.place and login.place not in places))
    }  # fmt: skip
    return tuple(found[key] for key in sorted(found))


def _facts(earlier: AccountState, later: AccountState) -> tuple[FactName, ...]:
    """Return the particulars that both have, with other values."""
    shared = sorted(set(earlier.facts) & set(later.facts))
    return tuple(name for name in shared if earlier.facts[name] != later.facts[name])


def _followers(state: AccountState) -> int | None:
    """Return the last count up to the deposit; an undated one counts as of the deposit."""
    counts = [(one.at_us or state.at_us, one.n_followers) for one in state.followers]
    known = [one for one in counts if one[0] <= state.at_us]
    return max(known)[1] if known else None


def _all_posts(sides: Iterable[tuple[DepositedPost, ...]]) -> tuple[DepositedPost, ...]:
    return tuple(_in_time([post for side in sides for post in side]))


def _login_order(login: SeenLogin) -> tuple[int, str, str]:
    return login.at_us, login.device, login.place


def _only_once(
    earlier: Mapping[str, AccountState], later: Mapping[str, AccountState]
) -> tuple[str, ...]:
    return tuple(sorted((earlier.keys() ^ later.keys()) - {NO_PLATFORM}))


def _all_followers(each: Mapping[str, DepositChanges]) -> tuple[int | None, int | None]:
    """Return the followers by hand-kept tables, else of all platforms that both deposits count."""
    known = {
        name: (before, after)
        for name, (before, after) in ((name, one.followers) for name, one in each.items())
        if before is not None and after is not None
    }
    if NO_PLATFORM in known:
        return known[NO_PLATFORM]
    if not known:
        return next(iter(each.values())).followers if len(each) == 1 else (None, None)
    return sum(before for before, _ in known.values()), sum(after for _, after in known.values())


def _all_untold(
    earlier: Mapping[str, AccountState],
    later: Mapping[str, AccountState],
    both: list[str],
    each: list[DepositChanges],
) -> tuple[DepositPart, ...]:
    """Return parts that no platform compares, or that one platform's archive has only once."""
    nowhere = set(PARTS).intersection(*(one.cannot_tell for one in each))
    once = {part for name in both for part in earlier[name].parts ^ later[name].parts}
    return tuple(part for part in PARTS if part in nowhere | once)


def _n_channels(earlier: Mapping[str, AccountState], later: Mapping[str, AccountState]) -> int:
    """Count the channels of an account's exports; 0 where there is one, or none."""
    states = [one["telegram"] for one in (earlier, later) if "telegram" in one]
    found = {post.native_id.rpartition("/")[0] for one in states for post in one.posts} - {""}
    return len(found) if len(found) > 1 else 0


def _untold(
    both: frozenset[DepositPart], followers: tuple[int | None, int | None]
) -> tuple[DepositPart, ...]:
    is_counted = None not in followers
    return tuple(
        part for part in PARTS if not (is_counted if part == "followers" else part in both)
    )
