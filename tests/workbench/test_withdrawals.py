"""Who is taken out is taken out of what lies beside the casebook, too; the rest is named."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from undersight.errors import InvalidDigestError, ObjectNotFoundError, UndersightError
from undersight.integrity.canary import canary_shapes, find_canary
from undersight.model.corpus_rows import ColumnChoice
from undersight.model.draft import DraftField
from undersight.model.parts import PersonName
from undersight.workbench import (
    bundles,
    draft_shelf,
    drafts,
    erasing,
    job_store,
    posts,
    sharing,
    traces,
    verifying,
    waiting_files,
    withdrawals,
)
from undersight.workbench.session import Workspace

NAME = "Velzar Quontisk"
TEXT = f"2 May 2031. Journalist {NAME} was detained in Sarnak. Quontisk denies it.\n"


def learned(value: str) -> DraftField:
    return DraftField(
        kind="person", value=value, start=0, end=len(value), confidence=1.0, rule="person"
    )


def person(workspace: Workspace) -> str:
    made = workspace.casebook.create(
        "party", party_kind="individual", names=(PersonName(value=NAME),)
    )
    return made.record_id


def shelved(workspace: Workspace) -> draft_shelf.Shelved:
    return draft_shelf.shelve(workspace, drafts.propose(TEXT.encode(), name="log.txt"))


def loaded(workspace: Workspace) -> None:
    table = (
        "id,account,name,time,text\n"
        f"1,a1,{NAME},2031-05-02T10:00:00Z,hello\n"
        f"2,a2,Other,2031-05-02T10:00:00Z,where is {NAME.upper()}?\n"
        "3,a3,Third,2031-05-02T10:00:00Z,nothing\n"
    )
    stream = io.BytesIO(table.encode())
    digest = waiting_files.hold(workspace, stream, "posts.csv")
    roles = {"id": "post_id", "account": "account_id", "name": "account_name", "time": "time",
             "text": "text"}  # fmt: skip
    options = posts.PostOptions(
        choice=ColumnChoice(roles=roles, platform="facebook"), has_names=True
    )
    importer = waiting_files.importer_named("posts-table")
    posts.import_sealed(workspace, digest, "posts.csv", importer, options)


def test_drafting_forgets_whoever_is_withdrawn(workspace: Workspace) -> None:
    party = person(workspace)
    drafts.learn(workspace, [learned(NAME), learned("Tarvin Oskelde")])
    withdrawals.withdraw(workspace, party, why="asked")
    left = drafts.load_gazetteer(workspace).to_json()
    assert [item["name"] for item in left] == ["Tarvin Oskelde"]
    with pytest.raises(UndersightError):
        withdrawals.withdraw(workspace, party, why="again")


def test_a_begun_draft_is_masked_and_stays_usable(workspace: Workspace) -> None:
    party = person(workspace)
    before = shelved(workspace)
    before.entries[0].decide(0, is_kept=True)
    draft_shelf.keep(workspace, before)
    other = draft_shelf.shelve(workspace, drafts.propose(b"Quontisk spoke.", name="a.txt"))
    done = withdrawals.withdraw(workspace, party, why="asked")
    assert done["drafts"] == 1
    after = draft_shelf.take(workspace, before.draft_id)
    whole = json.dumps(draft_shelf._to_json(after), ensure_ascii=False)
    assert "uontisk" not in whole
    assert "elzar" not in whole
    assert len(after.proposal.text) == len(before.proposal.text)
    assert after.proposal.text.count(traces.MASK) == len(NAME) + len("Quontisk")
    assert after.entries[0].seen == before.entries[0].seen
    untouched = draft_shelf.take(workspace, other.draft_id)
    assert untouched.proposal.text == "Quontisk spoke.", "a family name alone is likely another's"


def test_jobs_that_name_somebody_are_let_go(workspace: Workspace) -> None:
    party = person(workspace)
    other: dict[str, Any] = {"job_id": "2", "arguments": {"n": [1, None, "a"]}}
    job_store.write(workspace, [{"job_id": "1", "told": f"{NAME}.csv"}, other])
    assert withdrawals.withdraw(workspace, party, why="asked")["jobs"] == 1
    assert job_store.read(workspace) == [other]


def test_a_bundle_that_would_bring_somebody_back_is_let_go(
    workspace: Workspace, tmp_path: Path
) -> None:
    from undersight.settings import Profile

    with Workspace.create(tmp_path / "other", Profile(), passphrase=None) as other:
        other_id = sharing.add_colleague(workspace, other.staff.public.line()).staff_id
        sharing.add_colleague(other, workspace.staff.public.line())
        other.casebook.create("party", party_kind="individual", names=(PersonName(value="Xoe"),))
        harmless, _n = sharing.share(other)
        person(other)
        naming, _n = sharing.share(other)
    kept = bundles.hold(workspace, harmless)
    bundles.hold(workspace, naming)
    assert withdrawals.withdraw(workspace, person(workspace), why="asked")["bundles"] == 1
    assert bundles.waiting(workspace) == (kept,)
    # Of who is no colleague any more nothing can be read, nor let in: it goes as well.
    sharing.remove_colleague(workspace, other_id)
    again = workspace.casebook.create(
        "party", party_kind="individual", names=(PersonName(value="Tarvin Oskelde"),)
    )
    withdrawals.withdraw(workspace, again.record_id, why="asked")
    assert bundles.waiting(workspace) == ()


def test_a_withdrawal_that_comes_by_merge_lets_waiting_bundles_go_too(
    workspace: Workspace, tmp_path: Path
) -> None:
    from undersight.settings import Profile

    with Workspace.create(tmp_path / "other", Profile(), passphrase=None) as other:
        sharing.add_colleague(workspace, other.staff.public.line())
        sharing.add_colleague(other, workspace.staff.public.line())
        party = person(other)
        naming, _n = sharing.share(other)
        bundles.merge(workspace, naming)
        other.casebook.create("source", title=f"Report on {NAME}")
        late, _n = sharing.share(other)
        withdrawals.withdraw(other, party, why="asked")
        withdrawing, _n = sharing.share(other)
    bundles.hold(workspace, late)
    drafts.learn(workspace, [learned(NAME), learned("Tarvin Oskelde")])
    told = bundles.let_in(workspace, bundles.hold(workspace, withdrawing))
    assert told["withdrawn"] == 1
    assert bundles.waiting(workspace) == ()
    left = drafts.load_gazetteer(workspace).to_json()
    assert [item["name"] for item in left] == ["Tarvin Oskelde"]


def test_what_only_people_can_decide_about_is_named(workspace: Workspace) -> None:
    party = person(workspace)
    loaded(workspace)
    folder = workspace.layout.exports
    (folder / "site").mkdir(parents=True)
    (folder / "site" / "index.html").write_text(f"<p>{NAME}</p>", "utf-8")
    (folder / "log.json").write_text(json.dumps({"who": NAME.upper()}), "utf-8")
    (folder / "other.html").write_text("<p>nobody</p>", "utf-8")
    done = withdrawals.withdraw(workspace, party, why="asked")
    assert done["outputs"] == ["log.json", "site/index.html"]
    assert [one["posts"] for one in done["imports"]] == [2]


def test_sealed_files_in_which_the_name_stands_are_named(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies of what was published are sealed and belong to no record of the person."""
    party = person(workspace)
    published, others, large = (
        str(workspace.vault.put(io.BytesIO(content), reason="sealed", actor=workspace.staff_id))
        for content in (f"<p>{NAME}</p>".encode(), b"<p>nobody</p>", b"x" * 200)
    )
    monkeypatch.setattr(traces, "_MOST_FILE_BYTES", 150)
    done = withdrawals.withdraw(workspace, party, why="asked")
    assert done["sealed"] == [published]
    assert others not in done["sealed"]
    assert done["unsearched"] == 1
    assert large not in done["sealed"]


def test_after_it_no_byte_names_them(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Withdrawn, and decided about as the report asks: nowhere in workspace or temporary folder.

    What is sealed even in a plain workspace is opened and searched as well.
    """
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    party = person(workspace)
    draft = shelved(workspace)
    drafts.learn(workspace, [learned(NAME)])
    loaded(workspace)
    job_store.write(workspace, [{"job_id": "1", "told": NAME}])
    assert find_canary(workspace.layout.root, NAME), "the canary sings"
    done = withdrawals.withdraw(workspace, party, why="asked")
    originals = [one["import"] for one in done["imports"]]
    for manifest in workspace.corpus.imports():
        posts.undo_import(workspace, manifest.import_id, why="asked")
    erased = erasing.erase(workspace, erasing.chosen(workspace, originals), why="asked")
    assert erased["erased"] == originals
    assert find_canary(tmp_path, NAME) == ()
    opened = json.dumps(draft_shelf._to_json(draft_shelf.take(workspace, draft.draft_id)))
    opened += json.dumps(drafts.load_gazetteer(workspace).to_json())
    assert not any(shape in opened.encode() for shape in canary_shapes(NAME))
    assert verifying.verify(workspace, is_deep=True)["is_whole"]


def test_who_is_stopped_in_between_can_do_it_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    party = person(workspace)
    shelved(workspace)

    def stopped(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(type(workspace.casebook), "withdraw", stopped)
        with pytest.raises(KeyboardInterrupt):
            withdrawals.withdraw(workspace, party, why="asked")
    assert withdrawals.withdraw(workspace, party, why="asked")["records"] == 1


def test_an_object_is_erased_by_its_name_only(workspace: Workspace) -> None:
    digests = [
        workspace.vault.put(io.BytesIO(data), reason="test", actor=workspace.staff_id)
        for data in (b"one", b"two")
    ]
    for wrong in ("", digests[0][:11], "f" * 64, digests[0] + "0", "../" + digests[0]):
        with pytest.raises((InvalidDigestError, ObjectNotFoundError)):
            erasing.chosen(workspace, [wrong])
    named = workspace.casebook.create("source", title="Order", evidence=(digests[0],))
    chosen = erasing.chosen(workspace, [digests[0][:12], digests[0]])
    assert chosen == (digests[0],)
    done = erasing.erase(workspace, chosen, why="asked")
    assert done == {"erased": [digests[0]], "records": [named.record_id], "imports": []}
    assert workspace.vault.digests() == (digests[1],)
    assert verifying.verify(workspace, is_deep=True)["is_whole"]
