"""No dependency may take away a right that undersight's own licence gives."""

from __future__ import annotations

import tomllib

import pytest

from tests.contracts import licences, source
from tests.contracts.licences import Verdict

PROJECT = tomllib.loads((source.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# The worst licence each group may bring. `postgres` and `opentimestamps` are LGPL and asked for by
# name; `dev` is never shipped.
WORST = {
    "core": Verdict.FILE_COPYLEFT,
    "postgres": Verdict.LESSER_COPYLEFT,
    "pdf": Verdict.FILE_COPYLEFT,
    "fast": Verdict.FILE_COPYLEFT,
    "spark": Verdict.FILE_COPYLEFT,
    "opentimestamps": Verdict.LESSER_COPYLEFT,
    "media": Verdict.FILE_COPYLEFT,
    "web": Verdict.FILE_COPYLEFT,
    "e2e": Verdict.FILE_COPYLEFT,
    "dev": Verdict.LESSER_COPYLEFT,
}
GROUPS = {"core": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}


def test_every_group_of_requirements_has_a_limit() -> None:
    assert set(WORST) == set(GROUPS)


@pytest.mark.parametrize("group", WORST)
def test_everything_a_group_brings_is_within_its_limit(group: str) -> None:
    verdicts = {name: licences.of_distribution(name) for name in licences.closure(GROUPS[group])}
    assert verdicts
    assert {name: one.name for name, one in verdicts.items() if one > WORST[group]} == {}


def test_a_package_in_two_groups_obeys_both() -> None:
    core = set(licences.closure(GROUPS["core"]))
    assert "sqlalchemy" in core
    assert "markupsafe" in core, "the closure stops at direct requirements"
    assert "psycopg" not in core


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        ("MIT", Verdict.PERMISSIVE),
        ("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", Verdict.PERMISSIVE),
        ("MPL-2.0 AND MIT", Verdict.FILE_COPYLEFT),
        ("GPL-3.0-only OR MIT", Verdict.PERMISSIVE),
        ("(MIT OR GPL-2.0+) AND LGPL-3.0-only", Verdict.LESSER_COPYLEFT),
        ("MIT AND (Apache-2.0 OR BSD-2-Clause)", Verdict.PERMISSIVE),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", Verdict.COPYLEFT),
        ("Apache-2.0 WITH LLVM-exception", Verdict.PERMISSIVE),
        ("AGPL-3.0-or-later", Verdict.COPYLEFT),
        ("LicenseRef-Proprietary", Verdict.UNKNOWN),
        ("MIT AND", Verdict.UNKNOWN),
        ("(MIT", Verdict.UNKNOWN),
        ("MIT GPL-3.0-only", Verdict.UNKNOWN),
    ],
)
def test_spdx_expressions_are_judged(expression: str, verdict: Verdict) -> None:
    assert licences.of_metadata(expression, (), "") is verdict


@pytest.mark.parametrize(
    ("classifier", "verdict"),
    [
        ("License :: OSI Approved :: MIT License", Verdict.PERMISSIVE),
        ("License :: OSI Approved :: ISC License (ISCL)", Verdict.PERMISSIVE),
        ("License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)", Verdict.FILE_COPYLEFT),
        (
            "License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)",
            Verdict.LESSER_COPYLEFT,
        ),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", Verdict.COPYLEFT),
        ("License :: OSI Approved :: GNU Affero General Public License v3", Verdict.COPYLEFT),
        ("License :: Other/Proprietary License", Verdict.UNKNOWN),
    ],
)
def test_classifiers_are_judged(classifier: str, verdict: Verdict) -> None:
    assert licences.of_metadata("", ["Typing :: Typed", classifier], "") is verdict


def test_of_two_classifiers_the_worse_counts() -> None:
    both = ["License :: OSI Approved :: MIT License", "License :: OSI Approved :: GNU GPL"]
    assert licences.of_metadata("", both, "MIT") is Verdict.COPYLEFT


def test_a_package_that_declares_nothing_is_judged_by_its_text_or_refused() -> None:
    text = "Permission is hereby granted, free\nof charge, to any person obtaining a copy"
    assert licences.of_metadata("", (), "", [text]) is Verdict.PERMISSIVE
    assert licences.of_metadata("", (), "UNKNOWN", ["All rights reserved."]) is Verdict.UNKNOWN
    assert licences.of_metadata("", (), "") is Verdict.UNKNOWN
    assert licences.of_metadata("", (), "GNU GPL v2") is Verdict.COPYLEFT
