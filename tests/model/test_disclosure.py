from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any

import pytest

from undersight.model.disclosure import (
    DESK_KINDS,
    Disclosure,
    Mention,
    hidden_parties,
    is_visible,
    replaced,
    visible,
)
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.naming import Audience
from undersight.model.parts import CaseStep, Consent, Handle, Hearing, Notice, PersonName
from undersight.model.records import (
    KINDS,
    Account,
    Claim,
    Incident,
    Indicator,
    Intervention,
    Involvement,
    Item,
    Party,
    PlatformCase,
    Proceeding,
    Record,
    Source,
)
from undersight.model.schema import fields_of

TODAY = dt.date(2031, 6, 1)
AYSEL = Party(
    record_id="p1",
    visibility="public",
    names=(PersonName(value="Aysel Quliyeva", lang="az"),),
    occupations=("blogger",),
    position="editor",
    member_of=("p9",),
    gender="f",
    born=FuzzyDate("1990"),
    biography={"en": "She writes."},
    remark="call after six",
    naming_reason="none yet",
    consents=(Consent(scope="photograph", given_to="s-ada", note="by phone"),),
    risk_flags=("family_at_risk",),
)
MINISTRY = Party(
    record_id="p2",
    visibility="public",
    party_kind="public_body",
    names=(PersonName(value="Ministry of Order", lang="en"),),
)
NAMED = Party(
    record_id="p3",
    visibility="public",
    names=(PersonName(value="Tural Rzayev"),),
    public_exposure="consented",
    gender="m",
)
PROFILE = Account(record_id="x1", asset_kind="profile", owner="p1", title="Aysel Quliyeva")
PAGE = Account(record_id="x2", asset_kind="page", owner="p3", title="Roads")


def find(text: str, near: frozenset[str]) -> list[Mention]:
    """A finder as simple as can be."""
    parts = "|".join(["Aysel Quliyeva", "Quliyeva"] if "p1" in near else ["Aysel Quliyeva"])
    return [Mention(start=m.start(), end=m.end(), party_id="p1") for m in re.finditer(parts, text)]


def policy(audience: Audience = "public", **how: Any) -> Disclosure:
    return Disclosure(
        audience=audience,
        parties=[AYSEL, MINISTRY, NAMED],
        accounts=[PROFILE, PAGE],
        on=TODAY,
        finder=find,
        near={"i1": frozenset({"p1"})},
        **how,
    )


def shown(record: Record, audience: Audience = "public") -> Any:
    return policy(audience).visible(record)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nothing_goes_out_unless_somebody_opened_it(kind: str) -> None:
    record = KINDS[kind](record_id="r")
    assert visible(record, "internal") is record
    assert visible(record, "partner") is None
    assert visible(record, "public") is None


@pytest.mark.parametrize(
    ("visibility", "audiences"),
    [
        ("internal", {"internal"}),
        ("", {"internal"}),
        ("nonsense", {"internal"}),
        ("partner", {"internal", "partner"}),
        ("public", {"internal", "partner", "public"}),
    ],
)
def test_a_record_reaches_as_far_as_its_visibility(visibility: str, audiences: set[str]) -> None:
    record = Incident(record_id="r", visibility=visibility)
    assert {a for a in ("internal", "partner", "public") if is_visible(record, a)} == audiences


def test_what_lies_in_the_vault_never_leaves() -> None:
    record = Incident(record_id="r", visibility="public", confidentiality="vault")
    assert visible(record, "partner") is None
    assert visible(record, "public") is None


@pytest.mark.parametrize("kind", sorted(DESK_KINDS))
def test_what_the_desk_keeps_for_itself_never_leaves(kind: str) -> None:
    assert visible(KINDS[kind](record_id="r", visibility="public"), "partner") is None


def test_a_field_may_be_narrower_than_its_record() -> None:
    record = Incident(
        record_id="r",
        visibility="public",
        title={"en": "Held"},
        summary={"en": "at home"},
        topics=("roads",),
        field_visibility={"summary": "internal", "topics": "partner", "gone_field": "internal"},
    )
    for_public, for_partner = visible(record, "public"), visible(record, "partner")
    assert isinstance(for_public, Incident)
    assert isinstance(for_partner, Incident)
    assert (for_public.title, for_public.summary, for_public.topics) == ({"en": "Held"}, {}, ())
    assert for_partner.topics == ("roads",)
    assert for_public.field_visibility == {}, "which fields are kept back is itself internal"


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("claim", "stance", "denies"),
        ("claim", "status", "withdrawn"),
        ("citation", "capacity", "threatened_with"),
        ("act", "act_type", "arrest"),
        ("act", "attempt", "attempted"),
        ("involvement", "role", "witness"),
        ("proceeding", "direction", "by_victim"),
        ("platform_case", "outcome", "restored"),
    ],
)
def test_what_a_record_is_read_by_takes_it_along(kind: str, field: str, value: str) -> None:
    record = KINDS[kind](
        record_id="r", visibility="public", field_visibility={field: "partner"}, **{field: value}
    )
    assert visible(record, "public") is None, "without it, it would say something else"
    seen = visible(record, "partner")
    assert seen is not None
    assert getattr(seen, field) == value


@pytest.mark.parametrize(
    ("kind", "field", "seen"),
    [
        ("party", "party_kind", "unidentified"),
        ("source", "source_kind", "other"),
        ("item", "item_kind", ""),
        ("update", "update_kind", ""),
        ("incident", "monitoring_status", ""),
    ],
)
def test_a_field_kept_back_is_not_told_as_the_usual_one(kind: str, field: str, seen: str) -> None:
    record = KINDS[kind](record_id="r", visibility="public", field_visibility={field: "internal"})
    shown = visible(record, "public")
    assert shown is not None
    assert getattr(shown, field) == seen


@pytest.mark.parametrize("audience", ["partner", "public"])
@pytest.mark.parametrize("kind", sorted(set(KINDS) - DESK_KINDS))
def test_internal_fields_of_every_kind_stay_behind(kind: str, audience: Audience) -> None:
    cls = KINDS[kind]
    internal = [name for name, spec in fields_of(cls).items() if spec.is_internal]
    record = cls(record_id="r", visibility="public", **dict.fromkeys(internal, "secret"))
    out = visible(record, audience)
    assert out is not None
    assert "secret" not in repr(out)
    assert internal, "every record has at least its remark"


def test_internal_fields_inside_parts_stay_behind() -> None:
    for audience in ("partner", "public"):
        out = repr(visible(AYSEL, audience))
        assert "s-ada" not in out
        assert "by phone" not in out


def test_consents_and_risks_are_not_for_the_public() -> None:
    out = visible(NAMED, "public")
    assert isinstance(out, Party)
    assert (out.consents, out.risk_flags, out.public_exposure) == ((), (), "unknown")


def test_consents_are_not_for_partners_and_risks_are() -> None:
    out = visible(AYSEL, "partner")
    assert isinstance(out, Party)
    assert (out.consents, out.risk_flags) == ((), ("family_at_risk",))


def test_somebody_unnamed_goes_out_under_a_label_in_four_languages() -> None:
    out = shown(AYSEL)
    assert [(n.lang, n.value) for n in out.names] == [
        ("en", "a blogger"),
        ("az", "bloger"),
        ("ru", "блогер"),
        ("tr", "blog yazarı"),
    ]
    assert {n.use for n in out.names} == {"public_label"}
    assert (out.position, out.gender, out.born, out.biography, out.member_of) == (
        "",
        "",
        None,
        {},
        (),
    )
    assert out.occupations == ("blogger",)


def test_somebody_named_goes_out_with_the_name() -> None:
    assert shown(NAMED).names[0].value == "Tural Rzayev"
    assert shown(MINISTRY).names == MINISTRY.names
    assert shown(AYSEL, "internal") is AYSEL


def test_a_name_in_running_text_is_replaced_and_told() -> None:
    mask = policy()
    out = mask.visible(
        Incident(
            record_id="i1",
            visibility="public",
            title={"en": "Aysel Quliyeva held", "az": "Aysel Quliyeva saxlanıldı"},
            summary={"en": "Quliyeva denies it. Quliyeva is ill."},
        )
    )
    assert isinstance(out, Incident)
    assert out.title == {"en": "a blogger held", "az": "bloger saxlanıldı"}
    assert out.summary == {"en": "a blogger denies it. a blogger is ill."}
    assert [(m.field, m.party_id, m.n_times) for m in mask.masked] == [
        ("title", "p1", 1),
        ("title", "p1", 1),
        ("summary", "p1", 2),
    ]
    assert {m.record_id for m in mask.masked} == {"i1"}


def test_part_of_a_name_is_replaced_only_near() -> None:
    elsewhere = Incident(record_id="i2", visibility="public", title={"en": "Quliyeva street"})
    assert shown(elsewhere).title == {"en": "Quliyeva street"}


def test_learning_whom_one_entry_concerns_forgets_no_other() -> None:
    mask = policy()
    mask.learn_near({"i2": frozenset({"p1"})})
    for record_id in ("i1", "i2"):
        entry = Incident(record_id=record_id, visibility="public", title={"en": "Quliyeva held"})
        out = mask.visible(entry)
        assert isinstance(out, Incident)
        assert out.title == {"en": "a blogger held"}


def test_an_address_with_a_name_in_it_is_dropped_whole() -> None:
    source = Source(
        record_id="s",
        visibility="public",
        url="https://paper.example/Aysel Quliyeva",
        title="On Aysel Quliyeva",
        excerpt="Aysel Quliyeva said",
    )
    out = shown(source)
    assert (out.url, out.title, out.excerpt) == ("", "On a blogger", "a blogger said")


def test_values_inside_claims_and_parts_are_searched_too() -> None:
    claim = Claim(
        record_id="c", visibility="public", value={"who": ["Aysel Quliyeva"]}, speaker="p2"
    )
    assert shown(claim).value == {"who": ["a blogger"]}
    case = Proceeding(
        record_id="r",
        visibility="public",
        party="p3",
        hearings=(Hearing(note="Aysel Quliyeva came"),),
    )
    assert shown(case).hearings[0].note == "a blogger came"


def test_a_speaker_who_may_not_be_named_is_called_by_the_label() -> None:
    claim = Claim(
        record_id="c",
        visibility="public",
        speaker="p1",
        speaker_as_text="the blogger Aysel",
        statement={"ru": "Нет."},
    )
    assert shown(claim).speaker_as_text == "блогер"
    named = Claim(record_id="c", visibility="public", speaker="p2", speaker_as_text="the office")
    assert shown(named).speaker_as_text == "the office"
    unknown = Claim(record_id="c", visibility="public", speaker="p7", speaker_as_text="someone")
    assert shown(unknown).speaker_as_text == "a person"


def test_a_name_in_a_plain_line_becomes_the_label_in_the_language_of_its_record() -> None:
    said = Claim(
        record_id="c",
        visibility="public",
        speaker_as_text="Aysel Quliyeva",
        statement={"ru": "Нет."},
    )
    assert shown(said).speaker_as_text == "блогер"


def test_accounts_posts_and_cases_of_somebody_unnamed_lose_what_leads_to_them() -> None:
    account = Account(
        record_id="x1",
        visibility="public",
        asset_kind="profile",
        owner="p1",
        title="A",
        native_id="1",
        url="u",
        handles=(Handle(value="@a"),),
        platform="facebook",
    )
    out = shown(account)
    assert (out.title, out.native_id, out.url, out.handles) == ("", "", "", ())
    assert out.platform == "facebook"
    item = Item(
        record_id="t", visibility="public", author="p1", text="verbatim", url="u", native_id="2"
    )
    assert (shown(item).text, shown(item).url, shown(item).native_id) == ("", "", "")
    of_page = Item(record_id="t", visibility="public", account="x2", author="p3", text="verbatim")
    assert shown(of_page).text == "verbatim"
    of_profile = Item(record_id="t", visibility="public", account="x1", text="verbatim")
    assert shown(of_profile).text == ""
    case = PlatformCase(
        record_id="k",
        visibility="public",
        account="x1",
        notice=Notice(text="Dear A", ground="g"),
        steps=(CaseStep(text="I am A", reference="7"),),
    )
    assert shown(case).notice == Notice(ground="g")
    assert shown(case).steps == (CaseStep(reference="7"),)
    of_a_page = dataclasses.replace(case, account="x2")
    assert shown(of_a_page).notice == Notice(text="Dear A", ground="g")


def test_a_page_whose_owner_is_not_known_is_not_shown() -> None:
    page = Account(
        record_id="x3", visibility="public", asset_kind="page", owner="p7", title="Aysel's"
    )
    mask = Disclosure(audience="public", parties=[NAMED], accounts=[page], on=TODAY)
    out = mask.visible(page)
    assert isinstance(out, Account)
    assert out.title == ""


def test_words_about_somebody_unnamed_and_case_numbers_stay_behind() -> None:
    part = Involvement(
        record_id="v", visibility="public", party="p1", affiliation_as_stated="head of X"
    )
    assert shown(part).affiliation_as_stated == ""
    case = Proceeding(record_id="r", visibility="public", party="p1", case_no="17/2031")
    assert shown(case).case_no == ""
    named = Proceeding(record_id="r", visibility="public", party="p3", case_no="17/2031")
    assert shown(named).case_no == "17/2031"
    help_given = Intervention(record_id="n", visibility="public", party="p1", detail="moved her")
    assert shown(help_given).detail == ""


@pytest.mark.parametrize("indicator_type", ["account", "handle"])
def test_indicators_that_are_profiles_are_no_lists(indicator_type: str) -> None:
    indicator = Indicator(
        record_id="n", visibility="public", indicator_type=indicator_type, value="@a"
    )
    assert shown(indicator) is None
    domain = Indicator(
        record_id="n", visibility="public", indicator_type="domain_name", value="a.b"
    )
    assert shown(domain).value == "a.b"


def test_hidden_are_those_who_may_not_be_named() -> None:
    everybody = [AYSEL, MINISTRY, NAMED]
    assert hidden_parties(everybody, "public", on=TODAY) == (AYSEL,)
    assert hidden_parties(everybody, "internal", on=TODAY) == ()


def test_of_overlapping_mentions_the_first_counts() -> None:
    mentions = [Mention(start=0, end=5, party_id="a"), Mention(start=3, end=8, party_id="b")]
    assert replaced("0123456789", mentions, str.upper) == "A56789"


def test_of_mentions_that_begin_together_the_longest_counts() -> None:
    mentions = [Mention(start=0, end=3, party_id="a"), Mention(start=0, end=8, party_id="b")]
    assert replaced("0123456789", mentions, str.upper) == "B89"
