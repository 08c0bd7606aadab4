"""How runs, findings and judgements look to programs: masked as on every page."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from undersight.web.api.caller import Asked, terms


class AccountLabel(BaseModel):
    """An account by its masked label; a page that two people agreed to name has its name."""

    label: str
    kind: str
    number: int
    name: str | None = None


class Effect(BaseModel):
    """A number and how uncertain it is."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    level: float


class PostSide(BaseModel):
    """One post of a pair."""

    who: str
    published: str
    text: str
    where: str


class PostsNear(BaseModel):
    """Two posts on one thing, close in time."""

    object: str
    delta_s: float
    a: PostSide
    b: PostSide


class ReasonView(BaseModel):
    """Why: a number, a sentence, the posts."""

    code: str
    number: float | None
    sentence: str
    pairs: list[PostsNear]
    series: dict[str, list[int]] = {}


class ObjectLabel(BaseModel):
    """What the group acted on."""

    kind: str
    words: str


class Innocent(BaseModel):
    """An innocent explanation and what came of checking it."""

    code: str
    outcome: str
    number: float | None
    sentence: str


class OverlapView(BaseModel):
    """The same evidence in another finding."""

    finding_id: str
    n_posts: int
    n_accounts: int


class JudgementView(BaseModel):
    """What somebody made of a finding."""

    verdict: str
    inauthenticity: str | None
    harm: str | None
    author: str
    note: str
    is_unmasking_pages: bool


class FindingView(BaseModel):
    """A group that acts together more than chance explains."""

    finding_id: str
    detector: str
    detector_version: int
    view: str
    window_s: float
    windows_s: list[float]
    views: list[str]
    verdict: str
    verdict_words: str
    is_explained: bool
    score: float
    effect: Effect
    p: float
    q: float
    n: dict[str, int]
    accounts: list[AccountLabel]
    targets: list[AccountLabel]
    objects: list[ObjectLabel]
    reasons: list[ReasonView]
    benign: list[Innocent]
    blind_spots: list[str]
    caveats: list[str]
    parameters: dict[str, Any]
    overlaps: list[OverlapView]
    judgements: list[JudgementView]


class RunLine(BaseModel):
    """One run in a list."""

    run_id: str
    digest: str
    corpus_digest: str
    started: str
    detectors: list[str]
    windows_s: list[float]
    n_looks: int
    n_findings: int
    n_earlier_runs: int


class RunView(BaseModel):
    """A run and some of its findings, the most accounts first."""

    run_id: str
    digest: str
    corpus_digest: str
    n_earlier_runs: int
    n_looks: int
    n_looks_without_data: int
    counts: dict[str, int]
    caveats: list[str]
    note: str
    n_findings: int
    findings: list[FindingView]


class Opinion(Asked):
    """What you make of a finding; an earlier opinion of yours is changed."""

    verdict: str = Field(json_schema_extra=terms("judgement_verdict"))
    note: str = Field(min_length=1, max_length=10_000, description="Why.")
    inauthenticity: str = Field(default="", json_schema_extra=terms("separate_verdict", ""))
    harm: str = Field(default="", json_schema_extra=terms("separate_verdict", ""))
    is_unmasking_pages: bool = Field(default=False, description="Agrees to name the pages.")


class Judged(BaseModel):
    """A stored judgement, and how many people agree to name the pages."""

    finding_id: str
    verdict: str
    n_agreed_to_unmask_pages: int
    n_needed_to_unmask_pages: int
