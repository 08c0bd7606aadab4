"""The report of one detection run: one page, plain words first."""

from __future__ import annotations

from undersight.reports.run_report.report import RunReport

__all__ = ["RunReport"]
