"""A run read once for many requests: its groups in order, its masks, its ties as numbers."""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undersight.detectors.surroundings import AccountFacts, Surroundings
from undersight.workbench import runs
from undersight.workbench.keeping import counted, kept
from undersight.workbench.masking import LABELS, mask_accounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from undersight.model.finding import Finding
    from undersight.workbench.masking import Masks
    from undersight.workbench.runs import StoredRun
    from undersight.workbench.session import Workspace

    Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunIndex:
    """The accounts and ties of a run's findings as numbers.

    Args:
        accounts: Every account of a finding, sorted by id; numbers below are places in it.
        members: Accounts of each finding, in the order of ``in_order``.
        a: One end of each tie between two accounts of one finding; each pair once.
        b: The other end, the larger number.
        n_objects: Objects that they share, in the look where they share most.
        starts: Where the ties of each finding begin in the three, and where the last end; ties of
            accounts in several findings stand with the first of them.
        is_apart: Whether each finding shares no account with another.
        links: Places of two findings and how many accounts they share.
    """

    accounts: tuple[str, ...]
    members: tuple[Numbers, ...]
    a: Numbers
    b: Numbers
    n_objects: Numbers
    starts: Numbers
    is_apart: tuple[bool, ...]
    links: tuple[tuple[int, int, int], ...]

    def numbers_of(self, accounts: Iterable[str]) -> Numbers:
        """Return the numbers of some accounts."""
        return np.array([bisect.bisect_left(self.accounts, one) for one in accounts], np.int64)

    def n_ties(self) -> Numbers:
        """Return how many ties each account has."""
        ends = np.concatenate([self.a, self.b])
        return np.bincount(ends, minlength=len(self.accounts))

    def ties_among(
        self, members: Numbers, finding: int | None = None
    ) -> tuple[Numbers, Numbers, Numbers]:
        """Return the ties between some accounts, as places among them, the strongest first.

        Args:
            members: Numbers of accounts, each once, in any order.
            finding: Place of the one that all of them belong to; quicker where it is known.
        """
        rank = np.full(len(self.accounts), -1, np.int64)
        rank[members] = np.arange(len(members))
        within = slice(None)
        if finding is not None and self.is_apart[finding]:
            within = slice(int(self.starts[finding]), int(self.starts[finding + 1]))
        a, b, n = rank[self.a[within]], rank[self.b[within]], self.n_objects[within]
        among = np.flatnonzero((a >= 0) & (b >= 0))
        a, b, n = a[among], b[among], n[among]
        low, high = np.minimum(a, b), np.maximum(a, b)
        order = np.lexsort((high, low, -n))
        return low[order], high[order], n[order]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What the accounts of a run's findings are called, as numbers.

    Args:
        kinds: Place of each account's kind in ``masking.LABELS``.
        numbers: Its masked number.
    """

    kinds: Numbers
    numbers: Numbers


def in_order(found: Sequence[Finding]) -> list[Finding]:
    """Return findings, the most accounts first."""
    return sorted(found, key=lambda one: (-len(one.accounts), one.finding_id))


def most_tied(index: RunIndex, accounts: Sequence[str], most: int) -> list[str]:
    """Return so many of some accounts, those with the most ties first.

    Args:
        index: Of their run.
        accounts: Accounts of findings, in any order.
        most: How many are wanted.
    """
    n_ties = index.n_ties()
    ranked = sorted(zip((-n_ties[index.numbers_of(accounts)]).tolist(), accounts, strict=True))
    return [account_id for _n, account_id in ranked[:most]]


def stored_run(workspace: Workspace, named: str) -> StoredRun:
    """Return a run, kept from the last time it was read while its files are the same.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    run_id = runs.find_run(workspace, named)
    key = ("run", run_id, runs.state_of(workspace, run_id))
    return kept(workspace, key, lambda: runs.read_run(workspace, run_id))


def index_of(workspace: Workspace, stored: StoredRun) -> RunIndex:
    """Return the accounts and ties of a run's findings.

    Raises:
        RunDamagedError: The run is not as it was written.
    """
    key = ("run-index", stored.run_id, runs.state_of(workspace, stored.run_id))
    return kept(
        workspace,
        key,
        lambda: build(runs.read_edges(workspace, stored.run_id), stored.findings),
    )


def masks_of(workspace: Workspace, stored: StoredRun) -> Masks:
    """Return the labels of everybody whom a run's findings name.

    Args:
        workspace: Open.
        stored: The run.
    """
    key = ("masks", stored.run_id, stored.run.digest, workspace.corpus.digest())
    return kept(workspace, key, lambda: _masks(workspace, stored))


def labels_of(workspace: Workspace, stored: StoredRun) -> Labels:
    """Return the labels of a run's accounts, in the order of its index.

    Raises:
        RunDamagedError: The run is not as it was written.
    """
    key = ("labels", stored.run_id, stored.run.digest, workspace.corpus.digest())
    return kept(workspace, key, lambda: _labels(workspace, stored))


def everybody(finding: Finding) -> tuple[str, ...]:
    """Return every account that a finding names: its group, and under whom it stands."""
    objects = finding.objects if finding.view == "page" else ()
    return (*finding.accounts, *finding.targets, *objects)


def build(edges: pa.Table, found: Sequence[Finding]) -> RunIndex:
    """Return accounts and ties as numbers.

    Args:
        edges: As the run's folder holds them.
        found: Its findings.
    """
    ordered = in_order(found)
    accounts = tuple(sorted({one for finding in ordered for one in finding.accounts}))
    place = {account_id: number for number, account_id in enumerate(accounts)}
    members = tuple(
        np.array([place[one] for one in finding.accounts], np.int64) for finding in ordered
    )
    a, b = ends_of(edges, accounts)
    group, several = _groups(members, len(accounts))
    own = _is_own(a, b, group, several)
    low, high = np.minimum(a, b)[own], np.maximum(a, b)[own]
    n = _counts(edges)[own]
    order = np.lexsort((-n, high, low, group[low]))
    low, high, n = low[order], high[order], n[order]
    first = np.ones(len(low), bool)
    first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    low, high, n = low[first], high[first], n[first]
    return RunIndex(
        accounts=accounts,
        members=members,
        a=low,
        b=high,
        n_objects=n,
        starts=np.searchsorted(group[low], np.arange(len(members) + 1)),
        is_apart=tuple(_apart(len(members), several)),
        links=_links(several),
    )


def own_rows(edges: pa.Table, found: Sequence[Finding]) -> npt.NDArray[np.bool_]:
    """Return which edges have both ends in one finding.

    Args:
        edges: As the run's folder holds them.
        found: Its findings.
    """
    accounts = tuple(sorted({one for finding in found for one in finding.accounts}))
    place = {account_id: number for number, account_id in enumerate(accounts)}
    members = tuple(np.array([place[one] for one in each.accounts], np.int64) for each in found)
    return _is_own(*ends_of(edges, accounts), *_groups(members, len(accounts)))


def ends_of(edges: pa.Table, accounts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Return both ends of each edge as places among the accounts, -1 for who is not there."""
    if "account_a" not in edges.column_names:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    known = pa.array(accounts, pa.string())
    a, b = (
        pc.fill_null(pc.index_in(edges[name].combine_chunks(), value_set=known), -1)
        .to_numpy(zero_copy_only=False)
        .astype(np.int64)
        for name in ("account_a", "account_b")
    )
    return a, b


def _masks(workspace: Workspace, stored: StoredRun) -> Masks:
    accounts = sorted({one for finding in stored.findings for one in everybody(finding)})

    def read() -> dict[str, list[str]]:
        with workspace.corpus.connection() as connection:
            found = Surroundings(connection).accounts(accounts)
        return {one: [facts.kind, facts.name] for one, facts in found.items()}

    known = counted(workspace, f"{stored.run_id}-accounts", read)
    facts = {one: AccountFacts(kind=kind, name=name) for one, (kind, name) in known.items()}
    return mask_accounts(stored.run.digest, accounts, facts)


def _labels(workspace: Workspace, stored: StoredRun) -> Labels:
    masks = masks_of(workspace, stored)
    place = {kind: number for number, kind in enumerate(LABELS)}
    accounts = index_of(workspace, stored).accounts
    return Labels(
        kinds=np.array([place[masks.kind(one)] for one in accounts], np.int64),
        numbers=np.array([masks.labels[one][1] for one in accounts], np.int64),
    )


def _counts(edges: pa.Table) -> Numbers:
    if "n_objects" not in edges.column_names:
        return np.empty(0, np.int64)
    counted: Numbers = edges["n_objects"].to_numpy().astype(np.int64)
    return counted


def _groups(
    members: Sequence[Numbers], n_accounts: int
) -> tuple[Numbers, dict[int, tuple[int, ...]]]:
    """The first group of each account, and all groups of those in several."""
    group = np.full(n_accounts + 1, -1, np.int64)  # the last place answers for -1
    several: dict[int, tuple[int, ...]] = {}
    for number, some in enumerate(members):
        for again in some[group[some] >= 0].tolist():
            several[again] = (*several.get(again, (int(group[again]),)), number)
        group[some] = np.where(group[some] >= 0, group[some], number)
    return group, several


def _is_own(
    a: Numbers, b: Numbers, group: Numbers, several: Mapping[int, tuple[int, ...]]
) -> npt.NDArray[np.bool_]:
    """Whether both ends stand in one group; most accounts stand in one only."""
    own: npt.NDArray[np.bool_] = (a >= 0) & (b >= 0) & (group[a] == group[b])
    if several:
        is_several = np.zeros(len(group), bool)
        is_several[list(several)] = True
        for row in np.flatnonzero((a >= 0) & (b >= 0) & ~own & (is_several[a] | is_several[b])):
            one, other = int(a[row]), int(b[row])
            left = several.get(one, (int(group[one]),))
            own[row] = not set(left).isdisjoint(several.get(other, (int(group[other]),)))
    return own


def _apart(n_findings: int, several: Mapping[int, tuple[int, ...]]) -> Iterator[bool]:
    together = {place for places in several.values() for place in places}
    return (place not in together for place in range(n_findings))


def _links(several: Mapping[int, tuple[int, ...]]) -> tuple[tuple[int, int, int], ...]:
    shared = Counter(
        pair for places in several.values() for pair in itertools.combinations(places, 2)
    )
    return tuple((a, b, n) for (a, b), n in sorted(shared.items()))
