"""Innocent explanations of a group, each looked into, each with the number behind the answer.

``explains`` means that the explanation fits the numbers, not that it is true. One of them decides:
a group whose posts speak of solidarity or condolence is never a finding (DESIGN §8.8).
"""

from __future__ import annotations

import statistics
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.detectors.solidarity_words import speaks_of_solidarity
from undersight.i18n import _
from undersight.model.finding import BenignCheck
from undersight.text import fold, url_host

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from undersight.detectors.group import Group
    from undersight.detectors.surroundings import PostFacts, Surroundings
    from undersight.model.finding import BenignOutcome

SOLIDARITY = "solidarity-campaign"
_MOST = 0.8  # of objects or posts: what nearly all of them share
_HALF = 0.5
_LEAST_OBJECTS = 3
_LEAST_POSTS = 10
_OUTSIDE_PER_MEMBER = 5  # so many others for each member: the group is a part of something large
_SOON_US = 300_000_000
_US_PER_DAY = 86_400_000_000
_MEDIA_WORDS = (
    *("news", "media", "press", "journal", "broadcast", "radio", "xeber", "qezet", "jurnal"),
    *("haber", "gazete", "medya", "novost", "gazeta", "zhurnal", "televi"),
)
"""How folded words of a category begin that media give themselves."""
_THURSDAY = 3  # the day on which 1970 began, Monday being 0


@dataclass(frozen=True, slots=True)
class _Scene:
    """A group with what the corpus says around it."""

    group: Group
    view: str
    surroundings: Surroundings
    posts: Mapping[str, PostFacts]


def checks_of(group: Group, view: str, surroundings: Surroundings) -> tuple[BenignCheck, ...]:
    """Look into every innocent explanation, in a fixed order.

    Args:
        group: The group.
        view: The detector's objects, such as ``url``.
        surroundings: The corpus.
    """
    posts = surroundings.posts(action.post for action in group.own)
    scene = _Scene(group, view, surroundings, posts)
    return tuple(check(scene) for check in _CHECKS)


def is_solidarity(checks: tuple[BenignCheck, ...]) -> bool:
    """Return whether the group's own posts speak of solidarity or condolence."""
    return any(one.code == SOLIDARITY and one.outcome == "explains" for one in checks)


def _one_feed(scene: _Scene) -> BenignCheck:
    """One account outside is first on nearly every object: all follow it, or one button."""
    first: dict[str, tuple[int, str, str]] = {}
    for action in (*scene.group.own, *scene.group.audience_actions()):
        key = (action.time_us, action.post, action.account)
        first[action.object] = min(first.get(action.object, key), key)
    members = set(scene.group.accounts)
    starters = Counter(one for _at, _post, one in first.values() if one not in members)
    n_objects = len(first)
    n_most = max(starters.values(), default=0)
    values = {"n": n_most, "n_objects": n_objects}
    sentence = _(
        "One feed or share button: on {n} of {n_objects} objects one and the same account outside "
        "the group was first."
    )
    if n_objects < _LEAST_OBJECTS:
        return BenignCheck(code="one-feed", outcome="cannot-tell", number=n_most / n_objects,
                           sentence=sentence, values=values)  # fmt: skip
    return _fits("one-feed", n_most / n_objects, sentence, values)


def _syndication(scene: _Scene) -> BenignCheck:
    """The site's own account posts its links first, and others pass them on."""
    if scene.view != "url":
        return _untold("syndication", _("Syndication: these objects are no links."))
    first: dict[str, tuple[int, str, str]] = {}
    for action in (*scene.group.own, *scene.group.audience_actions()):
        key = (action.time_us, action.post, action.account)
        first[action.object] = min(first.get(action.object, key), key)
    facts = scene.surroundings.accounts(one for *_at, one in first.values())
    n_own = sum(
        _is_site(url, facts[account].name, facts[account].handle)
        for url, (*_at, account) in first.items()
    )
    return _fits(
        "syndication",
        n_own / len(first),
        _("Syndication: the site's own account was first with {n} of {n_links} links."),
        {"n": n_own, "n_links": len(first)},
    )


def _newsroom(scene: _Scene) -> BenignCheck:
    """Nearly all links lead to one site; if the accounts bear its name, they work for it."""
    if scene.view != "url":
        return _untold("newsroom-staff", _("Newsroom staff: these objects are no links."))
    hosts = Counter(url_host(url) for url in scene.group.objects)
    host, n_most = min(hosts.items(), key=lambda item: (-item[1], item[0]))
    n_links = len(scene.group.objects)
    facts = scene.surroundings.accounts(scene.group.accounts).values()
    n_named = sum(_is_site(f"https://{host}/", one.name, one.handle) for one in facts)
    outcome: BenignOutcome = "does-not-explain"
    if n_most >= _MOST * n_links:
        is_named = 2 * n_named >= len(scene.group.accounts)
        outcome = "explains" if is_named else "cannot-tell"
    return BenignCheck(
        code="newsroom-staff",
        outcome=outcome,
        number=n_most / n_links,
        sentence=_(
            "Newsroom staff: {n} of {n_links} links lead to one site, and {n_named} of the "
            "accounts bear its name."
        ),
        values={"n": n_most, "n_links": n_links, "n_named": n_named},
    )


def _fan_tag(scene: _Scene) -> BenignCheck:
    """Nearly all posts carry one hashtag that many others use too."""
    tags = Counter(tag for facts in scene.posts.values() for tag in facts.tags)
    if not tags:
        return _untold("fan-tag", _("Fan tag: the posts carry no hashtag."))
    tag, n_posts = min(tags.items(), key=lambda item: (-item[1], item[0]))
    n_others = len(scene.surroundings.tag_users(tag) - set(scene.group.accounts))
    n_all = len(scene.posts)
    is_large = n_others >= _OUTSIDE_PER_MEMBER * len(scene.group.accounts)
    return BenignCheck(
        code="fan-tag",
        outcome="explains" if n_posts >= _MOST * n_all and is_large else "does-not-explain",
        number=n_posts / n_all,
        sentence=_(
            "Fan tag: {n} of its {n_posts} posts carry one hashtag, which {n_others} accounts "
            "outside the group use too."
        ),
        values={"n": n_posts, "n_posts": n_all, "n_others": n_others},
    )


def _breaking_news(scene: _Scene) -> BenignCheck:
    """Around the pairs, many others act on the same object just as fast."""
    group = scene.group
    times: dict[str, list[int]] = defaultdict(list)
    for action in group.audience_actions():
        times[action.object].append(action.time_us)
    for one in times.values():
        one.sort()
    at = {(action.post, action.object): action.time_us for action in group.own}
    around = []
    for pair in group.pairs:
        middle = at[pair.post_a, pair.object] + pair.delta_us // 2
        others = times[pair.object]
        first = bisect_left(others, middle - group.window_us)
        around.append(bisect_right(others, middle + group.window_us) - first)
    n_around = statistics.median(around)
    return BenignCheck(
        code="breaking-news",
        outcome="explains" if n_around >= len(group.accounts) else "does-not-explain",
        number=float(n_around),
        sentence=_(
            "Breaking news: around half of the pairs, {n} or more others acted on the same "
            "object within the window."
        ),
        values={"n": f"{n_around:g}"},
    )


def _notification(scene: _Scene) -> BenignCheck:
    """The audience, too, comes within five minutes of the post: a notification reached it."""
    group = scene.group
    roots = scene.surroundings.posts(group.objects) if scene.view == "post" else {}
    starts = {post: facts.published_us for post, facts in roots.items()}
    own = _n_soon(((a.object, a.time_us) for a in group.own), starts)
    audience = _n_soon(((a.object, a.time_us) for a in group.audience_actions()), starts)
    if own[1] < _LEAST_POSTS or audience[1] < _LEAST_POSTS:
        return _untold(
            "notification",
            _("A notification: the corpus lacks the time of the posts, or their audience."),
        )
    share, others = own[0] / own[1], audience[0] / audience[1]
    return BenignCheck(
        code="notification",
        outcome="explains" if share >= _HALF and others >= _MOST * share else "does-not-explain",
        number=others,
        sentence=_(
            "A notification: {percent} % of the group's actions come within five minutes of the "
            "post, and {others} % of everybody else's."
        ),
        values={"percent": round(100 * share), "others": round(100 * others)},
    )


def _solidarity(scene: _Scene) -> BenignCheck:
    """The posts stand with somebody jailed, or mourn."""
    said = [facts for facts in scene.posts.values() if facts.words or facts.tags]
    if not said:
        return _untold(SOLIDARITY, _("Solidarity or condolence: the posts have no words."))
    n_such = sum(speaks_of_solidarity(facts.words, facts.tags) for facts in said)
    return BenignCheck(
        code=SOLIDARITY,
        outcome="explains" if 2 * n_such >= len(said) else "does-not-explain",
        number=n_such / len(said),
        sentence=_(
            "Solidarity or condolence: {n} of its {n_posts} posts with words speak of freedom for "
            "somebody, support or mourning."
        ),
        values={"n": n_such, "n_posts": len(said)},
    )


def _employees(scene: _Scene) -> BenignCheck:
    """The group acts on workdays only, unlike the audience: staff, willing or told to."""
    own = _workday_share([action.time_us for action in scene.group.own])
    others = _workday_share(scene.group.audience.column("time_us").to_pylist())
    if own is None or others is None:
        return _untold("public-employees", _("Public employees: too few posts to see a week."))
    is_fit = own >= 0.95 and others <= 0.85
    return BenignCheck(
        code="public-employees",
        outcome="cannot-tell" if is_fit else "does-not-explain",
        number=own,
        sentence=_(
            "Public employees: {percent} % of the group's actions fall on Monday to Friday, and "
            "{others} % of everybody else's. Whether staff acted of their own will cannot be seen."
        ),
        values={"percent": round(100 * own), "others": round(100 * others)},
    )


def _declared_bots(scene: _Scene) -> BenignCheck:
    """The accounts say that they are programs: feeds, mirrors, alerts."""
    kinds = [one.kind for one in scene.surroundings.accounts(scene.group.accounts).values()]
    if set(kinds) == {"unknown"}:
        sentence = _("Declared bots: the corpus does not say which accounts are programs.")
        return _untold("declared-bots", sentence)
    n_bots = kinds.count("bot")
    return _fits(
        "declared-bots",
        n_bots / len(kinds),
        _("Declared bots: {n} of the {n_accounts} accounts say that they are programs."),
        {"n": n_bots, "n_accounts": len(kinds)},
    )


def _media(scene: _Scene) -> BenignCheck:
    """The accounts call themselves media: what comes over one wire stands in all of them."""
    facts = scene.surroundings.accounts(scene.group.accounts).values()
    if not any(one.category for one in facts):
        return _untold("media", _("Media or aggregators: no account names a category."))
    n_media = sum(
        any(word.startswith(_MEDIA_WORDS) for word in fold(one.category).split()) for one in facts
    )
    is_fit = n_media >= _MOST * len(facts)
    return BenignCheck(
        code="media",
        outcome="cannot-tell" if is_fit else "does-not-explain",
        number=n_media / len(facts),
        sentence=_(
            "Media or aggregators: {n} of the {n_accounts} accounts call themselves media, which "
            "may take over the same reports at the same moment. Whether they are cannot be seen."
        ),
        values={"n": n_media, "n_accounts": len(facts)},
    )


_CHECKS: tuple[Callable[[_Scene], BenignCheck], ...] = (
    _one_feed,
    _syndication,
    _newsroom,
    _fan_tag,
    _breaking_news,
    _notification,
    _solidarity,
    _employees,
    _declared_bots,
    _media,
)


def _fits(
    code: str, share: float, sentence: str, values: Mapping[str, str | int | float]
) -> BenignCheck:
    outcome: BenignOutcome = "explains" if share >= _MOST else "does-not-explain"
    return BenignCheck(code=code, outcome=outcome, number=share, sentence=sentence, values=values)


def _untold(code: str, sentence: str) -> BenignCheck:
    return BenignCheck(code=code, outcome="cannot-tell", number=None, sentence=sentence)


def _is_site(url: str, name: str, handle: str) -> bool:
    """Whether an account's name or handle holds the site's own word, ``sarnakhour``."""
    labels = [label for label in url_host(url).split(".") if label != "www"]
    word = fold(labels[-2] if len(labels) > 1 else labels[0]) if labels else ""
    named = (fold(text).replace(" ", "") for text in (name, handle))
    return len(word) > 3 and any(word in one for one in named)


def _n_soon(
    actions: Iterable[tuple[str, int]], starts: Mapping[str, int | None]
) -> tuple[int, int]:
    """Count actions within five minutes of their object, and those whose object has a time."""
    n_soon = n_known = 0
    for post, time_us in actions:
        start = starts.get(post)
        if start is not None:
            n_known += 1
            n_soon += 0 <= time_us - start <= _SOON_US
    return n_soon, n_known


def _workday_share(times_us: list[int]) -> float | None:
    """The share of times on Monday to Friday, UTC; None where there are too few."""
    if len(times_us) < 2 * _LEAST_POSTS:
        return None
    days = [(time_us // _US_PER_DAY + _THURSDAY) % 7 for time_us in times_us]
    return sum(day < 5 for day in days) / len(days)
