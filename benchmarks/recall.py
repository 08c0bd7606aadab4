"""What is found of planted operations, by dilution, dominance and jitter, beside two other tools.

    python benchmarks/recall.py [--seeds 3] [--only dilution|dominance|jitter|kinds]

Facade pages attack a newsroom's posts in weekday shifts among ordinary people of Qaravel. For each
line: the share of planted accounts that are in a finding (all detectors and views, each with its
own windows), and how many accounts in findings are nobody's. Beside it the same for CooRTweet's
rule (60 s, edges over the percentile .95 of weights) and coordination-network-toolkit's (60 s, 2
messages or more), as `undersight.engine.compat` repeats them, on who commented on what: their
authors leave the choice of thresholds to the user, these are the usual ones.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import numpy as np  # noqa: E402
import pyarrow as pa  # noqa: E402

from benchmarks.crowd_corpus import account_ids, look  # noqa: E402
from undersight.engine.compat.cnt import Cnt  # noqa: E402
from undersight.engine.compat.coortweet import Coortweet  # noqa: E402
from undersight.synth.crowds import (  # noqa: E402
    CopyPaste,
    FacadePages,
    LinkFarm,
    Reposters,
    Scene,
    Size,
)
from undersight.synth.crowds.rows import NONE, Rows  # noqa: E402

if TYPE_CHECKING:
    from undersight.synth.crowds.operations import Operation

TEN = FacadePages(n_comments=10, n_accounts=20)
MANY = FacadePages()
SMALL = Size(n_rows=4000)
WINDOW_S = 60


@dataclass(frozen=True)
class Line:
    """One line of a table."""

    name: str
    operation: Operation
    size: Size = SMALL
    matter: str = "root"  # the column that other tools compare


def lines() -> dict[str, list[Line]]:
    """Every table with its lines."""
    shares = ((0.2, 0), (0.05, 600), (0.01, 3000), (0.001, 20_000))
    dilution = [
        Line(f"{share:.1%} of a post's comments", replace(TEN, share=share),
             Size(n_rows=4000, n_accounts=n_accounts))
        for share, n_accounts in shares
    ]  # fmt: skip
    shares_of_many = ((0.5, 30, 30), (0.8, 80, 60), (0.9, 180, 90), (0.98, 490, 150))
    dominance = [
        Line(f"{share:.0%}, {n} comments by {n_accounts} pages a post",
             replace(MANY, share=share, n_comments=n, n_accounts=2 * n_accounts))
        for share, n, n_accounts in shares_of_many
    ]  # fmt: skip
    jitter = [
        Line(f"mean delay {jitter_s} s", replace(TEN, share=0.05, jitter_s=jitter_s),
             Size(n_rows=4000, n_accounts=600))
        for jitter_s in (5, 30, 60, 180, 600, 1800)
    ]  # fmt: skip
    kinds = [
        Line("copied texts", CopyPaste(), matter="text"),
        Line("copied texts, half with a word changed", CopyPaste(changed=0.5), matter="text"),
        Line("copied texts, mean delay 30 min", CopyPaste(jitter_s=1800), matter="text"),
        Line("copied texts, mean delay 2 h", CopyPaste(jitter_s=7200), matter="text"),
        Line("a farm's own links", LinkFarm(), matter="link"),
        Line("a farm's own links, mean delay 2 h", LinkFarm(jitter_s=7200), matter="link"),
        Line("links that everybody shares", LinkFarm(is_own_site=False),
             Size(n_rows=20_000), "link"),
        Line("links that everybody shares, mean delay 30 min",
             LinkFarm(is_own_site=False, jitter_s=1800), Size(n_rows=20_000), "link"),
        Line("reposts among many", Reposters(n_accounts=8), Size(n_rows=60_000), "repost_of"),
        Line("reposts nobody else repeats", Reposters(), matter="repost_of"),
    ]  # fmt: skip
    return {"dilution": dilution, "dominance": dominance, "jitter": jitter, "kinds": kinds}


def row(line: Line, n_seeds: int) -> str:
    """Run one line with every seed."""
    start_s = time.process_time()
    tools = ("undersight", "coortweet", "cnt")
    recalled: dict[str, list[float]] = {tool: [] for tool in tools}
    n_false = dict.fromkeys(tools, 0)
    verdicts: dict[str, None] = {}
    share = []
    for seed in range(n_seeds):
        scene = Scene(1000 + seed, line.size, operations=(line.operation,))
        planted = set(account_ids(scene, scene.planted[0]))
        rows = scene.rows()
        share.append(share_of(rows, scene.planted[0], line.matter))
        made = look(scene).findings
        verdicts |= dict.fromkeys(sorted(f"{one.detector} {one.verdict}" for one in made))
        found = {"undersight": {a for one in made for a in one.accounts}} | others(
            scene, rows, line
        )
        for tool, accounts in found.items():
            recalled[tool].append(len(accounts & planted) / len(planted))
            n_false[tool] += len(accounts - planted)
    cells = " | ".join(
        f"{100 * float(np.mean(recalled[tool])):.0f} % + {n_false[tool] / n_seeds:.0f}"
        for tool in tools
    )
    said = ", ".join(verdicts) or "nothing"
    return (
        f"| {line.name} | {100 * float(np.mean(share)):.3g} % | {cells} | {said} "
        f"| {time.process_time() - start_s:.0f} |"
    )


def share_of(rows: Rows, planted: np.ndarray, matter: str) -> float:
    """The planted share of all that was done on what the planted accounts did."""
    thing = getattr(rows, matter)
    mine = np.isin(rows.account, planted) & (thing != NONE)
    if not mine.any():
        return 0.0
    there = np.isin(thing, np.unique(thing[mine])) & (thing != NONE)
    return float(mine.sum() / there.sum())


def others(scene: Scene, rows: Rows, line: Line) -> dict[str, set[str]]:
    """Accounts with an edge that other tools keep."""
    thing = getattr(rows, line.matter)
    rows = rows.taking(thing != NONE)
    account = account_ids(scene, rows.account)
    things = [f"o{one}" for one in getattr(rows, line.matter).tolist()]
    message = [f"m{number}" for number in range(rows.n)]
    time_us = pa.array(rows.time_s * 1_000_000)
    none = pa.nulls(rows.n, pa.string())
    actions = pa.table({"account": account, "object": things, "post": message, "time_us": time_us})
    network = Coortweet(time_window=WINDOW_S, edge_weight=0.95, subgraph=1)
    kept = network.find_edges(actions).table
    messages = pa.table({
        "message_id": message, "user_id": account, "repost_id": things, "reply_id": none,
        "message": none, "time_us": time_us, "urls": none,
    })  # fmt: skip
    toolkit = Cnt(type="co_retweet", time_window=WINDOW_S, min_edge_weight=2)
    edges = toolkit.find_edges(messages).table
    return {
        "coortweet": {*kept["from"].to_pylist(), *kept["to"].to_pylist()},
        "cnt": {*edges["source"].to_pylist(), *edges["target"].to_pylist()},
    }


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    tables = lines()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", choices=tuple(tables))
    options = parser.parse_args()
    for name, content in tables.items():
        if options.only not in (None, name):
            continue
        print(f"\n| {name} | share | undersight | CooRTweet .95 | CNT 2 | found as | CPU s |")
        print("| --- | ---: | ---: | ---: | ---: | --- | ---: |")
        for line in content:
            print(row(line, options.seeds), flush=True)


if __name__ == "__main__":
    main()
