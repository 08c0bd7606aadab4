"""Errors as answers: what a page says, and when to ask again."""

from __future__ import annotations

import pytest

from undersight.errors import LockedError, PartnerCopyNotReadyError, RequestTooLargeError
from undersight.web.failures import answer_in_json, answer_to


@pytest.mark.parametrize("lang", ["en", "az", "ru", "tr"])
def test_what_is_too_large_is_told_in_units(lang: str) -> None:
    text = bytes(answer_to(RequestTooLargeError(1024**3), lang=lang).body).decode("utf-8")
    assert "1 GiB" in text
    assert "1073741824" not in text


def test_sizes_that_are_no_whole_units_are_told_exactly() -> None:
    assert RequestTooLargeError(3 * 1024**2).at_most == "3 MiB"
    assert RequestTooLargeError(1500).at_most == "1500 bytes"


@pytest.mark.parametrize("lang", ["az", "ru", "tr"])
def test_a_refusal_without_a_size_has_a_page_in_every_language(lang: str) -> None:
    assert answer_to(PartnerCopyNotReadyError(), lang=lang).status_code == 503
    assert answer_to(LockedError(), lang=lang, is_fragment=True).status_code == 401


def test_who_waits_for_the_partners_copy_asks_again_without_scripts() -> None:
    error = PartnerCopyNotReadyError()
    page = answer_to(error, lang="en")
    assert page.status_code == 503
    assert page.headers["refresh"] == page.headers["retry-after"] == "20"
    text = bytes(page.body).decode("utf-8")
    assert "<h1>Please wait</h1>" in text
    assert "every 20 seconds" in text
    assert "what you typed" not in text
    told = answer_in_json(error)
    assert told.headers["retry-after"] == "20"
    assert "refresh" not in told.headers
    assert "refresh" not in answer_to(error, is_fragment=True).headers
