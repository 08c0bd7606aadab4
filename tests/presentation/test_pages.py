"""The templates of all that is written for readers."""

from __future__ import annotations

from typing import Any

import jinja2
import pytest

from undersight.presentation import pages


def test_a_template_is_compiled_once_for_all_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "one-page.html"
    pages.environment.cache_clear()
    pages.environment("undersight.reports", "en").get_template(name)

    def refuse(*_given: Any, **_named: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(jinja2.Environment, "compile", refuse)
    assert pages.environment("undersight.reports", "tr").get_template(name).name == name


def test_what_is_read_ahead_are_the_templates_of_a_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    made = pages.environment("undersight.web", "en")
    monkeypatch.setattr(made, "get_template", asked.append)
    pages.compile_ahead("undersight.web")
    assert {"today.html", "looked.html", "run.html"} <= set(asked)
