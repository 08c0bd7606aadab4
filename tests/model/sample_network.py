"""Platform cases, takedowns and indicators of the sample."""

from __future__ import annotations

from tests.model.sample_build import day, shown
from undersight.model import parts as p
from undersight.model import records as r


def network() -> tuple[r.Record, ...]:
    """Return the records, with names for ids."""
    return (*_cases(), *_takedowns(), *_indicators())


def _cases() -> tuple[r.Record, ...]:
    notice = p.Notice(
        received_on=day("2031-11-06"),
        lang="xx",
        rule_named="cybersecurity",
        decision=("DECISION_ACCOUNT_SUSPENDED",),
        is_automated=True,
        ground="DECISION_GROUND_INCOMPATIBLE_CONTENT",
    )
    return (
        shown(r.PlatformCase, "pc1", incident="in4", act="hijack2", account="page",
              platform="facebook", case_kind="hijack_recovery", notice=notice,
              steps=(p.CaseStep(at=day("2031-11-06"), channel="form", reference="77-1"),
                     p.CaseStep(at=day("2031-11-08"), is_from_platform=True, channel="email")),
              deadlines=(p.Deadline(rule="meta-suspension-review", due=day("2032-05-04"),
                                    basis="180 days from the suspension"),
                         p.Deadline(due=day("2031-11-25"), basis="asked by the lawyer"),
                         p.Deadline(due=day("2031-11-10"), is_done=True)),
              loss=p.Loss(followers_before=21000, followers_after=16000)),
        shown(r.PlatformCase, "pc2", incident="in4", act="hijack1", account="page",
              platform="facebook", case_kind="suspension", outcome="restored_with_loss",
              outcome_on=day("2031-02-20"),
              notice=p.Notice(received_on=day("2031-02-12"), rule_named="cybersecurity")),
    )  # fmt: skip


def _takedowns() -> tuple[r.Record, ...]:
    technique = p.Technique(
        framework="disarm", version="1.6", technique_id="T0049", label="Flood information space"
    )
    followers = p.Quantity(what="followers", amount=4000, unit="followers", is_rounded=True)
    return (
        shown(r.Takedown, "td1", name="Forward network", incident="in5", reporter="facebook",
              report="s-report-a", published=day("2031-06-10"), report_period=day("2031-05"),
              origins=("QV",), targets=("QV",), scope="domestic",
              removed=p.AssetCounts(accounts=589, pages=7906, instagram=447),
              followers=(followers,), active_from=day("2029~"), attributed_to=("union",),
              ad_spend=(p.Quantity(what="ad_spend", amount=6600, unit="USD", currency="USD",
                                   is_rounded=True),),
              attributed_as_text="individuals linked to the youth union",
              attribution_confidence="high", detection="internal", prior=("td0",),
              tactics=("comment_flooding", "pages_posing_as_people"), techniques=(technique,),
              indicators=("ind1", "ind2", "ind3", "ind4", "ind5"), other_platforms=("x",),
              summary={"en": "Pages that posed as people."}),
        shown(r.Takedown, "td2", name="Forward network", incident="in5", reporter="lab",
              report="s-report-b", published=day("2031-06-20"), origins=("QV",),
              removed=p.AssetCounts(accounts=612, pages=7906), attributed_to=("union",),
              attribution_confidence="moderate", detection="researcher"),
        shown(r.Takedown, "td0", name="Forward network, first wave", reporter="facebook",
              published=day("2030-10"), removed=p.AssetCounts(accounts=31)),
    )  # fmt: skip


def _indicators() -> tuple[r.Record, ...]:
    return (
        shown(r.Indicator, "ind1", indicator_type="domain_name", value="forward-news.example",
              phase="0.1", first_seen=day("2031-03"), source="s-report-a"),
        shown(r.Indicator, "ind2", indicator_type="phishing_url",
              value="https://login-sarnakhour.example/a'b", phase="8.1.2"),
        shown(r.Indicator, "ind3", indicator_type="ip", value="203.0.113.9"),
        shown(r.Indicator, "ind4", indicator_type="sha256", value="cd" * 32),
        shown(r.Indicator, "ind5", indicator_type="page", value="Forward Sarnak"),
    )  # fmt: skip
