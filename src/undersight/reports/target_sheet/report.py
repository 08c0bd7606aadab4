"""The comment sheet as a page and as a paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from undersight.charts.bars import Tick, columns
from undersight.charts.series import Bar, Chart, Legend
from undersight.integrity.durable import disk_errors, make_folder, write_atomic
from undersight.reports.one_page import render
from undersight.reports.target_sheet.plain import lines
from undersight.reports.target_sheet.wording import SheetWords
from undersight.reports.weeks import week_view

if TYPE_CHECKING:
    from pathlib import Path

    from undersight.model.comment_sheet import CommentSheet

_MOST_MONTHS = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSheet:
    """The comments under one post or page, counted: one page that needs nothing else.

    Args:
        lang: Language of the words around the numbers.
    """

    report_id: ClassVar[str] = "target-sheet"
    about: ClassVar[str] = (
        "Who commented under one post or page, in plain counts: one page, one paragraph."
    )

    lang: str = "en"

    def paragraph(self, sheet: CommentSheet) -> str:
        """Return the sheet as one paragraph to quote.

        Raises:
            UnknownLanguageError: No interface in the language.
        """
        return SheetWords(sheet, self.lang).paragraph()

    def text(self, sheet: CommentSheet) -> str:
        """Return the sheet as lines for a terminal.

        Raises:
            UnknownLanguageError: No interface in the language.
        """
        return "\n".join(lines(SheetWords(sheet, self.lang)))

    def page(self, sheet: CommentSheet) -> str:
        """Return the sheet as an HTML page.

        Raises:
            UnknownLanguageError: No interface in the language.
        """
        words = SheetWords(sheet, self.lang)
        t = words.t
        weeks = []
        if sheet.hours:
            weeks.append(week_view("hours", t("Comments here"), sheet.hours, t))
        if sheet.other_hours:
            title = (
                t("Under this target's other posts")
                if sheet.kind == "post"
                else t("Under other targets")
            )
            weeks.append(week_view("other-hours", title, sheet.other_hours, t))
        return render(
            "target_sheet/sheet.html",
            self.lang,
            sheet=sheet,
            words=words,
            weeks=weeks,
            months_chart=_months_chart(sheet, t),
        )

    def write(self, sheet: CommentSheet, out: Path) -> list[Path]:
        """Write the page to a file.

        Args:
            sheet: What was counted.
            out: The file.

        Raises:
            BackendError: The disk refused; an older file stands.
        """
        content = self.page(sheet).encode()
        with disk_errors(out):
            make_folder(out.parent)
        write_atomic(out, content)
        return [out]


def _months_chart(sheet: CommentSheet, t: Any) -> str:
    """Months from the first to the last, empty ones too; years where the months are many."""
    made = {one.name: one.n for one in sheet.created_months if one.name != "?"}
    if not made:
        return ""
    names = _months_between(min(made), max(made))
    if len(names) > _MOST_MONTHS:
        by_year: dict[str, int] = {}
        for name, n in made.items():
            by_year[name[:4]] = by_year.get(name[:4], 0) + n
        first, last = int(min(by_year)), int(max(by_year))
        made, names = by_year, [f"{year:04d}" for year in range(first, last + 1)]
    legend = Legend(key=t("Month"), certain=t("Pages"), possible="")
    chart = Chart(
        chart_id="made",
        title=t("When these pages were made"),
        about=t("Pages among the commenters by the month in which they were made."),
        legend=legend,
        bars=tuple(
            Bar(key=name, label=name, n_min=made.get(name, 0), n_max=made.get(name, 0))
            for name in names
        ),
    )
    return columns(chart, _ticks(names))


def _ticks(names: list[str]) -> tuple[Tick, ...]:
    """Months with their year below where it begins; years by themselves, not too many."""
    step = -(-len(names) // 12)
    if len(names[0]) == len("2031"):
        return tuple(Tick(index=at, label=names[at]) for at in range(0, len(names), step))
    ticks = []
    year = ""
    for at in range(0, len(names), step):
        is_new = names[at][:4] != year
        year = names[at][:4]
        ticks.append(Tick(index=at, label=names[at][5:], below=year if is_new else ""))
    return tuple(ticks)


def _months_between(first: str, last: str) -> list[str]:
    start, end = (int(one[:4]) * 12 + int(one[5:]) - 1 for one in (first, last))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, end + 1)]
