"""How often an innocent crowd is found: every detector, view and window, corpus by corpus.

    python benchmarks/false_crowds.py [KIND ...] [--corpora 200] [--rows 3000] [--json]

KIND is ``commenters`` (ordinary people only) or one of the gatherings of ``synth.crowds``; all of
them if none is named. Each corpus is ordinary people of Qaravel with one such crowd among them,
imported in memory and looked at as ``undersight detect`` does, with windows of 60 s and 600 s. Any
finding is false. Groups that were kept back are counted: without that rule they would be told.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from benchmarks.crowd_corpus import look  # noqa: E402
from undersight.engine.tails import wilson_interval  # noqa: E402
from undersight.synth.crowds import GATHERINGS, Scene, Size  # noqa: E402

COMMENTERS = "commenters"
KEPT_BACK = {
    "n_groups_solidarity": "solidarity",
    "n_groups_audience": "whole audience",
    "n_groups_same_choices_not_listed": "same choices",
}


@dataclass
class Tally:
    """What came of the corpora of one kind."""

    kind: str
    n_corpora: int = 0
    n_false: int = 0
    n_looks: int = 0
    n_edges: int = 0
    kept_back: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    cpu_s: float = 0.0

    def row(self) -> str:
        """One line of the table."""
        low, high = wilson_interval(self.n_false, self.n_corpora)
        kept = ", ".join(f"{n} {name}" for name, n in sorted(self.kept_back.items())) or "none"
        found = ", ".join(f"{n} {name}" for name, n in sorted(self.verdicts.items()))
        return (
            f"| {self.kind} | {self.n_false} of {self.n_corpora} | {100 * float(low):.1f}-"
            f"{100 * float(high):.1f} % | {found or 'none'} | {kept} | {self.n_edges:,} "
            f"| {self.cpu_s:.0f} |"
        )


def tally(kind: str, n_corpora: int, n_rows: int, first_seed: int = 0) -> Tally:
    """Look at so many corpora of one kind."""
    start_s = time.process_time()
    done = Tally(kind)
    gatherings = () if kind == COMMENTERS else (kind,)
    for seed in range(first_seed, first_seed + n_corpora):
        made = look(Scene(seed, Size(n_rows=n_rows), gatherings=gatherings))
        done.n_corpora += 1
        done.n_false += bool(made.findings)
        done.n_looks = len(made.run.looks)
        for one in made.run.looks:
            done.n_edges += one.counts.get("n_edges", 0)
            for count, name in KEPT_BACK.items():
                done.kept_back[name] += one.counts.get(count, 0)
        for finding in made.findings:
            done.verdicts[f"{finding.detector}/{finding.view} {finding.verdict}"] += 1
        if made.findings:
            print(f"{kind}, seed {seed}: {len(made.findings)} found", file=sys.stderr, flush=True)
    done.kept_back = +done.kept_back
    done.cpu_s = time.process_time() - start_s
    return done


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    parser.add_argument("--corpora", type=int, default=200)
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--json", action="store_true", help="one JSON line a kind")
    options = parser.parse_args()
    known = (COMMENTERS, *GATHERINGS)
    if unknown := set(options.kinds) - set(known):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    if not options.json:
        print("| crowd | corpora with a finding | 95 % | found | kept back | ties | CPU s |")
        print("| --- | ---: | ---: | --- | --- | ---: | ---: |")
    for kind in options.kinds or known:
        done = tally(kind, options.corpora, options.rows)
        print(json.dumps(asdict(done)) if options.json else done.row(), flush=True)


if __name__ == "__main__":
    main()
