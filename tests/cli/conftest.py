"""The program run as a person runs it, in this process."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from undersight.cli.main import run
from undersight.settings.workspace import create_workspace
from undersight.vault.keyring import Keyring, create_keyring
from undersight.vault.passphrase import Argon2Cost
from undersight.vault.signing_keys import SigningKeys
from undersight.vault.source_identities import SourceIdentities, create_sources
from undersight.workbench.session import Workspace

CHEAP = Argon2Cost(memory_kib=8, iterations=1, lanes=1)
DERIVING: tuple[Any, ...] = (
    create_workspace,
    create_keyring,
    create_sources,
    Keyring.change_passphrase,
    Keyring.add_slot,
    SourceIdentities.change_passphrase,
    SigningKeys.__init__,
    Workspace.create.__func__,  # type: ignore[attr-defined]
)


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make keys out of passphrases at once; what a guess costs is held by tests/vault."""
    for function in DERIVING:
        monkeypatch.setitem(function.__kwdefaults__, "cost", CHEAP)


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the program with words; standard input as bytes if given."""
    for name in [name for name in os.environ if name.startswith("UNDERSIGHT_")]:
        if name not in ("UNDERSIGHT_SHARED", "UNDERSIGHT_TEST_POSTGRES_URL"):
            monkeypatch.delenv(name)

    def ran(*words: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = run([str(word) for word in words])
        captured = capsys.readouterr()
        # Dates hold no-break spaces; a test reads words.
        return Ran(code, captured.out.replace("\u00a0", " "), captured.err)

    return ran


@pytest.fixture(scope="session")
def empty_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain workspace that tests copy: making one takes longer than most of them."""
    folder = tmp_path_factory.mktemp("template") / "log"
    words = ["init", folder, "--plain", "--jurisdiction", "QV", "--title", "Qaravel log"]
    assert run([str(word) for word in words]) == 0
    return folder


@pytest.fixture
def log(tmp_path: Path, program: Run, empty_log: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plain workspace, entered; ``program`` keeps the environment's settings out of it."""
    folder = tmp_path / "log"
    shutil.copytree(empty_log, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def recorded() -> dict[str, Path]:
    """The folder that `entry` was recorded in, by the id it got; empty before the first time."""
    return {}


@pytest.fixture
def entry(
    log: Path,
    program: Run,
    empty_log: Path,
    recorded: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """One recorded entry; returns its id."""
    is_untouched = states(log) == states(empty_log)
    if is_untouched and recorded:
        entry_id, folder = next(iter(recorded.items()))
        shutil.copytree(folder, log, dirs_exist_ok=True)
        return entry_id
    added = program(
        "incident", "add", "--who", "Tarvin Oskelde", "--what", "questioning",
        "--when", "2031-05-02", "--source", "Sarnak Press",
        "--line", "Questioned over a post", "--json",
    )  # fmt: skip
    assert added.code == 0, added.err
    found: str = added.json[0]["id"]
    if is_untouched:
        recorded[found] = Path(shutil.copytree(log, tmp_path_factory.mktemp("recorded") / "log"))
    return found


def states(folder: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of each file: what nobody wrote to since it was copied has the same."""
    return {
        path.relative_to(folder): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }
