"""A comment sheet with everything in it, and words that try to break out of a page."""

from __future__ import annotations

from typing import Any

from undersight.model.comment_sheet import (
    CommentSheet,
    KindLine,
    Named,
    Newcomers,
    OtherTarget,
    Share,
    Texts,
    Wording,
)

ATTACK = "</style></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'`{{7*7}}"


def a_sheet(word: str = "Shame on them", **changed: Any) -> CommentSheet:
    """A sheet of 300 comments of Qaravel; the words of the data are given."""
    given: dict[str, Any] = {
        "kind": "post",
        "target": "page 2",
        "target_name": "",
        "reference": "facebook:123",
        "posted_us": 1_935_583_200_000_000,
        "corpus_digest": "ab" * 32,
        "n_comments": 300,
        "n_replies": 12,
        "n_accounts": 210,
        "n_without_account": 3,
        "n_without_time": 0,
        "n_shown": 411,
        "first_us": 1_935_583_260_000_000,
        "last_us": 1_935_669_600_000_000,
        "resolution_us": 60_000_000,
        "is_sample": True,
        "n_top": 50,
        "kinds": (
            KindLine(
                kind="profile",
                comments=Share(n=266, of=300, low=0.8459, high=0.9178),
                top=Share(n=22, of=50),
                n_accounts=196,
            ),
            KindLine(
                kind="page",
                comments=Share(n=31, of=300, low=0.0738, high=0.1429),
                top=Share(n=28, of=50),
                n_accounts=14,
            ),
        ),
        "newcomers": Newcomers(
            never_here=Share(n=60, of=80, low=0.6452, high=0.8319),
            n_not_seen=130,
            n_earlier_posts=41,
        ),
        "categories": (Named(name=word, n=9), Named(name="Kitchen", n=2)),
        "created_months": (Named(name="2030-11", n=9), Named(name="2031-02", n=2)),
        "texts": Texts(
            exact=Share(n=40, of=250, low=0.1196, high=0.2105),
            near=Share(n=55, of=250, low=0.1737, high=0.2742),
            wordings=(
                Wording(variants=(word, "יפה מאוד"), n_wordings=2, n_comments=30, n_accounts=12),
            ),
        ),
        "hours": tuple(n % 24 if n < 120 else 0 for n in range(168)),
        "other_hours": tuple((n * 7) % 11 for n in range(168)),
        "elsewhere": (Named(name="0", n=130), Named(name="1", n=80)),
        "others": (
            OtherTarget(label="page 1", name=word, accounts=Share(n=44, of=210)),
            OtherTarget(label="page 7", name="", accounts=Share(n=5, of=210)),
        ),
        "cannot_tell": {"near": "There are too many texts to compare nearly equal ones."},
        "notes": (word,),
        "reconciled": {"read": 305, "records": 300, "duplicates": 3, "rejected": 2},
    }
    return CommentSheet(**{**given, **changed})
