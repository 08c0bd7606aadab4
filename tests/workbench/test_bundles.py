"""Whose bundles come in, whom ours open for, and that all that came of one is told."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from tests.vault.sample import new_keyring
from undersight.errors import (
    AnotherColleagueError,
    ForgedChangeError,
    NotForThisStaffError,
    UnknownBundleError,
    UnknownColleagueError,
    UnknownSenderError,
)
from undersight.model.change import Change, change_to_json
from undersight.model.parts import PersonName
from undersight.vault.bundle import seal_bundle
from undersight.vault.staff import StaffKeys, create_staff
from undersight.workbench import bundles, sharing, withdrawals
from undersight.workbench.session import Workspace

NAME = "Velzar Quontisk"


def staff(folder: Path, name: str) -> StaffKeys:
    (folder / name).mkdir()
    return create_staff(new_keyring(folder / name, is_plain=True))


@pytest.fixture
def ben(tmp_path: Path, workspace: Workspace) -> StaffKeys:
    """A colleague."""
    made = staff(tmp_path, "ben")
    sharing.add_colleague(workspace, made.public.line())
    return made


def sent(workspace: Workspace, sender: StaffKeys, *changes: Change) -> bytes:
    written = [change_to_json(change) for change in changes]
    return seal_bundle(written, sender=sender, recipients=[workspace.staff.public], at_us=1)


def put(change_id: str, *parents: str, at_us: int = 10, **given: Any) -> Change:
    whole: dict[str, Any] = {"record_id": "r1", "kind": "incident", "author": "staff-ben"}
    whole |= {"fields": {"lang": "az"}, "parents": parents, "at_us": at_us}
    return Change(**whole | {"change_id": change_id} | given)


def withdrawal_of(record_id: str, parent: Change) -> Change:
    left = {"party_kind": "individual", "public_exposure": "withheld"}
    return put("w1", parent.change_id, at_us=parent.at_us + 5, record_id=record_id,
               kind="party", op="withdraw", fields=left)  # fmt: skip


def test_a_bundle_for_one_colleague_opens_for_no_other(
    workspace: Workspace, ben: StaffKeys, tmp_path: Path
) -> None:
    eve = staff(tmp_path, "eve")
    sharing.add_colleague(workspace, eve.public.line())
    assert set(sharing.colleagues(workspace)) == {ben.staff_id, eve.staff_id}
    raw, _n = sharing.share(workspace, [ben.staff_id])
    assert ben.decrypt(raw)
    with pytest.raises(NotForThisStaffError):
        eve.decrypt(raw)
    for_all, _n = sharing.share(workspace)
    assert eve.decrypt(for_all)
    assert ben.decrypt(for_all)


def test_nobody_takes_a_colleague_s_id_for_keys_of_their_own(
    workspace: Workspace, ben: StaffKeys, tmp_path: Path
) -> None:
    eve = staff(tmp_path, "eve").public
    for staff_id in (ben.staff_id, workspace.staff_id):
        forged = dataclasses.replace(eve, staff_id=staff_id).line()
        with pytest.raises(AnotherColleagueError, match=staff_id):
            sharing.add_colleague(workspace, forged)
    assert sharing.colleagues(workspace) == {ben.staff_id: ben.public}
    sharing.add_colleague(workspace, ben.public.line())
    sharing.remove_colleague(workspace, ben.staff_id)
    renewed = dataclasses.replace(eve, staff_id=ben.staff_id)
    assert sharing.add_colleague(workspace, renewed.line()) == renewed


def test_a_bundle_is_for_somebody_who_is_known(workspace: Workspace, tmp_path: Path) -> None:
    stranger = staff(tmp_path, "stranger").staff_id
    with pytest.raises(UnknownColleagueError):
        sharing.share(workspace)
    with pytest.raises(UnknownColleagueError):
        sharing.share(workspace, [stranger])
    with pytest.raises(UnknownColleagueError):
        sharing.remove_colleague(workspace, stranger)


def test_a_strangers_bundle_is_not_even_kept(workspace: Workspace, tmp_path: Path) -> None:
    raw = sent(workspace, staff(tmp_path, "stranger"), put("c1"))
    with pytest.raises(UnknownSenderError):
        bundles.hold(workspace, raw)
    assert bundles.waiting(workspace) == ()


def test_what_waits_of_a_colleague_who_was_removed_does_not_come_in(
    workspace: Workspace, ben: StaffKeys
) -> None:
    bundle_id = bundles.hold(workspace, sent(workspace, ben, put("c1")))
    head = workspace.casebook.history_head()
    assert bundles.foresee(workspace, bundle_id, lang="en").n_new == 1
    assert workspace.casebook.history_head() == head
    sharing.remove_colleague(workspace, ben.staff_id)
    for look in (bundles.let_in, lambda at, one: bundles.foresee(at, one, lang="en")):
        with pytest.raises(UnknownSenderError):
            look(workspace, bundle_id)
    assert workspace.casebook.history_head() == head


@pytest.mark.parametrize(
    "named", ["../secret", f"../{'s' * 29}", "abc", "A" * 32, "", "0" * 32, "0" * 33]
)
def test_a_bundle_is_named_by_its_id_and_no_way_to_another_file(
    workspace: Workspace, named: str
) -> None:
    folder = workspace.layout.root / "bundles"
    folder.mkdir()
    for there in ("../secret", f"../{'s' * 29}", "abc", "A" * 32, "0" * 33):
        (folder / f"{there}.undersight").write_bytes(b"not for you")
    for verb in (bundles.content, bundles.throw_away):
        with pytest.raises(UnknownBundleError):
            verb(workspace, named)
    assert (folder / "../secret.undersight").exists()


def test_what_waits_and_what_is_disputed_is_told(workspace: Workspace, ben: StaffKeys) -> None:
    bundles.merge(workspace, sent(workspace, ben, put("c1")))
    both = [put(f"c{n}", "c1", at_us=20 + n, fields={"lang": lang}, author=f"staff-{n}")
            for n, lang in ((2, "en"), (3, "ru"))]  # fmt: skip
    late = put("c5", "c4", at_us=50)
    told = bundles.merge(workspace, sent(workspace, ben, *both, late))
    assert told["sender"] == ben.staff_id
    assert (told["read"], told["applied"], told["known"], told["withdrawn"]) == (3, 2, 0, 0)
    assert told["held"] == [{"change_id": "c5", "missing": ["c4"]}]
    (conflict,) = told["conflicts"]
    assert (conflict["record_id"], conflict["field"], conflict["before"]) == ("r1", "lang", "az")
    assert [(c["author"], c["at_us"], c["value"], c["text"]) for c in conflict["candidates"]] == [
        ("staff-2", 22, "en", "en"),
        ("staff-3", 23, "ru", "ru"),
    ]
    assert told["refused"] == told["renumbered"] == []


def test_what_would_bring_somebody_back_is_told(workspace: Workspace, ben: StaffKeys) -> None:
    party = workspace.casebook.create(
        "party", party_kind="individual", names=(PersonName(value=NAME),)
    ).record_id
    (known,) = workspace.casebook.changes_since()
    withdrawals.withdraw(workspace, party, why="asked")
    late = put("c9", known.change_id, at_us=known.at_us + 1, record_id=party, kind="party",
               fields={"biography": {"en": f"{NAME} writes."}})  # fmt: skip
    told = bundles.merge(workspace, sent(workspace, ben, late))
    assert told["applied"] == 0
    assert told["refused"] == [{"change_id": "c9", "record_id": party, "author": "staff-ben"}]


def test_a_withdrawal_that_comes_lets_go_of_all_that_is_held_in_memory(
    workspace: Workspace, ben: StaffKeys
) -> None:
    party = workspace.casebook.create(
        "party", party_kind="individual", names=(PersonName(value=NAME),)
    ).record_id
    (known,) = workspace.casebook.changes_since()
    workspace.kept["shown"] = NAME
    bundles.merge(workspace, sent(workspace, ben, put("c1")))
    assert workspace.kept == {"shown": NAME}
    told = bundles.merge(workspace, sent(workspace, ben, withdrawal_of(party, known)))
    assert told["withdrawn"] == 1
    assert workspace.kept == {}


def test_a_bundle_that_is_refused_stays_and_changes_nothing(
    workspace: Workspace, ben: StaffKeys
) -> None:
    bundles.merge(workspace, sent(workspace, ben, put("c1")))
    head = workspace.casebook.history_head()
    forged = sent(workspace, ben, put("c0", record_id="r0"), put("c1", fields={"lang": "ru"}))
    bundle_id = bundles.hold(workspace, forged)
    with pytest.raises(ForgedChangeError):
        bundles.let_in(workspace, bundle_id)
    assert bundles.waiting(workspace) == (bundle_id,)
    assert workspace.casebook.history_head() == head
