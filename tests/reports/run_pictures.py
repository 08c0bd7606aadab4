"""A detection run as its report gets it, with two groups; the words of the data are given."""

from __future__ import annotations

from typing import Any

from undersight.model.run_picture import PictureFile, PictureNode, PictureTie, RunPicture


def a_pair(word: str, delta_s: float) -> dict[str, Any]:
    side = {"who": "page 1", "published": "2031-05-02T14:00:00Z", "text": word, "where": "ab 1"}
    return {"object": word, "delta_s": delta_s, "a": side, "b": {**side, "who": "profile 2"}}


def a_finding(number: int, word: str) -> dict[str, Any]:
    named = {1: {"name": word}}
    return {
        "finding_id": f"f-{number:016x}",
        "detector": "co-comment",
        "detector_version": 1,
        "view": "post",
        "window_s": 60.0,
        "windows_s": [60.0],
        "verdict": "co-timed" if number == 1 else "dominates-target",
        "verdict_words": "Acts on the same things, closer in time than others who act on them.",
        "is_explained": number == 2,
        "score": 0.9,
        "effect": {"name": "x", "value": 21.5, "low": 12.0, "high": 38.25, "level": 0.95},
        "p": 1.2e-7,
        "q": 2.4e-7,
        "n": {"accounts": 6, "objects": 9, "posts": 54, "pairs": 90, "days": 5},
        "accounts": [
            {"label": f"page {n}", "kind": "page", "number": n} | named.get(n, {})
            for n in range(6 * number - 5, 6 * number + 1)
        ],
        "targets": [],
        "objects": [{"kind": "post", "words": "post 1"}],
        "reasons": [
            {"code": "shared-objects", "number": 9.0, "sentence": f"6 accounts … {word}",
             "pairs": [a_pair(word, 0.0), a_pair("שלום", 2.5)]},
            {"code": "hours-of-week", "number": 0.2, "sentence": "By hour of the week …",
             "pairs": [],
             "series": {"group": [n % 5 for n in range(168)], "audience": [1] * 168}},
        ],
        "benign": [
            {"code": "one-feed", "outcome": "does-not-explain", "number": 0.1, "sentence": word},
            {"code": "fan-tag", "outcome": "cannot-tell", "number": None, "sentence": "No tag."},
        ],
        "blind_spots": ["Readers who are notified come together too."],
        "caveats": [],
        "parameters": {"max_family_p": 0.05},
        "overlaps": [{"finding_id": "f-0000000000000001", "n_posts": 3, "n_accounts": 2}]
        if number == 2 else [],
        "judgements": [
            {"verdict": "stands", "inauthenticity": "", "harm": "", "author": "s-1", "note": word,
             "is_unmasking_pages": True}
        ],
    }  # fmt: skip


def a_picture(word: str = "Shame on them", n_findings: int = 2) -> RunPicture:
    """A run of two groups of six."""
    found = [a_finding(number, word) for number in range(1, n_findings + 1)]
    parameters = {"window_s": (60.0,), "max_family_p": 0.05, "views": ("post", "page")}
    counts = {"n_rows": 779, "n_rows_without_account": 4, "n_actions": 775, "n_edges": 36}
    return RunPicture(
        shown={
            "run_id": "20310502T141500Z-3fa9c1d2e4b5",
            "digest": "3f" * 32,
            "corpus_digest": "cd" * 32,
            "n_earlier_runs": 1,
            "n_looks": 2,
            "counts": {"n_accounts": 12, "n_posts": 108},
            "caveats": [word],
            "note": "This speaks of acting together only.",
            "findings": found,
        },
        version="0.1.0",
        detectors=(
            {"detector": "co-comment", "version": 1, "parameters": parameters,
             "blind_spots": ["Readers who are notified come together too."]},
        ),
        looks=(
            {"detector": "co-comment", "view": "post", "window_s": 60.0, "outcome": "looked",
             "counts": counts, "n_findings": n_findings},
            {"detector": "co-comment", "view": "page", "window_s": 60.0,
             "outcome": "not-enough-data", "counts": {}, "n_findings": 0},
        ),
        files=(
            PictureFile(digest="ab" * 6, importer="posts-table", n_read=915, n_records=910,
                        n_duplicates=3, n_rejected=2),
        ),
        has_same_corpus=True,
        n_runs=2,
        days=tuple({"2031-05-02": 40, "2031-05-05": 14} for _ in found),
        nodes=tuple(
            PictureNode(label=f"page {n + 1}", kind="page" if n % 2 else "profile", group=n // 6)
            for n in range(6 * n_findings)
        ),
        ties=tuple(
            PictureTie(a=a, b=b, n_objects=2 + (a + b) % 5)
            for group in range(n_findings)
            for a in range(6 * group, 6 * group + 6)
            for b in range(a + 1, 6 * group + 6)
        ),
        n_nodes_left_out=4,
        n_ties_left_out=9,
        beside=("report.edges.csv",),
    )  # fmt: skip
