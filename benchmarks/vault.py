"""What sealing a large file costs, beside `sha256sum` and `cp && sync && sha256sum` over it.

    python -m benchmarks.vault [--megabytes 300]

Also: objects encrypted by age instead, small files per second, and one unlocking. Needs the
coreutils programs. Run from the top of the repository.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.process_cost import Cost, cost_of
from tests.vault.sample import ACTOR, PASSPHRASE, new_vault
from undersight.vault.keyring import create_keyring, unlock_keyring

_N_SMALL = 1000


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=300)
    n_bytes = parser.parse_args().megabytes * 1024**2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large, copy = folder / "large", folder / "copy"
        _fill(large, n_bytes)
        digest = cost_of(lambda: _run(f"sha256sum {large}"))
        copied = cost_of(lambda: _run(f"cp {large} {copy} && sync -d {copy} && sha256sum {copy}"))
        print(f"{'':22} {'wall s':>8} {'cpu s':>8} {'cpu/sha256sum':>14} {'wall/cp':>8}")
        _row("sha256sum", digest, digest, copied)
        _row("cp && sync && sha256sum", copied, digest, copied)
        for is_plain in (True, False):
            label = "put, plain" if is_plain else "put, encrypted"
            _row(label, cost_of(lambda p=is_plain: _put(folder, large, p)), digest, copied)
        _row("age alone", cost_of(lambda: _age(large)), digest, copied)
        _print_small(folder)
        _print_unlock(folder)


def _row(label: str, cost: Cost, digest: Cost, copied: Cost) -> None:
    """One line of the table."""
    ratios = f"{cost.cpu_s / digest.cpu_s:14.2f} {cost.wall_s / copied.wall_s:8.2f}"
    print(f"{label:22} {cost.wall_s:8.2f} {cost.cpu_s:8.2f} {ratios}")


def _fill(path: Path, n_bytes: int) -> None:
    """A file of random bytes."""
    with path.open("wb") as file:
        for _piece in range(n_bytes >> 20):
            file.write(os.urandom(1 << 20))


def _run(line: str) -> None:
    """A line of shell over files of ours."""
    subprocess.run(line, shell=True, check=True, stdout=subprocess.DEVNULL)  # noqa: S602


def _put(folder: Path, path: Path, is_plain: bool) -> None:  # noqa: FBT001
    """Take a file into a new vault."""
    place = folder / str(is_plain)
    place.mkdir()
    with path.open("rb") as file:
        new_vault(place, is_plain=is_plain).put(file, reason="benchmark", actor=ACTOR)


def _age(path: Path) -> None:
    """Encrypt a file by age, without hashing it."""
    import pyrage

    recipient = pyrage.x25519.Identity.generate().to_public()
    with path.open("rb") as file, tempfile.TemporaryFile() as out:
        pyrage.encrypt_io(file, out, [recipient])


def _print_small(folder: Path) -> None:
    """How many small files are taken in per second."""
    place = folder / "small"
    place.mkdir()
    vault = new_vault(place, is_plain=False)
    start_s = time.perf_counter()
    for number in range(_N_SMALL):
        vault.put(io.BytesIO(b"%d" % number), reason="benchmark", actor=ACTOR)
    print(f"small files: {_N_SMALL / (time.perf_counter() - start_s):.0f} per second")


def _print_unlock(folder: Path) -> None:
    """How long one guess at a passphrase takes."""
    path = folder / "keyring.json"
    create_keyring(path, workspace_id="ws-aaaabbbbccccdddd", passphrase=PASSPHRASE)
    cost = cost_of(lambda: unlock_keyring(path, PASSPHRASE))
    print(f"unlocking: {cost.wall_s:.2f} s, {cost.cpu_s:.2f} s of the processors")


if __name__ == "__main__":
    main()
