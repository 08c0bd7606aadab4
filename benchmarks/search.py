"""How fast search answers: invented incidents with claims, p50 and p95 over varied queries.

python -m benchmarks.search                          10^4 incidents with 10^5 claims
python -m benchmarks.search --incidents 100000       the size that is promised (some minutes)
python -m benchmarks.search --workspace FOLDER       keep the workspace, or use the one kept

Printed are the wall's clock and the time of the processor: on a machine that others use, only the
second says what a search costs. Opening the workspace, which a command pays and the browser does
not, stands apart.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.large_casebook import (
    ACTS,
    COMMON,
    GIVEN,
    PLATFORMS,
    vocabulary_of,
    workspace,
)
from benchmarks.process_cost import cost_of
from undersight.workbench import searching
from undersight.workbench.session import Workspace

if TYPE_CHECKING:
    from benchmarks.process_cost import Cost


def queries() -> list[tuple[str, tuple[str, ...]]]:
    """Rare, common and very common terms; names in other spellings; facets; phrases."""
    chance = random.Random(2)  # noqa: S311
    vocabulary = vocabulary_of(random.Random(1))  # noqa: S311
    plain: list[tuple[str, tuple[str, ...]]] = [(word, ()) for word in COMMON]
    plain += [(f"{a} {b}", ()) for a in COMMON for b in COMMON[:4]]
    plain += [(vocabulary[int(20_000 * chance.random())], ()) for _ in range(40)]
    plain += [(vocabulary[int(20_000 * chance.random() ** 3)][:3], ()) for _ in range(20)]
    plain += [(spelling, ()) for spelling in ("eliyev", "aliyev", "Алиев", "Гасанов", "kulieva")]
    plain += [(f"{given.lower()} eliyev", ()) for given in GIVEN]
    plain += [("police", (f"act_type={act}",)) for act in ACTS]
    plain += [("court", (f"year={year}", "place=Sarnak")) for year in range(2017, 2027)]
    plain += [("", (f"platform={platform}",)) for platform in PLATFORMS]
    plain += [('"police court"', ()), ("police -court", ()), ("", ()), ("sarnak ministry", ())]
    return plain


def measure(folder: Path) -> None:
    """Print times over all queries, the first look at the file included."""
    asked = queries()
    random.Random(3).shuffle(asked)  # noqa: S311
    begun = time.process_time()
    with Workspace.open(folder) as opened:
        casebook = opened.casebook
        print(f"opening       {(time.process_time() - begun) * 1000:8.1f} ms of processor time")
        timed: list[tuple[Cost, str, int]] = []
        for text, facets in asked:
            found: dict[str, object] = {}
            wanted = searching.Asked(text=text, facets=facets)
            cost = cost_of(lambda w=wanted, f=found: f.update(searching.search(opened, w)))
            timed.append((cost, f"“{text}” {' '.join(facets)}", int(str(found["total"]))))
        _ = casebook
    for title, key in (("wall", "wall_s"), ("processor", "cpu_s")):
        timed.sort(key=lambda entry: getattr(entry[0], key))
        for share in (50, 95, 100):
            cost, words, total = timed[min(len(timed) * share // 100, len(timed) - 1)]
            took_ms = getattr(cost, key) * 1000
            print(f"{title:10}p{share:<4}{took_ms:8.1f} ms   {words} total={total}")


def main() -> None:
    """Load, then search."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--incidents", type=int, default=10_000)
    parser.add_argument("--workspace", type=Path, help="keep it here, or use what is here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(workspace(given.workspace or Path(folder) / "log", given.incidents))


if __name__ == "__main__":
    main()
