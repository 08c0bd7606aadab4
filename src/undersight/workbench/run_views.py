"""Runs and findings laid out for a screen: masked, drawn, beside one another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from undersight.charts.network import Network, Node, Tie, network
from undersight.reports.run_report import RunReport
from undersight.reports.run_report.groups_chart import MOST_DISCS, groups_chart
from undersight.reports.run_report.report import network_of
from undersight.reports.run_report.timelines import days_chart
from undersight.reports.run_report.wording import RunWords
from undersight.reports.weeks import week_view
from undersight.workbench import (
    findings,
    judgements,
    run_index,
    run_reports,
    runs,
)
from undersight.workbench.keeping import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from undersight.model.finding import Finding
    from undersight.workbench.findings import Sources
    from undersight.workbench.judgements import Judged
    from undersight.workbench.runs import StoredRun
    from undersight.workbench.session import Workspace

MOST_DRAWN = 300
"""Accounts of one group that are drawn tie by tie."""
ROWS = 50
"""Groups that one page lists."""
_MOST_TIES_LISTED = 200
_MOST_TIES_DRAWN = 3000
_HOURS = "hours-of-week"


def run_of(workspace: Workspace, named: str, *, lang: str, page: int = 1) -> dict[str, Any]:
    """Return a run as a page shows it.

    Args:
        workspace: Open.
        named: The run's id or its beginning.
        lang: Language of the sentences.
        page: Which part of its groups is listed, from 1.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    stored = run_index.stored_run(workspace, named)
    sources = findings.sources_of(workspace, stored, lang=lang, among=())
    picture = run_reports.frame_of(workspace, stored, sources)
    ordered = run_index.in_order(stored.findings)
    n_pages = max(1, -(-len(ordered) // ROWS))
    page = min(max(page, 1), n_pages)
    first = (page - 1) * ROWS
    return {
        "run_id": stored.run_id,
        "picture": picture,
        "shown": picture.shown,
        "words": RunWords(picture, lang),
        "rows": [
            _row(first + number, one, sources)
            for number, one in enumerate(ordered[first : first + ROWS], 1)
        ],
        "page_number": page,
        "n_pages": n_pages,
        "n_not_drawn": max(0, len(ordered) - MOST_DISCS) if _is_large(stored) else 0,
        "network": drawing_of(workspace, stored, lang=lang),
    }


def listed(workspace: Workspace, named: str, *, lang: str, first: int, n: int) -> dict[str, Any]:
    """Return a run and some of its findings as JSON, the most accounts first.

    Args:
        workspace: Open.
        named: The run's id or its beginning.
        lang: Language of the sentences.
        first: Place of the first finding, from 0.
        n: How many.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    stored = run_index.stored_run(workspace, named)
    some = run_index.in_order(stored.findings)[first : first + n]
    sources = findings.sources_of(workspace, stored, lang=lang, among=some)
    return {
        **findings.run_words(stored, sources),
        "n_findings": len(stored.findings),
        "findings": [findings.show(one, sources) for one in some],
    }


def one_finding(workspace: Workspace, named: str, *, lang: str) -> dict[str, Any]:
    """Return a finding as JSON, in the latest run that holds it.

    Raises:
        UnknownFindingError: No run holds it.
        RunDamagedError: The run is not as it was written.
    """
    finding_id, run_id = judgements.find_finding(workspace, named)
    stored = run_index.stored_run(workspace, run_id)
    finding = next(one for one in stored.findings if one.finding_id == finding_id)
    sources = findings.sources_of(workspace, stored, lang=lang, among=(finding,))
    return findings.show(finding, sources)


def _row(number: int, one: Finding, sources: Sources) -> dict[str, Any]:
    """What a list says of a finding."""
    return {
        "number": number,
        "finding_id": one.finding_id,
        "n_accounts": len(one.accounts),
        "n_posts": one.n.get("posts", 0),
        "detector": one.detector,
        "view": one.view,
        "verdict_words": sources.t(findings.VERDICT_WORDS[one.verdict]),
        "is_explained": one.is_explained,
        "verdicts": [said.judgement.verdict for said in sources.said.get(one.finding_id, ())],
    }


def drawing_of(workspace: Workspace, stored: StoredRun, *, lang: str) -> str:
    """Return who acted together as SVG: every tie, or groups as discs where there are many.

    Args:
        workspace: Open.
        stored: The run.
        lang: Language of the words.

    Raises:
        RunDamagedError: It is not as it was written.
    """
    state = (runs.state_of(workspace, stored.run_id), workspace.corpus.digest())
    key = ("run-drawn", stored.run_id, lang, state)
    return kept(workspace, key, lambda: _drawn(workspace, stored, lang))


def _drawn(workspace: Workspace, stored: StoredRun, lang: str) -> str:
    if _is_large(stored):
        ordered = run_index.in_order(stored.findings)
        return groups_chart(
            [len(one.accounts) for one in ordered],
            run_index.index_of(workspace, stored).links,
            lang,
            [f"/finding/{one.finding_id}" for one in ordered],
        )
    picture = run_reports.picture_of(workspace, stored, lang=lang)
    words = RunWords(picture, lang)
    drawn = network_of(picture, words, words.t)
    return network(drawn) if drawn is not None else ""


def network_svg(workspace: Workspace, named: str, *, lang: str) -> str:
    """Return the drawing of a run as a file of its own: it leads nowhere.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    made = drawing_of(workspace, run_index.stored_run(workspace, named), lang=lang)
    return re.sub(r"</?a\b[^>]*>", "", made)


def _is_large(stored: StoredRun) -> bool:
    return sum(len(one.accounts) for one in stored.findings) > run_reports.MOST_NODES


def report_of(workspace: Workspace, named: str, *, lang: str) -> str:
    """Return a run as one self-contained page.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    stored = run_index.stored_run(workspace, named)

    def made() -> str:
        return RunReport(lang=lang).page(run_reports.picture_of(workspace, stored, lang=lang))

    # What people made of its findings stands in it, and nothing else of the casebook.
    said = repr(judgements.by_finding(workspace))
    keyed = judgements.holding_keys(workspace)
    state = (workspace.corpus.state(), runs.run_ids(workspace), said, keyed)
    return kept(workspace, ("run-report", stored.run_id, lang, state), made)


def finding_of(workspace: Workspace, named: str, *, lang: str) -> dict[str, Any]:
    """Return a finding as a page shows it, in the latest run that holds it.

    Args:
        workspace: Open.
        named: The finding's id or its beginning.
        lang: Language of the sentences.

    Raises:
        UnknownFindingError: No run holds it.
        RunDamagedError: The run is not as it was written.
    """
    finding_id, run_id = judgements.find_finding(workspace, named)
    stored = run_index.stored_run(workspace, run_id)
    ordered = run_index.in_order(stored.findings)
    place = next(at for at, one in enumerate(ordered) if one.finding_id == finding_id)
    finding = ordered[place]
    sources = findings.sources_of(workspace, stored, lang=lang, among=(finding,))
    picture = run_reports.frame_of(workspace, stored, sources)
    shown = findings.show(finding, sources, most_accounts=run_reports.MOST_LISTED)
    t = sources.t
    days = run_reports.days_in(workspace, stored, (finding,))[0]
    drawn, n_ties, drawing = _own_drawing(workspace, stored, place, sources)
    said = sources.said.get(finding_id, ())
    agreed = judgements.agreeing(said, judgements.holding_keys(workspace))
    return {
        "finding": shown,
        "run_id": run_id,
        "number": place + 1,
        "place": place,
        "words": RunWords(picture, lang),
        "caveats": picture.shown["caveats"],
        "note": picture.shown["note"],
        "days": days_chart("days", days, t),
        "n_days": days,
        "weeks": _weeks(shown, t),
        "network": drawing,
        "ties": _tie_rows(drawn),
        "n_ties": n_ties,
        "n_ties_listed": min(n_ties, _MOST_TIES_LISTED),
        "n_not_drawn": max(0, len(finding.accounts) - len(drawn.nodes)),
        "n_not_listed": max(0, len(finding.accounts) - len(shown["accounts"])),
        "is_mine": _mine(workspace, sources.said.get(finding_id, ())),
        "n_agreed": len(agreed),
        "n_needed": judgements.NEEDED_TO_UNMASK,
    }


def read_ahead(workspace: Workspace, run_id: str) -> None:
    """Read what the pages of a run show of its posts, so that whoever looks next need not wait.

    Args:
        workspace: Open, and to stay open.
        run_id: The run.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    stored = run_index.stored_run(workspace, run_id)
    findings.sources_of(workspace, stored)
    run_reports.days_in(workspace, stored, stored.findings)


def compare(workspace: Workspace, one: str, other: str) -> dict[str, Any]:
    """Return two runs beside one another: what both told, and only one of them.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: One is not as it was written.
    """
    ids = (runs.find_run(workspace, one), runs.find_run(workspace, other))
    stored = [run_index.stored_run(workspace, run_id) for run_id in ids]
    told = [{found.finding_id: found for found in run.findings} for run in stored]
    groups = [
        {
            "finding_id": finding_id,
            "where": [finding_id in side for side in told],
            "detector": found.detector,
            "view": found.view,
            "window_s": found.window_us / 1_000_000,
            "n_accounts": len(found.accounts),
        }
        for finding_id, found in sorted({**told[1], **told[0]}.items())
    ]
    return {
        "run_ids": list(ids),
        "has_same_corpus": stored[0].run.corpus_digest == stored[1].run.corpus_digest,
        "parameters": _changed_parameters(*stored),
        "groups": groups,
    }


def _weeks(shown: Mapping[str, Any], t: Callable[[str], str]) -> list[dict[str, Any]]:
    series: Mapping[str, list[int]] = next(
        (one["series"] for one in shown["reasons"] if one["code"] == _HOURS), {}
    )
    titles = {"group": t("This group"), "audience": t("Others on the same objects")}
    return [
        week_view(f"week-{name}", title, tuple(series[name]), t)
        for name, title in titles.items()
        if name in series
    ]


def _own_drawing(
    workspace: Workspace, stored: StoredRun, place: int, sources: Sources
) -> tuple[Network, int, str]:
    """The group, how many ties it has, and its drawing, kept from the last time."""

    def made() -> tuple[Network, int, str]:
        drawn, n_ties = _own_network(workspace, stored, place, sources)
        return drawn, n_ties, network(drawn) if drawn.ties else ""

    key = ("finding-drawn", stored.run_id, place, sources.t("This group"))
    return kept(workspace, (*key, workspace.corpus.digest()), made)


def _own_network(
    workspace: Workspace, stored: StoredRun, place: int, sources: Sources
) -> tuple[Network, int]:
    """The group and its ties, of a large group its most tied accounts; how many ties it has."""
    t = sources.t
    masks = sources.masks
    index = run_index.index_of(workspace, stored)
    finding = run_index.in_order(stored.findings)[place]
    accounts = run_index.most_tied(index, finding.accounts, MOST_DRAWN)
    accounts.sort(key=masks.labels.__getitem__)
    a, b, n = (part.tolist() for part in index.ties_among(index.numbers_of(accounts)))
    shown = sorted(zip(a, b, n, strict=True))[:_MOST_TIES_DRAWN]
    drawn = Network(
        chart_id="network",
        title=t("Who acted together"),
        about=t("Each mark is an account: squares are pages. A line joins two accounts that acted "
                "on the same things more often than chance explains."),
        groups=(t("This group"),),
        nodes=tuple(
            Node(label=_label(one, sources), group=0, is_page=masks.kind(one) == "page")
            for one in accounts
        ),
        ties=tuple(Tie(a=one, b=other, n_objects=shared) for one, other, shared in shown),
    )  # fmt: skip
    return drawn, len(index.ties_among(index.members[place], place)[0])


def _tie_rows(drawn: Network) -> list[tuple[str, str, int]]:
    ranked = sorted(drawn.ties, key=lambda one: (-one.n_objects, one.a, one.b))
    return [
        (drawn.nodes[one.a].label, drawn.nodes[one.b].label, one.n_objects)
        for one in ranked[:_MOST_TIES_LISTED]
    ]


def _label(account_id: str, sources: Sources) -> str:
    message, number = sources.masks.labels[account_id]
    return sources.t(message).format(number=number)


def _mine(workspace: Workspace, said: Iterable[Judged]) -> dict[str, Any]:
    """What the person at work said before; empty if nothing."""
    for one in said:
        if one.author == workspace.staff_id:
            mine = one.judgement
            return {"verdict": mine.verdict, "note": mine.note, "harm": mine.harm,
                    "inauthenticity": mine.inauthenticity,
                    "is_unmasking_pages": mine.is_unmasking_pages}  # fmt: skip
    return {}


def _changed_parameters(one: StoredRun, other: StoredRun) -> list[dict[str, Any]]:
    """Parameters that differ between two runs, by detector."""
    sides = [
        {used.detector: dict(used.parameters) for used in run.run.detectors}
        for run in (one, other)
    ]
    changed = []
    for detector in sorted(sides[0].keys() | sides[1].keys()):
        left, right = (side.get(detector, {}) for side in sides)
        changed += [
            {"detector": detector, "name": name, "values": [_words(left.get(name)),
                                                            _words(right.get(name))]}
            for name in sorted(left.keys() | right.keys())
            if left.get(name) != right.get(name)
        ]  # fmt: skip
    return changed


def _words(value: object) -> str:
    if value is None:
        return "–"
    return ", ".join(str(one) for one in value) if isinstance(value, tuple | list) else str(value)
