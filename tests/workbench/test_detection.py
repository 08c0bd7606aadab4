"""A run from the corpus to what is shown: stored whole, the same each time, nobody named."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.detectors import crowds, loading
from tests.vault.sample import new_keyring
from tests.workbench.conftest import NOON, copy_of
from undersight.errors import (
    EmptyCorpusError,
    InvalidParameterError,
    RunDamagedError,
    UnknownDetectorError,
    UnknownFindingError,
    UnknownParameterError,
    UnknownRunError,
    UnreadableAssignmentError,
    WindowBelowResolutionError,
)
from undersight.settings import Profile
from undersight.vault.passphrase import Argon2Cost
from undersight.vault.staff import create_staff
from undersight.workbench import detection, findings, judgements, runs, sharing
from undersight.workbench.session import Workspace

PASSPHRASE = "seven words that nobody would ever guess"
CHEAP = Argon2Cost(iterations=1, memory_kib=64, lanes=1)


def a_crowd(*, kind: str = "page", resolution_s: int = 1) -> crowds.Corpus:
    """People with habits, and a crew of seven among them."""
    corpus = crowds.organic(1, n_accounts=50, n_pages=2, n_comments=350)
    crowds.plant_crew(corpus, 2, n_accounts=7, n_posts=10, kind=kind)
    for row in corpus.posts:
        row["resolution_us"] = resolution_s * crowds.S
        row["text"] = "Thank you, @Crewname01 and Crewname02 Oskelde"
    return corpus


def co_comment() -> Any:
    return detection.asked(["co-comment"], assignments=["co-comment.views=post"])


@pytest.fixture(scope="session")
def with_a_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a plain workspace with one run."""
    ticks = itertools.count(NOON, 1_000_000)
    folder = tmp_path_factory.mktemp("ran") / "log"
    profile = Profile(title="Qaravel log", jurisdiction="QV")
    with Workspace.create(folder, profile, passphrase=None, clock=lambda: next(ticks)) as made:
        loading.load(made, a_crowd())
        detection.detect(made, co_comment())
    return folder


@pytest.fixture
def ran(with_a_run: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A plain workspace with one run, as each test leaves it to itself."""
    ticks = itertools.count(NOON + 3_600_000_000, 1_000_000)
    with copy_of(with_a_run, tmp_path / "ran", lambda: next(ticks)) as opened:
        yield opened


def run_files(workspace: Workspace, run_id: str) -> dict[str, bytes]:
    folder = workspace.layout.runs / run_id
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_look_says_how_far_it_is_and_stopping_there_stores_nothing(ran: Workspace) -> None:
    told: list[str] = []
    before = [one.name for one in ran.layout.runs.iterdir()]
    detection.make_run(ran, co_comment(), progress=told.append)
    for word in ("pairs done", "tests done", "looking for groups among"):
        assert any(word in line for line in told), word

    def stop(line: str) -> None:
        if "tests" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        detection.detect(ran, co_comment(), progress=stop)
    assert [one.name for one in ran.layout.runs.iterdir()] == before


def test_a_crew_is_found_and_the_run_is_stored_whole(ran: Workspace) -> None:
    run_id = runs.find_run(ran)
    stored = runs.read_run(ran, run_id)
    (finding,) = stored.findings
    assert finding.verdict == "co-timed"
    assert len(finding.accounts) == 7
    assert all("crew" in account for account in finding.accounts)
    assert 0.5 < finding.score <= 1
    assert finding.effect.low is not None
    assert finding.effect.low < finding.effect.value < (finding.effect.high or 0)
    assert finding.n["posts"] == len(finding.posts) == len(set(finding.posts))
    assert stored.run.corpus_digest == ran.corpus.digest() == finding.corpus_digest
    assert set(run_files(ran, run_id)) == {
        "run.json", "findings.json", "edges.parquet", "timing.json",
    }  # fmt: skip
    edges = runs.read_edges(ran, run_id)
    assert {"detector", "view", "window_us", "account_a", "p_presence"} <= set(edges.column_names)


def test_a_finding_says_why_by_which_posts_and_what_else_fits(ran: Workspace) -> None:
    (finding,) = runs.read_run(ran, runs.find_run(ran)).findings
    codes = {reason.code for reason in finding.reasons}
    assert {"shared-objects", "closeness", "who-led", "share-of-actions", "days"} <= codes
    shared = next(one for one in finding.reasons if one.code == "shared-objects")
    assert 0 < len(shared.pairs) <= 20
    assert {check.code for check in finding.benign} == {
        "one-feed", "syndication", "newsroom-staff", "fan-tag", "breaking-news", "notification",
        "solidarity-campaign", "public-employees", "declared-bots", "media",
    }  # fmt: skip
    assert finding.blind_spots


@pytest.mark.long
def test_the_same_corpus_and_parameters_give_the_same_bytes(ran: Workspace) -> None:
    first = runs.find_run(ran)
    again = detection.detect(ran, co_comment())["run_id"]
    assert again != first
    assert again.split("-")[1] == first.split("-")[1]
    before, after = run_files(ran, first), run_files(ran, again)
    for name in ("run.json", "findings.json", "edges.parquet"):
        assert before[name] == after[name], name
    assert runs.read_timing(ran, again)["n_earlier_runs"] == 1
    assert [line["n_earlier_runs"] for line in findings.list_runs(ran)] == [1, 0]


def test_other_parameters_are_another_run(ran: Workspace) -> None:
    digest = runs.run_digest("0" * 64, ())
    assert digest != runs.run_digest("1" * 64, ())
    wider = detection.asked(["co-comment"], [600_000_000])
    narrow = detection.asked(["co-comment"])
    used = [tuple(detection._used(one) for one in some) for some in (wider, narrow)]
    assert runs.run_digest("0" * 64, used[0]) != runs.run_digest("0" * 64, used[1])


@pytest.mark.long
def test_trying_more_windows_leaves_the_finding_its_id(ran: Workspace) -> None:
    with ran.corpus.connection() as connection:
        done = detection.run_detectors(
            connection,
            detection.asked(
                ["co-comment"], [60_000_000, 120_000_000, 600_000_000], ["views=post"]
            ),
            corpus_digest=ran.corpus.digest(),
        )
    stored = runs.read_run(ran, runs.find_run(ran))
    assert {one.finding_id for one in done.findings} == {one.finding_id for one in stored.findings}
    assert done.findings[0].windows_us == (60_000_000, 120_000_000, 600_000_000)
    assert done.findings[0].q > stored.findings[0].q, "what was tried more counts against it"


# --- nobody is named -------------------------------------------------------------------------


def identifying(workspace: Workspace) -> set[str]:
    """Every id, name and handle of a person in the run's findings, and ids of their posts."""
    (finding,) = runs.read_run(workspace, runs.find_run(workspace)).findings
    names = {f"Crewname{number:02d} Oskelde" for number in range(7)} | {"Crewname01", "Crewname02"}
    return {*finding.accounts, *finding.posts, *names} | {
        account.partition(":")[2] for account in finding.accounts
    }


def test_what_is_shown_holds_no_id_name_or_handle(ran: Workspace) -> None:
    shown = json.dumps(findings.present(ran), ensure_ascii=False)
    assert [word for word in sorted(identifying(ran)) if word in shown] == []
    assert "page 1" in shown
    assert "Thank you" in shown


def test_labels_are_the_same_in_one_run_and_say_nothing_of_ids(ran: Workspace) -> None:
    first, second = findings.present(ran), findings.present(ran)
    assert first == second
    (finding,) = runs.read_run(ran, runs.find_run(ran)).findings
    stored = runs.read_run(ran, runs.find_run(ran))
    masks = findings.sources_of(ran, stored).masks
    by_label = sorted(finding.accounts, key=lambda one: masks.labels[one][1])
    assert by_label != sorted(finding.accounts)


def test_pages_are_named_after_two_people_and_not_before(ran: Workspace, tmp_path: Path) -> None:
    (finding,) = runs.read_run(ran, runs.find_run(ran)).findings
    opinion = judgements.Opinion(verdict="stands", note="read", is_unmasking_pages=True)
    for _ in range(2):
        done = judgements.judge(ran, finding.finding_id[:8], opinion)
        assert done["n_agreed_to_unmask_pages"] == 1, "one person twice is one person"
    assert "name" not in findings.present(ran)["findings"][0]["accounts"][0]
    (tmp_path / "ben").mkdir()
    ben = create_staff(new_keyring(tmp_path / "ben", is_plain=True)).public
    sharing.add_colleague(ran, ben.line())
    _judge_as(ran, ben.staff_id, finding.finding_id, "does_not_stand")
    assert not judgements.may_unmask_pages(ran, finding.finding_id)
    _judge_as(ran, ben.staff_id, finding.finding_id, "stands")
    assert judgements.may_unmask_pages(ran, finding.finding_id)
    named = findings.present(ran)["findings"][0]["accounts"]
    assert {one["name"] for one in named} == {f"Crewname{n:02d} Oskelde" for n in range(7)}


def _judge_as(workspace: Workspace, staff_id: str, finding_id: str, verdict: str) -> None:
    """Write a judgement as a colleague's bundle would bring it."""
    from undersight.casebook import Casebook
    from undersight.vault.keyring import KeyPurpose

    workspace.casebook.close()
    with Casebook.open(
        workspace.layout.casebook,
        record_wrapping_key=workspace.keyring.subkey(KeyPurpose.RECORD_KEYS),
        author=staff_id,
        clock=workspace._clock,
    ) as theirs:
        theirs.create("judgement", finding=finding_id, run_digest="0" * 64, verdict=verdict,
                      is_unmasking_pages=True)  # fmt: skip
    workspace.__dict__.pop("casebook")


@pytest.mark.long
def test_profiles_stay_masked_whatever_two_people_say(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "log", Profile(), passphrase=None) as workspace:
        loading.load(workspace, a_crowd(kind="profile"))
        detection.detect(workspace, co_comment())
        (finding,) = runs.read_run(workspace, runs.find_run(workspace)).findings
        for staff_id in ("staff-one", "staff-two"):
            _judge_as(workspace, staff_id, finding.finding_id, "stands")
        assert judgements.may_unmask_pages(workspace, finding.finding_id)
        shown = findings.present(workspace)["findings"][0]
        assert {one["label"].split()[0] for one in shown["accounts"]} == {"profile"}
        assert all("name" not in one for one in shown["accounts"])
        assert "Crewname" not in json.dumps(shown)


@pytest.mark.long
def test_an_encrypted_workspace_keeps_its_runs_encrypted(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "log", Profile(), passphrase=PASSPHRASE, cost=CHEAP) as made:
        loading.load(made, a_crowd())
        detection.detect(made, co_comment())
        run_id = runs.find_run(made)
        (finding,) = runs.read_run(made, run_id).findings
        files = run_files(made, run_id)
        clear = [*finding.accounts, "co-comment", "finding_id", "PAR1"]
        assert [w for w in clear for raw in files.values() if w.encode() in raw] == []
        assert findings.present(made)["findings"]
        assert runs.read_edges(made, run_id).num_rows
        folder = made.layout.runs / run_id
        (folder / "findings.json").write_bytes(files["edges.parquet"])
        with pytest.raises(RunDamagedError):
            runs.read_run(made, run_id)


# --- what cannot be looked at ----------------------------------------------------------------


@pytest.mark.long
def test_windows_finer_than_the_times_are_refused(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "log", Profile(), passphrase=None) as workspace:
        loading.load(workspace, a_crowd(resolution_s=60))
        with pytest.raises(WindowBelowResolutionError) as refused:
            detection.detect(workspace, detection.asked(["co-comment"], [10_000_000]))
        assert (refused.value.window_s, refused.value.resolution_s) == (10, 60)
        assert runs.run_ids(workspace) == ()
        done = detection.detect(workspace, detection.asked(["co-comment"], [60_000_000]))
        assert done["caveats"] == [detection.MINUTES_ONLY]


@pytest.mark.parametrize(("unit_us", "said"), [
    (None, "2031-01-01T10:20:00Z"), (1_000_000, "2031-01-01T10:20:00Z"),
    (60_000_000, "2031-01-01T10:20Z"), (86_400_000_000, "2031-01-01"),
])  # fmt: skip
def test_a_moment_is_told_no_finer_than_it_was_given(unit_us: int | None, said: str) -> None:
    us = 1_925_029_200_000_000
    assert findings.moment_words(us, unit_us) == said


@pytest.mark.parametrize(("seconds", "said"), [
    (86_400, "--window 1d"), (7200, "--window 2h"), (60, "--window 1m"), (0.5, "--window 0.5s"),
])  # fmt: skip
def test_the_least_window_is_said_as_it_is_given(seconds: float, said: str) -> None:
    assert said in WindowBelowResolutionError(0.001, seconds).hint


def test_a_run_over_posts_without_times_says_so(workspace: Workspace) -> None:
    corpus = crowds.Corpus()
    for n in range(6):
        corpus.post(f"a{n}", None, text="hi")
    loading.load(workspace, corpus)
    done = detection.detect(workspace, co_comment())
    assert "6 posts have no time." in done["caveats"]


def test_an_empty_corpus_is_said_to_be_empty(workspace: Workspace) -> None:
    with pytest.raises(EmptyCorpusError):
        detection.detect(workspace, detection.asked())


def test_a_killed_run_counts_for_nothing_and_is_cleared(
    ran: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = runs.run_ids(ran)
    written = runs._write

    def killed(workspace: Workspace, path: Path, content: bytes) -> None:
        if path.name == runs.RUN_NAME:
            raise KeyboardInterrupt
        written(workspace, path, content)

    with monkeypatch.context() as patched:
        patched.setattr(runs, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            detection.detect(ran, co_comment())
    assert runs.run_ids(ran) == before
    assert runs.clear_unfinished(ran) == 1
    assert len(list(ran.layout.runs.iterdir())) == len(before)


def test_a_changed_run_is_noticed(ran: Workspace) -> None:
    run_id = runs.find_run(ran)
    path = ran.layout.runs / run_id / "findings.json"
    path.write_bytes(path.read_bytes().replace(b"co-timed", b"innocent"))
    with pytest.raises(RunDamagedError):
        runs.read_run(ran, run_id)
    path.unlink()
    with pytest.raises(RunDamagedError):
        runs.read_run(ran, run_id)
    (ran.layout.runs / run_id / "run.json").write_bytes(b"{}")
    with pytest.raises(RunDamagedError):
        runs.read_run(ran, run_id)
    (ran.layout.runs / run_id / "run.json").unlink()


@pytest.mark.long
def test_runs_and_findings_are_found_by_their_beginnings(ran: Workspace) -> None:
    latest = runs.run_ids(ran)[-1]
    assert runs.find_run(ran) == runs.find_run(ran, latest) == latest
    with pytest.raises(UnknownRunError):
        runs.find_run(ran, "1999")
    detection.detect(ran, co_comment())
    with pytest.raises(UnknownRunError, match="several"):
        runs.find_run(ran, "2")
    with pytest.raises(UnknownFindingError):
        judgements.find_finding(ran, "f-0000000000000000")
    with pytest.raises(UnknownFindingError):
        judgements.find_finding(ran, "f")


@pytest.mark.parametrize(
    ("names", "words", "error"),
    [
        (["co-dance"], [], UnknownDetectorError),
        (["co-text"], ["co-share.min_accounts=8"], UnknownDetectorError),
        ([], ["co-share.speed=8"], UnknownParameterError),
        ([], ["speed=8"], UnknownParameterError),
        ([], ["co-share.min_accounts=4"], InvalidParameterError),
        ([], ["co-share.min_accounts=5.5"], InvalidParameterError),
        ([], ["co-share.min_accounts=many"], InvalidParameterError),
        ([], ["co-share.views=hashtag"], InvalidParameterError),
        ([], ["co-share.window_s="], InvalidParameterError),
        ([], ["co-share"], UnreadableAssignmentError),
        ([], [".=3"], UnreadableAssignmentError),
    ],
)
def test_wrong_words_are_refused(names: list[str], words: list[str], error: type) -> None:
    with pytest.raises(error):
        detection.asked(names, assignments=words)


def test_a_parameter_without_a_detector_is_for_all_that_have_it() -> None:
    several = detection.asked((), [30_000_000], ["min_accounts=8", "min_length=40"])
    assert [one.min_accounts for one in several] == [8, 8, 8, 8]
    assert {one.window_s for one in several} == {(30.0,)}
    assert [one.parameters.get("min_length") for one in several] == [None, 40, None, 40]
