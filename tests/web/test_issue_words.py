"""Why something of a file could not be read is said in four languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.conftest import Browser
from tests.web.test_case_files import handed_in
from undersight import importers
from undersight.corpus import loading
from undersight.web import issue_words

# What another part of the program or another error tells there; English, and marked so.
LEFT_IN_ENGLISH = 4


def text_of(node: ast.expr) -> str:
    """A sentence of the source, its parts filled in; empty where it is none."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(one.value) if isinstance(one, ast.Constant) else "7" for one in node.values
        )
    return ""


def reasons() -> Iterator[str]:
    """Every sentence that an importer gives as a reason."""
    for path in sorted(Path(importers.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "reason":
                yield text_of(node.value)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "reason":
                yield text_of(node.value)


def test_what_importers_tell_has_words() -> None:
    told = {one for one in reasons() if one.endswith(".")}
    told |= {loading._NO_ACCOUNT, loading._OUT_OF_RANGE}
    assert len(told) > 30
    without = sorted(one for one in told if not issue_words.told(one, "az", {}))
    assert len(without) <= LEFT_IN_ENGLISH, without


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("“soon” in date is not a date.", "“%(value)s” in “%(column)s” is not a date."),
        ("“a”, “b” is no time known here.", "“%(value)s” is no time known here."),
        ("The row has 3 cells, the header 2.", "The row has %(cells)s cells, the header"),
    ],
)
def test_the_parts_of_a_sentence_go_along(reason: str, said: str) -> None:
    message = next(found for how, found in issue_words._patterns() if how.fullmatch(reason))
    assert message.startswith(said)
    unforeseen = "Something that nobody foresaw."
    assert issue_words.told(unforeseen, "en", {}) == unforeseen
    assert issue_words.told(unforeseen, "ru", {}) == ""


def test_a_page_tells_it_in_its_language_and_marks_what_is_english(browser: Browser) -> None:
    browser.client.cookies.set("undersight-language", "az", domain="127.0.0.1")
    handed_in(browser, "log.csv", b"Tarix,Ad,act\nsoon,A B,arrest\n2031-05-02,C D,arrest\n")
    assert "“soon” in date" not in browser.text
    assert "“soon”" in browser.text
    assert "“Tarix”" in browser.text
