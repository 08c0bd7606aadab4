"""What sealing costs, beside `sha256sum` and `cp && sync && sha256sum` over the same files.

    python -m benchmarks.seal [--megabytes 300] [--files 10000] [--folder DIR]

Large: one file of random bytes. Small: many files of some kilobytes, with what a deep check of
them takes on one thread and on all. Goals: CPU at most 1.5 times that of sha256sum and wall at
most 1.3 times that of cp, sync and sha256sum on large files; 1e5 small files in minutes, memory
bounded. Needs the coreutils programs. Run from the top of the repository.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.process_cost import Cost, cost_of
from undersight.settings import Profile
from undersight.vault.object_checks import check_objects
from undersight.vault.passphrase import Argon2Cost
from undersight.workbench.sealing import SealOptions, seal_files
from undersight.workbench.session import Workspace
from undersight.workbench.verifying import verify

PASSPHRASE = "seven lamps over sarnak"  # noqa: S105 - of an invented person
CHEAP = Argon2Cost(memory_kib=8, iterations=1, lanes=1)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=300)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="On the disk to be measured.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        _large(Path(name), given.megabytes)
        _small(Path(name), given.files)
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory: {peak_mib:.0f} MiB")


def _large(folder: Path, n_megabytes: int) -> None:
    """One large file."""
    large, copy = folder / "large", folder / "copy"
    with large.open("wb") as file:
        for _piece in range(n_megabytes):
            file.write(os.urandom(1 << 20))
    _run(f"sync {large}")
    digest = cost_of(lambda: _run(f"sha256sum {large}"))
    copied = cost_of(lambda: _run(f"cp {large} {copy} && sync {copy} && sha256sum {copy}"))
    print(
        f"{n_megabytes} MiB{'':14} {'wall s':>8} {'cpu s':>8} {'cpu/sha256sum':>14} {'wall/cp':>8}"
    )
    _row("sha256sum", digest, digest, copied)
    _row("cp && sync && sha256sum", copied, digest, copied)
    for is_plain in (True, False):
        with _workspace(folder / f"large-{is_plain}", is_plain=is_plain) as workspace:
            cost = cost_of(lambda w=workspace: seal_files(w, (large,), SealOptions()))
            _row(f"seal, {_word(is_plain)}", cost, digest, copied)
            deep = cost_of(lambda w=workspace: list(check_objects(w.vault, is_deep=True)))
            _row(f"check, {_word(is_plain)}", deep, digest, copied)


def _small(folder: Path, n_files: int) -> None:
    """Many small files."""
    place = folder / "small"
    chance = random.Random(0)  # noqa: S311 - the same files each time
    for number in range(n_files):
        path = place / f"{number // 1000:03}" / f"{number:06}"
        path.parent.mkdir(parents=True, exist_ok=True)
        # As most screenshots begin; what begins like nothing known takes a millisecond more.
        path.write_bytes(b"\xff\xd8\xff\xe0" + chance.randbytes(chance.randint(500, 8000)))
    _run("sync")
    for is_plain in (True, False):
        with _workspace(folder / f"small-{is_plain}", is_plain=is_plain) as workspace:
            options = SealOptions(is_recursive=True)
            cost = cost_of(lambda w=workspace, o=options: seal_files(w, (place,), o))
            print(f"seal {n_files} files, {_word(is_plain)}: {_rate(cost, n_files)}")
            cost = cost_of(lambda w=workspace: verify(w, is_deep=True))
            print(f"verify --deep, {_word(is_plain)}: {_rate(cost, n_files)}")


def _workspace(folder: Path, *, is_plain: bool) -> Workspace:
    """A new workspace."""
    passphrase = None if is_plain else PASSPHRASE
    return Workspace.create(folder, Profile(), passphrase=passphrase, cost=CHEAP)


def _word(is_plain: bool) -> str:  # noqa: FBT001 - one word for a column
    return "plain" if is_plain else "encrypted"


def _rate(cost: Cost, n_files: int) -> str:
    """A cost and what it means per second."""
    return f"{cost.wall_s:.1f} s, cpu {cost.cpu_s:.1f} s, {n_files / cost.wall_s:.0f} per second"


def _row(label: str, cost: Cost, digest: Cost, copied: Cost) -> None:
    """One line of the table."""
    ratios = f"{cost.cpu_s / digest.cpu_s:14.2f} {cost.wall_s / copied.wall_s:8.2f}"
    print(f"{label:24} {cost.wall_s:8.2f} {cost.cpu_s:8.2f} {ratios}")
    sys.stdout.flush()


def _run(line: str) -> None:
    """A line of shell over files of ours."""
    subprocess.run(line, shell=True, check=True, stdout=subprocess.DEVNULL)  # noqa: S602


if __name__ == "__main__":
    main()
