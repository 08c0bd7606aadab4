"""Pages of a workspace in which nothing is recorded yet: what stands there, where to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersight.workbench.gaps import short

if TYPE_CHECKING:
    from tests.web.conftest import Browser


@pytest.mark.parametrize("path", ["/casebook", "/people", "/publish", "/"])
def test_where_nothing_is_recorded_the_page_says_so_and_where_to_begin(
    browser: Browser, path: str
) -> None:
    browser.get(path)
    assert "recorded yet" in browser.text
    assert 'href="/entry"' in browser.text
    assert "Everything recorded is published." not in browser.text


@pytest.mark.parametrize(
    ("path", "said", "back"),
    [
        ("/casebook?q=xyzzy", "Nothing is found.", "/casebook"),
        ("/people?q=xyzzy", "Nobody is found.", "/people"),
    ],
)
def test_a_search_without_a_find_leads_back_to_all(
    browser: Browser, path: str, said: str, back: str
) -> None:
    browser.get(path)
    assert f'<p class="empty">{said} <a href="{back}">' in browser.text


def test_spans_below_a_chart_are_in_the_readers_language() -> None:
    assert [short(s, "en") for s in (30, 300, 7200, 86_400)] == ["30 s", "5 min", "2 h", "1 d"]
    assert [short(s, "ru") for s in (30, 300, 7200, 86_400)] == ["30 с", "5 мин", "2 ч", "1 д"]
