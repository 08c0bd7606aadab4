"""Tables for a spreadsheet or a statistics program, with a codebook."""

from __future__ import annotations

from undersight.exporters.csv.tables import Csv

__all__ = ["Csv"]
