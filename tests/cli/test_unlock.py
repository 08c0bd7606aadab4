"""One passphrase for several commands, kept by the process alone, until a pause."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.vault.sample import CHEAP
from undersight.cli import console
from undersight.settings import Profile
from undersight.workbench.session import Workspace

PASSPHRASE = "eleven paper boats"


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """An encrypted workspace."""
    profile = Profile(title="Log", jurisdiction="QV")
    with Workspace.create(tmp_path / "log", profile, passphrase=PASSPHRASE, cost=CHEAP):
        pass
    (tmp_path / "secret").write_text(PASSPHRASE + "\n", "utf-8")
    return tmp_path / "log"


def unlocked(
    program: Run, root: Path, *lines: str, kept_in: str = "secret"
) -> tuple[int, str, str]:
    done = program(
        "-w", root, "--passphrase-file", root.parent / kept_in, "unlock",
        stdin="\n".join((*lines, "")).encode(),
    )  # fmt: skip
    return done.code, done.out, done.err


def test_several_commands_after_one_passphrase(program: Run, sealed: Path) -> None:
    code, out, err = unlocked(
        program, sealed,
        'incident add --who "Tarvin Oskelde" --what fine --when 2031 --line "A fine"',
        "", "search oskelde", "lock", "search never",
    )  # fmt: skip
    assert code == 0, err
    assert "Recorded" in out
    assert "A fine" in out
    assert "never" not in out
    assert err.endswith("Locked.\n")


def test_afterwards_it_is_locked(program: Run, sealed: Path) -> None:
    unlocked(program, sealed, "board")
    assert console._HELD.get() is None
    asked = program("-w", sealed, "board")
    assert asked.code == 3
    assert "passphrase" in asked.err


def test_the_settings_say_how_long_a_pause_may_be(program: Run, sealed: Path) -> None:
    toml = sealed / "undersight.toml"
    text = toml.read_text("utf-8")
    assert "[unlock]" in text
    head, _, rest = text.partition("[unlock]")
    changed = rest.replace("lock_after_min = 15", "lock_after_min = 4")
    toml.write_text(f"{head}[unlock]{changed}", "utf-8")
    assert "locks after 4 minutes" in unlocked(program, sealed, "lock")[2]
    toml.write_text(head, "utf-8")  # a workspace made before there was this setting
    assert "locks after 15 minutes" in unlocked(program, sealed, "lock")[2]


def test_nobody_gets_in_without_it(program: Run, sealed: Path) -> None:
    (sealed.parent / "wrong").write_text("something else\n", "utf-8")
    code, out, err = unlocked(program, sealed, "board", kept_in="wrong")
    assert (code, out) == (2, ""), err


def test_what_fails_is_told_and_the_rest_goes_on(program: Run, sealed: Path) -> None:
    for line in ("-w /elsewhere board", "unlock", 'search "open', "findings"):
        code, _, err = unlocked(program, sealed, line, "incident list")
        assert "Traceback" not in err
        assert "undersight: " in err
        assert code != 0 or "quotation" in err


@pytest.mark.long
def test_a_pause_locks(sealed: Path) -> None:
    words = [sys.executable, "-m", "undersight", "-w", str(sealed), "unlock", "--minutes", "0.01"]
    environment = {**os.environ, "UNDERSIGHT_PASSPHRASE_FILE": str(sealed.parent / "secret")}
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment,
    ) as process:  # fmt: skip
        # Nothing is typed, and the input stays open: only the pause can end it.
        assert process.wait(timeout=60) == 0
        assert process.stderr is not None
        assert b"no command for too long" in process.stderr.read()
