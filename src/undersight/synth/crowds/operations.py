"""Operations planted among ordinary people: what a detector is there to find.

Facade pages follow what was seen in practice: pages dressed as people, made within weeks, that
write under a newsroom's posts in weekday shifts, and at the worst nearly all that is written
there. The others are the plain kinds: copied texts, a farm's own links, accounts that repeat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from undersight.synth.crowds.rows import (
    COMMENT,
    DAY_S,
    HOUR_S,
    PAGE,
    POST,
    REPOST,
    START_S,
    ZONE_S,
    Accounts,
    Part,
    Rows,
    joined,
    local,
)
from undersight.synth.crowds.words import own_words, phrases, small_talk, varied

if TYPE_CHECKING:
    from undersight.synth.crowds.rows import Ints
    from undersight.synth.crowds.town import Town


_NEWSROOM = 500_000


class Operation(Protocol):
    """What can be planted."""

    def part(self, chance: np.random.Generator, town: Town, first: int) -> Part:
        """Return what it adds.

        Args:
            chance: Where its dice are thrown.
            town: Where it happens.
            first: Number of its first account.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class FacadePages:
    """Pages dressed as people under a newsroom's posts, in two shifts on weekdays.

    The newsroom has a page of its own; ordinary people comment under its posts all the while.

    Args:
        share: Of a post's comments, 0.001 to 0.98.
        n_comments: Comments of the operation under each post; the others follow from ``share``.
        n_accounts: Pages, half of them on duty at a time.
        n_posts: Posts attacked.
        jitter_s: Mean delay after the signal; the shift's hours are kept.
        copied: Share of texts out of one script.
    """

    share: float = 0.5
    n_comments: int = 10
    n_accounts: int = 20
    n_posts: int = 20
    jitter_s: float = 30.0
    copied: float = 0.3

    def part(self, chance: np.random.Generator, town: Town, first: int) -> Part:
        """Return pages, the newsroom, its posts and what is written there."""
        newsroom = first + _NEWSROOM
        days = [day for day in range(town.size.n_days) if day % 7 < 5]
        start = np.sort(
            local(chance.choice(days, self.n_posts), chance.uniform(8, 17, self.n_posts))
        )
        posts = Rows.of(np.full(self.n_posts, newsroom), start, POST,
                        post=newsroom + np.arange(self.n_posts),
                        text=own_words(chance, self.n_posts))  # fmt: skip
        theirs = Accounts.of(np.array([newsroom]), np.array([START_S - 2000 * DAY_S]), PAGE)
        n_others = round(self.n_comments * (1 / self.share - 1))
        usual = _audience(chance, town, posts, n_others)
        rows = joined([posts, self._attack(chance, posts, first), usual])
        return Part(name="facade-pages", is_planted=True, rows=rows, others=(theirs,),
                    accounts=_pages(chance, first, self.n_accounts))  # fmt: skip

    def _attack(self, chance: np.random.Generator, posts: Rows, first: int) -> Rows:
        """The pages on duty come at a signal; who writes more does so some minutes later."""
        n, written = self.n_comments, []
        shift = np.arange(self.n_accounts) % 2
        for one, at in zip(posts.post.tolist(), posts.time_s.tolist(), strict=True):
            signal = _in_shift(at + int(chance.integers(300, 2 * HOUR_S)))
            on_duty = np.flatnonzero(shift == _shift_of(signal))
            who = first + _shared_out(chance, on_duty, n)
            turn = np.arange(n) // max(1, on_duty.size)
            delay = chance.exponential(self.jitter_s, n) + turn * chance.uniform(60, 240)
            time_s = signal + delay.astype(np.int64)
            text = _script(chance, n, self.copied)
            page = first + _NEWSROOM
            written.append(Rows.of(who, time_s, COMMENT, root=one, page=page, text=text))
        return joined(written)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPaste:
    """Accounts that post the same texts, some with a word changed, each wherever it is.

    Args:
        n_accounts: Accounts.
        n_texts: Texts.
        jitter_s: Mean delay after the first.
        changed: Share of copies with a word changed.
    """

    n_accounts: int = 15
    n_texts: int = 20
    jitter_s: float = 30.0
    changed: float = 0.0

    def part(self, chance: np.random.Generator, town: Town, first: int) -> Part:
        """Return accounts and their posts; each takes part in four of five texts."""
        member, number = _attendance(chance, self.n_accounts, self.n_texts, 0.8)
        start = _moments(chance, town, self.n_texts)
        text = own_words(chance, self.n_texts)[number]
        text = np.where(chance.random(text.size) < self.changed, varied(chance, text), text)
        time_s = start[number] + chance.exponential(self.jitter_s, number.size).astype(np.int64)
        people = _recent_people(chance, first, self.n_accounts)
        return _operation("copy-paste", people, Rows.of(first + member, time_s, POST, text=text))


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFarm:
    """Accounts that share articles together: their own site's, or what everybody shares.

    Args:
        n_accounts: Accounts.
        n_links: Articles.
        jitter_s: Mean delay after the first.
        is_own_site: Articles that nobody else shares.
    """

    n_accounts: int = 15
    n_links: int = 20
    jitter_s: float = 30.0
    is_own_site: bool = True

    def part(self, chance: np.random.Generator, town: Town, first: int) -> Part:
        """Return accounts and their posts; each takes part in four of five articles."""
        member, number = _attendance(chance, self.n_accounts, self.n_links, 0.8)
        start = _moments(chance, town, self.n_links)
        link, site = first + np.arange(self.n_links), np.full(self.n_links, first)
        if not self.is_own_site:
            link = town.loved(chance, self.n_links)
            site = town.post_page[link]
            start = town.post_time_s[link] + chance.integers(300, 3 * HOUR_S, self.n_links)
        time_s = start[number] + chance.exponential(self.jitter_s, number.size).astype(np.int64)
        people = _recent_people(chance, first, self.n_accounts)
        return _operation("link-farm", people, Rows.of(
            first + member, time_s, POST, link=link[number], site=site[number],
            text=own_words(chance, member.size),
        ))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reposters:
    """Accounts that repeat the same posts at a signal.

    Args:
        n_accounts: Accounts.
        n_posts: Posts.
        jitter_s: Mean delay after the signal.
    """

    n_accounts: int = 20
    n_posts: int = 25
    jitter_s: float = 20.0

    def part(self, chance: np.random.Generator, town: Town, first: int) -> Part:
        """Return accounts and their reposts; each takes part in four of five."""
        member, number = _attendance(chance, self.n_accounts, self.n_posts, 0.8)
        posts = town.loved(chance, self.n_posts)
        signal = town.post_time_s[posts] + chance.integers(120, 2 * HOUR_S, posts.size)
        time_s = signal[number] + chance.exponential(self.jitter_s, number.size).astype(np.int64)
        people = _recent_people(chance, first, self.n_accounts)
        return _operation("reposters", people, Rows.of(
            first + member, time_s, REPOST, repost_of=posts[number],
        ))  # fmt: skip


def _operation(name: str, accounts: Accounts, rows: Rows) -> Part:
    return Part(name=name, is_planted=True, accounts=accounts, rows=rows)


def _pages(chance: np.random.Generator, first: int, n: int) -> Accounts:
    """Pages made within three weeks, two months before."""
    made = START_S - 60 * DAY_S - chance.integers(0, 21 * DAY_S, n)
    return Accounts.of(first + np.arange(n), made, PAGE)


def _recent_people(chance: np.random.Generator, first: int, n: int) -> Accounts:
    """Profiles made over a year."""
    return Accounts.of(first + np.arange(n), START_S - chance.integers(0, 365 * DAY_S, n))


def _attendance(
    chance: np.random.Generator, n_accounts: int, n_objects: int, share: float
) -> tuple[Ints, Ints]:
    """Who takes part in what."""
    member, number = np.nonzero(chance.random((n_accounts, n_objects)) < share)
    return member.astype(np.int64), number.astype(np.int64)


def _moments(chance: np.random.Generator, town: Town, n: int) -> Ints:
    """Moments at which people write."""
    days = chance.integers(0, town.size.n_days, n) * DAY_S
    moments: Ints = START_S - ZONE_S + days + chance.integers(9 * HOUR_S, 22 * HOUR_S, n)
    return moments


def _in_shift(time_s: int) -> int:
    """Move a moment into working hours: nine to six on Monday to Friday."""
    since = time_s + ZONE_S - START_S
    day, second = divmod(since, DAY_S)
    if second >= 17.5 * HOUR_S:
        day, second = day + 1, 9 * HOUR_S + second % HOUR_S
    day += (7 - day % 7) if day % 7 >= 5 else 0
    return int(START_S - ZONE_S + day * DAY_S + max(second, 9 * HOUR_S + second % HOUR_S))


def _shift_of(time_s: int) -> int:
    """The first shift until half past one, then the second."""
    return int((time_s + ZONE_S - START_S) % DAY_S >= 13.5 * HOUR_S)


def _shared_out(chance: np.random.Generator, accounts: Ints, n: int) -> Ints:
    """Give ``n`` comments to accounts, each about as many."""
    rounds = [chance.permutation(accounts) for _ in range(n // accounts.size + 1)]
    return np.concatenate(rounds)[:n]


def _audience(chance: np.random.Generator, town: Town, posts: Rows, n_each: int) -> Rows:
    """Ordinary comments under posts, half of them within two hours."""
    post, page = np.repeat(posts.post, n_each), np.repeat(posts.account, n_each)
    delay = chance.lognormal(np.log(2 * HOUR_S), 1.3, post.size).astype(np.int64)
    who = chance.integers(0, town.size.n_people, post.size)
    return Rows.of(who, np.repeat(posts.time_s, n_each) + delay, COMMENT, root=post, page=page,
                   text=small_talk(chance, post.size))  # fmt: skip


def _script(chance: np.random.Generator, n: int, copied: float) -> Ints:
    """Texts: some out of one script, the others their own."""
    known = phrases("script")
    picked: Ints = np.where(
        chance.random(n) < copied, known[chance.integers(0, known.size, n)], own_words(chance, n)
    )
    return picked
