"""One group that is seen several ways is told once; another group is never told away."""

from __future__ import annotations

from tests.model.test_finding import a_finding
from undersight.detectors.telling import join_views
from undersight.model.finding import Finding


def seen(name: str, accounts: str, *, q: float = 0.01, view: str = "url", **given: str) -> Finding:
    return a_finding(
        finding_id=name, accounts=tuple(f"x:{one}" for one in accounts), q=q, view=view,
        views=(view,), **given,
    )  # fmt: skip


def test_a_group_seen_in_two_views_is_told_once_by_the_one_least_likely_by_chance() -> None:
    weaker, stronger = seen("f-1", "abcdef"), seen("f-2", "abcdefgh", q=0.001, view="domain")
    (told,) = join_views([weaker, stronger])
    assert told.finding_id == "f-2"
    assert told.views == ("domain", "url")


def test_other_groups_and_what_other_detectors_say_stay() -> None:
    found = [
        seen("f-1", "abcdef"),
        seen("f-2", "uvwxyz"),  # the same detector, nobody of the first
        seen("f-3", "defuv"),  # some of both, less than half
        seen("f-4", "abcdef", detector="co-post"),  # the same people, another detector
    ]
    expected = {"f-1", "f-2", "f-3", "f-4"}
    for order in (found, found[::-1]):
        assert {one.finding_id for one in join_views(order)} == expected


def test_half_of_all_accounts_make_one_group() -> None:
    assert len(join_views([seen("f-1", "abcdef"), seen("f-2", "defabc"[:5])])) == 1
    assert len(join_views([seen("f-1", "abcdef"), seen("f-2", "abcuvw")])) == 2  # 3 of 9
    assert len(join_views([seen("f-1", "abcdef"), seen("f-2", "abcdgh")])) == 1  # 4 of 8
