"""``co-comment``: comments under the same posts, or the same pages, together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from undersight.detectors.detector import CoActionDetector, Step
from undersight.detectors.parameters import parameter
from undersight.i18n import _

# A page that answers under its own posts is no commenter.
_COMMENTED = {
    "post": """
SELECT account_id AS account, coalesce(root_id, parent_id) AS object, post_id AS post,
       published_us AS time_us, target_id AS target, resolution_us AS resolution_us
FROM posts
WHERE kind IN ('comment', 'reply') AND coalesce(root_id, parent_id) IS NOT NULL
      AND (target_id IS NULL OR account_id IS NULL OR account_id <> target_id)
""",
    "page": """
SELECT account_id AS account, target_id AS object, post_id AS post,
       published_us AS time_us, target_id AS target, resolution_us AS resolution_us
FROM posts
WHERE kind IN ('comment', 'reply') AND target_id IS NOT NULL
      AND (account_id IS NULL OR account_id <> target_id)
""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CoComment(CoActionDetector):
    """Accounts that comment under the same posts, or the same pages, close together.

    A group that writes half or more of a post's comments makes the post's own rhythm: whether
    its timing is too close cannot be tested there, and the finding says so.
    """

    detector_id: ClassVar[str] = "co-comment"
    version: ClassVar[int] = 2
    about: ClassVar[str] = "Comments under the same posts, or the same pages, together."
    tables: ClassVar[tuple[str, ...]] = ("posts", "shares", "accounts")
    blind_spots: ClassVar[tuple[str, ...]] = (
        _("Comments that the export lacks (top comments only, hidden, deleted) are not seen."),
        _("Readers who come when they are notified come together too."),
        _("People who wait longer than the window are not seen."),
        _("A small group that takes minutes to come, among many others, is mostly missed."),
    )

    views: tuple[str, ...] = parameter(
        ("page", "post"), _("What counts as the same: the post commented, the page."),
        choices=("page", "post"),
    )  # fmt: skip

    def steps(self, view: str) -> tuple[Step, ...]:
        """Return the comments, the post or page above them being the object."""
        return (Step(name="actions", sql=_COMMENTED[view]),)
