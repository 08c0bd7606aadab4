"""What is loaded: imports, tables, spans, gaps, languages, and what to be careful about."""

from __future__ import annotations

import copy
import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

from undersight.model.tables import TABLES
from undersight.workbench import keeping

if TYPE_CHECKING:
    import duckdb

    from undersight.corpus import ImportManifest
    from undersight.workbench.session import Workspace

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_DAY_US = 86_400_000_000
_MINUTE_US = 60_000_000
_SECOND_US = 1_000_000
_MOST_GAPS = 10
_LEAST_GAP_DAYS = 2


def corpus_summary(workspace: Workspace) -> dict[str, Any]:
    """Say what the corpus holds, as a JSON value.

    Raises:
        CorpusDamagedError: An import cannot be read.
    """
    corpus = workspace.corpus
    imports = corpus.imports()
    found = copy.deepcopy(keeping.counted(workspace, "sizes", lambda: _count(workspace)))
    return {
        "digest": corpus.digest(),
        "imports": [_line(one) for one in imports],
        "expired": [one.import_id for one in corpus.expired()],
        "tables": found["tables"],
        "span": _span(imports),
        "gaps": found["gaps"],
        "languages": _total(imports, "languages"),
        "platforms": _total(imports, "platforms"),
        "kinds": _total(imports, "kinds"),
        "resolutions_us": _total(imports, "resolutions"),
        "zone_bases": _total(imports, "zone_bases"),
        "warnings": _warnings(imports),
    }


def _count(workspace: Workspace) -> dict[str, Any]:
    """Sizes of the tables and gaps."""
    imports = workspace.corpus.imports()
    with workspace.corpus.connection() as connection:
        tables = {table.name: _sizes(connection, table.name, imports) for table in TABLES}
        return {"tables": tables, "gaps": _gaps(connection)}


def _line(one: ImportManifest) -> dict[str, Any]:
    return {
        "import": one.import_id,
        "file": one.name,
        "original": one.import_digest,
        "format": one.importer_id,
        "version": one.importer_version,
        "loaded": _day(one.loaded_us),
        "expires": _day(one.expires_us),
        "read": one.n_read,
        "records": one.n_records,
        "duplicates": one.n_duplicates,
        "rejected": one.n_rejected,
        "from": _moment(one.from_us),
        "to": _moment(one.to_us),
        "without_time": one.n_without_time,
        "has_names": one.has_names,
        "pseudonyms": one.n_pseudonyms,
        "options": dict(one.options),
        "notes": [{"code": note.code, "sentence": note.sentence} for note in one.notes],
    }


def _sizes(
    connection: duckdb.DuckDBPyConnection, name: str, imports: tuple[ImportManifest, ...]
) -> dict[str, int]:
    """Rows stored and rows seen: the difference stands in more than one import."""
    n_stored = sum(one.tables[name].n_rows for one in imports if name in one.tables)
    found = connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608 - own name
    n_rows = int(found[0]) if found else 0
    return {"rows": n_rows, "stored": n_stored, "repeated": n_stored - n_rows}


def _gaps(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The longest stretches of whole days without a post, within the span."""
    rows = connection.execute(
        """
        WITH days AS (
            SELECT DISTINCT published_us // 86400000000 AS day
            FROM posts WHERE published_us IS NOT NULL
        ), steps AS (
            SELECT day, lead(day) OVER (ORDER BY day) AS next_day FROM days
        )
        SELECT day + 1, next_day - 1, next_day - day - 1 FROM steps
        WHERE next_day - day - 1 >= ? ORDER BY 3 DESC, 1 LIMIT ?
        """,
        [_LEAST_GAP_DAYS, _MOST_GAPS],
    ).fetchall()
    return [
        {"from": _day(first * _DAY_US), "to": _day(last * _DAY_US), "days": n}
        for first, last, n in rows
    ]


def _span(imports: tuple[ImportManifest, ...]) -> dict[str, str]:
    starts = [one.from_us for one in imports if one.from_us is not None]
    ends = [one.to_us for one in imports if one.to_us is not None]
    return {
        "from": _moment(min(starts, default=None)),
        "to": _moment(max(ends, default=None)),
    }


def _total(imports: tuple[ImportManifest, ...], name: str) -> dict[str, int]:
    """The sum over imports, the most frequent first."""
    counts: Counter[str] = Counter()
    for one in imports:
        counts.update(getattr(one, name))
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _warnings(imports: tuple[ImportManifest, ...]) -> list[str]:
    """What a reader of findings must know of each import."""
    said = []
    for one in imports:
        said += [f"{one.name}: {text}" for text in (*_of_times(one), *_of_rest(one))]
    return said


def _of_times(one: ImportManifest) -> list[str]:
    coarsest_us = max((int(us) for us in one.resolutions), default=0)
    said = []
    if coarsest_us >= _DAY_US:
        said.append("times are days: nothing can be said about who came first within a day.")
    elif coarsest_us >= _MINUTE_US:
        minutes = coarsest_us // _MINUTE_US
        what = "a minute" if minutes == 1 else f"{minutes} minutes"
        said.append(f"times are given to {what}: windows below {what} mean nothing.")
    elif coarsest_us > _SECOND_US:
        seconds = coarsest_us // _SECOND_US
        said.append(f"times are given to {seconds} s: windows below that mean nothing.")
    if one.zone_bases.get("assumed"):
        said.append("times name no zone and were taken as UTC; if they are local, say the zone.")
    if one.n_without_time:
        said.append(f"{one.n_without_time} posts have no time.")
    return said


def _of_rest(one: ImportManifest) -> list[str]:
    said = [note.sentence for note in one.notes]
    if one.n_rejected:
        said.append(f"{one.n_rejected} of {one.n_read} records could not be read.")
    return said


def _moment(us: int | None) -> str:
    """A time in UTC; empty for none, microseconds where the calendar ends."""
    if us is None:
        return ""
    try:
        return (_EPOCH + dt.timedelta(microseconds=us)).isoformat()
    except OverflowError:
        return str(us)


def _day(us: int | None) -> str:
    return _moment(us).partition("T")[0]
