"""Each attack on a WACZ is told apart by name; a good one has nothing wrong with it."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archives import built
from tests.archives.built import FIRST, SECOND, SMALL, Saved, Wacz
from undersight.archives.checking import check_archive
from undersight.archives.problems import BROKEN, DOUBTFUL, KINDS
from undersight.archives.wacz_signature import key_fingerprint
from undersight.errors import ArchiveDamagedError, UndersightError

FEW = settings(max_examples=max(10, settings.default.max_examples // 4))

GOOD = Wacz()
OTHER_KEY = ec.derive_private_key(7, ec.SECP384R1())
OTHER_WARC = built.warc(Saved("https://example.qv/swapped"), SECOND)
FILES = GOOD.members()
NAME = "archive/data.warc.gz"


def resigned(files: dict[str, bytes]) -> Wacz:
    return Wacz(files=files)


def unsigned(listed: bytes) -> bytes:
    return built.digest_file(listed, is_signed=False)


def relisted(**change: object) -> Wacz:
    """The good one with one resource's fields changed, signed anew by whoever changed it."""
    found = json.loads(FILES["datapackage.json"])
    found["resources"][0].update(change)
    return Wacz(manifest=json.dumps(found).encode())


def test_a_good_archive_has_nothing_wrong_with_it() -> None:
    found = built.report(GOOD.raw())
    assert found.problems == ()
    assert found.is_intact
    assert (found.signature.state, found.n_records, len(found.pages)) == ("self-signed", 2, 2)
    assert found.signature.key == key_fingerprint(built.KEY.public_key())
    assert all(page.is_captured for page in found.pages)


def test_a_signature_in_the_form_of_servers_is_read_too() -> None:
    digest = built.digest_file(FILES["datapackage.json"], is_raw=False)
    assert built.report(GOOD.changed(digest=digest).raw()).signature.state == "self-signed"


def flipped(raw: bytes, place: int) -> bytes:
    return raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]


FLIPPED = {**FILES, NAME: flipped(FILES[NAME], 40)}
NOT_LISTED = {"extra": b"plain", "pages/x/pages.jsonl": built.page_list(FIRST)}
LATER = "2031-05-09T10:15:00Z"

ATTACKS: dict[str, tuple[bytes, set[str]]] = {
    # The five that the reference validator lets pass (and what else it does not look at).
    "signature stripped": (
        GOOD.changed(digest=unsigned(FILES["datapackage.json"])).raw(), {"unsigned"}),
    "digest file and signature stripped": (
        GOOD.changed(dropped=("datapackage-digest.json",)).raw(),
        {"unsigned", "manifest-digest-absent"}),
    "other WARC, manifest rewritten, index left": (
        resigned({NAME: OTHER_WARC}).raw(),
        {"index-stale", "record-not-indexed", "page-not-captured"}),
    "unlisted file without a dot": (
        GOOD.changed(unlisted={"archive-copy": b"x"}).raw(), {"member-unlisted"}),
    "unlisted file whose end looks listed": (
        GOOD.changed(unlisted={"extra/pages/pages.jsonl": b"{}"}).raw(), {"member-unlisted"}),
    "forged signature": (
        GOOD.changed(digest=built.digest_file(b"another manifest").replace(
            unsigned(b"another manifest")[-73:-2], unsigned(FILES["datapackage.json"])[-73:-2])
        ).raw(), {"signature-invalid"}),
    # Manifest.
    "signature of another manifest": (
        GOOD.changed(digest=built.digest_file(b"{}")).raw(),
        {"manifest-digest-mismatch", "signature-invalid"}),
    "no manifest": (GOOD.changed(dropped=("datapackage.json",)).raw(), {"manifest-missing"}),
    "manifest that is no JSON": (Wacz(manifest=b"[").raw(), {"manifest-unreadable"}),
    "manifest with one name twice": (
        Wacz(manifest=FILES["datapackage.json"][:-1] + b', "resources": []}').raw(),
        {"manifest-unreadable"}),
    "listed file removed": (
        GOOD.changed(dropped=("pages/pages.jsonl",)).raw(),
        {"member-missing", "required-member-missing"}),
    "a byte of a file changed": (
        built.zipped(list(FLIPPED.items())), {"digest-mismatch", "record-damaged"}),
    "wrong digest": (relisted(hash=f"sha256:{'0' * 64}").raw(), {"digest-mismatch"}),
    "wrong length": (relisted(bytes=5).raw(), {"digest-mismatch"}),
    "weak digest": (relisted(hash=f"md5:{'0' * 32}").raw(), {"digest-missing"}),
    "no digest": (relisted(hash="").raw(), {"digest-missing"}),
    "listed twice": (relisted(path="indexes/index.cdx").raw(), {"member-listed-twice"}),
    # Frame.
    "one name twice": (built.twice(NAME, FILES[NAME], OTHER_WARC), {"duplicate-member"}),
    "names that collide": (
        GOOD.changed(files={"pages/Pages.jsonl": b""}).raw(), {"colliding-member"}),
    "leads out": (GOOD.changed(files={"../evil": b""}).raw(), {"unsafe-name"}),
    "absolute": (GOOD.changed(files={"/etc/evil": b""}).raw(), {"unsafe-name"}),
    "drive": (GOOD.changed(files={"C:evil": b""}).raw(), {"unsafe-name"}),
    "two headers disagree on the method": (
        built.patched(GOOD.raw(), NAME, 8, "<H", 8, at="local"), {"two-headers"}),
    "two headers disagree on the length": (
        built.patched(GOOD.raw(), NAME, 22, "<I", 5, at="local"), {"two-headers"}),
    "wrong checksum in both": (
        built.patched(built.patched(GOOD.raw(), NAME, 14, "<I", 5, at="local"),
                      NAME, 16, "<I", 5, at="central"), {"member-damaged"}),
    "link": (built.patched(GOOD.raw(), NAME, 38, "<I", 0o120777 << 16, at="central"),
             {"symbolic-link"}),
    "encrypted": (built.patched(GOOD.raw(), NAME, 8, "<H", 1, at="central"),
                  {"encrypted-member"}),
    "unknown method": (built.patched(GOOD.raw(), NAME, 10, "<H", 14, at="central"),
                       {"unknown-compression"}),
    "bytes before": (b"PK\x03\x04" + GOOD.raw(), {"not-an-archive"}),
    "overlapping": (built.overlapping(), {"overlapping-members"}),
    "cut": (GOOD.raw()[:-30], {"not-an-archive"}),
    "two directories": (
        GOOD.raw()[:-2] + b"\x16\x00" + b"PK\x05\x06" + bytes(18), {"not-an-archive"}),
    "archive in the archive": (
        GOOD.changed(files={"more.bin": built.zipped([("a", b"a")])}).raw(), {"nested-archive"}),
    # Records.
    "record digest": (
        Wacz(saved=(Saved(FIRST.url, block_digest="sha1:" + "A" * 32), SECOND)).raw(),
        {"block-digest-mismatch"}),
    "payload digest": (
        Wacz(saved=(Saved(FIRST.url, payload_digest=f"sha256:{'a' * 64}"), SECOND)).raw(),
        {"payload-digest-mismatch"}),
    "no digest in a record": (
        Wacz(saved=(Saved(FIRST.url, has_digests=False), SECOND)).raw(),
        {"record-without-digest"}),
    "address twice": (
        Wacz(saved=(Saved(FIRST.url, extra=(("WARC-Target-URI", "https://x.qv"),)),)).raw(),
        {"record-header-twice"}),
    "unknown digest": (
        Wacz(saved=(Saved(FIRST.url, payload_digest="blake3:aa"),)).raw(), {"digest-unknown"}),
    "truncated record": (
        Wacz(saved=(Saved(FIRST.url, extra=(("WARC-Truncated", "time"),)),)).raw(),
        {"record-truncated"}),
    "truncated GZIP": (
        resigned({NAME: FILES[NAME][:-9]}).raw(), {"record-damaged", "index-stale"}),
    "rubbish after": (resigned({NAME: FILES[NAME] + b"more"}).raw(), {"record-damaged"}),
    "records packed as one": (
        resigned({NAME: gzip.compress(FIRST.raw() + SECOND.raw(), mtime=0)}).raw(),
        {"records-share-member", "index-stale"}),
    "one record twice": (Wacz(saved=(FIRST, FIRST)).raw(), {"record-id-twice"}),
    # Index and pages.
    "offsets elsewhere": (
        resigned({"indexes/index.cdx": built.index(SECOND, FIRST)}).raw(),
        {"index-stale", "record-not-indexed"}),
    "record left out of the index": (
        resigned({"indexes/index.cdx": built.index(FIRST)}).raw(), {"record-not-indexed"}),
    "index of another time": (
        resigned({"indexes/index.cdx": built.index(Saved(FIRST.url, date=LATER), SECOND)}).raw(),
        {"index-stale"}),
    "index that is none": (
        resigned({"indexes/index.cdx": b"one two\n" + built.index(FIRST, SECOND)}).raw(),
        {"index-unreadable"}),
    "summary pointing elsewhere": (
        resigned({
            "indexes/index.cdx.gz": gzip.compress(built.index(FIRST, SECOND), mtime=0),
            "indexes/index.idx": b'!meta 0 {"filename": "index.cdx.gz"}\n'
                                 b'qv 2031 {"offset": 4, "length": 20}\n'}).raw(),
        {"index-stale"}),
    "page that was not saved": (
        resigned({"pages/pages.jsonl": built.page_list(Saved("https://example.qv/no"))}).raw(),
        {"page-not-captured"}),
    "page at another time": (
        resigned({"pages/pages.jsonl": built.page_list(Saved(FIRST.url, date=LATER))}).raw(),
        {"page-time-differs"}),
    "page that is no page": (
        resigned({"pages/pages.jsonl": b"{]\n"}).raw(), {"manifest-unreadable"}),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_each_attack_is_named(attack: str) -> None:
    raw, expected = ATTACKS[attack]
    assert expected <= built.codes(raw)


EXACT = (
    "signature stripped",
    "digest file and signature stripped",
    "unlisted file without a dot",
    "unlisted file whose end looks listed",
    "forged signature",
    "other WARC, manifest rewritten, index left",
    "names that collide",
    "leads out",
    "record digest",
    "payload digest",
    "page that was not saved",
    "offsets elsewhere",
    "wrong length",
    "archive in the archive",
    "two headers disagree on the length",
)


@pytest.mark.parametrize("attack", EXACT)
def test_an_attack_is_named_and_nothing_else(attack: str) -> None:
    raw, expected = ATTACKS[attack]
    assert built.codes(raw) == expected


def test_every_name_of_a_problem_is_given_by_some_test() -> None:
    named = set().union(*(expected for _, expected in ATTACKS.values()))
    elsewhere = {"bomb", "signature-missing", "unaccounted-bytes", "recompressed-member"}
    assert set(KINDS) - named == elsewhere


def test_every_name_of_a_problem_is_explained() -> None:
    import re
    from pathlib import Path

    page = Path(__file__).parents[2] / "docs" / "how-to" / "web-archives.md"
    text = page.read_text("utf-8").partition("<!-- problems")[2].partition("## Pictures")[0]
    broken, _, doubtful = text.partition("| doubtful |")
    assert set(re.findall(r"`([a-z-]+)`", broken)) == set(BROKEN)
    assert set(re.findall(r"`([a-z-]+)`", doubtful)) == set(DOUBTFUL)


def test_an_expected_key_is_missed_when_it_is_gone_or_another() -> None:
    key = key_fingerprint(built.KEY.public_key())
    other = GOOD.changed(digest=built.digest_file(FILES["datapackage.json"], key=OTHER_KEY))
    stripped, _ = ATTACKS["signature stripped"]
    assert built.codes(GOOD.raw(), expected_key=key) == set()
    assert built.codes(other.raw()) == set(), "anybody can sign with a key of their own"
    for raw in (other.raw(), stripped):
        assert built.codes(raw, expected_key=key) == {"signature-missing"}
        assert not built.report(raw, expected_key=key).is_intact


def test_two_files_of_one_name_in_two_folders_are_named() -> None:
    other = Wacz(files={"archive/more/data.warc.gz": OTHER_WARC})
    assert "colliding-member" in built.codes(other.raw())


def test_a_comment_is_named() -> None:
    raw = GOOD.raw()
    assert built.codes(raw[:-2] + b"\x06\x00hidden") == {"unaccounted-bytes"}


def test_bytes_between_members_are_named() -> None:
    raw = GOOD.raw()
    end = raw.rindex(b"PK\x05\x06")
    assert built.codes(raw[:end] + b"hidden" + raw[end:]) == {"unaccounted-bytes"}


def test_what_is_packed_twice_is_named() -> None:
    raw = built.zipped(list(FILES.items()), method=zipfile.ZIP_DEFLATED)
    assert built.codes(raw) == {"recompressed-member"}


def test_bombs_are_refused_before_they_unpack() -> None:
    zeros = bytes(1 << 20)
    packed = built.zipped([("archive/data.warc.gz", zeros)], method=zipfile.ZIP_DEFLATED)
    assert built.codes(packed, limits=SMALL) == {"bomb"}
    assert "member-damaged" in built.codes(built.lying_bomb(), limits=SMALL)
    inside = Wacz(files={NAME: gzip.compress(zeros, mtime=0)})
    assert "bomb" in built.codes(inside.raw(), limits=SMALL)
    many = built.report(GOOD.raw(), limits=built.Limits(max_members=3))
    assert set(many.counts) == {"bomb"}


def test_memory_stays_small_however_much_is_inside() -> None:
    import tracemalloc

    body = b"".join(b"%064d" % n for n in range(60_000))
    raw = Wacz(saved=(Saved(FIRST.url, body=body, mime="text/plain"),)).raw()
    tracemalloc.start()
    found = built.report(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.is_intact
    assert peak < 2_000_000 < len(body)


def test_a_problem_is_listed_so_often_and_counted_always() -> None:
    unlisted = {f"extra{n}": b"" for n in range(30)}
    found = built.report(GOOD.changed(unlisted=unlisted).raw())
    assert (len(found.problems), found.counts["member-unlisted"]) == (20, 30)


def test_ed25519_keys_are_read() -> None:
    import base64
    import hashlib

    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))
    found = json.loads(built.digest_file(FILES["datapackage.json"]))
    text = f"sha256:{hashlib.sha256(FILES['datapackage.json']).hexdigest()}"
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signature = base64.b64encode(key.sign(text.encode())).decode()
    found["signedData"].update(signature=signature, publicKey=public.decode())
    signed = GOOD.changed(digest=json.dumps(found).encode())
    assert built.report(signed.raw()).signature.state == "self-signed"


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_warc_alone(is_packed: bool) -> None:  # noqa: FBT001 - both forms
    found = built.report(built.warc(FIRST, SECOND, is_packed=is_packed))
    assert (found.kind, found.n_records, set(found.counts)) == ("warc", 2, {"unsigned"})


def test_what_is_no_archive_is_refused_in_one_line() -> None:
    for raw in (b"", b"plain text", b"\x1f\x8b\x08\x00broken"):
        with pytest.raises(ArchiveDamagedError, match="neither WACZ nor WARC"):
            check_archive(io.BytesIO(raw))


@pytest.mark.parametrize("kind", ["chunked", "joined"])
def test_a_payload_digest_counts_with_or_without_chunk_sizes(kind: str) -> None:
    import hashlib

    body = b"5\r\nsalt \r\n7\r\nlantern\r\n0\r\n\r\n"
    counted = body if kind == "chunked" else b"salt lantern"
    digest = f"sha256:{hashlib.sha256(counted).hexdigest()}"
    saved = Saved(FIRST.url, body=body, payload_digest=digest, mime="text/plain",
                  http=(("Transfer-Encoding", "chunked"),))  # fmt: skip
    assert built.codes(Wacz(saved=(saved,)).raw()) == set()


SEEDS = (GOOD.raw(), built.warc(FIRST, SECOND), built.warc(FIRST, is_packed=False))


@FEW
@given(data=st.data())
def test_whatever_the_bytes_only_our_errors_escape(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        if data.draw(st.booleans()):
            raw[place] = data.draw(st.integers(0, 255))
        else:
            raw[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
        raw = raw or bytearray(b"P")
    try:
        found = built.report(bytes(raw), limits=SMALL)
    except UndersightError:
        return
    assert set(found.counts) <= set(KINDS)


@FEW
@given(raw=st.binary(max_size=300), name=st.sampled_from(sorted(FILES)))
def test_whatever_a_member_holds_only_our_errors_escape(raw: bytes, name: str) -> None:
    found = built.report(built.zipped(list({**FILES, name: raw}.items())), limits=SMALL)
    assert set(found.counts) <= set(KINDS)


@pytest.mark.real
def test_archives_from_elsewhere(shared_data: object) -> None:
    from pathlib import Path

    folder = Path(str(shared_data)) / "export-formats" / "web-archives"
    found = {path.name: built.report(path.read_bytes()) for path in sorted(folder.glob("*.w*"))}
    assert {name for name, one in found.items() if not one.is_intact} == {"invalid_example_1.wacz"}
    signed = found["valid_signed_example_1.wacz"].signature
    assert (signed.state, signed.stamped[:10]) == ("certificate", "2022-01-18")
