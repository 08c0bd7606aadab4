"""Co-action beside other ways to count it: CPU seconds and memory of whole processes, as ratios.

python benchmarks/coaction.py                      10^5 rows, windows of 60 s and 1 h
python benchmarks/coaction.py --rows 1000000 --windows 60
python benchmarks/coaction.py --actions FILE       rows made elsewhere (account_id, object_id, ts)
python benchmarks/coaction.py --peers VENV         where the peers are, or are to be installed

CPU is user and system time of a process and its children, start-up and reading included; memory
is the largest process. Files are read once before, and each window is counted once before it is
measured, so that caches are warm and byte code and compiled code are where a first run leaves
them (also where PYTHONDONTWRITEBYTECODE is set). The peers come from benchmarks/requirements.txt.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parent.parent
UNKEPT = "PYTHONDONTWRITEBYTECODE"
PROGRAM = "from undersight.cli.main import main; main()"
NAIVE = """
import sys, duckdb
source, window_s, out = sys.argv[1:]
duckdb.sql(f'''COPY (
    WITH t AS (SELECT account_id AS u, object_id AS o, epoch_us(ts) AS t FROM '{source}'),
    pairs AS (
        SELECT a.u AS u, b.u AS v, a.o AS o, abs(a.t - b.t) AS d
        FROM t AS a JOIN t AS b ON a.o = b.o AND a.u < b.u
            AND abs(a.t - b.t) <= {window_s} * 1000000)
    SELECT u, v, count(DISTINCT o) AS n, count(*) AS p, sum(d) AS s, min(d) AS m
    FROM pairs GROUP BY u, v HAVING count(DISTINCT o) >= 2) TO '{out}' ''')
"""
BUCKETS = """
import sys, duckdb
source, window_s, out = sys.argv[1:]
w = int(window_s) * 1000000
duckdb.sql(f'''COPY (
    WITH t AS (SELECT account_id AS u, object_id AS o, epoch_us(ts) AS t,
                   epoch_us(ts) // {w} AS b FROM '{source}'),
    r AS (SELECT *, 0 AS k FROM t UNION ALL SELECT u, o, t, b + 1, 1 FROM t),
    pairs AS (
        SELECT least(t.u, r.u) AS u, greatest(t.u, r.u) AS v, t.o AS o, abs(t.t - r.t) AS d
        FROM t JOIN r ON t.o = r.o AND t.b = r.b
        WHERE abs(t.t - r.t) <= {w} AND ((k = 0 AND t.u < r.u) OR (k = 1 AND t.u <> r.u))),
    x AS (SELECT u, v, o, count(*) AS p, sum(d) AS s, min(d) AS m FROM pairs GROUP BY u, v, o)
    SELECT u, v, count(*) AS n, sum(p) AS p, sum(s) AS s, min(m) AS m
    FROM x GROUP BY u, v HAVING count(*) >= 2) TO '{out}' ''')
"""
PANDAS = """
import sys, pandas as pd
source, window_s, out = sys.argv[1:]
t = pd.read_parquet(source)
m = t.merge(t, on='object_id')
m = m[m.account_id_x < m.account_id_y]
m['d'] = (m.ts_x - m.ts_y).abs().dt.total_seconds()
m = m[m.d <= float(window_s)]
e = m.groupby(['account_id_x', 'account_id_y']).agg(n=('object_id', 'nunique'), s=('d', 'sum'))
e[e.n >= 2].to_parquet(out)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What a run took.

    Args:
        name: Of what was run.
        cpu_s: User and system seconds, children included.
        peak_mb: Memory of the largest process, MB.
        n_edges: Edges written; -1 where they are not comparable.
    """

    name: str
    cpu_s: float
    peak_mb: float
    n_edges: int = -1


def run(name: str, *commands: list[str], out: Path | None = None) -> Took:
    """Run commands one after the other and return what they took together."""
    cpu_s, peak_kb = 0.0, 0
    kept = {name: value for name, value in os.environ.items() if name != UNKEPT}
    for command in commands:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=kept
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            print(f"{name}: failed ({process.returncode})")
            return Took(name=name, cpu_s=float("nan"), peak_mb=float("nan"))
        cpu_s += usage.ru_utime + usage.ru_stime
        peak_kb = max(peak_kb, usage.ru_maxrss)
    n_edges = pq.read_metadata(out).num_rows if out is not None else -1
    return Took(name=name, cpu_s=cpu_s, peak_mb=peak_kb / 1024, n_edges=n_edges)


def made_up(n_rows: int, seed: int = 1) -> pa.Table:
    """Return actions over 30 days: bursts after each object's birth, 1 % on one object."""
    chance = np.random.default_rng(seed)
    n_accounts, n_objects = max(50, n_rows // 20), max(100, n_rows // 10)
    popularity = 1 / (np.arange(n_objects) + 1 + n_objects / 1000) ** 1.1
    popularity[0] = 0.01 * popularity.sum()
    activity = chance.lognormal(0, 1.5, n_accounts)
    account = chance.choice(n_accounts, n_rows, p=activity / activity.sum())
    what = chance.choice(n_objects, n_rows, p=popularity / popularity.sum())
    birth_s = chance.integers(0, 30 * 86_400, n_objects)
    delay_s = chance.lognormal(np.log(6 * 3600), 1.5, n_rows)
    time_s = np.sort((birth_s[what] + delay_s.astype(np.int64)) % (30 * 86_400))
    accounts = pa.array([f"u{(n * 2654435761) % 2**32:08x}{n:x}" for n in range(n_accounts)])
    objects = pa.array(
        [f"https://example.org/p/{(n * 2654435761) % 2**32:08x}{n:x}" for n in range(n_objects)]
    )
    moments = pa.array((time_s + 1_704_067_200) * 1000).cast(pa.timestamp("ms", tz="UTC"))
    return pa.table(
        {
            "account_id": accounts.take(pa.array(account)),
            "object_id": objects.take(pa.array(what)),
            "ts": moments,
        }
    )


def for_toolkit(source: Path, target: Path) -> None:
    """Write actions in the toolkit's eight columns, as replies to the object."""
    table = pq.read_table(source)
    empty = pa.array([""] * table.num_rows)
    times = pa.compute.divide(table["ts"].cast(pa.int64()), 1000)
    columns = {
        "message_id": pa.array([str(number) for number in range(table.num_rows)]),
        "user_id": table["account_id"],
        "username": table["account_id"],
        "repost_id": empty,
        "reply_id": table["object_id"],
        "message": pa.array(["x"] * table.num_rows),
        "timestamp": times,
        "urls": empty,
    }
    pyarrow.csv.write_csv(pa.table(columns), target)


def peers(folder: Path) -> Path:
    """Return the Python of an environment with the peers, made if it is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        needed = ROOT / "benchmarks" / "requirements.txt"
        command = [python, "-m", "pip", "install", "-q", "-r", needed]
        subprocess.run(command, check=True)  # noqa: S603 - our own command
    return python


def ours(source: Path, out: Path, window_s: int, *words: str) -> list[str]:
    """Return the command of our own program."""
    return [sys.executable, "-c", PROGRAM, "coaction", str(source), "--window", f"{window_s}s",
            "--out", str(out), *words]  # fmt: skip


def compare(source: Path, folder: Path, window_s: int, python: Path | None) -> list[Took]:
    """Run everything on one window."""
    n_rows = pq.read_metadata(source).num_rows
    out = folder / "edges.parquet"
    words = (str(source), str(window_s), str(out))
    for columns in ("basic", "full"):
        run("a first run", ours(source, out, window_s, "--columns", columns), out=out)
    found = [
        run(
            "undersight, basic columns", ours(source, out, window_s, "--columns", "basic"), out=out
        ),
        run("undersight, full columns", ours(source, out, window_s), out=out),
        run("bucket join in DuckDB", [sys.executable, "-c", BUCKETS, *words], out=out),
    ]
    if window_s <= 60:
        found.append(run("naive join in DuckDB", [sys.executable, "-c", NAIVE, *words], out=out))
    if python is None:
        return found
    if n_rows <= 100_000:
        found.append(run("merge in pandas", [str(python), "-c", PANDAS, *words], out=out))
    table, database = folder / "toolkit.csv", folder / "toolkit.db"
    for_toolkit(source, table)
    database.unlink(missing_ok=True)
    toolkit = [str(python.with_name("compute_networks")), str(database)]
    compute = [*toolkit, "compute", "co_reply", "--time_window", str(window_s),
               "--min_edge_weight", "2", "--n_cpus", "2"]  # fmt: skip
    found.append(
        run("coordination-network-toolkit", [*toolkit, "preprocess", str(table)], compute)
    )
    return found


def main() -> None:
    """Print one table a window."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--windows", type=int, nargs="+", default=[60, 3600], metavar="SECONDS")
    parser.add_argument("--actions", type=Path, metavar="FILE")
    parser.add_argument("--peers", type=Path, metavar="VENV")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = asked.actions or folder / "actions.parquet"
        if asked.actions is None:
            pq.write_table(made_up(asked.rows), source)
        python = peers(asked.peers) if asked.peers else None
        print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, "
              f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
        source.read_bytes()  # warm
        for window_s in asked.windows:
            took = compare(source, folder, window_s, python)
            n_rows = pq.read_metadata(source).num_rows
            print(f"\n| {n_rows:,} rows, {window_s} s | CPU s | ratio | peak MB | ratio | edges |")
            print("|---|---|---|---|---|---|")
            for one in took:
                edges = f"{one.n_edges:,}" if one.n_edges >= 0 else "its own"
                cpu, memory = one.cpu_s / took[0].cpu_s, one.peak_mb / took[0].peak_mb
                print(
                    f"| {one.name} | {one.cpu_s:.2f} | {cpu:.1f} | "
                    f"{one.peak_mb:.0f} | {memory:.1f} | {edges} |"
                )


if __name__ == "__main__":
    main()
