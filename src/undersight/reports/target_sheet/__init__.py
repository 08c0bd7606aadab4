"""The comment sheet of one post or page: one page to print, one paragraph to quote."""

from __future__ import annotations

from undersight.reports.target_sheet.report import TargetSheet

__all__ = ["TargetSheet"]
