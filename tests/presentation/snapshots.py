"""Small dossiers for one question at a time, and the sample with records added."""

from __future__ import annotations

import dataclasses
from typing import Any

from tests.model.sample import AS_OF, MASTHEAD, sample_dossier
from undersight.model.dossier import Dossier
from undersight.model.records import Record


def dossier_of(*records: Record, **masthead: Any) -> Dossier:
    """Return a public snapshot of just these records."""
    return Dossier(
        masthead=dataclasses.replace(MASTHEAD, **masthead),
        records=records,
        as_of=AS_OF,
        audience="public",
    )


def sample_with(*records: Record, **masthead: Any) -> Dossier:
    """Return the public sample with records added or put in place of those with their ids."""
    sample = sample_dossier()
    return Dossier(
        masthead=dataclasses.replace(sample.masthead, **masthead),
        records=(*sample.records(), *records),
        as_of=sample.as_of,
        audience="public",
        stamps=sample.stamps,
    )
