from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from undersight.corpus.seen import SeenDigests

BATCHES = st.lists(st.lists(st.integers(0, 40), max_size=20), max_size=8)


@given(BATCHES)
def test_only_the_first_of_equal_digests_is_new(batches: list[list[int]]) -> None:
    seen, known = SeenDigests(), set()
    for batch in batches:
        expected = []
        for digest in batch:
            expected.append(digest not in known)
            known.add(digest)
        found = seen.first_sightings(np.array(batch, dtype=np.uint64))
        assert found.tolist() == expected
    assert len(seen) == len(known)


def test_runs_stay_few() -> None:
    seen = SeenDigests()
    for start in range(0, 10_000, 10):
        seen.first_sightings(np.arange(start, start + 10, dtype=np.uint64))
    assert len(seen._runs) <= 12
