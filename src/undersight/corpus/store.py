"""The corpus of one workspace: loading, forgetting and reading imports."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from undersight.corpus.catalogue import Catalogue
from undersight.corpus.counted import Counted
from undersight.corpus.loading import load_file
from undersight.integrity import durable
from undersight.integrity.canonical import canonical_json, digest_value
from undersight.model.intake import Issue
from undersight.model.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from pathlib import Path

    import duckdb

    from undersight.corpus.keys import CorpusKeys
    from undersight.corpus.loading import LoadRequest, Parts
    from undersight.corpus.manifest import ImportManifest
    from undersight.corpus.reading import GuardedConnection, TablePart

LOG = logging.getLogger(__name__)
_REPEATED = "repeated-rows"
_DIGEST_DOMAIN = "undersight/corpus-digest/v1"
_STATE_DOMAIN = "undersight/corpus-state/v1"


def now_us() -> int:
    """This computer's clock, µs since 1970 UTC."""
    return time.time_ns() // 1000


class Corpus:
    """Posts, comments and accounts in bulk. Whoever writes holds the workspace's `WriterLock`.

    Args:
        folder: The corpus's folder; made when something is first loaded.
        keys: What the workspace lends.
        clock: Gives µs since 1970 UTC.
        spill_folder: Where queries larger than memory may spill in a plain workspace. In an
            encrypted one nothing spills: DuckDB cannot write encrypted temporary files by itself.
        kept: Where a program that stays open keeps in memory what connections need to find once.
    """

    def __init__(
        self,
        folder: Path,
        keys: CorpusKeys,
        *,
        clock: Callable[[], int] = now_us,
        spill_folder: Path | None = None,
        kept: dict[Hashable, Any] | None = None,
    ) -> None:
        self.folder = folder
        self._kept: dict[Hashable, Any] = {} if kept is None else kept
        self._keys, self._clock = keys, clock
        self._spill_folder = spill_folder if keys.wrapping is None else None
        self._catalogue = Catalogue(folder, keys)
        self._counted = Counted(folder / "counted", keys)
        self._open: tuple[tuple[str, ...], GuardedConnection] | None = None

    # --- reading -----------------------------------------------------------------------------

    def imports(self, *, with_expired: bool = False) -> tuple[ImportManifest, ...]:
        """The imports that are read, in the order of the digests of the originals.

        Args:
            with_expired: Also those whose time is over and that `expire` has not removed yet.

        Raises:
            CorpusDamagedError: A manifest or key cannot be read.
        """
        found = self._catalogue.manifests()
        now = self._clock()
        return tuple(one for one in found if with_expired or not one.is_expired(now))

    def find(self, named: str) -> ImportManifest:
        """The import of this id, or of the one id or digest that begins so.

        Raises:
            UnknownImportError: There is none, or there are several.
        """
        return self._catalogue.find(named)

    def digest(self) -> str:
        """What the corpus is made of, as 64 hexadecimal digits.

        Equal rows give equal digests, whatever order they were imported in.
        """
        return digest_value([one.identity() for one in self.imports()], domain=_DIGEST_DOMAIN)

    def state(self) -> str:
        """Which imports are read now, as 64 hexadecimal digits: the same rows at the same places.

        What was counted holds for one state.
        """
        ids = [one.import_id for one in self.imports()]
        return digest_value([self.digest(), ids], domain=_STATE_DOMAIN)

    def counted(self, name: str) -> bytes | None:
        """Return what was counted in the very imports that are read now; None if nothing was.

        Args:
            name: As it was given to `keep_counted`.
        """
        return self._counted.read(name, self.state())

    def keep_counted(self, values: Mapping[str, bytes], state: str) -> None:
        """Keep what was counted, and which rows are repeated, until an import comes or goes.

        Args:
            values: By name.
            state: That they were counted in; nothing is kept where another is read by now.

        Raises:
            BackendError: The disk is full or read-only.
        """
        if state != self.state():
            return
        found = {**values, **_rows_as_bytes(self._repeated())}
        new = {name: one for name, one in found.items() if self.counted(name) is None}
        if new:
            self._counted.write(new, state)

    def connection(
        self, *, n_threads: int | None = None, memory_limit_bytes: int | None = None
    ) -> GuardedConnection:
        """A DuckDB connection with the views of all corpus tables, shut off from all else.

        Args:
            n_threads: Threads of its own; DuckDB's default if None.
            memory_limit_bytes: The most memory that queries may take; DuckDB's default if None.

        Raises:
            CorpusDamagedError: A file is missing or does not open.
        """
        from undersight.corpus.reading import connect

        return connect(
            [part for one in self.imports() for part in self._parts(one)],
            spill_folder=self._spill_folder,
            n_threads=n_threads,
            memory_limit_bytes=memory_limit_bytes,
            repeated=self._repeated(),
        )

    def scan(self, table_name: str) -> duckdb.DuckDBPyRelation:
        """The rows of a table, duplicates resolved, expired imports left out.

        Args:
            table_name: accounts, posts, shares, account_observations or notices.
        """
        ids = tuple(one.import_id for one in self.imports())
        if self._open is None or self._open[0] != ids:
            self.close()
            self._open = (ids, self.connection())
        relation: duckdb.DuckDBPyRelation = self._open[1].table(table_name)
        return relation

    def issues(self, import_id: str, *, most: int = 1000) -> tuple[Issue, ...]:
        """What could not be read of an import, in file order.

        Args:
            import_id: The import.
            most: How many at most.
        """
        from undersight.corpus.reading import read_part

        manifest = self.find(import_id)
        if "issues" not in manifest.tables:
            return ()
        part = self._part(manifest, "issues")
        rows = read_part(part, '"column", reason, locator', most=most)
        return tuple(
            Issue(locator=str(locator), reason=str(reason), column=str(column or ""))
            for column, reason, locator in rows
        )

    def close(self) -> None:
        """Close what `scan` opened."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def _repeated(self) -> dict[str, Any]:
        """Rows that another comes before, as found for the very imports that are read now."""
        state = self.state()
        held = self._kept.get(_REPEATED)
        if held is None or held[0] != state:
            held = self._kept[_REPEATED] = (state, self._repeated_before(state))
        found: dict[str, Any] = held[1]
        return found

    def _repeated_before(self, state: str) -> dict[str, Any]:
        """The same as an earlier program kept them, by table."""
        kept = {
            table.name: self._counted.read(f"{_REPEATED}-{table.name}", state) for table in TABLES
        }
        return {name: _rows_of_bytes(raw) for name, raw in kept.items() if raw is not None}

    # --- writing -----------------------------------------------------------------------------

    def known(self, request: LoadRequest) -> ImportManifest | None:
        """The import that loading this would repeat; None if it would change something.

        An expiry that was set before is kept; only an earlier one is a change.
        """
        one = self.of_original(request.import_digest)
        if one is None or one.is_expired(self._clock()):
            return None
        mapper = (one.importer_id, one.importer_version, dict(one.options), one.has_names)
        asked = (
            request.importer_id,
            request.importer_version,
            request.options,
            request.has_names,
        )
        is_earlier = request.expires_us is not None and (
            one.expires_us is None or request.expires_us < one.expires_us
        )
        return None if mapper != asked or is_earlier else one

    def of_original(self, import_digest: str) -> ImportManifest | None:
        """The import of a sealed original; None if it is not loaded."""
        found = self._catalogue.manifests()
        return next((one for one in found if one.import_digest == import_digest), None)

    def load(
        self, request: LoadRequest, parts: Parts, *, progress: Callable[[int], object] = id
    ) -> ImportManifest:
        """Load a file; it counts from the moment its manifest is in place, whole or not at all.

        Args:
            request: What it is.
            parts: Starts reading it from its beginning, each time it is called.
            progress: Called with the number of records read so far.

        Raises:
            InputError: The file is damaged; nothing was stored.
            DiskFullError: No room; nothing was stored.
        """
        identity = canonical_json(
            [
                request.import_digest,
                request.importer_id,
                request.importer_version,
                request.options,
                request.has_names,
                request.expires_us,
                request.generation,
            ]
        )
        import_id = self._keys.name_of(identity)
        staged, key = self._catalogue.stage(import_id)
        try:
            with durable.disk_errors(staged):
                facts = load_file(staged, request, (self._keys, key), parts, progress)
            manifest = request.manifest(import_id, loaded_us=self._clock(), facts=facts)
            self._counted.clear()
            self._catalogue.place(staged, manifest)
        finally:
            self._catalogue.discard(staged)
        LOG.info("corpus.loaded", extra={"n_records": manifest.n_records})
        return manifest

    def forget(self, import_id: str) -> ImportManifest:
        """Take an import out and destroy its key; the sealed original is not touched.

        Raises:
            UnknownImportError: There is none of this id.
        """
        manifest = self.find(import_id)
        self.close()
        self._catalogue.recover()
        self._counted.clear()
        self._catalogue.remove(manifest.import_id)
        return manifest

    def expired(self) -> tuple[ImportManifest, ...]:
        """The imports whose time is over and that are still on the disk."""
        now = self._clock()
        return tuple(one for one in self._catalogue.manifests() if one.is_expired(now))

    def recover(self) -> int:
        """Clear what a crash left; return how many folders that were."""
        return self._catalogue.recover()

    def _parts(self, manifest: ImportManifest) -> list[TablePart]:
        tables = [table.name for table in TABLES if table.name in manifest.tables]
        return [self._part(manifest, name) for name in tables]

    def _part(self, manifest: ImportManifest, table_name: str) -> TablePart:
        from undersight.corpus.reading import TablePart

        return TablePart(
            table=table_name,
            path=self._catalogue.place_of(manifest.import_id) / f"{table_name}.parquet",
            import_id=manifest.import_id,
            key=self._catalogue.key_of(manifest.import_id),
            has_repeated_keys=manifest.tables[table_name].n_repeated_keys > 0,
        )


def _rows_as_bytes(repeated: Mapping[str, Any]) -> dict[str, bytes]:
    """Arrow's own stream of each table, by the name that it is kept under."""
    import pyarrow as pa

    streams = {}
    for name, rows in repeated.items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, rows.schema) as stream:
            stream.write_table(rows)
        streams[f"{_REPEATED}-{name}"] = sink.getvalue().to_pybytes()
    return streams


def _rows_of_bytes(raw: bytes) -> Any:
    import pyarrow as pa

    with pa.ipc.open_stream(raw) as stream:
        return stream.read_all()
