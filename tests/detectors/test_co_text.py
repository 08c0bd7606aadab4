"""``co-text``: the cases of co_text.yml."""

from __future__ import annotations

from typing import Any

import pytest

from tests.detectors.cases import cases, check


@pytest.mark.parametrize("case", cases("co-text"))
def test_case(case: dict[str, Any]) -> None:
    check(case, "co-text")
