from __future__ import annotations

import uuid

from undersight.casebook.identifiers import IdSource


def test_ids_are_uuids_of_version_seven_with_their_time() -> None:
    made = uuid.UUID(IdSource(lambda: 1_930_000_000_000_000)())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == 1_930_000_000_000


def test_ids_rise_even_when_the_clock_stands_still_or_goes_back() -> None:
    times = iter([5_000_000] * 200 + [4_000_000] * 200)
    new_id = IdSource(lambda: next(times))
    ids = [new_id() for _ in range(400)]
    assert ids == sorted(set(ids))
    assert all(uuid.UUID(made).version == 7 for made in ids)
