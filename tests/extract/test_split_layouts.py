"""Layouts that monitors, alert services, digests and sheets use, in invented text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.extract import draft
from undersight.extract.split import headline_text, split

FIRST = "On May 3, activist Nuray Salamova was detained in Sarnak and taken to the police station."
SECOND = "On May 9, journalist Elman Qorxmazov was fined 500 manat by a court in Dashbulaq."
THIRD = "On May 12, blogger Aysel Nurlan was questioned at the prosecutor’s office in Sarnak."
FOURTH = "On May 20, lawyer Tural Bagir was called names by an anonymous channel for a week."
BODIES = (FIRST, SECOND, THIRD, FOURTH)
TITLES = (
    "Activist held",
    "Journalist fined over a joke",
    "Blogger’s long day",
    "A channel speaks",
)


def is_incident(text: str) -> bool:
    return any(word in text for word in ("detained", "fined", "questioned"))


def openings(text: str) -> list[str]:
    """The first line of every entry."""
    return [text[s.start : s.end].partition("\n")[0] for s in split(text, is_incident)]


HEADS = {
    "case and number": [f"Case {n}: {t}" for n, t in zip((4, 7, 9, 15), TITLES, strict=True)],
    "number of two parts": [f"Incident 24-0{n}: {t}" for n, t in enumerate(TITLES, 1)],
    "number and year": [f"ALERT No. {n}/2024 – {t}" for n, t in enumerate(TITLES, 7)],
    "code": [f"MR-2024-{n:03} | {t}" for n, t in enumerate(TITLES, 18)],
    "code in brackets": [f"[AL-{n}] {t}" for n, t in enumerate(TITLES, 12)],
    "falling": [f"Bulletin {n}. {t}" for n, t in zip((31, 30, 28, 27), TITLES, strict=True)],
    "number alone": [f"Report #{n}" for n in range(5, 9)],
    "Turkish": [f"Vaka {n}: {t}" for n, t in enumerate(TITLES, 12)],
    "Russian": [f"Дело № {n}. {t}" for n, t in enumerate(TITLES, 3)],
    "Azerbaijani": [f"Hadisə {n} – {t}" for n, t in enumerate(TITLES, 3)],
    "Roman": [f"{n}. {t}" for n, t in zip(("I", "II", "III", "IV"), TITLES, strict=True)],
    "letters": [f"{n}. {t}" for n, t in zip("ABCD", TITLES, strict=True)],
    "brackets": [f"({n}) {t}" for n, t in enumerate(TITLES, 1)],
    "figures alone": ["1", "2", "3", "4"],
    "keycaps": [f"{n}\ufe0f\u20e3 {t}" for n, t in enumerate(TITLES, 1)],
    "circled": [f"{n} {t}" for n, t in zip("①②③④", TITLES, strict=True)],
    "bold numbers": [f"**{n}. {t}**" for n, t in enumerate(TITLES, 1)],
    "capitals": [t.upper() for t in TITLES],
    "questions": [f"{t}?" for t in TITLES],
    "plain": list(TITLES),
    "bold": [f"**{t}**" for t in TITLES],
    "bold with stars": [f"*** {t} ***" for t in TITLES],
    "in dashes": [f"--- {t} ---" for t in TITLES],
    "wiki": [f"== {t} ==" for t in TITLES],
    "markdown": [f"### {t}" for t in TITLES],
    "dates": ["Friday, 3 May 2024", "Thursday, 9 May 2024", "12 May 2024", "20 May 2024"],
    "dates in markdown": [f"## {n} May 2024" for n in (3, 9, 12, 20)],
    "dates in rules": [f"=== {n} May 2024 ===" for n in (3, 9, 12, 20)],
    "date and title": [f"{n} May – {t}" for n, t in zip((3, 9, 12, 20), TITLES, strict=True)],
    "title and date": [f"{t} ({n} May)" for n, t in zip((3, 9, 12, 20), TITLES, strict=True)],
    "place": [f"SARNAK – {t}" for t in TITLES],
    "sign": [f"▶ {t}" for t in TITLES],
}


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS.keys())
@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n"])
@pytest.mark.parametrize("preamble", ["", "Our sheet, spring of 2024. Kept by the desk.\n\n"])
def test_heads_above_paragraphs(heads: list[str], gap: str, preamble: str) -> None:
    text = preamble + gap.join(f"{h}\n\n{b}" for h, b in zip(heads, BODIES, strict=True))
    assert openings(text) == heads


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS.keys())
def test_heads_right_above_their_paragraphs(heads: list[str]) -> None:
    text = "\n\n".join(f"{h}\n{b}" for h, b in zip(heads, BODIES, strict=True))
    assert openings(text) == heads


@pytest.mark.parametrize("rule", ["=", "-", "~"])
@pytest.mark.parametrize("is_boxed", [False, True])
def test_underlined_titles(rule: str, *, is_boxed: bool) -> None:
    parts = []
    for title, body in zip(TITLES, BODIES, strict=True):
        above = f"{rule * len(title)}\n" if is_boxed else ""
        parts.append(f"{above}{title}\n{rule * len(title)}\n\n{body}")
    sections = split("\n\n".join(parts), is_incident)
    assert [headline_text("\n\n".join(parts), s) for s in sections] == list(TITLES)


@pytest.mark.parametrize("rule", ["---", "* * *", "*", "═══════", "+++", "§", "⁂", "____________"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_rules_between_entries(rule: str, gap: str) -> None:
    parts = [f"{t}\n\n{b}" for t, b in zip(TITLES, BODIES, strict=True)]
    assert openings(f"{gap}{rule}{gap}".join(parts)) == list(TITLES)


def record(labels: tuple[str, ...], title: str, body: str, mark: str) -> str:
    when, what = body.split(", ", maxsplit=1)
    values = (when, "a person known to us", what, "the desk")
    lines = [f"{mark}{label}:{mark} {v}" for label, v in zip(labels, values, strict=True)]
    return "\n".join([title, *lines] if title else lines)


@pytest.mark.parametrize("mark", ["", "**", "- "])
@pytest.mark.parametrize("titled", [True, False])
@pytest.mark.parametrize("n_records", [2, 4])
@pytest.mark.parametrize(
    "labels",
    [
        ("When", "Who", "What", "Source"),
        ("Date", "Name of the person", "Description", "Status"),
        ("Дата", "Кто", "Что случилось", "Источник"),
        ("Tarih", "Kim", "Olay", "Kaynak"),
    ],
)
def test_labelled_records(
    labels: tuple[str, ...], n_records: int, mark: str, *, titled: bool
) -> None:
    if mark == "- ":
        labels = tuple(f"- {label}" for label in labels)
        mark = ""
    titles = TITLES if titled else ("",) * 4
    parts = [record(labels, t, b, mark) for t, b in zip(titles, BODIES, strict=True)][:n_records]
    assert openings("\n\n".join(parts)) == [part.splitlines()[0] for part in parts]


def test_records_with_labels_left_out_and_a_gap_inside() -> None:
    text = (
        f"Activist held\n\nWhen: May 3\nWhat: detained in Sarnak.\n\nFollow-up: {FIRST}\n\n"
        "Journalist fined\n\nWhen: May 9\nWhat: fined in Dashbulaq.\n\n"
        f"Blogger questioned\n\nWhen: May 12\nWhat: questioned.\nFollow-up: {THIRD}\n"
    )
    assert openings(text) == ["Activist held", "Journalist fined", "Blogger questioned"]


def test_run_in_titles() -> None:
    parts = [f"**{t}.** {b}" for t, b in zip(TITLES, BODIES, strict=True)]
    assert openings("\n\n".join(parts)) == parts
    parts = [f"*{t}* – {b}" for t, b in zip(TITLES, BODIES, strict=True)]
    assert openings("\n\n".join(parts)) == parts


def test_sections_that_tell_of_no_act_but_of_a_day_are_entries_of_a_digest() -> None:
    heads = [
        "A report is out",
        "The numbers",
        "Journalist fined",
        "Denial of the month",
        "More data",
    ]
    bodies = [
        "The report of 4 May 2024 lists pages and groups.",
        "The bulletin is dated 30 April and says little.",
        SECOND,
        "On 12 May 2024 the ministry said that it had no accounts.",
        "An archive came out on 2 May 2024; it holds posts.",
    ]
    text = "\n\n".join(f"{h}\n\n{b}" for h, b in zip(heads, bodies, strict=True))
    assert openings(text) == heads


def test_heads_that_come_back_name_parts_of_an_entry() -> None:
    text = "\n\n".join(
        f"**{t}**\n\n{b}\n\n**Response**\n\nOn 30 May the ministry said nothing.\n\n"
        "**Sources**\n\nThe desk."
        for t, b in zip(TITLES, BODIES, strict=True)
    )
    assert openings(text) == [f"**{t}**" for t in TITLES]


def test_a_list_inside_every_entry_is_no_count_of_entries() -> None:
    inner = "1. a laptop\n2. a telephone\n3. two cards"
    text = "\n\n\n".join(f"{t}\n\n{b}\n\n{inner}" for t, b in zip(TITLES, BODIES, strict=True))
    assert openings(text) == list(TITLES)


def test_a_lone_marked_title_does_not_hide_plain_headlines() -> None:
    text = "# Our log\n\n" + "\n\n".join(
        f"{t}\n\n{b}" for t, b in zip(TITLES, BODIES, strict=True)
    )
    assert openings(text)[-4:] == list(TITLES)


def test_lines_that_say_updates_open_no_entry() -> None:
    text = "\n\n".join(
        f"Case {n}: {t}\n\n{b}\n\nUpdate 2: released on May 28.\n\nCorrection: it was a Friday."
        for n, (t, b) in enumerate(zip(TITLES, BODIES, strict=True), 1)
    )
    assert openings(text) == [f"Case {n}: {t}" for n, t in enumerate(TITLES, 1)]


def test_years_and_clauses_count_no_entries() -> None:
    text = (
        f"Activist held\n\n{FIRST}\n\nIn 2019, a first bill failed.\n\nIn 2020, another.\n\n"
        "In 2021, nobody tried.\n"
    )
    assert len(split(text, is_incident)) == 1


def test_a_conversation_is_no_row_of_records() -> None:
    lines = [
        "Judge: do you know him",
        "Witness: I do not",
        "Judge: are you sure",
        "Witness: quite",
    ]
    text = f"Activist held\n\n{FIRST}\n\n" + "\n".join([*lines, *lines])
    assert len(split(text, is_incident)) == 1


def test_a_long_article_keeps_its_subheadings() -> None:
    part = "\n\n".join(["It says much about how things are done.", *["And so on it goes."] * 6])
    heads = ("How it began", "What the words mean", "Who is behind it", "What comes next")
    text = f"A report on networks\n\n{FIRST}\n\n" + "\n\n".join(
        f"{h}\n\nIn a text of 4 May 2024 it was told.\n\n{part}" for h in heads
    )
    assert openings(text) == ["A report on networks"]


DAYS = (3, 9, 12, 20)


def woven(shape: str, gap: str = "\n\n") -> str:
    """The four entries in one shape."""
    rows = zip(TITLES, DAYS, BODIES, strict=True)
    return gap.join(shape.format(title=t, day=d, body=b) for t, d, b in rows)


FEEDS = {
    "title, address, date": "{title}\nhttps://news.example/{day}\n{day} May 2024 | Sarnak\n{body}",
    "title and byline": "{title}\nBy the desk, {day} May 2024\n\n{body}",
    "date in brackets": "[{day} May 2024] {title}\n{body}",
    "tags": "#sarnak #n{day}\n{body}",
    "source below": "{body}\nSource: Radio Estan",
    "source apart": "{body}\n\nSource: Radio Estan",
    "read more": "{body}\n\nRead more: https://news.example/{day}",
    "tab": "2024-05-{day:02}\t{body}",
    "time": "{day:02}:40 {body}",
    "mail": "Subject: {title}\nDate: {day} May 2024\n\n{body}\n\nContact: desk@example.org",
    "labels by equals": "Date = {day} May 2024\nPerson = somebody\nEvent = {body}",
    "labels by dashes": "Date – {day} May 2024\nPerson – somebody\nEvent – {body}",
}


@pytest.mark.parametrize("shape", FEEDS.values(), ids=FEEDS.keys())
def test_feeds_and_alerts(shape: str) -> None:
    text = woven(shape)
    first = shape.partition("\n")[0]
    wanted = [
        first.format(title=t, day=d, body=b) for t, d, b in zip(TITLES, DAYS, BODIES, strict=True)
    ]
    assert openings(text) == wanted


@pytest.mark.parametrize("chapters", [("3 May 2024", "9 May 2024"), ("ARRESTS", "COURTS")])
@pytest.mark.parametrize("mark", ["", "## "])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_bullets_below_days_or_chapters(chapters: tuple[str, str], mark: str, gap: str) -> None:
    first, second = (mark + chapter for chapter in chapters)
    text = f"{first}{gap}- {FIRST}\n- {SECOND}\n\n{second}{gap}- {THIRD}\n- {FOURTH}"
    assert len(split(text, is_incident)) == 4


def test_rules_part_entries_that_have_subheadings() -> None:
    parts = [f"{t}\n\n{b}\n\nBefore that day\n\nOn 1 May a friend of theirs was detained."
             for t, b in zip(TITLES, BODIES, strict=True)]  # fmt: skip
    assert openings("\n\n---\n\n".join(parts)) == list(TITLES)


def test_a_story_told_by_days_is_one_entry() -> None:
    text = (
        f"An activist’s May\n\n{FIRST}\n\nOn May 5, she was fined.\n\n"
        "On May 7, she was questioned.\n\nOn May 9, friends say, Salamova was detained again.\n"
    )
    assert len(split(text, is_incident)) == 1


PIECES = (
    "---", "===", "*", "1.", "2) b", "Case 3: x", "[AL-4] y", "When: 3 May", "Who: z", "", "",
    "**Bold**", "**Run.** In text", "# T", "3 May 2024", "I. x", "①", "- bullet", "  - inner",
    "On May 3, she was detained.", "DETENTIONS", "Source: R", "x = y", "Title\n=====",
    "[Update] x",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_sections_follow_one_another_inside_the_text(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    end = 0
    for section in split(text, is_incident):
        assert end <= section.start < section.end <= len(text)
        end = section.end
        if section.headline:
            assert section.start <= section.headline[0] <= section.headline[1] <= section.end


def test_alerts_of_countries_that_come_back_are_entries() -> None:
    heads = ("TARVANIA", "TARVANIA", "VESSALY", "GANDORA", "VESSALY", "VESSALY")
    text = "\n\n\n".join(
        f"{head}: Reporter number {n} fined\n\nA court fined Zaur Bel 500 manats on {n} May 2024."
        for n, head in enumerate(heads, start=1)
    )
    assert len(draft(text, context_date=dt.date(2024, 6, 1)).entries) == len(heads)


ALERTS = (
    "BREAKING (3 May): Activist Nuray Salamova was detained in Sarnak.",
    "Police searched the home of reporter Nora Dag on 5 May. Dag was not told why.",
    "12 May | Blogger Aysel Nurlan was questioned at the prosecutor’s office",
    "A court fined Radio Tirma on 14 May over an interview (15 May).",
    "20 May: The website Lantern has been blocked.",
)


@pytest.mark.parametrize("n_first", [0, 1])
def test_alerts_that_open_in_any_way_are_parted(n_first: int) -> None:
    shown = ALERTS[n_first:]
    assert openings("\n\n".join(shown)) == list(shown)


def test_paragraphs_that_go_on_with_someone_stay_one_entry() -> None:
    told = "On 3 May, Nuray Salamova was detained.\n\nThe court fined Salamova on 5 May."
    more = "On 9 May, Salamova was questioned.\n\nBy 12 May, Salamova had left."
    assert len(openings(f"{told}\n\n{more}")) == 1


def test_datelines_between_slashes_are_parted_and_dated() -> None:
    lines = [
        "Sarnak/22.05.20/Tirma Press: Blogger Zaur Bel was detained yesterday.",
        "Velgrad/25.05.20/Tirma Press: A court fined Radio Tirma.",
        "Sarnak/28.05.20/Nota Agency: Police searched the home of reporter Nora Dag.",
    ]
    text = "\n\n".join(lines)
    assert openings(text) == lines
    entries = draft(text, context_date=dt.date(2024, 12, 20)).entries
    days = [[f.value for f in entry.fields if f.kind == "date"] for entry in entries]
    assert days == [["2020-05-22", "2020-05-21"], ["2020-05-25"], ["2020-05-28"]]


def test_a_headline_that_begins_with_its_day_is_a_headline() -> None:
    text = "20 May. Blogger fined over a post\n\nA court in Sarnak fined Aysel Nurlan 300 manat."
    (entry,) = draft(text, context_date=dt.date(2024, 12, 20)).entries
    assert entry.headline == "20 May. Blogger fined over a post"
    assert [f.start > 34 for f in entry.fields if f.kind == "act"] == [True]
