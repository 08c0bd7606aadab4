"""The groups of a run as discs, where there are too many accounts to draw each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.charts.cluster_map import Group, drawing
from undersight.i18n import translator

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_DISCS = 300


def groups_chart(
    sizes: Sequence[int],
    links: Sequence[tuple[int, int, int]],
    lang: str,
    addresses: Sequence[str] = (),
) -> str:
    """Return the largest groups as discs, as SVG.

    Args:
        sizes: Accounts of each group, the largest first.
        links: Places of two groups and how many accounts they share.
        lang: Language of the words.
        addresses: Where the page of each is; none by default.
    """
    said = translator(lang)
    t = said.gettext
    groups = [
        Group(
            name=t("Group {number}").format(number=place + 1),
            told=said.ngettext("Group {number}: {n} account", "Group {number}: {n} accounts",
                               n).format(number=place + 1, n=n),
            n=n,
            address=addresses[place] if addresses else "",
        )
        for place, n in enumerate(sizes[:MOST_DISCS])
    ]  # fmt: skip
    return drawing(
        groups,
        [one for one in links if one[1] < len(groups)],
        name=t("Who acted together"),
        about=t("Each disc is a group, as large as it has accounts. A line joins two groups that "
                "share accounts."),
        key="groups-drawn",
    )  # fmt: skip
