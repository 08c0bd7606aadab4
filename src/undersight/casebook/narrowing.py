"""Whether readers may see less than before: what was written for them then is out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.casebook.partner_refresh import DECIDES_ABOUT_NAMES

if TYPE_CHECKING:
    from undersight.casebook.work import Work
    from undersight.model.change import Change

_BATCH = 500
_SHOWS = frozenset({"visibility", "field_visibility"})


def is_narrowed_since(work: Work, length: int) -> bool:
    """Return whether something that stood in the log was taken back, hidden or renamed since.

    Args:
        work: The casebook.
        length: Length of the log at that time.
    """
    seq = length - 1
    while batch := work.log.since(seq, _BATCH):
        for place, change in batch:
            if _narrows(change):
                return True
            seq = place
    return False


def _narrows(change: Change) -> bool:
    if change.op != "put" or change.kind == "identity_decision":
        return True
    is_known = bool(change.parents)  # what is new stood nowhere before
    return is_known and (change.kind in DECIDES_ABOUT_NAMES or bool(_SHOWS & change.fields.keys()))
