from __future__ import annotations

import pytest

from undersight.errors import InvalidValueError
from undersight.model.codec import from_json


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", "Aysel Quliyeva", "not text."),
        ("title", ["Aysel Quliyeva"], "not a list."),
        ("title", 7041, "not a number."),
        ("public_id", {"Aysel": 1}, "not a group of fields."),
        ("public_id", True, "not true/false."),
        ("public_id", None, "not nothing."),
    ],
)
def test_a_wrong_value_is_told_by_what_it_is_never_by_what_it_says(
    field: str, value: object, told: str
) -> None:
    with pytest.raises(InvalidValueError) as refused:
        from_json({"kind": "incident", "record_id": "i", field: value})
    assert told in refused.value.sentence
    assert "Aysel" not in refused.value.sentence
