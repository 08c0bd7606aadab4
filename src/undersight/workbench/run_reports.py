"""A detection run as one page, and its edges beside it: masked, without lists of accounts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from undersight.engine.edge_files import KINDS, EdgeTable, write_edges
from undersight.model.run_picture import PictureFile, PictureNode, PictureTie, RunPicture
from undersight.reports.run_report import RunReport
from undersight.workbench import findings, runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from undersight.model.finding import Finding
    from undersight.workbench.findings import Sources
    from undersight.workbench.masking import Masks
    from undersight.workbench.runs import StoredRun
    from undersight.workbench.session import Workspace

MOST_NODES, MOST_TIES = 400, 1500
_MIRRORED = (("n_posts_a", "n_posts_b"), ("n_a_first", "n_b_first"))
_LABELS = ("detector", "view", "window_us")
_EPOCH = dt.date(1970, 1, 1)
_DAY_US = 86_400_000_000


def write(workspace: Workspace, named: str, out: Path, *, lang: str = "en") -> list[Path]:
    """Write a run's report and, beside it, the ties among the accounts of its findings.

    Args:
        workspace: Open.
        named: The run's id or its beginning; empty for the latest.
        out: The page; the tables take its name with ``.edges``.
        lang: Language of the words.

    Returns:
        The files, the page first.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
        UnknownLanguageError: No interface in the language.
        BackendError: The disk refused.
    """
    run_id = runs.find_run(workspace, named)
    stored = runs.read_run(workspace, run_id)
    sources = findings.sources_of(workspace, stored, lang=lang)
    edges = own_edges(runs.read_edges(workspace, run_id), stored.findings)
    beside = [out.with_name(f"{out.stem}.edges{kind}") for kind in KINDS]
    picture = replace(
        picture_of(workspace, stored, sources, edges, lang=lang),
        beside=tuple(path.name for path in beside),
    )
    written = RunReport(lang=lang).write(picture, out)
    table = masked_edges(edges, sources.masks)
    for path in beside:
        write_edges(EdgeTable(schema=table.schema, batches=table.to_batches(),
                              weight="n_objects"), path)  # fmt: skip
    return [*written, *beside]


def picture_of(
    workspace: Workspace, stored: StoredRun, sources: Sources, edges: pa.Table, *, lang: str
) -> RunPicture:
    """Return a run as its report shows it.

    Args:
        workspace: Open.
        stored: The run.
        sources: What it is shown with.
        edges: Ties among the accounts of findings.
        lang: Language of the sentences.
    """
    run = stored.run
    shown = findings.present(workspace, stored.run_id, lang=lang)
    ordered = in_order(stored.findings)
    place = {one.finding_id: number for number, one in enumerate(ordered)}
    shown["findings"] = sorted(shown["findings"], key=lambda one: place[one["finding_id"]])
    nodes, index, n_left = _nodes(ordered, sources)
    ties, n_ties_left = _ties(edges, index)
    has_same_corpus = workspace.corpus.digest() == run.corpus_digest
    return RunPicture(
        shown=shown,
        version=run.undersight_version,
        detectors=tuple(
            {"detector": one.detector, "version": one.version,
             "parameters": dict(one.parameters),
             "blind_spots": [sources.t(spot) for spot in one.blind_spots]}
            for one in run.detectors
        ),
        looks=tuple(
            {"detector": one.detector, "view": one.view, "window_s": one.window_us / 1_000_000,
             "outcome": one.outcome, "counts": dict(one.counts), "n_findings": len(one.findings)}
            for one in run.looks
        ),
        files=_files(workspace) if has_same_corpus else (),
        has_same_corpus=has_same_corpus,
        n_runs=runs.n_runs_of(workspace, run.corpus_digest),
        days=_days(workspace, ordered),
        nodes=nodes,
        ties=ties,
        n_nodes_left_out=n_left,
        n_ties_left_out=n_ties_left,
    )  # fmt: skip


def in_order(found: Sequence[Finding]) -> list[Finding]:
    """Return findings, the most accounts first."""
    return sorted(found, key=lambda one: (-len(one.accounts), one.finding_id))


def own_edges(edges: pa.Table, found: Sequence[Finding]) -> pa.Table:
    """Return the edges with both ends in one finding; what else was significant stays inside.

    Args:
        edges: As the run's folder holds them.
        found: Its findings.
    """
    if "account_a" not in edges.column_names:
        return pa.table({name: pa.array([], kind) for name, kind in _LEAST_COLUMNS.items()})
    members = [set(one.accounts) for one in found]
    ends = zip(edges["account_a"].to_pylist(), edges["account_b"].to_pylist(), strict=True)
    kept = [any(a in one and b in one for one in members) for a, b in ends]
    return edges.filter(pa.array(kept, pa.bool_()))


_LEAST_COLUMNS = {
    "detector": pa.string(),
    "view": pa.string(),
    "window_us": pa.int64(),
    "account_a": pa.string(),
    "account_b": pa.string(),
    "n_objects": pa.int64(),
}


def masked_edges(edges: pa.Table, masks: Masks) -> pa.Table:
    """Return edges with labels for accounts, in an order that tells nothing of ids.

    Args:
        edges: With account ids.
        masks: The labels.
    """
    rows = []
    for row in edges.to_pylist():
        a, b = row["account_a"], row["account_b"]
        if _place(masks, b) < _place(masks, a):
            a, b = b, a
            for left, right in _MIRRORED:
                if left in row:
                    row[left], row[right] = row[right], row[left]
        row |= {"account_a": masks.label(a), "account_b": masks.label(b)}
        rows.append((_place(masks, a), _place(masks, b), row))
    rows.sort(key=lambda one: (*(one[2][name] for name in _LABELS), one[0], one[1]))
    first = ["account_a", "account_b", *_LABELS]
    names = [*first, *(name for name in edges.column_names if name not in first)]
    schema = pa.schema([edges.schema.field(name).with_metadata(None) for name in names])
    return pa.Table.from_pylist([row for *_places, row in rows], schema=schema)


def _place(masks: Masks, account_id: str) -> tuple[str, int]:
    return masks.labels[account_id]


def _nodes(
    ordered: Sequence[Finding], sources: Sources
) -> tuple[tuple[PictureNode, ...], dict[str, int], int]:
    """Accounts to draw, each in its largest group, whole groups while there is room."""
    nodes: list[PictureNode] = []
    index: dict[str, int] = {}
    left_out: set[str] = set()
    for group, finding in enumerate(ordered):
        new = [one for one in finding.accounts if one not in index]
        if len(nodes) + len(new) > MOST_NODES and nodes:
            left_out.update(new)
            continue
        new.sort(key=lambda one: _place(sources.masks, one))
        for account_id in new[:MOST_NODES]:
            message, number = sources.masks.labels[account_id]
            index[account_id] = len(nodes)
            label = sources.t(message).format(number=number)
            kind = sources.masks.kind(account_id)
            nodes.append(PictureNode(label=label, kind=kind, group=group))
        left_out.update(new[MOST_NODES:])
    return tuple(nodes), index, len(left_out - index.keys())


def _ties(edges: pa.Table, index: Mapping[str, int]) -> tuple[tuple[PictureTie, ...], int]:
    """Ties to draw: each pair once, those with the most objects."""
    strongest: dict[tuple[int, int], int] = {}
    unseen: set[tuple[str, str]] = set()
    columns = (edges[name].to_pylist() for name in ("account_a", "account_b", "n_objects"))
    for account_a, account_b, n in zip(*columns, strict=True):
        if account_a not in index or account_b not in index:
            unseen.add((account_a, account_b))
            continue
        ends = sorted((index[account_a], index[account_b]))
        pair = (ends[0], ends[1])
        strongest[pair] = max(strongest.get(pair, 0), n)
    ranked = sorted(strongest.items(), key=lambda one: (-one[1], one[0]))
    kept = sorted(ranked[:MOST_TIES])
    ties = tuple(PictureTie(a=a, b=b, n_objects=n) for (a, b), n in kept)
    return ties, len(unseen) + len(ranked) - len(kept)


def _files(workspace: Workspace) -> tuple[PictureFile, ...]:
    return tuple(
        PictureFile(
            digest=one.import_digest[:12],
            importer=one.importer_id,
            n_read=one.n_read,
            n_records=one.n_records,
            n_duplicates=one.n_duplicates,
            n_rejected=one.n_rejected,
        )
        for one in workspace.corpus.imports()
    )


def _days(workspace: Workspace, ordered: Sequence[Finding]) -> tuple[dict[str, int], ...]:
    """Posts of each finding by UTC day."""
    ids = sorted({post for one in ordered for post in one.posts})
    with workspace.corpus.connection() as connection:
        connection.register("reported_posts", pa.table({"id": pa.array(ids, pa.string())}))
        times: dict[str, Any] = dict(
            connection.execute(
                "SELECT p.post_id, p.published_us FROM posts AS p "
                "JOIN reported_posts AS r ON r.id = p.post_id WHERE p.published_us IS NOT NULL"
            ).fetchall()
        )
    return tuple(
        dict(sorted(Counter(_day(times[post]) for post in one.posts if post in times).items()))
        for one in ordered
    )


def _day(us: int) -> str:
    """The day of a time; the days since 1970 where the calendar ends."""
    n_days = us // _DAY_US
    try:
        return (_EPOCH + dt.timedelta(days=n_days)).isoformat()
    except OverflowError:
        return str(n_days)
