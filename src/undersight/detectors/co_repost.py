"""``co-repost``: the same posts repeated together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from undersight.detectors.detector import CoActionDetector, Step
from undersight.detectors.parameters import parameter
from undersight.i18n import _

_REPOSTED = {
    "post": """
SELECT account_id AS account, repost_of_id AS object, post_id AS post,
       published_us AS time_us, target_id AS target, resolution_us AS resolution_us
FROM posts
WHERE kind = 'repost' AND repost_of_id IS NOT NULL
""",
    # Many exports mark a repost and carry its words, without saying of which post.
    "words": """
SELECT account_id AS account, text_key AS object, post_id AS post,
       published_us AS time_us, target_id AS target, resolution_us AS resolution_us
FROM posts
WHERE kind = 'repost' AND repost_of_id IS NULL AND text_key IS NOT NULL
      AND length(text_key) >= $min_length
""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CoRepost(CoActionDetector):
    """Accounts that repeat the same posts within seconds of each other, again and again."""

    detector_id: ClassVar[str] = "co-repost"
    version: ClassVar[int] = 3
    about: ClassVar[str] = "The same posts repeated together."
    tables: ClassVar[tuple[str, ...]] = ("posts", "shares", "accounts")
    blind_spots: ClassVar[tuple[str, ...]] = (
        _("A repost of which the file gives neither the original nor the words is not seen."),
        _("A post that was copied, not repeated, is the matter of co-text."),
        _("People who wait longer than the window are not seen."),
    )

    views: tuple[str, ...] = parameter(
        ("post", "words"),
        _("What counts as the same: the post; its words, where the file does not say which."),
        choices=("post", "words"),
    )
    min_length: int = parameter(
        24, _("Letters that a text must have to count, after folding."), least=8, most=10_000
    )

    def steps(self, view: str) -> tuple[Step, ...]:
        """Return the reposts, the post repeated, or its words, being the object."""
        values = {"min_length": self.min_length} if view == "words" else {}
        return (Step(name="actions", sql=_REPOSTED[view], values=values),)
