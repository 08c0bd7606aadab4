"""A plain workspace on a calendar, and a builder of entries without any storage."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from undersight.settings import (
    Profile,
    find_workspace,
    load_settings,
    unlock_workspace,
)
from undersight.workbench.entry import EntryBuilder
from undersight.workbench.parties import Namesake, PartyBook, enter_anew
from undersight.workbench.session import Workspace

NOON = 1_924_948_800_000_000  # 2030-12-31T12:00Z, microseconds


def copy_of(template: Path, folder: Path, clock: Callable[[], int]) -> Workspace:
    """A plain workspace that was made once for many tests, copied and open for writing."""
    shutil.copytree(template, folder)
    layout = find_workspace(named=folder)
    settings = load_settings(layout)
    keyring = unlock_workspace(layout, settings, None)
    return Workspace(layout, settings, keyring, verb="test", clock=clock)


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty plain workspace: making one takes longer than most tests."""
    ticks = itertools.count(NOON)
    folder = tmp_path_factory.mktemp("template") / "log"
    profile = Profile(title="Qaravel log", jurisdiction="QV", languages=("en", "az"))
    with Workspace.create(folder, profile, passphrase=None, clock=lambda: next(ticks)) as made:
        assert made.casebook.n_withdrawn() == 0
    return folder


@pytest.fixture
def workspace(tmp_path: Path, empty_workspace: Path) -> Iterator[Workspace]:
    """An empty plain workspace, open for writing."""
    ticks = itertools.count(NOON + 1_000)
    with copy_of(empty_workspace, tmp_path / "log", lambda: next(ticks)) as opened:
        yield opened


@pytest.fixture
def make_book() -> Callable[..., PartyBook]:
    """Make a book over recorded namesakes, by folded name."""

    def make(
        recorded: dict[str, tuple[Namesake, ...]] | None = None,
        choose: Callable[[str, tuple[Namesake, ...]], str] = enter_anew,
    ) -> PartyBook:
        names = recorded or {}
        ids = {sake.party_id for sakes in names.values() for sake in sakes}
        numbers = itertools.count(1)
        return PartyBook(
            namesakes=lambda folded: names.get(folded, ()),
            known=ids.__contains__,
            new_id=lambda: f"party-{next(numbers)}",
            choose=choose,
        )

    return make


@pytest.fixture
def builder(make_book: Callable[..., PartyBook]) -> EntryBuilder:
    """A builder over an empty casebook; ids are numbers."""
    numbers = itertools.count(1)
    return EntryBuilder(
        parties=make_book(),
        new_id=lambda: f"id-{next(numbers):03}",
        provision_id=lambda *identity: {("QV", "Code", "9.1"): "recorded-provision"}.get(identity),
        known=lambda reference: reference.startswith("recorded-"),
        jurisdiction="QV",
    )
