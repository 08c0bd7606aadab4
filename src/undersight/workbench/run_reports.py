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
from undersight.reports.run_report.report import MOST_CARDS
from undersight.workbench import findings, run_index, runs
from undersight.workbench.keeping import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from undersight.model.finding import Finding
    from undersight.workbench.findings import Sources
    from undersight.workbench.masking import Masks
    from undersight.workbench.runs import StoredRun
    from undersight.workbench.session import Workspace

MOST_NODES, MOST_TIES = 400, 1500
MOST_LISTED = 200
"""Labels of a group that are listed; its size is said beside them."""
_MIRRORED = (("n_posts_a", "n_posts_b"), ("n_a_first", "n_b_first"))
_LABELS = ("detector", "view", "window_us")
_EPOCH = dt.date(1970, 1, 1)
_DAY_US = 86_400_000_000
_MOST_COUNTED = 500_000  # posts of one run whose days are counted together


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
    stored = run_index.stored_run(workspace, named)
    edges = own_edges(runs.read_edges(workspace, stored.run_id), stored.findings)
    beside = [out.with_name(f"{out.stem}.edges{kind}") for kind in KINDS]
    picture = replace(
        picture_of(workspace, stored, lang=lang),
        beside=tuple(path.name for path in beside),
    )
    written = RunReport(lang=lang).write(picture, out)
    table = masked_edges(edges, run_index.masks_of(workspace, stored))
    for path in beside:
        write_edges(EdgeTable(schema=table.schema, batches=table.to_batches(),
                              weight="n_objects"), path)  # fmt: skip
    return [*written, *beside]


def picture_of(workspace: Workspace, stored: StoredRun, *, lang: str) -> RunPicture:
    """Return a run as its report shows it: the largest findings whole, of the others their ids.

    Args:
        workspace: Open.
        stored: The run.
        lang: Language of the sentences.

    Raises:
        RunDamagedError: It is not as it was written.
    """
    ordered = run_index.in_order(stored.findings)
    whole = ordered[:MOST_CARDS]
    sources = findings.sources_of(workspace, stored, lang=lang, among=whole)
    framed = frame_of(workspace, stored, sources)
    shown = [findings.show(one, sources, most_accounts=MOST_LISTED) for one in whole]
    numbered = run_index.index_of(workspace, stored)
    nodes, places, n_left = _nodes(ordered, sources, numbered)
    ties, n_ties_left = _ties(numbered, places)
    return replace(
        framed,
        shown={**framed.shown, "findings": [*shown, *framed.shown["findings"][len(shown) :]]},
        days=days_in(workspace, stored, whole),
        nodes=nodes,
        ties=ties,
        sizes=tuple(len(one.accounts) for one in ordered) if n_left else (),
        links=numbered.links if n_left else (),
        n_nodes_left_out=n_left,
        n_ties_left_out=n_ties_left,
    )


def frame_of(workspace: Workspace, stored: StoredRun, sources: Sources) -> RunPicture:
    """Return what is said around a run's findings; of them their ids, the most accounts first.

    Args:
        workspace: Open.
        stored: The run.
        sources: What it is shown with.
    """
    run = stored.run
    ordered = run_index.in_order(stored.findings)
    has_same_corpus = workspace.corpus.digest() == run.corpus_digest
    return RunPicture(
        shown={
            **findings.run_words(stored, sources),
            "findings": [{"finding_id": one.finding_id} for one in ordered],
        },
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
        days=(),
    )  # fmt: skip


def own_edges(edges: pa.Table, found: Sequence[Finding]) -> pa.Table:
    """Return the edges with both ends in one finding; what else was significant stays inside.

    Args:
        edges: As the run's folder holds them.
        found: Its findings.
    """
    if "account_a" not in edges.column_names:
        return pa.table({name: pa.array([], kind) for name, kind in _LEAST_COLUMNS.items()})
    return edges.filter(pa.array(run_index.own_rows(edges, found), pa.bool_()))


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
    ordered: Sequence[Finding], sources: Sources, ties: run_index.RunIndex
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
        new = run_index.most_tied(ties, new, MOST_NODES)
        new.sort(key=lambda one: _place(sources.masks, one))
        for account_id in new:
            message, number = sources.masks.labels[account_id]
            index[account_id] = len(nodes)
            label = sources.t(message).format(number=number)
            kind = sources.masks.kind(account_id)
            nodes.append(PictureNode(label=label, kind=kind, group=group))
        left_out.update(one for one in finding.accounts if one not in index)
    return tuple(nodes), index, len(left_out - index.keys())


def _ties(
    index: run_index.RunIndex, places: Mapping[str, int]
) -> tuple[tuple[PictureTie, ...], int]:
    """Ties to draw: each pair once, those with the most objects."""
    found = index.ties_among(index.numbers_of(places))
    kept = sorted(zip(*(part[:MOST_TIES].tolist() for part in found), strict=True))
    ties = tuple(PictureTie(a=a, b=b, n_objects=n) for a, b, n in kept)
    return ties, len(index.a) - len(kept)


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


def days_of(workspace: Workspace, ordered: Sequence[Finding]) -> tuple[dict[str, int], ...]:
    """Return posts of each finding by UTC day.

    Args:
        workspace: Open.
        ordered: The findings.
    """
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


def days_in(
    workspace: Workspace, stored: StoredRun, some: Sequence[Finding]
) -> tuple[dict[str, int], ...]:
    """Return posts of some findings by UTC day; all of a run are counted at its first look.

    Args:
        workspace: Open.
        stored: The run.
        some: Findings of it.
    """
    if sum(len(one.posts) for one in stored.findings) > _MOST_COUNTED:
        return days_of(workspace, some)

    def count() -> dict[str, dict[str, int]]:
        ids = (one.finding_id for one in stored.findings)
        return dict(zip(ids, days_of(workspace, stored.findings), strict=True))

    days = counted(workspace, f"{stored.run_id}-days", count)
    return tuple(days.get(one.finding_id, {}) for one in some)


def _day(us: int) -> str:
    """The day of a time; the days since 1970 where the calendar ends."""
    n_days = us // _DAY_US
    try:
        return (_EPOCH + dt.timedelta(days=n_days)).isoformat()
    except OverflowError:
        return str(n_days)
