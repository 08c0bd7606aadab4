"""A session of an account ends after half a day, however busy it is."""

from __future__ import annotations

import pytest

from tests.web.conftest import PORT
from tests.web.people import quick_passwords, signed_in
from undersight.web.access import Access
from undersight.workbench import accounts

HALF_A_DAY_US = 12 * 3_600_000_000


def test_a_session_in_use_ends_after_half_a_day(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_passwords(monkeypatch)
    token = signed_in(access, "editor").client.cookies[f"undersight-{PORT}"]
    found = access.session(token)
    with access.desk.reading() as workspace:
        (kept,) = accounts.sessions(workspace)
    assert not access._is_over(kept, found, kept.began_at_us + HALF_A_DAY_US)
    assert access._is_over(kept, found, kept.began_at_us + HALF_A_DAY_US + 1)
