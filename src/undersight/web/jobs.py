"""Long work, one piece after the other in a thread of its own.

What was asked for is kept in the workspace: a reload shows it, a restart finds it. A job that was
under way when the workspace was locked or the program ended is *interrupted* and waits for a
person to continue it: every job begins again from what is stored, and none leaves half a result.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import time
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from undersight.errors import (
    JobStillOpenError,
    JobStoppedError,
    LockedError,
    UndersightError,
    UnknownJobError,
)
from undersight.web.breaking import Break
from undersight.workbench import job_store
from undersight.workbench.desk import Who

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from undersight.web.access import Access
    from undersight.workbench.desk import Desk
    from undersight.workbench.session import Workspace

JobState = Literal["waiting", "running", "done", "failed", "stopped", "interrupted"]
CONTINUABLE: tuple[JobState, ...] = ("failed", "stopped", "interrupted")
OPEN: tuple[JobState, ...] = ("waiting", "running")
_MOST_KEPT = 50
_LOG = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Job:
    """One piece of work.

    Attributes:
        job_id: Random.
        kind: Of ``work.KINDS``.
        arguments: What it was asked for.
        state: How it stands.
        made_us: When it was asked for, µs since 1970 UTC.
        finished_us: When it ended; 0 before.
        n_done: How much is done, in the unit of its kind.
        n_all: Of how much; 0 where that is not known.
        told: What it is at, in a line.
        result: What came of it.
        failure: Sentence and hint, where it failed.
        asked_by: Staff id of whoever asked for it last; empty for whoever made the workspace.
    """

    job_id: str
    kind: str
    arguments: dict[str, Any] = field(default_factory=dict)
    state: JobState = "waiting"
    made_us: int = 0
    finished_us: int = 0
    n_done: int = 0
    n_all: int = 0
    told: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    failure: dict[str, str] = field(default_factory=dict)
    asked_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100."""
        return min(100, 100 * self.n_done // self.n_all) if self.n_all else 0


class Task:
    """What a kind of work is handed.

    Args:
        desk: The unlocked workspace.
        job: What was asked for, and where progress is told.
        is_stopped: Whether somebody asked to stop it.
    """

    def __init__(self, desk: Desk, job: Job, is_stopped: Callable[[], bool]) -> None:
        self.arguments = job.arguments
        self.stop = Break()
        self._desk, self._job, self._is_stopped = desk, job, is_stopped

    @property
    def job_id(self) -> str:
        """Which job it is."""
        return self._job.job_id

    def reading(self) -> AbstractContextManager[Workspace]:
        """The workspace to read, as whoever asked."""
        return self._desk.reading(Who(staff_id=self._job.asked_by))

    def writing(self, verb: str) -> AbstractContextManager[Workspace]:
        """The workspace to write, in the name of whoever asked."""
        return self._desk.writing(verb, Who(staff_id=self._job.asked_by))

    def expect(self, n_all: int) -> None:
        """Say how much there is to do."""
        self._job.n_all = n_all

    def tell(self, n_done: int, told: str = "") -> None:
        """Say how far it is.

        Raises:
            JobStoppedError: Somebody asked to stop it.
        """
        self._job.n_done = n_done
        self._job.told = told or self._job.told
        if self._is_stopped():
            raise JobStoppedError


class JobTable:
    """The jobs of one workbench.

    Args:
        access: Its door.
        kinds: What does each kind of work.
    """

    def __init__(
        self, access: Access, kinds: Mapping[str, Callable[[Task], dict[str, Any]]]
    ) -> None:
        self._access, self._kinds = access, kinds
        self._jobs: dict[str, Job] = {}
        self._loaded_for: Desk | None = None
        self._asked: queue.SimpleQueue[tuple[Desk, str]] = queue.SimpleQueue()
        self._stopping: set[str] = set()
        self._at_work: Task | None = None
        self._lock = threading.RLock()
        self._worker: threading.Thread | None = None

    # --- what there is ------------------------------------------------------------------------

    def listing(self) -> list[Job]:
        """Return the jobs, latest first."""
        with self._lock:
            self._load()
            return sorted(self._jobs.values(), key=lambda one: (-one.made_us, one.job_id))

    def find(self, job_id: str) -> Job:
        """Return one job.

        Raises:
            UnknownJobError: There is none.
        """
        with self._lock:
            self._load()
            if job_id not in self._jobs:
                raise UnknownJobError(job_id[:40])
            return self._jobs[job_id]

    @property
    def is_busy(self) -> bool:
        """Whether anything is to be done."""
        with self._lock:
            return any(one.is_open for one in self._jobs.values())

    # --- what is asked ------------------------------------------------------------------------

    def add(self, kind: str, arguments: Mapping[str, Any], who: Who) -> Job:
        """Ask for a piece of work; the same one that still waits is not asked for twice.

        Args:
            kind: Of ``work.KINDS``.
            arguments: What that kind needs.
            who: Who asks: what it writes is written in their name.
        """
        with self._lock:
            self._load()
            for one in self._jobs.values():
                if one.is_open and (one.kind, one.arguments) == (kind, dict(arguments)):
                    return one
            job = Job(
                job_id=secrets.token_hex(8),
                kind=kind,
                arguments=dict(arguments),
                made_us=time.time_ns() // 1000,
                asked_by=who.staff_id,
            )
            self._jobs[job.job_id] = job
            self._forget_oldest()
            self._start(job)
            return job

    def stop(self, job_id: str) -> None:
        """Ask a job to stop; it does so within moments, and leaves nothing half done."""
        with self._lock:
            job = self.find(job_id)
            if job.state == "waiting":
                self._end(job, "stopped")
                self._keep()
            elif job.state == "running":
                self._stopping.add(job_id)
                if self._at_work is not None:
                    self._at_work.stop.ask()

    def resume(self, job_id: str, who: Who) -> None:
        """Begin a job again that was stopped, interrupted or failed, for whoever asks now."""
        with self._lock:
            job = self.find(job_id)
            if job.state in CONTINUABLE:
                job.failure, job.finished_us, job.n_done = {}, 0, 0
                job.asked_by = who.staff_id
                self._start(job)

    def forget(self, job_id: str) -> None:
        """Take a job that ended out of the list.

        Raises:
            UnknownJobError: There is no such job.
            JobStillOpenError: It waits or runs; it is to be stopped first.
        """
        with self._lock:
            job = self.find(job_id)
            if job.is_open:
                raise JobStillOpenError(job_id, job.state)
            del self._jobs[job_id]
            self._keep()

    def let_go(self) -> None:
        """Forget the jobs that ended and are kept no more: they named somebody taken out."""
        with self._lock:
            self._load()
            with self._access.desk.reading() as workspace:
                kept = {one.get("job_id") for one in job_store.read(workspace)}
            self._jobs = {n: one for n, one in self._jobs.items() if one.is_open or n in kept}
            self._keep()

    def close(self) -> None:
        """Let go of everything: the workspace is being locked."""
        with self._lock:
            self._stopping |= {one.job_id for one in self._jobs.values() if one.is_open}
            if self._at_work is not None:
                self._at_work.stop.ask()
            self._jobs, self._loaded_for = {}, None

    # --- how it is done -----------------------------------------------------------------------

    def _load(self) -> None:
        desk = self._access.desk
        if self._loaded_for is desk:
            return
        self._loaded_for, self._jobs = desk, {}
        known = {one.name for one in fields(Job)}
        with desk.reading() as workspace:
            for raw in job_store.read(workspace):
                if raw.keys() <= known and raw.get("kind") in self._kinds:
                    job = Job(**raw)
                    job.state = "interrupted" if job.is_open else job.state
                    self._jobs[job.job_id] = job

    def _keep(self) -> None:
        if self._loaded_for is not None:
            with self._loaded_for.reading() as workspace:
                job_store.write(workspace, [asdict(one) for one in self._jobs.values()])

    def _start(self, job: Job) -> None:
        job.state = "waiting"
        self._stopping.discard(job.job_id)
        self._keep()
        self._asked.put((self._access.desk, job.job_id))
        if self._worker is None or not self._worker.is_alive():
            self._worker = threading.Thread(target=self._work, name="jobs", daemon=True)
            self._worker.start()

    def _work(self) -> None:
        while True:
            try:
                desk, job_id = self._asked.get(timeout=5.0)
            except queue.Empty:
                with self._lock:
                    if self._asked.empty():
                        self._worker = None
                        return
                continue
            with self._lock:
                job = self._jobs.get(job_id)
                if job is None or job.state != "waiting" or self._loaded_for is not desk:
                    continue
                job.state = "running"
            self._do(desk, job)

    def _do(self, desk: Desk, job: Job) -> None:
        task = Task(desk, job, lambda: job.job_id in self._stopping)
        self._at_work = task
        state: JobState = "failed"
        failure = {"sentence": "A bug stopped it.", "hint": "Please report what you did."}
        try:
            job.result = self._kinds[job.kind](task)
            state = "done"
        except JobStoppedError:
            state = "stopped"
        except UndersightError as error:
            failure = {"code": error.code, "sentence": error.sentence, "hint": error.hint}
        finally:
            # Also where a bug ends this thread: the next job starts another.
            with self._lock:
                self._at_work = None
                self._stopping.discard(job.job_id)
                job.failure = failure if state == "failed" else {}
                self._end(job, state)
                if self._jobs.get(job.job_id) is job:
                    self._keep_unless_locked()

    def _keep_unless_locked(self) -> None:
        try:
            self._keep()
        except LockedError:
            # On the disk it still runs: whoever unlocks finds it interrupted.
            _LOG.info("job.left", extra={"reason": "locked"})

    @staticmethod
    def _end(job: Job, state: JobState) -> None:
        job.state, job.finished_us = state, time.time_ns() // 1000
        if state == "done" and job.n_all:
            job.n_done = job.n_all

    def _forget_oldest(self) -> None:
        ended = [one for one in self._jobs.values() if not one.is_open]
        ended.sort(key=lambda one: one.made_us)
        for one in ended[: max(0, len(self._jobs) - _MOST_KEPT)]:
            del self._jobs[one.job_id]


_MAKING = threading.Lock()


def table_of(access: Access) -> JobTable:
    """Return the jobs of a workbench."""
    from undersight.web.work import KINDS

    with _MAKING:
        if not isinstance(access.work, JobTable):
            access.work = JobTable(access, {name: one.run for name, one in KINDS.items()})
        return access.work
