"""Short phrases: numbers with what they count, penalties, losses, citations, days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.model.fuzzy_date import FuzzyDate
from undersight.text.date_words import display

if TYPE_CHECKING:
    import datetime as dt

    from undersight.model.parts import Loss, Quantity, Sentence
    from undersight.model.records import Involvement, Provision, Takedown
    from undersight.presentation.presenter import Presenter

NARROW_SPACE = "\u202f"


def day(date: dt.date, lang: str) -> str:
    """Return a calendar day in words."""
    return display(FuzzyDate.parse(date.isoformat()), lang)


def amount(value: float) -> str:
    """Return a number with its thousands set apart and no needless decimals."""
    whole = int(value)
    text = f"{whole:,}".replace(",", NARROW_SPACE)
    rest = f"{value - whole:.2f}".rstrip("0").rstrip(".")[1:] if value != whole else ""
    return text + rest


def quantity(counted: Quantity, words: Presenter) -> str:
    """Return a number as given, with what it counts and what stands against it."""
    what = words.term("quantity", counted.what)
    if counted.amount is None:
        return ": ".join(filter(None, (what, counted.as_text)))
    number = amount(counted.amount)
    if counted.amount_max is not None:
        number = f"{number}–{amount(counted.amount_max)}"
    if counted.of_total is not None:
        number = words.t("{n} of {total}").format(n=number, total=amount(counted.of_total))
    unit = counted.currency or words.term("unit", counted.unit)
    said = " ".join(filter(None, (words.t("about") if counted.is_rounded else "", number, unit)))
    if counted.n_listed is not None and counted.n_listed != counted.amount:
        listed = words.t("the source's own list has {n}").format(n=counted.n_listed)
        said = f"{said} ({listed})"
    return f"{what}: {said}" if what else said


def sentence(penalty: Sentence, words: Presenter) -> str:
    """Return a penalty in words."""
    kind = words.term("sentence_kind", penalty.kind)
    if penalty.amount is None:
        return kind or penalty.as_text
    unit = penalty.currency or words.term("unit", penalty.unit)
    said = f"{kind}: {amount(penalty.amount)} {unit}".strip()
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
        before = amount(lost.followers_before) if lost.followers_before is not None else "?"
        after = amount(lost.followers_after) if lost.followers_after is not None else "?"
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
    for counted in (*takedown.followers, *takedown.ad_spend):
        name, _, number = quantity(counted, words).partition(": ")
        found.append((name, number))
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
