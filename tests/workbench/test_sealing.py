"""Sealing and stamping as the commands do them, without a network."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from pathlib import Path

import pytest

from tests.vault.sample import CHEAP
from undersight.errors import (
    AuthorityUnreachableError,
    InvalidValueError,
    RootMissingError,
    SigningKeyNotFoundError,
    TooManyFilesError,
    UnknownAuthorityError,
    WorkspaceBusyError,
)
from undersight.integrity.canary import find_canary
from undersight.integrity.canonical import digest_bytes
from undersight.settings import Profile
from undersight.vault.demo_authority import DemoAuthority
from undersight.vault.drop_folder import DropFolder
from undersight.vault.intake_files import find_files, media_type
from undersight.vault.seal_checks import check_seals
from undersight.vault.seals import Seals
from undersight.workbench import key_desk, sealing, stamping, verifying, watching
from undersight.workbench.sealing import SealOptions, seal_files, seal_pending, states
from undersight.workbench.session import Workspace

NOON = dt.datetime(2031, 5, 2, 12, tzinfo=dt.UTC)


class Authorities:
    """Both authorities of the settings, offline until told otherwise."""

    def __init__(self, workspace: Workspace, *, is_pinned: bool = True) -> None:
        self.is_online = False
        self.n_asked = 0
        self._by_name = {}
        for one in stamping.authorities(workspace):
            self._by_name[one.name] = DemoAuthority(one.name, clock=lambda: NOON)
            if is_pinned:
                one.root.parent.mkdir(exist_ok=True)
                one.root.write_bytes(self._by_name[one.name].root.pem)

    def __call__(self, name: str, _url: str, request: bytes, *, timeout_s: float) -> bytes:
        assert timeout_s > 0
        self.n_asked += 1
        if not self.is_online:
            raise AuthorityUnreachableError(name, "no network")
        return self._by_name[name].answer(request)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(b"<!doctype html><p>a post")
    return path


def test_what_is_known_of_a_capture_stands_apart_from_the_bytes(
    workspace: Workspace, page: Path
) -> None:
    options = SealOptions(
        note="before it went", url="https://example.org/p", captured_at="2031-05-02T14:30+04:00",
        source="src-abcdefghijklmnopqrst",
    )  # fmt: skip
    sealed = seal_files(workspace, (page,), options)
    (intake,) = workspace.vault.intakes()
    assert dict(intake.facts) == {
        "note": "before it went",
        "source": "src-abcdefghijklmnopqrst",
        "url": "https://example.org/p",
        "captured_at": "2031-05-02T14:30+04:00",
        "tool": "undersight seal",
        "type": "text/html",
    }
    assert sealed.seal is not None
    (leaf,) = Seals(workspace.vault).leaves(sealed.seal)
    assert leaf.metadata["facts"] == dict(intake.facts)
    assert sealed.seal.manifest.anchors.history is not None
    seen = check_seals(workspace.vault).anchors["history"]
    assert seen == [sealed.seal.manifest.anchors.history]


@pytest.mark.parametrize("source", ["Leyla Sarnakli", "src-Leyla Sarnakli", "src-x"])
def test_a_name_is_no_source(workspace: Workspace, page: Path, source: str) -> None:
    with pytest.raises(InvalidValueError, match="src-…"):
        seal_files(workspace, (page,), SealOptions(source=source))
    assert workspace.vault.digests() == ()


def test_the_same_bytes_twice_are_one_object_and_two_intakes(
    workspace: Workspace, page: Path
) -> None:
    other = page.with_name("copy.html")
    other.write_bytes(page.read_bytes())
    sealed = seal_files(workspace, (page, other), SealOptions())
    assert workspace.vault.digests() == (digest_bytes(page.read_bytes()),)
    assert [intake.source_ref for intake in workspace.vault.intakes()] == [
        "page.html",
        "copy.html",
    ]
    assert sealed.seal is not None
    assert sealed.seal.manifest.n_items == 2


def test_links_folders_and_lost_files_are_told_one_by_one(
    workspace: Workspace, page: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside.txt").write_text("inside", "utf-8")
    (tmp_path / "link").symlink_to(page)
    paths = (tmp_path / "folder", tmp_path / "link", tmp_path / "lost", page)
    sealed = seal_files(workspace, paths, SealOptions())
    assert [one.path.name for one in sealed.taken] == ["page.html"]
    assert [one.path.name for one in sealed.refused] == ["folder", "link", "lost"]
    assert all(one.reason.endswith(".") for one in sealed.refused)
    inside = seal_files(workspace, paths[:1], SealOptions(is_recursive=True))
    assert [one.path.name for one in inside.taken] == ["inside.txt"]


def test_too_large_a_file_does_not_stop_the_others(workspace: Workspace, page: Path) -> None:
    large = page.with_name("large.bin")
    large.write_bytes(bytes(2000))
    workspace.vault.max_object_bytes = 1000
    sealed = seal_files(workspace, (large, page), SealOptions())
    assert [one.path.name for one in sealed.taken] == ["page.html"]
    assert "1000" in sealed.refused[0].reason or "1,000" in sealed.refused[0].reason
    assert verifying.verify(workspace, is_deep=True)["is_whole"]


def test_more_files_than_allowed_are_refused(page: Path, tmp_path: Path) -> None:
    with pytest.raises(TooManyFilesError):
        list(find_files([page, page], is_recursive=False, most_files=1))


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", "inode/x-empty"),
        ("şəkil yox".encode(), "text/plain"),
        (b"\n <!DOCTYPE html>", "text/html"),
        (b"\x89PNG\r\n\x1a\n\x00", "image/png"),
        (b"%PDF-1.7\n\xe2\xe3\x00", "application/pdf"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "image/jpeg"),
        (b"\x00\x01\x02\x03\x04", "application/octet-stream"),
    ],
)
def test_the_type_is_told_by_the_content(head: bytes, kind: str) -> None:
    assert media_type(head) == kind


@pytest.mark.parametrize("given", [{"captured_at": "yesterday"}, {"source": "Tarvin Oskelde"}])
def test_what_is_no_time_or_no_id_is_refused(
    workspace: Workspace, page: Path, given: dict[str, str]
) -> None:
    with pytest.raises(InvalidValueError) as told:
        seal_files(workspace, (page,), SealOptions(**given))
    assert "Tarvin" not in told.value.sentence
    assert list(workspace.vault.intakes()) == []


def test_what_was_imported_waits_and_is_sealed_together(workspace: Workspace, page: Path) -> None:
    actor = workspace.staff.staff_id
    with page.open("rb") as file:
        workspace.vault.put(file, reason="file brought in", actor=actor)
    sealed = seal_pending(workspace)
    assert sealed.seal is not None
    assert sealed.seal.manifest.n_items == 1
    assert seal_pending(workspace).seal is None
    seal_files(workspace, (page,), SealOptions())
    assert list(sealing.pending(workspace)) == []


def test_the_first_seal_makes_a_key_but_never_in_the_place_of_a_revoked_one(
    workspace: Workspace, page: Path
) -> None:
    seal_files(workspace, (page,), SealOptions())
    (key,) = key_desk.all_keys(workspace)
    assert key["state"] == "in-use"
    key_desk.revoke(workspace, key["key"], reason="lost")
    with pytest.raises(SigningKeyNotFoundError):
        seal_files(workspace, (page,), SealOptions())
    assert verifying.verify(workspace)["is_whole"]


def test_offline_seals_wait_and_say_so(workspace: Workspace, page: Path) -> None:
    seal_files(workspace, (page,), SealOptions())
    ask = Authorities(workspace)
    done = stamping.stamp(workspace, ask=ask)
    assert {one.failure[0] for one in done} == {"authority-unreachable"}
    assert states(workspace)[0].authorities == ()
    assert verifying.verify(workspace)["unstamped"] == ["seal-000001"]
    ask.is_online = True
    done = stamping.stamp(workspace, ask=ask)
    assert [one.facts is not None for one in done] == [True, True]
    assert states(workspace)[0].authorities == ("digicert", "globalsign")
    n_asked = ask.n_asked
    assert stamping.stamp(workspace, ask=ask) == ()
    assert ask.n_asked == n_asked
    found = verifying.verify(workspace)
    assert (found["is_whole"], found["stamps"], found["unstamped"]) == (True, 2, [])


def test_nobody_is_asked_before_somebody_chose_whom_to_believe(
    workspace: Workspace, page: Path
) -> None:
    seal_files(workspace, (page,), SealOptions())
    ask = Authorities(workspace, is_pinned=False)
    with pytest.raises(RootMissingError):
        stamping.stamp(workspace, ask=ask)
    assert ask.n_asked == 0
    with pytest.raises(UnknownAuthorityError):
        stamping.stamp(workspace, named=("nobody",), ask=ask)


def test_a_reply_that_does_not_hold_is_not_kept(workspace: Workspace, page: Path) -> None:
    seal_files(workspace, (page,), SealOptions())
    Authorities(workspace)
    rogue = Authorities(workspace, is_pinned=False)
    rogue.is_online = True
    done = stamping.stamp(workspace, ask=rogue)
    assert {one.failure[0] for one in done} == {"stamp-rejected"}
    assert verifying.verify(workspace)["is_whole"]
    assert verifying.verify(workspace)["stamps"] == 0


def test_nothing_that_was_sealed_stands_in_clear_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    canary = "Velzar Quontisk"
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    page = tmp_path / f"{canary}.txt"
    page.write_text(canary * 1000, "utf-8")
    profile = Profile(title="Qaravel log", jurisdiction="QV", languages=("en",))
    with Workspace.create(
        tmp_path / "log", profile, passphrase="seven lamps over sarnak", cost=CHEAP
    ) as workspace:
        options = SealOptions(note=canary, url=f"https://example.org/{canary}")
        assert seal_files(workspace, (page,), options).seal is not None
        ask = Authorities(workspace)
        ask.is_online = True
        stamping.stamp(workspace, ask=ask)
        assert verifying.verify(workspace, is_deep=True)["is_whole"]
        digest = digest_bytes(page.read_bytes())
        assert find_canary(tmp_path / "log", canary) == ()
        assert find_canary(temporary, canary) == ()
        assert find_canary(tmp_path / "log", digest) == ()


@pytest.mark.long
def test_many_files_come_in_together(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(600):  # more than one group, and enough for the flushing threads
        (folder / f"{number:03}.txt").write_text(f"page {number % 500}", "utf-8")
    seen: list[int] = []
    options = SealOptions(is_recursive=True)
    sealed = seal_files(workspace, (folder,), options, progress=seen.append)
    assert seen == list(range(1, 601))
    assert sealed.seal is not None
    assert sealed.seal.manifest.n_items == 600
    assert len(workspace.vault.digests()) == 500
    assert list((workspace.layout.vault / "incoming").iterdir()) == []
    assert verifying.verify(workspace, is_deep=True)["is_whole"]


def test_a_busy_workspace_is_waited_for(workspace: Workspace, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "shot.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    n_opened = 0

    def open_workspace() -> Workspace:
        nonlocal n_opened
        n_opened += 1
        if n_opened == 2:
            raise WorkspaceBusyError(str(tmp_path))
        return Workspace.open(workspace.layout.root)

    done = watching.watch(open_workspace, inbox, SealOptions(), every_s=0.01)
    sealed = next(done)
    assert sealed.seal is not None
    assert n_opened == 3


def test_a_file_is_taken_once_it_has_settled(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    drop = DropFolder(folder, known={}, left_out=tmp_path / "log", most_files=10)
    note = folder / "note.ogg"
    note.write_bytes(b"half")
    (folder / ".hidden").write_bytes(b"x")
    (folder / "video.mp4.crdownload").write_bytes(b"x")
    assert drop.look() == []
    note.write_bytes(b"half and half")
    assert drop.look() == []
    assert drop.look() == [note]
    drop.remember(note)
    assert drop.look() == []
    drop.set_aside(note)
    assert (folder / "done" / "note.ogg").read_bytes() == b"half and half"
    assert drop.look() == []


def test_an_erasure_that_a_kill_cut_short_ends_with_the_next_command(tmp_path: Path) -> None:
    profile = Profile(title="Log", jurisdiction="QV", languages=("en",))
    with Workspace.create(tmp_path / "log", profile, passphrase=None, cost=CHEAP) as made:
        digest = made.vault.put(io.BytesIO(b"what she said"), reason="saved", actor=made.staff_id)
        made.vault.erase(digest, reason="asked", actor=made.staff_id)
        left = made.vault.shelf.ready_path(digest)
        left.write_bytes(b"what she said")
    writer = {"pid": 1, "host": "sarnak", "verb": "erase", "started_at_us": 0}
    (tmp_path / "log" / ".writer.json").write_text(json.dumps(writer), encoding="utf-8")
    Workspace.open(tmp_path / "log", verb="incident").close()
    assert not left.exists()


def test_what_verify_tells_programs_stands_on_its_page(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs/explanation/seals.md"
    table = page.read_text("utf-8").partition("`verify --json`")[2].partition("An edited log")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall("`([a-z_]+)`", row)}
    profile = Profile(title="Log", jurisdiction="QV", languages=("en",))
    with Workspace.create(tmp_path / "log", profile, passphrase=None, cost=CHEAP) as made:
        (tmp_path / "page").write_bytes(b"a page")
        seal_files(made, (tmp_path / "page",), SealOptions())
        found = verifying.verify(made)
    assert set(found) == named
    assert set(found["notes"][0]) == {"what", "kind", "place", "detail"}
