"""What imports say of files is read in the reader's language; nothing of it is changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from undersight import importers
from undersight.i18n import LANGUAGES
from undersight.presentation import sampling_words
from undersight.workbench import detection, posts_summary

COLUMNS = (
    "Columns without a meaning here stay in the sealed original only: “likes” (filled in 3 of 40 "
    "rows; may be a count such as n_likes), “mood” (filled in 1 of 40 rows) and 4 more. Say what "
    "one means to have it read."
)


def text_of(node: ast.expr) -> str:
    """A sentence of the source, its parts filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(one.value) if isinstance(one, ast.Constant) else "7" for one in node.values
        )
    return ""


def sentences() -> Iterator[str]:
    """Every sentence of a `SamplingNote` in the source."""
    for path in sorted(Path(importers.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "sentence":
                yield text_of(node.value)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "sentence":
                yield text_of(node.value)


def of_summaries() -> Iterator[str]:
    """Every sentence that a summary of what is loaded adds."""
    tree = ast.parse(Path(posts_summary.__file__).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        is_said = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_said and node.func.attr == "append" and node.func.value.id == "said":  # type: ignore[attr-defined]
            yield text_of(node.args[0])  # type: ignore[attr-defined]


def test_every_note_on_a_file_has_words() -> None:
    found = {one for one in (*sentences(), *of_summaries()) if one.endswith(".")}
    found.add(detection.MINUTES_ONLY)
    assert len(found) > 28
    # Columns are named with their numbers; "7" stands for those here.
    without = {one for one in found if not sampling_words.is_known(one)}
    assert {one.partition(":")[0] for one in without} <= {
        "Columns without a meaning here stay in the sealed original only",
        "times are given to 7",
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "times are given to a minute: windows below a minute mean nothing.",
        "times are given to 10 minutes: windows below 10 minutes mean nothing.",
        COLUMNS,
    ],
)
def test_what_is_put_together_is_known(sentence: str) -> None:
    assert sampling_words.is_known(sentence)
    assert sampling_words.told(sentence, "en") == sentence
    told = {sampling_words.told(sentence, lang) for lang in LANGUAGES}
    assert len(told) == len(LANGUAGES)


def test_the_parts_of_a_note_stay_and_so_does_the_name_of_the_file() -> None:
    told = sampling_words.told("may: june.csv: 3 of 41 records could not be read.", "ru")
    assert told.startswith("may: june.csv: ")
    assert "3" in told
    assert "41" in told
    assert "could not" not in told


def test_what_nobody_foresaw_stays_as_it_is() -> None:
    assert sampling_words.told("may.csv: something else.", "az") == "may.csv: something else."
