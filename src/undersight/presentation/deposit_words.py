"""The difference of two deposits in words: counts and intervals, nobody named, nobody accused."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from undersight.i18n import _, translator
from undersight.presentation.phrases import capitalised, day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.model.deposit import DepositedPost
    from undersight.model.derived.deposit_changes import DepositChanges, Overlay

FACT_WORDS = {
    "name": _("the name changed"),
    "category": _("the category changed"),
    "email": _("an e-mail address of the account changed"),
    "username": _("the user name changed"),
}
PART_WORDS = {
    "posts": _("posts"),
    "comments": _("comments"),
    "roles": _("administrators"),
    "logins": _("logins"),
    "facts": _("particulars of the account"),
    "followers": _("followers"),
}
PLATFORM_WORDS = {
    "facebook": "Facebook", "instagram": "Instagram", "telegram": "Telegram", "x": "X",
}  # fmt: skip
OVERLAY_WORDS = {
    "certain": _("all while the owner was in custody"),
    "possible": _("partly or possibly while the owner was in custody"),
    "no": _("none of it while the owner was in custody"),
    "cannot-tell": _("whether the owner was in custody then cannot be told"),
}


def difference_sentence(changes: DepositChanges, custody: Overlay | None, lang: str) -> str:
    """Return a difference in one sentence.

    Args:
        changes: The difference.
        custody: Whether the owner was held; None where no owner is known.
        lang: One of ``i18n.LANGUAGES``.
    """
    t = translator(lang).gettext
    phrases = list(_phrases(changes, lang))
    first, last = _day(changes.first_us, lang), _day(changes.last_us, lang)
    if first == last:
        between = t("on {day}").format(day=first)
    else:
        between = t("between {first} and {last}").format(first=first, last=last)
    if not phrases:
        return t("Nothing that can be compared vanished or changed {between}.").format(
            between=between
        )
    told = f"{', '.join(phrases)}, {between}"
    if custody is not None and changes.has_changes:
        told += f": {t(OVERLAY_WORDS[custody])}"
    return capitalised(told, lang) + "."


def difference_lines(changes: DepositChanges, lang: str) -> tuple[str, ...]:
    """Return what else is to be said, what cannot be told above all."""
    return tuple(_lines(changes, lang))


def span(posts: Sequence[DepositedPost], lang: str) -> str:
    """Return the days from the first to the last of some posts."""
    days = sorted(post.at_us for post in posts)
    first, last = _day(days[0], lang), _day(days[-1], lang)
    return first if first == last else f"{first} – {last}"


def _phrases(changes: DepositChanges, lang: str) -> Iterator[str]:
    for kind, messages in (("post", _posts_words), ("comment", _comments_words)):
        sides = (changes.vanished, changes.appeared, changes.changed)
        for side, posts in enumerate(sides):
            chosen = [post for post in posts if post.kind == kind]
            if chosen:
                words = messages(len(chosen), lang)[side]
                yield words.format(n=len(chosen), days=span(chosen, lang))
    yield from _people(changes, lang)
    t = translator(lang).gettext
    yield from (t(FACT_WORDS[name]) for name in changes.facts_changed)
    before, after = changes.followers
    if before is not None and after is not None and before != after:
        yield t("followers went from {before} to {after}").format(before=before, after=after)


def _posts_words(n: int, lang: str) -> tuple[str, str, str]:
    """Return the messages for posts that vanished, appeared out of time, changed."""
    nt = translator(lang).ngettext
    return (
        nt("{n} post of {days} vanished", "{n} posts of {days} vanished", n),
        nt("{n} post dated {days} appeared later", "{n} posts dated {days} appeared later", n),
        nt(
            "the words of {n} post of {days} changed",
            "the words of {n} posts of {days} changed",
            n,
        ),
    )


def _comments_words(n: int, lang: str) -> tuple[str, str, str]:
    """Return the same for comments."""
    nt = translator(lang).ngettext
    return (
        nt("{n} comment of {days} vanished", "{n} comments of {days} vanished", n),
        nt(
            "{n} comment dated {days} appeared later",
            "{n} comments dated {days} appeared later",
            n,
        ),
        nt(
            "the words of {n} comment of {days} changed",
            "the words of {n} comments of {days} changed",
            n,
        ),
    )


def _people(changes: DepositChanges, lang: str) -> Iterator[str]:
    nt = translator(lang).ngettext
    n = len(changes.roles_appeared)
    if n:
        yield nt("{n} administrator appeared", "{n} administrators appeared", n).format(n=n)
    n = len(changes.roles_gone)
    if n:
        yield nt("{n} administrator is gone", "{n} administrators are gone", n).format(n=n)
    n = len(changes.new_logins)
    if n:
        yield nt(
            "{n} login from a new device or place", "{n} logins from new devices or places", n
        ).format(n=n)


def _lines(changes: DepositChanges, lang: str) -> Iterator[str]:
    t, nt = translator(lang).gettext, translator(lang).ngettext
    n = len(changes.before_later)
    if n:
        yield nt(
            "{n} post lies before the first one of the later archive: it vanished, or the archive "
            "was asked for from a later day on; that cannot be told.",
            "{n} posts lie before the first one of the later archive: they vanished, or the "
            "archive was asked for from a later day on; that cannot be told.",
            n,
        ).format(n=n)
    if changes.n_new:
        yield nt(
            "{n} post was added since, as usual.", "{n} posts were added since, as usual.",
            changes.n_new,
        ).format(n=changes.n_new)  # fmt: skip
    if changes.only_once:
        names = ", ".join(PLATFORM_WORDS.get(name, name) for name in changes.only_once)
        yield t(
            "Not compared, since only one of the deposits has an archive of it: {platforms}."
        ).format(platforms=names)
    if changes.n_channels:
        yield t(
            "Telegram: the account's archive holds {n} channels and does not say which are its "
            "own; one that was only read and left looks like a loss. To be sure, deposit the "
            "export of the channel alone."
        ).format(n=changes.n_channels)
    if changes.cannot_tell:
        parts = ", ".join(t(PART_WORDS[part]) for part in changes.cannot_tell)
        yield t("Cannot be told, since one of the deposits lacks it: {parts}.").format(parts=parts)


def _day(us: int, lang: str) -> str:
    return day(dt.datetime.fromtimestamp(us / 1_000_000, dt.UTC).date(), lang)
