"""Are the objects what the custody log says they are? Missing, swapped, damaged, extra."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

from undersight.errors import CustodyBrokenError, DiskFailedError, ObjectDamagedError
from undersight.integrity.canonical import Digest
from undersight.vault.custody import ERASE, INTAKE, REPAIR
from undersight.vault.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from undersight.vault.objects import Vault

_AT_ONCE = 512
_MOST_THREADS = 8


def expected_objects(vault: Vault) -> set[Digest]:
    """What the custody log says is in the store."""
    there: set[Digest] = set()
    for entry in vault.custody.readable():
        if entry.action in {INTAKE, REPAIR} and entry.object:
            there.add(Digest(entry.object))
        elif entry.action == ERASE:
            there.discard(Digest(entry.object))
    return there


def check_objects(
    vault: Vault,
    *,
    is_deep: bool,
    expected: set[Digest] | None = None,
    progress: Callable[[int], object] = id,
) -> Iterator[Fault]:
    """Compare the store with the custody log.

    Args:
        vault: The vault.
        is_deep: Read every byte, on several threads; otherwise names, lengths and, in an encrypted
            vault, the digests that the objects themselves carry.
        expected: From `expected_objects`, where it was asked already.
        progress: Called with the number of objects looked at.
    """
    if expected is None:
        expected = expected_objects(vault)
    yield from _extra(vault, expected)
    sizes = {} if is_deep or not vault.keyring.is_plain else _sizes(vault)
    n_threads = min(_MOST_THREADS, os.cpu_count() or 1)

    def check(digest: Digest) -> Fault | None:
        return _check_one(vault, digest, expected, sizes.get(digest), is_deep=is_deep)

    n_looked_at = 0
    waiting = iter(sorted(expected))
    with ThreadPoolExecutor(n_threads) as pool:
        # Some hundreds at a time, so that memory does not grow with the vault.
        while some := list(islice(waiting, _AT_ONCE)):
            for fault in pool.map(check, some):
                n_looked_at += 1
                progress(n_looked_at)
                if fault is not None:
                    yield fault


def _extra(vault: Vault, expected: Iterable[Digest]) -> Iterator[Fault]:
    """Files in the store that the log knows nothing of."""
    shelf = vault.shelf
    names = {shelf.name(digest) for digest in expected}
    for path in sorted(shelf.objects.rglob("*")):
        if not path.is_dir() and _name(path, shelf.objects) not in names:
            place = path.relative_to(shelf.objects).as_posix()
            detail = "The custody log does not know how it came to be here."
            yield Fault(what="object", kind="extra", place=place, detail=detail)


def _name(path: Path, objects: Path) -> str:
    """The name that a file stands for, as it lies."""
    parts = path.relative_to(objects).parts
    return "".join(parts) if len(parts) == 2 and len(parts[0]) == 2 else ""


def _check_one(
    vault: Vault,
    digest: Digest,
    expected: set[Digest],
    n_bytes: int | None,
    *,
    is_deep: bool,
) -> Fault | None:
    """How one object is not what it should be, if it is not."""
    if not vault.contains(digest):
        return Fault(what="object", kind="missing", place=digest, detail="Its file is gone.")
    path = vault.shelf.path(digest)
    if not path.exists():
        path = vault.shelf.ready_path(digest)
    try:
        found = vault.shelf.identify(path, is_deep=is_deep)
        is_cut = n_bytes is not None and path.stat().st_size != n_bytes
    except ObjectDamagedError as reason:
        return Fault(what="object", kind="damaged", place=digest, detail=reason.sentence)
    except (DiskFailedError, OSError) as reason:
        return Fault(what="object", kind="unreadable", place=digest, detail=str(reason))
    if is_cut:
        detail = "Its length is not the one that was taken in."
        return Fault(what="object", kind="damaged", place=digest, detail=detail)
    if found is None or found == digest:
        return None
    if found in expected or not vault.keyring.is_plain:
        detail = f"Another object, {found}, is in its place."
        return Fault(what="object", kind="swapped", place=digest, detail=detail)
    detail = "Its bytes do not have its digest."
    return Fault(what="object", kind="damaged", place=digest, detail=detail)


def _sizes(vault: Vault) -> dict[Digest, int]:
    """The lengths that were taken in, as far as the intake log can be read."""
    sizes: dict[Digest, int] = {}
    try:
        for intake in vault.intakes():
            sizes[intake.object] = intake.n_bytes
    except CustodyBrokenError:
        # The log's own check names the break; lengths are then compared as far as it goes.
        return sizes
    return sizes
