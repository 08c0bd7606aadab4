"""Whether p-values mean what they say where there is nothing to find.

    python benchmarks/calibration.py [--shared DIR] [--pairs 20000] [--seeds 3] [--only Qaravel]

Invented accounts with rhythms of their own, as they are; the same of `synth.crowds`, who also come
in sessions, follow pages and are told of new posts, so that they do not keep to the nulls by
construction; and real data (where the shared folder
is at hand) after every account was moved by its own whole number of weeks: hours of the week and
activity stay, coordination is destroyed; pairs that were moved alike are left out. Pairs are drawn
by activity. "Permuted" are labels permuted within the null's own strata: it holds there exactly.
p must be uniform or larger: the share
of p <= .01 must not lie above .01. "plain" is the p that findings use (1 where x < λ + 1, so
conservative at small counts); "drawn" is randomised within its step, uniform under the null.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.engine.corpora import organic  # noqa: E402
from undersight.engine.calibration import (  # noqa: E402
    check_window,
    day_shifted,
    n_objects_together,
    permuted_accounts,
    randomised_p,
    sample_pairs,
    time_resolution_us,
    uniformity,
    week_shifts,
)
from undersight.engine.coded_actions import CodedActions, CodedEdges, order_actions  # noqa: E402
from undersight.engine.nulls import presence, synchrony  # noqa: E402
from undersight.engine.strata import label_strata  # noqa: E402
from undersight.errors import UndersightError  # noqa: E402
from undersight.synth.crowds import Scene, Size  # noqa: E402
from undersight.synth.crowds.rows import NONE  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = ROOT.parent / "shared" / "data"
WINDOWS_S = (60, 600, 3600)
INVENTED = "invented, 62,000 rows"
QARAVEL = "Qaravel, 60,000 rows, object = post"
HOUR_US = 3_600_000_000
HASHTAG = re.compile(r"#\w{3,}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of real data")
    parser.add_argument("--pairs", type=int, default=20_000, help="pairs of each set and seed")
    parser.add_argument("--seeds", type=int, default=3, help="shifts of each set")
    parser.add_argument("--only", default="", help="sets whose name has this in it")
    options = parser.parse_args()
    print(
        "| data | window | null | pairs | mean λ | with a co-action | plain p <= .01 "
        "| drawn p <= .01 (95 %) | drawn, excess over uniform |"
    )
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    start_s = time.process_time()
    for name, actions in sets(options.shared):
        if options.only not in name:
            continue
        for window_s in WINDOWS_S:
            try:
                check_window(window_s * 1_000_000, time_resolution_us(actions.time_us))
            except UndersightError as refusal:
                print(f"| {name} | {window_s} s | {refusal.sentence} |||||||")
                continue
            print_rows(name, actions, window_s, options)
            print_permuted(name, actions, window_s, options)
    print(f"\n{time.process_time() - start_s:.0f} s of CPU")


def sets(shared: Path) -> Iterator[tuple[str, CodedActions]]:
    """What the nulls are tried on, by name."""
    for name, made in MADE.items():
        yield name, made(0)
    readers = {
        "VK, object = outlet": ("vk-russian-media-comments/vk_comments_2022.parquet", vk),
        "YouTube, object = video": (
            "youtube-comments/youtube_comments_2013.parquet",
            youtube,
        ),
        "IRA, object = hashtag": ("ira-tweets/ira_tweets_2016-10_2016-12.parquet", ira),
    }
    for name, (file, read) in readers.items():
        if (shared / file).is_file():
            yield name, read(shared / file)


def comments_of_town(seed: int) -> CodedActions:
    """Comments of the ordinary people of Qaravel, on posts."""
    town = Scene(seed, Size(n_rows=75_000, n_accounts=4000)).rows()
    rows = town.taking(town.root != NONE)
    codes = [np.unique(each, return_inverse=True)[1] for each in (rows.account, rows.root)]
    return order_actions(codes[0], codes[1], rows.time_s * 1_000_000)


MADE = {INVENTED: lambda seed: organic(seed).actions, QARAVEL: comments_of_town}


def vk(path: Path) -> CodedActions:
    """Comments under posts of media; the post is not given, the outlet is."""
    return from_parquet(path, "user", "media", "datetime")


def youtube(path: Path) -> CodedActions:
    """Comments on videos."""
    return from_parquet(path, "author", "VIDEO_ID", "PUBLISHED")


def from_parquet(path: Path, account: str, thing: str, when: str) -> CodedActions:
    """Read three columns."""
    import duckdb

    query = (
        f"SELECT dense_rank() OVER (ORDER BY {account}) - 1, "  # noqa: S608
        f"dense_rank() OVER (ORDER BY {thing}) - 1, epoch_us({when}::TIMESTAMP) "
        f"FROM read_parquet(?) WHERE {when} IS NOT NULL"
    )
    rows = duckdb.execute(query, [str(path)]).fetchnumpy()
    return order_actions(*rows.values())


def ira(path: Path) -> CodedActions:
    """Hashtags of an operation's tweets: once an account and tweet."""
    import duckdb

    rows = duckdb.execute(
        "SELECT author_id, epoch_us(publish_date::TIMESTAMP), content FROM read_parquet(?)",
        [str(path)],
    ).fetchall()
    uses = [
        (author, tag, time_us)
        for author, time_us, content in rows
        for tag in sorted({tag.lower() for tag in HASHTAG.findall(content or "")})
    ]
    codes = [np.unique([use[k] for use in uses], return_inverse=True)[1] for k in (0, 1)]
    return order_actions(codes[0], codes[1], [use[2] for use in uses])


def print_rows(
    name: str, actions: CodedActions, window_s: int, options: argparse.Namespace
) -> None:
    """Print one line for each null."""
    window_us = window_s * 1_000_000
    drawn: dict[str, list[np.ndarray]] = {}
    for seed in range(options.seeds):
        if name in MADE:
            shifted = MADE[name](seed)
            weeks = np.arange(shifted.n_accounts)
        else:
            shifted, (weeks, _) = day_shifted(actions, seed), week_shifts(actions, seed)
        a, b = sample_pairs(shifted, options.pairs, seed)
        is_apart = weeks[a] != weeks[b]
        a, b = a[is_apart], b[is_apart]
        x = n_objects_together(shifted, a, b, window_us)
        edges = CodedEdges(account_a=a, account_b=b, n_objects=x)
        timed = synchrony(shifted, edges, window_us)
        nulls = {
            "presence, hour of week": presence(shifted, edges, window_us, "hour-of-week"),
            "presence, block": presence(shifted, edges, window_us, "block"),
        }
        for null, found in nulls.items():
            each = (x, found.lambda_, found.p)
            drawn.setdefault(null, []).append(np.stack(each))
        kept = timed.is_testable
        each = (x[kept], timed.lambda_[kept], timed.p[kept])
        drawn.setdefault("synchrony, testable", []).append(np.stack(each))
    print_summary(name, window_s, drawn)


def print_permuted(
    name: str, actions: CodedActions, window_s: int, options: argparse.Namespace
) -> None:
    """Print each null on labels permuted within its own strata: there it holds exactly."""
    window_us = window_s * 1_000_000
    drawn: dict[str, list[np.ndarray]] = {}
    for seed in range(options.seeds):
        for null in ("hour-of-week", "block", "synchrony"):
            label = actions.object
            if null != "synchrony":
                label = label_strata(actions, window_us, null)[0]
            permuted = actions.by_accounts(permuted_accounts(actions, label, seed))
            a, b = sample_pairs(permuted, options.pairs, seed)
            x = n_objects_together(permuted, a, b, window_us)
            edges = CodedEdges(account_a=a, account_b=b, n_objects=x)
            if null == "synchrony":
                timed = synchrony(permuted, edges, window_us)
                kept = timed.is_testable
                each = (x[kept], timed.lambda_[kept], timed.p[kept])
            else:
                found = presence(permuted, edges, window_us, null)
                each = (x, found.lambda_, found.p)
            drawn.setdefault(null, []).append(np.stack(each))
    print_summary(f"{name}, permuted", window_s, drawn)


def print_summary(name: str, window_s: int, drawn: dict[str, list[np.ndarray]]) -> None:
    """Print how p lies under each null."""
    for null, parts in drawn.items():
        x, lambda_, plain = np.concatenate(parts, axis=1)
        if not x.size:
            continue
        one = uniformity(randomised_p(x.astype(np.int64), lambda_, 0))
        print(
            f"| {name} | {window_s} s | {null} | {x.size:,} | {lambda_.mean():.3g} "
            f"| {np.mean(x > 0):.3f} | {np.mean(plain <= 0.01):.4f} "
            f"| {one.share:.4f} ({one.low:.4f}-{one.high:.4f}) | {one.excess:.3f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
