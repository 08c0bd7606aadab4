"""Accounts are made, changed, listed and removed from the command line."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.cli.conftest import Run
from undersight.workbench import accounts, passwords, sign_in
from undersight.workbench.session import Workspace

PASSWORD = "four unrelated words here"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def given(tmp_path: Path, program: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "password.txt"
    file.write_text(f"{PASSWORD}\n", "utf-8")
    monkeypatch.setenv("UNDERSIGHT_ACCOUNT_PASSWORD_FILE", str(file))
    monkeypatch.setattr(passwords, "_hasher", functools.cache(lambda: QUICK))


def test_accounts_come_and_go(log: Path, program: Run) -> None:
    assert "Nobody has an account" in program("account", "list").out
    added = program("account", "add", "Maya", "--role", "admin")
    assert added.code == 0, added.err
    assert "may sign in as admin" in added.out
    assert program("account", "add", "maya").code == 3  # the same name
    assert program("account", "add", "guest", "--role", "owner").code == 3
    assert program("account", "add", "guest").code == 0
    listed = json.loads(program("account", "list", "--json").out)
    assert [(one["name"], one["role"]) for one in listed] == [
        ("guest", "viewer"),
        ("Maya", "admin"),
    ]
    assert "second factor" in program("account", "list").out
    assert program("account", "role", "Maya", "editor").code == 3  # the last admin
    assert "guest is editor" in program("account", "role", "GUEST", "editor").out
    assert program("account", "remove", "Maya").code == 3
    assert program("account", "remove", "guest").code == 0
    assert program("account", "remove", "guest").code == 3
    assert program("account", "remove", "Maya").code == 0  # nobody is left: one person again


def test_without_a_terminal_the_way_to_give_a_password_is_told(
    log: Path, program: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UNDERSIGHT_ACCOUNT_PASSWORD_FILE")
    ran = program("account", "add", "Maya", "--role", "admin")
    assert ran.code == 3
    assert "UNDERSIGHT_ACCOUNT_PASSWORD_FILE=FILE" in ran.err


def test_sessions_are_listed_and_ended(log: Path, program: Run) -> None:
    program("account", "add", "Maya", "--role", "admin")
    with Workspace.open(log, verb="test") as workspace:
        own = accounts.find(workspace, "Maya")
        for place in range(3):
            sign_in.begin(workspace, own, session_id=f"{place}" * 64, browser="Firefox, Linux")
    assert program("account", "sessions").out.count("Firefox, Linux") == 3
    assert program("account", "sessions", "--end", "0000000").code == 3  # too short to be sure
    program("account", "sessions", "--end", "00000000")
    left = json.loads(program("account", "sessions", "Maya", "--json").out)
    assert {one["id"] for one in left} == {"1" * 12, "2" * 12}
    assert program("account", "sessions", "--end-all").code == 2
    assert "Nobody is signed in" in program("account", "sessions", "Maya", "--end-all").out


def test_a_password_is_set_and_the_second_factor_dropped(log: Path, program: Run) -> None:
    program("account", "add", "Maya", "--role", "admin")
    ran = program("account", "password", "Maya", "--without-second-factor")
    assert ran.code == 0
    assert "changed" in ran.out
    assert program("account", "password", "nobody").code == 3


def test_an_invitation_is_printed_once(log: Path, program: Run) -> None:
    made = json.loads(program("account", "invite", "--role", "editor", "--json").out)
    assert made["path"] == f"/join?code={made['code']}"
    with Workspace.open(log) as workspace:
        found = accounts.invited(workspace, made["code"])
        assert found is not None
        assert found.role == "editor"
    assert "viewer, until" in program("account", "invite", "--hours", "1").out


def test_what_was_taken_out_is_listed(log: Path, program: Run) -> None:
    assert "Nothing was taken out" in program("account", "taken").out
    with Workspace.open(log, verb="test") as workspace:
        accounts.note_taken(workspace, address="/publish/take/site", what="", n_bytes=12)
    assert "/publish/take/site" in program("account", "taken").out
    assert json.loads(program("account", "taken", "--json").out)[0]["bytes"] == 12


def test_what_a_command_took_out_is_listed_too(log: Path, program: Run) -> None:
    assert program("export", "csv", "--out", log / "tables").code == 0
    (one,) = program("account", "taken", "--json").json
    assert (one["page"].split()[-1], one["what"]) == ("export", "csv, public")
    assert one["bytes"] > 100
