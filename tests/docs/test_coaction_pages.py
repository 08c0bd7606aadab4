"""The examples of the pages on co-action are run, each page in one go."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"


@pytest.mark.parametrize("name", ["why-our-default-differs.md", "coaction.md"])
def test_examples_give_what_the_page_says(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    examples = doctest.DocTestParser().get_doctest(code, {}, name, name, 0)
    assert len(examples.examples) > 2
    said: list[str] = []
    result = doctest.DocTestRunner().run(examples, out=said.append)
    assert result.failed == 0, "".join(said)
