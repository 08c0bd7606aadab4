"""SVG text: escaped, short, the same every time."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from undersight.charts import svg

words = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=30)


@given(words, words)
def test_nothing_written_can_become_markup(shown: str, attribute: str) -> None:
    root = ET.fromstring(svg.element("a", svg.text(shown, 1, 2), title=attribute))  # noqa: S314
    assert (root[0].text or "") == shown
    assert root.get("title") == attribute.replace("\t", " ").replace("\n", " ")


def test_numbers_are_short() -> None:
    assert [svg.shown(n) for n in (1.0, 1.25, 1.005, 0.0, -0.001, 10, "x")] == [
        "1", "1.25", "1", "0", "0", "10", "x",
    ]  # fmt: skip


def test_names_of_attributes() -> None:
    assert svg.element("g", class_="a", text_anchor="end", left_out=None) == (
        '<g class="a" text-anchor="end"/>'
    )


def test_a_picture_has_a_name_and_a_description_and_no_style() -> None:
    drawn = svg.picture(["<g/>"], name="Acts & days", about="Few.", key="k", size=(10, 20.0))
    root = ET.fromstring(drawn)  # noqa: S314
    space = "{http://www.w3.org/2000/svg}"
    title, desc = root.find(f"{space}title"), root.find(f"{space}desc")
    assert title is not None
    assert desc is not None
    assert (title.text, desc.text) == ("Acts & days", "Few.")
    assert root.get("aria-labelledby") == title.get("id") == "k-title"
    assert root.get("aria-describedby") == desc.get("id")
    assert "style" not in drawn


def test_wide_letters_take_more_room() -> None:
    assert svg.width_of("ab", 10) < svg.width_of("漢字", 10)
