"""No page tells somebody to type a command."""

from __future__ import annotations

import inspect
import re

import undersight.errors as family
from tests.web.conftest import Browser
from undersight.web.hint_words import HINT_WORDS

COMMAND = re.compile(r"[`(“ \"]--[a-z]|undersight [a-z]+[ `.]")
# Met by whoever types commands; no page raises them.
TYPED_ONLY = {
    *("option-not-for-tool", "setting-without-tool"),
    *("not-a-table", "too-many-edges", "too-many-pairs"),
}


def commanding() -> set[str]:
    """Codes of the errors whose hint names a command or an option."""
    found = set()
    for one in vars(family).values():
        if not (inspect.isclass(one) and issubclass(one, family.UndersightError)):
            continue
        own = vars(one).get("__init__")
        if own is None:
            continue
        source = inspect.getsource(own).partition('"""')[0]
        if COMMAND.search(re.sub(r"undersight (knows|writes)", "", source)):
            found.add(one.code)
    return found


def test_what_names_a_command_is_said_otherwise_on_a_page() -> None:
    found = commanding()
    assert len(found) > 30
    assert found - HINT_WORDS.keys() - TYPED_ONLY == set()


def test_every_code_with_words_is_an_error_s() -> None:
    codes = {getattr(one, "code", "") for one in vars(family).values() if inspect.isclass(one)}
    assert HINT_WORDS.keys() - codes == set()


def test_a_failure_says_what_to_do_on_a_page(browser: Browser) -> None:
    browser.get("/incident/0199c1c7-0000-7000-8000-000000000000")
    assert "Look it up in the casebook." in browser.text
    assert "undersight incident" not in browser.text
