from __future__ import annotations

import datetime as dt
import json
import string
import time
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undersight.extract import Gazetteer, Known, draft
from undersight.extract.engine import Candidate
from undersight.model.draft import Draft, DraftEntry, DraftField

DAY = dt.date(2024, 6, 30)
LOG = """\
blogger fined over a video [Updated June 20]

[Update] On June 19, an appeal court in Sarnak upheld the decision.

Blogger Nuray Salamova was summoned to the Dashbulaq police on May 28 over a video she had posted
on Facebook. According to Turuncu TV, she was fined 500 manat under Article 388-1.1.1 of the Code
of Administrative Offences. “They did not show me a single paper,” Salamova told Turuncu TV. Her
lawyer, Elman Qorxmazov, said they would appeal.

The spokesman of the Ministry of Public Order, Farid Qulamzade, denied that Salamova had been
summoned.


newsroom loses its page

On April 2, the Facebook page of Sabah Radio was hacked. The newsroom lost 26k of its followers.
"""


def entries(text: str, **more: Any) -> list[DraftEntry]:
    return list(draft(text, context_date=DAY, lang="en", **more).entries)


def fields(entry: DraftEntry, kind: str) -> list[DraftField]:
    return [field for field in entry.fields if field.kind == kind]


def values(entry: DraftEntry, kind: str) -> list[Any]:
    return [field.value for field in fields(entry, kind)]


def test_a_running_log_becomes_entries_with_headline_and_stamp() -> None:
    first, second = entries(LOG)
    assert first.headline == "blogger fined over a video"
    assert first.updated == "2024-06-20"
    assert second.headline == "newsroom loses its page"
    assert second.updated is None


def test_the_facts_of_an_entry() -> None:
    entry = entries(LOG)[0]
    assert {"summons", "fine", "appeal_decision"} <= set(values(entry, "act"))
    assert set(values(entry, "date")) == {"2024-05-28", "2024-06-19"}  # the stamp is `updated`
    assert values(entry, "sentence") == [{"kind": "fine", "amount": 500, "unit": "AZN"}]
    assert values(entry, "provision") == ["388.1.1"]
    assert values(entry, "outlet") == ["Turuncu TV"]
    assert values(entry, "platform") == ["facebook"]
    assert values(entry, "official") == ["Farid Qulamzade"]


def test_people_have_roles_and_short_names_are_the_same_person() -> None:
    entry = entries(LOG)[0]
    roles = {(f.value, f.role) for f in entry.fields if f.kind in ("person", "official")}
    assert ("Nuray Salamova", "victim") in roles
    assert ("Elman Qorxmazov", "lawyer") in roles
    assert ("Farid Qulamzade", "official") in roles
    assert not any(value == "Salamova" for value, _ in roles)


def test_the_victim_is_tied_to_the_act() -> None:
    entry = entries(LOG)[0]
    victim = next(f for f in entry.fields if f.role == "victim")
    assert victim.of is not None
    assert entry.fields[victim.of].value == "summons"


def test_a_denial_has_speaker_stance_and_subject() -> None:
    claim = values(entries(LOG)[0], "claim")[-1]
    assert claim == {"speaker": "Farid Qulamzade", "stance": "denies", "about": "summons"}


def test_an_outlet_can_be_the_victim_and_losses_are_counted() -> None:
    entry = entries(LOG)[1]
    assert [(f.value, f.role) for f in fields(entry, "outlet")] == [("Sabah Radio", "victim")]
    assert {"what": "followers_lost", "amount": 26000, "unit": "followers"} in values(
        entry, "quantity"
    )
    assert "hijack_page" in values(entry, "act")


@pytest.mark.parametrize(
    "sentence",
    [
        "Activist Nuray Salamova was not detained on May 3.",
        "Activist Nuray Salamova could be detained on May 3.",
        "Activist Nuray Salamova fears being detained after May 3.",
        "Without being detained, Nuray Salamova left on May 3.",
    ],
)
def test_what_did_not_happen_is_no_act(sentence: str) -> None:
    assert "detention" not in values(entries(sentence)[0], "act")


@pytest.mark.parametrize(
    "sentence",
    [
        "The charge, brought on May 3, could land Nuray Salamova up to a 3-year prison sentence.",
        "On May 3 the prosecutor asked for four years in prison for Nuray Salamova.",
        "She faces up to five years in prison.",
    ],
)
def test_a_threatened_penalty_is_no_sentence(sentence: str) -> None:
    assert values(entries(sentence)[0], "sentence") == []


def test_years_run_backwards_through_a_log() -> None:
    log = "\n\n\n".join(
        f"Activist detained again {i}\n\nActivist Nuray Salamova was detained on {day} in Sarnak."
        for i, day in enumerate(["March 4", "January 10", "December 28", "November 2"])
    )
    days = [values(e, "date") for e in entries(log)]
    assert days == [["2024-03-04"], ["2024-01-10"], ["2023-12-28"], ["2023-11-02"]]


def test_a_name_made_plain_in_one_entry_is_known_in_the_others() -> None:
    log = (
        "First headline stands here\n\nOn May 3 the website Qara Lalə was blocked.\n\n\n"
        "Second headline stands here\n\nQara Lalə was fined 300 manat on April 2.\n"
    )
    assert values(entries(log)[1], "outlet") == ["Qara Lalə"]


def test_a_learned_gazetteer_outranks_guesses() -> None:
    text = "On May 3, Ekho Dolina said that it was blocked."
    assert values(entries(text)[0], "outlet") == []
    known = Gazetteer([Known("Ekho Dolina", "outlet")])
    assert values(entries(text, gazetteer=known)[0], "outlet") == ["Ekho Dolina"]


def test_two_people_of_one_name_are_alternatives_not_a_guess() -> None:
    text = (
        "Rauf Salamov and Nuray Salamov were detained on May 3 in Sarnak. "
        "On May 5 Salamov was fined 300 manat."
    )
    short = [f for f in entries(text)[0].fields if text[f.start : f.end] == "Salamov"]
    assert short
    assert {short[0].value, *short[0].alternatives} == {"Rauf Salamov", "Nuray Salamov"}


def test_hints_only_add() -> None:
    def source(_text: str, entry: DraftEntry) -> list[Candidate]:
        return [
            Candidate(kind="person", value="Someone", start=entry.start, end=entry.start + 7,
                      rule="hint", confidence=0.3),
            Candidate(kind="date", value="2001-01-01", start=entry.fields[0].start,
                      end=entry.fields[0].end + 400, rule="hint", confidence=0.3),
            Candidate(kind="place", value="Elsewhere", start=0, end=10**6, rule="hint"),
        ]  # fmt: skip

    plain = entries(LOG)[0]
    hinted = entries(LOG, hints=[source])[0]
    assert len(hinted.fields) == len(plain.fields) + 1
    assert next(f for f in hinted.fields if f.rule == "hint").value == "Someone"
    for field in hinted.fields:
        assert field.of is None or hinted.fields[field.of].kind == "act"


def test_decomposed_letters_are_read_and_spans_stay_in_the_text_as_given() -> None:
    text = "Journalist Gülşən Ağayarlı was detained on May 3."
    pasted = unicodedata.normalize("NFD", text)
    field = fields(entries(pasted)[0], "person")[0]
    assert field.value == "Gülşən Ağayarlı"
    assert unicodedata.normalize("NFC", pasted[field.start : field.end]) == field.value


def test_what_no_field_covers_stands_in_not_captured() -> None:
    for entry in entries(LOG):
        covered = set()
        for a, b in [(f.start, f.end) for f in entry.fields] + list(entry.not_captured):
            covered.update(range(a, b))
        left = [i for i in range(entry.start, entry.end) if i not in covered]
        assert not any(LOG[i].isalnum() for i in left)
        for a, b in entry.not_captured:
            assert any(c.isalnum() for c in LOG[a:b])
            assert not any(f.start < b and a < f.end for f in entry.fields)


def test_the_same_bytes_every_time() -> None:
    first = json.dumps(draft(LOG, context_date=DAY).to_json(), sort_keys=True)
    assert json.dumps(draft(LOG, context_date=DAY).to_json(), sort_keys=True) == first


def test_nothing_to_read_is_no_entry() -> None:
    assert draft("", context_date=None).entries == ()
    assert draft(" \n\n\t", context_date=DAY).entries == ()


def test_without_a_context_date_nothing_is_dated_by_guess() -> None:
    entry = draft("Activist Nuray Salamova was detained on May 3.", context_date=None, lang="en")
    assert not any(str(v).startswith("20") for v in values(entry.entries[0], "date"))


PIECES = st.sampled_from(
    [*LOG.split(), "\n\n", "\n", "[Updated", "]", "“", "”", "’s", "388-1", "…"]
)


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=80), st.text(string.printable, max_size=40))
def test_any_text_gives_a_draft_that_keeps_the_contract(words: list[str], tail: str) -> None:
    text = " ".join(words) + tail
    made = draft(text, context_date=DAY, lang="en")
    assert Draft.from_json(made.to_json(), n_characters=len(text)) == made


MIXED = st.lists(
    st.sampled_from(
        [
            "Blogger Nuray Salamova was detained on May 3.",
            "Məhkəmə onu 15 sutka inzibati həbsə məhkum edib.",
            "Журналиста Ивана Орлова задержали 5 мая.",
            "Gazeteci Nazlı Orlu gözaltına alındı.",
            "[Updated June 20]",
            "\n\n\nnewsroom loses its page\n\n",
            "under Article 388-1.1.1",
            "fined 500 manat",
            "“They came”, 26k followers",
        ]
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(MIXED, st.sampled_from(["", "Зё́rə", "\u202e)", "é\n"]))
def test_every_letter_of_a_mixed_entry_is_in_a_field_or_not_captured(
    pieces: list[str], tail: str
) -> None:
    text = " ".join(pieces) + tail
    made = draft(text, context_date=DAY)
    assert Draft.from_json(made.to_json(), n_characters=len(text)) == made
    for entry in made.entries:
        spans = [*((f.start, f.end) for f in entry.fields), *entry.not_captured]
        covered = {i for start, end in spans for i in range(start, end)}
        letters = {i for i in range(entry.start, entry.end) if text[i].isalnum()}
        assert letters <= covered
        assert all(f.of is None or entry.fields[f.of].kind == "act" for f in entry.fields)


@pytest.mark.long
@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_text_of_any_script_is_read_without_harm(text: str) -> None:
    made = draft(text, context_date=DAY)
    assert Draft.from_json(made.to_json(), n_characters=len(text)) == made


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "A ",
        "was ",
        "the of ",
        "\n",
        "“",
        "1,000 ",
        "Article 1.1-",
        "Nuray Salamova was detained ",
    ],
)
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    def seconds(n: int) -> float:
        text = (piece * (n // len(piece) + 1))[:n]
        started = time.process_time()
        draft(text, context_date=DAY, lang="en")
        return time.process_time() - started

    seconds(500)
    short, long = seconds(2_000), seconds(8_000)
    # four times the text may take four times as long, with room for noise, not sixteen times
    assert long < 20 * short + 2


@pytest.mark.parametrize(
    "report",
    [
        "Meta removed 89 Facebook accounts, 706 Pages and 47 accounts on Instagram.",
        "Meta said it identified a hybrid network operated by the Ministry of Rivers.",
        "Meta 89 hesabı və 706 səhifəni sildi.",
        "Meta удалила 89 аккаунтов и 706 страниц.",
        "Meta 89 hesabı ve 706 sayfayı kaldırdı.",
    ],
)
def test_a_report_of_a_takedown_without_a_day_is_an_entry(report: str) -> None:
    text = f"A network is gone\n\n{report}\n\n\nActivist held\n\nOn May 3 Zaur Bel was detained.\n"
    entries = draft(text, context_date=dt.date(2024, 6, 1)).entries
    assert [entry.headline for entry in entries] == ["A network is gone", "Activist held"]


def test_a_stamp_before_the_words_of_a_paragraph_dates_no_act() -> None:
    text = (
        "Blogger summoned over a post\n\n[Updated May 4, 2031] On May 2, 2031, police summoned "
        "journalist Tarvin Oskelde.\n"
    )
    (entry,) = draft(text, context_date=dt.date(2031, 6, 1), lang="en").entries
    assert entry.updated == "2031-05-04"
    assert values(entry, "date") == ["2031-05-02"]


@pytest.mark.parametrize(
    ("lang", "text", "amount"),
    [
        ("ru", "Суд назначил Осколову штраф 20 000 рублей.", 20_000),
        ("ru", "Мардан получила штраф 1 500 манатов.", 1_500),
        ("ru", "Ему назначили штраф в 2031 500 рублей.", 500),
    ],
)
def test_an_amount_is_never_read_from_its_last_digits_on(
    lang: str, text: str, amount: int
) -> None:
    (entry,) = draft(text, context_date=DAY, lang=lang).entries
    assert [one["amount"] for one in values(entry, "sentence")] == [amount]


def test_who_does_it_is_no_victim_beside_whom_it_is_done_to() -> None:
    text = "Judge Pavla Strom released Oto Lind on bail of 10,000 euros."
    (entry,) = draft(text, context_date=dt.date(2024, 6, 1), lang="en").entries
    assert [str(f.value) for f in entry.fields if f.role == "victim"] == ["Oto Lind"]


def test_a_first_name_is_no_month() -> None:
    text = "The prison did not let the lawyer of Jan Orel in for nine days."
    (entry,) = draft(text, context_date=dt.date(2024, 6, 1), lang="en").entries
    assert values(entry, "date") == []


def test_background_of_a_stamped_entry_lies_before_its_stamp() -> None:
    text = (
        "activist sentenced over posts [Updated March 14]\n\n"
        "On March 2, activist Rauf Velmez was sentenced to thirty days in administrative "
        "detention. In July, he was called to the police over another post."
    )
    (entry,) = draft(text, context_date=dt.date(2031, 12, 5)).entries
    days = [f.value for f in entry.fields if f.kind == "date"]
    assert days == ["2031-03-02", "2030-07"]


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        ("tr", "Site bu yıl üçüncü kez saldırıya uğradı.", []),
        ("az", "Sayt bu il artıq üçüncü dəfə hücuma məruz qalıb.", []),
        ("ru", "В этом году уже в третий раз сайт подвергся DDoS-атаке.", []),
        ("tr", "Site bu yıl saldırıya uğradı.", ["2031"]),
        ("ru", "В этом году сайт подвергся DDoS-атаке.", ["2031"]),
    ],
)
def test_a_year_that_only_counts_is_no_date(lang: str, text: str, days: list[str]) -> None:
    entries = draft(text, context_date=dt.date(2031, 12, 5), lang=lang).entries
    assert [f.value for e in entries for f in e.fields if f.kind == "date"] == days


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("az", "Velməzli evindən mülki geyimli beş nəfər tərəfindən aparılıb."),
        ("tr", "Velmez evinden sivil giyimli beş kişi tarafından gözaltına alındı."),
    ],
)
def test_those_who_came_are_not_those_taken(lang: str, text: str) -> None:
    entries = draft(text, context_date=dt.date(2031, 12, 5), lang=lang).entries
    fields = [f for entry in entries for f in entry.fields]
    assert [f.value for f in fields if f.kind == "act"] == ["detention"]
    assert [f.value for f in fields if f.kind == "quantity"] == []


def test_who_is_threatened_with_dismissal_is_not_dismissed() -> None:
    text = "Kərimzadə direktorun yanına çağırılıb və işdən çıxarılmaqla hədələnib."
    (entry,) = draft(text, context_date=dt.date(2031, 12, 5), lang="az").entries
    assert "dismissal" not in {f.value for f in entry.fields}


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_first_and_the_last_day_of_the_calendar(day: dt.date) -> None:
    text = (
        "one [Updated March 14]\n\nOn March 2, X was detained.\n\n***\n\n"
        "two\n\nOn Monday and in July, Y was fined. Two days later he was freed."
    )
    assert draft(text, context_date=day).entries


def test_marks_that_nobody_sees_hide_no_act() -> None:
    text = (
        "\ufeffOn 3\u00a0March Rauf Velmez was sum\u00admoned to the Sarnak\u00a0district police "
        "and fined 1\u00a0000 manat."
    )
    (entry,) = draft(text, context_date=dt.date(2031, 12, 5)).entries
    told = {(f.kind, str(f.value)): text[f.start : f.end] for f in entry.fields}
    assert told["act", "summons"] == "sum\u00admoned"
    assert told["date", "2031-03-03"] == "3\u00a0March"
    assert told["agency", "Sarnak district police"] == "Sarnak\u00a0district police"
    assert any(kind == "sentence" and "1000" in value for kind, value in told)


@pytest.mark.parametrize("sign", ["😀", "👮\u200d♀️", "★"])
def test_a_paragraph_that_ends_in_a_picture_is_no_headline(sign: str) -> None:
    text = (
        "Teacher summoned over a post\n\n"
        f"On 12 March teacher Rauf Velmez was summoned to the police. {sign}\n\n"
        "- They told him to delete the post.\n- He refused.\n"
    )
    (entry,) = draft(text, context_date=dt.date(2031, 12, 5)).entries
    assert entry.headline == "Teacher summoned over a post"
    assert (entry.start, text[entry.end - 3 : entry.end]) == (0, "ed.")
