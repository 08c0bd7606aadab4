"""One order for every form: nothing of an entry is left out, nothing is taken for markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from tests.model.sample import rid, sample_dossier
from tests.presentation.snapshots import dossier_of, sample_with
from undersight.i18n import LANGUAGES
from undersight.model import records as r
from undersight.model.dossier import Dossier
from undersight.model.records import Incident
from undersight.presentation.markup_forms import to_html, to_markdown
from undersight.presentation.outline import Block, Run, outline
from undersight.presentation.plain import entry_text
from undersight.presentation.presenter import Presenter


def blocks(name: str, lang: str = "en", dossier: Dossier | None = None) -> tuple[Block, ...]:
    words = Presenter(dossier or sample_dossier(), lang)
    incident = words.dossier.find(Incident, rid(name))
    assert incident is not None
    return outline(words.entry(incident), words)


class Words(HTMLParser):
    """The words of a page and its open elements."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words, self.open, self.wrong = "", [], []  # type: ignore[var-annotated]
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [block.level for block in blocks("in1") if block.kind == "heading"]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["in1", "in2", "in3", "in4", "in5", "in6", "in8"])
def test_html_says_what_the_outline_says_and_is_closed(name: str, lang: str) -> None:
    found = blocks(name, lang)
    page = Words(to_html(found, lang))
    assert page.open == page.wrong == []
    assert page.words.replace("\n", "") == "".join(block.text for block in found)


def test_words_never_become_markup() -> None:
    evil = r.Claim(
        record_id="evil", about=rid("asked"), stance="asserts", visibility="public",
        statement={"en": "<script>alert(1)</script> & **not bold** [x](javascript:1)"},
        speaker_as_text="<b>x</b>",
    )  # fmt: skip
    found = blocks("in1", dossier=sample_with(evil))
    assert "<script" not in to_html(found, "en")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; **not" in to_html(found, "en")
    assert r"\<script\>alert(1)\</script\> \& \*\*not bold\*\* \[x\](java" in to_markdown(found)


def test_foreign_words_carry_their_language_and_direction() -> None:
    quote = Run(text="لا تعليق", lang="ar", style="quote")
    plain = Run(text="Привет", lang="ru")
    block = Block(kind="paragraph", runs=(quote, plain))
    assert to_html([block], "en") == (
        '<p><q lang="ar" dir="rtl">لا تعليق</q><span lang="ru" dir="ltr">Привет</span></p>\n'
    )
    assert to_html([block], "ru").endswith("</q>Привет</p>\n")


def test_emphasis_stands_at_the_letters() -> None:
    runs = (Run(text="how: ", style="strong"), Run(text="by telephone"))
    assert to_markdown([Block(kind="item", runs=runs)]) == "- **how:** by telephone\n"


def test_links_are_links() -> None:
    run = Run(text='A "title"', url="https://a.example/?x=1&y=(2)")
    block = Block(kind="paragraph", runs=(run,))
    assert to_html([block], "en") == (
        '<p><a href="https://a.example/?x=1&amp;y=(2)">A "title"</a></p>\n'
    )
    assert to_markdown([block]) == '[A "title"](https://a.example/?x=1&y=%282%29)\n'


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plain_text_for_a_terminal(lang: str) -> None:
    words = Presenter(sample_dossier(), lang)
    for entry in words.entries:
        text = entry_text(entry, words)
        assert entry.title.text in text
        assert all(update.note.text in text for update in entry.updates)
        assert all(act.authorities in text for act in entry.acts)
        assert all(what in text for act in entry.acts for _, what, _ in act.related)
        assert all(part in text for act in entry.acts for part in act.detail.paragraphs)
        assert all(period in text for period in entry.periods)
        assert all(value in text for case in entry.proceedings for _, value in case.facts)
        assert all(how in text for _, how in entry.cases)
        assert all(name in text for _, name, _ in entry.related)
        assert all(line in text for line in (*entry.disagreements, *entry.vanished))
        for network in entry.takedowns:
            assert all(value in text for _, value in (*network.facts, *network.indicators))
            assert all(claim.statement.text in text for claim in network.claims)


def test_a_name_in_arabic_is_set_apart_from_the_figures_behind_it() -> None:
    name = Run(text="صحيفة الصباح", url="https://a.example/1")
    block = Block(kind="item", runs=(name, Run(text=", 4 May 2026")))
    assert '<a href="https://a.example/1" dir="rtl">صحيفة الصباح</a>, 4 May' in to_html(
        [block], "en"
    )
    plain = Block(kind="paragraph", runs=(Run(text="ليلى"), Run(text=" 3")))
    assert to_html([plain], "en") == '<p><span dir="rtl">ليلى</span> 3</p>\n'
    assert "dir=" not in to_html([Block(kind="paragraph", runs=(Run(text="Ilke"),))], "en")


def test_what_is_said_of_a_name_in_arabic_stands_behind_it() -> None:
    line = Block(kind="item", runs=(Run(text="ليلى التجريبية, held, 3 May"),))
    assert "<li><bdi>ليلى التجريبية</bdi>, held, 3 May</li>" in to_html([line], "en")
    assert '<span dir="rtl">' not in to_html([line], "en")


def test_an_article_cited_against_one_person_names_that_person() -> None:
    dossier = dossier_of(
        Incident(record_id="in"),
        r.Act(record_id="a", incident="in"),
        *(r.Involvement(record_id=f"i{n}", act="a", party=f"p{n}") for n in (1, 2)),
        r.Party(record_id="p1", occupations=("blogger",)),
        r.Party(record_id="p2", occupations=("lawyer",)),
        r.Provision(record_id="l1", citation="228.1"),
        r.Citation(record_id="c1", act="a", provision="l1", involvement="i2"),
    )
    words = Presenter(dossier, "en")
    incident = dossier.find(Incident, "in")
    assert incident is not None
    entry = words.entry(incident)
    told = "".join(block.text for block in outline(entry, words))
    assert "228.1 (lawyer)" in told
    assert "228.1 (charged under, lawyer)" in entry_text(entry, words)
