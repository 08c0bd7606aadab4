"""coordination-network-toolkit: its five keyed networks and the two by time, directed.

Source of the rules: the toolkit's documentation and output (Graham et al. 2022); ``cnt`` is its
repository's head, ``cnt-pypi`` its release 1.5.2, in which a message also matches itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pyarrow as pa

from undersight.engine.compat.pairing import codes_of, named_table, pairs_within
from undersight.engine.compat.tool import CompatEdges, setting
from undersight.errors import InvalidParameterError

if TYPE_CHECKING:
    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]

TYPES = ("co_retweet", "co_tweet", "co_similar_tweet", "co_link", "co_reply", "co_post")
_MENTION = re.compile(r"@.*?(?=\s|$)")
# The toolkit cuts at Unicode word boundaries; this is the same for scripts with spaces.
_TOKEN = re.compile(r"\w+(?:['’.]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cnt:
    """The toolkit's parameters, with the defaults of its command.

    Args:
        type: Which network; the toolkit has no default.
        time_window: Seconds, both ends included.
        min_edge_weight: Edges of fewer messages are not kept.
        similarity_threshold: Least Jaccard similarity of tokens (co_similar_tweet).
        min_document_size_similarity: Texts of fewer tokens are similar to nothing.
        loops: Keep edges from an account to itself.
        link_empty: Treat posts without a link as sharing one, as the toolkit does (co_link).
    """

    tool_id: ClassVar[str] = "cnt"
    window_parameter: ClassVar[str] = "time_window"
    is_messages: ClassVar[bool] = True
    matches_itself: ClassVar[bool] = False

    type: str = setting("", choices=TYPES)
    time_window: float = setting(1.0, least=0)
    min_edge_weight: int = setting(2, least=1)
    similarity_threshold: float = setting(0.8, least=0, most=1)
    min_document_size_similarity: int = setting(1, least=1)
    loops: bool = setting(default=False)
    link_empty: bool = setting(default=True)

    def find_edges(self, table: pa.Table) -> CompatEdges:
        """Return the network of a table of messages.

        Raises:
            InvalidParameterError: No type was chosen.
        """
        if not self.type:
            raise InvalidParameterError("type", "", f"one of {', '.join(TYPES)}")
        table = table.filter(table["time_us"].is_valid())
        if self.type != "co_link":
            table = _first_of_each(table)
        users, names = codes_of(table["user_id"])
        rows, key = self._keyed(table)
        found = self._matched(table, rows, key)
        return CompatEdges(table=self._edges(users, names, found), is_directed=True)

    def _keyed(self, table: pa.Table) -> tuple[Integers, Integers]:
        """Return the rows that take part and what those that match must share."""
        everyone = np.arange(table.num_rows)
        if self.type == "co_post":
            return everyone, np.zeros(table.num_rows, np.int64)
        is_repost = np.array([bool(one) for one in table["repost_id"].to_pylist()], np.bool_)
        if self.type == "co_retweet":
            codes = codes_of(table["repost_id"])[0]
            return everyone[is_repost], codes[is_repost]
        own = everyone[~is_repost]
        if self.type == "co_reply":
            codes = codes_of(_none_for_empty(table["reply_id"]))[0]
            return own[codes[own] >= 0], codes[own][codes[own] >= 0]
        texts = [text or "" for text in table["message"].to_pylist()]
        if self.type == "co_tweet":
            codes = codes_of(pa.chunked_array([[_plain(text) for text in texts]], pa.string()))[0]
            return own, codes[own]
        if self.type == "co_similar_tweet":
            return own, np.zeros(own.size, np.int64)
        urls = table["urls"].to_pylist()
        rows = [(row, url) for row in own.tolist() for url in self._urls(urls[row])]
        codes = codes_of(pa.chunked_array([[url for _, url in rows]], pa.string()))[0]
        return np.array([row for row, _ in rows], np.int64), codes

    def _urls(self, cell: str | None) -> list[str]:
        found = (cell or "").split(" ")
        return found if self.link_empty else [url for url in found if url]

    def _matched(self, table: pa.Table, rows: Integers, key: Integers) -> Integers:
        """Return distinct (message, other user's row) as an array of two columns of rows."""
        time_us = table["time_us"].to_numpy()[rows]
        message = codes_of(table["message_id"])[0]
        parts = [np.empty((0, 2), np.int64)]
        for one, other in pairs_within(key, time_us, round(self.time_window * 1_000_000)):
            left, right = rows[one], rows[other]
            is_kept = message[left] != message[right]
            if self.type == "co_similar_tweet":
                is_kept &= self._is_similar(table, left, right)
            left, right = left[is_kept], right[is_kept]
            parts += [np.stack([left, right], 1), np.stack([right, left], 1)]
        if self.matches_itself:
            parts.append(np.stack([rows, rows], 1))
        return np.concatenate(parts)

    def _is_similar(
        self, table: pa.Table, left: Integers, right: Integers
    ) -> npt.NDArray[np.bool_]:
        texts = table["message"].to_pylist()

        @cache
        def tokens(row: int) -> frozenset[str]:
            return frozenset(_TOKEN.findall(_MENTION.sub("", (texts[row] or "").lower())))

        def alike(one: int, other: int) -> bool:
            x, y = tokens(one), tokens(other)
            if min(len(x), len(y)) < self.min_document_size_similarity:
                return False
            return len(x & y) / len(x | y) >= self.similarity_threshold

        pairs = zip(left.tolist(), right.tolist(), strict=True)
        return np.array([alike(one, other) for one, other in pairs], np.bool_)

    def _edges(self, users: Integers, names: list[str], found: Integers) -> pa.Table:
        """Count distinct messages of the first account by (first account, second account)."""
        triples = np.stack([users[found[:, 0]], users[found[:, 1]], found[:, 0]], 1)
        triples = np.unique(triples, axis=0)
        n_names = max(1, len(names))
        edges, weight = np.unique(triples[:, 0] * n_names + triples[:, 1], return_counts=True)
        one, other = edges // n_names, edges % n_names
        is_kept = weight >= self.min_edge_weight
        if not self.loops:
            is_kept &= one != other
        columns = {
            "weight": pa.array(weight[is_kept].astype(np.int64)),
            "edge_type": pa.array([self.type] * int(is_kept.sum()), pa.string()),
        }
        return named_table(names, (one[is_kept], other[is_kept]), columns, ("source", "target"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CntPypi(Cnt):
    """Release 1.5.2: a message matches itself too, so self-loops weigh more."""

    tool_id: ClassVar[str] = "cnt-pypi"
    matches_itself: ClassVar[bool] = True


def _plain(text: str) -> str:
    return " ".join(_MENTION.sub("", text.lower()).split())


def _none_for_empty(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([[cell or None for cell in column.to_pylist()]], pa.string())


def _first_of_each(table: pa.Table) -> pa.Table:
    """Return the first row of each message."""
    codes = codes_of(table["message_id"])[0]
    _, first = np.unique(codes, return_index=True)
    return table.take(pa.array(np.sort(first)))
