"""Handovers: what goes along and what does not, checked on a machine without undersight."""

from __future__ import annotations

import ast
import datetime as dt
import io
import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from tests.detectors import crowds, loading
from undersight.errors import (
    EmptyHandoverError,
    NotVisibleError,
    UnansweredHarmError,
    UnknownSelectionError,
)
from undersight.integrity.canonical import Digest, digest_bytes
from undersight.integrity.sealed_spool import SealedSpool
from undersight.reports import pdf
from undersight.settings import Profile
from undersight.synth.page_archives import PHONE, page_archive
from undersight.vault import handover_verifier
from undersight.vault.bags import Bag
from undersight.vault.demo_authority import DemoAuthority
from undersight.vault.handover_verifier import Checker, main
from undersight.workbench import (
    deposits,
    detection,
    incidents,
    publishing,
    redaction,
    runs,
    sealing,
    stamping,
    withdrawals,
)
from undersight.workbench.handovers import HandoverOptions, hand_over, hand_over_into
from undersight.workbench.session import Workspace

NOON = dt.datetime(2031, 5, 2, 12, tzinfo=dt.UTC)
SECRET = b"the canary of another object"


@pytest.fixture(autouse=True)
def quick_typesetter(monkeypatch: pytest.MonkeyPatch) -> None:
    """One package is typeset for all; the other tests are not about that."""
    monkeypatch.setattr(pdf, "typeset", lambda _data: b"%PDF-")


def make_workspace(tmp_path: Path) -> Workspace:
    """Three pages under one stamped seal, one more under another."""
    ticks = iter(range(int(NOON.timestamp()) * 1_000_000, 2**60))
    profile = Profile(title="Qaravel log", jurisdiction="QV", languages=("en",))
    made = Workspace.create(tmp_path / "log", profile, passphrase=None, clock=lambda: next(ticks))
    authorities = {}
    for one in stamping.authorities(made):
        authorities[one.name] = DemoAuthority(one.name, clock=lambda: NOON)
        one.root.parent.mkdir(exist_ok=True)
        one.root.write_bytes(authorities[one.name].root.pem)
    for names in (("one", "two", "three"), ("four",)):
        for name in names:
            (tmp_path / f"{name}.txt").write_bytes(SECRET if name == "two" else name.encode())
        sealing.seal_files(
            made, tuple(tmp_path / f"{name}.txt" for name in names), sealing.SealOptions()
        )
    stamping.stamp(
        made,
        ask=lambda name, _url, asked, timeout_s: authorities[name].answer(asked),  # noqa: ARG005
    )
    return made


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


def unpacked(out: Path) -> Path:
    with zipfile.ZipFile(out) as file:
        file.extractall(out.parent)
    return out.parent / out.stem


def codes(folder: Path, **given: str) -> set[str]:
    return {code for grade, code, _ in Checker(folder, **given).run().lines if grade == "WRONG"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One package for all who only look at it, or tamper with a copy."""
    folder = tmp_path_factory.mktemp("handover")
    workspace = make_workspace(folder)
    out = folder / "out" / "case.zip"
    hand_over(workspace, [digest_bytes(b"one"), digest_bytes(b"four")], out, HandoverOptions())
    workspace.close()
    return unpacked(out)


@pytest.fixture
def package(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "case")


def test_it_verifies_where_undersight_is_not_installed(package: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "--json"],
        cwd=package, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    found = json.loads(done.stdout)
    graded = {(one["grade"], one["code"]) for one in found["results"]}
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    assert {code for _, code in graded} >= {
        "files", "signature", "signer", "stamp", "sealed", "custody", "custody-own-hash",
    }  # fmt: skip
    stamps = [one["sentence"] for one in found["results"] if one["code"] == "stamp"]
    assert len(stamps) == 4
    assert all("2031-05-02T12:00:00Z" in one for one in stamps)


def test_nothing_of_what_was_not_chosen_goes_along(package: Path) -> None:
    others = [digest_bytes(SECRET), digest_bytes(b"three")]
    words = [SECRET, b"two.txt", b"one.txt", *(one.encode() for one in others)]
    for path in (path for path in package.rglob("*") if path.is_file()):
        assert not [word for word in words if word in path.read_bytes()], path


def test_what_is_sent_on_is_never_gone_back_in_and_verifies(
    workspace: Workspace, tmp_path: Path
) -> None:
    spool = SealedSpool(most_in_memory=0)  # refuses to write a place twice
    chosen = [digest_bytes(b"one")]
    made = hand_over_into(workspace, chosen, cast("BinaryIO", spool), HandoverOptions())
    spool.seek(0)
    (tmp_path / made.out.name).write_bytes(spool.read())
    folder = unpacked(tmp_path / made.out.name)
    assert codes(folder) == set()
    assert (folder / "data/objects" / f"{chosen[0][:20]}.txt").read_bytes() == b"one"
    shown = {intake.object for intake in workspace.vault.intakes()}
    assert made.manifest in shown, "what was handed over is kept"


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_large_original_takes_little_memory(tmp_path: Path) -> None:
    """One gigabyte in and out again, the package never whole in memory nor beside the target."""
    code = f"""
import io, os, pathlib, sys
from tests.peak_memory import peak_mib
from undersight.integrity.sealed_spool import SealedSpool
from undersight.reports import pdf
from undersight.settings import Profile
from undersight.vault.passphrase import Argon2Cost
from undersight.workbench import sealing
from undersight.workbench.handovers import HandoverOptions, hand_over, hand_over_into
from undersight.workbench.session import Workspace

pdf.typeset = lambda _data: b"%PDF-"
cheap = Argon2Cost(memory_kib=8, iterations=1, lanes=1)
root = pathlib.Path({str(tmp_path)!r})
with (root / "large").open("wb") as file:
    for _piece in range(1024):
        file.write(os.urandom(1 << 20))
with Workspace.create(root / "log", Profile(), passphrase="seven lamps", cost=cheap) as log:
    sealed = sealing.seal_files(log, (root / "large",), sealing.SealOptions())
    (root / "large").unlink()
    spool = SealedSpool()
    hand_over_into(log, [sealed.taken[0].object], spool, HandoverOptions())
    assert spool.tell() > 1 << 30
    spool.close()
    hand_over(log, [sealed.taken[0].object], root / "case.zip", HandoverOptions())
    assert not list(log.layout.temporary.iterdir())
print(peak_mib())
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, timeout=600,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert int(done.stdout) < 300, "MiB"
    checked = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"], cwd=unpacked(tmp_path / "case.zip"),
        capture_output=True, check=False, timeout=600,
    )  # fmt: skip
    assert checked.returncode == 2, "it is unstamped, and all else holds"


def test_the_index_is_there_in_four_languages(package: Path) -> None:
    names = {path.name for path in (package / "data" / "index").iterdir()}
    wanted = {f"index.{lang}.html" for lang in ("en", "az", "ru", "tr")}
    assert wanted <= names
    typeset = (package / "data/index/index.az.pdf").read_bytes()
    assert len(typeset) > 5000
    assert "index.tr.pdf" in names
    page = (package / "data/index/index.en.html").read_text("utf-8")
    assert digest_bytes(b"one") in page
    assert "seal-000001: existed at 2031-05-02T12:00:00Z, says the time authority" in page


def test_what_was_noted_stands_in_the_index_when_it_goes_along(
    package: Path, workspace: Workspace, tmp_path: Path
) -> None:
    options = HandoverOptions(is_metadata_shown=True)
    hand_over(workspace, [digest_bytes(b"one")], tmp_path / "noted.zip", options)
    told = "Called one.txt when it came in"
    noted = unpacked(tmp_path / "noted.zip") / "data/index/index.en.html"
    assert told in noted.read_text("utf-8")
    assert told not in (package / "data/index/index.en.html").read_text("utf-8")


def test_the_same_content_is_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        bag = Bag()
        bag.add("two.txt", b"2")
        bag.add("one.txt", b"1")
        bag.write(tmp_path / name / "case.zip", info={"Bagging-Date": "2031-05-02"})
        made.append((tmp_path / name / "case.zip").read_bytes())
    assert made[0] == made[1]


def append(path: Path, data: bytes = b" ") -> None:
    path.write_bytes(path.read_bytes() + data)


def relist(package: Path) -> None:
    """Write both lists anew, as a forger would; the signature over them stays."""
    for name, names in (
        ("manifest-sha256.txt", sorted((package / "data").rglob("*"))),
        ("tagmanifest-sha256.txt", sorted(package.glob("*"))),
    ):
        lines = [
            f"{digest_bytes(path.read_bytes())}  {path.relative_to(package).as_posix()}\n"
            for path in names
            if path.is_file() and path.name != "tagmanifest-sha256.txt"
        ]
        (package / name).write_text("".join(lines), "utf-8")


def edit(package: Path, name: str, change: Callable[[dict[str, object]], object]) -> None:
    path = package / "data" / name
    found = json.loads(path.read_bytes())
    change(found)
    path.write_bytes(handover_verifier.canonical(found))
    relist(package)


def first(package: Path, pattern: str) -> Path:
    return min((package / "data").glob(pattern))


def add_listed(package: Path) -> None:
    (package / "data/more.txt").write_bytes(b"x")
    relist(package)


def swap_objects(package: Path) -> None:
    one, other = sorted((package / "data/objects").iterdir())
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)
    relist(package)


def swap_stamps(package: Path) -> None:
    seals = package / "data/seals"
    name = first(package, "seals/seal-000001/stamps/*").name
    shutil.copy(
        seals / f"seal-000001/stamps/{name}/reply.tsr",
        seals / f"seal-000002/stamps/{name}/reply.tsr",
    )
    relist(package)


def swap_root(package: Path) -> None:
    stamps = sorted((package / "data/seals/seal-000001/stamps").iterdir())
    shutil.copy(stamps[0] / "root.pem", stamps[1] / "root.pem")
    relist(package)


def break_reply(package: Path) -> None:
    first(package, "seals/*/stamps/*/reply.tsr").write_bytes(b"no reply")
    relist(package)


def edit_custody(package: Path) -> None:
    edit(package, "custody/extract.json", lambda it: it["entries"][0].update(reason="other"))  # type: ignore[index]


def rewrite_custody(package: Path) -> None:
    """Edit the entry that a seal pins, and hash it anew."""

    def change(extract: dict[str, object]) -> None:
        entries = extract["entries"]
        assert isinstance(entries, list)
        about = digest_bytes(b"four")
        entry = next(one for one in entries if one["object"] == about)
        entry["reason"] = "other"
        rest = {name: value for name, value in entry.items() if name != "h"}
        data = handover_verifier.CUSTODY + b"\x00" + handover_verifier.canonical(rest)
        entry["h"] = handover_verifier.sha256(data).hex()

    edit(package, "custody/extract.json", change)


def edit_seal(package: Path) -> None:
    edit(package, "seals/seal-000001/manifest.json", lambda it: it.update(claimed_at_us=1))


TAMPERED: dict[str, tuple[Callable[[Path], object], str]] = {
    "an object": (lambda it: append(first(it, "objects/*")), "changed-file"),
    "a missing object": (lambda it: first(it, "objects/*").unlink(), "missing-file"),
    "an extra file": (lambda it: (it / "data/more.txt").write_bytes(b"x"), "extra-file"),
    "an extra file, listed": (
        add_listed, "forged-signature",
    ),
    "a swapped object": (swap_objects, "changed-object"),
    "a proof": (
        lambda it: edit(it, str(first(it, "proofs/*").relative_to(it / "data")),
                        lambda one: one.update(salt="00" * 32)), "broken-proof",
    ),
    "a seal": (edit_seal, "missing-seal"),
    "a seal's signature": (edit_seal, "forged-signature"),
    "another seal's stamp": (swap_stamps, "forged-stamp"),
    "another authority's root": (swap_root, "forged-stamp"),
    "a reply that is none": (break_reply, "unreadable-stamp"),
    "an edited custody entry": (edit_custody, "edited-custody"),
    "a rewritten custody entry": (rewrite_custody, "rewritten-custody"),
    "a broken list": (lambda it: (it / "data/handover.json").write_bytes(b"{"),
                      "objects-unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
@pytest.mark.long
def test_each_way_of_tampering_is_named(package: Path, what: str) -> None:
    tamper, code = TAMPERED[what]
    tamper(package)
    assert code in codes(package)


@pytest.mark.long
def test_one_flipped_byte_anywhere_is_found(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # the lists alone find it
    files = sorted(path for path in package.rglob("*") if path.is_file())
    chance = random.Random(5)  # noqa: S311 - which byte, the same each time
    for path in files:
        kept = path.read_bytes()
        place = chance.randrange(len(kept))
        path.write_bytes(kept[:place] + bytes((kept[place] ^ 1,)) + kept[place + 1 :])
        assert Checker(package).run().code() == 1, path.name
        path.write_bytes(kept)
    assert Checker(package).run().code() == 2


def test_the_verifier_reads_as_python_of_years_ago() -> None:
    source = Path(handover_verifier.__file__).read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    names = {alias.name for node in named for alias in node.names}
    assert names <= sys.stdlib_module_names
    assert "from undersight" not in source


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda it: (it / "data/handover.json").write_bytes(b"{"), "is damaged"),
        (lambda it: (it / "data/handover.json").unlink(), "handover.json is missing"),
        (lambda it: (it / "data/handover.json").write_bytes(b"{}"), "lacks something"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(
    package: Path, damage: Callable[[Path], object], said: str
) -> None:
    damage(package)
    told = " ".join(sentence for _, _, sentence in Checker(package).run().lines)
    assert said in told
    assert "Error" not in told


def test_another_key_than_expected_is_told(package: Path) -> None:
    own = (package / "allowed_signers").read_text("ascii").split(" ", 2)[2].strip()
    assert codes(package, expected_key=own) == set()
    assert codes(package, expected_key="ssh-ed25519 AAAA") == {"another-key"}
    line = (package / "allowed_signers").read_text("ascii")
    assert codes(package, expected_key=line) == set()


def test_what_is_no_key_is_refused_and_not_called_a_forgery(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([str(package), "--key", "key-j3ktumxkomp46pl6"])
    assert "ssh-ed25519" in capsys.readouterr().err


def test_missing_programs_are_told_and_nothing_is_taken_for_a_yes(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    report = Checker(package).run()
    assert report.code() == 2
    assert {code for grade, code, _ in report.lines if grade == "NOT CHECKED"} == {
        "no-ssh-keygen",
        "no-openssl",
    }
    assert "custody" not in {code for _, code, _ in report.lines}


@pytest.mark.long
def test_with_every_entry_in_between_the_chain_is_whole(
    workspace: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "out" / "case.zip"
    hand_over(workspace, [digest_bytes(b"one")], out, HandoverOptions(is_custody_whole=True))
    report = Checker(unpacked(out)).run()
    assert report.code() == 0
    told = {code: sentence for _, code, sentence in report.lines}
    assert "are chained up to a signed seal" in told["custody"]
    extract = json.loads((out.parent / "case/data/custody/extract.json").read_bytes())
    assert digest_bytes(SECRET) in {entry["object"] for entry in extract["entries"]}


@pytest.mark.long
def test_an_unsealed_object_and_an_unstamped_seal_are_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    digest = incidents.seal_text(workspace, "not sealed yet", reason="test")
    made = hand_over(workspace, [digest], tmp_path / "a.zip", HandoverOptions())
    assert made.unsealed == (digest,)
    sealing.seal_pending(workspace)
    assert not hand_over(workspace, [digest], tmp_path / "b.zip", HandoverOptions()).unsealed
    report = Checker(unpacked(tmp_path / "b.zip")).run()
    assert report.code() == 2
    assert "unstamped" in {code for _, code, _ in report.lines}


def test_a_redacted_copy_goes_in_place_of_its_original(
    workspace: Workspace, tmp_path: Path
) -> None:
    original = incidents.seal_text(workspace, "Held: Tarvin Oskelde, Sarnak", reason="test")
    other = incidents.seal_text(workspace, "has no copy", reason="test")
    request = redaction.read_request(("Oskelde", "Tarvin"), (), ())
    copy = redaction.redact(workspace, original, request).copy
    sealed = sealing.seal_pending(workspace).seal
    assert sealed is not None
    options = HandoverOptions(audience="public")
    made = hand_over(workspace, [sealed.seal_id], tmp_path / "public.zip", options)
    folder = unpacked(tmp_path / "public.zip")
    assert [path.name for path in (folder / "data/objects").iterdir()] == [f"{copy[:20]}.txt"]
    assert made.n_withheld
    assert codes(folder) == set()
    for path in (path for path in folder.rglob("*") if path.is_file()):
        assert b"Oskelde" not in path.read_bytes()
        assert original.encode() not in path.read_bytes()
    record = first(folder, "redactions/*")
    found = json.loads(record.read_bytes())
    record.write_bytes(handover_verifier.canonical({**found, "copy": "00" * 32}))
    relist(folder)
    assert "swapped-record" in codes(folder)
    named = hand_over(workspace, [other[:12] + "…"], tmp_path / "named.zip", options)
    assert (named.n_objects, named.n_withheld) == (1, 0)


def test_each_file_has_an_ending_that_its_reader_can_open(
    workspace: Workspace, tmp_path: Path
) -> None:
    digests = []
    for name, data in {
        "minutes.docx": b"PK\x03\x04 a letter",
        "list.csv": b"day,followers\n",
        "run.exe": b"MZ\x00\xff\xfe",
        "order.PDF": b"%PDF-1.7 plain words",
    }.items():
        (tmp_path / name).write_bytes(data)
        sealing.seal_files(workspace, (tmp_path / name,), sealing.SealOptions())
        digests.append(digest_bytes(data))
    hand_over(workspace, digests, tmp_path / "all.zip", HandoverOptions())
    names = {path.name for path in (unpacked(tmp_path / "all.zip") / "data/objects").iterdir()}
    endings = (".docx", ".csv", ".bin", ".pdf")
    assert names == {f"{digest[:20]}{end}" for digest, end in zip(digests, endings, strict=True)}


def test_archives_of_deposits_and_openings_go_along_only_when_named(
    workspace: Workspace, tmp_path: Path
) -> None:
    archive = tmp_path / "archive.zip"
    archive.write_bytes(page_archive(dt.date(2031, 5, 2), is_after=False))
    page = tmp_path / "page.html"
    page.write_bytes(b"<!doctype html>")
    left = deposits.deposit_files_of(workspace, "Third Bank", (archive, page))
    imported = page_archive(dt.date(2031, 5, 3), is_after=True)
    workspace.vault.put(io.BytesIO(imported), reason="import", actor=workspace.staff.staff_id)
    original = incidents.seal_text(workspace, "Held: Tarvin Oskelde, Sarnak", reason="test")
    request = redaction.read_request(("Oskelde", "Tarvin"), (), ())
    made = redaction.redact(workspace, original, request)
    since = HandoverOptions(since=dt.date(2031, 5, 2), is_redacted=True)
    hand_over(workspace, [left.seal_id], tmp_path / "all.zip", since)
    digest, deposit = digest_bytes(archive.read_bytes()), left.deposit
    with zipfile.ZipFile(tmp_path / "all.zip") as file:
        names = "".join(file.namelist())
        packed = b"".join(map(file.read, file.namelist()))
    assert digest_bytes(page.read_bytes())[:20] in names
    secrets = (digest, digest_bytes(imported), deposit.record, made.opening, original)
    for secret in secrets:
        assert secret[:20] not in names
    assert PHONE.encode() not in packed
    named = hand_over(workspace, [digest], tmp_path / "named.zip", HandoverOptions())
    assert named.n_objects == 1


def test_entries_go_along_as_the_audience_may_see_them(
    workspace: Workspace, tmp_path: Path
) -> None:
    evidence = incidents.seal_text(workspace, "what he wrote", reason="test")
    document = {
        "title": "Questioned over a post", "evidence": [evidence],
        "acts": [{"act_type": "questioning", "start": "2031-05-01", "people": [
            {"name": "Tarvin Oskelde", "role": "victim"}]}],
    }  # fmt: skip
    entry = incidents.add(workspace, document, why="test").incident_id
    with pytest.raises(NotVisibleError):
        hand_over(workspace, [entry], tmp_path / "a.zip", HandoverOptions())
    answer = publishing.Answer(verdict="no_risk", note="invented")
    (done,) = publishing.publish_together(
        workspace, (entry,), audience="partner", answers=lambda _finding: answer
    )
    made = hand_over(workspace, [done.public_id or entry], tmp_path / "b.zip", HandoverOptions())
    assert (made.n_entries, made.n_objects) == (1, 1)
    folder = unpacked(tmp_path / "b.zip")
    page = (folder / "data/index/index.ru.html").read_text("utf-8")
    assert "Questioned over a post" in page
    english = (folder / "data/index/index.en.html").read_text("utf-8")
    assert f"Evidence of {done.public_id or entry}" in english
    for path in (folder / "data/entries").iterdir():
        assert "Oskelde" not in path.read_text("utf-8")


def test_evidence_about_somebody_withdrawn_goes_along_only_when_named(
    workspace: Workspace, tmp_path: Path
) -> None:
    evidence = incidents.seal_text(workspace, "what Oskelde wrote", reason="test")
    document = {
        "title": "Questioned", "evidence": [evidence],
        "acts": [{"act_type": "questioning", "start": "2031-05-01", "people": [
            {"name": "Tarvin Oskelde", "role": "victim"}]}],
    }  # fmt: skip
    entry = incidents.add(workspace, document, why="test").incident_id
    inside = HandoverOptions(audience="internal")
    assert hand_over(workspace, [entry], tmp_path / "a.zip", inside).n_objects == 1
    (person,) = workspace.casebook.all("party")
    withdrawals.withdraw(workspace, person.record_id, why="asked")
    made = hand_over(workspace, [entry], tmp_path / "b.zip", inside)
    assert (made.n_objects, made.n_withheld) == (0, 1)
    assert hand_over(workspace, [entry, evidence], tmp_path / "c.zip", inside).n_objects == 1


def test_what_is_open_about_other_entries_stops_no_handover(
    workspace: Workspace, tmp_path: Path
) -> None:
    document = {
        "title": "Tarvin Oskelde questioned over a post",
        "acts": [{"act_type": "questioning", "start": "2031-05-01", "people": [
            {"name": "Tarvin Oskelde", "role": "victim"}]}],
    }  # fmt: skip
    entry = incidents.add(workspace, document, why="test").incident_id
    workspace.casebook.publish(entry, audience="partner", jurisdiction="QV", why="unasked")
    with pytest.raises(UnansweredHarmError):
        hand_over(workspace, [entry], tmp_path / "a.zip", HandoverOptions())
    made = hand_over(workspace, [digest_bytes(b"one")], tmp_path / "b.zip", HandoverOptions())
    assert (made.n_entries, made.n_objects) == (0, 1)


@pytest.mark.long
def test_a_finding_goes_along_masked(workspace: Workspace, tmp_path: Path) -> None:
    corpus = crowds.organic(1, n_accounts=50, n_pages=2, n_comments=350)
    crowds.plant_crew(corpus, 2, n_accounts=7, n_posts=10)
    for row in corpus.posts:
        row["text"] = "Thank you, @Crewname01 and Crewname02 Oskelde"
    loading.load(workspace, corpus)
    asked = detection.asked(["co-comment"], assignments=["co-comment.views=post"])
    detection.detect(workspace, asked)
    (finding,) = runs.read_run(workspace, runs.find_run(workspace)).findings
    out = tmp_path / "finding.zip"
    made = hand_over(workspace, [finding.finding_id], out, HandoverOptions())
    assert (made.n_findings, made.n_objects) == (1, 0)
    folder = unpacked(out)
    for lang in ("az", "ru", "tr"):
        page = (folder / f"data/index/index.{lang}.html").read_text("utf-8")
        assert f"{finding.finding_id}: " in page
        assert "Acts on the same things" not in page
    text = (folder / f"data/findings/{finding.finding_id}.json").read_text("utf-8")
    assert not [account for account in finding.accounts if account in text]
    assert "rewname" not in text
    assert Checker(folder).run().code() == 0


def test_what_cannot_be_handed_over_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(EmptyHandoverError):
        hand_over(workspace, [], tmp_path / "a.zip", HandoverOptions())
    for word in ("QV-2031-0009", "f-0011223344556677", "seal-000099", "00" * 32):
        with pytest.raises(UnknownSelectionError):
            hand_over(workspace, [word], tmp_path / "a.zip", HandoverOptions())
    since = HandoverOptions(since=dt.date(2031, 5, 3))
    with pytest.raises(EmptyHandoverError):
        hand_over(workspace, [], tmp_path / "a.zip", since)
    assert not (tmp_path / "a.zip").exists()
    whole = hand_over(
        workspace, [], tmp_path / "a.zip", HandoverOptions(since=dt.date(2031, 5, 2))
    )
    assert whole.n_objects >= 4
    assert Digest(whole.manifest) in workspace.vault.digests()
