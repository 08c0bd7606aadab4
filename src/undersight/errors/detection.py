"""Detectors, their parameters, their runs and their findings."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import InputError, NotFoundError, SettingsError


class UnknownDetectorError(SettingsError):
    """A detector that there is not."""

    code: ClassVar[str] = "unknown-detector"

    def __init__(self, named: str, known: tuple[str, ...]) -> None:
        self.named, self.known = named, known
        super().__init__(f"There is no detector “{named}”.", f"Detectors are: {', '.join(known)}.")


class UnknownParameterError(SettingsError):
    """A parameter that a detector does not have."""

    code: ClassVar[str] = "unknown-parameter"

    def __init__(self, detector: str, name: str, known: tuple[str, ...]) -> None:
        self.detector, self.name, self.known = detector, name, known
        super().__init__(f"{detector} has no parameter “{name}”.", f"It has: {', '.join(known)}.")


class InvalidParameterError(SettingsError):
    """A value outside the bounds of a detector's parameter."""

    code: ClassVar[str] = "invalid-parameter"

    def __init__(
        self, parameter: str, value: str, expected: str, *, is_option: bool = False
    ) -> None:
        self.parameter, self.value, self.expected = parameter, value, expected
        self.is_option = is_option
        given = f"--{parameter} VALUE" if is_option else f"--set {parameter}=VALUE"
        super().__init__(f"{parameter} cannot be “{value}”.", f"Give {expected}: {given}.")


class WindowBelowResolutionError(InputError):
    """Windows that are finer than the times in the corpus."""

    code: ClassVar[str] = "window-below-resolution"

    def __init__(self, window_s: float, resolution_s: float) -> None:
        self.window_s, self.resolution_s = window_s, resolution_s
        super().__init__(
            f"A window of {_span(window_s)} means nothing here: the finest times in the corpus "
            f"are given to {_span(resolution_s)}.",
            f"Take a window of {_span(resolution_s)} or more: --window {_span(resolution_s)}.",
        )


def _span(seconds: float) -> str:
    """A span as ``--window`` takes it, in the largest unit of which it is a whole number."""
    units = {"d": 86_400, "h": 3600, "m": 60}
    unit, size = next(
        ((unit, size) for unit, size in units.items() if seconds and not seconds % size), ("s", 1)
    )
    return f"{seconds / size:g}{unit}"


class EmptyCorpusError(InputError):
    """Detection was asked for and nothing is loaded."""

    code: ClassVar[str] = "empty-corpus"

    def __init__(self) -> None:
        super().__init__(
            "There is nothing to look at: the corpus holds no posts.",
            "Bring a file in first: undersight import FILE.",
        )


class UnknownRunError(NotFoundError):
    """A run that there is not, or a beginning that several have."""

    code: ClassVar[str] = "unknown-run"

    def __init__(self, named: str, fitting: tuple[str, ...] = ()) -> None:
        self.named, self.fitting = named, fitting
        if fitting:
            said = f"“{named}” fits several runs: {', '.join(fitting)}."
        else:
            said = f"There is no run {named}." if named else "There is no run yet."
        super().__init__(said, "`undersight runs` prints them; `undersight detect` makes one.")


class UnknownFindingError(NotFoundError):
    """A finding that no run has, or a beginning that several have."""

    code: ClassVar[str] = "unknown-finding"

    def __init__(self, named: str, fitting: tuple[str, ...] = ()) -> None:
        self.named, self.fitting = named, fitting
        if fitting:
            said = f"“{named}” fits several findings: {', '.join(fitting)}."
        else:
            said = f"No run holds a finding {named}."
        super().__init__(said, "`undersight findings` prints the ids.")
