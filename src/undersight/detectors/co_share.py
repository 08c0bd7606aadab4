"""``co-share``: the same link, or links to the same site, shared together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from undersight.detectors.detector import MOST_WINDOW_S, CoActionDetector, Step
from undersight.detectors.parameters import parameter
from undersight.i18n import _

_SHARED = """
SELECT s.account_id AS account, s.value AS object, s.post_id AS post,
       s.published_us AS time_us, p.target_id AS target, p.resolution_us AS resolution_us
FROM shares AS s JOIN posts AS p ON p.post_id = s.post_id
WHERE s.kind = $kind AND p.kind <> 'repost' AND s.value <> ''
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoShare(CoActionDetector):
    """Accounts that share the same links within seconds of each other, again and again.

    Hashtags are no objects here: a tag is made to be used by many at once.
    """

    detector_id: ClassVar[str] = "co-share"
    version: ClassVar[int] = 2
    about: ClassVar[str] = "The same link, or links to the same site, shared together."
    tables: ClassVar[tuple[str, ...]] = ("posts", "shares", "accounts")
    blind_spots: ClassVar[tuple[str, ...]] = (
        _("Links behind different shorteners are different links."),
        _("Pictures and texts without a link are not looked at."),
        _("Things that a table names by a number only are looked at when asked: views=object."),
        _("People who wait longer than the window are not seen."),
    )

    can_share_post: ClassVar[bool] = True  # a post may carry several links

    views: tuple[str, ...] = parameter(
        ("domain", "url"), _("What counts as the same: the link, its site, a table's own object."),
        choices=("domain", "url", "object"),
    )  # fmt: skip
    # Links and texts are rare things: two who meet on one within an hour mean something.
    window_s: tuple[float, ...] = parameter(
        (60.0, 600.0, 3600.0), _("Windows, seconds; both ends belong to them."),
        least=0.0, most=MOST_WINDOW_S,
    )  # fmt: skip

    def steps(self, view: str) -> tuple[Step, ...]:
        """Return the links, or the sites, that posts carry."""
        return (Step(name="actions", sql=_SHARED, values={"kind": view}),)
