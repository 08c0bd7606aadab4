"""What long work in the browser's workbench refuses."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import ConflictError, InputError, NotFoundError


class JobStoppedError(ConflictError):
    """A job that somebody stopped, or that was under way when the workspace was locked."""

    code: ClassVar[str] = "job-stopped"

    def __init__(self) -> None:
        super().__init__(
            "The job was stopped; nothing of it was stored.",
            "Start it over from the list of jobs.",
        )


class UnknownJobError(NotFoundError):
    """A job that is not in the list."""

    code: ClassVar[str] = "unknown-job"

    def __init__(self, job_id: str) -> None:
        self.job_id = job_id
        super().__init__(f"There is no job {job_id}.", "Open the list of jobs.")


class NothingSentError(InputError):
    """A form for files that came without one."""

    code: ClassVar[str] = "nothing-sent"

    def __init__(self) -> None:
        super().__init__("No file was chosen.", "Choose one or more files and send them again.")
