"""Sentences as monitors of other hands put them: what they tell, and what they do not."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft


def _told(sentence: str, kind: str, lang: str = "en") -> set[str]:
    entries = draft(sentence, context_date=dt.date(2031, 12, 20), lang=lang).entries
    return {str(f.value) for entry in entries for f in entry.fields if f.kind == kind}


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ("site_blocking", "The website Ridge Times was blocked for users inside the country."),
        ("hijack_account", "A status that she was leaving politics was shared on her behalf."),
        ("charge_changed", "A new charge, tax evasion [Article 218.2], was added to the case."),
        ("demonetisation", "The channel was also excluded from the partner programme."),
        ("termination", "Father Simon Kralev found his YouTube channel terminated on 29 March."),
        ("suspension", "On Friday the poet found her Facebook page disabled."),
        ("impersonation", "The sender used the name of a well-known activist, Rustem Qapan."),
        ("phishing", "Nine editors received messages in the name of support asking to confirm."),
        ("phishing", "He received on 4 May an email that looked like it came from an embassy."),
        ("phishing", "Emails with infected attachments were sent to journalists."),
        ("phishing", "They sent links to spoofed websites to activists and collected passwords."),
        ("smear_campaign", 'The page was used to accuse Ila Stoy of "working for foreign spies".'),
        ("forced_deletion", "He was made to apologise on camera and take the video down."),
    ],
)
def test_an_act_is_told(act: str, sentence: str) -> None:
    assert act in _told(sentence, "act")


@pytest.mark.parametrize(
    ("never", "sentence"),
    [
        ("geoblock", "The website Ridge Times was blocked for users inside the country."),
        ("charge", "A new charge, tax evasion [Article 218.2], was added to the case."),
        ("arrest", "The blogger said the real reason behind his arrest was a comment."),
        ("appeal_decision", "Police did not accept Velmez's complaint."),
        ("forced_post", "They told him to write to Facebook."),
        ("sentence", "They left his group, as a result of which three months of posts are lost."),
        ("sentence", "Meta gave the team 30 days to appeal."),
        ("forced_deletion", "Sites would have to remove posts within a day of being told so."),
        ("fine", "The fines for individuals would go up to 1,000 manats."),
        ("threat", "Both men were told they would be free as soon as he stops his streams."),
        ("release", "In its report, released on 3 May, Meta named nobody."),
        ("account_restored", "The network was removed in May, and in half a year it was back."),
    ],
)
def test_another_act_is_not(never: str, sentence: str) -> None:
    assert never not in _told(sentence, "act")


def test_access_to_a_page_is_given_back() -> None:
    assert "account_restored" in _told("Her page was hacked. Access was restored.", "act")


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The video was watched by 46 thousand people.", "{'what': 'views', 'amount': 46000"),
        ("The article was read 57 thousand times.", "{'what': 'views', 'amount': 57000"),
        ("She lost her profile for five days.", "{'what': 'duration', 'amount': 5"),
    ],
)
def test_a_count(sentence: str, value: str) -> None:
    (count,) = _told(sentence, "quantity")
    assert count.startswith(value)


@pytest.mark.parametrize(
    "sentence",
    ["None of the editors have ever seen one.", "He read two books and saw three films there."],
)
def test_no_count(sentence: str) -> None:
    assert _told(sentence, "quantity") == set()


def test_days_that_follow_are_no_day() -> None:
    text = "She was held on 3 May. In the following days, others were held too."
    assert _told(text, "date") == {"2031-05-03"}
    text = "She was held on 3 May. The following day, others were held too."
    assert "2031-05-04" in _told(text, "date")


def test_an_update_told_with_a_length_of_time_keeps_its_day() -> None:
    text = (
        "reporter held [updated December 18]\n\n"
        "[Update, December 18] The court extended the detention by two months.\n\n"
        "Dilara Tarl, a reporter, was remanded in custody on November 20.\n"
    )
    assert _told(text, "date") == {"2031-12-18", "2031-11-20"}


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ("administrative_detention", "One more user was placed in detention for ten days."),
        ("arrest", "On 22 September he was put in detention for two months."),
        ("termination", "YouTube removed the channel of Ulan Choko on 3 December."),
        ("termination", "The channel was removed by Telegram on 12 May."),
        ("mass_reporting", "The video got about 900 complaints."),
        ("mass_reporting", "The page was closed after several complaints on copyright."),
        ("forced_apology", "Sary Bulak recorded a video with apologies."),
        ("forced_apology", "The dean summoned Sary Bulak and demanded a public apology."),
        ("appeal_decision", "The lawyers appealed, and the Supreme Court cancelled the decision."),
        ("deportation", "Security officers handed over blogger Samat Uzgen to Lorvas."),
        ("surveillance", "A truck without plates has been following his car since May."),
        ("property_damage", "Unknown men burned his motorcycle."),
        ("forced_deletion", "Officers demanded that a story on the tender be removed."),
        ("phishing", "Editors got emails “from Google” saying that somebody has their password."),
        ("comment_flooding", "Within hours appeared 640 comments with the same text."),
        ("device_seizure", "Officers seized the transmitter and three computers."),
    ],
)
def test_a_further_act_is_told(act: str, sentence: str) -> None:
    assert act in _told(sentence, "act")


@pytest.mark.parametrize(
    ("never", "sentence"),
    [
        ("investigation", "The police opened no case."),
        ("offer", "The company promised it would pay more attention to smaller countries."),
        ("bribe_demand", "The court fined Karas 300 dollars. The owner asked for 2,000 dollars."),
        ("charge_dropped", "The prosecutor sued the editor. The site was closed in May."),
        ("detention", "On Friday officers seized the transmitter and three computers."),
        ("site_blocking", "It would allow the regulator to order the blocking of sites."),
        ("suspension", "YouTube removed the channel of Ulan Choko on 3 December."),
    ],
)
def test_a_further_act_is_not(never: str, sentence: str) -> None:
    assert never not in _told(sentence, "act")


@pytest.mark.parametrize(
    ("lang", "sentence", "months"),
    [
        ("en", "The court reduced his sentence from six years to three years and six months.", 42),
        ("az", "Məhkəmə onun cəzasını 6 ildən 4 il 6 aya endirib.", 54),
        ("tr", "Mahkeme cezasını 6 yıldan 4 yıl 6 aya indirdi.", 54),
    ],
)
def test_a_reduced_sentence_is_the_new_one(lang: str, sentence: str, months: int) -> None:
    expected = str({"kind": "prison", "amount": months, "unit": "months"})
    assert expected in _told(sentence, "sentence", lang)


def test_a_bare_number_of_a_code_is_a_provision() -> None:
    sentence = "She is accused of calls for disorder [278.3 of the Criminal Code]."
    assert _told(sentence, "provision") == {"278.3"}


def test_money_of_a_neighbour_has_its_currency() -> None:
    fine = {"kind": "fine", "amount": 15000, "unit": "KGS"}
    assert _told("Roza Kemen was fined 15,000 soms.", "sentence") == {str(fine)}


@pytest.mark.parametrize(
    ("lang", "sentence", "outlet"),
    [
        ("en", "They removed thousands of followers, reported Kestrel News.", "Kestrel News"),
        ("en", "Ana Verba of TV Oblast entered her password and lost her profile.", "TV Oblast"),
        ("tr", "Serbest Köşe muhabiri Devrim Taşkın gözaltına alındı.", "Serbest Köşe"),
    ],
)
def test_who_only_reports_or_employs_is_no_victim(lang: str, sentence: str, outlet: str) -> None:
    entries = draft(sentence, context_date=dt.date(2031, 12, 20), lang=lang).entries
    roles = [f.role for entry in entries for f in entry.fields if f.value == outlet]
    assert roles == [None]


@pytest.mark.parametrize(
    ("lang", "sentence", "what", "amount"),
    [
        ("az", "Ofisdə olan beş əməkdaş idarəyə gətirilib.", "people_detained", 5),
        ("az", "Aksiyadan sonra 9 sakin saxlanılıb.", "people_detained", 9),
        ("az", "Hücum üç gün davam etmişdi.", "duration", 3),
        ("az", "Altı saata yaxın sayta girmək mümkün olmadı.", "duration", 6),
        ("tr", "Hâkimlik sitedeki 11 habere erişim engeli getirdi.", "other", 11),
        ("tr", "Köyde dört sakin gözaltına alındı.", "people_detained", 4),
        ("tr", "Eylemde üç kişi dövüldü.", "people_affected", 3),
    ],
)
def test_a_count_in_azerbaijani_and_turkish(
    lang: str, sentence: str, what: str, amount: int
) -> None:
    (count,) = _told(sentence, "quantity", lang)
    assert count.startswith(str({"what": what, "amount": amount})[:-1])


@pytest.mark.parametrize(
    "sentence",
    [
        "Muhabirimiz Tolga Boz belediye önünde üç kişi tarafından dövüldü.",
        "Mümtaz Göl bürosundan çıkarken iki kişinin saldırısına uğradı.",
    ],
)
def test_attackers_are_no_count_of_people_acted_upon(sentence: str) -> None:
    assert _told(sentence, "quantity", "tr") == set()


def test_a_company_has_its_own_name_in_russian_reports() -> None:
    text = (
        "6 апреля фейсбук отчитался об удалении 61 аккаунта, 18 страниц и 9 групп. "
        "По данным компании, сеть связана с сотрудниками агентства новостей."
    )
    (entry,) = draft(text, context_date=dt.date(2031, 12, 20), lang="ru").entries
    (takedown,) = (f.value for f in entry.fields if f.kind == "takedown")
    assert takedown["reporter"] == "Facebook"
    assert takedown["attributed_to"] == "сотрудниками агентства новостей"


def test_pages_of_a_party_s_wing_are_attributed_to_it() -> None:
    text = "In October 2030, Facebook removed 402 accounts and 4,310 Pages of the youth wing."
    (entry,) = draft(text, context_date=dt.date(2031, 12, 20), lang="en").entries
    (takedown,) = (f.value for f in entry.fields if f.kind == "takedown")
    assert takedown["attributed_to"] == "the youth wing"


def test_whose_page_it_is_in_the_genitive() -> None:
    text = (
        "3 мая. Сайт издания «Окраина» заблокировали.\n\n"
        "9 февраля. После интервью страницу «Окраины» завалили одинаковыми комментариями.\n\n"
        "10 февраля. Страницу «Типичный Заводск» взломали.\n"
    )
    assert _told(text, "outlet", "ru") == {"Окраина"}


@pytest.mark.parametrize(
    "whose", ["the governor of", "the mayor of", "The prosecutor's office of"]
)
def test_a_region_with_an_office_is_a_place(whose: str) -> None:
    text = f"The paper published a list of {whose} Sierra Alta. Its director was summoned."
    assert _told(text, "place") == {"Sierra Alta"}
    assert _told(text, "outlet") == set()


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("The editor appealed. He has been in prison since November 2022.", {"appeal", "arrest"}),
        ("Her family in the capital was visited by the police.", {"pressure_on_relatives"}),
        ("The account was reported by a large number of fake accounts.", {"mass_reporting"}),
        ("The hackers shared her private messages.", {"private_material_leak"}),
        ("Users reported that WhatsApp and Skype calls were not working.", {"service_blocking"}),
        ("In the notice he was accused of pretending to be someone else.", set()),
        ("She runs a YouTube show called Uzaqdan.", set()),
        ("The ministry encouraged users to report such content.", set()),
        ("The site was under a DDoS attack. The website was inaccessible for two days.", {"ddos"}),
    ],
)
def test_english_states_and_look_alikes(text: str, acts: set[str]) -> None:
    entry = draft(text, context_date=dt.date(2024, 8, 1)).entries[0]
    told = {str(field.value) for field in entry.fields if field.kind == "act"}
    assert told == acts


def test_blows_in_custody_offer_ill_treatment_as_well() -> None:
    text = "Bloger Anar Dumanlının vəkili deyir ki, o, polis bölməsində döyülüb."
    entry = draft(text, context_date=dt.date(2024, 8, 1)).entries[0]
    told = next(f for f in entry.fields if f.value == "assault")
    assert told.alternatives == ("ill_treatment",)


@pytest.mark.parametrize(
    ("text", "what", "amount"),
    [
        ("Facebook said that five posts were removed in error.", "other", 5),
        ("About 200 videos could not be recovered.", "content_lost", 200),
        ("He was placed in solitary confinement for seven days.", "duration", 7),
        ("The website was attacked and could not be opened for five days.", "duration", 5),
        ("Local groups say 37 news websites are currently not available.", "other", 37),
        ("Sixty residents were detained and four were wounded.", "people_affected", 4),
    ],
)
def test_english_counts_by_what_became_of_them(text: str, what: str, amount: int) -> None:
    entry = draft(text, context_date=dt.date(2024, 8, 1)).entries[0]
    counted = [f.value for f in entry.fields if f.kind == "quantity"]
    assert any(value["what"] == what and value["amount"] == amount for value in counted)
