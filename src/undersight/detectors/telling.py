"""From groups to findings: which are told, in which words, and what is kept back and counted.

A finding is told where the chance of one false group over everything that was tried is small.
Kept back, and counted: groups that stand with somebody or mourn; groups that choose the same
things at everybody's times (an audience); groups that are an object's whole audience and show no
other sign than that.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from undersight.detectors.innocent import checks_of, is_solidarity
from undersight.detectors.reasons import observed_over_expected, reasons_of
from undersight.detectors.testing import CONFIRMED_P
from undersight.integrity.canonical import digest_value
from undersight.model.finding import Finding, Overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undersight.detectors.detector import CoActionDetector
    from undersight.detectors.group import Group
    from undersight.detectors.surroundings import Surroundings
    from undersight.model.finding import BenignCheck, Reason, Verdict

_FINDING_DOMAIN = "undersight/finding/v1"
_ID_LETTERS = 16
_HALF = 0.5
_SAME_DAYS = 14
_EXCLUSIVE_OBJECTS = 5
_OWN_MATTER = frozenset({"co-share", "co-text"})


def tell(
    detector: CoActionDetector,
    view: str,
    groups: Sequence[Group],
    surroundings: Surroundings,
    n_looks: int,
) -> tuple[tuple[Finding, ...], Mapping[str, int]]:
    """Return the findings of one look, and how many groups were kept back by reason.

    Args:
        detector: With its parameters.
        view: The view looked at.
        groups: What the look gave.
        surroundings: The corpus.
        n_looks: Everything that was tried in the run: p is multiplied by it (Bonferroni).
    """
    kept_back: Counter[str] = Counter()
    found = []
    for group in groups:
        q = min(1.0, group.p * n_looks)
        if group.is_co_timed and q > detector.max_family_p:
            # Too little is left to say when; what it shared may be enough by itself.
            group = replace(group, is_co_timed=False, p=group.p_choices)  # noqa: PLW2901
            q = min(1.0, group.p * n_looks)
        if q > detector.max_family_p or group.p_presence > CONFIRMED_P:
            kept_back["n_groups_within_chance"] += 1
            continue
        benign = checks_of(group, view, surroundings)
        if is_solidarity(benign):
            kept_back["n_groups_solidarity"] += 1
            continue
        reasons = reasons_of(group, surroundings)
        verdict = _verdict(group)
        if verdict == "dominates-target" and not _has_sign(detector, group, reasons):
            kept_back["n_groups_audience"] += 1
        elif verdict not in detector.verdicts:
            kept_back[f"n_groups_{verdict.replace('-', '_')}_not_listed"] += 1
        else:
            found.append(_finding((detector, view), group, q, (reasons, benign)))
    return tuple(found), dict(sorted(kept_back.items()))


def _verdict(group: Group) -> Verdict:
    if group.is_co_timed:
        return "co-timed"
    return "same-choices" if group.is_testable else "dominates-target"


def _has_sign(detector: CoActionDetector, group: Group, reasons: Iterable[Reason]) -> bool:
    """Whether a group that is its objects' whole audience shows what an audience does not.

    Half of it are pages; or half of its posts repeat each other; or half of it was made within
    two weeks; or it shares links, or says things, that nobody else does.
    """
    numbers = {reason.code: reason.number for reason in reasons}
    return (
        numbers.get("kinds-of-account", 0.0) >= _HALF
        or numbers.get("same-words", 0.0) >= _HALF
        or numbers.get("creation-dates", _SAME_DAYS + 1.0) <= _SAME_DAYS
        or (
            detector.detector_id in _OWN_MATTER
            and group.n_audience_accounts == 0
            and len(group.objects) >= _EXCLUSIVE_OBJECTS
        )
    )


def _finding(
    looked: tuple[CoActionDetector, str],
    group: Group,
    q: float,
    said: tuple[tuple[Reason, ...], tuple[BenignCheck, ...]],
) -> Finding:
    detector, view = looked
    parameters = detector.finding_parameters(view, group.window_us)
    evidence = [detector.detector_id, detector.version, parameters, list(group.posts)]
    digest = digest_value(_jsonable(evidence), domain=_FINDING_DOMAIN)
    return Finding(
        finding_id=f"f-{digest[:_ID_LETTERS]}",
        detector=detector.detector_id,
        detector_version=detector.version,
        kind="group",
        view=view,
        window_us=group.window_us,
        accounts=group.accounts,
        objects=group.objects,
        targets=group.targets,
        score=max(0.0, 1.0 - group.expected / group.observed),
        effect=observed_over_expected(group),
        p=group.p,
        q=q,
        n={
            "accounts": len(group.accounts),
            "objects": len(group.objects),
            "posts": len(group.posts),
            "pairs": len(group.pairs),
            "edges": group.n_ties,
            "days": group.n_days,
            "targets": len(group.targets),
            "audience_accounts": group.n_audience_accounts,
        },
        verdict=_verdict(group),
        reasons=said[0],
        benign=said[1],
        blind_spots=detector.blind_spots,
        parameters=parameters,
        posts=group.posts,
        windows_us=(group.window_us,),
        views=(view,),
    )


def _jsonable(value: object) -> object:
    if isinstance(value, dict):
        return {name: _jsonable(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(inner) for inner in value]
    return value


def join_views(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each group once, however many views and windows of its detector show it.

    Two findings of one detector are the same group if half of all accounts in either are in both;
    the one least likely by chance stands, the shorter window before the longer.
    """
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda f: (f.q, f.window_us, f.finding_id)):
        for place, other in enumerate(kept):
            if _is_same(one, other):
                windows = tuple(sorted({*one.windows_us, *other.windows_us}))
                views = tuple(sorted({*one.views, *other.views}))
                kept[place] = replace(other, windows_us=windows, views=views)
                break
        else:
            kept.append(one)
    return tuple(kept)


def _is_same(one: Finding, other: Finding) -> bool:
    mine, theirs = set(one.accounts), set(other.accounts)
    return one.detector == other.detector and len(mine & theirs) >= _HALF * len(mine | theirs)


def note_overlaps(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings in order of id, each saying which others rest on the same posts.

    A post is one piece of evidence, however many detectors see it.
    """
    ordered = sorted(findings, key=lambda one: one.finding_id)
    noted = []
    for one in ordered:
        overlaps = []
        for other in ordered:
            n_posts = len(set(one.posts) & set(other.posts))
            n_accounts = len(set(one.accounts) & set(other.accounts))
            if other is not one and (n_posts or n_accounts):
                overlaps.append(Overlap(finding_id=other.finding_id, n_posts=n_posts,
                                        n_accounts=n_accounts))  # fmt: skip
        noted.append(replace(one, overlaps=tuple(overlaps)))
    return tuple(noted)
