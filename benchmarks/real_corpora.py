"""What is found in published sets of real posts: recall where every account is an operation's.

    python benchmarks/real_corpora.py [--shared DIR] [--set ira-2014 | ira-2016 | vk]

Each set goes the whole way: imported into a workspace, every detector with its own windows.
In the tweets of the Internet Research Agency every account is the operation's, so that nothing
found there can be false and nothing here is an accuracy: the share of its accounts that stand in
a finding is recall, at a resolution of a minute. The comments on Russian media hold campaigns that
nobody labelled: what is found there is a number, and neither right nor wrong.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from undersight.errors import WindowBelowResolutionError  # noqa: E402
from undersight.model.corpus_rows import ColumnChoice  # noqa: E402
from undersight.settings import Profile  # noqa: E402
from undersight.workbench import detection, posts, runs  # noqa: E402
from undersight.workbench.session import Workspace  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undersight.model.finding import Finding

SHARED = ROOT.parent / "shared" / "data"
LEAST_POSTS = 10
_IRA_COLUMNS = {
    "author_id": "account_id", "publish_date": "time", "content": "text",
    "retweet": "is_repost", "language": "rest", "post_type": "rest", "region": "rest",
    "followers": "rest", "following": "rest",
}  # fmt: skip


@dataclass(frozen=True)
class Published:
    """A published set."""

    path: str
    platform: str
    columns: Mapping[str, str]
    group: str = ""  # column that says which part of the operation an account is of


SETS = {
    "ira-2014": Published(
        "ira-tweets/ira_tweets_2014-11_2015-06.parquet", "twitter", _IRA_COLUMNS,
        "account_category",
    ),
    "ira-2016": Published(
        "ira-tweets/ira_tweets_2016-10_2016-12.parquet", "twitter", _IRA_COLUMNS,
        "account_category",
    ),
    "vk": Published(
        "vk-russian-media-comments/vk_comments_2022.parquet", "vk",
        {"user": "account_id", "media": "target_id", "datetime": "time"},
    ),
}  # fmt: skip


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of real data")
    parser.add_argument("--set", choices=tuple(SETS), action="append", dest="sets")
    options = parser.parse_args()
    for name in options.sets or tuple(SETS):
        published = SETS[name]
        if (options.shared / published.path).is_file():
            start_s = time.process_time()
            findings, run = found_in(options.shared / published.path, published)
            print(f"\n## {name}")
            for look in run:
                print(look)
            report(options.shared / published.path, published, findings)
            print(f"{time.process_time() - start_s:.0f} s of CPU", flush=True)


def found_in(path: Path, published: Published) -> tuple[Sequence[Finding], Sequence[str]]:
    """Import a set into a workspace of its own and run every detector on it."""
    profile = Profile(title="Published set", jurisdiction="QV", languages=("en",))
    importer = posts.post_importer("posts-table")
    if importer is None:
        raise LookupError("posts-table")
    choice = ColumnChoice(roles=dict(published.columns), platform=published.platform)
    options = posts.PostOptions(choice=choice, has_names=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace.create(Path(folder) / "set", profile, passphrase=None) as workspace,
    ):
        with path.open("rb") as stream:
            brought = posts.import_posts(workspace, stream, path.name, importer, options)
        try:
            done = detection.detect(workspace, detection.asked())
        except WindowBelowResolutionError as refusal:
            return (), (refusal.sentence,)
        stored = runs.read_run(workspace, done["run_id"])
        lines = [f"{brought.manifest.n_records:,} rows"]
        lines += [
            f"{one.detector}/{one.view} {one.window_us / 1e6:g} s: {one.outcome}, "
            f"{one.counts.get('n_actions', 0):,} actions, {one.counts.get('n_edges', 0):,} ties, "
            f"{len(one.findings)} findings; "
            + ", ".join(f"{n} {k}" for k, n in one.counts.items() if k.startswith("n_group") and n)
            for one in stored.run.looks
        ]
        return stored.findings, lines


def report(path: Path, published: Published, findings: Sequence[Finding]) -> None:
    """Print findings by kind and, where every account is an operation's, how many it holds."""
    kinds = Counter(f"{one.detector}/{one.view} {one.verdict}" for one in findings)
    for kind, n in sorted(kinds.items()):
        print(f"{n} findings {kind}")
    if not published.group:
        return
    found = {account.partition(":")[2] for one in findings for account in one.accounts}
    print(f"| part | accounts of {LEAST_POSTS} posts or more | in a finding |")
    print("| --- | ---: | ---: |")
    for group, accounts in groups_of(path, published):
        print(f"| {group} | {len(accounts)} | {len(accounts & found)} |")


def groups_of(path: Path, published: Published) -> Sequence[tuple[str, set[str]]]:
    """The accounts of each part that post enough to be seen, the largest part first."""
    import duckdb

    query = (
        f"SELECT any_value({published.group}), author_id::VARCHAR FROM read_parquet(?) "  # noqa: S608
        f"GROUP BY author_id HAVING count(*) >= {LEAST_POSTS}"
    )
    groups: dict[str, set[str]] = {}
    for group, account in duckdb.execute(query, [str(path)]).fetchall():
        groups.setdefault(group or "unknown", set()).add(account)
    everybody = ("all", set().union(*groups.values()))
    return [everybody, *sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))]


if __name__ == "__main__":
    main()
