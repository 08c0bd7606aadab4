"""How long the tables of a casebook take that are made from its log anew, after a program update.

python -m benchmarks.rebuild                                     10^3 incidents, 16 191 records
python -m benchmarks.rebuild --incidents 5000 --workspace DIR    kept, or used again

Copies as in ``large_casebook`` have no log: more than its 5000 incidents cannot be made anew.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from pathlib import Path

import sqlalchemy as sa

from benchmarks.large_casebook import N_TYPED, workspace
from benchmarks.process_cost import cost_of
from undersight.casebook import tables as t
from undersight.workbench.session import Workspace


def main() -> None:
    """Make a casebook where there is none, and its tables anew."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--incidents", type=int, default=1000)
    parser.add_argument("--workspace", type=Path, help="keep it here, or use what is here")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as scratch:
        folder = workspace(given.workspace or Path(scratch) / "log", min(given.incidents, N_TYPED))
        with Workspace.open(folder) as opened:
            took = cost_of(opened.casebook.rebuild_projections)
            with opened.casebook.unit() as work:
                count = sa.select(sa.func.count()).select_from(t.RECORD)
                n_records = work.connection.scalar(count) or 0
    print(
        f"{n_records} records in {took.wall_s:.0f} s ({took.cpu_s:.1f} s of the processor: "
        f"{n_records / took.cpu_s:.0f} a second)"
    )


if __name__ == "__main__":
    main()
