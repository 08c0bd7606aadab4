"""Runs and findings laid out for a screen: masked, drawn, beside one another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from undersight.charts.cluster_map import discs, members
from undersight.charts.network import Network, Node, Tie, network
from undersight.i18n import translator
from undersight.reports.run_report import RunReport
from undersight.reports.run_report.report import network_of
from undersight.reports.run_report.timelines import days_chart
from undersight.reports.run_report.wording import RunWords
from undersight.reports.weeks import week_view
from undersight.workbench import findings, judgements, run_reports, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from undersight.model.finding import Finding
    from undersight.model.run_picture import RunPicture
    from undersight.workbench.findings import Sources
    from undersight.workbench.runs import StoredRun
    from undersight.workbench.session import Workspace

MOST_DRAWN = 300
"""Accounts of one group that are drawn tie by tie."""
MOST_TIES_SENT = 20_000
_MOST_TIES_LISTED = 200
_HOURS = "hours-of-week"
_KINDS = ("profile", "page", "group", "channel")


def run_of(workspace: Workspace, named: str, *, lang: str) -> dict[str, Any]:
    """Return a run as a page shows it.

    Args:
        workspace: Open.
        named: The run's id or its beginning.
        lang: Language of the sentences.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    stored, picture = _picture(workspace, named, lang)
    return {
        "run_id": stored.run_id,
        "picture": picture,
        "shown": picture.shown,
        "words": RunWords(picture, lang),
        "network": _small_network(picture, RunWords(picture, lang)),
    }


def report_of(workspace: Workspace, named: str, *, lang: str) -> str:
    """Return a run as one self-contained page.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    _stored, picture = _picture(workspace, named, lang)
    return RunReport(lang=lang).page(picture)


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
    stored, picture = _picture(workspace, run_id, lang)
    finding = next(one for one in stored.findings if one.finding_id == finding_id)
    place = [one["finding_id"] for one in picture.shown["findings"]].index(finding_id)
    shown = picture.shown["findings"][place]
    t = translator(lang).gettext
    sources = findings.sources_of(workspace, stored, lang=lang)
    drawn = _own_network(workspace, stored.run_id, finding, sources)
    agreed = judgements.unmasking_staff(workspace, finding_id)
    return {
        "finding": shown,
        "run_id": run_id,
        "number": place + 1,
        "words": RunWords(picture, lang),
        "caveats": picture.shown["caveats"],
        "note": picture.shown["note"],
        "days": days_chart("days", picture.days[place], t),
        "n_days": picture.days[place],
        "weeks": _weeks(shown, t),
        "network": network(drawn) if drawn.ties else "",
        "ties": _tie_rows(drawn),
        "n_ties": len(drawn.ties),
        "n_not_drawn": max(0, len(finding.accounts) - len(drawn.nodes)),
        "is_mine": _mine(workspace, finding_id),
        "n_agreed": len(agreed),
        "n_needed": judgements.NEEDED_TO_UNMASK,
    }


def compare(workspace: Workspace, one: str, other: str) -> dict[str, Any]:
    """Return two runs beside one another: what both told, and only one of them.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: One is not as it was written.
    """
    ids = (runs.find_run(workspace, one), runs.find_run(workspace, other))
    stored = [runs.read_run(workspace, run_id) for run_id in ids]
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


def map_of(workspace: Workspace, named: str, *, lang: str) -> dict[str, Any]:
    """Return the groups of a run as discs, and how many accounts two of them share, as JSON.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    stored = runs.read_run(workspace, runs.find_run(workspace, named))
    ordered = run_reports.in_order(stored.findings)
    words = translator(lang).gettext
    shared: dict[tuple[int, int], int] = {}
    places: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(ordered):
        for account_id in found.accounts:
            for before in places[account_id]:
                shared[before, place] = shared.get((before, place), 0) + 1
            places[account_id].append(place)
    return {
        "clusters": [
            {"x": disc.x, "y": disc.y, "r": disc.radius, "n": len(found.accounts),
             "label": words("group {number}").format(number=place + 1),
             "finding": found.finding_id, "verdict": found.verdict}
            for place, (found, disc) in enumerate(
                zip(ordered, discs([len(one.accounts) for one in ordered]), strict=True)
            )
        ],
        "links": [[a, b, n] for (a, b), n in sorted(shared.items())],
    }  # fmt: skip


def cluster_of(workspace: Workspace, named: str, place: int, *, lang: str) -> dict[str, Any]:
    """Return one group of a run's map: accounts by masked label, and their ties, as JSON.

    Args:
        workspace: Open.
        named: The run's id or its beginning.
        place: Number of the group on the map, from 0.
        lang: Language of the labels.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    stored = runs.read_run(workspace, runs.find_run(workspace, named))
    ordered = run_reports.in_order(stored.findings)
    if not 0 <= place < len(ordered):
        return {"nodes": [], "ties": []}
    finding = ordered[place]
    sources = findings.sources_of(workspace, stored, lang=lang)
    accounts = sorted(finding.accounts, key=lambda one: sources.masks.labels[one])
    disc = discs([len(one.accounts) for one in ordered])[place]
    spots = members(disc, len(accounts))
    index = {account_id: number for number, account_id in enumerate(accounts)}
    nodes = [
        [x, y, _KINDS.index(sources.masks.kind(one)), _label(one, sources)]
        for one, (x, y) in zip(accounts, spots, strict=True)
    ]
    ties = _strongest(workspace, stored.run_id, index)
    ranked = sorted(ties.items(), key=lambda one: (-one[1], one[0]))[:MOST_TIES_SENT]
    return {"nodes": nodes, "ties": sorted([a, b, n] for (a, b), n in ranked)}


def _picture(workspace: Workspace, named: str, lang: str) -> tuple[StoredRun, RunPicture]:
    run_id = runs.find_run(workspace, named)
    stored = runs.read_run(workspace, run_id)
    sources = findings.sources_of(workspace, stored, lang=lang)
    edges = run_reports.own_edges(runs.read_edges(workspace, run_id), stored.findings)
    return stored, run_reports.picture_of(workspace, stored, sources, edges, lang=lang)


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


def _small_network(picture: RunPicture, words: RunWords) -> str:
    """The picture for browsers without scripts: whole groups, as many as fit."""
    drawn = network_of(picture, words, words.t)
    return network(drawn) if drawn is not None else ""


def _own_network(workspace: Workspace, run_id: str, finding: Finding, sources: Sources) -> Network:
    """The group and its ties; of a large group the first accounts by label."""
    t = sources.t
    accounts = sorted(finding.accounts, key=lambda one: sources.masks.labels[one])[:MOST_DRAWN]
    index = {account_id: place for place, account_id in enumerate(accounts)}
    ties = _strongest(workspace, run_id, index)
    return Network(
        chart_id="network",
        title=t("Who acted together"),
        about=t("Each mark is an account: squares are pages. A line joins two accounts that acted "
                "on the same things more often than chance explains."),
        groups=(t("This group"),),
        nodes=tuple(
            Node(label=_label(one, sources), group=0, is_page=sources.masks.kind(one) == "page")
            for one in accounts
        ),
        ties=tuple(Tie(a=a, b=b, n_objects=n) for (a, b), n in sorted(ties.items())),
    )  # fmt: skip


def _strongest(
    workspace: Workspace, run_id: str, index: Mapping[str, int]
) -> dict[tuple[int, int], int]:
    """Ties between some accounts: objects they share, in the look where they share most."""
    edges = runs.read_edges(workspace, run_id)
    if "account_a" not in edges.column_names:
        return {}
    found: dict[tuple[int, int], int] = {}
    columns = (edges[name].to_pylist() for name in ("account_a", "account_b", "n_objects"))
    for account_a, account_b, n_objects in zip(*columns, strict=True):
        if account_a in index and account_b in index:
            low, high = sorted((index[account_a], index[account_b]))
            found[low, high] = max(found.get((low, high), 0), n_objects)
    return found


def _tie_rows(drawn: Network) -> list[tuple[str, str, int]]:
    ranked = sorted(drawn.ties, key=lambda one: (-one.n_objects, one.a, one.b))
    return [
        (drawn.nodes[one.a].label, drawn.nodes[one.b].label, one.n_objects)
        for one in ranked[:_MOST_TIES_LISTED]
    ]


def _label(account_id: str, sources: Sources) -> str:
    message, number = sources.masks.labels[account_id]
    return sources.t(message).format(number=number)


def _mine(workspace: Workspace, finding_id: str) -> dict[str, Any]:
    """What the person at work said before; empty if nothing."""
    for one in judgements.judgements_of(workspace, finding_id):
        if one.author == workspace.staff_id:
            said = one.judgement
            return {"verdict": said.verdict, "note": said.note, "harm": said.harm,
                    "inauthenticity": said.inauthenticity,
                    "is_unmasking_pages": said.is_unmasking_pages}  # fmt: skip
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
