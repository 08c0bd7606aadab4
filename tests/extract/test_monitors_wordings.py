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
