"""CooRnet 1.7.0: ``estimate_coord_interval`` and ``get_coord_shares`` on shares of links.

Source of the rules: the package's documentation and output (Giglietto et al. 2020). Intervals are
bins that start at a link's first share, so a pair is lost or joined by where a bin ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pyarrow as pa

from undersight.engine.compat.pairing import codes_of, named_table, pairs_within
from undersight.engine.compat.tool import CompatEdges, setting
from undersight.errors import InvalidParameterError

if TYPE_CHECKING:
    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]

S_US = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Coornet:
    """CooRnet's parameters, with its defaults.

    Args:
        interval: Seconds, fractions cut off; ``auto`` to estimate it from the data.
        q: Quantile of the second shares' delays that counts as fast (with ``auto``).
        p: Share of a link's shares whose time is taken (with ``auto``).
        percentile_edge_weight: Edges at or over this quantile (type 7) of all weights are kept.
    """

    tool_id: ClassVar[str] = "coornet"
    window_parameter: ClassVar[str] = "interval"
    is_messages: ClassVar[bool] = False

    interval: str = setting("auto")
    q: float = setting(0.1, least=0, most=1)
    p: float = setting(0.5, least=0, most=1)
    percentile_edge_weight: float = setting(0.9, least=0, most=1)

    def find_edges(self, table: pa.Table) -> CompatEdges:
        """Return the network of a table ``account, object, time_us``.

        Raises:
            InvalidParameterError: An interval below one second, or not a number.
        """
        for name in ("account", "object", "time_us"):
            table = table.filter(table[name].is_valid())
        account, names = codes_of(table["account"])
        link = codes_of(table["object"])[0]
        time_us = table["time_us"].to_numpy()
        notes: tuple[str, ...] = ()
        if self.interval == "auto":
            interval_s = estimate_interval_s(link, time_us, self.q, self.p)
            notes = (f"estimated coordination interval: {interval_s:g} s",)
        else:
            interval_s = self._interval_s()
        is_coordinated = _coordinated(account, link, time_us, max(1, int(interval_s)))
        edges = _projection(account[is_coordinated], link[is_coordinated], len(names))
        return CompatEdges(table=self._kept(edges, names), is_directed=False, notes=notes)

    def _interval_s(self) -> float:
        try:
            seconds = float(self.interval)
        except ValueError:
            seconds = 0.0
        if not 1 <= seconds < 1e9:
            raise InvalidParameterError("interval", self.interval, "auto, or 1 second or more")
        return seconds

    def _kept(self, edges: tuple[Integers, Integers, Integers], names: list[str]) -> pa.Table:
        one, other, weight = edges
        least = np.quantile(weight, self.percentile_edge_weight) if weight.size else 0
        is_kept = weight >= least
        columns = {"weight": pa.array(weight[is_kept].astype(np.int64))}
        return named_table(names, (one[is_kept], other[is_kept]), columns)


def estimate_interval_s(link: Integers, time_us: Integers, q: float, p: float) -> float:
    """Return the tool's estimate of the coordination interval.

    Of the links whose second share came fastest (the ``q`` quantile), the median time in which
    more than the part ``p`` of their shares had come; 0 becomes 1.

    Args:
        link: Code of the link by share.
        time_us: Time of the share, µs.
        q: Quantile, 0 to 1.
        p: Part, 0 to 1.
    """
    order = np.lexsort((time_us, link))
    link, time_us = link[order], time_us[order]
    starts = np.flatnonzero(np.diff(link, prepend=-1))
    sizes = np.diff(starts, append=link.size)
    starts, sizes = starts[sizes > 1], sizes[sizes > 1]
    if not starts.size:
        return 1.0
    second = (time_us[starts + 1] - time_us[starts]) / S_US
    is_fast = second <= np.quantile(second, q)
    # The first share whose rank over the number of shares is more than p.
    rank = np.minimum(np.floor(sizes * p).astype(np.int64), sizes - 1)
    taken = ((time_us[starts + rank] - time_us[starts]) / S_US)[is_fast & (sizes * p < sizes)]
    median = float(np.median(taken)) if taken.size else 0.0
    return median or 1.0


def _coordinated(
    account: Integers, link: Integers, time_us: Integers, interval_s: int
) -> npt.NDArray[np.bool_]:
    """Mark shares in a bin with another share, of links that two accounts or more shared."""
    if not link.size:
        return np.empty(0, np.bool_)
    n_links = int(link.max()) + 1
    first = np.full(n_links, np.iinfo(np.int64).max)
    np.minimum.at(first, link, time_us)
    first = first // S_US * S_US
    bins = (time_us - first[link]) // (interval_s * S_US)
    pairs = np.unique(np.stack([link, account], 1), axis=0)
    n_accounts = np.bincount(pairs[:, 0], minlength=n_links)
    _, place, n_shares = np.unique(
        np.stack([link, bins], 1), axis=0, return_inverse=True, return_counts=True
    )
    is_coordinated: npt.NDArray[np.bool_] = (n_shares[place.ravel()] > 1) & (n_accounts[link] > 1)
    return is_coordinated


def _projection(
    account: Integers, link: Integers, n_names: int
) -> tuple[Integers, Integers, Integers]:
    """Join accounts that have a link in common, whichever bin it was in; weight = such links."""
    shares = np.unique(np.stack([link, account], 1), axis=0)
    at_once = np.zeros(len(shares), np.int64)
    keys = [np.empty(0, np.int64)]
    for one, other in pairs_within(shares[:, 0], at_once, 0):
        pair = np.sort(np.stack([shares[one, 1], shares[other, 1]], 1), axis=1)
        keys.append(pair[:, 0] * n_names + pair[:, 1])
    edges, weight = np.unique(np.concatenate(keys), return_counts=True)
    return edges // max(1, n_names), edges % max(1, n_names), weight
