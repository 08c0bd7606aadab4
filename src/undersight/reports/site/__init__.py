"""The public log as a static site."""

from __future__ import annotations

from undersight.reports.site.report import Site

__all__ = ["Site"]
