"""Write an invented corpus of Qaravel: a table that ``posts-table`` reads, and the truth apart.

    python benchmarks/make_crowds.py --rows 1000000 --out posts.parquet --labels truth.csv
        [--seed 1] [--gathering fan-army ...] [--no-operations]

Ordinary people with every gathering (unless some are named) and every operation among them. Same
seed and size, same bytes. Memory is that of a chunk, whatever the size.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from undersight.synth.crowds import (  # noqa: E402
    GATHERINGS,
    CopyPaste,
    FacadePages,
    LinkFarm,
    Reposters,
    Scene,
    Size,
)
from undersight.synth.crowds.files import write_scene  # noqa: E402


def main() -> None:
    """Write both files and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000, help="of ordinary people")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help=".csv or .parquet")
    parser.add_argument("--labels", type=Path, required=True, help=".csv")
    parser.add_argument("--gathering", action="append", choices=tuple(GATHERINGS))
    parser.add_argument("--no-operations", action="store_true")
    options = parser.parse_args()
    planted = () if options.no_operations else (
        FacadePages(), CopyPaste(), LinkFarm(), Reposters()
    )  # fmt: skip
    scene = Scene(
        options.seed,
        Size(n_rows=options.rows),
        gatherings=options.gathering or tuple(GATHERINGS),
        operations=planted,
    )
    written = write_scene(scene, options.out, options.labels)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{written.n_rows:,} rows, {time.process_time():.0f} s of CPU, {peak_mb:.0f} MB")


if __name__ == "__main__":
    main()
