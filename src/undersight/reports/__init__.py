"""Ways out for people: the public site, an entry to paste, a PDF, what detection found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.reports.entry import Entry
from undersight.reports.pdf import Pdf
from undersight.reports.run_report import RunReport
from undersight.reports.site import Site
from undersight.reports.target_sheet import TargetSheet

if TYPE_CHECKING:
    from typing import Any

REPORTS: tuple[type[Any], ...] = (Site, Entry, Pdf, TargetSheet, RunReport)
