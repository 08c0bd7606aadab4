"""Ordinary people of Qaravel: habits of their own, pages they like, posts that are soon forgotten.

An account has an activity (log-normal, so that few write much), an hour of the day, a liking for
weekends, and three favourite pages of many readers or few (Zipf), so that audiences overlap. It
comes in sessions of one comment or several. Some of what is written follows a post at once
(notifications), the rest is under posts that are recent, and more under those that many like.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undersight.synth.crowds.rows import (
    COMMENT,
    DAY_S,
    NONE,
    PAGE,
    POST,
    REPOST,
    START_S,
    Accounts,
    Rows,
    all_accounts,
    local,
    made_over_years,
)
from undersight.synth.crowds.words import own_words, small_talk

if TYPE_CHECKING:
    from undersight.synth.crowds.rows import Ints

FIRST_PAGE = 9_000_000
_PER_PAGE_AND_DAY = 2.0
_MOSTLY_ONE = 0.55  # chance that a session ends after a comment
_GAP_S = 90.0
_NOTIFIED = 0.3
_NOTICED_S = 900.0  # median delay after a post, of those who are told of it
_RECENT = 3.0  # posts of a page, mean age of what is read
_FAVOURITES = np.array([0.6, 0.85, 0.95])


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a town is.

    Args:
        n_rows: Rows of its people, 1,000 to 10,000,000.
        n_accounts: People; a fifteenth of the rows if 0.
        n_days: Days from Monday 6 January 2031, 7 or more.
    """

    n_rows: int = 20_000
    n_accounts: int = 0
    n_days: int = 28

    @property
    def n_people(self) -> int:
        """People, whether told or not."""
        return self.n_accounts or max(50, self.n_rows // 15)

    @property
    def n_pages(self) -> int:
        """Pages that post, more of them in larger towns."""
        return 8 + int(2 * (self.n_rows / 20_000) ** 0.5)


class Town:
    """Pages with their posts and people with their habits.

    Args:
        seed: Same seed, same town.
        size: How large.
    """

    def __init__(self, seed: int, size: Size) -> None:
        self.seed, self.size = seed, size
        chance = np.random.default_rng([seed, 0])
        n, n_pages = size.n_people, size.n_pages
        activity = chance.lognormal(0, 1.2, n)
        self._activity = np.cumsum(activity / activity.sum())
        self._hour = chance.normal(17, 4.5, n) % 24
        self._weekend = np.clip(chance.normal(1.0, 0.5, n), 0.05, 2.0)
        self._liked = 1 / np.arange(1, n_pages + 1) ** 0.8
        self._liked /= self._liked.sum()
        self._favourites = chance.choice(n_pages, (n, 3), p=self._liked)
        n_posts = chance.poisson(_PER_PAGE_AND_DAY * size.n_days, n_pages) + 5
        page = np.repeat(np.arange(n_pages), n_posts)
        hour = 7 + 15 * chance.beta(1.5, 1.8, page.size)
        time_s = local(chance.integers(0, size.n_days, page.size), hour)
        order = np.lexsort((time_s, page))
        self.post_page, self.post_time_s = page[order], time_s[order]
        self.post_appeal = chance.lognormal(0, 1.0, page.size)
        self.page_start = np.concatenate([[0], np.cumsum(n_posts)])
        made = made_over_years(chance, n + n_pages)
        self.accounts = all_accounts([
            Accounts.of(np.arange(n), made[:n]),
            Accounts.of(FIRST_PAGE + np.arange(n_pages), made[n:], PAGE, np.arange(n_pages)),
        ])  # fmt: skip

    @property
    def end_s(self) -> int:
        """When the last day ends, seconds since 1970 UTC."""
        return START_S + self.size.n_days * DAY_S

    def publications(self) -> Rows:
        """Return what the pages post, each post with its number."""
        number = np.arange(self.post_page.size)
        words = own_words(np.random.default_rng([self.seed, 1]), number.size)
        page = FIRST_PAGE + self.post_page
        return Rows.of(page, self.post_time_s, POST, post=number, link=number,
                       site=self.post_page, text=words)  # fmt: skip

    def rows(self, n: int, chunk: int = 0) -> Rows:
        """Draw what ordinary people write.

        Args:
            n: How many rows.
            chunk: Every chunk is drawn on its own and over the whole time.
        """
        chance = np.random.default_rng([self.seed, 2, chunk])
        account, time_s = self._sessions(chance, n)
        post = self._read(chance, account, time_s)
        delay = chance.lognormal(np.log(_NOTICED_S), 1.2, n).astype(np.int64)
        # Who comes before a post is there comes when it is.
        soon = (chance.random(n) < _NOTIFIED) | (time_s < self.post_time_s[post])
        time_s = np.where(soon, self.post_time_s[post] + delay, time_s)
        return self._written(chance, account, time_s, post)

    def _sessions(self, chance: np.random.Generator, n: int) -> tuple[Ints, Ints]:
        """Accounts and times of ``n`` rows, session by session."""
        length = chance.geometric(_MOSTLY_ONE, n)
        session = np.repeat(np.arange(n), length)[:n]
        n_sessions = int(session[-1]) + 1
        account = np.searchsorted(self._activity, chance.random(n_sessions), side="right")
        account = np.minimum(account, self.size.n_people - 1)
        day = chance.integers(0, self.size.n_days, n_sessions)
        away = (day % 7 >= 5) & (chance.random(n_sessions) > self._weekend[account] / 2)
        day = np.where(away, day // 7 * 7 + chance.integers(0, 5, n_sessions), day)
        hour = (self._hour[account] + chance.normal(0, 2.5, n_sessions)) % 24
        start = local(np.minimum(day, self.size.n_days - 1), hour)
        gap = chance.exponential(_GAP_S, n)
        since = np.cumsum(gap)
        first = np.searchsorted(session, np.arange(n_sessions))
        since -= since[first][session]
        return account[session], start[session] + since.astype(np.int64)

    def _read(self, chance: np.random.Generator, account: Ints, time_s: Ints) -> Ints:
        """The post that each row is about: of a page one likes, recent, well liked."""
        n = account.size
        pick = np.searchsorted(_FAVOURITES, chance.random(n), side="right")
        page = self._favourites[account, np.minimum(pick, 2)]
        stray = chance.choice(self._liked.size, n, p=self._liked)
        page = np.where(pick == _FAVOURITES.size, stray, page)
        span = 2 * (self.end_s - START_S) + 10 * DAY_S
        key = self.post_page * span + (self.post_time_s - START_S + DAY_S)
        latest = np.searchsorted(key, page * span + (time_s - START_S + DAY_S), side="right") - 1
        age = chance.exponential(_RECENT, (3, n)).astype(np.int64)
        seen = np.maximum(latest - age, self.page_start[page])
        best: Ints = seen[np.argmax(self.post_appeal[seen], axis=0), np.arange(n)]
        return best

    def _written(
        self, chance: np.random.Generator, account: Ints, time_s: Ints, post: Ints
    ) -> Rows:
        """Comments mostly; some pass the article on, some repeat the post."""
        n = account.size
        part = chance.random(n)
        is_link, is_repost = part < 0.12, (part >= 0.12) & (part < 0.18)
        is_comment = ~is_link & ~is_repost
        kind = np.select([is_link, is_repost], [POST, REPOST], COMMENT)
        page = self.post_page[post]
        return Rows.of(
            account,
            time_s,
            kind,
            root=np.where(is_comment, post, NONE),
            page=np.where(is_comment, FIRST_PAGE + page, NONE),
            repost_of=np.where(is_repost, post, NONE),
            link=np.where(is_link, post, NONE),
            site=np.where(is_link, page, NONE),
            text=np.where(is_repost, NONE, small_talk(chance, n)),
        )

    def loved(self, chance: np.random.Generator, n: int) -> Ints:
        """Draw posts that many comment on, by appeal, each once."""
        weight = self.post_appeal**1.5 * self._liked[self.post_page]
        days = (self.post_time_s - START_S) / DAY_S
        weight = np.where(days < self.size.n_days - 1, weight, 0.0)
        n = min(n, int(np.count_nonzero(weight)))
        return np.sort(chance.choice(weight.size, n, replace=False, p=weight / weight.sum()))

    def page_posts(self, page: int) -> Ints:
        """Return the numbers of a page's posts in the order of time."""
        return np.arange(self.page_start[page], self.page_start[page + 1])
