"""Every way of tampering that is listed, done to a vault on the disk, and what each is called."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vault.sample import ACTOR
from tests.vault.sealed import NOON, PAGES, SealedVault, make_sealed
from undersight.integrity import durable
from undersight.integrity.canonical import digest_bytes
from undersight.vault.demo_authority import DemoAuthority
from undersight.vault.object_checks import check_objects
from undersight.vault.objects import Vault
from undersight.vault.seal_checks import check_logs, check_seals
from undersight.vault.signing_keys import SigningKeys
from undersight.vault.stamps import new_request


def found(made: SealedVault, *, is_deep: bool = True) -> set[tuple[str, str]]:
    vault = made.vault
    report = check_seals(vault)
    check_logs(vault, report)
    faults = [*report.faults, *check_objects(vault, is_deep=is_deep)]
    return {(fault.what, fault.kind) for fault in faults}


def path_of(made: SealedVault, page: bytes) -> Path:
    return made.vault.shelf.path(digest_bytes(page))


def lines(made: SealedVault, change: Callable[[list[bytes]], list[bytes]]) -> None:
    path = made.folder / "custody.log"
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))


def flip(path: Path, place: int = -40) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def flip_object(made: SealedVault) -> None:
    path = path_of(made, PAGES[0])
    flip(path, path.stat().st_size // 2 if made.keyring.is_plain else 200)


def cut_object(made: SealedVault) -> None:
    path = path_of(made, PAGES[0])
    path.write_bytes(path.read_bytes()[:99])


def swap_objects(made: SealedVault) -> None:
    one, other = path_of(made, PAGES[0]), path_of(made, PAGES[1])
    aside = made.folder / "aside"
    one.rename(aside)
    other.rename(one)
    aside.rename(other)


def add_object(made: SealedVault) -> None:
    folder = made.folder / "objects" / "ab"
    folder.mkdir(exist_ok=True)
    (folder / ("c" * 62)).write_bytes(b"planted")


def edit_custody(made: SealedVault) -> None:
    def edited(all_lines: list[bytes]) -> list[bytes]:
        line = bytearray(all_lines[2])
        line[len(line) // 2] ^= 1
        return [*all_lines[:2], bytes(line), *all_lines[3:]]

    lines(made, edited)


def swap_lines(made: SealedVault) -> None:
    lines(made, lambda one: [*one[:2], one[3], one[2], *one[4:]])


def restore_older_log(made: SealedVault) -> None:
    """The whole vault is put back to before the last seal, but for the seal's folder."""
    lines(made, lambda one: one[:5])
    (made.folder / "intakes.log").write_bytes(
        b"".join((made.folder / "intakes.log").read_bytes().splitlines(keepends=True)[:3])
    )


def manifest_of(made: SealedVault, number: int = 1) -> Path:
    return made.folder / "seals" / f"seal-{number:06}" / "manifest.json"


def forge(made: SealedVault) -> None:
    path = manifest_of(made)
    path.write_bytes(path.read_bytes().replace(b'"items":2', b'"items":1'))


def forge_with_another_key(made: SealedVault) -> None:
    """Somebody without our keys signs the same statement with a key of their own."""
    other = made.folder.parent / "other"
    other.mkdir()
    planted = make_sealed(other, is_plain=made.keyring.is_plain)
    for name in ("manifest.json", "seal.sig"):
        shutil.copy(manifest_of(planted).with_name(name), manifest_of(made).with_name(name))


def replace_seal(made: SealedVault) -> None:
    """Somebody with our keys makes another seal in the place of the last one."""
    (made.folder / "seals" / "seal-000002").rename(made.folder.parent / "kept")
    custody = (made.folder / "custody.log").read_bytes()
    lines(made, lambda one: one[:-2])
    made.seal(PAGES[2])
    (made.folder / "custody.log").write_bytes(custody)


def renumber_seal(made: SealedVault) -> None:
    """The first seal is put in the place of the second."""
    shutil.rmtree(manifest_of(made, 2).parent)
    shutil.copytree(manifest_of(made).parent, manifest_of(made, 2).parent)


def change_leaves(made: SealedVault) -> None:
    (path,) = manifest_of(made).parent.glob("leaves.*")
    if made.keyring.is_plain:
        line, *rest = path.read_bytes().splitlines(keepends=True)
        leaf = json.loads(line)
        leaf["object"] = digest_bytes(b"planted")
        path.write_bytes(json.dumps(leaf).encode() + b"\n" + b"".join(rest))
    else:
        shutil.copy(next(manifest_of(made, 2).parent.glob("leaves.*")), path)


def stamp_folder(made: SealedVault) -> Path:
    return manifest_of(made).parent / "stamps" / "demo-01"


def swap_root_and_reply(made: SealedVault) -> None:
    """A reply of an authority of their own, with its root beside it."""
    rogue = DemoAuthority(clock=lambda: NOON - dt.timedelta(days=400))
    request = (stamp_folder(made) / "request.tsq").read_bytes()
    (stamp_folder(made) / "reply.tsr").write_bytes(rogue.answer(request))
    (stamp_folder(made) / "root.pem").write_bytes(rogue.root.pem)


def reply_of(made: SealedVault, authority: DemoAuthority, data: bytes = b"") -> None:
    seal = made.seals.read("seal-000001")
    request = new_request(data or seal.stamped_bytes)
    (stamp_folder(made) / "request.tsq").write_bytes(request)
    (stamp_folder(made) / "reply.tsr").write_bytes(authority.answer(request))


def expire_certificate(made: SealedVault) -> None:
    root = made.authority.root
    reply_of(made, DemoAuthority(clock=lambda: NOON, root=root, years=(-3, -1)))


def answer_another_request(made: SealedVault) -> None:
    seal = made.seals.read("seal-000001")
    (stamp_folder(made) / "request.tsq").write_bytes(new_request(seal.stamped_bytes))


def revoke_certificate(made: SealedVault) -> None:
    serial = made.authority.certificate.serial_number
    data = made.authority.root.revocation_list(serial, NOON - dt.timedelta(days=1))
    made.stamps().keep_revocations(data, where="crl.pem", actor=ACTOR)


def sign_with_a_revoked_key(made: SealedVault) -> None:
    """A key that was copied before it was revoked signs once more."""
    vault = made.vault
    keys = SigningKeys(vault)
    copied = keys.open()
    keys.revoke(copied.record.key_id, actor=ACTOR, reason="copied")
    digest = vault.put(io.BytesIO(b"planted"), reason="x", actor=ACTOR)
    from undersight.vault.seal_manifest import SealItem
    from undersight.vault.seals import Seals

    Seals(vault).make([SealItem(object=digest)], copied, actor=ACTOR)


def backdate_with_a_revoked_key(made: SealedVault) -> None:
    """As above, and the seal says that it saw no revocation."""
    before = made.seals.keys.head()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SigningKeys, "head", lambda _keys: before)
        sign_with_a_revoked_key(made)


WAYS: dict[str, tuple[Callable[[SealedVault], object], set[tuple[str, str]]]] = {
    "a flipped bit": (flip_object, {("object", "damaged")}),
    "a cut object": (cut_object, {("object", "damaged")}),
    "a missing object": (lambda made: path_of(made, PAGES[0]).unlink(), {("object", "missing")}),
    "two objects swapped": (swap_objects, {("object", "swapped")}),
    "an extra object": (add_object, {("object", "extra")}),
    "an edited entry": (edit_custody, {("custody", "edited")}),
    "a dropped entry": (
        lambda made: lines(made, lambda x: [*x[:2], *x[3:]]), {("custody", "dropped")}
    ),
    "entries reordered": (swap_lines, {("custody", "reordered")}),
    "a repeated entry": (
        lambda made: lines(made, lambda x: [*x[:3], *x[2:]]), {("custody", "repeated")}
    ),
    "the end cut off": (
        lambda made: lines(made, lambda x: x[:-2]),
        {("seal", "not-entered"), ("stamp", "not-entered")},
    ),
    "an older log put back": (
        restore_older_log,
        {("custody", "truncated"), ("seal", "stale"), ("intakes", "truncated")},
    ),
    "an older key log put back": (
        lambda made: (made.folder / "seals" / "keys.log").write_bytes(b""),
        {("seal", "unknown-key")},
    ),
    "a forged seal": (forge, {("seal", "forged")}),
    "a seal by another key": (forge_with_another_key, {("seal", "unknown-key")}),
    "a seal in another's place": (renumber_seal, {("seal", "damaged")}),
    "a seal made anew": (replace_seal, {("seal", "replaced")}),
    "a seal by a revoked key": (sign_with_a_revoked_key, {("seal", "revoked-key")}),
    "a seal backdated by a revoked key": (
        backdate_with_a_revoked_key, {("seal", "revoked-key")}
    ),
    "a missing seal": (
        lambda made: shutil.rmtree(manifest_of(made, 2).parent), {("seal", "missing")}
    ),
    "a seal without its signature": (
        lambda made: manifest_of(made).with_name("seal.sig").unlink(), {("seal", "damaged")}
    ),
    "other leaves": (change_leaves, {("seal", "leaves-changed")}),
    "no leaves": (
        lambda made: next(manifest_of(made).parent.glob("leaves.*")).unlink(),
        {("seal", "leaves-damaged")},
    ),
    "a missing stamp": (lambda made: shutil.rmtree(stamp_folder(made)), {("stamp", "missing")}),
    "another authority's reply and root": (swap_root_and_reply, {("stamp", "wrong-root")}),
    "another authority's reply": (
        lambda made: reply_of(made, DemoAuthority(clock=lambda: NOON)), {("stamp", "wrong-root")}
    ),
    "a stamp over another digest": (
        lambda made: reply_of(made, made.authority, b"else"), {("stamp", "another-digest")}
    ),
    "an expired certificate": (expire_certificate, {("stamp", "not-valid-then")}),
    "a certificate for other things": (
        lambda made: reply_of(
            made,
            DemoAuthority(clock=lambda: NOON, root=made.authority.root, is_for_timestamps=False),
        ),
        {("stamp", "not-for-timestamps")},
    ),
    "an answer to another request": (answer_another_request, {("stamp", "another-request")}),
    "a revoked certificate": (revoke_certificate, {("stamp", "revoked")}),
    "a flipped bit in a reply": (
        lambda made: flip(stamp_folder(made) / "reply.tsr", -5), {("stamp", "forged")}
    ),
    "a reply that is none": (
        lambda made: (stamp_folder(made) / "reply.tsr").write_bytes(b"none"),
        {("stamp", "unreadable")},
    ),
}  # fmt: skip


FROM_NOWHERE = {
    ("object", "extra"),
    ("object", "missing"),
    ("seal", "not-entered"),
    ("seal", "unknown-object"),
    ("stamp", "not-entered"),
    ("stamp", "wrong-root"),
}


@pytest.mark.parametrize("is_plain", [True, False], ids=["plain", "encrypted"])
def test_nothing_is_found_where_nothing_was_done(tmp_path: Path, *, is_plain: bool) -> None:
    made = make_sealed(tmp_path, is_plain=is_plain)
    assert found(made) == set()
    assert found(made, is_deep=False) == set()
    report = check_seals(made.vault)
    assert (report.n_seals, report.n_stamps) == (2, 1)
    assert [note.place for note in report.notes if note.kind == "unstamped"] == ["seal-000002"]


BOTH = [True, pytest.param(False, marks=pytest.mark.long)]


@pytest.fixture(autouse=True)
def no_flushing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here is about power cuts."""
    monkeypatch.setattr(durable, "flush", lambda _descriptor: None)
    monkeypatch.setattr(durable, "flush_folder", lambda _folder: None)


@pytest.fixture(scope="module", params=BOTH, ids=["plain", "encrypted"])
def untouched(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> SealedVault:
    return make_sealed(tmp_path_factory.mktemp("sealed"), is_plain=request.param)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_is_named(untouched: SealedVault, tmp_path: Path, way: str) -> None:
    shutil.copytree(untouched.folder.parent, tmp_path, dirs_exist_ok=True)
    made = SealedVault(
        tmp_path / "vault", untouched.keyring.moved(tmp_path / "keyring.json"), untouched.authority
    )
    tamper, expected = WAYS[way]
    tamper(made)
    named = found(made)
    assert expected <= named
    # What the log no longer tells of looks as if it had come from nowhere.
    follows = FROM_NOWHERE if ("custody", "truncated") in expected or "entry" in way else set()
    assert named - expected <= follows


def test_an_erased_object_is_not_missing(tmp_path: Path) -> None:
    made = make_sealed(tmp_path, is_plain=True)
    made.vault.erase(digest_bytes(PAGES[0]), reason="withdrawn", actor=ACTOR)
    assert found(made) == set()


def test_a_shallow_look_finds_what_names_and_lengths_show(tmp_path: Path) -> None:
    made = make_sealed(tmp_path, is_plain=True)
    path_of(made, PAGES[0]).write_bytes(b"short")
    assert found(made, is_deep=False) == {("object", "damaged")}


def test_what_expired_since_is_a_note(tmp_path: Path) -> None:
    made = make_sealed(tmp_path, is_plain=True)
    later = int((NOON + dt.timedelta(days=30 * 365)).timestamp()) * 1_000_000
    report = check_seals(Vault(made.folder, made.keyring, clock=lambda: later))
    assert report.faults == []
    assert "expired-since" in {note.kind for note in report.notes}
