"""What a format for machines cannot hold is told in the reader's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from undersight import exporters
from undersight.exporters.delivery import Loss
from undersight.web import loss_words
from undersight.web.loss_words import LOSS_WORDS
from undersight.web.record_words import Words


def said() -> Iterator[str]:
    """Everything that an exporter says it loses."""
    for path in sorted(Path(exporters.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            is_call = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("losses.add")
            if is_call and isinstance(node.args[0], ast.Constant):  # type: ignore[attr-defined]
                yield str(node.args[0].value)  # type: ignore[attr-defined]
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "LOSS":
                yield ast.literal_eval(node.value)  # type: ignore[arg-type]


def test_whatever_an_exporter_loses_has_words() -> None:
    found = set(said())
    assert len(found) > 10
    assert found == LOSS_WORDS.keys()


def test_a_loss_names_its_field_as_forms_do() -> None:
    line = str(
        Loss(
            what="a range of people has one column",
            field="involvement.count_max",
            n_records=3,
            kept_in="notes",
        )
    )
    told = loss_words.told(line, Words("en"), "en")
    assert told.startswith(Words("en").kind("involvement"))
    assert "involvement.count_max" not in told
    assert "records: 3; kept in notes" in told
    assert loss_words.told("something else", Words("en"), "en") == "something else"
