"""How monitors word things, and what a wording must not be taken for."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft
from undersight.model.draft import DraftField

pytestmark = pytest.mark.long  # sentence by sentence; the default suite has some of each


DAY = dt.date(2024, 12, 20)


def fields_of(text: str, lang: str = "en") -> list[DraftField]:
    return [f for entry in draft(text, context_date=DAY, lang=lang).entries for f in entry.fields]


def values(text: str, kind: str, lang: str = "en") -> list[object]:
    return [field.value for field in fields_of(text, lang) if field.kind == kind]


def victims(text: str, lang: str = "en") -> set[object]:
    return {field.value for field in fields_of(text, lang) if field.role == "victim"}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Zaur Bel got 15 days in jail.", "sentence"),
        ("A court ordered that he be held for four months pending trial.", "arrest"),
        ("The Bar Association voted to disbar lawyer Zaur Bel.", "lawyer_denied"),
        ("QTV aired a 15-minute report accusing Nora Dag of treason.", "smear_campaign"),
        ("The regulator suspended the privately owned broadcaster Bel TV.", "outlet_closure"),
        ("A court directed officials to “block” Nora Dag’s social media pages.", "suspension"),
        ("YouTube took down the channel of Zaur Bel.", "suspension"),
        ("A channel published personal information of six marchers.", "doxxing"),
        ("The parliament adopted in the third reading a new law on media.", "legislation"),
        ("Zaur Bel was subjected to electric shocks.", "ill_treatment"),
        ("Nora Dag was expelled for absence, the university said.", "dismissal"),
        ("Nora Dag was expelled on arrival at the airport.", "deportation"),
    ],
)
def test_english_acts(text: str, act: str) -> None:
    assert values(text, "act") == [act]


@pytest.mark.parametrize(
    "text",
    [
        "The post named the jailed activist Zaur Bel.",
        "Supporters of the imprisoned editor wrote a letter.",
        "No criminal case has been opened.",
        "His lawyer intends to appeal to the Supreme Court.",
        "The travel ban imposed on him in 2020 was lifted.",
        "His bank accounts have been frozen.",
        "He took part in a rally.",
        "No one was identified, questioned or charged.",
        "The clause speaks of fines of up to 50,000 dollars.",
        "The clip has been watched 210,000 times on TikTok.",
        "The travel ban on Zaur Bel was reportedly lifted.",
        "His lawyers fear that he will be arrested.",
        "The ministry denied that Nora Dag had been questioned.",
        "The men said nothing more, Nora Dag explained following her release.",
        "A court ordered that five letters of the ministry be read aloud.",
    ],
)
def test_what_is_no_act(text: str) -> None:
    assert values(text, "act") == []


def test_a_headline_only_says_again_what_stands_below() -> None:
    text = "Blogger jailed for six months\n\nBlogger Zaur Bel was arrested on May 3, 2024.\n"
    assert values(text, "act") == ["arrest"]


def test_who_files_a_complaint_is_no_victim() -> None:
    text = "Zaur Bel was charged. The complaint was filed by a woman named Nora Dag.\n"
    assert victims(text) == {"Zaur Bel"}


def test_a_title_in_capitals_parts_an_outlet_from_who_leads_it() -> None:
    text = "“The page was blocked on May 3,” Ulduz Director Zahir Boz said.\n"
    assert "Zahir Boz" in [field.value for field in fields_of(text)]


def test_a_chief_editor_is_no_official() -> None:
    text = "The court convicted Zaur Bel, the chief editor of Dan Ulduzu, on May 3.\n"
    assert victims(text) == {"Zaur Bel"}


def test_a_fine_far_behind_its_verb() -> None:
    text = "The court fined Bel Media, founder of dan.example, in the total amount of 1500AZN.\n"
    assert values(text, "sentence") == [{"kind": "fine", "amount": 1500, "unit": "AZN"}]


def test_what_does_not_work_declines_no_comment() -> None:
    text = "“We could not post; the page did not respond,” Zaur Bel said.\n"
    assert "declines_comment" not in str(values(text, "claim"))


def test_who_would_have_complied_did_not() -> None:
    text = "Nora Dag was questioned. They would let her travel if she complied.\n"
    assert values(text, "response") == []


def test_a_noun_points_back_at_the_verb_of_its_family() -> None:
    text = "Zaur Bel was detained on May 3. The arrest of a blogger is nothing new.\n"
    assert values(text, "act") == ["detention"]


def test_a_person_without_another_part_is_a_victim() -> None:
    text = "Fined: Zaur Bel, 300 manats on May 3; Nora Dag, a teacher, 200 manats.\n"
    assert victims(text) == {"Zaur Bel", "Nora Dag"}


def test_the_relative_of_someone_is_not_that_someone() -> None:
    text = "The brother of Nora Dag was taken to the police. Omar Dag was questioned.\n"
    assert victims(text) == {"Nora Dag", "Omar Dag"}


def test_an_outlet_named_beside_its_staff() -> None:
    text = "Border guards detained Dan Ulduzu editor Nora Dag on May 3.\n"
    assert values(text, "outlet") == ["Dan Ulduzu"]
    assert victims(text) == {"Nora Dag"}


def test_a_site_named_by_its_address() -> None:
    text = "The site dan-ulduzu.example was blocked on May 3; write to info@dan.example.\n"
    assert values(text, "outlet") == ["dan-ulduzu.example"]
    assert victims(text) == {"dan-ulduzu.example"}


def test_words_that_stand_elsewhere_in_lower_case_are_no_names() -> None:
    text = "Satirical page gone\n\nA satirical page called “Qara Qutu” was suspended.\n"
    assert values(text, "account") == ["Qara Qutu"]


def test_articles_in_brackets_and_with_offences_between() -> None:
    text = "Charged under Article 193-1.3 (laundering), 205.2 (threats) and smuggling (206.4)."
    assert values(text, "provision") == ["193.1.3", "205.2", "206.4"]
    assert values("Charged under Article 306(1).", "provision") == ["306.1"]


def test_a_finding_and_its_counts_in_the_next_sentence_are_one_takedown() -> None:
    text = (
        "Meta said it had disrupted a network run by the ministry of dreams. "
        "It removed 233 accounts, 85 Pages and 60 Instagram accounts.\n"
    )
    (found,) = values(text, "takedown")
    assert isinstance(found, dict)
    assert (found["accounts"], found["pages"], found["instagram"]) == (233, 85, 60)
    assert found["attributed_to"] == "the ministry of dreams"


def test_counted_people_who_are_then_named_are_no_quantity() -> None:
    assert values("Police detained two activists, Zaur Bel and Nora Dag.", "quantity") == []


def test_people_are_not_counted_by_what_another_entry_tells() -> None:
    text = (
        "Spyware\n\nThe phone of Zaur Bel was infected in May 2024. A list names 40 journalists.\n"
        "\n\nBlogger held\n\nNora Dag was arrested on May 3, 2024.\n"
    )
    assert values(text, "quantity") == []


@pytest.mark.parametrize(
    ("lang", "text", "act"),
    [
        ("az", "Məhkəmə ona 20 sutka inzibati həbs verib.", "sentence"),
        ("az", "Məhkəmə onu 6 il azadlıqdan məhrum edib.", "sentence"),
        ("az", "Sayta giriş mümkün deyil.", "site_blocking"),
        ("az", "Apellyasiya Məhkəməsi cəzasını 16 ildən 13 ilə endirib.", "appeal_decision"),
        ("ru", "МВД объявило в розыск политика Максима Журова.", "wanted_notice"),
        ("ru", "Суд арестовал активистку Веру Лозовую на 15 суток.", "sentence"),
        ("ru", "В стране ограничен доступ к сайту «Хроника».", "site_blocking"),
        ("ru", "Взломали телеграм-канал редакции.", "hijack_page"),
        ("tr", "Polis gazetecinin evine baskın düzenledi.", "search"),
        ("tr", "Hakimlik sitelere erişimi engelledi.", "site_blocking"),
        ("tr", "Saldırganlar hesaptaki 1.200 paylaşımı sildi.", "content_wipe"),
    ],
)
def test_acts_in_other_languages(lang: str, text: str, act: str) -> None:
    assert values(text, "act", lang) == [act]


def test_a_phrase_for_an_office_ends_with_the_phrase() -> None:
    text = "Jurnalist Əli Boz saxlanılıb. Dövlət Sərhəd Xidməti səbəbi açıqlamayıb. Başqa söz.\n"
    assert values(text, "agency", "az") == ["Sərhəd Xidməti"]


def test_russian_surnames_go_back_to_their_nominative() -> None:
    assert victims("Суд оштрафовал Нину Калюжную.", "ru") == {"Нина Калюжная"}
    assert victims("Полиция задержала Аббаса Галямова.", "ru") == {"Аббас Галямов"}


@pytest.mark.parametrize(
    ("lang", "text", "outlet"),
    [
        ("az", "Bunu Dalğa İnformasiya Agentliyi xəbər verib.", "Dalğa İnformasiya Agentliyi"),
        ("tr", "Dalga Haber Ajansı muhabiri Ali Boz gözaltına alındı.", "Dalga Haber Ajansı"),
    ],
)
def test_news_agencies_are_outlets_by_their_whole_name(lang: str, text: str, outlet: str) -> None:
    assert values(text, "outlet", lang) == [outlet]


def test_the_month_of_may_makes_nothing_possible_only() -> None:
    assert values("On 12 May Nora Dag was detained.", "act") == ["detention"]
    told = "Nora Dag was remanded on 11 May 2024 for forty-five days."
    assert values(told, "sentence") == [
        {"kind": "pretrial_detention", "amount": 45, "unit": "days"}
    ]


def test_time_held_is_no_penalty() -> None:
    told = "After eleven months behind bars Zaur Bel was freed."
    assert values(told, "sentence") == []
    assert values(told, "quantity") == [{"what": "duration", "amount": 11, "unit": "months"}]
    assert values("Zaur Bel was detained for three hours over a post.", "sentence") == []


def test_two_people_sentenced_are_two_acts() -> None:
    told = (
        "Zaur Bel was sentenced to five years. "
        "In April, another baker, Nora Dag, was sentenced to nine years."
    )
    assert values(told, "act") == ["sentence", "sentence"]
    assert victims(told) == {"Zaur Bel", "Nora Dag"}


def test_a_sum_in_brackets_converts_the_one_before_it() -> None:
    assert values("Zaur Bel was fined 100 manat (about $59).", "sentence") == [
        {"kind": "fine", "amount": 100, "unit": "AZN"}
    ]


def test_an_order_to_hold_before_trial_is_an_arrest() -> None:
    assert values("The court ordered four months of pretrial detention for Zaur Bel.", "act") == [
        "arrest"
    ]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Reporter Nora Dag of Channel Seven was beaten.", "Channel Seven"),
        ("He had called the governor a parrot on La Voz de Ordan.", "La Voz de Ordan"),
        ("Journalists from Kanal 13 were detained.", "Kanal 13"),
        ("Nora Dag, who streams for Agua Clara, was detained.", "Agua Clara"),
        ("The podcast, Hilo Rojo, was taken off the air.", "Hilo Rojo"),
    ],
)
def test_outlets_of_foreign_names_are_no_people(text: str, outlet: str) -> None:
    assert values(text, "outlet") == [outlet]


def test_a_platform_no_list_knows_reports_a_takedown() -> None:
    told = (
        "Kommuna said on 5 May that it had removed 120 accounts and 14 communities which it "
        "traced to a contractor of the Ministry of Order."
    )
    (found,) = values(told, "takedown")
    assert isinstance(found, dict)
    assert (found["accounts"], found["groups"], found["reporter"]) == (120, 14, "Kommuna")
    assert found["attributed_to"] == "a contractor of the Ministry of Order"


@pytest.mark.parametrize(
    ("lang", "text", "cited"),
    [
        ("en", "She was charged under Art. 301 § 2 of the Penal Code.", "301.2"),
        ("tr", "Dayanağı 125. maddenin üçüncü fıkrası.", "125.3"),
        ("az", "O, 147-ci maddəsinin ikinci hissəsi ilə təqsirləndirilir.", "147.2"),
    ],
)
def test_a_part_belongs_to_its_article(lang: str, text: str, cited: str) -> None:
    assert values(text, "provision", lang) == [cited]


def test_a_dateline_dates_the_weekdays_of_its_entry() -> None:
    text = (
        "SARNAK, April 9 - The court fined Zaur Bel on Monday.\n\n"
        "ORZU, April 5 - Police detained Nora Dag on Thursday.\n\n"
        "ORZU, April 2 - Police detained Rena Qaray yesterday.\n"
    )
    assert values(text, "date") == [
        "2024-04-09", "2024-04-08", "2024-04-05", "2024-04-04", "2024-04-02", "2024-04-01",
    ]  # fmt: skip


def test_followers_are_not_removed_and_halves_of_a_sentence_are_two_networks() -> None:
    text = (
        "Meta removed 77 accounts and 23 Pages run by the agency Kum; a cluster of 45 accounts "
        "was traced to the firm Dal. About 96,000 accounts followed one of them."
    )
    found = [f.value for f in fields_of(text) if f.kind == "takedown"]
    assert [(v["accounts"], v["attributed_to"]) for v in found] == [
        (77, "the agency Kum"),
        (45, "the firm Dal"),
    ]
    assert {"what": "followers", "amount": 96000, "unit": "followers"} in values(text, "quantity")


@pytest.mark.parametrize(
    "text",
    [
        "Zaur Bel was detained on May 3. Source: Dan Ulduzu.",
        "Dan Ulduzu said its website was attacked.",
        "Zaur Bel was fined, Dan Ulduzu reported.",
    ],
)
def test_what_only_outlets_have_or_do(text: str) -> None:
    assert values(text, "outlet") == ["Dan Ulduzu"]


def test_names_with_particles_and_initials() -> None:
    assert victims("Ahmed al-Hassan was arrested.") == {"Ahmed al-Hassan"}
    assert victims("Maria del Carmen Ruiz was arrested.") == {"Maria del Carmen Ruiz"}
    assert victims("The court fined N.A. Dag 300 manats.") == {"N.A. Dag"}


def test_a_newspaper_called_today_is_no_day() -> None:
    text = "Zaur Bel was fined on May 3, Qala Today reported."
    assert values(text, "date") == ["2024-05-03"]


def test_money_and_followers_of_two_scales() -> None:
    text = "RTÜK kanala 1 milyon 800 bin lira ceza kesti."
    assert values(text, "sentence", "tr") == [{"kind": "fine", "amount": 1800000, "unit": "TRY"}]
    assert values(text, "act", "tr") == ["fine"]


def test_whose_page_was_blocked_is_no_outlet() -> None:
    assert values("The Facebook page of Zaur Bel was blocked on May 3.", "outlet") == []
    assert values("Lawyers were denied access to Zaur Bel on May 3.", "outlet") == []
