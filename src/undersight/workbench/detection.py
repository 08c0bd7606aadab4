"""Running detectors over the corpus: everything tried is counted, everything found is masked."""

from __future__ import annotations

import platform
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from undersight import __version__
from undersight.detectors import DETECTORS
from undersight.detectors.parameters import bounds_of
from undersight.errors import (
    EmptyCorpusError,
    UnknownDetectorError,
    UnknownParameterError,
    UnreadableAssignmentError,
    WindowBelowResolutionError,
)
from undersight.i18n import _
from undersight.model.detection_run import DetectionRun, UsedDetector
from undersight.workbench import findings as shown
from undersight.workbench import runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import duckdb
    import pyarrow as pa

    from undersight.detectors.detector import CoActionDetector
    from undersight.detectors.looking import Looked
    from undersight.detectors.surroundings import Surroundings
    from undersight.model.finding import Finding
    from undersight.workbench.session import Workspace

US_PER_S = 1_000_000
_MINUTE_US = 60 * US_PER_S
MINUTES_ONLY = _("Some times are given to the minute only: windows below a minute mean nothing.")
_EDGE_LABELS = ("detector", "view", "window_us")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A run as it was made.

    Args:
        run: The manifest.
        findings: What came of it, in order of id.
        edges: Significant edges of every look.
    """

    run: DetectionRun
    findings: tuple[Finding, ...]
    edges: pa.Table


def known_detectors() -> list[dict[str, Any]]:
    """Return the detectors there are with their parameters and blind spots, as JSON."""
    return [
        {
            "detector": one.detector_id,
            "version": one.version,
            "about": one.about,
            "tables": list(one.tables),
            "blind_spots": list(one.blind_spots),
            "parameters": [
                {"name": name, "default": _words(one().parameters[name]), "about": bounds.about,
                 "expected": bounds.expected}
                for name, bounds in bounds_of(one).items()
            ],
        }
        for one in DETECTORS
    ]  # fmt: skip


def _words(value: object) -> str:
    return ",".join(str(one) for one in value) if isinstance(value, tuple) else str(value)


def asked(
    names: Sequence[str] = (), windows_us: Sequence[int] = (), assignments: Sequence[str] = ()
) -> tuple[CoActionDetector, ...]:
    """Return the detectors that words ask for; all of them where none is named.

    Args:
        names: Ids of detectors.
        windows_us: Windows for all of them, µs; each one's own where empty.
        assignments: ``co-share.min_accounts=8``; without a detector, for all that have it.

    Raises:
        UnknownDetectorError: No such detector.
        UnknownParameterError: None of them has this parameter.
        InvalidParameterError: A value outside its bounds.
        UnreadableAssignmentError: Not ``name=value``.
    """
    known = {one.detector_id: one for one in DETECTORS}
    for name in names:
        if name not in known:
            raise UnknownDetectorError(name, tuple(known))
    wanted = [one() for one in DETECTORS if not names or one.detector_id in names]
    given: dict[str, dict[str, Any]] = defaultdict(dict)
    for one in wanted:
        if windows_us:
            given[one.detector_id]["window_s"] = [window / US_PER_S for window in windows_us]
    for word in assignments:
        detector_ids, name, value = _assignment(word, wanted)
        for detector_id in detector_ids:
            given[detector_id][name] = value
    return tuple(one.with_parameters(given[one.detector_id]) for one in wanted)


def _assignment(word: str, wanted: Iterable[CoActionDetector]) -> tuple[list[str], str, str]:
    place, equals, value = word.partition("=")
    detector_id, dot, name = place.rpartition(".")
    if not equals or not name:
        raise UnreadableAssignmentError(word)
    used = {one.detector_id: one for one in wanted}
    if dot and detector_id not in used:
        raise UnknownDetectorError(detector_id, tuple(used))
    having = [one for one in used if name in used[one].parameters and dot in ("", ".")]
    fitting = [detector_id] if dot else having
    if not fitting:
        everything = sorted({known for one in used.values() for known in one.parameters})
        raise UnknownParameterError("no detector here" if not dot else detector_id, name,
                                    tuple(everything))  # fmt: skip
    return fitting, name, value


def detect(
    workspace: Workspace,
    detectors: Sequence[CoActionDetector],
    *,
    planned: Callable[[str], object] = id,
    progress: Callable[[str], object] = id,
) -> dict[str, Any]:
    """Run detectors, store the run, and return it masked, as JSON.

    Args:
        workspace: Open for writing.
        detectors: With their parameters, as ``asked`` gives them.
        planned: Called before each look with a line that says how many pairs it will take.
        progress: Called within a look with a line that says how far it is.

    Raises:
        EmptyCorpusError: Nothing is loaded.
        WindowBelowResolutionError: Every window is finer than the times there are.
    """
    return keep_run(workspace, make_run(workspace, detectors, planned=planned, progress=progress))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unkept:
    """A run that was made and is not stored yet.

    Args:
        done: What came of it.
        timing: When and on what it was made.
    """

    done: Done
    timing: dict[str, Any]


def make_run(
    workspace: Workspace,
    detectors: Sequence[CoActionDetector],
    *,
    planned: Callable[[str], object] = id,
    progress: Callable[[str], object] = id,
) -> Unkept:
    """Run detectors and store nothing: whoever looks needs no writer's lock.

    Args:
        workspace: Open.
        detectors: With their parameters, as ``asked`` gives them.
        planned: Called before each look with a line that says how many pairs it will take.
        progress: Called within a look with a line that says how far it is.

    Raises:
        EmptyCorpusError: Nothing is loaded.
        WindowBelowResolutionError: Every window is finer than the times there are.
    """
    started_us, started_cpu = workspace.now_us, time.process_time()
    corpus_digest = workspace.corpus.digest()
    n_earlier = runs.n_runs_of(workspace, corpus_digest)
    with workspace.corpus.connection() as connection:
        made = run_detectors(
            connection,
            detectors,
            corpus_digest=corpus_digest,
            caveats=_caveats(workspace),
            planned=planned,
            progress=progress,
        )
    timing = {
        "started_us": started_us,
        "finished_us": workspace.now_us,
        "cpu_s": round(time.process_time() - started_cpu, 3),
        "n_earlier_runs": n_earlier,
        "system": platform.system(),
        "machine": platform.machine(),
        "python": platform.python_version(),
    }
    return Unkept(done=made, timing=timing)


def keep_run(workspace: Workspace, made: Unkept) -> dict[str, Any]:
    """Store a run that was made, and return it masked, as JSON.

    Args:
        workspace: Open for writing.
        made: The run.
    """
    done = made.done
    run_id = runs.write_run(workspace, done.run, done.findings, done.edges, made.timing)
    return {**shown.present(workspace, run_id), "looks": _looks(done.run)}


def _looks(run: DetectionRun) -> list[dict[str, Any]]:
    return [
        {"detector": one.detector, "view": one.view, "window_s": one.window_us / US_PER_S,
         "outcome": one.outcome, "counts": dict(one.counts), "findings": list(one.findings)}
        for one in run.looks
    ]  # fmt: skip


def run_detectors(
    connection: duckdb.DuckDBPyConnection,
    detectors: Sequence[CoActionDetector],
    *,
    corpus_digest: str,
    caveats: tuple[str, ...] = (),
    planned: Callable[[str], object] = id,
    progress: Callable[[str], object] = id,
) -> Done:
    """Look with every detector, view and window, and tell what is found; nothing is stored.

    Args:
        connection: Has the corpus tables as views.
        detectors: With their parameters.
        corpus_digest: Of the corpus.
        caveats: What the data lack.
        planned: Called before each look.
        progress: Called within a look.

    Raises:
        EmptyCorpusError: The corpus holds no posts.
        WindowBelowResolutionError: Every window is finer than the times there are.
    """
    from undersight.detectors.telling import join_views, note_overlaps

    if not connection.execute("SELECT post_id FROM posts LIMIT 1").fetchall():
        raise EmptyCorpusError
    looked = [
        (detector, view, look)
        for detector in detectors
        for view in detector.views
        for look in detector.looks(connection, view, planned, progress)
    ]
    _refuse_coarse([look for *_rest, look in looked])
    surroundings = _surroundings(connection, [look for *_rest, look in looked])
    told: list[Finding] = []
    looks = []
    for detector, view, look in looked:
        found, kept_back = detector.findings(view, look.groups, surroundings, len(looked))
        told += found
        looks.append(replace(look.look, counts={**look.look.counts, **kept_back},
                             findings=tuple(sorted(one.finding_id for one in found))))  # fmt: skip
    findings = note_overlaps(
        [replace(one, corpus_digest=corpus_digest, caveats=caveats) for one in join_views(told)]
    )
    kept = {one.finding_id for one in findings}
    used = tuple(_used(one) for one in detectors)
    run = DetectionRun(
        digest=runs.run_digest(corpus_digest, used),
        corpus_digest=corpus_digest,
        undersight_version=__version__,
        detectors=used,
        looks=tuple(
            replace(one, findings=tuple(name for name in one.findings if name in kept))
            for one in looks
        ),
        caveats=caveats,
        counts=_run_counts(findings, looked),
    )
    return Done(run=run, findings=findings, edges=_edges(looked))


def _surroundings(connection: duckdb.DuckDBPyConnection, looked: Sequence[Looked]) -> Surroundings:
    """What the corpus says about accounts and posts; those of all groups are read at once."""
    from undersight.detectors.surroundings import Surroundings

    surroundings = Surroundings(connection)
    told = [group for look in looked for group in look.groups if group.pairs]
    surroundings.accounts(account for group in told for account in group.accounts)
    surroundings.posts(action.post for group in told for action in group.own)
    return surroundings


def _refuse_coarse(looked: Sequence[Looked]) -> None:
    """Refuse a run of which every look that had rows had a window finer than their times."""
    outcomes = {one.look.outcome for one in looked if one.look.counts["n_rows"]}
    if outcomes == {"window-below-resolution"}:
        widest = max(one.look.window_us for one in looked)
        finest = min(one.resolution_us for one in looked if one.resolution_us is not None)
        raise WindowBelowResolutionError(widest / US_PER_S, finest / US_PER_S)


def _used(detector: CoActionDetector) -> UsedDetector:
    return UsedDetector(
        detector=detector.detector_id,
        version=detector.version,
        parameters=detector.parameters,
        blind_spots=detector.blind_spots,
    )


def _run_counts(findings: Sequence[Finding], looked: Sequence[object]) -> Mapping[str, int]:
    """Numbers of the whole run; a post or account in several findings counts once."""
    return {
        "n_looks": len(looked),
        "n_findings": len(findings),
        "n_posts": len({post for one in findings for post in one.posts}),
        "n_accounts": len({account for one in findings for account in one.accounts}),
    }


def _edges(looked: Sequence[tuple[CoActionDetector, str, Looked]]) -> pa.Table:
    """Significant edges of every look in one table, what they were looked at with in front."""
    import pyarrow as pa

    parts = []
    for detector, view, look in looked:
        if look.edges is None:
            continue
        labels = (detector.detector_id, view, look.look.window_us)
        part = look.edges
        for name, value in zip(reversed(_EDGE_LABELS), reversed(labels), strict=True):
            kind = pa.int64() if isinstance(value, int) else pa.string()
            part = part.add_column(0, name, pa.array([value] * part.num_rows, kind))
        parts.append(part)
    return pa.concat_tables(parts) if parts else pa.table({name: [] for name in _EDGE_LABELS})


def _caveats(workspace: Workspace) -> tuple[str, ...]:
    """What the imports say they lack, each sentence once."""
    imports = workspace.corpus.imports()
    said = {note.sentence for one in imports for note in one.notes}
    if any(int(unit) >= _MINUTE_US for one in imports for unit in one.resolutions):
        said.add(MINUTES_ONLY)
    if n_without_time := sum(one.n_without_time for one in imports):
        said.add(f"{n_without_time} posts have no time.")
    return tuple(sorted(said))
