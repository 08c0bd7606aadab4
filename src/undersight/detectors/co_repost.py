"""``co-repost``: the same posts repeated together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from undersight.detectors.detector import CoActionDetector, Step
from undersight.detectors.parameters import parameter
from undersight.i18n import _

_REPOSTED = """
SELECT account_id AS account, repost_of_id AS object, post_id AS post,
       published_us AS time_us, target_id AS target, resolution_us AS resolution_us
FROM posts
WHERE kind = 'repost' AND repost_of_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoRepost(CoActionDetector):
    """Accounts that repeat the same posts within seconds of each other, again and again."""

    detector_id: ClassVar[str] = "co-repost"
    version: ClassVar[int] = 2
    about: ClassVar[str] = "The same posts repeated together."
    tables: ClassVar[tuple[str, ...]] = ("posts", "shares", "accounts")
    blind_spots: ClassVar[tuple[str, ...]] = (
        _("A repost whose original the file does not name is not seen."),
        _("A post that was copied, not repeated, is the matter of co-text."),
        _("People who wait longer than the window are not seen."),
    )

    views: tuple[str, ...] = parameter(
        ("post",), _("What counts as the same: the post."), choices=("post",)
    )

    def steps(self, view: str) -> tuple[Step, ...]:  # noqa: ARG002 - there is one view
        """Return the reposts, the post repeated being the object."""
        return (Step(name="actions", sql=_REPOSTED),)
