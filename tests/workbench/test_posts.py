from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

import pytest

from undersight import importers
from undersight.corpus import loading, people, pieces
from undersight.errors import DamagedFileError, ObjectNotFoundError, UnknownImporterError
from undersight.integrity.canary import find_canary
from undersight.integrity.canonical import Digest
from undersight.model.corpus_rows import AccountRow, ColumnChoice, PostRow, SamplingNote
from undersight.model.intake import Issue
from undersight.settings import Profile
from undersight.vault.passphrase import Argon2Cost
from undersight.workbench import posts, posts_preview, posts_summary
from undersight.workbench.session import Workspace

DAY_US = 86_400_000_000
CHEAP = Argon2Cost(memory_kib=8, iterations=1, lanes=1)


class LineComments:
    """One comment a line, ``author: text``; ``!`` breaks the file, an empty line is an issue."""

    importer_id: ClassVar[str] = "line-comments"
    about: ClassVar[str] = "Invented."
    suffixes: ClassVar[tuple[str, ...]] = (".lines",)
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "it ends in .lines"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:  # noqa: ARG003 - as all are asked
        return name.endswith(".lines")

    def parse(
        self, stream: BinaryIO, choice: ColumnChoice
    ) -> Iterator[PostRow | Issue | SamplingNote]:
        for number, raw in enumerate(stream, 1):
            author, _, text = raw.decode("utf-8").strip().partition(": ")
            where = f"line {number}"
            if author == "!":
                raise DamagedFileError(where, "it breaks off")
            if not author:
                yield Issue(locator=where, reason="The line is empty.")
                continue
            yield PostRow(
                locator=where,
                platform=choice.platform or "vk",
                native_id=f"{author}-{number}",
                kind="comment",
                author=AccountRow(locator=where, platform="vk", native_id=author, name=author),
                text=text * self.version,
            )


@pytest.fixture(autouse=True)
def _only_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importers, "POST_IMPORTERS", (LineComments,))


def bring_in(workspace: Workspace, text: str, **more: Any) -> posts.ImportReport:
    options = posts.PostOptions(**more)
    stream = io.BytesIO(text.encode("utf-8"))
    return posts.import_posts(workspace, stream, "some.lines", LineComments, options)


def actions(workspace: Workspace) -> list[str]:
    return [entry.action for entry in workspace.vault.custody.entries()]


def n_posts(workspace: Workspace) -> int:
    return len(workspace.corpus.scan("posts").fetchall())


def test_a_file_is_sealed_and_loaded_and_every_row_leads_back_to_it(workspace: Workspace) -> None:
    report = bring_in(workspace, "mila: yes\n\ntarvin: no\n")
    assert (report.manifest.n_read, report.manifest.n_records) == (3, 2)
    assert [one.locator for one in report.issues] == ["line 2"]
    digest, locator = workspace.corpus.scan("posts").fetchall()[1][-2:]
    with workspace.vault.open(Digest(digest)) as sealed:
        assert sealed.read().splitlines()[int(locator.removeprefix("line ")) - 1] == b"tarvin: no"
    assert actions(workspace) == ["intake", "corpus-load"]
    assert report.to_json()["read"] == 3


def test_the_same_file_in_the_same_way_changes_nothing(workspace: Workspace) -> None:
    first = bring_in(workspace, "mila: yes\n\n")
    again = bring_in(workspace, "mila: yes\n\n")
    assert again.is_known
    assert again.manifest == first.manifest
    assert again.issues == first.issues
    assert actions(workspace) == ["intake", "corpus-load"]


def test_the_same_file_in_another_way_takes_the_place_of_the_first(workspace: Workspace) -> None:
    first = bring_in(workspace, "mila: yes\n")
    named = bring_in(workspace, "mila: yes\n", has_names=True)
    assert not named.is_known
    assert workspace.corpus.imports() == (named.manifest,)
    back = bring_in(workspace, "mila: yes\n")
    assert workspace.corpus.imports() == (back.manifest,)
    assert back.manifest.identity() == first.manifest.identity()


def test_a_damaged_file_is_sealed_and_not_loaded(workspace: Workspace) -> None:
    with pytest.raises(DamagedFileError):
        bring_in(workspace, "mila: yes\n!\n")
    assert workspace.corpus.imports() == ()
    assert len(workspace.vault.digests()) == 1


def test_how_far_it_is_is_told_while_people_are_told_from_pages_and_after(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 8)
    monkeypatch.setattr(pieces, "_PIECE_ROWS", 4)
    monkeypatch.setattr(people, "_NOTED_AT_ONCE", 4)
    # Longer than what is read ahead, and under a page: everybody is to be known first.
    text = "".join(f"mila{n}: {'yes ' * 5000}\n" for n in range(40))
    told: list[int] = []
    options = posts.PostOptions(choice=ColumnChoice(target="Sarnak Daily"))
    stream = io.BytesIO(text.encode("utf-8"))
    posts.import_posts(workspace, stream, "some.lines", LineComments, options, told.append)
    # The first batch, everybody of the file, then the rest of it.
    people_from, rest_from = (n for n, (a, b) in enumerate(itertools.pairwise(told), 1) if b < a)
    assert told[rest_from - 1] == told[-1] == len(text)
    assert len(set(told[people_from:rest_from])) > 3
    assert len(set(told[rest_from:])) > 3


def test_undoing_an_import_is_on_record_and_keeps_the_original(workspace: Workspace) -> None:
    report = bring_in(workspace, "mila: yes\n")
    posts.undo_import(workspace, report.manifest.import_id, why="wrong file")
    assert n_posts(workspace) == 0
    assert len(workspace.vault.digests()) == 1
    last = list(workspace.vault.custody.entries())[-1]
    assert (last.action, last.reason) == ("corpus-undo", "wrong file")
    assert bring_in(workspace, "mila: yes\n").is_known is False


def test_a_mended_mapper_maps_anew_without_the_file(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = bring_in(workspace, "mila: yes\n", choice=ColumnChoice(platform="ok"))
    assert posts.remap(workspace) == ()
    before = workspace.corpus.digest()
    posts.remap(workspace, report.manifest.import_id)
    assert workspace.corpus.digest() == before
    monkeypatch.setattr(LineComments, "version", 2)
    (again,) = posts.remap(workspace)
    assert again.manifest.importer_version == 2
    assert dict(again.manifest.options) == {"platform": "ok"}
    assert [row[12] for row in workspace.corpus.scan("posts").fetchall()] == ["yesyes"]
    assert len(workspace.corpus.imports()) == 1


def test_mapping_anew_needs_the_original(workspace: Workspace) -> None:
    report = bring_in(workspace, "mila: yes\n")
    digest = Digest(report.manifest.import_digest)
    workspace.vault.erase(digest, reason="asked to", actor=workspace.staff.staff_id)
    with pytest.raises(ObjectNotFoundError):
        posts.remap(workspace, report.manifest.import_id)
    assert n_posts(workspace) == 1


def test_mapping_anew_keeps_the_day_on_which_it_goes(workspace: Workspace) -> None:
    report = bring_in(workspace, "mila: yes\n", expires_after_us=DAY_US)
    (again,) = posts.remap(workspace, report.manifest.import_id)
    assert again.manifest.expires_us == report.manifest.expires_us is not None


@pytest.mark.parametrize("with_originals", [False, True])
def test_what_expired_is_removed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, *, with_originals: bool
) -> None:
    bring_in(workspace, "mila: yes\n", expires_after_us=DAY_US)
    bring_in(workspace, "tarvin: no\n")
    assert posts.expire(workspace) == ()
    later = workspace.now_us + DAY_US
    monkeypatch.setattr(workspace, "_clock", lambda: later)
    monkeypatch.setattr(workspace.corpus, "_clock", lambda: later)
    assert n_posts(workspace) == 1
    assert len(posts.expire(workspace, with_originals=with_originals)) == 1
    assert len(workspace.corpus.imports(with_expired=True)) == 1
    assert len(workspace.vault.digests()) == (1 if with_originals else 2)
    assert "corpus-expire" in actions(workspace)


def test_an_encrypted_workspace_shows_nobody(tmp_path: Path) -> None:
    profile = Profile(title="Qaravel log")
    canary = "canarytarvin"
    with Workspace.create(
        tmp_path / "log", profile, passphrase="five words are never too many", cost=CHEAP
    ) as made:
        bring_in(made, f"{canary}: {canary} #{canary}\n", has_names=True)
        assert n_posts(made) == 1
        assert posts_summary.corpus_summary(made)["tables"]["posts"]["rows"] == 1
        assert find_canary(tmp_path / "log", canary) == ()


def test_the_summary_says_what_there_is_and_what_to_mind(workspace: Workspace) -> None:
    bring_in(workspace, "mila: yes\n\n")
    found = posts_summary.corpus_summary(workspace)
    assert found["tables"]["posts"] == {"rows": 1, "stored": 1, "repeated": 0}
    assert found["kinds"] == {"comment": 1}
    assert "some.lines: 1 posts have no time." in found["warnings"]
    assert "some.lines: 1 of 2 records could not be read." in found["warnings"]
    assert found["imports"][0]["pseudonyms"] == 1
    assert found["digest"] == workspace.corpus.digest()


def test_a_preview_stores_nothing(workspace: Workspace) -> None:
    stream = io.BytesIO(b"mila: yes\n\n" + b"tarvin: no\n" * 30)
    preview = posts_preview.preview_posts(stream, LineComments, ColumnChoice())
    assert (preview.n_read, preview.n_rejected, len(preview.rows)) == (32, 1, 20)
    assert preview.rows[0]["author"] == "mila"
    assert not workspace.layout.vault.joinpath("custody.log").exists()


def test_the_format_is_found_out_or_named() -> None:
    assert posts_preview.choose_format(b"", "a.lines") is LineComments
    assert posts_preview.choose_format(b"", "a.csv") is None
    assert posts_preview.choose_format(b"", "a.csv", "line-comments") is LineComments
    assert posts_preview.choose_format(b"", "a.lines", "feed") is None
    with pytest.raises(UnknownImporterError):
        posts_preview.choose_format(b"", "a.csv", "nonsense")
