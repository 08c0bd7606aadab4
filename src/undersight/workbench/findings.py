"""Findings as people and programs may see them: masked, with the words of their posts.

Ids of accounts and posts stay in the run's folder. What is shown leads back to the evidence by
the place in the sealed original, which only who holds the workspace can open.
"""

from __future__ import annotations

import datetime as dt
import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.i18n import _, translator
from undersight.presentation import sampling_words
from undersight.presentation.phrases import in_figures, lasting
from undersight.text import defang
from undersight.workbench import judgements, run_index, runs
from undersight.workbench.keeping import counted
from undersight.workbench.masking import Masks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import duckdb

    from undersight.model.finding import BenignCheck, Finding, PostPair, Reason
    from undersight.workbench.judgements import Judged
    from undersight.workbench.runs import StoredRun
    from undersight.workbench.session import Workspace

VERDICT_WORDS: Mapping[str, str] = {
    "co-timed": _("Acts on the same things, closer in time than others who act on them."),
    "same-choices": _(
        "Acts on the same things more than chance explains; its timing is like everybody's. "
        "A shared audience looks like this too."
    ),
    "dominates-target": _(
        "Makes half or more of the actions on what it acts on: whether its timing is too close "
        "cannot be tested there."
    ),
    "not-enough-data": _("Too little data to tell."),
}
SEPARATE_QUESTIONS = _(
    "This speaks of acting together only. Whether accounts are what they say they are, and "
    "whether harm was done, are two other questions."
)
_TEXTS = """
SELECT post_id, text, published_us, resolution_us, import_digest, locator
FROM posts WHERE post_id IN $ids ORDER BY post_id
"""
_MINUTE_US, _DAY_US = 60_000_000, 86_400_000_000
_MOST_OBJECTS = 20
_MOST_KEPT = 50_000  # posts of one run whose texts stay in memory
_MOST_LETTERS = 280
_OBJECT_KINDS = {
    "url": "link", "domain": "site", "exact": "text", "near": "text", "words": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is needed to show a run.

    Args:
        stored: The run.
        masks: The labels of its accounts.
        posts: Text, time and place by post id, of posts that the corpus still holds.
        page_names: Names of pages that may be named, by finding and account id.
        said: What people made of findings, by finding.
        t: Translates an English message.
        lang: The language that it translates into.
    """

    stored: StoredRun
    masks: Masks
    posts: Mapping[str, tuple[str, str, str]]
    page_names: Mapping[str, Mapping[str, str]]
    said: Mapping[str, tuple[Judged, ...]]
    t: Callable[[str], str]
    lang: str


def present(workspace: Workspace, named: str = "", *, lang: str = "en") -> dict[str, Any]:
    """Return a run with its findings, masked, as JSON.

    Args:
        workspace: Open.
        named: The run's id or its beginning; the latest by default.
        lang: Language of the sentences.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    stored = run_index.stored_run(workspace, named)
    sources = sources_of(workspace, stored, lang=lang)
    shown = [show(one, sources) for one in stored.findings]
    return {**run_words(stored, sources), "findings": shown}


def run_words(stored: StoredRun, sources: Sources) -> dict[str, Any]:
    """Return what a run says of itself as JSON, without its findings.

    Args:
        stored: The run.
        sources: What it is shown with.
    """
    run = stored.run
    return {
        "run_id": stored.run_id,
        "digest": run.digest,
        "corpus_digest": run.corpus_digest,
        "n_earlier_runs": stored.timing.get("n_earlier_runs", 0),
        "n_looks": len(run.looks),
        "n_looks_without_data": sum(one.outcome != "looked" for one in run.looks),
        "counts": dict(run.counts),
        "caveats": [sampling_words.told(one, sources.lang) for one in run.caveats],
        "note": sources.t(SEPARATE_QUESTIONS),
    }


def sources_of(
    workspace: Workspace,
    stored: StoredRun,
    *,
    lang: str = "en",
    among: Iterable[Finding] | None = None,
) -> Sources:
    """Fetch what is needed to show a run: labels of everybody, texts, judgements.

    Args:
        workspace: Open.
        stored: The run.
        lang: Language of the sentences.
        among: The findings that will be shown; all of them by default.
    """
    wanted = stored.findings if among is None else tuple(among)
    posts = {
        post for finding in wanted for pair in finding.pairs for post in (pair.post_a, pair.post_b)
    }
    nobody = Masks(labels={}, kinds={})
    masks = run_index.masks_of(workspace, stored) if wanted else nobody
    texts = _texts_of_run(workspace, stored, posts)
    said = judgements.by_finding(workspace)
    keyed = judgements.holding_keys(workspace)
    agreed = {
        finding.finding_id: judgements.agreeing(said.get(finding.finding_id, ()), keyed)
        for finding in wanted
    }
    page_names = {
        finding.finding_id: {
            one: masks.names[one]
            for one in run_index.everybody(finding)
            if masks.kind(one) == "page" and one in masks.names
        }
        for finding in wanted
        if len(agreed[finding.finding_id]) >= judgements.NEEDED_TO_UNMASK
    }
    return Sources(
        stored=stored,
        masks=masks,
        posts=texts,
        page_names=page_names,
        said=said,
        t=translator(lang).gettext,
        lang=lang,
    )


def show(
    finding: Finding, sources: Sources, *, most_accounts: int | None = None
) -> dict[str, Any]:
    """Return one finding as JSON without an id, name or handle of anybody in it.

    A page that two people agreed to name is named; nobody else ever is.

    Args:
        finding: The finding.
        sources: What it is shown with.
        most_accounts: How many labels of its group are listed; all by default.
    """
    t = sources.t
    listed = _listed(finding.accounts, sources, most_accounts)
    return {
        "finding_id": finding.finding_id,
        "detector": finding.detector,
        "detector_version": finding.detector_version,
        "view": finding.view,
        "window_s": finding.window_us / 1_000_000,
        "windows_s": [one / 1_000_000 for one in finding.windows_us],
        "views": list(finding.views),
        "verdict": finding.verdict,
        "verdict_words": t(VERDICT_WORDS[finding.verdict]),
        "is_explained": finding.is_explained,
        "score": finding.score,
        "effect": {
            "name": finding.effect.name,
            "value": finding.effect.value,
            "low": finding.effect.low,
            "high": finding.effect.high,
            "level": finding.effect.level,
        },
        "p": finding.p,
        "q": finding.q,
        "n": dict(finding.n),
        "accounts": [account_words(one, finding.finding_id, sources) for one in listed],
        "targets": [account_words(one, finding.finding_id, sources) for one in finding.targets],
        "objects": [
            object_words(one, finding, sources) for one in finding.objects[:_MOST_OBJECTS]
        ],
        "reasons": [_reason(one, finding, sources) for one in finding.reasons],
        "benign": [_check(one, sources) for one in finding.benign],
        "blind_spots": [t(one) for one in finding.blind_spots],
        "caveats": [sampling_words.told(one, sources.lang) for one in finding.caveats],
        "parameters": dict(finding.parameters),
        "overlaps": [
            {"finding_id": one.finding_id, "n_posts": one.n_posts, "n_accounts": one.n_accounts}
            for one in finding.overlaps
        ],
        "judgements": _opinions(sources.said.get(finding.finding_id, ())),
    }


def window_words(seconds: float) -> str:
    """Return a window as a terminal says it: ``1 hour``, not 3600 s."""
    return lasting(seconds, "en")


def _listed(accounts: Sequence[str], sources: Sources, most: int | None) -> list[str]:
    """The accounts that are listed, by kind and number."""
    masks = sources.masks
    number = {one: (masks.kind(one), masks.labels[one][1]) for one in accounts}
    if most is None or len(accounts) <= most:
        return sorted(accounts, key=number.__getitem__)
    return heapq.nsmallest(most, accounts, key=number.__getitem__)


def account_words(account_id: str, finding_id: str, sources: Sources) -> dict[str, Any]:
    """Return an account's label and kind; of a page that may be named, its name too."""
    message, number = sources.masks.labels[account_id]
    words: dict[str, Any] = {
        "label": sources.t(message).format(number=number),
        "kind": sources.masks.kind(account_id),
        "number": number,
    }
    name = sources.page_names.get(finding_id, {}).get(account_id)
    return {**words, "name": name} if name else words


def object_words(object_id: str, finding: Finding, sources: Sources) -> dict[str, Any]:
    """Return what a group acted on: a link or site defanged, a text masked, a post by number."""
    kind = _OBJECT_KINDS.get(finding.view)
    if kind in ("link", "site"):
        return {"kind": kind, "words": defang(object_id)}
    if kind == "text":
        return {"kind": kind, "words": _short(sources.masks.text(object_id))}
    if finding.view == "page":
        return {
            "kind": "page",
            "words": account_words(object_id, finding.finding_id, sources)["label"],
        }
    number = finding.objects.index(object_id) + 1
    return {"kind": "post", "words": sources.t(_("post {number}")).format(number=number)}


def _reason(reason: Reason, finding: Finding, sources: Sources) -> dict[str, Any]:
    who = ", ".join(
        account_words(one, finding.finding_id, sources)["label"] for one in reason.accounts
    )
    return {
        "code": reason.code,
        "number": reason.number,
        "sentence": sources.t(reason.sentence).format(
            **_figures(reason.values, sources.lang),
            who=who,
            window=lasting(finding.window_us / 1_000_000, sources.lang),
        ),
        "pairs": [_pair(one, finding, sources) for one in reason.pairs],
        **({"series": {name: list(n) for name, n in reason.series.items()}} if reason.series
           else {}),
    }  # fmt: skip


def _figures(values: Mapping[str, object], lang: str) -> dict[str, object]:
    """What stands in a sentence, its numbers as the reader's language writes them."""
    return {k: in_figures(one, lang) if isinstance(one, str) else one for k, one in values.items()}


def _pair(pair: PostPair, finding: Finding, sources: Sources) -> dict[str, Any]:
    return {
        "object": object_words(pair.object, finding, sources)["words"],
        "delta_s": abs(pair.delta_us) / 1_000_000,
        "a": _post(pair.post_a, pair.account_a, finding, sources),
        "b": _post(pair.post_b, pair.account_b, finding, sources),
    }


def _post(post_id: str, account_id: str, finding: Finding, sources: Sources) -> dict[str, Any]:
    text, published, where = sources.posts.get(post_id, ("", "", ""))
    return {
        "who": account_words(account_id, finding.finding_id, sources)["label"],
        "published": published,
        "text": _short(sources.masks.text(text)),
        "where": where,
    }


def _check(check: BenignCheck, sources: Sources) -> dict[str, Any]:
    return {
        "code": check.code,
        "outcome": check.outcome,
        "number": check.number,
        "sentence": sources.t(check.sentence).format(**_figures(check.values, sources.lang)),
    }


def _opinions(said: Iterable[Judged]) -> list[dict[str, Any]]:
    return [
        {
            "verdict": one.judgement.verdict,
            "inauthenticity": one.judgement.inauthenticity,
            "harm": one.judgement.harm,
            "author": one.author,
            "note": one.judgement.note,
            "is_unmasking_pages": one.judgement.is_unmasking_pages,
        }
        for one in said
    ]


def _texts_of_run(
    workspace: Workspace, stored: StoredRun, post_ids: set[str]
) -> Mapping[str, tuple[str, str, str]]:
    """Texts of a run's posts: to find a few among millions takes as long as to find all."""
    if not post_ids:
        return {}
    pairs = (pair for finding in stored.findings for pair in finding.pairs)
    everything = {post for pair in pairs for post in (pair.post_a, pair.post_b)}
    is_little = len(everything) <= _MOST_KEPT
    wanted = everything if is_little else post_ids

    def read() -> dict[str, tuple[str, str, str]]:
        with workspace.corpus.connection() as connection:
            return _texts(connection, wanted)

    if is_little:
        texts: Mapping[str, tuple[str, str, str]] = counted(
            workspace, f"{stored.run_id}-texts", read
        )
        return texts
    return read()


def _texts(
    connection: duckdb.DuckDBPyConnection, post_ids: Iterable[str]
) -> dict[str, tuple[str, str, str]]:
    # A list is sought in the file itself: a join would read the words of all posts first.
    rows = connection.execute(_TEXTS, {"ids": sorted(post_ids)}).fetchall()
    return {
        post_id: (text or "", moment_words(published_us, unit_us), f"{digest[:12]} {locator}")
        for post_id, text, published_us, unit_us, digest, locator in rows
    }


def moment_words(us: int | None, unit_us: int | None = None) -> str:
    """Return a moment no finer than it was given: no seconds of a minute, no hour of a day.

    Args:
        us: µs since 1970 UTC; None where unknown.
        unit_us: How fine it was given, µs; None where unknown.
    """
    if us is None:
        return ""
    moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=us)
    if unit_us is not None and unit_us >= _DAY_US:
        return moment.date().isoformat()
    fineness = "minutes" if unit_us is not None and unit_us >= _MINUTE_US else "seconds"
    return moment.isoformat(timespec=fineness).replace("+00:00", "Z")


def _short(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"


def list_runs(workspace: Workspace) -> list[dict[str, Any]]:
    """Return the runs there are, latest first, as JSON."""
    lines = []
    for run_id in reversed(runs.run_ids(workspace)):
        run = runs.read_manifest(workspace, run_id)
        timing = runs.read_timing(workspace, run_id)
        lines.append(
            {
                "run_id": run_id,
                "digest": run.digest,
                "corpus_digest": run.corpus_digest,
                "started": moment_words(timing.get("started_us")),
                "detectors": [one.detector for one in run.detectors],
                "windows_s": sorted({look.window_us / 1_000_000 for look in run.looks}),
                "n_looks": len(run.looks),
                "n_findings": len({one for look in run.looks for one in look.findings}),
                "n_earlier_runs": timing.get("n_earlier_runs", 0),
            }
        )
    return lines
