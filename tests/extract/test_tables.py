"""Tables of patterns: the names that patterns are written with."""

from __future__ import annotations

import pytest

from undersight.extract import tables
from undersight.extract.engine import compile_pattern


def test_a_named_part_may_be_written_with_others_that_stand_behind_it() -> None:
    named = {"held_in": ("a (?:<w2>)?<custody>",), "custody": ("(?:cell|<prison>)",)}
    whole = tables.macros({**named, "w2": (r"(?:\w+ ){0,2}",), "prison": ("jail",)})
    assert whole["held_in"] == r"a (?:(?:\w+ ){0,2})?(?:cell|jail)"


def test_a_name_that_means_nothing_is_no_pattern() -> None:
    """It was looked for as it stood, and the row never matched anything."""
    with pytest.raises(LookupError, match="<w9>"):
        compile_pattern("beaten by (?:<w9>)?men", {"w2": "x"})
    assert compile_pattern(r"(?<!no )(?P<who>men) (?<=men )came").search("the men came")
