"""Incidents, acts, who was involved, claims and updates of the sample."""

from __future__ import annotations

from tests.model.sample_build import ONLINE, act, day, incident, says, shown, took
from undersight.model import parts as p
from undersight.model import records as r


def entries() -> tuple[r.Record, ...]:
    """Return the records, with names for ids."""
    return (*_incidents(), *_acts(),
            *_involvements(), *_claims(), *_updates(), *_desk())  # fmt: skip


def _incidents() -> tuple[r.Record, ...]:
    follows = p.RelatedTo(link="retaliation_for", record="in4")
    return (
        incident("in1", "QV-2031-0001", "Reporter questioned, jailed and charged over a post",
                 verification="confirmed", last_news=day("2031-05-10"), topics=("bridge",),
                 summary={"en": "Tarvin Oskelde was called in, jailed for 30 days and charged.",
                          "ru": "Тарвина Оскельде вызвали, арестовали и обвинили."},
                 sources=("s-hour", "s-valley", "s-release", "s-court"), related=(follows,),
                 evidence=("ab" * 32,)),
        incident("in2", "QV-2031-0002", "Prosecutor warns eight users",
                 sources=("s-valley",), last_news=day("2031-06-02")),
        incident("in3", "QV-2031-0003", "Pupil questioned at school over a comment",
                 sources=("s-valley", "s-secret"), last_news=day("2031-11-01"),
                 summary={"en": "A 16-year-old pupil was questioned; call 050 123 45 67."}),
        incident("in4", "QV-2031-0004", "Page of Sarnak Hour hijacked twice", place=ONLINE,
                 sources=("s-hour",), last_news=day("2031-11-20")),
        incident("in5", "QV-2031-0005", "Network of 589 accounts removed", place=ONLINE,
                 sources=("s-report-a", "s-report-b"), first_published=day("2031-06-10")),
        incident("in6", "QV-2031-0006", "Office says it reads everything; messenger slowed",
                 place=p.Place(country="QV", precision="country"), periods=("war",)),
        incident("in7", "", "A bribe was asked", visibility="internal", sources=("s-secret",)),
        incident("in8", "QV-2031-0008", "Activist serving three years", sources=("s-court",),
                 last_news=day("2031-08-01"), monitoring_status="active"),
        shown(r.Period, "war", period_kind="war", title={"en": "Border war"}, country="QV",
              start=day("2031-06"), end=day("2031-08")),
    )  # fmt: skip


def _acts() -> tuple[r.Record, ...]:
    listed = p.Quantity(
        what="people_warned",
        amount=8,
        unit="people",
        n_listed=6,
        source="s-valley",
        as_text="eight users",
    )
    loss = p.Loss(
        followers_before=21000, followers_after=16000, posts_lost_since=day("2027"), days_down=4
    )
    return (
        act("asked", "in1", "questioning", "2031-05-02", manners=("no_letter", "with_relatives"),
            threatened_consequence={"en": "or else a case"}, target_items=("post",),
            detail={"en": "He was asked about his family."},
            believed_ground={"en": "the post about the bridge"}),
        act("relatives", "in1", "pressure_on_relatives", "2031-05-02"),
        act("jailed", "in1", "administrative_detention", "2031-05-04", end="2031-06-03",
            stated_ground={"en": "disobeying the police"}, platforms=("facebook",),
            believed_ground={"en": "the post about the bridge"}, target_items=("post",),
            related=(p.RelatedTo(link="pretext_for", record="charged"),)),
        act("charged", "in1", "charge", "2031-05-06", offences=("posting forbidden information",)),
        act("warned", "in2", "official_warning", "2031-06-01", quantities=(listed,)),
        act("school", "in3", "questioning", "2031-10", place=p.Place(
            country="QV", locality="Ormel", site="School 4", precision="exact")),
        act("hijack1", "in4", "hijack_page", "2031-02-11", target_accounts=("page",),
            entry_path="employee_profile", tactics=("phishing",), platforms=("facebook",)),
        act("hijack2", "in4", "hijack_page", "2031-11-03/2031-11-05", target_accounts=("page",),
            entry_path="sms_interception", tactics=("sms_interception",), loss=loss,
            platforms=("facebook",)),
        act("profile-hack", "in4", "hijack_account", "2031-11-03", attempt="attempted",
            target_accounts=("profile",), platforms=("facebook",)),
        act("watching", "in6", "monitoring_announced", "2031-07-01"),
        act("slowed", "in6", "service_blocking", "2031-07", end="2031-08-15",
            platforms=("telegram",)),
        act("draft", "in6", "legislation", "2031"),
        act("bribe", "in7", "bribe_demand", "2031-09-02", visibility="internal"),
        act("held", "in8", "arrest", "2030-03", end=None),
        act("sentenced", "in8", "sentence", "2031-01-20"),
        act("beaten", "in8", "ill_treatment", "2030-03~", detail={"en": "Said at the appeal."}),
    )  # fmt: skip


def _involvements() -> tuple[r.Record, ...]:
    days = p.Sentence(
        kind="administrative_detention",
        amount=30,
        unit="days",
        pronounced_on=day("2031-05-04"),
        from_on=day("2031-05-04"),
    )
    years = p.Sentence(kind="prison", amount=3, unit="years", pronounced_on=day("2031-01-20"))
    return (
        took(
            "i-asked",
            "asked",
            "tarvin",
            status="questioned_released",
            responses=(p.Response(response="refused", at=day("2031-05-02")),),
        ),
        took("i-relatives", "relatives", "parents", count_min=2, count_max=2),
        took(
            "i-jailed",
            "jailed",
            "tarvin",
            status="released_served",
            sentences=(days,),
            status_since=day("2031-06-03"),
        ),
        took("i-jailed-by", "jailed", "ministry", "alleged_perpetrator", degree="direct"),
        took("i-jailed-court", "jailed", "court", "court"),
        took("i-charged", "charged", "tarvin", status="released_pending"),
        took("i-warned", "warned", "melisa", responses=(p.Response(response="hid"),)),
        took("i-warned7", "warned", "seven"),
        took("i-warned-by", "warned", "prosecutor", "prosecutor"),
        took("i-school", "school", "dervan", affiliation_as_stated="pupil of School 4"),
        took("i-hijack1", "hijack1", "hour"),
        took("i-hijack2", "hijack2", "hour"),
        took("i-hack", "profile-hack", "tarvin"),
        took("i-watching", "watching", "ministry", "official"),
        took("i-bribe", "bribe", "iskra", visibility="internal"),
        took("i-held", "held", "ressa", status="detained_held"),
        took("i-sentenced", "sentenced", "ressa", sentences=(years,), status="detained_held"),
        took("i-beaten", "beaten", "ressa"),
        took("i-beaten-by", "beaten", "nobody", "alleged_perpetrator", degree="suspected"),
    )


def _claims() -> tuple[r.Record, ...]:
    return (
        says(
            "c1",
            "asked",
            "denies",
            "speaker",
            field="manners",
            value="with_relatives",
            statement="that relatives were summoned",
            carried_by="s-release",
            said=day("2031-05-03"),
            connection="authority",
        ),
        says(
            "c2",
            "asked",
            "asserts",
            "tarvin",
            carried_by="s-valley",
            connection="victim",
            statement="He was called by telephone.",
            credibility="2",
        ),
        says("c3", "asked", "asserts", "lawyer", carried_by="s-hour", connection="lawyer"),
        says(
            "c4",
            "jailed",
            "gives_other_explanation",
            "ministry",
            field="stated_ground",
            carried_by="s-release",
            said=day("2031-05-04"),
            connection="authority",
            statement="that he resisted officers",
        ),
        says(
            "c5",
            "charged",
            "acknowledges",
            "prosecutor",
            carried_by="s-court",
            said=day("2031-05-06"),
            connection="authority",
        ),
        says(
            "c6",
            "asked",
            "asserts",
            carried_by="s-court",
            speaker_as_text="a source at police",
            speaker_alternatives=("ministry", "speaker"),
            status="disputed",
        ),
        says(
            "c7",
            "td1",
            "denies",
            "ministry",
            carried_by="s-valley",
            said=day("2031-06-11"),
            field="attributed_to",
            statement="that it has anything to do with the network",
            connection="authority",
        ),
        says(
            "c8",
            "td1",
            "asserts",
            "facebook",
            field="removed",
            value={"accounts": 589},
            carried_by="s-report-a",
        ),
        says(
            "c9",
            "td1",
            "asserts",
            "lab",
            field="removed",
            value={"accounts": 612},
            carried_by="s-report-b",
            status="conflict",
        ),
        says(
            "c10",
            "warned",
            "asserts",
            "prosecutor",
            carried_by="s-valley",
            field="quantities",
            statement="eight users were warned",
            connection="authority",
            status="source_error",
            status_note={"en": "Its own list has six."},
        ),
        says(
            "c11",
            "beaten",
            "declines_comment",
            "ministry",
            said=day("2031-08"),
            carried_by="s-court",
            connection="authority",
        ),
        says("c12", "school", "asserts", "dervan", carried_by="s-secret", visibility="internal"),
    )


def _updates() -> tuple[r.Record, ...]:
    return (
        shown(
            r.Update,
            "u1",
            incident="in1",
            number=1,
            published=day("2031-05-06"),
            note={"en": "A second charge was brought.", "ru": "Новое обвинение."},
        ),
        shown(
            r.Update,
            "u2",
            incident="in1",
            number=2,
            published=day("2031-05-07"),
            update_kind="denial_added",
            note={"en": "The ministry denies one detail."},
        ),
        shown(
            r.Update,
            "u3",
            incident="in8",
            number=1,
            published=day("2031-08-01"),
            note={"en": "At the appeal she said that she was beaten."},
        ),
        shown(
            r.Update,
            "u4",
            incident="in2",
            number=1,
            published=day("2031-06-02"),
            update_kind="correction",
            note={"en": "The list has six names, not eight."},
        ),
    )


def _desk() -> tuple[r.Record, ...]:
    return (
        r.Intervention(record_id="help", incident="in1", party="tarvin", at=day("2031-05-05"),
                       intervention_type="legal_aid", response="pledge",
                       detail="A lawyer was sent."),
        r.IdentityDecision(record_id="same", kept="tarvin", other="melisa", verdict="different",
                           score=0.31, reasons=("given names differ",)),
        r.HarmReview(record_id="review", about="in1", question="phone", finding="0" * 64,
                     answer="no_risk", note="A hotline."),
        r.SavedSearch(record_id="search", name="jailed", query="jail",
                      facets=("act_type=arrest",)),
        r.Judgement(record_id="judged", finding="f-" + "1" * 16, run_digest="0" * 64,
                    verdict="stands", inauthenticity="unclear", is_unmasking_pages=True,
                    note="Four of the posts were read."),
    )  # fmt: skip
