"""Whatever a known colleague signs, by mistake, under coercion or in malice: one clear error."""

from __future__ import annotations

import copy
import functools
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.sample import CHEAP, new_keyring
from undersight.errors import UndersightError
from undersight.integrity.canonical import canonical_json
from undersight.model.change import change_to_json
from undersight.settings import Profile
from undersight.vault.bundle import open_bundle, seal_bundle
from undersight.vault.passphrase import encode_base64
from undersight.vault.staff import StaffKeys, create_staff, encrypt_for
from undersight.workbench import bundles, incidents
from undersight.workbench.session import Workspace

FEW = settings(max_examples=max(10, settings.default.max_examples // 4))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
LINES = st.binary(max_size=40) | st.sampled_from([b"[" * 100_000, b"9" * 5000, b"\\ud800", b"{}"])


@functools.cache
def staff(name: str) -> StaffKeys:
    folder = Path(tempfile.mkdtemp()) / name
    folder.mkdir()
    return create_staff(new_keyring(folder, is_plain=True))


def signed(lines: Iterable[bytes], sender: StaffKeys, reader: StaffKeys) -> bytes:
    """Lines of any kind, signed and encrypted as a bundle is."""
    body = b"".join(line + b"\n" for line in lines)
    signature = encode_base64(sender.sign(body, domain="undersight/bundle/v1"))
    tail = canonical_json({"signature": signature})
    return encrypt_for(body + tail + b"\n", [reader.public])


def opens(raw: bytes) -> None:
    try:
        found = open_bundle(raw, reader=staff("reader"), colleagues=[staff("sender").public])
    except UndersightError:
        return
    assert isinstance(found.at_us, int)


@FEW
@given(field=st.sampled_from(["format", "kind", "sender", "at_us", "n_changes"]), value=JSON)
def test_first_lines_of_any_shape(field: str, value: object) -> None:
    header: dict[str, object] = {
        "format": 1, "kind": "undersight-bundle", "sender": staff("sender").public.line(),
        "at_us": 0, "n_changes": 0,
    }  # fmt: skip
    try:
        first = canonical_json({**header, field: value})
    except (UndersightError, ValueError):
        return  # no such JSON can be written
    opens(signed([first], staff("sender"), staff("reader")))


@FEW
@given(lines=st.lists(LINES, max_size=4))
def test_lines_of_any_bytes(lines: list[bytes]) -> None:
    opens(signed(lines, staff("sender"), staff("reader")))
    header = {"format": 1, "kind": "undersight-bundle", "sender": staff("sender").public.line(),
              "at_us": 0, "n_changes": len(lines)}  # fmt: skip
    opens(signed([canonical_json(header), *lines], staff("sender"), staff("reader")))


@FEW
@given(raw=st.binary(max_size=200))
def test_any_bytes(raw: bytes) -> None:
    opens(raw)


@functools.cache
def log() -> tuple[Workspace, list[Mapping[str, Any]]]:
    """A log, and what another laptop wrote."""
    folder = Path(tempfile.mkdtemp())
    document = {"title": "Questioned", "acts": [{"act_type": "questioning", "start": "2031-05-01",
                "people": [{"name": "Tarvin Oskelde", "role": "victim"}]}]}  # fmt: skip
    made = [
        Workspace.create(folder / name, Profile(), passphrase=None, cost=CHEAP)
        for name in ("here", "there")
    ]
    incidents.add(made[1], document, why="test")
    return made[0], [change_to_json(one) for one in made[1].casebook.changes_since()]


@st.composite
def damaged(draw: st.DrawFn) -> list[Any]:
    """The other laptop's changes, some values of them any others."""
    changes: list[Any] = copy.deepcopy(log()[1])
    for _ in range(draw(st.integers(1, 3))):
        inside: Any = draw(st.sampled_from(changes))
        while isinstance(inside, dict) and inside:
            name = draw(st.sampled_from(sorted(inside)))
            if draw(st.booleans()) or not isinstance(inside[name], dict):
                inside[name] = draw(JSON)
                break
            inside = inside[name]
    return changes


@pytest.mark.long
@settings(max_examples=300)
@given(changes=damaged())
def test_changes_of_any_shape_come_in_whole_or_not_at_all(changes: list[Any]) -> None:
    here, _ = log()
    try:
        raw = seal_bundle(changes, sender=here.staff, recipients=[], at_us=0)
    except (UndersightError, ValueError):
        return  # no such JSON can be written
    before = here.casebook.history_head()
    try:
        bundles.merge(here, raw)
    except UndersightError:
        assert here.casebook.history_head() == before
    assert here.casebook.verify_history().is_whole
