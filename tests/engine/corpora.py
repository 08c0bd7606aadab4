"""Invented corpora: people with rhythms of their own, fans of a page, and planted groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from undersight.engine.coded_actions import CodedActions, order_actions

HOUR_US = 3_600_000_000
SECOND_US = 1_000_000
N_DAYS = 56
N_RANKS = 40


@dataclass(frozen=True)
class Rows:
    """Account, object and time of some rows."""

    account: np.ndarray
    thing: np.ndarray
    time_us: np.ndarray

    def __add__(self, other: Rows) -> Rows:
        return Rows(
            np.append(self.account, other.account),
            np.append(self.thing, other.thing),
            np.append(self.time_us, other.time_us),
        )

    @property
    def actions(self) -> CodedActions:
        return order_actions(self.account, self.thing, self.time_us)


def organic(seed: int, n_accounts: int = 4000, n_rows: int = 62_000) -> Rows:
    """Accounts with hours of their own; posts are born and forgotten; one post has 1 % of all.

    What is read is what is new: each half day has posts of its own, the first the best known.
    """
    chance = np.random.default_rng(seed)
    activity = chance.lognormal(0, 1.2, n_accounts)
    account = chance.choice(n_accounts, n_rows, p=activity / activity.sum())
    favourite = chance.integers(0, 24, n_accounts)
    day = chance.integers(0, N_DAYS, n_rows)
    hour = (favourite[account] + np.rint(chance.normal(0, 3, n_rows)).astype(np.int64)) % 24
    second = chance.integers(0, 3600, n_rows)
    time_us = (day * 24 + hour) * HOUR_US + second * SECOND_US
    rank = (chance.random(n_rows) ** 3 * N_RANKS).astype(np.int64)
    thing = 1 + (time_us // (12 * HOUR_US)) * N_RANKS + rank
    thing[chance.random(n_rows) < 0.01] = 0
    return Rows(account, thing, time_us)


def fans(seed: int, first_account: int, n_fans: int = 150, n_posts: int = 150) -> Rows:
    """Fans of one page come to its posts, each when they see it: within hours, on their own."""
    chance = np.random.default_rng(seed)
    born = np.sort(chance.integers(0, N_DAYS * 24, n_posts)) * HOUR_US
    comes = chance.random((n_fans, n_posts)) < 0.5
    fan, post = np.nonzero(comes)
    delay = chance.exponential(2 * HOUR_US, fan.size).astype(np.int64)
    return Rows(first_account + fan, 10**6 + post, born[post] + delay)


def group(
    seed: int, rows: Rows, first_account: int, *, sync_s: float, n: int = 15, n_posts: int = 25
) -> Rows:
    """A group that acts on popular posts at a signal, at a time when others act there too."""
    chance = np.random.default_rng(seed)
    popular = np.argsort(-np.bincount(rows.thing))[1 : 20 * n_posts]
    posts = chance.choice(popular, n_posts, replace=False)
    starts = [int(chance.choice(rows.time_us[rows.thing == post])) for post in posts]
    member, post = np.nonzero(chance.random((n, n_posts)) < 0.8)
    delay = (chance.exponential(sync_s, member.size) * SECOND_US).astype(np.int64)
    return Rows(first_account + member, posts[post], np.array(starts)[post] + delay)
