"""A detector whose rules change says so: the same corpus and version, the same groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.detectors import cases
from undersight.detectors import DETECTORS
from undersight.detectors.innocent import SOLIDARITY
from undersight.detectors.parameters import bounds_of
from undersight.integrity.canonical import digest_value

if TYPE_CHECKING:
    from undersight.detectors.detector import CoActionDetector

DOMAIN = "undersight/test/detector-rules/v1"
RULES = {
    "co-share": (2, "0487e2571aabcc8b", "0cbcbfd2a72f4fd5"),
    "co-text": (3, "74ec83b30f6f6faf", "439b150ab9e07bac"),
    "co-comment": (2, "47f78264f41a759c", "111490e87ff9c2bc"),
    "co-repost": (3, "815f2ed6161dcdab", "a11292cd1b7be25e"),
}
"""By detector: its version, the digest of its steps and parameters, and that of what it finds.

Where a digest changes, results can: raise the detector's ``version``, then write all down anew.
"""
CASE = {"crew": {"accounts": 6, "objects": 12, "spread_s": 10}}


@pytest.mark.parametrize("cls", DETECTORS, ids=lambda cls: cls.detector_id)
def test_steps_and_parameters_do_not_change_under_a_version(cls: type[CoActionDetector]) -> None:
    assert RULES[cls.detector_id][:2] == (cls.version, declared(cls))


@pytest.mark.parametrize("detector_id", [
    "co-comment", *(pytest.param(one, marks=pytest.mark.long)
                    for one in ("co-share", "co-text", "co-repost")),
])  # fmt: skip
def test_what_is_found_does_not_change_under_a_version(detector_id: str) -> None:
    assert RULES[detector_id][2] == found(detector_id)


def declared(cls: type[CoActionDetector]) -> str:
    """Digest the queries, the parameters' defaults and bounds."""
    detector = cls()
    steps = [
        [view, step.sql, repr(sorted(step.values.items()))]
        for view in cls.bounds()["views"].choices
        for step in detector.steps(view)
    ]
    bounds = [
        [name, repr(detector.parameters[name]), one.expected]
        for name, one in bounds_of(cls).items()
    ]
    return digest_value([steps, bounds], domain=DOMAIN)[:16]


def found(detector_id: str) -> str:
    """Digest what it finds on one corpus: every count, group, reason and check."""
    done = cases.ran(CASE, detector_id)
    looks = [[one.view, repr(sorted(one.counts.items()))] for one in done.run.looks]
    groups = [
        [list(one.accounts), list(one.objects), one.verdict, f"{one.q:.4e}", f"{one.score:.5f}",
         [[reason.code, f"{reason.number:.5g}"] for reason in one.reasons],
         # Of the explanations one decides; what else is told beside a group makes no other.
         [check.outcome for check in one.benign if check.code == SOLIDARITY]]
        for one in done.findings
    ]  # fmt: skip
    assert groups, "a digest of nothing would never change"
    return digest_value([looks, groups], domain=DOMAIN)[:16]
