"""``co-share``: the cases of co_share.yml."""

from __future__ import annotations

from typing import Any

import pytest

from tests.detectors.cases import cases, check


@pytest.mark.parametrize("case", cases("co-share"))
def test_case(case: dict[str, Any]) -> None:
    check(case, "co-share")
