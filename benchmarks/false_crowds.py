"""How often an innocent crowd is found: every detector, view and window, corpus by corpus.

    python benchmarks/false_crowds.py [KIND ...] [--corpora 200] [--rows 3000] [--done FILE]
        [--unnamed-reposts]

KIND is ``commenters`` (ordinary people only) or one of the gatherings of ``synth.crowds``; all of
them if none is named. Each corpus is ordinary people of Qaravel with one such crowd among them,
imported in memory and looked at as ``undersight detect`` does: every detector, view and window.
Any finding is false. Groups that were kept back are counted: without that rule they would be told.
With ``--unnamed-reposts`` reposts carry the words of what they repeat and do not say which post
it is. With ``--done``, what was looked at is kept in a file, a line a corpus, and not looked at
again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from benchmarks.crowd_corpus import look  # noqa: E402
from undersight.engine.tails import wilson_interval  # noqa: E402
from undersight.synth.crowds import GATHERINGS, Scene, Size  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMENTERS = "commenters"
KEPT_BACK = {
    "n_groups_solidarity": "solidarity",
    "n_groups_audience": "whole audience",
    "n_groups_same_choices_not_listed": "same choices",
}


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What came of one corpus."""

    kind: str
    seed: int
    verdicts: tuple[str, ...]
    kept_back: dict[str, int]
    n_looks: int
    n_edges: int
    cpu_s: float


def look_at(kind: str, seed: int, n_rows: int, *, is_repost_named: bool) -> Looked:
    """Make one corpus and look at it."""
    start_s = time.process_time()
    gatherings = () if kind == COMMENTERS else (kind,)
    scene = Scene(seed, Size(n_rows=n_rows), gatherings=gatherings)
    made = look(scene, is_repost_named=is_repost_named)
    counts = [one.counts for one in made.run.looks]
    kept_back = {name: sum(one.get(count, 0) for one in counts)
                 for count, name in KEPT_BACK.items()}  # fmt: skip
    return Looked(
        kind=kind,
        seed=seed,
        verdicts=tuple(f"{one.detector}/{one.view} {one.verdict}" for one in made.findings),
        kept_back={name: n for name, n in kept_back.items() if n},
        n_looks=len(counts),
        n_edges=sum(one.get("n_edges", 0) for one in counts),
        cpu_s=time.process_time() - start_s,
    )


def row(kind: str, looked: Sequence[Looked]) -> str:
    """One line of the table."""
    n_false = sum(bool(one.verdicts) for one in looked)
    low, high = wilson_interval(n_false, len(looked))
    kept_back, found = Counter[str](), Counter[str]()
    for one in looked:
        kept_back.update(one.kept_back)
        found.update(one.verdicts)
    return (
        f"| {kind} | {n_false} of {len(looked)} | {100 * float(low):.1f}-"
        f"{100 * float(high):.1f} % | {_listed(found)} | {_listed(kept_back)} "
        f"| {sum(one.n_edges for one in looked):,} | {sum(one.cpu_s for one in looked):.0f} |"
    )


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{n} {name}" for name, n in sorted(counts.items())) or "none"


def read(path: Path | None) -> dict[tuple[str, int], Looked]:
    """What was looked at before, by kind and seed."""
    if path is None or not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [Looked(**json.loads(line)) for line in lines]
    return {(one.kind, one.seed): one for one in found}


def main() -> None:
    """Look at what was not looked at yet, a seed of every kind after another; print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    parser.add_argument("--corpora", type=int, default=200)
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--done", type=Path, metavar="FILE", help="kept and continued")
    parser.add_argument("--unnamed-reposts", action="store_true")
    options = parser.parse_args()
    is_repost_named = not options.unnamed_reposts
    known = (COMMENTERS, *GATHERINGS)
    if unknown := set(options.kinds) - set(known):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    done, kinds = read(options.done), options.kinds or known
    for seed in range(options.corpora):
        for kind in kinds:
            if (kind, seed) in done:
                continue
            one = look_at(kind, seed, options.rows, is_repost_named=is_repost_named)
            done[kind, seed] = one
            if options.done is not None:
                with options.done.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(one)) + "\n")
    print("| crowd | corpora with a finding | 95 % | found | kept back | ties | CPU s |")
    print("| --- | ---: | ---: | --- | --- | ---: | ---: |")
    for kind in kinds:
        print(row(kind, [one for (name, _), one in done.items() if name == kind]))
    print(row("all", [one for (name, _), one in done.items() if name in kinds]))


if __name__ == "__main__":
    main()
