"""What a detector found: a group, how sure we are, by which posts, and what else could explain it.

A finding speaks of coordination only. Whether accounts are what they say they are, and whether
harm was done, are two other questions that a person answers (`Judgement`). A finding holds ids,
never texts or names: those are read from the corpus when it is shown, so that what leaves the
corpus leaves here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Verdict = Literal["co-timed", "same-choices", "dominates-target", "not-enough-data"]
"""How far the data carry: ``co-timed`` (the same objects, closer in time than their audience),
``same-choices`` (the same objects only: a shared audience looks like this too),
``dominates-target`` (the group makes half or more of the actions on what it acts on, so that
synchrony cannot be tested), ``not-enough-data``."""


BenignOutcome = Literal["explains", "does-not-explain", "cannot-tell"]
"""What came of checking an innocent explanation."""

LEAST_ACCOUNTS = 5
"""No group smaller than this is ever a finding (DESIGN §8.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPair:
    """Two posts on one object, close in time.

    Args:
        object: What both acted on.
        post_a: Post of the account that comes first by id.
        post_b: Post of the other.
        account_a: Who wrote ``post_a``.
        account_b: Who wrote ``post_b``.
        delta_us: Time of ``post_b`` minus time of ``post_a``, µs.
    """

    object: str
    post_a: str
    post_b: str
    account_a: str
    account_b: str
    delta_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A number and how uncertain it is.

    Args:
        name: What it measures, as an id.
        value: The number.
        low: Lower end of the interval; None where none can be given.
        high: Upper end; None where none can be given.
        level: Coverage of the interval, 0 to 1.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    level: float = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason of a finding: a number, a sentence, the posts.

    Args:
        code: Which reason, an id.
        number: The number that speaks.
        sentence: English message with ``{named}`` places, to be translated, then filled.
        values: What fills the places; ``{who}`` is filled with masked labels of ``accounts``.
        accounts: Accounts that the sentence names, masked wherever it is shown.
        pairs: Posts that show it, nearest in time first.
        series: Numbers for a drawing, such as 168 counts by hour of week, by name.
    """

    code: str
    number: float
    sentence: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)
    accounts: tuple[str, ...] = ()
    pairs: tuple[PostPair, ...] = ()
    series: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BenignCheck:
    """An innocent explanation that was looked into.

    Args:
        code: Which, such as ``breaking-news``.
        outcome: What came of it.
        number: The number behind; None where it cannot be told.
        sentence: English message with ``{named}`` places.
        values: What fills the places.
    """

    code: str
    outcome: BenignOutcome
    number: float | None
    sentence: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Evidence that another finding of the run counts too; it is one piece of evidence.

    Args:
        finding_id: The other finding.
        n_posts: Posts in both.
        n_accounts: Accounts in both.
    """

    finding_id: str
    n_posts: int
    n_accounts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A group that acts together more than chance explains.

    Args:
        finding_id: Hash of detector, version, parameters and evidence keys (``f-`` + 16 hex), the
            same in every run that finds the same.
        detector: Its id.
        detector_version: Its version.
        kind: ``group``.
        view: Which of the detector's objects (``url``, ``post``, ``page``...).
        window_us: Window, µs.
        accounts: The group, sorted by id; at least five.
        objects: What they acted on together, most pairs first.
        targets: Under whom it stands, most actions first.
        score: Share of the group's shared objects that chance does not explain, 0 to 1:
            ``max(0, 1 - expected / observed)``, both summed over the pairs of the group, expected
            by the larger of the two presence nulls, the group itself left out.
        effect: Observed over expected, with its interval.
        p: Chance of such a group anywhere, in this view and window.
        q: The same over every detector, view and window of the run.
        n: Counts by name: ``accounts``, ``objects``, ``posts`` (each once), ``pairs``, ``edges``,
            ``edges_co_timed``, ``days``, ``targets``.
        verdict: How far the data carry.
        reasons: Why.
        benign: Innocent explanations and what came of each.
        blind_spots: What this detector cannot see.
        caveats: What the data themselves lack: sampling, resolution.
        parameters: Of the detector, all of them.
        corpus_digest: Of the corpus looked at.
        posts: Evidence posts, sorted, each once.
        windows_us: Every window in which the same group was found.
        views: Every view in which it was found.
        overlaps: Other findings that rest on some of the same posts or accounts.
    """

    finding_id: str
    detector: str
    detector_version: int
    kind: str
    view: str
    window_us: int
    accounts: tuple[str, ...]
    objects: tuple[str, ...]
    targets: tuple[str, ...]
    score: float
    effect: Interval
    p: float
    q: float
    n: Mapping[str, int]
    verdict: Verdict
    reasons: tuple[Reason, ...]
    benign: tuple[BenignCheck, ...]
    blind_spots: tuple[str, ...]
    caveats: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    corpus_digest: str = ""
    posts: tuple[str, ...] = ()
    windows_us: tuple[int, ...] = ()
    views: tuple[str, ...] = ()
    overlaps: tuple[Overlap, ...] = ()

    @property
    def is_explained(self) -> bool:
        """Whether an innocent explanation that was checked fits."""
        return any(check.outcome == "explains" for check in self.benign)

    @property
    def pairs(self) -> tuple[PostPair, ...]:
        """The posts of every reason, each pair once, in order."""
        return tuple(dict.fromkeys(pair for reason in self.reasons for pair in reason.pairs))

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values; ``from_json`` undoes this."""
        written: dict[str, Any] = to_plain(self)
        return written

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Finding:
        """Build a finding from its JSON object, as ``to_json`` wrote it."""
        given = dict(raw)
        given["effect"] = Interval(**raw["effect"])
        given["reasons"] = tuple(_reason(one) for one in raw["reasons"])
        given["benign"] = tuple(BenignCheck(**one) for one in raw["benign"])
        parameters = raw["parameters"].items()
        given["parameters"] = {name: _tupled(value) for name, value in parameters}
        given["overlaps"] = tuple(Overlap(**one) for one in raw["overlaps"])
        return cls(**{name: _tupled(value) for name, value in given.items()})


def _reason(raw: Mapping[str, Any]) -> Reason:
    given = dict(raw)
    given["pairs"] = tuple(PostPair(**one) for one in raw["pairs"])
    given["accounts"] = tuple(raw["accounts"])
    given["series"] = {name: tuple(counts) for name, counts in raw["series"].items()}
    return Reason(**given)


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def to_plain(value: Any) -> Any:
    """Return nested values as dicts and lists, keys in the order of declaration."""
    if hasattr(value, "__dataclass_fields__"):
        return {one.name: to_plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): to_plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(inner) for inner in value]
    return value
