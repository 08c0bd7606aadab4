"""The demo's own seals: over what it was made from and what it published, stamped, holding."""

from __future__ import annotations

from pathlib import Path

from undersight.integrity.canonical import digest_bytes
from undersight.vault.demo_authority import NOTICE
from undersight.vault.seals import Seals
from undersight.workbench import demo_seals, incidents, sealing, verifying
from undersight.workbench.session import Workspace


def test_texts_and_what_was_published_are_sealed_and_stamped(
    workspace: Workspace, tmp_path: Path
) -> None:
    log = incidents.seal_text(workspace, "a running log", reason="running log", name="log")
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_bytes(b"<html>published")
    made = demo_seals.seal_all(workspace, (site,), demo_seals.DemoTime(workspace))
    assert (made.n_objects, made.is_whole, made.notice) == (2, True, NOTICE)
    assert [line.partition(":")[0] for line in made.lines] == ["seal-000001", "seal-000002"]
    assert "proves nothing" in made.notice

    seals = Seals(workspace.vault)
    sealed = [[leaf.object for leaf in seals.leaves(seals.read(n))] for n in ("1", "2")]
    assert sealed == [[log], [digest_bytes(b"<html>published")]]
    for state in sealing.states(workspace):
        assert state.authorities == (demo_seals.AUTHORITY_NAME,)
        assert "proves-nothing" in state.authorities[0]
    report = verifying.verify(workspace, is_deep=True)
    assert report["is_whole"]
    assert (report["stamps"], report["unstamped"]) == (2, [])


def test_a_sealed_log_that_is_changed_is_found(workspace: Workspace, tmp_path: Path) -> None:
    incidents.seal_text(workspace, "a running log", reason="running log", name="log")
    (tmp_path / "out").write_bytes(b"out")
    demo_seals.seal_all(workspace, (tmp_path / "out",), demo_seals.DemoTime(workspace))
    for path in workspace.layout.vault.glob("objects/*/*"):
        if path.read_bytes() == b"a running log":
            path.chmod(0o600)
            path.write_bytes(b"a running lie")
    assert not verifying.verify(workspace, is_deep=True)["is_whole"]
