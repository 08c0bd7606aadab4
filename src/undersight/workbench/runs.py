"""The folder of a detection run: written whole, named by what went in, never written over."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    NotCanonicalError,
    RecordUnreadableError,
    RunDamagedError,
    UnknownRunError,
)
from undersight.integrity import durable
from undersight.integrity.canonical import digest_bytes, digest_value
from undersight.integrity.record_cipher import RecordCipher
from undersight.model.detection_run import DetectionRun
from undersight.model.finding import Finding
from undersight.vault.keyring import KeyPurpose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from undersight.model.detection_run import UsedDetector
    from undersight.workbench.session import Workspace

RUN_NAME, FINDINGS_NAME, EDGES_NAME, TIMING_NAME = (
    "run.json",
    "findings.json",
    "edges.parquet",
    "timing.json",
)
_RUN_DOMAIN = "undersight/run/v1"
_DIGEST_LETTERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRun:
    """A run as its folder holds it.

    Args:
        run_id: UTC time and the first 12 hex of its digest.
        run: What was looked at and with what.
        findings: What came of it, in order of id.
        timing: When, how long, on what: everything that another machine would write otherwise.
    """

    run_id: str
    run: DetectionRun
    findings: tuple[Finding, ...]
    timing: Mapping[str, Any]


def run_digest(corpus_digest: str, detectors: Sequence[UsedDetector]) -> str:
    """Return the SHA-256 over corpus digest, detectors, versions and parameters (hex)."""
    used = [[one.detector, one.version, dict(one.parameters)] for one in detectors]
    value = {"corpus": corpus_digest, "detectors": json.loads(json.dumps(used))}
    return str(digest_value(value, domain=_RUN_DOMAIN))


def write_run(
    workspace: Workspace,
    run: DetectionRun,
    findings: Sequence[Finding],
    edges: pa.Table,
    timing: Mapping[str, Any],
) -> str:
    """Store a run; it counts once its ``run.json`` is there. Return its id.

    Args:
        workspace: Open for writing.
        run: The manifest.
        findings: What came of it.
        edges: The significant edges of every look.
        timing: What differs from run to run; ``started_us`` gives the run its time.
    """
    clear_unfinished(workspace)
    folder = _new_folder(workspace, run.digest, int(timing["started_us"]))
    files = {
        FINDINGS_NAME: _json_bytes([one.to_json() for one in findings]),
        EDGES_NAME: _parquet_bytes(edges),
        TIMING_NAME: _json_bytes(dict(timing)),
    }
    durable.make_folder(folder)
    for name, content in files.items():
        _write(workspace, folder / name, content)
    manifest = run.to_json()
    manifest["files"] = {
        name: str(digest_bytes(files[name])) for name in (FINDINGS_NAME, EDGES_NAME)
    }
    _write(workspace, folder / RUN_NAME, _json_bytes(manifest))
    return folder.name


def run_ids(workspace: Workspace) -> tuple[str, ...]:
    """Return the ids of the runs there are, oldest first."""
    folder = workspace.layout.runs
    if not folder.is_dir():
        return ()
    return tuple(sorted(one.name for one in folder.iterdir() if (one / RUN_NAME).is_file()))


def find_run(workspace: Workspace, named: str = "") -> str:
    """Return the id of a run by its beginning, or by letters of its digest; the latest by default.

    Raises:
        UnknownRunError: None, or several.
    """
    known = run_ids(workspace)
    if not named and known:
        return known[-1]
    fitting = tuple(
        one for one in known if one.startswith(named) or one.partition("-")[2].startswith(named)
    )
    if len(fitting) == 1:
        return fitting[0]
    raise UnknownRunError(named, fitting if named else ())


def read_manifest(workspace: Workspace, run_id: str) -> DetectionRun:
    """Return what a run says of itself.

    Raises:
        RunDamagedError: It is not as it was written.
    """
    return _manifest(workspace, run_id)[0]


def read_run(workspace: Workspace, run_id: str) -> StoredRun:
    """Return a whole run.

    Raises:
        RunDamagedError: A file of it is not as it was written.
    """
    run, files = _manifest(workspace, run_id)
    raw = _checked(workspace, run_id, FINDINGS_NAME, files)
    return StoredRun(
        run_id=run_id,
        run=run,
        findings=tuple(Finding.from_json(one) for one in json.loads(raw)),
        timing=read_timing(workspace, run_id),
    )


def read_timing(workspace: Workspace, run_id: str) -> dict[str, Any]:
    """Return when a run was made, how long it took and on what.

    Raises:
        RunDamagedError: It is not as it was written.
    """
    read: dict[str, Any] = json.loads(_read(workspace, run_id, TIMING_NAME))
    return read


def read_edges(workspace: Workspace, run_id: str) -> pa.Table:
    """Return the significant edges of a run; they hold account ids and stay inside.

    Raises:
        RunDamagedError: The file is not as it was written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    _, files = _manifest(workspace, run_id)
    return pq.read_table(pa.BufferReader(_checked(workspace, run_id, EDGES_NAME, files)))


def state_of(workspace: Workspace, run_id: str) -> tuple[tuple[int, int], ...]:
    """Return size and time of a run's files: what is kept of it in memory holds as long as they.

    Raises:
        RunDamagedError: One is missing.
    """
    found = []
    for name in (RUN_NAME, FINDINGS_NAME, EDGES_NAME):
        path = workspace.layout.runs / run_id / name
        with durable.disk_errors(path):
            try:
                told = path.stat()
            except FileNotFoundError as reason:
                raise RunDamagedError(run_id, name) from reason
        found.append((told.st_size, told.st_mtime_ns))
    return tuple(found)


def clear_unfinished(workspace: Workspace) -> int:
    """Remove what a killed run left behind; return how many folders."""
    folder = workspace.layout.runs
    left = [one for one in folder.glob("*") if one.is_dir() and not (one / RUN_NAME).is_file()]
    with durable.disk_errors(folder):
        for one in left:
            shutil.rmtree(one)
    return len(left)


def n_runs_of(workspace: Workspace, corpus_digest: str) -> int:
    """Return how many runs this very corpus has had."""
    return sum(
        read_manifest(workspace, run_id).corpus_digest == corpus_digest
        for run_id in run_ids(workspace)
    )


def _new_folder(workspace: Workspace, digest: str, started_us: int) -> Path:
    moment = dt.datetime.fromtimestamp(started_us // 1_000_000, dt.UTC)
    while True:
        folder = workspace.layout.runs / f"{moment:%Y%m%dT%H%M%SZ}-{digest[:_DIGEST_LETTERS]}"
        if not folder.exists():
            return folder
        moment += dt.timedelta(seconds=1)  # the same run twice within one second


def _json_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8") + b"\n"


def _parquet_bytes(table: pa.Table) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def _bound_to(path: Path) -> bytes:
    """A sealed file opens in its own run and under its own name only."""
    return f"{path.parent.name}/{path.name}".encode()


def _write(workspace: Workspace, path: Path, content: bytes) -> None:
    if not workspace.keyring.is_plain:
        key = workspace.keyring.subkey(KeyPurpose.RUNS)
        content = RecordCipher.seal(key, content, _bound_to(path))
    durable.write_atomic(path, content)


def _read(workspace: Workspace, run_id: str, name: str) -> bytes:
    path = workspace.layout.runs / run_id / name
    with durable.disk_errors(path):
        try:
            content = path.read_bytes()
        except FileNotFoundError as reason:
            raise RunDamagedError(run_id, name) from reason
    if workspace.keyring.is_plain:
        return content
    try:
        return RecordCipher.open(
            workspace.keyring.subkey(KeyPurpose.RUNS), content, _bound_to(path)
        )
    except RecordUnreadableError as reason:
        raise RunDamagedError(run_id, name) from reason


def _manifest(workspace: Workspace, run_id: str) -> tuple[DetectionRun, dict[str, str]]:
    """The manifest, once its digest shows that it belongs to this folder; digests of files."""
    raw = _read(workspace, run_id, RUN_NAME)
    try:
        read = json.loads(raw)
        files = read.pop("files")
        run = DetectionRun.from_json(read)
        digest = run_digest(run.corpus_digest, run.detectors)
        is_whole = run.digest == digest and run_id.endswith(digest[:_DIGEST_LETTERS])
    except (ValueError, KeyError, TypeError, AttributeError, NotCanonicalError) as reason:
        raise RunDamagedError(run_id, RUN_NAME) from reason
    if not is_whole:
        raise RunDamagedError(run_id, RUN_NAME)
    return run, files


def _checked(workspace: Workspace, run_id: str, name: str, files: Mapping[str, str]) -> bytes:
    content = _read(workspace, run_id, name)
    if digest_bytes(content) != files.get(name):
        raise RunDamagedError(run_id, name)
    return content
