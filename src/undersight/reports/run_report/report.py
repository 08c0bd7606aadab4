"""One detection run as a page that needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from undersight.charts.network import Network, Node, Tie, network
from undersight.i18n import translator
from undersight.integrity.durable import disk_errors, make_folder, write_atomic
from undersight.reports.one_page import render
from undersight.reports.run_report.groups_chart import MOST_DISCS, groups_chart
from undersight.reports.run_report.timelines import days_chart
from undersight.reports.run_report.wording import RunWords
from undersight.reports.weeks import week_view

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from undersight.model.run_picture import RunPicture

MOST_CARDS = 60
_MOST_PAIRS = 8
_HOURS = "hours-of-week"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """One detection run: plain words first, the network, each group with its reasons, the method.

    Args:
        lang: Language of the words.
    """

    report_id: ClassVar[str] = "run-report"
    about: ClassVar[str] = (
        "What a detection run found, with reasons, innocent explanations and limits, as one page."
    )

    lang: str = "en"

    def page(self, picture: RunPicture) -> str:
        """Return the report as an HTML page.

        Args:
            picture: The run, masked.

        Raises:
            UnknownLanguageError: No interface in the language.
        """
        words = RunWords(picture, self.lang)
        t = translator(self.lang).gettext
        findings = picture.shown["findings"]
        cards = [
            self._card(number, one, picture.days[number - 1], t)
            for number, one in enumerate(findings[:MOST_CARDS], 1)
        ]
        drawn = network_of(picture, words, t)
        return render(
            "run_report/run.html",
            self.lang,
            script_name="network.js" if drawn else "",
            picture=picture,
            shown=picture.shown,
            words=words,
            cards=cards,
            n_cards_left_out=len(findings) - len(cards),
            network=network(drawn) if drawn else "",
            overview=groups_chart(picture.sizes, picture.links, self.lang)
            if picture.sizes
            else "",
            n_not_drawn=max(0, len(picture.sizes) - MOST_DISCS),
            groups=drawn.groups if drawn else (),
            n_most_objects=max((tie.n_objects for tie in picture.ties), default=1),
        )

    def write(self, picture: RunPicture, out: Path) -> list[Path]:
        """Write the page to a file.

        Args:
            picture: The run, masked.
            out: The file.

        Raises:
            UnknownLanguageError: No interface in the language.
            BackendError: The disk refused; an older file stands.
        """
        content = self.page(picture).encode()
        with disk_errors(out):
            make_folder(out.parent)
        write_atomic(out, content)
        return [out]

    def _card(
        self,
        number: int,
        finding: Mapping[str, Any],
        days: Mapping[str, int],
        t: Callable[[str], str],
    ) -> dict[str, Any]:
        """What a group's card shows beside the finding itself."""
        reasons = finding["reasons"]
        series: Mapping[str, list[int]] = next(
            (one["series"] for one in reasons if one["code"] == _HOURS), {}
        )
        titles = {"group": t("This group"), "audience": t("Others on the same objects")}
        return {
            "number": number,
            "finding": finding,
            "pairs": [pair for one in reasons for pair in one["pairs"]][:_MOST_PAIRS],
            "weeks": [
                week_view(f"{name}-{number}", title, tuple(series[name]), t)
                for name, title in titles.items()
                if name in series
            ],
            "days": days_chart(f"days-{number}", days, t),
            "n_days": days,
        }


def network_of(picture: RunPicture, words: RunWords, t: Callable[[str], str]) -> Network | None:
    """Return the drawing, None without accounts; groups of which nobody is drawn have no ring.

    Args:
        picture: Accounts and ties, masked.
        words: Labels of the groups.
        t: Translates.
    """
    if not picture.nodes:
        return None
    groups = sorted({node.group for node in picture.nodes})
    ring = {group: place for place, group in enumerate(groups)}
    return Network(
        chart_id="network",
        title=t("Who acted together"),
        about=t(
            "Each ring is a group, each mark an account: squares are pages. A line joins two "
            "accounts that acted on the same things more often than chance explains."
        ),
        groups=tuple(words.group(group + 1) for group in groups),
        nodes=tuple(
            Node(label=node.label, group=ring[node.group], is_page=node.kind == "page")
            for node in picture.nodes
        ),
        ties=tuple(Tie(a=one.a, b=one.b, n_objects=one.n_objects) for one in picture.ties),
    )
