"""``co-text``: the same words, or nearly the same, posted together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from undersight.detectors.detector import MOST_WINDOW_S, CoActionDetector, Step
from undersight.detectors.parameters import parameter
from undersight.i18n import _

if TYPE_CHECKING:
    import duckdb

    from undersight.detectors.view_actions import ViewActions

_WRITTEN = """
SELECT account_id AS account, text_key AS object, post_id AS post,
       published_us AS time_us, target_id AS target, resolution_us AS resolution_us
FROM posts
WHERE kind <> 'repost' AND text_key IS NOT NULL AND length(text_key) >= $min_length
"""
_TEXTS = """
SELECT DISTINCT text_key AS text
FROM posts
WHERE kind <> 'repost' AND text_key IS NOT NULL AND length(text_key) >= $min_length
"""
_BY_FAMILY = """
SELECT p.account_id AS account, f.family AS object, p.post_id AS post,
       p.published_us AS time_us, p.target_id AS target, p.resolution_us AS resolution_us
FROM posts AS p JOIN text_families AS f ON f.text = p.text_key
WHERE p.kind <> 'repost'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoText(CoActionDetector):
    """Accounts that post the same words within seconds of each other, again and again.

    ``exact`` compares texts after folding (case, spelling of letters, invisible characters);
    ``near`` joins texts whose 5-grams overlap into families first.
    """

    detector_id: ClassVar[str] = "co-text"
    version: ClassVar[int] = 3
    about: ClassVar[str] = "The same words, or nearly the same, posted together."
    tables: ClassVar[tuple[str, ...]] = ("posts", "shares", "accounts")
    blind_spots: ClassVar[tuple[str, ...]] = (
        _("Short texts (greetings, thanks, emoji) are no objects: everybody writes them."),
        _("The same thing said in other words is not seen."),
        _("People who wait longer than the window are not seen."),
    )

    views: tuple[str, ...] = parameter(
        ("exact",), _("What counts as the same: exact (after folding), near."),
        choices=("exact", "near"),
    )  # fmt: skip
    # Links and texts are rare things: two who meet on one within an hour mean something.
    window_s: tuple[float, ...] = parameter(
        (60.0, 600.0, 3600.0), _("Windows, seconds; both ends belong to them."),
        least=0.0, most=MOST_WINDOW_S,
    )  # fmt: skip
    min_length: int = parameter(
        24, _("Letters that a text must have to count, after folding."), least=8, most=10_000
    )
    min_similarity: float = parameter(
        0.7, _("Shared 5-grams (Jaccard) of two texts of one family."), least=0.5, most=1.0
    )

    def steps(self, view: str) -> tuple[Step, ...]:
        """Return the texts, folded; of ``near``, what joins texts with their families."""
        values = {"min_length": self.min_length}
        if view == "near":
            return (
                Step(name="texts", sql=_TEXTS, values=values),
                Step(name="actions", sql=_BY_FAMILY),
            )
        return (Step(name="actions", sql=_WRITTEN, values=values),)

    def actions(self, connection: duckdb.DuckDBPyConnection, view: str) -> ViewActions:
        """Open the actions; families of near texts are found first."""
        from undersight.detectors.view_actions import open_view

        if view != "near":
            return open_view(connection, self.steps(view), can_share_post=False,
                             is_object_text=True)  # fmt: skip
        import pyarrow as pa

        from undersight.engine.near_text import text_families

        read, joined = self.steps(view)
        sql = f"{read.sql} ORDER BY text"
        rows = connection.execute(sql, dict(read.values)).fetchall()
        words: list[str] = [text for (text,) in rows]
        family = text_families(words, min_similarity=self.min_similarity)
        first = {number: place for place, number in reversed(list(enumerate(family)))}
        # A family goes by its first text, so that the object is a text as in the exact view.
        names = [words[first[number]] for number in family]
        connection.register("text_families", pa.table({"text": words, "family": names}))
        return open_view(connection, (joined,), can_share_post=False, is_object_text=True)
