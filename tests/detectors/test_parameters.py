"""Parameters have bounds, rebuild the same detector, and never ask about one account."""

from __future__ import annotations

import click
import pytest

from undersight.cli.main import cli
from undersight.detectors import DETECTORS
from undersight.detectors.detector import CoActionDetector
from undersight.detectors.parameters import bounds_of, rebuilt, values_of
from undersight.engine import portable
from undersight.errors import InvalidParameterError, UnknownParameterError
from undersight.model.tables import TABLES

EVERY = pytest.mark.parametrize("cls", DETECTORS, ids=lambda cls: cls.detector_id)


@EVERY
def test_the_values_rebuild_the_same_detector(cls: type[CoActionDetector]) -> None:
    changed = cls().with_parameters({"min_accounts": 9, "window_s": (30.0, 60.0)})
    for detector in (cls(), changed):
        assert rebuilt(cls, values_of(detector)) == detector
    words = {name: ",".join(map(str, v)) if isinstance(v, tuple) else str(v)
             for name, v in changed.parameters.items()}  # fmt: skip
    assert rebuilt(cls, words) == changed


@EVERY
def test_every_parameter_has_bounds_that_hold_its_default(cls: type[CoActionDetector]) -> None:
    for name, bounds in bounds_of(cls).items():
        assert bounds.about.endswith(".")
        assert cls().with_parameters({name: cls().parameters[name]}) == cls()
        if bounds.least is not None and bounds.most is not None:
            for outside in (bounds.least - 1, bounds.most + 1):
                with pytest.raises(InvalidParameterError):
                    cls().with_parameters({name: outside})


@EVERY
def test_groups_are_never_smaller_than_five(cls: type[CoActionDetector]) -> None:
    assert bounds_of(cls)["min_accounts"].least == 5
    for value in (4, True, "4", 0, -5, "five"):
        with pytest.raises(InvalidParameterError):
            cls().with_parameters({"min_accounts": value})


@EVERY
def test_a_detector_says_what_it_reads_and_what_it_cannot_see(cls: type[CoActionDetector]) -> None:
    assert set(cls.tables) <= {table.name for table in TABLES}
    assert cls.blind_spots
    for view in bounds_of(cls)["views"].choices:
        steps = cls().steps(view)
        assert steps[-1].name == "actions"
        for step in steps:  # an engine that outgrows this machine must read them too
            portable.checked(portable.Step(name=step.name, sql=step.sql))
    with pytest.raises(UnknownParameterError):
        cls().with_parameters({"speed": 1})


def test_no_command_of_detection_can_be_asked_about_one_account() -> None:
    context = click.Context(cli)
    asked = {}
    for name in ("detect", "findings", "runs", "judge"):
        command = cli.get_command(context, name)
        assert command is not None
        asked[name] = {one.name for one in command.params if one.name != "as_json"}
    assert asked == {
        "detect": {"detectors", "windows_us", "assignments", "is_listing"},
        "findings": {"run"},
        "runs": set(),
        "judge": {
            "finding", "verdict", "note", "inauthenticity", "harm", "is_unmasking_pages",
        },
    }  # fmt: skip
    parameters = {name for cls in DETECTORS for name in bounds_of(cls)}
    assert {name for name in parameters if "account" in name} == {"min_accounts"}
