from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft
from undersight.extract.split import headline_text, split

BODY = "On May 3, activist Nuray Salamova was detained in Sarnak and taken to the police station."
OTHER = "On May 9, journalist Elman Qorxmazov was fined 500 manat by a court in Dashbulaq."
THIRD = "On May 12, blogger Aysel Nurlan was questioned at the prosecutor’s office in Sarnak."


def is_incident(text: str) -> bool:
    return "May" in text


def headlines(text: str) -> list[str]:
    return [headline_text(text, section) for section in split(text, is_incident)]


def bodies(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text, is_incident)]


def test_headlines_above_paragraphs() -> None:
    text = f"first thing\n\n{BODY}\n\nMore of it in May.\n\n\nsecond thing\n\n{OTHER}\n"
    assert headlines(text) == ["first thing", "second thing"]


@pytest.mark.parametrize(
    "stamp",
    [
        "[Updated September 5]",
        "(Updated: 5 May 2023)",
        "[yenilənib: 4 dekabr]",
        "[4 dekabrda yenilənib]",
        "[Обновлено 5 мая]",
        "[Güncellendi: 3 Mayıs]",
        "[8 Haziran'da güncellendi]",
    ],
)
def test_stamps_are_no_part_of_the_headline(stamp: str) -> None:
    text = f"a thing that happened {stamp}\n\n{BODY}\n"
    (section,) = split(text, is_incident)
    assert headline_text(text, section) == "a thing that happened"
    assert [text[slice(*span)] for span in section.stamps] == [stamp]


def test_a_stamp_may_have_a_line_of_its_own() -> None:
    text = f"a thing that happened\nLast updated: 5 May 2023\n\n{BODY}\n"
    (section,) = split(text, is_incident)
    assert [text[slice(*span)] for span in section.stamps] == ["Last updated: 5 May 2023"]


def test_a_sentence_that_says_when_an_article_was_updated_is_its_stamp() -> None:
    said = "This article was last updated at 10:46 am on 30 May, 2018"
    text = f"first thing\n\n{BODY}\n\nsecond thing (updated)\n\n{said}\n\n{OTHER}\n"
    _, second = split(text, is_incident)
    assert headline_text(text, second) == "second thing"
    assert said in [text[slice(*span)] for span in second.stamps]


def test_a_list_of_days_in_one_entry_parts_no_log_of_headlines() -> None:
    update = "[Update] The lawyers of all of them wrote to the ombudsperson about how it was done."
    days = "\n\n".join(
        f"May {n} – activist number {n} was questioned.\n\n{update}" for n in range(3, 9)
    )
    heads = ["first thing", "second thing", "third thing", "fourth thing"]
    told = [f"In Sarnak in May, {body.partition(', ')[2]}" for body in (BODY, OTHER, THIRD)]
    text = "\n\n".join(
        f"{head}\n\n{body}" for head, body in zip(heads, [days, *told], strict=True)
    )
    assert headlines(text) == heads


def test_update_paragraphs_open_no_entry() -> None:
    text = f"a thing\nhappened here\n\n[Update] On May 20 she was freed\n\n{BODY}\n"
    assert len(split(text, is_incident)) == 1


def test_an_article_keeps_its_subheadings() -> None:
    text = (
        f"a report on networks\n\n{BODY}\n\nTerminology worth knowing\n\n"
        "Some key terms follow here for the sake of clarity.\n\nBrigading\n\n"
        "People who work together to comment on a target in great numbers.\n\n\n"
        f"another headline of the log\n\n{OTHER}\n"
    )
    assert headlines(text) == ["a report on networks", "another headline of the log"]


def test_separators_part_entries() -> None:
    text = f"{BODY}\n\n---\n\n{OTHER}\n\n* * *\n\n{THIRD}\n"
    assert bodies(text) == [BODY, OTHER, THIRD]


def test_markdown_takes_the_level_that_carries_incidents() -> None:
    text = (
        f"# Our log\n\n## May\n\n### First\n\n{BODY}\n\n### Second\n\n{OTHER}\n\n"
        f"## April\n\n### Third\n\n{THIRD}\n"
    )
    assert headlines(text)[-3:] == ["First", "Second", "Third"]


def test_bold_headlines() -> None:
    text = f"**First thing**\n\n{BODY}\n\n**Second thing**\n\n{OTHER}\n"
    assert headlines(text) == ["First thing", "Second thing"]


@pytest.mark.parametrize(
    "leads",
    [
        ("May 12 – ", "May 9 – ", "May 3 – "),
        ("12 May 2024: ", "9 May 2024: ", "3 May 2024: "),
        ("12.05.2024. ", "09.05.2024. ", "03.05.2024. "),
        ("2024-05-12 | ", "2024-05-09 | ", "2024-05-03 | "),
        ("2024-05-12 Sarnak: ", "2024-05-09 Old Sarnak: ", "2024-05-03 Sarnak: "),
        ("1. ", "2. ", "3. "),
        ("- ", "- ", "- "),
        ("⚡ ", "⚡ ", "❗ "),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_one_line_entries(leads: tuple[str, ...], gap: str) -> None:
    lines = [lead + body for lead, body in zip(leads, (THIRD, OTHER, BODY), strict=True)]
    text = gap.join(lines)
    assert bodies(text) == lines


def test_date_lines_date_the_entries_below() -> None:
    text = f"May 2024\n\nfirst thing\n\n{BODY}\n\n\nsecond thing\n\n{OTHER}\n"
    last = split(text, is_incident)[-1]
    assert last.dated is not None
    assert text[slice(*last.dated)] == "May 2024"


def test_words_before_the_first_entry_belong_to_none() -> None:
    preamble = "Our log of 2023\n\nThis page is updated."
    text = f"{preamble}\n\n\nfirst thing\n\n{BODY}\n\n\nsecond thing\n\n{OTHER}\n"
    assert headlines(text) == ["first thing", "second thing"]


def test_paragraphs_that_share_no_name_are_entries_of_their_own() -> None:
    text = f"{BODY}\n\nThere, Salamova refused to sign.\n\n{OTHER}\n\n{THIRD}\n"
    assert len(split(text, is_incident)) == 3


def test_windows_line_ends() -> None:
    text = f"first thing\r\n\r\n{BODY}\r\n\r\n\r\nsecond thing\r\n\r\n{OTHER}\r\n"
    assert headlines(text) == ["first thing", "second thing"]


def test_entries_that_say_their_number_may_count_down() -> None:
    text = (
        "Incident sheet\n\n"
        "No. 41\nWhat: Nora Dag was detained on 3 March 2024.\n\n"
        "No. 40\nWhat: Zaur Bel was fined on 27 February 2024.\n\n"
        "No. 39\nWhat: Nora Dag was questioned on 20 February 2024.\n"
    )
    sections = split(text, lambda part: "was" in part)
    assert [text[s.start : s.start + 6] for s in sections] == ["No. 41", "No. 40", "No. 39"]


DAYS = ("9 May 2024", "5 May 2024", "2 May 2024", "28 April 2024")
POSTS = (
    "UPDATE: she was let go tonight. Thanks to everybody. #Sarnak",
    "BREAKING: the office of Zorlu Post was searched in May. Phones off.",
    "We have verified it: two messengers blocked since Friday.",
    "Thread on the trial. The third hearing took place in May.",
)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_day_alone_on_a_line_opens_an_entry(gap: str) -> None:
    whole = [f"{day}{gap}{post}" for day, post in zip(DAYS, POSTS, strict=True)]
    assert bodies("\n\n".join(whole)) == whole
    # two paragraphs now and then
    whole[1] += "\n\nMore about it as we hear."
    assert bodies("\n\n".join(whole)) == whole


def test_days_above_several_headlines_are_chapters() -> None:
    day = "{}\n\nfirst thing happened here\n{}\n\nanother thing happened there\n{}"
    text = "\n\n".join(day.format(day_, BODY, OTHER) for day_ in DAYS)
    assert headlines(text).count("first thing happened here") == len(DAYS)
    assert headlines(text).count("another thing happened there") == len(DAYS)


def test_days_above_several_bullets_are_chapters() -> None:
    text = "\n\n".join(f"{day}\n- {BODY}\n- {OTHER}" for day in DAYS)
    assert len(bodies(text)) == 2 * len(DAYS)


def test_a_numbered_list_from_which_closed_cases_are_gone_is_parted_all_the_same() -> None:
    text = """Cases of our office on 1 March 2025.

2. Nara Bel, blogger
Detained 06.10.2024.

5. Zaur Dag, correspondent of Harbour TV
Charged 08.10.2024 under Art. 221.3.

9. Mirza Holt, teacher
Barred from leaving since 22.01.2025.
"""
    entries = draft(text, context_date=dt.date(2025, 3, 1), lang="en").entries
    victims = [[f.value for f in one.fields if f.role == "victim"] for one in entries]
    assert victims == [["Nara Bel"], ["Zaur Dag"], ["Mirza Holt"]]


@pytest.mark.parametrize(
    "headline",
    [
        "Zaur Dag, correspondent of Harbour TV",
        "3. Zaur Dag, driver for Harbour TV",
        "Zaur Dag (Harbour TV)",
    ],
)
def test_who_stands_above_with_a_newsroom_is_the_victim_and_not_the_newsroom(
    headline: str,
) -> None:
    text = f"{headline}\n\nCharged 08.10.2024 under Art. 221.3."
    (entry,) = draft(text, context_date=dt.date(2025, 3, 1), lang="en").entries
    named = {(f.kind, f.value): f.role for f in entry.fields if f.kind in ("person", "outlet")}
    assert named == {("person", "Zaur Dag"): "victim", ("outlet", "Harbour TV"): None}
