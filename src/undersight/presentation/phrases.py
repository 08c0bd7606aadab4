"""Short phrases: numbers with what they count, penalties, losses, citations, days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from undersight.i18n import translator
from undersight.model.fuzzy_date import FuzzyDate
from undersight.text.date_words import display

if TYPE_CHECKING:
    import datetime as dt

    from undersight.model.parts import Loss, Quantity, Sentence
    from undersight.model.records import Involvement, Provision, Takedown
    from undersight.presentation.presenter import Presenter
    from undersight.presentation.views import PartyView

NARROW_SPACE = "\u202f"
_FIGURES = re.compile(r"[-−]?\d+\.\d+(?:e[+-]?\d+)?")
_SAID_BY_WHAT = frozenset(
    {"people", "followers", "posts", "comments", "accounts", "pages", "items"}
)


class Counting(Protocol):
    """What a number in words needs: a language and its plurals."""

    lang: str

    def nt(self, one: str, many: str, n: int, /) -> str:
        """Return the form of a phrase that a number asks for."""


def day(date: dt.date, lang: str) -> str:
    """Return a calendar day in words."""
    return display(FuzzyDate.parse(date.isoformat()), lang)


def lasting(seconds: float, lang: str) -> str:
    """Return a span in the largest unit of which it is a whole number: an hour, not 3600 s.

    Args:
        seconds: How long, s, from 0.
        lang: Language of the answer.
    """
    words = translator(lang)
    size = next((one for one in (86_400, 3600, 60) if seconds and not seconds % one), 1)
    number = seconds / size
    n = int(number) if number == int(number) else 2  # a fraction takes the form of two
    forms = {
        86_400: words.ngettext("{n} day", "{n} days", n),
        3600: words.ngettext("{n} hour", "{n} hours", n),
        60: words.ngettext("{n} minute", "{n} minutes", n),
        1: words.ngettext("{n} second", "{n} seconds", n),
    }
    return forms[size].format(n=in_figures(f"{number:g}", lang))


def capitalised(text: str, lang: str) -> str:
    """Return a text with a capital first letter; the dotted i stays dotted in az and tr."""
    first = text[:1]
    if lang in ("az", "tr"):
        first = {"i": "İ", "ı": "I"}.get(first, first)
    # as a title begins: Georgian words begin in letters that have no large form there
    return first.title() + text[1:]


def opening(party: PartyView, lang: str) -> str:
    """Return a party as the first words of a line: a label such as “a blogger” begins large."""
    return party.name if party.is_named else capitalised(party.name, lang)


def counted(value: float, unit: str, words: Counting) -> str:
    """Return a number with its unit, in the form that the number asks for."""
    # a fraction takes the form of two: “1.5 years”, «1,5 года»
    return with_unit(
        amount(value, words.lang), int(value) if value == int(value) else 2, unit, words
    )


def with_unit(number: str, n: int, unit: str, words: Counting) -> str:
    """Return written digits with the unit in the form that ``n`` asks for."""
    forms = {
        "days": words.nt("{n} day", "{n} days", n),
        "weeks": words.nt("{n} week", "{n} weeks", n),
        "months": words.nt("{n} month", "{n} months", n),
        "years": words.nt("{n} year", "{n} years", n),
        "hours": words.nt("{n} hour", "{n} hours", n),
        "people": words.nt("{n} person", "{n} people", n),
        "followers": words.nt("{n} follower", "{n} followers", n),
        "posts": words.nt("{n} post", "{n} posts", n),
        "comments": words.nt("{n} comment", "{n} comments", n),
        "accounts": words.nt("{n} account", "{n} accounts", n),
        "pages": words.nt("{n} page", "{n} pages", n),
        "items": words.nt("{n} item", "{n} items", n),
        "percent": "{n}\u00a0%",
    }
    if unit in forms:
        return forms[unit].format(n=number)
    return f"{number} {unit}".strip()


def amount(value: float, lang: str = "en") -> str:
    """Return a number with its thousands set apart and no needless decimals."""
    whole = int(value)
    text = f"{whole:,}".replace(",", NARROW_SPACE)
    rest = f"{value - whole:.2f}".rstrip("0").rstrip(".")[1:] if value != whole else ""
    return text + (rest if lang == "en" else rest.replace(".", ","))


def in_figures(written: str, lang: str) -> str:
    """Return a number in figures with the decimal sign of a language; other words as they are.

    Args:
        written: As computed, with a point: ``2.67``, ``1.2e-05``.
        lang: Language code. Source: Unicode CLDR, ``decimal`` of az, ru and tr.
    """
    return written.replace(".", ",") if lang != "en" and _FIGURES.fullmatch(written) else written


def in_thousands(n: int, lang: str) -> str:
    """Return a whole number with its thousands set apart: a comma is decimal outside English."""
    return f"{n:,}" if lang == "en" else amount(n, lang)


def quantity(stated: Quantity, words: Presenter) -> str:
    """Return a number as given, with what it counts and what stands against it."""
    what = words.term("quantity", stated.what)
    return ": ".join(filter(None, (what, _stated(stated, words))))


def _stated(stated: Quantity, words: Presenter) -> str:
    if stated.amount is None:
        return stated.as_text
    number, top = amount(stated.amount, words.lang), stated.amount
    if stated.amount_max is not None:
        number, top = f"{number}–{amount(stated.amount_max, words.lang)}", stated.amount_max
    if stated.of_total is not None:
        total = amount(stated.of_total, words.lang)
        number, top = words.t("{n} of {total}").format(n=number, total=total), stated.of_total
    unit = stated.currency or ("" if stated.what and stated.unit in _SAID_BY_WHAT else stated.unit)
    said = with_unit(number, int(top) if top == int(top) else 2, unit, words)
    if stated.is_rounded:
        said = words.t("about {n}").format(n=said)
    if stated.n_listed is not None and stated.n_listed != stated.amount:
        listed = words.t("the source's own list has {n}").format(n=stated.n_listed)
        said = f"{said} ({listed})"
    return said


def sentence(penalty: Sentence, words: Presenter) -> str:
    """Return a penalty in words."""
    kind = words.term("sentence_kind", penalty.kind)
    if penalty.amount is None:
        return kind or penalty.as_text
    said = f"{kind}: {counted(penalty.amount, penalty.currency or penalty.unit, words)}"
    if penalty.is_suspended and penalty.kind != "suspended":
        said = f"{said} ({words.term('sentence_kind', 'suspended')})"
    pronounced = words.date(penalty.pronounced_on)
    return f"{said}, {pronounced}" if pronounced else said


def status(involvement: Involvement, words: Presenter) -> str:
    """Return where an act left a person, and since when."""
    if not involvement.status or involvement.status == "unknown":
        return ""
    since = words.date(involvement.status_since)
    return ", ".join(filter(None, (words.term("liberty_status", involvement.status), since)))


def loss(lost: Loss | None, words: Presenter) -> tuple[str, ...]:
    """Return what was lost with an account or page."""
    if lost is None:
        return ()
    said = []
    if lost.followers_before is not None or lost.followers_after is not None:
        before, after = (
            words.t("unknown") if n is None else amount(n)
            for n in (lost.followers_before, lost.followers_after)
        )
        said.append(words.t("followers: {before} before, {after} after").format(
            before=before, after=after))  # fmt: skip
    if lost.posts_lost is not None:
        said.append(words.t("posts lost: {n}").format(n=amount(lost.posts_lost)))
    if lost.posts_lost_since is not None:
        since = words.date(lost.posts_lost_since)
        said.append(words.t("posts lost since {date}").format(date=since))
    if lost.reach_lost_percent is not None:
        how = words.term("observed_by", lost.observed_by or "not_stated")
        said.append(words.t("reach lost: {n} % ({how})").format(
            n=amount(lost.reach_lost_percent), how=how))  # fmt: skip
    if lost.days_down is not None:
        said.append(words.nt("{n} day without access", "{n} days without access",
                             lost.days_down).format(n=lost.days_down))  # fmt: skip
    return tuple(said)


def citation(provision: Provision | None, as_cited: str, words: Presenter) -> str:
    """Return a citation with the text it belongs to."""
    if provision is None:
        return as_cited
    is_home = provision.jurisdiction == words.dossier.masthead.jurisdiction
    elsewhere = "" if is_home else provision.jurisdiction
    parts = (provision.citation, provision.instrument, elsewhere)
    return ", ".join(part for part in parts if part)


def asset_counts(takedown: Takedown, words: Presenter) -> tuple[tuple[str, str], ...]:
    """Return counts of removed assets, followers and money, each with its name."""
    removed = takedown.removed
    found: list[tuple[str, str]] = []
    if removed is not None:
        numbers = ((name, getattr(removed, key)) for key, name in asset_names(words).items())
        found = [(name, amount(n)) for name, n in numbers if n is not None]
    found += [
        (words.term("quantity", one.what), _stated(one, words))
        for one in (*takedown.followers, *takedown.ad_spend)
    ]
    return tuple(found)


def asset_names(words: Presenter) -> dict[str, str]:
    """Return the names of the kinds of removed assets, by field."""
    return {
        "accounts": words.t("accounts"),
        "pages": words.t("pages"),
        "groups": words.t("groups"),
        "instagram": words.t("Instagram accounts"),
        "channels": words.t("channels"),
        "domains": words.t("domains"),
        "other": words.t("other assets"),
    }


def field_name(name: str, words: Presenter) -> str:
    """Return the words for a field that a claim is about."""
    known = {
        "start": words.t("when it began"),
        "end": words.t("when it ended"),
        "place": words.t("where it was"),
        "manners": words.t("how it was done"),
        "stated_ground": words.t("the ground given"),
        "believed_ground": words.t("the ground believed"),
        "status": words.t("where it left the person"),
        "sentences": words.t("the penalty"),
        "responses": words.t("what the person did"),
        "quantities": words.t("the numbers"),
        "attributed_to": words.t("who is behind it"),
        "removed": words.t("the numbers removed"),
        "act_type": words.t("what was done"),
        "detail": words.t("the details"),
        "affiliation_as_stated": words.t("whom the person belongs to"),
    }
    return known.get(name, name.replace("_", " "))
