"""A proof shows one object and nothing of the others, and only fits what it was made from."""

from __future__ import annotations

import functools
import io
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.sample import ACTOR, new_vault
from undersight.errors import (
    ObjectDamagedError,
    SealDamagedError,
    SealNotFoundError,
    SignatureMismatchError,
    UndersightError,
)
from undersight.integrity.canonical import digest_bytes
from undersight.vault.disclosure import MAX_BYTES, check_disclosure, disclose
from undersight.vault.seal_manifest import SealItem
from undersight.vault.seals import Seals

FEW = settings(max_examples=max(10, settings.default.max_examples // 4))

PAGES = [b"page %d of Sarnak" % number for number in range(5)]
DIGESTS = [digest_bytes(page) for page in PAGES]


@functools.cache
def seals() -> Seals:
    vault = new_vault(Path(tempfile.mkdtemp()), is_plain=True)
    for page in PAGES:
        vault.put(io.BytesIO(page), reason="saved", actor=ACTOR)
    found = Seals(vault)
    found.keys.new("desk", actor=ACTOR)
    items = [SealItem(object=one, metadata={"note": f"note {n}"}) for n, one in enumerate(DIGESTS)]
    found.make(items[:4], found.keys.open(), actor=ACTOR)
    found.make(items[3:], found.keys.open(), actor=ACTOR)
    return found


def test_a_proof_shows_its_object_and_no_other() -> None:
    data = disclose(seals(), DIGESTS[1])
    shown = check_disclosure(data, DIGESTS[1])
    assert (shown.object, shown.seal_id, shown.metadata) == (DIGESTS[1], "seal-000001", None)
    assert shown.public_line.startswith("ssh-ed25519 ")
    assert not any(digest.encode() in data for digest in DIGESTS if digest != DIGESTS[1])
    assert b"note" not in data


def test_metadata_is_shown_only_when_asked_for() -> None:
    data = disclose(seals(), DIGESTS[1], is_metadata_shown=True)
    assert check_disclosure(data).metadata == {"note": "note 1"}
    with pytest.raises(SealDamagedError):
        check_disclosure(data.replace(b"note 1", b"note 2"))


def test_the_first_seal_over_it_is_shown_and_others_are_looked_through() -> None:
    assert check_disclosure(disclose(seals(), DIGESTS[3])).seal_id == "seal-000001"
    assert check_disclosure(disclose(seals(), DIGESTS[4])).seal_id == "seal-000002"
    with pytest.raises(SealNotFoundError):
        disclose(seals(), digest_bytes(b"never sealed"))


def changed(**parts: object) -> bytes:
    found = json.loads(disclose(seals(), DIGESTS[0]))
    found["proof"].update(parts.pop("in_proof", {}))
    found.update(parts)
    return json.dumps(found).encode()


OTHER = json.loads(disclose(seals(), DIGESTS[4]))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (changed(format="other/1"), SealDamagedError),
        (changed(proof=None), SealDamagedError),
        (changed(manifest="{}"), SealDamagedError),
        (changed(manifest=OTHER["manifest"]), SignatureMismatchError),
        (changed(manifest=OTHER["manifest"], signature=OTHER["signature"]), SealDamagedError),
        (changed(signature="none"), SignatureMismatchError),
        (changed(in_proof={"object": DIGESTS[1]}), SealDamagedError),
        (changed(in_proof={"leaves": 5}), SealDamagedError),
        (changed(in_proof={"metadata": [1]}), SealDamagedError),
        (changed(in_proof={"index": "x"}), SealDamagedError),
        (changed().replace(b'"index": 0', b'"index": 1e999'), SealDamagedError),
        (b"[1]", SealDamagedError),
        (b"{", SealDamagedError),
        (b" " * (MAX_BYTES + 1), SealDamagedError),
    ],
)
def test_a_proof_that_does_not_hold_is_refused(data: bytes, error: type[UndersightError]) -> None:
    with pytest.raises(error):
        check_disclosure(data, DIGESTS[0])


def test_another_file_beside_it_is_refused() -> None:
    with pytest.raises(ObjectDamagedError):
        check_disclosure(disclose(seals(), DIGESTS[0]), DIGESTS[1])


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4])
def test_the_check_that_the_page_prints_needs_nothing_of_ours(number: int, tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs/how-to/redact.md"
    (code,) = re.findall("```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    (tmp_path / "check.py").write_text(code, encoding="utf-8")
    (tmp_path / "proof.json").write_bytes(disclose(seals(), DIGESTS[number]))
    (tmp_path / "page").write_bytes(PAGES[number])
    (tmp_path / "other").write_bytes(PAGES[number] + b".")
    words = [sys.executable, "-I", "-S", "check.py", "proof.json"]
    said = subprocess.run([*words, "page"], check=True, capture_output=True, cwd=tmp_path)
    key = said.stdout.decode().split()[-1]
    assert subprocess.run([*words, "other"], check=False, capture_output=True, cwd=tmp_path).stderr
    seal = seals().read("1" if number < 4 else "2")
    for name in ("manifest.json", "seal.sig"):
        assert (tmp_path / name).read_bytes() == (seal.folder / name).read_bytes()
    assert key == seal.manifest.key_id


@FEW
@given(data=st.data())
def test_no_changed_byte_passes_and_only_our_errors_escape(data: st.DataObject) -> None:
    raw = disclose(seals(), DIGESTS[0])
    place = data.draw(st.integers(0, len(raw) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda one: one != raw[place]))
    try:
        found = check_disclosure(raw[:place] + bytes([value]) + raw[place + 1 :], DIGESTS[0])
    except UndersightError:
        return
    # White space and the case of hexadecimal digits mean nothing.
    assert found == check_disclosure(raw, DIGESTS[0])
