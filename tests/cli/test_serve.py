"""The workbench is started with what the words say, and on this computer only."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from undersight.cli import main
from undersight.errors import PortTakenError
from undersight.web import serving

Given = dict[str, Any]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Given]:
    """What `serve` was asked to do instead of doing it."""
    calls: list[Given] = []

    def serve(root: Path | None, **given: Any) -> None:
        calls.append({"root": root, **given})
        given["tell"]("http://127.0.0.1:1/")

    monkeypatch.setattr(serving, "serve", serve)
    return calls


def test_it_serves_the_workspace_around(log: Path, program: Run, served: list[Given]) -> None:
    ran = program("serve", "--port", "9000", "--idle", "5", "--no-browser")
    assert ran.code == 0, ran.err
    assert "http://127.0.0.1:1/" in ran.out
    assert served[0]["root"] == log
    assert (served[0]["idle_s"], served[0]["is_opening"]) == (300, False)
    assert served[0]["reach"] == serving.Reach(port=9000)
    assert not served[0]["reach"].is_shared


def test_the_settings_say_when_it_locks(log: Path, program: Run, served: list[Given]) -> None:
    program("serve")
    settings = log / "undersight.toml"
    text = settings.read_text("utf-8")
    assert "lock_after_min = 15" in text
    settings.write_text(text.replace("lock_after_min = 15", "lock_after_min = 4"), "utf-8")
    program("serve")
    assert [one["idle_s"] for one in served] == [900, 240]


EVERYWHERE = "0.0.0.0"  # noqa: S104 - only named here


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("--host", "192.0.2.7"), ()),
        (("--host", EVERYWHERE, "--name", "log.test:8765"), ("log.test:8765",)),
        (("--behind-tls", "--name", "log.test"), ("log.test",)),
    ],
)
def test_others_are_let_in_by_name(
    program: Run, log: Path, served: list[Given], words: Any, names: Any
) -> None:
    assert program("-w", log, "serve", *words).code == 0
    reach = served[0]["reach"]
    assert (reach.names, reach.is_shared) == (names, True)
    assert reach.is_behind_tls == ("--behind-tls" in words)


@pytest.mark.parametrize("words", [("--host", EVERYWHERE), ("--behind-tls",)])
def test_without_a_name_nobody_is_let_in(
    program: Run, log: Path, served: list[Given], words: Any
) -> None:
    ran = program("-w", log, "serve", *words)
    assert (ran.code, served) == (2, [])
    assert "--name" in ran.err


def test_a_workspace_that_nothing_closes_is_not_shown_to_others(log: Path, program: Run) -> None:
    ran = program("-w", log, "serve", "--host", "127.0.0.1", "--name", "log.test", "--no-browser")
    assert ran.code == 2
    assert "account add" in ran.err


def test_without_a_workspace_it_begins_with_the_guide(
    tmp_path: Path, program: Run, served: list[Given], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert program("serve").code == 0
    assert served[0]["root"] is None
    assert served[0]["reach"].port is None
    assert served[0]["idle_s"] == 900
    assert program("-w", tmp_path / "none", "serve").code == 3


def test_no_command_opens_it_for_a_person_and_helps_a_program(
    log: Path, program: Run, served: list[Given], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = program()
    assert ran.code == 2
    assert "Usage:" in ran.out
    assert served == []
    monkeypatch.setattr(main, "_is_at_a_terminal", lambda: True)
    assert program().code == 0
    assert served[0]["root"] == log
    assert served[0]["is_opening"]


def test_a_missing_extra_is_one_line(
    log: Path, program: Run, served: list[Given], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    ran = program("serve")
    assert ran.code == 2
    assert "pip install 'undersight[web]'" in ran.err


def test_a_taken_port_is_told_and_the_usual_one_is_let_be() -> None:
    with socket.create_server((serving.LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError):
            serving._listening(serving.Reach(port=port))
    with serving._listening(serving.Reach(port=0)) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_pages_and_then_what_programs_ask_are_loaded_before_anybody_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr("importlib.import_module", loaded.append)
    monkeypatch.setattr(serving, "compile_ahead", loaded.append)
    serving.load_ahead()
    wanted = ["web.pages", "web.api", "web", "reports"]
    assert loaded == [f"undersight.{one}" for one in wanted]
