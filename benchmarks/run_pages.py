"""How long the pages of posts and of a detection run take beside millions of posts.

python -m benchmarks.run_pages                                        10^5 posts in two imports
python -m benchmarks.run_pages --posts 1000000 --files 5 --workspace DIR    kept, or used again

The run tells of 30 groups of 40 accounts, written down and not searched for: what is measured is
how it is shown. Each start is a process of its own that loads what `serve` loads ahead; the
processor time of each page, the first look and later ones, is printed: the least of all starts.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import io
import itertools
import json
import logging
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks import invented_run
from benchmarks.serve import HEADERS, Reader
from undersight.importers.posts_table import PostsTable
from undersight.model.finding import Finding, PostPair
from undersight.model.vocabulary import vocabulary
from undersight.settings import Profile
from undersight.synth.crowds import Scene, Size
from undersight.synth.crowds.files import write_scene
from undersight.web.access import Access
from undersight.web.serving import load_ahead
from undersight.workbench import posts, runs
from undersight.workbench.session import Workspace

N_GROUPS, N_ACCOUNTS, N_PAIRS, N_TIES = 30, 40, 8, 7
_POSTS_OF = """
    SELECT account_id, list(post_id ORDER BY post_id)[:40] FROM posts
    WHERE kind <> 'comment' AND account_id IS NOT NULL GROUP BY account_id
    HAVING count(*) >= 4 ORDER BY count(*) DESC, account_id LIMIT {n}
"""


def build(folder: Path, n_posts: int, n_files: int) -> None:
    """Make a workspace with invented posts, and write down a run over them."""
    if not (folder / "undersight.toml").exists():
        Workspace.create(
            folder, Profile(title="Qaravel posts", jurisdiction="QV"), passphrase=None
        ).close()
        for seed in range(1, n_files + 1):
            with tempfile.TemporaryDirectory() as scratch:
                path, labels = Path(scratch) / f"posts{seed}.parquet", Path(scratch) / "truth.csv"
                write_scene(Scene(seed, Size(n_rows=n_posts)), path, labels)
                with (
                    Workspace.open(folder, verb="benchmark") as workspace,
                    path.open("rb") as stream,
                ):
                    posts.import_posts(workspace, stream, path.name, PostsTable)
    with Workspace.open(folder, verb="benchmark") as workspace:
        if not runs.run_ids(workspace):
            write_run(workspace)


def write_run(workspace: Workspace) -> None:
    """Write down a run of invented groups among those who post most."""
    with workspace.corpus.connection() as connection:
        told = connection.execute(_POSTS_OF.format(n=N_GROUPS * N_ACCOUNTS)).fetchall()
    chance = random.Random(3)  # noqa: S311
    chance.shuffle(told)
    groups = [dict(told[at : at + N_ACCOUNTS]) for at in range(0, len(told), N_ACCOUNTS)]
    digest = workspace.corpus.digest()
    found = [_group(number, group, digest, chance) for number, group in enumerate(groups)]
    ties = [
        (one, other, chance.randint(2, 40))
        for group in groups
        for place, one in enumerate(sorted(group))
        for other in sorted(group)[place + 1 : place + 1 + N_TIES]
    ]
    invented_run.write_run(workspace, found, ties, digest)


def _group(
    number: int, group: dict[str, list[str]], digest: str, chance: random.Random
) -> Finding:
    """A finding that cites posts of its accounts."""
    accounts = tuple(sorted(group))
    pairs = []
    for place in range(N_PAIRS):
        a, b = sorted(chance.sample(accounts, 2))
        pairs.append(
            PostPair(object="https://sarnak.example/a", post_a=group[a][place % len(group[a])],
                     post_b=group[b][place % len(group[b])], account_a=a, account_b=b,
                     delta_us=chance.randrange(60_000_000))
        )  # fmt: skip
    raw = invented_run.finding(number, accounts).to_json()
    raw |= {"corpus_digest": digest, "posts": sorted(itertools.chain(*group.values()))}
    raw["reasons"][0]["pairs"] = [dataclasses.asdict(pair) for pair in pairs]
    return Finding.from_json(raw)


def look(folder: Path) -> None:
    """Look at every page as after a start, and print the processor time of each look as JSON."""
    logging.disable(logging.CRITICAL)
    load_ahead()
    with Workspace.open(folder) as workspace:
        run_id = runs.run_ids(workspace)[-1]
        largest = runs.read_manifest(workspace, run_id).looks[0].findings[0]
    with contextlib.redirect_stdout(io.StringIO()):
        reader = Reader(Access(folder, idle_s=0))
    for thread in threading.enumerate():
        if thread.name == "warming":
            thread.join()
    pages = {
        "posts": "/posts", "detection, its form": "/detection", "page of a run": f"/run/{run_id}",
        "page of a group": f"/finding/{largest}", "map of a run": f"/run/{run_id}/map",
        "report of the run, a file": f"/run/{run_id}/report",
        "a run for programs": f"/api/v1/runs/{run_id}",
        "what is loaded, for programs": "/api/v1/corpus",
    }  # fmt: skip
    told = {}
    for page, address in pages.items():
        looks = [reader.timed(address) for _ in range(6)]
        wrong = {one[2] for one in looks} - {200}
        cpu = [one[1] * 1000 for one in looks]
        told[page] = [cpu[0], statistics.median(cpu[1:]), *wrong]
    for page, looks in judged(reader, largest, run_id).items():
        cpu = [one * 1000 for one in looks]
        told[page] = [cpu[0], statistics.median(cpu[1:])]
    reader.access.lock()
    print(json.dumps(told))


def judged(reader: Reader, finding_id: str, run_id: str) -> dict[str, list[float]]:
    """Return what it takes to store judgements, and to tell the run again after each."""
    token = re.search(r'name="csrf" (?:value|content)="([0-9a-f]{64})"', reader.look("/settings"))
    verdict = next(iter(vocabulary("judgement_verdict").terms))
    form = {"csrf": token[1] if token else "", "verdict": verdict}
    took: dict[str, list[float]] = {"a judgement, the group again": [], "the report anew": []}
    for number in range(4):
        data = {**form, "note": f"looked at {number} {time.time()}"}
        begun = time.process_time()
        reader.client.post(
            f"/finding/{finding_id}/judge", data=data, headers=HEADERS
        ).raise_for_status()
        took["a judgement, the group again"].append(time.process_time() - begun)
        took["the report anew"].append(reader.timed(f"/run/{run_id}/report")[1])
    return took


def main() -> None:
    """Build where there is nothing, then start several times and look."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=50_000, help="in each file")
    parser.add_argument("--files", type=int, default=2)
    parser.add_argument("--workspace", type=Path, help="keep it here, or use what is here")
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--look", action="store_true", help="one start, as JSON")
    given = parser.parse_args()
    if given.look:
        look(given.workspace)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.workspace or Path(scratch) / "log"
        begun = time.process_time()
        build(folder, given.posts, given.files)
        print(f"built in {time.process_time() - begun:.0f} s of the processor")
        command = [sys.executable, "-m", "benchmarks.run_pages", "--look", "--workspace",
                   str(folder)]  # fmt: skip
        starts = [
            json.loads(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603
            for _ in range(given.starts)
        ]
    print(f"{'page':30} {'first':>8} {'then':>8}   ms of the processor, least of the starts")
    for page, told in starts[0].items():
        first, then = (min(start[page][at] for start in starts) for at in (0, 1))
        print(f"{page:30} {first:8.0f} {then:8.0f}", *told[2:])


if __name__ == "__main__":
    main()
