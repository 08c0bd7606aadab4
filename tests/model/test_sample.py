"""The sample itself: whole, lossless, and free of withheld names in public."""

from __future__ import annotations

import json

import pytest

from tests.model.sample import WITHHELD_NAMES, sample_dossier, sample_records
from undersight.model.codec import from_json, to_json
from undersight.model.records import KINDS
from undersight.model.schema import fields_of


def test_has_every_kind_of_record() -> None:
    assert {record.kind for record in sample_records()} == set(KINDS)


def test_every_record_survives_the_codec() -> None:
    for record in sample_records():
        assert from_json(json.loads(json.dumps(to_json(record)))) == record


def test_every_reference_leads_somewhere() -> None:
    ids = {record.record_id for record in sample_records()}
    for record in sample_records():
        for name, spec in fields_of(type(record)).items():
            value = getattr(record, name)
            named = (value,) if spec.form == "ref" else value if spec.form == "refs" else ()
            assert {entry for entry in named if entry} <= ids, (record.kind, name)


@pytest.mark.parametrize("name", WITHHELD_NAMES)
def test_public_has_no_withheld_name(name: str) -> None:
    public = json.dumps([to_json(r) for r in sample_dossier().records()], ensure_ascii=False)
    internal = json.dumps([to_json(r) for r in sample_records()], ensure_ascii=False)
    assert name in internal
    assert name not in public
