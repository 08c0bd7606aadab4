"""People with accounts, each in a browser of their own."""

from __future__ import annotations

import functools
from typing import Any

from argon2 import PasswordHasher

from tests.web.conftest import Browser
from undersight.model.account import ROLES
from undersight.web.access import Access
from undersight.workbench import accounts, passwords

PASSWORD = "four unrelated words here"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def quick_passwords(monkeypatch: Any) -> None:
    """Hash in no time; what passwords cost has a test of its own."""
    monkeypatch.setattr(passwords, "_hasher", lambda: QUICK)
    monkeypatch.setattr(passwords, "_nobodys", functools.cache(lambda: QUICK.hash("nobody's")))


def made(access: Access) -> None:
    """Make an account of each role, named after it."""
    with access.desk.writing("test") as workspace:
        for role in ROLES:
            accounts.add(workspace, role, PASSWORD, role=role)


def signed_in(access: Access, name: str, password: str = PASSWORD) -> Browser:
    """A browser in which somebody signed in."""
    browser = Browser(access)
    browser.get("/sign-in")
    answer = browser.send("/sign-in", name=name, password=password)
    assert answer.status_code == 200, answer.text
    return browser


def crowd(access: Access) -> dict[str, Browser]:
    """A browser for each role."""
    made(access)
    return {role: signed_in(access, role) for role in ROLES}
