"""Sheets of a corpus: pages are named after two judgements and not before; nothing is kept."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.detectors import crowds, loading
from undersight.errors import NoCommentsError, PrivateTargetError
from undersight.model.comment_sheet import CommentSheet
from undersight.model.corpus_rows import ColumnChoice
from undersight.workbench import repeated_texts, sheet_counting, targets
from undersight.workbench.masking import Masks
from undersight.workbench.session import Workspace


def a_crowd(n_commenters: int = 30) -> crowds.Corpus:
    """Comments under a post of one page by people who also comment under another."""
    corpus = crowds.Corpus()
    for page in ("facebook:sarnak", "facebook:other"):
        corpus.account(page, kind="page", name=f"{page[9:].title()} Press")
        corpus.post(page, crowds.START, post_id=f"{page}-1")
    for n in range(n_commenters):
        person = corpus.account(f"facebook:u{n}", name=f"Canary{n:02d} Oskelde")
        said = f"Canary{n:02d} Oskelde and @canary say: shame on them, all of them{'!' * (n % 3)}"
        for page in ("facebook:sarnak", "facebook:other"):
            corpus.comment(person, crowds.START + n * crowds.HOUR, f"{page}-1", page, text=said,
                           n_likes=n)  # fmt: skip
    return corpus


def shown(sheet: CommentSheet) -> str:
    written = json.dumps(sheet.to_json(), ensure_ascii=False)
    return written + targets.words(sheet) + targets.page(sheet) + targets.paragraph(sheet)


def test_nobody_is_named_in_any_form_of_a_sheet(workspace: Workspace) -> None:
    loading.load(workspace, a_crowd())
    for named in ("facebook:sarnak-1", "facebook:sarnak"):
        sheet = targets.sheet(workspace, named)
        assert sheet.n_accounts == 30
        text = shown(sheet)
        for secret in ("Canary", "@canary", "Other Press", "Sarnak Press", "facebook:u"):
            assert secret not in text, secret
        assert [one.accounts.n for one in sheet.others] == [30]
        assert sheet.texts is not None
        assert sheet.texts.near is not None


def test_a_profile_is_no_target(workspace: Workspace) -> None:
    loading.load(workspace, a_crowd())
    with pytest.raises(PrivateTargetError):
        targets.sheet(workspace, "facebook:u3")


def test_little_is_said_of_fewer_than_five_accounts(workspace: Workspace) -> None:
    loading.load(workspace, a_crowd(n_commenters=4))
    sheet = targets.sheet(workspace, "facebook:sarnak-1")
    assert sheet.n_comments == 4
    assert sheet.hours == sheet.other_hours == ()
    assert sheet.others == sheet.elsewhere == ()
    assert sheet.newcomers is None
    for section in ("hours", "elsewhere", "newcomers"):
        assert sheet.cannot_tell[section] == sheet_counting.TOO_FEW_ACCOUNTS


def test_a_page_is_named_once_two_people_agreed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading.load(workspace, a_crowd())
    monkeypatch.setattr(targets, "_named_pages", lambda _one: {"facebook:other": "Other Press"})
    assert targets.sheet(workspace, "facebook:sarnak-1").others[0].name == "Other Press"
    monkeypatch.undo()
    assert targets.sheet(workspace, "facebook:sarnak-1").others[0].name == ""


def test_a_file_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[Any] = []
    kept = targets.TargetCounts

    def counting(*given: Any) -> Any:
        seen.extend(path.read_bytes() for path in tmp_path.rglob("*.parquet"))
        return kept(*given)

    monkeypatch.setattr(targets, "TargetCounts", counting)
    raw = io.BytesIO("\n".join(loading.lines_of(a_crowd())).encode())
    sheet = targets.sheet_of_file(raw, "a.crowd", loading.CrowdLines, ColumnChoice())
    assert sheet.n_comments == 60
    assert seen
    assert not any(b"Canary" in content for content in seen), "what lies on the disk is encrypted"
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_comments_is_refused() -> None:
    corpus = crowds.Corpus()
    corpus.post("facebook:u1", crowds.START, text="A post")
    raw = io.BytesIO("\n".join(loading.lines_of(corpus)).encode())
    with pytest.raises(NoCommentsError, match="1 posts"):
        targets.sheet_of_file(raw, "a.crowd", loading.CrowdLines, ColumnChoice())


def test_nearly_equal_texts_are_one_family_and_a_lone_author_repeats_nothing() -> None:
    keys = ["shame on them all", "shame on them all!!", "something else entirely"]
    families = repeated_texts.near_families(keys)
    assert families[keys[0]] == families[keys[1]] != families[keys[2]]
    rows = [(keys[0], "a", 3), (keys[1], "b", 1), (keys[2], "c", 9)]
    counted = repeated_texts.Families(families, rows)
    assert (counted.n_repeated, counted.n_all) == (4, 13)
    (largest,) = counted.largest()
    assert (largest.keys, largest.n_accounts) == ((keys[0], keys[1]), 2)


def test_mentions_are_masked_as_vk_writes_them_too() -> None:
    masks = Masks(labels={}, kinds={})
    said = "[id12ab|Ravin], ask [club77:bp-1_2|Sarnak] or @ravin; see [1] and [a|b]"
    assert masks.text(said) == "@…, ask @… or @…; see [1] and [a|b]"


def test_what_is_not_known_to_be_a_page_is_called_a_target(workspace: Workspace) -> None:
    crowd = a_crowd()
    for row in crowd.accounts[:2]:
        row["kind"] = "unknown"
    loading.load(workspace, crowd)
    sheet = targets.sheet(workspace, "facebook:sarnak")
    assert sheet.target.startswith("target ")
    assert sheet.others[0].label.startswith("target ")
