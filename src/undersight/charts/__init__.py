"""Charts drawn on the spot: SVG with the same numbers as a table, as CSV and as Vega-Lite."""

from __future__ import annotations
