"""Forms that somebody began to fill in: kept sealed, so that a reload or a restart loses nothing.

What is kept here was typed and not sent. It belongs to whoever typed it, goes when the form is
sent or thrown away, and never enters the casebook by itself.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.integrity import durable
from undersight.integrity.record_cipher import open_bytes, seal_bytes
from undersight.vault.keyring import KeyPurpose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from undersight.workbench.session import Workspace

MOST_BYTES = 1024**2
"""Longer forms are not kept."""

_FOLDER, _SUFFIX = "forms", ".sealed"
_DOMAIN = b"undersight/form-on-the-shelf/v1\x00"
_NAME_LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A form that was begun.

    Args:
        form_id: Which form.
        at_us: When it was kept, µs since 1970 UTC.
        fields: What was typed, by field.
    """

    form_id: str
    at_us: int
    fields: Mapping[str, Sequence[str]]

    def text(self, name: str) -> str:
        """Return what was typed in a field; lines for boxes that share a name."""
        return "\n".join(one for one in self.fields.get(name, ()) if one)


def keep(workspace: Workspace, form_id: str, fields: Mapping[str, Sequence[str]]) -> bool:
    """Keep what was typed so far, and return whether it was short enough.

    Args:
        workspace: The workspace; no writer's lock is needed, a form has one owner.
        form_id: Which form.
        fields: What was typed, by field.
    """
    told = {
        "form_id": form_id,
        "who": workspace.staff_id,
        "at_us": workspace.now_us,
        "fields": {name: list(values) for name, values in fields.items()},
    }
    plain = json.dumps(told, ensure_ascii=False).encode("utf-8")
    if len(plain) > MOST_BYTES:
        return False
    path = _path(workspace, form_id)
    sealed = seal_bytes(_key(workspace), plain, _DOMAIN + path.stem.encode())
    with durable.disk_errors(path):
        durable.make_folder(path.parent)
        durable.write_atomic(path, sealed)
    return True


def take(workspace: Workspace, form_id: str) -> Begun | None:
    """Return what was typed into a form before; None where nothing is kept or readable."""
    told = _read(workspace, _path(workspace, form_id))
    if told is None or told["who"] != workspace.staff_id or told["form_id"] != form_id:
        return None
    return Begun(form_id=form_id, at_us=int(told["at_us"]), fields=told["fields"])


def listing(workspace: Workspace) -> tuple[Begun, ...]:
    """Return the forms that whoever works here began, the latest first."""
    told = [one for path in _all(workspace) if (one := _read(workspace, path)) is not None]
    found = [
        Begun(form_id=one["form_id"], at_us=int(one["at_us"]), fields=one["fields"])
        for one in told
        if one["who"] == workspace.staff_id
    ]
    return tuple(sorted(found, key=lambda one: (-one.at_us, one.form_id)))


def drop(workspace: Workspace, form_id: str) -> None:
    """Forget what was typed into a form; nothing happens where nothing was."""
    _remove(_path(workspace, form_id))


def let_go(workspace: Workspace, is_named: Callable[[Any], bool]) -> int:
    """Remove every begun form that names somebody, and return how many.

    Args:
        workspace: Open for writing.
        is_named: Tells whether somebody is named in what was typed.
    """
    n_removed = 0
    for path in _all(workspace):
        told = _read(workspace, path)
        if told is None or is_named(told["fields"]):
            _remove(path)
            n_removed += 1
    return n_removed


def _read(workspace: Workspace, path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    with durable.disk_errors(path):
        sealed = path.read_bytes()
    plain = open_bytes(_key(workspace), sealed, _DOMAIN + path.stem.encode())
    return None if plain is None else dict(json.loads(plain))


def _remove(path: Path) -> None:
    if path.is_file():
        with durable.disk_errors(path):
            durable.remove(path)


def _all(workspace: Workspace) -> Iterator[Path]:
    yield from sorted((workspace.layout.root / _FOLDER).glob(f"*{_SUFFIX}"))


def _path(workspace: Workspace, form_id: str) -> Path:
    named = f"{workspace.staff_id}\x00{form_id}".encode()
    name = hashlib.sha256(named).hexdigest()[:_NAME_LENGTH]
    return workspace.layout.root / _FOLDER / f"{name}{_SUFFIX}"


def _key(workspace: Workspace) -> bytes:
    return workspace.keyring.subkey(KeyPurpose.DRAFTS)
