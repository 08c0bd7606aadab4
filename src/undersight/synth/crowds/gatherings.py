"""Crowds that come together for reasons of their own: innocents, none of them to be found.

Each knows nothing of a window or a threshold. Delays are log-normal or exponential around what
moves the crowd: a goal, a headline, a call for seven o'clock, a death, a post of somebody loved.
Public employees and newsroom staff act at their work's pace; that they were asked to cannot be
told from that they wished to.
"""

from __future__ import annotations

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
    Part,
    Rows,
    joined,
    local,
    made_over_years,
)
from undersight.synth.crowds.town import FIRST_PAGE
from undersight.synth.crowds.words import own_words, phrases, small_talk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from undersight.synth.crowds.rows import Ints
    from undersight.synth.crowds.town import Town

    Gathering = Callable[[np.random.Generator, Town, int], Part]


def football_final(chance: np.random.Generator, town: Town, first: int) -> Part:
    """Four match nights: everybody writes under the live post when a goal falls, most once."""
    people, n = _people(chance, first, 300), 4
    days = np.sort(chance.choice(np.arange(town.size.n_days), n, replace=False))
    live = _posts(chance, first, FIRST_PAGE, local(days, 20.0))
    parts = [live]
    for post, start in zip(live.post, live.time_s, strict=True):
        goals = start + np.sort(chance.integers(5 * 60, 110 * 60, 4))
        comes = chance.random(people.number.size) < 0.5
        for goal in goals:
            fan = people.number[comes & (chance.random(comes.size) < 0.4)]
            time_s = goal + _soon(chance, fan.size, 45, 1.0)
            parts.append(_comments(fan, time_s, post, FIRST_PAGE,
                                   _said(chance, fan.size, "chant", 0.4)))  # fmt: skip
    return _part("football-final", people, parts)


def breaking_news(chance: np.random.Generator, town: Town, first: int) -> Part:
    """Six headlines: hundreds pass the link on and comment, most within the hour."""
    people, n = _people(chance, first, 300), 6
    start = local(chance.integers(0, town.size.n_days, n), chance.uniform(7, 22, n))
    site = chance.integers(0, town.size.n_pages, n)
    parts = []
    for number in range(n):
        page = int(FIRST_PAGE + site[number])
        post = _posts(chance, first + number, page, start[[number]])
        parts.append(post)
        who = people.number[chance.random(people.number.size) < 0.35]
        time_s = start[number] + _soon(chance, who.size, 1200, 1.1)
        is_link = chance.random(who.size) < 0.5
        parts.append(_links(who[is_link], time_s[is_link], first + number, int(site[number]),
                            small_talk(chance, int(is_link.sum()))))  # fmt: skip
        parts.append(_comments(who[~is_link], time_s[~is_link], int(post.post[0]), page,
                               small_talk(chance, int((~is_link).sum()))))  # fmt: skip
    return _part("breaking-news", people, parts)


def protest_hashtag(chance: np.random.Generator, town: Town, first: int) -> Part:
    """Three evenings: a call for seven o'clock, one hashtag, slogans copied word for word."""
    people = _people(chance, first, 300)
    begin = int(chance.integers(0, town.size.n_days - 3))
    parts = []
    for evening in range(3):
        call = local(begin + evening, 19.0)
        who = people.number[chance.random(people.number.size) < 0.5]
        times = chance.poisson(1.0, who.size) + 1
        who = np.repeat(who, times)
        time_s = call + chance.normal(40 * 60, 50 * 60, who.size).astype(np.int64)
        carries = chance.random(who.size) < 0.3
        link = first + chance.integers(0, 5, who.size)
        parts.append(Rows.of(
            who, time_s, POST, tag=first, text=_said(chance, who.size, "slogan", 0.5),
            link=np.where(carries, link, NONE), site=np.where(carries, 0, NONE),
        ))  # fmt: skip
    return _part("protest-hashtag", people, parts)


def solidarity(chance: np.random.Generator, town: Town, first: int) -> Part:
    """Those who stand with a jailed journalist: they come whenever the page asks for freedom."""
    return _faithful(chance, town, first, ("solidarity", "solidarity", 0.6))


def solidarity_in_silence(chance: np.random.Generator, town: Town, first: int) -> Part:
    """The same with a heart or nothing, and no word that tells why."""
    return _faithful(chance, town, first, ("solidarity-in-silence", "", 0.0))


def condolence(chance: np.random.Generator, town: Town, first: int) -> Part:
    """Somebody died: two days long everybody says the same words under three posts."""
    people = _people(chance, first, 300)
    start = local(int(chance.integers(0, town.size.n_days - 3)), 9.0)
    page = FIRST_PAGE + 1
    posts = _posts(chance, first, page, start + np.array([0, 5400, 86_400]))
    parts = [posts]
    for post, at in zip(posts.post, posts.time_s, strict=True):
        who = people.number[chance.random(people.number.size) < 0.6]
        time_s = at + _soon(chance, who.size, 7200, 1.3)
        parts.append(_comments(who, time_s, post, page,
                               _said(chance, who.size, "condolence", 0.85)))  # fmt: skip
    return _part("condolence", people, parts)


def fan_army(chance: np.random.Generator, town: Town, first: int) -> Part:
    """Fans of a singer: told of every post, some at once; one hashtag; evenings of streaming."""
    people, page = _people(chance, first, 150), first + 5000
    ready = chance.lognormal(0, 0.6, people.number.size)
    start = np.sort(local(chance.integers(0, town.size.n_days - 1, 40), chance.uniform(9, 22, 40)))
    posts = _posts(chance, first, page, start)
    parts = [posts]
    for post, at in zip(posts.post, posts.time_s, strict=True):
        comes = chance.random(ready.size) < 0.4
        who = people.number[comes]
        time_s = at + (ready[comes] * _soon(chance, who.size, 240, 1.2)).astype(np.int64)
        words = _said(chance, who.size, "fans", 0.3)
        parts.append(_comments(who, time_s, post, page, words))
        again = chance.random(who.size) < 0.2
        later = time_s[again] + _soon(chance, int(again.sum()), 300, 1.0)
        parts.append(Rows.of(who[again], later, REPOST, repost_of=post))
    for evening in chance.choice(np.arange(town.size.n_days), 3, replace=False):
        who = people.number[chance.random(ready.size) < 0.5]
        time_s = local(evening, 21.0) + chance.exponential(1800, who.size).astype(np.int64)
        words = _said(chance, who.size, "fans", 0.6)
        parts.append(Rows.of(who, time_s, POST, tag=first, text=words))
    return _part("fan-army", people, parts, _one_page(page))


def push_alert(chance: np.random.Generator, town: Town, first: int) -> Part:
    """Readers of a news application: the telephone rings, half of those who come do so at once."""
    people, page = _people(chance, first, 100), first + 5000
    start = np.sort(local(chance.integers(0, town.size.n_days - 1, 30), chance.uniform(8, 22, 30)))
    posts = _posts(chance, first, page, start)
    parts = [posts]
    for post, at in zip(posts.post, posts.time_s, strict=True):
        who = people.number[chance.random(people.number.size) < 0.3]
        time_s = at + _soon(chance, who.size, 45, 0.8)
        parts.append(_comments(who, time_s, post, page, small_talk(chance, who.size)))
    return _part("push-alert", people, parts, _one_page(page))


def newsroom_staff(chance: np.random.Generator, town: Town, first: int) -> Part:
    """Fifteen people of an outlet pass on its articles on working days, soon after they appear."""
    site = int(chance.integers(1, town.size.n_pages))
    people = Accounts.of(
        first + np.arange(15), made_over_years(chance, 15), staff_of=site
    )  # fmt: skip
    articles = town.page_posts(site)
    parts = []
    for article in articles:
        at = int(town.post_time_s[article])
        if (at - START_S) // DAY_S % 7 >= 5:
            continue
        who = people.number[chance.random(15) < 0.35]
        time_s = at + _soon(chance, who.size, 1500, 1.2)
        words = np.where(chance.random(who.size) < 0.5, own_words(chance, who.size), NONE)
        parts.append(_links(who, time_s, int(article), site, words))
    return _part("newsroom-staff", people, parts)


def public_employees(chance: np.random.Generator, town: Town, first: int) -> Part:
    """Sixty teachers and doctors thank their ministry under its posts, in working hours."""
    people, page = _people(chance, first, 60), first + 5000
    days = np.array([day for day in range(town.size.n_days) if day % 7 < 5])
    posts = _posts(chance, first, page, local(days, chance.uniform(9, 12, days.size)))
    parts = [posts]
    for post, at in zip(posts.post, posts.time_s, strict=True):
        who = people.number[chance.random(people.number.size) < 0.35]
        time_s = np.minimum(at + _soon(chance, who.size, 5400, 0.9),
                            at + 7 * 3600 - chance.integers(0, 3600, who.size))  # fmt: skip
        parts.append(_comments(who, time_s, post, page, _said(chance, who.size, "thanks", 0.4)))
        other = chance.integers(0, town.size.n_people, int(chance.integers(5, 40)))
        time_s = at + _soon(chance, other.size, 9000, 1.3)
        parts.append(_comments(other, time_s, post, page, small_talk(chance, other.size)))
    return _part("public-employees", people, parts, _one_page(page))


def _faithful(
    chance: np.random.Generator, town: Town, first: int, said: tuple[str, str, float]
) -> Part:
    """A crowd that comes to most posts of one page, some always sooner than others."""
    name, topic, share = said
    people, page = _people(chance, first, 80), first + 5000
    ready = chance.lognormal(0, 0.6, people.number.size)
    start = np.sort(local(chance.integers(0, town.size.n_days - 1, 36), chance.uniform(8, 21, 36)))
    posts = _posts(chance, first, page, start)
    parts = [posts]
    for post, at in zip(posts.post, posts.time_s, strict=True):
        comes = chance.random(ready.size) < 0.5
        who = people.number[comes]
        time_s = at + (ready[comes] * _soon(chance, who.size, 600, 1.1)).astype(np.int64)
        words = _said(chance, who.size, topic, share) if topic else np.full(who.size, NONE)
        parts.append(_comments(who, time_s, post, page, words))
        again = chance.random(who.size) < 0.2
        later = time_s[again] + _soon(chance, int(again.sum()), 600, 1.0)
        parts.append(Rows.of(who[again], later, REPOST, repost_of=post))
    return _part(name, people, parts, _one_page(page))


GATHERINGS: Mapping[str, Gathering] = {
    "football-final": football_final,
    "breaking-news": breaking_news,
    "protest-hashtag": protest_hashtag,
    "solidarity": solidarity,
    "solidarity-in-silence": solidarity_in_silence,
    "condolence": condolence,
    "fan-army": fan_army,
    "push-alert": push_alert,
    "newsroom-staff": newsroom_staff,
    "public-employees": public_employees,
}


def _people(chance: np.random.Generator, first: int, n: int) -> Accounts:
    return Accounts.of(first + np.arange(n), made_over_years(chance, n))


def _one_page(number: int) -> Accounts:
    return Accounts.of(np.array([number]), np.array([START_S - 900 * DAY_S]), PAGE)


def _posts(chance: np.random.Generator, first: int, page: int, time_s: Ints) -> Rows:
    """Posts of a page, numbered from ``first``."""
    number = first + np.arange(time_s.size)
    return Rows.of(np.full(time_s.size, page), time_s, POST, post=number,
                   text=own_words(chance, time_s.size))  # fmt: skip


def _comments(who: Ints, time_s: Ints, post: int, page: int, text: Ints) -> Rows:
    return Rows.of(who, time_s, COMMENT, root=int(post), page=page, text=text)


def _links(who: Ints, time_s: Ints, link: int, site: int, text: Ints) -> Rows:
    return Rows.of(who, time_s, POST, link=link, site=site, text=text)


def _soon(chance: np.random.Generator, n: int, median_s: float, spread: float) -> Ints:
    """Delays: half of them under ``median_s`` seconds."""
    delay: Ints = (chance.lognormal(np.log(median_s), spread, n)).astype(np.int64)
    return delay


def _said(chance: np.random.Generator, n: int, topic: str, share: float) -> Ints:
    """Words of a topic for a share of the rows, own words for the others."""
    known = phrases(topic)
    picked: Ints = np.where(
        chance.random(n) < share, known[chance.integers(0, known.size, n)], own_words(chance, n)
    )
    return picked


def _part(name: str, people: Accounts, rows: list[Rows], *more: Accounts) -> Part:
    return Part(
        name=name,
        is_planted=False,
        accounts=people,
        rows=joined(rows),
        others=more,
    )
