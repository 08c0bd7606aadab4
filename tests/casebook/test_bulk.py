from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from undersight.casebook.writing import PendingChange
from undersight.errors import (
    RecordExistsError,
    UndersightError,
    UnknownRecordError,
    UnknownTermError,
    WrongReferenceError,
)
from undersight.model.records import Act, Incident, Party, Record

if TYPE_CHECKING:
    from undersight.casebook import Casebook


@pytest.mark.parametrize(
    ("records", "error"),
    [
        ([Incident(record_id="i1"), Act(record_id="a1", incident="nobody")], UnknownRecordError),
        ([Party(record_id="p1"), Act(record_id="a1", incident="p1")], WrongReferenceError),
        ([Act(record_id="a1", act_type="arest")], UnknownTermError),
        ([Incident(record_id="i0")], RecordExistsError),
    ],
)
def test_one_wrong_record_and_nothing_is_loaded(
    casebook: Casebook, records: list[Record], error: type[UndersightError]
) -> None:
    casebook.put(Incident(record_id="i0"))
    with pytest.raises(error):
        casebook.load(records)
    assert casebook.history_head().length == 1
    assert casebook.verify_history().is_whole


def test_references_may_point_forward_a_little(casebook: Casebook) -> None:
    casebook.load([Act(record_id="a1", incident="i1"), Incident(record_id="i1", lang="az")])
    assert len(casebook.history_of_incident("i1")) == 2


def test_what_many_changes_ask_of_the_store_does_not_grow_with_them(casebook: Casebook) -> None:
    def n_statements(first: int, n_entries: int) -> int:
        numbers = range(first, first + n_entries)
        pending = [
            PendingChange(kind=kind, record_id=f"{kind}{n}", fields=fields, is_new=True)
            for n in numbers
            for kind, fields in (("incident", {}), ("act", {"incident": f"incident{n}"}))
        ]
        asked: list[str] = []

        def count(*context: object) -> None:
            asked.append(str(context[2]))

        engine = casebook.database.engine
        sa.event.listen(engine, "before_cursor_execute", count)
        casebook.write(*pending)
        sa.event.remove(engine, "before_cursor_execute", count)
        return len(asked)

    assert n_statements(0, 20) == n_statements(100, 40)
