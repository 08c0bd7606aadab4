"""The do-no-harm check: what could hurt somebody is asked about, once, until it changes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.sample import MASTHEAD, rid, sample_dossier, sample_records
from undersight.casebook import harm
from undersight.casebook.harm import QUESTIONS, HarmFinding, examine
from undersight.casebook.harm.checking import as_opened
from undersight.casebook.harm.names_told import capitalised
from undersight.casebook.harm.patterns import PATTERNS
from undersight.errors import UnansweredHarmError
from undersight.model import parts as p
from undersight.model.dossier import Dossier
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import (
    Account,
    Act,
    HarmReview,
    Incident,
    Involvement,
    Party,
    Record,
    Source,
    Update,
)
from undersight.model.vocabulary import vocabulary

DAY = dt.date(2031, 12, 1)


def internal_of(*records: Record) -> Dossier:
    return Dossier(masthead=MASTHEAD, records=records, as_of=DAY, audience="internal")


def found_in(*records: Record, audience: Any = "public") -> tuple[HarmFinding, ...]:
    internal = internal_of(Incident(record_id="in"), *records)
    return examine(internal, as_opened(internal, ["in"], audience), ["in"])


def with_summary(text: str, *records: Record, **fields: Any) -> tuple[HarmFinding, ...]:
    incident = Incident(record_id="in", summary={"en": text}, **fields)
    internal = internal_of(incident, *records)
    return examine(internal, as_opened(internal, ["in"], "public"), ["in"])


def asked(findings: tuple[HarmFinding, ...]) -> dict[str, list[str]]:
    by_question: dict[str, list[str]] = {}
    for finding in findings:
        by_question.setdefault(finding.question, []).append(finding.what)
    return by_question


def person(name: str = "", **fields: Any) -> tuple[Record, ...]:
    names = (p.PersonName(value=name, lang="en"),) if name else ()
    return (
        Act(record_id="a", incident="in", act_type="questioning",
            start=fields.pop("start", FuzzyDate.parse("2031-05-03")),
            place=fields.pop("place", None)),
        Party(record_id="p", names=names, **fields),
        Involvement(record_id="i", act="a", party="p"),
    )  # fmt: skip


# --- the sample ------------------------------------------------------------------------------


def test_the_sample_raises_what_it_should() -> None:
    internal = sample_dossier("internal")
    ids = [i.record_id for i in internal.incidents()]
    questions = asked(examine(internal, as_opened(internal, ids, "public"), ids))
    assert questions["minor"] == ["a 16-year-old pupil"]
    assert questions["phone"] == ["050 123 45 67"]
    assert (
        "a 16-year-old pupil; School 4, Ormel; 2031-10; student"
        in (questions["re-identification"])
    )
    assert any(what.startswith("Tarvin Oskelde") for what in questions["retaliation"])
    assert "Udo Marrick" in questions["consent"]


def test_findings_do_not_depend_on_the_order_of_records() -> None:
    ids = [rid(f"in{i}") for i in range(1, 9)]
    first = internal_of(*sample_records())
    second = internal_of(*reversed(sample_records()))
    assert examine(first, as_opened(first, ids, "public"), ids) == examine(
        second, as_opened(second, ids, "public"), ids
    )


def test_every_question_has_words() -> None:
    for question in QUESTIONS.values():
        assert question.asks.endswith("?")
        assert question.advice.endswith(".")


# --- texts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("phone", "call 050 123 45 67.", "050 123 45 67"),
        ("phone", "+994 (50) 123-45-67", "+994 (50) 123-45-67"),
        ("phone", "nömrə: 123 45 67", "123 45 67"),
        ("phone", "тел. 8 (999) 123-45-67", "8 (999) 123-45-67"),
        ("phone", "Пишите: 8 916 123 45 67.", "8 916 123 45 67"),
        ("phone", "Пишите: 89161234567.", "89161234567"),
        ("handle", "bsky.app/profile/sona.example wrote", "bsky.app/profile/sona.example"),
        ("phone", "00994501234567", "00994501234567"),
        ("phone", "zəng: ٠٥٠١٢٣٤٥٦٧", "٠٥٠١٢٣٤٥٦٧"),
        ("email", "write to a.b@c.example.", "a.b@c.example"),
        ("email", "a (at) b (dot) com", "a (at) b (dot) com"),
        ("handle", "see @some_user there", "@some_user"),
        ("handle", "at https://www.facebook.com/x.y?z=1", "https://www.facebook.com/x.y?z=1"),
        ("handle", "on t.me/channel", "t.me/channel"),
        ("id-number", "passport AZE12345678", "AZE12345678"),
        ("id-number", "FIN: 7AB12CD", "7AB12CD"),
        ("id-number", "4169 7388 1234 5678", "4169 7388 1234 5678"),
        ("id-number", "AZ21NABZ00000000137010001944", "AZ21NABZ00000000137010001944"),
        ("address", "12 Nizami küçəsi, mənzil 5", "12 Nizami küçəsi, mənzil 5"),
        ("address", "ул. Ленина, дом 7, кв. 12", "ул. Ленина, дом 7, кв. 12"),
        ("address", "Atatürk Cad. No: 12", "Atatürk Cad. No: 12"),
        ("address", "at 4 Oak Street", "at 4 Oak Street"),
    ],
)
def test_what_leads_to_a_person_is_found(question: str, text: str, found: str) -> None:
    assert [text[a:b] for a, b in PATTERNS[question](text)] == [found]
    assert asked(with_summary(text))[question] == [found]


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("phone", "tel.0501112233", "0501112233"),
        ("phone", "тел.+994 50 111 22 33", "+994 50 111 22 33"),
        ("phone", "050\u2011111\u201122\u201133", "050\u2011111\u201122\u201133"),
        ("phone", "+995 599 11\u201222\u201233", "+995 599 11\u201222\u201233"),
        ("phone", "050\u2212111\u221222\u221233", "050\u2212111\u221222\u221233"),
        ("phone", "050·111·22·33", "050·111·22·33"),
        ("phone", "0501112233də", "0501112233"),
        ("phone", "0\u00ad50 111 22 33", "0\u00ad50 111 22 33"),
        ("phone", "+994\u200e50\u200e1112233", "+994\u200e50\u200e1112233"),
        ("phone", "＋９９４５０１１１２２３３", "＋９９４５０１１１２２３３"),
        ("phone", "yazın: 50 111 22 33", "50 111 22 33"),
        ("phone", "599 11 22 33", "599 11 22 33"),
        ("phone", "мама: 493-22-11", "493-22-11"),
        ("phone", "تلفن ۱۱۱۲۲۳۳", "۱۱۱۲۲۳۳"),
        ("phone", "هاتف ١١١٢٢٣٣", "١١١٢٢٣٣"),
        ("email", "sona at mail dot example", "sona at mail dot example"),
        ("email", "sona＠mail.example", "sona＠mail.example"),
        ("email", "sona(a)mail.example", "sona(a)mail.example"),
        ("email", "sona собака mail.example", "sona собака mail.example"),
        ("email", "sona{at}mail[nöqtə]example", "sona{at}mail[nöqtə]example"),
        ("email", "sona@\u200bmail.example", "sona@\u200bmail.example"),
        ("handle", "＠sona_x", "＠sona_x"),
        ("handle", "@Сона_х", "@Сона_х"),
        ("handle", "m.me/sona", "m.me/sona"),
        ("handle", "vk.ru/id1", "vk.ru/id1"),
        ("handle", "mastodon.example/@sona", "mastodon.example/@sona"),
        ("handle", "telegram hesabı sona_x idi", "sona_x"),
        ("id-number", "паспорт 4510 123456", "4510 123456"),
        ("id-number", "pasport ۱۲۳۴۵۶۷۸۹", "۱۲۳۴۵۶۷۸۹"),
        ("id-number", "T.C. kimlik no 12345678901", "12345678901"),
        ("id-number", "avtomobil 10-AA-123", "10-AA-123"),
        ("address", "40.40931, 49.86712", "40.40931, 49.86712"),
        ("address", "Nizami küç. 12", "Nizami küç. 12"),
        ("address", "8-ci mikrorayon 12", "8-ci mikrorayon 12"),
    ],
)
def test_other_ways_to_write_it_do_not_pass_by(question: str, text: str, found: str) -> None:
    assert [text[a:b] for a, b in PATTERNS[question](text)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "12 34 people, 1 000 000 views; 12.5 and 49.8 percent",
        "between 3.125 and 4.5 kilometres",
        "he looked at mail.example for hours",
        "0,375 of 12 000, 2031/05/03 12:30",
        "the file is called my_file_name",
        "Article 110-22 of 12.11.2031",
    ],
)
def test_numbers_and_names_of_other_things_pass(text: str) -> None:
    assert {q: [*find(text)] for q, find in PATTERNS.items() if [*find(text)]} == {}


@pytest.mark.parametrize(
    "text",
    [
        "on 2031-05-03/2031-05-09 and 03.05.2031, 3 May 2031",
        "589 accounts, 7,906 Pages, 130 000 followers, 1 300 000 views",
        "under 388.1.1 and 147.2 of the Code, case 2031/771",
        "a fine of 1 234 567 manats, $6,600",
        "he was held 30 days; 294 of 301 comments",
        "at 12:30 in the main square",
        "the domestic 5 rules of the domain 12",
        "Article 14.1.11 and 388-1.1.1",
    ],
)
def test_dates_sums_and_laws_raise_no_question(text: str) -> None:
    assert asked(with_summary(text)) == {}


def test_the_account_that_is_shown_anyway_is_not_asked_about() -> None:
    outlet = Party(record_id="o", party_kind="outlet")
    page = Account(record_id="acc", asset_kind="page", owner="o",
                   handles=(p.Handle(value="sarnakhour"),))  # fmt: skip
    act = Act(record_id="a", incident="in", target_accounts=("acc",))
    assert "handle" not in asked(with_summary("@sarnakhour wrote", outlet, page, act))
    assert "handle" in asked(with_summary("@somebody_else wrote", outlet, page, act))


def test_internal_texts_are_not_asked_about() -> None:
    assert found_in(*person(remark="call 050 123 45 67", public_exposure="withheld")) == ()


def test_updates_and_parts_are_read_too() -> None:
    update = Update(record_id="u", incident="in", note={"en": "ring +994501234567"})
    assert asked(found_in(update))["phone"] == ["+994501234567"]


# --- people ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["Iskra Velmorn was asked.", "They asked Velmorn.", "спросили Искру Вельморн",
     "Velmornun evi", "asked Iskra about it"],
)  # fmt: skip
def test_a_withheld_name_is_masked_and_asked_about_in_any_spelling(text: str) -> None:
    records = person("Iskra Velmorn", public_exposure="withheld")
    questions = asked(with_summary(text, *records))
    assert "masked-name" in questions or "withheld-name" in questions


def test_a_withheld_name_that_the_policy_left_is_found() -> None:
    records = person("Iskra Velmorn", public_exposure="withheld")
    internal = internal_of(Incident(record_id="in", summary={"en": "Iskra spoke."}), *records)
    unmasked = Dossier(
        masthead=MASTHEAD,
        records=[dataclasses.replace(r, visibility="public") for r in internal.records()
                 if not isinstance(r, Party)],
        as_of=DAY,
        audience="public",
    )  # fmt: skip
    found = asked(examine(internal, unmasked, ["in"]))
    assert found["withheld-name"] == ["Iskra"]


def test_a_withheld_name_in_their_own_biography_is_found() -> None:
    act, party, part = person("Iskra Velmorn", public_exposure="withheld")
    internal = internal_of(Incident(record_id="in"), act, party, part)
    shown = dataclasses.replace(party, biography={"en": "Iskra writes."})  # type: ignore[call-arg]
    records = [dataclasses.replace(r, visibility="public") for r in
               (Incident(record_id="in"), act, shown, part)]  # fmt: skip
    public = Dossier(masthead=MASTHEAD, records=records, as_of=DAY, audience="public")
    found = [one for one in examine(internal, public, ["in"]) if one.question == "withheld-name"]
    assert ("Iskra", "biography.en") in [(one.what, one.where.field) for one in found]


def test_user_names_of_all_accounts_of_somebody_withheld_are_found() -> None:
    accounts = [
        Account(
            record_id=f"acc-{n}", platform="telegram", asset_kind="profile", owner="p",
            handles=(p.Handle(value=handle),),
        )
        for n, handle in enumerate(("iskra_first", "iskra_second"))
    ]  # fmt: skip
    act, party, part = person("Iskra Velmorn", public_exposure="withheld")
    act = dataclasses.replace(act, target_accounts=tuple(one.record_id for one in accounts))  # type: ignore[call-arg]
    told = {"en": "Both @iskra_first and @iskra_second were closed."}
    internal = internal_of(Incident(record_id="in", summary=told), act, party, part, *accounts)
    unmasked = Dossier(
        masthead=MASTHEAD,
        records=[dataclasses.replace(r, visibility="public") for r in internal.records()
                 if not isinstance(r, Party | Account)],
        as_of=DAY,
        audience="public",
    )  # fmt: skip
    found = asked(examine(internal, unmasked, ["in"]))
    assert sorted(found["withheld-name"]) == ["iskra_first", "iskra_second"]


def test_a_name_shared_with_somebody_named_is_left_alone() -> None:
    relative = person("Orla Quill", public_exposure="withheld")
    named = Party(record_id="q", names=(p.PersonName(value="Bren Quill"),),
                  public_exposure="already_public", naming_reason="Agreed.")  # fmt: skip
    part = Involvement(record_id="i2", act="a", party="q")
    questions = asked(with_summary("Bren Quill spoke.", *relative, named, part))
    assert "withheld-name" not in questions


def test_a_child_is_always_asked_about() -> None:
    assert "minor" in asked(found_in(*person("X Y", risk_flags=("minor",))))
    assert "minor" in asked(found_in(*person("X Y", born=FuzzyDate.parse("2015"))))
    assert "minor" not in asked(found_in(*person("X Y", born=FuzzyDate.parse("1990"))))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A 15-year-old was questioned.", "15-year-old"),
        ("Police held a schoolgirl.", "schoolgirl"),
        ("15 yaşlı şagird sorğuya çağırılıb.", "15 yaşlı, şagird"),
        ("16 yaşındaki lise öğrencisi sorgulandı.", "16 yaşındaki, lise öğrencisi"),
        ("Допросили 15-летнюю школьницу.", "15-летнюю, школьницу"),
        ("Задержан несовершеннолетний.", "несовершеннолетний"),
    ],
)
def test_a_child_told_of_in_words_is_asked_about_once(text: str, words: str) -> None:
    assert asked(with_summary(text))["minor"] == [words]
    recorded = asked(with_summary(text, *person("X Y", risk_flags=("minor",))))
    assert recorded["minor"] != [words]
    assert len(recorded["minor"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "A 34-year-old got 15 years; minor injuries, 118 yaşlı, 5 yaşayış binası.",
        "Приговорён к 5-летнему сроку, 10-летнего заключения, школа, 1,5-летний.",
    ],
)
def test_grown_people_terms_and_schools_are_no_children(text: str) -> None:
    assert "minor" not in asked(with_summary(text))


SCHOOL = p.Place(country="QV", locality="Ormel", site="School 4", precision="exact")


def test_place_date_and_work_together_are_asked_about() -> None:
    questions = asked(found_in(*person(occupations=("teacher",), place=SCHOOL)))
    assert questions["re-identification"] == ["School 4, Ormel; 2031-05-03; teacher"]


@pytest.mark.parametrize(
    "words",
    ["34 yaşlı", "34-year-old", "34-летняя", "34 yaşındaki", "aged 34", "34-летнему"],
)
def test_an_age_told_in_words_is_a_clue_like_work(words: str) -> None:
    records = person(place=p.Place(locality="Ormel"))
    assert "re-identification" not in asked(with_summary("A woman was held.", *records))
    (found,) = asked(with_summary(f"… {words} …", *records))["re-identification"]
    assert found == f"Ormel; 2031-05-03; {words}"


def test_a_term_of_years_is_no_age() -> None:
    records = person(place=p.Place(locality="Ormel"))
    assert "re-identification" not in asked(with_summary("Дали 34-летний срок.", *records))


@pytest.mark.parametrize(
    "text", ["She lives at 12 Elm St.", "пр. Мира 5", "наб. Мирная, д. 12", "пер. Тихий 3"]
)
def test_a_short_word_for_a_street_shows_an_address(text: str) -> None:
    assert asked(with_summary(text))["address"]


@pytest.mark.parametrize("text", ["ст. 281 УК", "и пр. 5 мая", "In 12 Big Steps", "пл. 5 га"])
def test_laws_days_and_steps_are_no_streets(text: str) -> None:
    assert "address" not in asked(with_summary(text))


def test_too_little_to_find_somebody_by_is_not_asked_about() -> None:
    wide = p.Place(country="QV", precision="country")
    for changes in (
        {"occupations": ("teacher",), "place": wide},
        {"occupations": (), "place": SCHOOL},
        {"occupations": ("teacher",), "place": SCHOOL, "start": FuzzyDate.parse("2031")},
    ):
        assert "re-identification" not in asked(found_in(*person(**changes)))


def test_one_of_many_does_not_stand_out() -> None:
    records = list(person(occupations=("teacher",), place=SCHOOL))
    for i in range(5):
        records += [
            Party(record_id=f"p{i}", occupations=("teacher",)),
            Involvement(record_id=f"i{i}", act="a", party=f"p{i}"),
        ]
    assert "re-identification" not in asked(found_in(*records))


def test_named_people_are_not_re_identified_but_asked_about() -> None:
    records = person("Bren Quill", public_exposure="already_public", naming_reason="Known.",
                     occupations=("teacher",), place=SCHOOL)  # fmt: skip
    questions = asked(found_in(*records))
    assert "re-identification" not in questions
    assert questions["retaliation"] == ["Bren Quill"]
    assert questions["consent"] == ["Bren Quill"]


def test_consent_on_record_is_enough_but_retaliation_is_asked() -> None:
    consent = p.Consent(scope="name", given_on=FuzzyDate.parse("2031-05-01"))
    questions = asked(found_in(*person("Bren Quill", consents=(consent,))))
    assert "consent" not in questions
    assert "retaliation" in questions


def test_consent_said_but_not_recorded_is_asked_about() -> None:
    assert "consent" in asked(found_in(*person("Bren Quill", public_exposure="consented")))


def test_consent_taken_back_is_asked_about() -> None:
    gone = p.Consent(scope="name", withdrawn_on=FuzzyDate.parse("2031-06"))
    questions = asked(found_in(*person("Bren Quill", consents=(gone,))))
    assert "consent-withdrawn" in questions
    assert "retaliation" not in questions


def test_officials_are_not_asked_about() -> None:
    assert found_in(*person("Orlan Besk", occupations=("spokesperson",))) == ()


# --- quotations and sources --------------------------------------------------------------------


@pytest.mark.parametrize("quote", ["“{}”", "«{}»", "„{}“", '"{}"'])
def test_a_name_in_a_quotation_is_asked_about(quote: str) -> None:
    text = f"He said: {quote.format('I was with Malva Trent there')}."
    assert asked(with_summary(text))["third-party"] == ["Malva Trent"]


@pytest.mark.parametrize(
    "name",
    ["Мадина Несуществова", "Мадины Несуществовой", "Murad Qondarma", "Kamran Bəhanəzadənin",
     "Ali Uydurma'nın", "Elza Vydumyan", "Levan Mogonishvili", "რომ გიორგი მოგონილი", "رضا خیالی"],
)  # fmt: skip
def test_a_name_in_running_text_of_somebody_recorded_nowhere_is_asked_about(name: str) -> None:
    (found,) = asked(with_summary(f"… {name} …"))["unrecorded-name"]
    assert found in name
    assert " " in found


def test_somebody_recorded_nowhere_is_asked_about_once_and_wherever_named() -> None:
    text = "Murad Qondarma complained, says Murad Qondarma."
    act = Act(record_id="a", incident="in", offences=("insulting Murad Qondarma",))
    told = Source(record_id="s", publisher_as_text="Told by Kamran Uydurma")
    findings = asked(with_summary(text, act, told, sources=("s",)))
    assert sorted(findings["unrecorded-name"]) == ["Kamran Uydurma", "Murad Qondarma"]


@pytest.mark.parametrize(
    "text",
    ["Yeni Müsavat yazır.", "Daxili İşlər Nazirliyi inkar edir.",
     "Heydər Əliyev prospekti bağlanıb.",
     "Blogger Detained Over Post", "Evening Post and Red Cross", "Türkiye Büyük Millet Meclisi",
     "Azadlıq Radiosu", "Московский городской суд", "Улица Мирная"],
)  # fmt: skip
def test_offices_outlets_and_streets_are_no_people(text: str) -> None:
    assert "unrecorded-name" not in asked(with_summary(text))


def test_an_official_who_is_named_anyway_is_not_asked_about_in_any_case() -> None:
    minister = Party(record_id="m", party_kind="official", position="Minister",
                     names=(p.PersonName(value="Murad Qondarov"),))  # fmt: skip
    act = Act(record_id="a", incident="in")
    part = Involvement(record_id="i", act="a", party="m", role="official")
    findings = asked(with_summary("Жалоба от Мурада Кондарова", act, minister, part))
    named = not any("named" in what for what in findings.get("withheld-name", []))
    assert named
    assert "unrecorded-name" not in findings


@pytest.mark.parametrize("quote", ["“{}”", "«{}»", '"{}"', "‘{}’", "'{}'"])
@pytest.mark.parametrize("name", ["Leyla", "Rəvan", "Марина"])
def test_a_given_name_alone_in_quotation_marks_is_asked_about(quote: str, name: str) -> None:
    assert asked(with_summary(f"Her friend {quote.format(name)} was called."))["third-party"] == [
        name
    ]


def test_an_apostrophe_quotes_nobody() -> None:
    assert "third-party" not in asked(with_summary("Leyla's friends' house isn't Rəvan's."))


def test_names_outside_quotations_and_known_names_are_not() -> None:
    assert "third-party" not in asked(with_summary("Malva Trent was there, he said."))
    office = Party(record_id="m", party_kind="public_body",
                   names=(p.PersonName(value="Ministry of Justice"),))  # fmt: skip
    records = (Act(record_id="a", incident="in"), office,
               Involvement(record_id="i", act="a", party="m", role="official"))  # fmt: skip
    assert "third-party" not in asked(with_summary("He said: “The Ministry did it.”", *records))


def test_runs_of_capitals() -> None:
    text = "In May Malva Trent and A. Bren met. The Ministry came."
    assert [text[a:b] for a, b in capitalised(text)] == ["May Malva Trent", "A. Bren"]


@pytest.mark.parametrize("note", ["A source told us more.", "Mənbə bizə bildirdi.",
                                  "По словам источника в полиции."])  # fmt: skip
def test_a_note_that_speaks_of_a_hidden_source(note: str) -> None:
    update = Update(record_id="u", incident="in", note={"en": note})
    hidden = Source(record_id="s", identity="src-1", confidentiality="vault")
    internal = internal_of(Incident(record_id="in", sources=("s",)), update, hidden)
    found = asked(examine(internal, as_opened(internal, ["in"], "public"), ["in"]))
    assert found["source"] == [note]
    assert "source" not in asked(found_in(update))


# --- answers ---------------------------------------------------------------------------------


def review(finding: HarmFinding, **changes: Any) -> HarmReview:
    given = {"about": finding.incident_id, "question": finding.question,
             "finding": finding.finding_id, "answer": "no_risk", **changes}  # fmt: skip
    return HarmReview(record_id="r", **given)


def test_publication_is_refused_until_each_question_is_answered() -> None:
    findings = with_summary("call 050 123 45 67 or write to a@b.example")
    assert len(findings) == 2
    with pytest.raises(UnansweredHarmError) as caught:
        harm.refuse_unless_answered(findings, [review(findings[0])])
    assert caught.value.n_questions == 1
    assert caught.value.incident_ids == ("in",)
    harm.refuse_unless_answered(findings, [review(f) for f in findings])
    harm.refuse_unless_answered((), [])


def test_an_empty_answer_and_an_answer_to_another_question_do_not_count() -> None:
    findings = with_summary("call 050 123 45 67")
    for wrong in (review(findings[0], answer=""), review(findings[0], question="email")):
        assert harm.unanswered(findings, [wrong]) == findings


def test_what_changed_is_asked_again_and_what_only_moved_is_not() -> None:
    [before] = with_summary("call 050 123 45 67")
    [moved] = with_summary("Please do call 050 123 45 67")
    [changed] = with_summary("call 050 123 45 68")
    answers = [review(before)]
    assert harm.unanswered([moved], answers) == ()
    assert harm.unanswered([changed], answers) == (changed,)


def test_a_new_risk_flag_asks_again() -> None:
    given = {"public_exposure": "already_public", "naming_reason": "Known."}
    before = found_in(*person("Bren Quill", **given))
    after = found_in(*person("Bren Quill", risk_flags=("family_at_risk",), **given))
    answers = [review(f) for f in before]
    assert [f.question for f in harm.unanswered(after, answers)] == ["retaliation"]


def test_answers_are_terms() -> None:
    assert set(vocabulary("harm_answer").terms) == {"no_risk", "mitigated", "accepted_by_person"}


# --- opening ---------------------------------------------------------------------------------


def test_opening_shows_the_entry_and_keeps_the_rest() -> None:
    internal = internal_of(
        Incident(record_id="in"),
        Incident(record_id="other"),
        Act(record_id="a", incident="in"),
        Update(record_id="u", incident="in", confidentiality="sensitive"),
    )
    opened = as_opened(internal, ["in"], "public")
    assert {r.record_id for r in opened.records()} == {"in", "a"}


@given(st.text())
def test_any_text_can_be_examined(text: str) -> None:
    for finding in with_summary(text):
        assert 0 <= finding.where.start <= finding.where.end <= len(text)
        if finding.question != "source":
            assert text[finding.where.start : finding.where.end] == finding.what
