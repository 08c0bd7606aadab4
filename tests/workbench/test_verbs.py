"""What Python programs do with a workspace is what the commands do."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

import undersight
from tests.cli.conftest import CHEAP, Run, empty_log, log, program, states  # noqa: F401 - fixtures
from undersight.errors import (
    AnswerNeededError,
    EmptyCorpusError,
    EmptyEntryError,
    EmptySealError,
    FileUnreadableError,
    InputError,
    InvalidValueError,
    NothingBroughtInError,
    NotOpenForWritingError,
    PassphraseNeededError,
    RecordRefusedError,
    UndersightError,
    UnknownColleagueError,
    UnknownIncidentError,
    WorkspaceBusyError,
)
from undersight.model.records import Act, Party, Update
from undersight.settings import Profile
from undersight.workbench import accounts, imports, session, verbs
from undersight.workbench.parties import Differing
from undersight.workbench.verbs import Workspace

NAME = "Tarvin Oskelde"
ENTRY: dict[str, Any] = {
    "title": "Questioned over a post",
    "acts": [
        {
            "act_type": "questioning",
            "start": dt.date(2031, 5, 2),
            "people": [{"name": NAME, "role": "victim"}],
        }
    ],
    "sources": [{"publisher": {"name": "Sarnak Press", "party_kind": "outlet"}}],
}
POSTS = (
    "post_id,account_id,account_name,platform,time,text,parent_id\n"
    "1,pg,Sarnak Page,facebook,2031-05-02T10:00:00Z,Hello #sarnak,\n"
    "2,u2,Tarvin Oskelde,facebook,2031-05-02T10:01:00Z,No,1\n"
    "3,u3,Mila Velkora,facebook,2031-05-09T10:01:00Z,Yes,1\n"
)
CASES = "date,victim,act\n2031-05-02,Tarvin Oskelde,questioning\n2031-05-03,Mila Velkora,arrest\n"
TEXT = "On 2 May 2031 the police questioned Tarvin Oskelde in Sarnak over a post."
READING: dict[str, tuple[Any, ...]] = {
    "entries": (),
    "show": ("QV-2031-0001",),
    "search": ("oskelde",),
    "draft": (TEXT,),
    "board": (),
    "history": ("QV-2031-0001",),
    "incident_history": ("QV-2031-0001",),
    "conflicts": (),
    "runs": (),
    "findings": (),
    "verify": (),
}
WRITING: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "add": ((ENTRY,), {}),
    "add_all": (([ENTRY],), {}),
    "update": (("QV-2031-0001", "News"), {}),
    "edit": (("QV-2031-0001", {"verification": "confirmed"}), {"why": "court record"}),
    "import_": (("comments.csv",), {}),
    "take_back": (("comments.csv",), {}),
    "corpus_undo": (("3f9c01a2b4de",), {}),
    "detect": ((), {}),
    "undo": (("0190b5c2",), {}),
    "withdraw": (("0190b5c2",), {"why": "asked", "is_sure": True}),
    "seal": (("page.html",), {}),
    "export": (("csv", "out"), {}),
    "report_site": (("out",), {}),
    "share": (("out",), {}),
    "merge": ((b"",), {}),
}


@pytest.fixture
def writer(log: Path) -> Iterator[Workspace]:  # noqa: F811
    with Workspace.open(log, is_writing=True) as opened:
        yield opened


@pytest.fixture
def twin(log: Path, tmp_path: Path) -> Path:  # noqa: F811
    """A copy of the empty workspace, for the command to do the same in."""
    return Path(shutil.copytree(log, tmp_path / "twin"))


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


# --- who may write ---------------------------------------------------------------------------


def test_the_package_s_workspace_has_the_verbs() -> None:
    assert undersight.Workspace is Workspace


def test_every_verb_is_known_to_read_or_to_write() -> None:
    own = {
        name
        for part in Workspace.__mro__[: Workspace.__mro__.index(session.Workspace)]
        for name in vars(part)
        if not name.startswith("_")
    }
    assert own == READING.keys() | WRITING.keys()
    assert not own & {name for name in dir(session.Workspace) if not name.startswith("_")}


def test_no_verb_writes_where_the_workspace_is_open_for_reading(log: Path) -> None:  # noqa: F811
    with Workspace.open(log) as reader:
        before = states(log)
        for name, (words, options) in WRITING.items():
            with pytest.raises(NotOpenForWritingError) as refused:
                getattr(reader, name)(*words, **options)
            assert str(refused.value).startswith(f"{name}() writes")
            assert "is_writing=True" in refused.value.hint
        assert states(log) == before


def test_no_verb_writes_after_the_workspace_was_closed(log: Path) -> None:  # noqa: F811
    with Workspace.open(log, is_writing=True) as opened:
        assert opened.is_writing
    for name, (words, options) in WRITING.items():
        with pytest.raises(NotOpenForWritingError):
            getattr(opened, name)(*words, **options)


def test_one_writes_at_a_time_and_the_others_are_told_who(
    writer: Workspace,
    program: Run,  # noqa: F811
) -> None:
    with pytest.raises(WorkspaceBusyError, match="a Python program"):
        Workspace.open(writer.layout.root, is_writing=True)
    assert "a Python program" in program("undo", "0190b5c2").err
    with Workspace.open(writer.layout.root) as reader:
        assert reader.board().board.day == reader.today


# --- entries ---------------------------------------------------------------------------------


def test_an_entry_is_added_updated_shown_and_found_as_by_commands(
    writer: Workspace,
    program: Run,  # noqa: F811
) -> None:
    entered = writer.add(ENTRY)
    appended = writer.update(entered.incident_id, "Released.", kind="status_change")
    assert (entered.n_records, appended.number) == (6, 1)
    wanted = {"act_type": "questioning", "year": ["2031"]}
    found = writer.search("Оскелде", facets=wanted, kinds=["incident"])
    assert found["total"] == 1
    named = entered.incident_id
    for verb, command in (
        ({"records": writer.show(named).records}, ("incident", "show", named)),
        (found, ("search", "Оскелде", "--facet", "act_type=questioning", "--facet", "year=2031",
                 "--kind", "incident")),
        (writer.board(n_days_ahead=9).to_json(), ("board", "--ahead", "9")),
        (writer.history(named), ("history", named)),
        (writer.incident_history(named), ("incident", "history", named)),
        (writer.conflicts(), ("history", "--conflicts")),
    ):  # fmt: skip
        assert program(*command, "--json").json == verb, command
    assert "2 May 2031" in writer.show(named).text.replace("\u00a0", " ")


def test_an_update_says_by_itself_what_it_is(writer: Workspace) -> None:
    named = writer.add(ENTRY).incident_id
    writer.update(named, "Released.")
    writer.update(named, "The ministry denies it.", denial_by="Ministry of Order")
    made = sorted(
        (one.update_kind, one.published.edtf if one.published else "")
        for one in writer.casebook.all("update")
        if isinstance(one, Update)
    )
    assert made == [(kind, writer.today.isoformat()) for kind in ("denial_added", "new_fact")]
    with pytest.raises(InvalidValueError, match="note"):
        writer.update(named, " ")
    with pytest.raises(TypeError, match="kinds"):
        writer.update(named, "Freed.", kinds="new_fact")


def test_what_is_no_entry_is_refused_and_several_go_in_together_or_not_at_all(
    writer: Workspace,
) -> None:
    for wrong in ("a text", [ENTRY], {"titel": "Questioned"}, {"acts": 3}):
        with pytest.raises(InputError):
            writer.add(wrong)  # type: ignore[arg-type]
    wrong_day = {**ENTRY, "acts": [{"act_type": "questioning", "start": "2031-02-30"}]}
    with pytest.raises(RecordRefusedError, match="document 2"):
        writer.add_all([ENTRY, wrong_day])
    assert not list(writer.casebook.all("incident"))
    both = writer.add_all(iter([ENTRY, ENTRY]))
    assert len({one.incident_id for one in both}) == 2
    assert [one.n_records for one in both] == [6, 5], "one outlet"
    assert writer.add_all([]) == ()


def test_whoever_carries_a_known_name_is_somebody_new_unless_chosen(writer: Workspace) -> None:
    first = writer.add(ENTRY)
    asked = []

    def choose(name: str, namesakes: tuple[Any, ...]) -> str:
        asked.append(name)
        return str(namesakes[0].party_id)

    chosen = writer.add(ENTRY, choose=choose)
    assert NAME in asked
    people = [
        one
        for one in writer.casebook.all("party")
        if isinstance(one, Party) and one.party_kind == "individual"
    ]
    assert len(people) == 1
    assert first.new_parties
    assert not set(chosen.new_parties) & set(first.new_parties)
    writer.add(ENTRY)
    assert len([p for p in writer.casebook.all("party") if getattr(p, "names", ())]) > 1


def test_a_day_is_a_date_and_a_number_is_within_its_bounds(writer: Workspace) -> None:
    named = writer.add(ENTRY).incident_id
    assert writer.show(named, as_of=writer.today).records == writer.show(named).records
    noon = dt.datetime(2031, 5, 2, 12, tzinfo=dt.UTC)
    wrong: tuple[Callable[[], object], ...] = (
        lambda: writer.show(named, as_of=noon),
        lambda: writer.show(named, as_of="2031-05-02"),  # type: ignore[arg-type]
        lambda: writer.board(noon),
        lambda: writer.board(n_days_ahead=-1),
        lambda: writer.search("x", limit=0),
        lambda: writer.search("x", limit=1001),
    )
    for ask in wrong:
        with pytest.raises(InvalidValueError):
            ask()
    with pytest.raises(UnknownIncidentError):
        writer.show("QV-2031-0099")


def test_entries_are_listed_the_newest_first(writer: Workspace) -> None:
    first = writer.add(ENTRY).incident_id
    writer.add({**ENTRY, "title": "Beaten", "acts": [{"act_type": "assault", "start": "2031-06"}]})
    lines, n_found = writer.entries()
    assert [line.title for line in lines] == ["Beaten", "Questioned over a post"]
    assert n_found == 2
    lines, n_found = writer.entries(act="questioning")
    assert [line.incident_id for line in lines] == [first]
    lines, n_found = writer.entries(part=(1, 1))
    assert (len(lines), n_found) == (1, 2)
    with pytest.raises(InputError):
        writer.entries(act="questionning")


def test_a_field_is_corrected_and_the_old_value_stays(writer: Workspace) -> None:
    entered = writer.add(ENTRY)
    done = writer.edit(entered.incident_id, {"title": "Summoned"}, why="court record")
    assert done.title == {"en": "Summoned"}
    (act,) = (one for one in writer.casebook.family(entered.incident_id) if is_act(writer, one))
    for day in (dt.date(2031, 5, 4), "4 May 2031", "2031-05-04"):
        writer.edit(act, {"start": dt.date(2031, 5, 2)}, why="back")
        changed = writer.edit(act, {"start": day}, why="the summons")
        assert isinstance(changed, Act)
        assert changed.start is not None
        assert changed.start.edtf == "2031-05-04"
    assert "court record" in [line["why"] for line in writer.history(entered.incident_id)]
    with pytest.raises(InputError, match="titel"):
        writer.edit(entered.incident_id, {"titel": "Summoned"}, why="slip")


def is_act(workspace: Workspace, record_id: str) -> bool:
    return isinstance(workspace.casebook.get(record_id), Act)


@pytest.mark.parametrize("said", [{}, {"title": "", "acts": []}, {"lang": "en"}])
def test_an_entry_that_says_nothing_is_refused(writer: Workspace, said: dict[str, Any]) -> None:
    with pytest.raises(EmptyEntryError):
        writer.add(said)
    with pytest.raises(RecordRefusedError, match="document 2: The entry says nothing yet"):
        writer.add_all([ENTRY, said])
    assert writer.entries() == ([], 0)


def test_a_file_of_cases_is_taken_back(
    writer: Workspace,
    file: Callable[[str, str], Path],
) -> None:
    table = file("cases.csv", CASES)
    writer.import_(table)
    assert writer.entries()[1] == 2
    done = writer.take_back(table, why="the wrong table")
    assert (done.n_entries, done.n_kept, writer.entries()[1]) == (2, 0, 0)
    with pytest.raises(NothingBroughtInError):
        writer.take_back(table)
    with pytest.raises(FileUnreadableError):
        writer.take_back(table.with_name("gone.csv"))


def test_posts_of_an_import_are_taken_out(
    writer: Workspace,
    file: Callable[[str, str], Path],
) -> None:
    done = writer.import_(file("comments.csv", POSTS), expires_after=dt.timedelta(days=9))
    gone = writer.corpus_undo(done["import"], why="wrong page")
    assert (gone.name, gone.n_records) == ("comments.csv", 3)
    with pytest.raises(UndersightError):
        writer.corpus_undo(done["import"])
    with pytest.raises(EmptyCorpusError):
        writer.detect("co-comment", windows_s=60)


@pytest.mark.long  # a language's rules are loaded
def test_a_draft_is_made_of_a_text_or_of_a_file(
    writer: Workspace,
    program: Run,  # noqa: F811
    file: Callable[[str, str], Path],
) -> None:
    path = file("log.txt", TEXT)
    day = dt.date(2031, 5, 5)
    proposal = writer.draft(path, context_date=day)
    command = ("incident", "draft", path, "--context-date", "2031-05-05", "--json")
    assert program(*command).json == proposal.draft.to_json()
    assert writer.draft(TEXT, context_date=day).draft == proposal.draft
    assert proposal.text == TEXT
    assert not list(writer.casebook.all("incident"))


def test_the_name_of_a_file_is_not_taken_for_a_text(
    writer: Workspace, file: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file("log.txt", TEXT)
    monkeypatch.chdir(path.parent)
    with pytest.raises(InvalidValueError, match="name of a file"):
        writer.draft("log.txt")
    with pytest.raises(FileUnreadableError):
        writer.draft(path.with_name("absent.txt"))


# --- changes taken back ----------------------------------------------------------------------


def test_a_change_is_taken_back(writer: Workspace) -> None:
    named = writer.add(ENTRY).incident_id
    writer.casebook.update(named, {"title": {"en": "Wrong"}}, "typed")
    change = writer.history(named)[-1]["change_id"]
    (made,) = writer.undo(change, why="wrong entry")
    assert writer.history(named)[-1]["change_id"] == made
    assert writer.show(named).records[0]["title"] == {"en": "Questioned over a post"}


def test_nobody_is_withdrawn_by_a_slip(writer: Workspace) -> None:
    writer.add(ENTRY)
    (person,) = (p["record_id"] for p in writer.search(NAME, kinds=["party"])["hits"])
    with pytest.raises(AnswerNeededError, match="Erase this person for good") as asked:
        writer.withdraw(person, why="asked to be taken out")
    assert "is_sure=True" in asked.value.hint
    assert writer.search(NAME)["total"] > 0
    done = writer.withdraw(person, why="asked to be taken out", is_sure=True)
    assert done["party_ids"] == [person]
    assert writer.search(NAME)["total"] == 0


# --- files in --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"), [("comments.csv", POSTS), ("cases.csv", CASES)], ids=["posts", "cases"]
)
def test_a_file_is_brought_in_as_by_the_command(
    writer: Workspace,
    program: Run,  # noqa: F811
    file: Callable[[str, str], Path],
    twin: Path,
    name: str,
    text: str,
) -> None:
    path = file(name, text)
    with Workspace.open(writer.layout.root) as reader:
        looked = reader.import_(path, dry_run=True)
    assert program("-w", twin, "import", path, "--dry-run", "--json").json == [looked]
    assert not writer.corpus.imports()
    done = writer.import_(str(path))
    assert done["stored"] == done["ready"] > 0
    assert program("-w", twin, "import", path, "--yes", "--json").json == [done]
    assert writer.import_(path)["stored"] == 0, "the same record enters once"


def test_what_is_said_of_a_file_is_believed(
    writer: Workspace,
    program: Run,  # noqa: F811
    file: Callable[[str, str], Path],
    twin: Path,
) -> None:
    cases = file("cases.csv", "Tag,Wer,Was\n03/04/2031,Tarvin Oskelde,Vorladung\n")
    done = writer.import_(
        cases,
        columns={"Tag": "date", "Wer": "victim", "Was": "act"},
        terms={("act", "Vorladung"): "questioning"},
        constants={"country": "QV"},
        is_day_first=True,
        lang="en",
    )
    command = ("import", cases, "--map", "Tag=date", "--map", "Wer=victim", "--map", "Was=act",
               "--term", "act:Vorladung=questioning", "--set", "country=QV", "--day-first",
               "--lang", "en", "--yes", "--json")  # fmt: skip
    assert program("-w", twin, *command).json == [done]
    (act,) = writer.casebook.all("act")
    assert isinstance(act, Act)
    assert act.start is not None
    assert (act.act_type, act.start.edtf) == ("questioning", "2031-04-03")

    copied = file("odd.csv", "wer,was\nTarvin Oskelde,No\n")
    said: dict[str, Any] = {
        "format_id": "posts-table",
        "columns": {"wer": "account_name", "was": "text"},
        "constants": {"kind": "comment"},
        "seen": dt.datetime(2031, 5, 2, 14),  # noqa: DTZ001 - UTC, as the command's
        "has_names": True,
        "target": "Page",
        "expires_after": dt.timedelta(days=90),
    }
    posts = writer.import_(copied, **said)
    assert posts["expires_us"] is not None
    assert posts["records"] == 1
    with pytest.raises(TypeError, match="kolumns"):
        writer.import_(copied, kolumns={})
    with pytest.raises(FileUnreadableError):
        writer.import_(copied.with_name("absent.csv"))


def test_what_a_table_says_otherwise_than_recorded_is_told(
    writer: Workspace,
    program: Run,  # noqa: F811
    file: Callable[[str, str], Path],
    twin: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    otherwise = Differing(party_id="0190b5c2", field="country", where="row 1")
    stored = imports.Stored(n_entries=2, differing=(otherwise,))
    monkeypatch.setattr(imports, "store_rows", lambda *_given, **_options: stored)
    cases = file("cases.csv", CASES)
    done = writer.import_(cases)
    assert done["differing"] == [asdict(otherwise)]
    ran = program("-w", twin, "import", cases, "--yes", "--json")
    assert ran.json == [done]
    assert "Left as recorded: country of 0190b5c2, said otherwise in row 1." in ran.err


def test_texts_need_a_person_or_are_stored_unread(
    writer: Workspace, file: Callable[[str, str], Path]
) -> None:
    path = file("log.txt", TEXT)
    with pytest.raises(AnswerNeededError) as asked:
        writer.import_(path)
    assert "is_text_only=True" in asked.value.hint
    assert not list(writer.casebook.all("incident"))
    assert writer.import_(path, is_text_only=True)["stored"] == 1
    assert not list(writer.casebook.all("act"))


def test_a_run_is_made_listed_and_read_as_by_commands(
    writer: Workspace,
    program: Run,  # noqa: F811
    file: Callable[[str, str], Path],
) -> None:
    with pytest.raises(UndersightError):
        writer.detect("co-share")
    writer.import_(file("comments.csv", POSTS))
    done = writer.detect("co-comment", windows_s=60, parameters={"co-comment.min_accounts": 6})
    assert {look["window_s"] for look in done["looks"]} == {60.0}
    assert program("runs", "--json").json == writer.runs()
    assert program("findings", "--json").json == writer.findings(done["run_id"])
    with pytest.raises(UndersightError, match="co-nothing"):
        writer.detect("co-nothing")


# --- evidence, and what leaves ---------------------------------------------------------------


def test_files_are_sealed_and_the_workspace_verified(
    writer: Workspace,
    program: Run,  # noqa: F811
    file: Callable[[str, str], Path],
) -> None:
    page = file("page.html", "<html>a post")
    sealed = writer.seal(page, page.with_name("absent.html"), note="before takedown")
    assert sealed.seal is not None
    assert [one.path.name for one in sealed.taken] == ["page.html"]
    assert len(sealed.refused) == 1
    told = writer.verify(is_deep=True)
    assert told["is_whole"]
    assert program("verify", "--deep", "--json").json == told
    with pytest.raises(EmptySealError):
        writer.seal()
    with pytest.raises(TypeError, match="notes"):
        writer.seal(page, notes="x")


def test_what_leaves_is_checked_written_and_noted(
    writer: Workspace,
    program: Run,  # noqa: F811
    tmp_path: Path,
    twin: Path,
) -> None:
    writer.add(ENTRY)
    with pytest.raises(InvalidValueError, match="audience"):
        writer.export("csv", tmp_path / "out", audience="everyone")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="audience"):
        writer.report_site(tmp_path / "out", audience="Public")  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()
    made = writer.export("jsonl", tmp_path / "all.jsonl", audience="internal")
    nothing = writer.export("jsonl", tmp_path / "open.jsonl")
    assert (made.n_records, nothing.n_records) == (6, 0)
    assert NAME not in (tmp_path / "open.jsonl").read_text("utf-8")
    site = writer.report_site(str(tmp_path / "site"))
    assert site.start.is_file()
    noted = [(one.address, one.what) for one in accounts.taken(writer)]
    assert noted[::-1] == [
        ("undersight.Workspace.export", "jsonl, internal"),
        ("undersight.Workspace.export", "jsonl, public"),
        ("undersight.Workspace.report_site", "site, public"),
    ]
    exported = tmp_path / "all.jsonl"
    with Workspace.open(twin, is_writing=True) as other:
        assert other.import_(exported, dry_run=True)["ready"] == 6
        assert other.import_(exported)["stored"] == 6
    assert program("-w", twin, "import", exported, "--json").json[0]["duplicates"] == 6


def test_a_colleague_s_changes_are_let_in(
    log: Path,  # noqa: F811
    program: Run,  # noqa: F811
    tmp_path: Path,
) -> None:
    other, bundle = tmp_path / "other", tmp_path / "bundle"
    assert program("init", other, "--plain", "--jurisdiction", "QV").code == 0
    lines = [program("-w", one, "staff", "show", "--json").json["line"] for one in (log, other)]
    assert program("-w", other, "staff", "add", lines[0]).code == 0
    with Workspace.open(log, is_writing=True) as mine:
        with pytest.raises(UnknownColleagueError):
            mine.share(bundle)
        assert not bundle.exists()
        assert not accounts.taken(mine)
    assert program("-w", log, "staff", "add", lines[1]).code == 0
    with Workspace.open(log, is_writing=True) as mine:
        mine.add(ENTRY)
        done = mine.share(bundle)
        assert accounts.taken(mine)[0].what == "bundle for colleagues"
    with Workspace.open(other, is_writing=True) as theirs:
        merged = theirs.merge(bundle.read_bytes())
        assert merged["applied"] == done["changes"] > 0
        assert theirs.search(NAME)["total"] > 0
    assert program("-w", other, "merge", bundle, "--json").json["known"] == done["changes"]


# --- encrypted -------------------------------------------------------------------------------


def test_the_verbs_work_in_an_encrypted_workspace(tmp_path: Path) -> None:
    root = tmp_path / "kept"
    profile = Profile(title="Log", jurisdiction="QV")
    with Workspace.create(root, profile, passphrase="seven lamps", cost=CHEAP) as made:
        named = made.add(ENTRY).incident_id
    with pytest.raises(PassphraseNeededError):
        Workspace.open(root)
    with Workspace.open(root, passphrase=lambda: "seven lamps", is_writing=True) as opened:
        opened.update(named, "Released.")
        (tmp_path / "comments.csv").write_text(POSTS, encoding="utf-8")
        assert opened.import_(tmp_path / "comments.csv")["stored"] == 3
        assert opened.verify(is_deep=True)["is_whole"]
    held = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    assert NAME.encode() not in held
    with Workspace.open(root, passphrase=lambda: "seven lamps") as reader:
        assert isinstance(reader, verbs.Workspace)
        assert [one["kind"] for one in reader.show(named).records].count("update") == 1
