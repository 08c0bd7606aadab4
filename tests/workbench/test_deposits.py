"""Deposits: left, repeated, compared, laid over custody, made into a dossier."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.vault.sample import CHEAP
from undersight.errors import (
    DepositSingleError,
    FileUnreadableError,
    HalfMismatchError,
    InvalidValueError,
    OwnerNotShownError,
    SignatureMismatchError,
    UnknownDepositError,
)
from undersight.integrity.canary import find_canary
from undersight.integrity.canonical import digest_bytes
from undersight.reports import pdf
from undersight.settings import Profile
from undersight.synth.page_archives import ADDRESS, PAGE_NAME, PHONE, archive_bytes, page_archive
from undersight.vault import sshsig
from undersight.vault.halves import STATEMENT_NAMESPACE
from undersight.vault.handover_verifier import Checker
from undersight.vault.seals import Seals
from undersight.workbench import (
    demo_deposits,
    demo_seals,
    deposit_files,
    deposit_records,
    deposits,
    incidents,
    sealing,
    verifying,
)
from undersight.workbench.demo import Calendar
from undersight.workbench.deposit_states import difference, differences
from undersight.workbench.handovers import HandoverOptions, hand_over
from undersight.workbench.recovery import write_recovery
from undersight.workbench.sealing import iso
from undersight.workbench.session import Workspace

BEFORE, AFTER = dt.date(2026, 1, 5), dt.date(2026, 2, 6)


@pytest.fixture(autouse=True)
def quick_typesetter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Handovers are typeset in their own tests."""
    monkeypatch.setattr(pdf, "typeset", lambda _data: b"%PDF-")


@pytest.fixture
def calendar() -> Calendar:
    return Calendar(BEFORE)


@pytest.fixture
def workspace(tmp_path: Path, calendar: Calendar) -> Iterator[Workspace]:
    profile = Profile(title="Qaravel log", jurisdiction="QV", languages=("en",))
    with Workspace.create(tmp_path / "log", profile, passphrase=None, clock=calendar) as made:
        yield made


@pytest.fixture
def owner(workspace: Workspace) -> str:
    """The page's owner, held since December."""
    document = {
        "title": "Arrested",
        "acts": [{"act_type": "arrest", "start": "2025-12-20", "people": [
            {"name": "Lenar Ostavik", "role": "victim", "status": "detained_held"}]}],
    }  # fmt: skip
    incidents.add(workspace, document, why="test")
    return workspace.casebook.all("party")[0].record_id


def leave(
    workspace: Workspace, folder: Path, day: dt.date, *, is_after: bool, owner: str = ""
) -> None:
    path = folder / f"archive-{is_after}.zip"
    path.write_bytes(page_archive(day, is_after=is_after))
    done = deposits.deposit_files_of(workspace, PAGE_NAME, (path,), owner=owner)
    assert [file.role for file in done.deposit.files] == ["archive"]


@pytest.fixture
def twice(workspace: Workspace, calendar: Calendar, owner: str, tmp_path: Path) -> Workspace:
    leave(workspace, tmp_path, BEFORE, is_after=False, owner=owner)
    calendar.day = AFTER
    leave(workspace, tmp_path, AFTER, is_after=True, owner=owner)
    return workspace


def test_the_difference_in_one_sentence(twice: Workspace) -> None:
    found = difference(twice, PAGE_NAME)
    assert found.sentence().replace("\u00a0", " ") == (
        "41 posts of 25 May 2025 – 14 July 2025 vanished, 1 administrator appeared, 1 login from "
        "a new device or place, an e-mail address of the account changed, followers went from 212 "
        "to 180, between 5 January 2026 and 6 February 2026: all while the owner was in custody."
    )
    told = found.to_json()
    assert told["vanished"] == {"n": 41, "first_day": "2025-05-25", "last_day": "2025-07-14"}
    assert told["custody"] == "certain"
    assert told["new_logins"] == [
        {"at": "2026-01-28T09:00:00Z", "device": "Chrome on Android", "country": "Qaravel",
         "custody": "certain"}
    ]  # fmt: skip
    assert told["cannot_tell"] == []
    assert len(differences(twice, PAGE_NAME)) == 1


def test_without_an_owner_nothing_is_said_of_custody(twice: Workspace, tmp_path: Path) -> None:
    leave(twice, tmp_path, AFTER, is_after=True)
    leave(twice, tmp_path, AFTER, is_after=True)
    found = difference(twice, PAGE_NAME)
    assert "custody" not in found.sentence()
    assert "Nothing that can be compared vanished" in found.sentence()
    assert found.sentence().replace("\u00a0", " ").endswith(" on 6 February 2026.")
    assert difference(twice, PAGE_NAME, (3, 1)).earlier.number == 1


def test_a_deposit_is_sealed_and_the_workspace_stays_whole(twice: Workspace) -> None:
    seals = Seals(twice.vault)
    manifests = [seals.read(one).manifest for one in seals.seal_ids()]
    assert [(one.purpose, one.n_items) for one in manifests] == [("deposit", 2), ("deposit", 2)]
    assert verifying.verify(twice, is_deep=True)["is_whole"]


def test_the_dossier_holds_no_name_number_address_or_word(
    twice: Workspace, tmp_path: Path
) -> None:
    made = write_recovery(twice, PAGE_NAME, tmp_path / "recovery")
    names = {path.name for path in made.files}
    assert {f"recovery.{lang}.html" for lang in ("en", "az", "ru", "tr")} < names
    page = (tmp_path / "recovery/recovery.en.html").read_text("utf-8").replace("\u00a0", " ")
    assert "Between 2026-01-05T12:00:00Z and 2026-02-06T12:00:00Z" in page
    assert "25 May 2025: your_facebook_activity/posts/your_posts_1.json#/" in page
    for path in made.files:
        text = path.read_bytes().decode("utf-8", "replace")
        for word in (PHONE, ADDRESS, "Toval", "Ostavik", "Support", "@third-bank", "customs",
                     "Oltash"):  # fmt: skip
            assert word not in text, (path.name, word)
    data = json.loads((tmp_path / "recovery/recovery.json").read_bytes())
    assert len(data["differences"][0]["vanished_posts"]) == 41
    assert Seals(twice.vault).read(made.seal_id).manifest.n_items == len(made.files)


def test_an_administrator_keeps_a_half_and_proves_it_later(
    workspace: Workspace, tmp_path: Path
) -> None:
    canary = "what only the administrator has"
    mine, other = tmp_path / "mine.zip", tmp_path / "other.zip"
    mine.write_bytes(canary.encode())
    other.write_bytes(b"something else")
    done = deposits.deposit_halves(workspace, PAGE_NAME, (mine,))
    (opening,) = done.openings
    assert not find_canary(workspace.layout.root, canary)
    assert not find_canary(workspace.layout.root, digest_bytes(canary.encode()))
    assert deposits.reveal(workspace, PAGE_NAME, mine, opening).number == 1
    with pytest.raises(HalfMismatchError):
        deposits.reveal(workspace, PAGE_NAME, other, opening)
    said = json.loads(opening.read_bytes())
    forged = tmp_path / "forged.json"
    wrong: tuple[Any, ...] = (
        {**said, "salt": "00" * 32},
        {**said, "salt": "00"},
        [],
        {"format": "x"},
    )
    for changed in wrong:
        forged.write_text(json.dumps(changed), "utf-8")
        with pytest.raises(HalfMismatchError):
            deposits.reveal(workspace, PAGE_NAME, mine, forged)
    again = deposits.deposit_halves(workspace, PAGE_NAME, (mine,)).openings
    assert again != (opening,)
    assert deposits.reveal(workspace, PAGE_NAME, mine, opening).number == 1


def test_a_challenge_code_is_found_in_what_was_saved(workspace: Workspace, tmp_path: Path) -> None:
    code = deposit_records.new_challenge(workspace, PAGE_NAME)
    page, bare = tmp_path / "page.html", tmp_path / "bare.html"
    page.write_text(f"<!doctype html><p>{code}", "utf-8")
    bare.write_text("<!doctype html><p>no code", "utf-8")
    done = deposits.deposit_files_of(workspace, PAGE_NAME, (bare,))
    assert done.warnings
    assert not done.deposit.shown_in
    done = deposits.deposit_files_of(workspace, PAGE_NAME, (bare, page))
    assert done.deposit.shown_in == (digest_bytes(page.read_bytes()),)
    assert not deposits.deposit_files_of(workspace, "Valley Post", (page,)).deposit.shown_in


def test_a_statement_of_control_is_signed(workspace: Workspace, tmp_path: Path) -> None:
    statement, signature = tmp_path / "statement.txt", tmp_path / "statement.txt.sig"
    statement.write_bytes(b"I administer the page.")
    secret = bytes(range(32))
    made = sshsig.sign(secret, statement.read_bytes(), namespace=STATEMENT_NAMESPACE)
    signature.write_bytes(made)
    done = deposits.deposit_files_of(workspace, PAGE_NAME, (statement, signature))
    assert [file.role for file in done.deposit.files] == ["statement", "signature"]
    assert done.deposit.statement_key.startswith("ssh-ed25519 ")
    statement.write_bytes(b"I do not administer the page.")
    with pytest.raises(SignatureMismatchError):
        deposits.deposit_files_of(workspace, PAGE_NAME, (statement, signature))
    for bad in (b"", b"x\ny\nz", sshsig.sign(secret, b"x", namespace="undersight-seal")):
        signature.write_bytes(bad)
        with pytest.raises(SignatureMismatchError):
            deposits.deposit_files_of(workspace, PAGE_NAME, (statement, signature))


def test_followers_are_read_from_a_table(workspace: Workspace, tmp_path: Path) -> None:
    table = tmp_path / "followers.csv"
    table.write_text('date,followers\n2026-01-01,"1,200"\n2026-01-03,1150\nx,\n', "utf-8")
    deposits.deposit_files_of(workspace, PAGE_NAME, (table,))
    table.write_text("Tarix;\tİzləyicilər\n2026-01-04\t900\n", "utf-8")
    deposits.deposit_files_of(workspace, PAGE_NAME, (table,))
    found = difference(workspace, PAGE_NAME)
    assert found.changes.followers == (1150, 900)
    assert found.changes.cannot_tell == ("posts", "comments", "roles", "logins", "facts")
    assert "Cannot be told" in found.lines()[0]


def test_what_cannot_be_deposited_or_compared_is_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<!doctype html>")
    with pytest.raises(InvalidValueError):
        deposits.deposit_files_of(workspace, "../x", (page,))
    with pytest.raises(OwnerNotShownError):
        deposits.deposit_files_of(workspace, PAGE_NAME, (page,), owner="nobody")
    with pytest.raises(FileUnreadableError):
        deposits.deposit_files_of(workspace, PAGE_NAME, (tmp_path / "lost.zip",))
    with pytest.raises(FileUnreadableError):
        deposits.deposit_halves(workspace, PAGE_NAME, (tmp_path / "lost.zip",))
    with pytest.raises(UnknownDepositError):
        difference(workspace, PAGE_NAME)
    leave(workspace, tmp_path, BEFORE, is_after=False)
    with pytest.raises(DepositSingleError):
        difference(workspace, PAGE_NAME)
    with pytest.raises(UnknownDepositError):
        difference(workspace, PAGE_NAME, (1, 7))


@pytest.mark.long
def test_an_encrypted_workspace_shows_nothing_of_a_deposit(
    tmp_path: Path, calendar: Calendar
) -> None:
    profile = Profile(title="Qaravel log", jurisdiction="QV", languages=("en",))
    with Workspace.create(
        tmp_path / "log", profile, passphrase="seven lamps", cost=CHEAP, clock=calendar
    ) as made:
        leave(made, tmp_path, BEFORE, is_after=False)
        calendar.day = AFTER
        leave(made, tmp_path, AFTER, is_after=True)
        assert difference(made, PAGE_NAME).to_json()["vanished"]["n"] == 41
        seal = Seals(made.vault).seal_ids()[0]
        out = tmp_path / "out.zip"
        digest = digest_bytes((tmp_path / "archive-True.zip").read_bytes())
        assert hand_over(made, [seal, digest], out, HandoverOptions()).n_objects == 1
        for canary in (PAGE_NAME, PHONE, digest, "Toval"):
            assert not find_canary(made.layout.root, canary)
    with zipfile.ZipFile(out) as file:
        file.extractall(tmp_path / "out")
    report = Checker(tmp_path / "out" / "out").run()
    assert report.code() == 2, report.lines
    assert {code for grade, code, _ in report.lines if grade != "right"} == {"unstamped"}


def test_a_zip_that_is_no_such_archive_is_left_as_it_is(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", "x")
    done = deposits.deposit_files_of(workspace, PAGE_NAME, (path,))
    assert [file.role for file in done.deposit.files] == ["other"]


def test_the_demo_shows_a_loss_during_custody(
    workspace: Workspace, calendar: Calendar, owner: str
) -> None:
    assert owner
    made = demo_deposits.deposit_twice(workspace, calendar, demo_seals.DemoTime(workspace))
    (sentence,) = made.sentences
    assert sentence.startswith("41 posts of 25")
    assert sentence.endswith("all while the owner was in custody.")
    listed = deposit_records.all_deposits(workspace)
    assert [bool(one.shown_in) for one in listed] == [True, False]
    assert len({one.statement_key for one in listed}) == 1
    states = sealing.states(workspace)
    assert [one.authorities for one in states] == [(demo_seals.AUTHORITY_NAME,)] * 3
    report = verifying.verify(workspace)
    assert (report["is_whole"], report["unstamped"]) == (True, [])
    told = {one.seal_id: iso(one.claimed_at_us)[:10] for one in states}
    page = next(path for path in made.files if path.name == "recovery.en.html")
    for seal_id in list(told)[:2]:  # the dossier says when each deposit was stamped
        assert f"{seal_id} ({told[seal_id]}" in page.read_text("utf-8")


def x_archive(folder: Path, *posts: int) -> Path:
    """Posts of one minute each after the first."""
    start = dt.datetime(2025, 3, 4, 8, 0, tzinfo=dt.UTC)
    tweets = [
        {"tweet": {
            "id_str": str(minute), "full_text": f"post {minute}",
            "created_at": f"{start + dt.timedelta(minutes=minute):%a %b %d %H:%M:%S +0000 %Y}",
        }} for minute in posts
    ]  # fmt: skip
    path = folder / f"x-{len(posts)}.zip"
    data = f"window.YTD.tweets.part0 = {json.dumps(tweets)}".encode()
    path.write_bytes(archive_bytes({"data/tweets.js": data}))
    return path


def test_each_platform_is_compared_with_itself(
    workspace: Workspace, calendar: Calendar, tmp_path: Path
) -> None:
    facebook = tmp_path / "page.zip"
    facebook.write_bytes(page_archive(BEFORE, is_after=False))
    first = (facebook, x_archive(tmp_path, 0, 1, 2, 3))
    deposits.deposit_files_of(workspace, PAGE_NAME, first)
    calendar.day = AFTER
    deposits.deposit_files_of(workspace, PAGE_NAME, (x_archive(tmp_path, 0, 3),))
    found = difference(workspace, PAGE_NAME)
    assert found.to_json()["vanished"] == {
        "n": 2, "first_day": "2025-03-04", "last_day": "2025-03-04"
    }, "what the second deposit has no archive of did not vanish"  # fmt: skip
    assert found.to_json()["only_once"] == ["facebook"]
    assert any("Facebook" in line for line in found.lines())
    assert not found.changes.before_later


def test_channels_of_an_account_are_not_taken_for_its_own(
    workspace: Workspace, calendar: Calendar, tmp_path: Path
) -> None:
    def export(*channels: int) -> Path:
        listed = [
            {"name": "a channel", "type": "public_channel", "id": channel, "messages": [
                {"id": 1, "type": "message", "date_unixtime": "1741075200", "text": "a post"}]}
            for channel in channels
        ]  # fmt: skip
        told = {"personal_information": {"user_id": 9}, "chats": {"list": listed}}
        path = tmp_path / f"telegram-{len(channels)}.zip"
        path.write_bytes(archive_bytes({"result.json": json.dumps(told).encode()}))
        return path

    deposits.deposit_files_of(workspace, PAGE_NAME, (export(1, 2, 3),))
    calendar.day = AFTER
    deposits.deposit_files_of(workspace, PAGE_NAME, (export(1, 2),))
    assert any("holds 3 channels" in line for line in difference(workspace, PAGE_NAME).lines())
    deposits.deposit_files_of(workspace, "Alone", (export(1),))
    deposits.deposit_files_of(workspace, "Alone", (export(1),))
    assert not any("channels" in line for line in difference(workspace, "Alone").lines())


def test_an_archive_that_was_none_when_it_was_deposited_is_compared_now(
    workspace: Workspace, calendar: Calendar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(deposit_files, "is_account_archive", lambda _stream: False)
        earlier = deposits.deposit_files_of(workspace, PAGE_NAME, (x_archive(tmp_path, 0, 1, 2),))
    assert [file.role for file in earlier.deposit.files] == ["other"]
    calendar.day = AFTER
    deposits.deposit_files_of(workspace, PAGE_NAME, (x_archive(tmp_path, 0, 2),))
    assert difference(workspace, PAGE_NAME).to_json()["vanished"]["n"] == 1
    deposits.deposit_files_of(workspace, PAGE_NAME, (x_archive(tmp_path),))
    emptied = difference(workspace, PAGE_NAME).to_json()
    assert (emptied["vanished"]["n"], emptied["before_later"]["n"]) == (2, 0), (
        "X gives all or none"
    )
