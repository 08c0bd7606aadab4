from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft
from undersight.extract.provisions import normalise


def provisions(text: str) -> list[str]:
    made = draft(text, context_date=dt.date(2024, 6, 30), lang="en")
    return [f.value for e in made.entries for f in e.fields if f.kind == "provision"]


@pytest.mark.parametrize(
    ("cited", "value", "others"),
    [
        ("147.2", "147.2", ()),
        ("388-1.1.1", "388.1.1", ("388.1.1.1",)),
        ("388.1.1", "388.1.1", ()),
        ("148-1", "148.1", ()),
        ("221/2", "221.2", ()),
        ("14.1.11", "14.1.11", ()),
    ],
)
def test_citations_become_numbers_joined_by_dots(
    cited: str, value: str, others: tuple[str, ...]
) -> None:
    assert normalise(cited) == (value, others)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("She was charged under Article 147.2 of the Criminal Code.", ["147.2"]),
        ("He was fined under articles 510 and 535.1 of the code.", ["510", "535.1"]),
        ("The law, Article 14.1.11, was cited.", ["14.1.11"]),
        ("Charged under Art. 220.2.", ["220.2"]),
        ("Charged under Article 221, part 2, of the Criminal Code.", ["221.2"]),
        ("Charged under part 3 of Article 221.", ["221.3"]),
        ("Article 147 (slander) was reclassified to 147.2.", ["147", "147.2"]),
        ("Articles 7, 8 and 10 of the Convention", ["7", "8", "10"]),
        ("She wrote 147 articles and 3 sections.", []),
        ("In 2023 the article was read 510 times.", []),
    ],
)
def test_provisions_in_running_text(text: str, values: list[str]) -> None:
    assert provisions(text) == values


def test_the_rule_names_the_kind_of_instrument() -> None:
    made = draft(
        "He was fined under Article 510 of the Code of Administrative Offences.",
        context_date=None,
        lang="en",
    )
    (field,) = [f for f in made.entries[0].fields if f.kind == "provision"]
    assert field.rule == "en.provision.administrative_code"


def test_an_azerbaijani_code_may_be_told_by_its_letters_alone() -> None:
    text = "Ona CM 234.4.3 ilə ittiham verilib, əvvəl İXM 388-1.1.1 ilə xəbərdarlıq edilmişdi."
    entries = draft(text, context_date=dt.date(2022, 12, 5), lang="az").entries
    cited = [f.value for entry in entries for f in entry.fields if f.kind == "provision"]
    assert cited == ["234.4.3", "388.1.1"]


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("en", "Charged under Articles 234.4.3 (drugs), 228.1 (arms) and 315 (police).",
         ["234.4.3", "228.1", "315"]),
        ("en", "Fined under Article 510 (petty hooliganism), 30 days later freed.", ["510"]),
        ("en", "Jailed under Article 510 (petty hooliganism) and 30 days were given.", ["510"]),
        ("ru", "Арестован на 15 суток по статьям 510 (хулиганство) и 535.1 (неповиновение) КоАП.",
         ["510", "535.1"]),
        ("ru", "Обвиняется по статьям 234.4 (наркотики), 228 (оружие) и 315 (полиция) УК.",
         ["234.4", "228", "315"]),
        ("ru", "Наказан по статье 510 (хулиганство), 15 суток ареста.", ["510"]),
        ("az", "510 (xırda xuliqanlıq) və 535.1-ci (tabe olmama) maddələri ilə həbs edilib.",
         ["510", "535.1"]),
        ("tr", "TCK'nın 125. (hakaret) ve 299. (hakaret) maddelerinden yargılanıyor.",
         ["125", "299"]),
    ],
)  # fmt: skip
def test_articles_with_their_names_in_brackets(lang: str, text: str, values: list[str]) -> None:
    entries = draft(text, context_date=dt.date(2031, 12, 20), lang=lang).entries
    assert [f.value for e in entries for f in e.fields if f.kind == "provision"] == values
