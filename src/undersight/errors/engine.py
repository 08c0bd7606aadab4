"""The engine's own steps and the machines that run them."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import BackendError


class UnportableStepError(BackendError):
    """A step that would not mean the same on every engine."""

    code: ClassVar[str] = "unportable-step"

    def __init__(self, step: str, found: str) -> None:
        self.step, self.found = step, found
        super().__init__(
            f"The step {step} holds “{found}”, which engines do not agree on.",
            "Write it with the functions listed in engine/portable.py.",
        )


class EngineFailedError(BackendError):
    """DuckDB or Spark refused to go on."""

    code: ClassVar[str] = "engine-failed"

    def __init__(self, engine: str, reason: str) -> None:
        self.engine, self.reason = engine, reason
        super().__init__(
            f"{engine} could not finish: {reason}.",
            "Give it more memory (--memory), free some disk, or take a narrower window.",
        )
