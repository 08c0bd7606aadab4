"""What happened to whom: records, every change to them, search, merge and withdrawal."""

from __future__ import annotations

from undersight.casebook.history import FieldChange, HistoryEntry
from undersight.casebook.store import Casebook
from undersight.casebook.writing import PendingChange

__all__ = ["Casebook", "FieldChange", "HistoryEntry", "PendingChange"]
