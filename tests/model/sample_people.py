"""People, accounts, posts, law and sources of the sample."""

from __future__ import annotations

from tests.model.sample_build import day, named, party, shown
from undersight.model import parts as p
from undersight.model import records as r


def people() -> tuple[r.Record, ...]:
    """Return the records, with names for ids."""
    return (*_people(), *_things(), *_law(), *_sources())


def _people() -> tuple[r.Record, ...]:
    everything = p.Consent(scope="everything", given_on=day("2031-05-01"))
    consent = p.Consent(scope="name", given_on=day("2031-05-20"), given_to="staff-7")
    taken_back = p.Consent(scope="name", withdrawn_on=day("2031-09-09"))
    return (
        party("tarvin", "Tarvin Oskelde",
              named("Тарвин Оскельде", "ru", "Cyrl", "transliteration"),
              occupations=("journalist",), gender="man", member_of=("hour",),
              born=day("1996"), risk_flags=("in_custody",), consents=(everything,),
              biography={"en": "Reporter of Sarnak Hour.", "ru": "Репортёр."}),
        party("melisa", "Melisa Quorrin", occupations=("blogger",), gender="woman",
              public_exposure="consented", consents=(consent,)),
        party("dervan", "Dervan Ystrel", named("Дерван Истрел", "ru", "Cyrl", "transliteration"),
              named("a 16-year-old pupil", use="public_label"), occupations=("student",),
              gender="man", born=day("2015-03"), public_exposure="withheld",
              risk_flags=("minor",)),
        party("halim", "Halim Torvesh", named("a bus driver", use="public_label"),
              occupations=("worker",), public_exposure="withheld", consents=(taken_back,)),
        party("iskra", "Iskra Velmorn", occupations=("teacher",), public_exposure="unknown",
              retaliation_note="Her brother works for the city.", visibility="internal"),
        party("ressa", "Ressa Volin", occupations=("activist",), gender="woman",
              risk_flags=("in_custody", "health"), naming_reason="Asked by her lawyer."),
        party("seven", kind="group", count_min=7, count_max=7, occupations=("ordinary_user",)),
        party("crowd", kind="group", count_min=10, count_max=15),
        party("parents", named("parents of the journalist", use="public_label"), kind="family",
              count_min=2, count_max=2, public_exposure="withheld"),
        party("ministry", "Ministry of the Interior of Qaravel", kind="public_body"),
        party("speaker", "Orlan Besk", occupations=("spokesperson",), member_of=("ministry",),
              position="spokesperson"),
        party("prosecutor", "General Prosecutor of Qaravel", kind="public_body"),
        party("court", "Sarnak District Court", kind="public_body"),
        party("hour", "Sarnak Hour", kind="outlet"),
        party("valley", "Valley Post", kind="outlet"),
        party("lawyer", "Udo Marrick", occupations=("lawyer",),
              naming_reason="Speaks to the press."),
        party("facebook", "Facebook", kind="platform"),
        party("lab", "Open Signals Lab", kind="organisation"),
        party("union", "Forward Youth Union of Qaravel", kind="organisation"),
        party("nobody", kind="unidentified"),
    )  # fmt: skip


def _things() -> tuple[r.Record, ...]:
    admin = p.Administration(profile="profile", party="tarvin", is_only_one=True)
    return (
        shown(r.Account, "profile", platform="facebook", asset_kind="profile", owner="tarvin",
              title="Tarvin O.", handles=(p.Handle(value="tarvin.oskelde", since=day("2019")),),
              badge="lost", url="https://www.facebook.com/tarvin.oskelde"),
        shown(r.Account, "page", platform="facebook", asset_kind="page", owner="hour",
              title="Sarnak Hour", native_id="1000200030004", administrations=(admin,),
              observations=(p.Observation(at=day("2031-02"), followers=21000, state="live"),
                            p.Observation(at=day("2031-11-04"), followers=16000,
                                          state="hijacked"))),
        shown(r.Account, "site", platform="website", asset_kind="domain",
              title="sarnakhour.example", url="https://sarnakhour.example/", owner="hour"),
        shown(r.Item, "post", account="profile", author="tarvin", posted=day("2031-04-28"),
              text="The bridge cost four times what they said.", lang="en", gone=day("2031-05-10"),
              state="deleted_under_pressure", about={"en": "the price of a bridge"},
              url="https://www.facebook.com/tarvin.oskelde/posts/1", captures=("ab" * 32,)),
        shown(r.Item, "post2", account="profile", author="tarvin", posted=day("2031-04"),
              gone=day("2031-05"), state="gone_unknown"),
        shown(r.Item, "post3", account="profile", author="tarvin", posted=day("2031-07-01"),
              gone=day("2031-08-02"), state="hidden_by_author"),
        shown(r.Item, "comment", account="page", author="melisa", item_kind="comment",
              state="deleted_by_author", text="Who signed it?", gone=day("2031-05-09~")),
    )  # fmt: skip


def _law() -> tuple[r.Record, ...]:
    return (
        shown(r.Provision, "a535", jurisdiction="QV", instrument_kind="administrative_code",
              instrument="Code of Administrative Offences", path=("535", "1"), citation="535.1",
              cited_as=("535.1", "Article 535-1"), title={"en": "Disobeying the police"},
              penalty={"en": "Fine or up to 30 days."}, binds=("everyone",)),
        shown(r.Provision, "a388", jurisdiction="QV", instrument_kind="administrative_code",
              instrument="Code of Administrative Offences", path=("388", "1", "1"),
              citation="388.1.1", cited_as=("388-1.1.1",), valid_from=day("2029-06-01"),
              title={"en": "Posting forbidden information"}),
        shown(r.Provision, "a147", jurisdiction="QV", instrument_kind="criminal_code",
              instrument="Criminal Code", path=("147", "2"), citation="147.2"),
        shown(r.Citation, "cite1", provision="a535", act="jailed", involvement="i-jailed",
              capacity="convicted", as_cited="Article 535-1", cited_by="court"),
        shown(r.Citation, "cite2", provision="a388", act="charged", capacity="charged",
              as_cited="388-1.1.1", cited_by="prosecutor", cited=day("2031-05-06"),
              three_part_test=p.ThreePartTest(prescribed_by_law="unclear", necessary="not_met",
                                              note={"en": "No one was harmed."})),
        shown(r.Citation, "cite3", provision="a388", act="warned", capacity="warned"),
        shown(r.Citation, "cite4", provision="a147", act="sentenced", capacity="convicted"),
        shown(r.Proceeding, "case1", incident="in1", party="tarvin", case_no="2031/771",
              court="court", court_type="administrative", court_level="first_instance",
              charges=(p.Charge(provision="a388", as_cited="388-1.1.1", status="pending",
                                status_on=day("2031-05-06")),),
              hearings=(p.Hearing(at=day("2031-12-09")), p.Hearing(at=day("2031-05-20"))),
              next_date=day("2031-12-09")),
        shown(r.Proceeding, "case2", incident="in1", party="tarvin", direction="by_victim",
              court="court"),
    )  # fmt: skip


def _sources() -> tuple[r.Record, ...]:
    return (
        shown(r.Source, "s-hour", title="Reporter jailed", publisher="hour", lang="en",
              url="https://sarnakhour.example/a?x=1", published=day("2031-05-04"),
              reliability="B"),
        shown(r.Source, "s-valley", title="He was called in", publisher="valley", reliability="C",
              published=day("2031-05-03"), url="https://valleypost.example/1"),
        shown(r.Source, "s-release", source_kind="official_release", title="Answer to the press",
              publisher="ministry", published=day("2031-05-03"), reliability="D"),
        shown(r.Source, "s-court", source_kind="court_record", title="Ruling 771"),
        r.Source(record_id="s-secret", source_kind="own_interview", title="Conversation",
                 identity="src-abcdefghijklmnopqrst", remark="Told by his cousin Iskra."),
        shown(r.Source, "s-report-a", source_kind="platform_report", title="Removals, spring"),
        shown(r.Source, "s-report-b", source_kind="research", title="The youth network",
              publisher="lab"),
    )  # fmt: skip
