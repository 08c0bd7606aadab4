"""A document that gives each person a heading names people, in whatever language."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document

from undersight.importers.docx_document import DocxDocument
from undersight.workbench.drafts import propose_article
from undersight.workbench.heading_people import people_above

PROFILES = {
    "en": ("Tarvin Oskelde", "Detained on 12 March 2031.", "Melisa Quorrin", "Arrested."),
    "az": (
        "Oskelde Tarvin Əli oğlu", "Jurnalist. 12 mart 2031-ci ildə saxlanılıb.",
        "Quorrin Melisa Rza qızı", "14 mart 2031-ci ildə həbs edilib.",
    ),
    "ru": (
        "Оскельде Тарвин Алиевич", "Журналист. Задержан 12 марта 2031 года.",
        "Куоррин Мелиса", "Арестована 14 марта 2031 года.",
    ),
    "tr": (
        "Tarvin Oskelde", "Gazeteci. 12 Mart 2031'de gözaltına alındı.",
        "Melisa Quorrin", "14 Mart 2031'de tutuklandı.",
    ),
}  # fmt: skip


def document_of(title: str, *parts: str) -> io.BytesIO:
    """Headings and paragraphs by turns."""
    document = Document()
    document.add_heading(title, 0)
    for place, words in enumerate(parts):
        if place % 2:
            document.add_paragraph(words)
        else:
            document.add_heading(words, 1)
    out = io.BytesIO()
    document.save(out)
    out.seek(0)
    return out


@pytest.mark.parametrize("lang", PROFILES)
@pytest.mark.long
def test_each_profile_is_an_entry_about_its_person(lang: str) -> None:
    told = PROFILES[lang]
    (article,) = DocxDocument().parse(document_of("List", *told))
    proposal = propose_article(article, lang=lang)
    people = [
        [(f.value, f.role) for f in entry.fields if f.kind == "person"]
        for entry in proposal.draft.entries
    ]
    assert people == [[(told[0], "victim")], [(told[2], "victim")]]
    assert not [f for e in proposal.draft.entries for f in e.fields if f.kind == "outlet"]


def test_a_lone_heading_of_a_document_parts_nothing() -> None:
    (article,) = DocxDocument().parse(document_of("List", "Tarvin Oskelde", "Detained."))
    assert "#" not in article.text


@pytest.mark.parametrize(
    ("headings", "names"),
    [
        (("Tarvin Oskelde", "2. MELİSA QUORRİN"), ("Tarvin Oskelde", "MELİSA QUORRİN")),
        (("Tarvin Oskelde", "Prison conditions"), ()),
        (("Sarnak", "Velim"), ()),
        (("Police response", "Response of the Ministry"), ()),
        (("Tarvin Oskelde", "Tarvin Oskelde"), ()),
        (("12 March 2031", "14 March 2031"), ()),
        (("Tarvin Oskelde",), ()),
    ],
)
def test_only_headings_that_are_names_name_people(
    headings: tuple[str, ...], names: tuple[str, ...]
) -> None:
    text = "\n\n".join(f"# {heading}\n\nDetained." for heading in headings)
    assert people_above(text) == names


@pytest.mark.parametrize(
    ("items", "names"),
    [
        (("Tarvin Oskelde — jurnalist", "Melisa Quorrin, bloger"), 2),
        (("Тарвин Оскельде. Задержан", "Мелиса Куоррин: арестована"), 2),
        (("Anna-Mari Oskelde – detained", "Melisa Quorrin - summoned"), 2),
        (("Tarvin Oskelde was detained", "Melisa Quorrin was summoned"), 0),
        (("Valley Post, 3 May", "the ministry, 4 May"), 0),
    ],
)
def test_items_that_begin_with_names_name_people(items: tuple[str, ...], names: int) -> None:
    found = people_above("\n".join(f"- {item}" for item in items))
    assert found == tuple(re.split(r"[,.:]| [—–-] ", item)[0] for item in items[:names])
