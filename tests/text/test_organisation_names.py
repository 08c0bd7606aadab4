from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.text.organisation_names import compare_organisation_names


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Sarnak Post", "SARNAK POST"),
        ("Sarnak Xəbər Agentliyi", "Sarnak News Agency"),
        ("Агентство новостей «Сарнак»", "Sarnak News Agency"),
        ("Yelkən TV", "yelken.tv"),
        ("Yelkən MMC", "Yelkan LLC"),
        ("ООО «Парус»", "Общество с ограниченной ответственностью Парус"),
        ("Daxili İşlər Nazirliyi", "Ministry of Internal Affairs"),
        ("Министерство внутренних дел", "Ministry of the Interior Affairs"),
        ("Sarnak şəhər məhkəməsi", "Sarnak City Court"),
        ("Yelkən", "Yelkən News Agency"),
        ("A.B.C. Company", "ABC Co"),
        ("Forty-Four Brigade", "44 Brigade"),
        ("Finch & Wren Ltd", "Finch and Wren Limited"),
    ],
)
def test_one_organisation(left: str, right: str) -> None:
    assert compare_organisation_names(left, right).verdict == "same"


@pytest.mark.parametrize(
    ("left", "right", "feature"),
    [
        ("Daxili İşlər Nazirliyi", "DİN", "acronym"),
        ("Yelkən Qaravel", "Yelkən", "word"),
        ("Yelkən University", "Yelkən", "kind"),
        ("Buludçular Klubu", "Buludçalar Klubu", "word"),
    ],
)
def test_what_a_person_has_to_look_at(left: str, right: str, feature: str) -> None:
    comparison = compare_organisation_names(left, right)
    assert comparison.verdict == "maybe"
    assert comparison.reasons[0].feature == feature


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Sarnak Post", "Sarnak Times"),
        ("Sarnak City Court", "Sarnak City Police"),
        ("District Court No 1", "District Court No 2"),
        ("Yelkən Fund II", "Yelkən Fund III"),
        ("Daxili İşlər Nazirliyi", "Xarici Ticarət Nazirliyi"),
        ("Parus LLC", "Yelkən LLC"),
    ],
)
def test_two_organisations(left: str, right: str) -> None:
    assert compare_organisation_names(left, right).verdict == "different"


@given(st.text(max_size=30), st.text(max_size=30))
def test_sides_do_not_matter(left: str, right: str) -> None:
    there = compare_organisation_names(left, right)
    assert there.score == compare_organisation_names(right, left).score
    assert 0.0 <= there.score <= 1.0
