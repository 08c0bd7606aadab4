"""Words that look like an act where they stand, and tell another one or none."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft


def _acts(sentence: str) -> set[str]:
    entries = draft(sentence, context_date=dt.date(2031, 12, 20), lang="en").entries
    return {str(f.value) for entry in entries for f in entry.fields if f.kind == "act"}


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("Shots were fired near the village and the internet was cut.", "dismissal"),
        ("Protesters called the post politically charged.", "charge"),
        ("The cuts followed attacks on several temples in the district.", "ddos"),
        ("Internet services were restored after ten days.", "account_restored"),
        ("The ministry ordered the shutdown of broadband and mobile services.", "outlet_closure"),
        ("A book which was taken from the journalist's house speaks about fasting.", "detention"),
        ("His notebooks were taken from the office.", "detention"),
        ("The expert was answering questions when the lawyer came in.", "questioning"),
        ("The complaint was published even before being released by the police.", "release"),
        ("He was sentenced to a pre-trial detention on the basis of a complaint.", "sentence"),
        ("Messages asking for money were sent to his contacts.", "bribe_demand"),
        ("The judge refused the lawyer's motion to summon the officers.", "lawyer_denied"),
        ("The next hearing was scheduled for January 29.", "trial"),
        ("According to the ministry, 24 people were held accountable.", "detention"),
        ("YouTube restricted access in the country to a video by Qara Qutu.", "service_blocking"),
        ("The Centre published a report on detentions of journalists.", "detention"),
        ("At least 20 observers of the group Honest Count lost mobile service.", "hijack_page"),
        ("Bekzat, who runs the page, was held for three and a half hours.", "hijack_page"),
        ("The posters were put on buses and cars by activists.", "detention"),
        ("His phone was snatched and thrown to the ground.", "assault"),
        ("Some came from accounts with locked profiles and no friends.", "account_lock"),
        ("Arzu Nuriyeli was insulted and eventually deactivated her profile.", "suspension"),
    ],
)
def test_it_is_none(sentence: str, never: str) -> None:
    assert never not in _acts(sentence)


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Rauf Velmez was taken from his house by police.", "detention"),
        ("After the statement, he was released on bail.", "release"),
        ("He was dismissed on 3 May after shots were fired outside the newsroom.", "dismissal"),
        ("He spent four hours answering questions at the prosecutor's office.", "questioning"),
        ("He was sentenced to two months of pre-trial detention.", "arrest"),
        ("Two laptops were taken from the editor's house.", "device_seizure"),
        ("They searched it without a warrant and took away a laptop.", "device_seizure"),
        ("YouTube restricted access in the country to a video by Qara Qutu.", "content_removal"),
        ("The phone number of Arif Qazan, a politician, was used to send texts.", "impersonation"),
        ("The ministry restricted access to TikTok on 2 March.", "service_blocking"),
        ("Facebook deactivated her profile on 3 May.", "suspension"),
        ("He was dragged out of polling station No. 27 by unknown men.", "assault"),
        ("She was pushed down the stairs and her arm was injured.", "assault"),
        ("His phone was snatched and thrown to the ground.", "device_seizure"),
        ("The reporters were put on buses and driven outside the city.", "detention"),
        ("The Bar Association decided to expel lawyer Samira Agalar.", "lawyer_denied"),
        ("The judge denied the lawyer's request to see his client.", "lawyer_denied"),
        (
            "Her father received a phone call from the education department.",
            "pressure_on_relatives",
        ),
        ("The investigator was asking for money to close the case.", "bribe_demand"),
        (
            "Private photos of activist Nigar Sadaqi were shared on Telegram.",
            "private_material_leak",
        ),
    ],
)
def test_it_is_one(sentence: str, act: str) -> None:
    assert act in _acts(sentence)


@pytest.mark.parametrize(
    ("lang", "sentence", "act"),
    [
        ("en", "The dean summoned Rauf Velmez over a post.", "pressure_through_employer"),
        ("en", "Rauf Velmez was summoned by the principal.", "pressure_through_employer"),
        ("en", "Rauf Velmez was called in by his boss.", "pressure_through_employer"),
        ("en", "The director of the station, Rauf Velmez, was summoned to the police.", "summons"),
        ("en", "Rauf Velmez was summoned by the head of the police.", "summons"),
        ("ru", "Студента Рауфа Вельмезли вызывал декан.", "pressure_through_employer"),
        ("ru", "Рауфа Вельмезли вызвали к директору школы.", "pressure_through_employer"),
        ("ru", "Директора издания Рауфа Вельмезли вызвали в прокуратуру.", "summons"),
        ("ru", "Директор издания Рауф Вельмезли вызван в прокуратуру.", "summons"),
        ("az", "Rauf Velməzli direktorun otağına çağırılıb.", "pressure_through_employer"),
        ("az", "Direktor Rauf Velməzli polisə çağırılıb.", "summons"),
        ("az", "Atası direktorun yanına çağırılıb.", "pressure_on_relatives"),
        ("tr", "Dekan, öğrenci Rauf Velmez'i odasına çağırdı.", "pressure_through_employer"),
    ],
)
def test_who_summons(lang: str, sentence: str, act: str) -> None:
    entries = draft(sentence, context_date=dt.date(2031, 12, 20), lang=lang).entries
    assert [f.value for entry in entries for f in entry.fields if f.kind == "act"] == [act]


def test_a_fine_in_units_of_account_is_told_in_money() -> None:
    text = "A court fined poet Yerlan Tastan 50 monthly calculation indices (172,500 tenge)."
    (entry,) = draft(text, context_date=dt.date(2031, 12, 20), lang="en").entries
    told = [f.value for f in entry.fields if f.kind == "sentence"]
    assert told == [{"kind": "fine", "amount": 172500, "unit": "KZT"}]
