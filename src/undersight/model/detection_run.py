"""One detection run: what was looked at, with which parameters, and how much came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from undersight.model.finding import to_plain

LookOutcome = Literal["looked", "not-enough-data", "window-below-resolution", "too-many-pairs",
                      "too-many-rows"]  # fmt: skip
"""What came of one look: done, too little to test, a window finer than the data's times, or more
pairs or rows than one machine should take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One detector's view of the corpus at one window: one of the things that were tried.

    Args:
        detector: Its id.
        view: Which of its objects.
        window_us: Window, µs.
        outcome: What came of it.
        counts: Numbers by name, what was left out included (``n_actions``, ``n_accounts``,
            ``n_rows_without_account``, ``n_pairs_planned``, ``n_edges``, ``n_edges_co_timed``,
            ``n_groups``, ``n_groups_same_choices``, ``n_groups_small``, ``n_tests``...).
        findings: Ids of the findings that came of it.
    """

    detector: str
    view: str
    window_us: int
    outcome: LookOutcome
    counts: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedDetector:
    """A detector as a run used it.

    Args:
        detector: Its id.
        version: Its version.
        parameters: All of them.
        blind_spots: What it cannot see.
    """

    detector: str
    version: int
    parameters: Mapping[str, Any]
    blind_spots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionRun:
    """What ``run.json`` says; the same corpus and parameters give the same bytes.

    Args:
        digest: SHA-256 over corpus digest, detectors, versions and parameters (hex).
        corpus_digest: Of the corpus looked at.
        undersight_version: Of the program.
        detectors: What was used.
        looks: Everything that was tried, each counted in the family-wise correction.
        caveats: What the data lack: sampling, resolution.
        counts: Numbers of the whole run.
    """

    digest: str
    corpus_digest: str
    undersight_version: str
    detectors: tuple[UsedDetector, ...]
    looks: tuple[Look, ...]
    caveats: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values; ``from_json`` undoes this."""
        written: dict[str, Any] = to_plain(self)
        return {"format": 1, **written}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> DetectionRun:
        """Build it from its JSON object, as ``to_json`` wrote it."""
        given = {name: value for name, value in raw.items() if name != "format"}
        given["detectors"] = tuple(_used(one) for one in raw["detectors"])
        given["looks"] = tuple(
            Look(**{**one, "findings": tuple(one["findings"])}) for one in raw["looks"]
        )
        given["caveats"] = tuple(raw["caveats"])
        return cls(**given)


def _used(raw: Mapping[str, Any]) -> UsedDetector:
    parameters = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in raw["parameters"].items()
    }
    return UsedDetector(
        detector=raw["detector"],
        version=raw["version"],
        parameters=parameters,
        blind_spots=tuple(raw["blind_spots"]),
    )
