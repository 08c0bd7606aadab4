"""Runs the cases of ``tests/detectors/<name>.yml``: rows in, findings out.

A case is an invented crowd with habits of its own (``organic``), told as the detector reads it,
with what the case adds: ``crew`` (accounts that act on the same objects at one moment),
``rows`` (actions written out) or nothing. ``set`` changes parameters, ``finds`` says what must
come of it: one entry per group with its number of accounts and verdict. Reposts name what they
repeat, unless ``words`` says what they carry.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from tests.detectors import crowds
from tests.detectors.crowds import DAY, HOUR, START, Corpus, S
from undersight.detectors import DETECTORS
from undersight.detectors.detector import CoActionDetector
from undersight.workbench.detection import Done, run_detectors

FOLDER = Path(__file__).parent
DIGEST = "0" * 64
_WORDS = "these are invented words about post {object}"
_BACKGROUND: dict[int, Corpus] = {}


def cases(detector_id: str) -> list[Any]:
    """The cases of a detector, as pytest parameters."""
    path = FOLDER / f"{detector_id.replace('-', '_')}.yml"
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        pytest.param(case, id=case["name"], marks=[pytest.mark.long] if case.get("long") else [])
        for case in raw
    ]


def detector_of(detector_id: str, **values: Any) -> CoActionDetector:
    cls = next(one for one in DETECTORS if one.detector_id == detector_id)
    return cls().with_parameters(values)


def ran(case: dict[str, Any], detector_id: str) -> Done:
    """Run one case: at the shortest window, if it names none."""
    corpus = corpus_of(case, detector_id)
    detector = detector_of(detector_id, **{"window_s": [60], **case.get("set", {})})
    return run_detectors(corpus.connection(), [detector], corpus_digest=DIGEST)


def check(case: dict[str, Any], detector_id: str) -> None:
    done = ran(case, detector_id)
    got = done.findings
    for name, wanted in case.get("counts", {}).items():
        assert sum(look.counts.get(name, 0) for look in done.run.looks) == wanted, name
    said = sorted((len(one.accounts), one.verdict) for one in got)
    assert said == sorted((one["accounts"], one["verdict"]) for one in case["finds"])
    for one in got:
        assert all(account.startswith("facebook:crew") for account in one.accounts)


def corpus_of(case: dict[str, Any], detector_id: str) -> Corpus:
    corpus = Corpus()
    corpus.post(corpus.account("facebook:first"), START, text="a post")
    actions = [] if case.get("is_empty") else _habits(case.get("seed", 1))
    actions += _crew(case.get("crew"))
    for row in case.get("rows", ()):
        actions.append((row["account"], row["object"], START + int(row["at_s"]) * S))
    for account in sorted({account for account, *_ in actions}):
        corpus.account(account, kind=case.get("crew", {}).get("kind", "unknown"))
    words = case.get("words", _WORDS)
    for account, thing, time_us in actions:
        _act(corpus, detector_id, (account, thing, time_us), words)
    for row in corpus.posts:
        row["resolution_us"] = int(case.get("resolution_s", 1)) * S
    return corpus


def _habits(seed: int) -> list[tuple[str, str, int]]:
    """What people do by habit: who acts on what, when."""
    if seed not in _BACKGROUND:
        _BACKGROUND[seed] = crowds.organic(seed, n_accounts=100, n_pages=4, n_comments=900)
    return [
        (row["account_id"], row["root_id"].partition(":")[2], row["published_us"])
        for row in _BACKGROUND[seed].posts
        if row["kind"] == "comment"
    ]


def _crew(spec: dict[str, Any] | None) -> list[tuple[str, str, int]]:
    """A crew on objects that people act on by habit too, or on its own (``own_objects``)."""
    if not spec:
        return []
    rng = np.random.default_rng(spec.get("seed", 7))
    habits = _habits(1)
    counts: dict[str, list[int]] = {}
    for _account, thing, time_us in habits:
        counts.setdefault(thing, []).append(time_us)
    hot = sorted(counts, key=lambda one: (-len(counts[one]), one))
    actions = []
    for number in range(spec["objects"]):
        thing = f"own{number}" if spec.get("own_objects") else hot[number]
        moment = START + int(rng.integers(28)) * DAY + int(rng.integers(24)) * HOUR
        if not spec.get("own_objects"):
            moment = int(np.median(counts[thing])) + int(rng.integers(3)) * HOUR
        for member in range(spec["accounts"]):
            time_us = moment + int(rng.integers(0, spec["spread_s"] + 1)) * S
            actions.append((f"facebook:crew{member:02d}", thing, time_us))
    return actions


def _act(corpus: Corpus, detector_id: str, action: tuple[str, str, int], words: str) -> None:
    account, thing, time_us = action
    if detector_id == "co-share":
        corpus.link(account, time_us, f"https://site{len(thing)}.example/{thing}")
    elif detector_id == "co-repost" and words == _WORDS:
        corpus.post(account, time_us, kind="repost", repost_of_id=f"facebook:{thing}")
    elif detector_id == "co-repost":
        text = words.format(object=thing)
        corpus.post(account, time_us, kind="repost", text=text, text_key=text)
    elif detector_id == "co-text":
        text = words.format(object=thing)
        corpus.post(account, time_us, text=text, text_key=text)
    else:
        corpus.comment(account, time_us, f"facebook:{thing}", "facebook:page", text="")
