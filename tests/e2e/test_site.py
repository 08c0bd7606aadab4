"""The site in a real browser, from disk: accessible, searchable, and silent on the network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.tabs import watched
from tests.model.sample import rid, sample_dossier
from tests.presentation.snapshots import sample_with
from undersight.i18n import LANGUAGES
from undersight.model import parts as p
from undersight.model import records as r
from undersight.reports.site import Site
from undersight.text.search_terms import query_terms, words_of

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket, pytest.mark.timeout(300)]

PAGES = (
    "en/index.html", "en/entry/QV-2031-0001.html", "en/entry/QV-2031-0005.html", "en/counts.html",
    "en/browse.html", "en/names/person.html", f"en/person/{rid('tarvin')}.html",
    f"en/article/{rid('a388')}.html", f"en/page/{rid('page')}.html", "en/act/questioning.html",
    "en/networks.html", "en/corrections.html", "en/method.html", "en/search.html", "index.html",
    "ru/entry/QV-2031-0001.html", "az/index.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("e2e") / "site"
    person = r.Party(
        record_id="aliyev", visibility="public",
        names=(p.PersonName(value="Rauf Əliyev", lang="az"),),
    )  # fmt: skip
    entry = r.Incident(
        record_id="e2e", public_id="QV-2031-0099", visibility="public",
        title={"en": "Bloger haqqında şikayət", "az": "Bloger haqqında şikayət"},
    )  # fmt: skip
    act = r.Act(record_id="e2e-act", incident="e2e", act_type="charge", visibility="public")
    part = r.Involvement(
        record_id="e2e-part", act="e2e-act", party="aliyev", role="victim", visibility="public"
    )
    sample = sample_with(person, entry, act, part, languages=LANGUAGES)
    days = (("2031-06-09", sample_dossier()),)
    import datetime as dt

    versions = {rid("in2"): tuple((dt.date.fromisoformat(d), s) for d, s in days)}
    Site().write(sample, out, versions=versions)
    return out


def opened(browser: Any, site: Path, page: str, **options: Any) -> Any:
    """Open a page from disk."""
    tab = watched(browser, **options)
    tab.goto((site / page).as_uri())
    return tab


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(browser: Any, site: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = {}
    for page in PAGES:
        tab = opened(browser, site, page, color_scheme=scheme, bypass_csp=True)
        results = Axe().run(tab)
        if results.violations_count:
            found[page] = [
                (one["id"], [node["html"] for node in one["nodes"]][:3])
                for one in results.response["violations"]
            ]
        tab.context.close()
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)


def test_axe_finds_nothing_with_scripts_off_or_narrow(browser: Any, site: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = {}
    narrow = {"viewport": {"width": 320, "height": 640}, "bypass_csp": True}
    for page in PAGES:
        tab = opened(browser, site, page, **narrow)
        results = Axe().run(tab)
        found[page] = [one["id"] for one in results.response["violations"]]
        # 320 px is a window of 640 at 200 %; nothing may need scrolling in two directions
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if wide > 320:
            found[page].append(f"{wide} px wide")
        tab.context.close()
    assert {page: names for page, names in found.items() if names} == {}


@pytest.mark.parametrize("page", PAGES)
def test_nothing_leaves_and_nothing_breaks_the_content_policy(
    browser: Any, site: Path, page: str
) -> None:
    tab = opened(browser, site, page)
    assert [url for url in tab.asked if not url.startswith(site.as_uri())] == []
    assert tab.complaints == []
    tab.context.close()


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("eliyev", "Bloger haqqında şikayət"),
        ("Aliyev", "Bloger haqqında şikayət"),
        ("Алиев", "Bloger haqqında şikayət"),
        ("ƏLİYEV", "Bloger haqqında şikayət"),
        ("sikay", "Bloger haqqında şikayət"),
        ("tarvin oskelde", "Reporter questioned, jailed and charged over a post"),
        ("Оскельде", "Reporter questioned, jailed and charged over a post"),
        ("QV-2031-0003", "Pupil questioned at school over a comment"),
        ("388.1.1", "Prosecutor warns eight users"),
    ],
)
def test_search_finds_any_spelling_from_disk(
    browser: Any, site: Path, query: str, title: str
) -> None:
    tab = opened(browser, site, "en/search.html")
    tab.fill("#q", query)
    assert title in tab.locator("#results a").all_inner_texts()
    tab.locator("#results a", has_text=title).first.click()
    assert tab.locator("h1").inner_text() == title
    tab.context.close()


def test_search_says_when_there_is_nothing_and_reads_the_address(browser: Any, site: Path) -> None:
    tab = opened(browser, site, "en/search.html")
    tab.fill("#q", "zzzz")
    assert tab.locator("#found").inner_text() == "Nothing found."
    tab.goto((site / "en/search.html").as_uri() + "?q=bridge")
    assert tab.locator("#results a").count() == 1
    tab.context.close()


def test_the_script_folds_as_the_program_does(browser: Any, site: Path) -> None:
    texts = [
        "Əliyev Şikayət bakıda ığüöç", "Алиев Гасанов Еремеев Джафаров объезд", "ЁЛКА Ёлкин",
        "Әлиҹан ҝүллә Гәдир", "O‘zbek’cha it's", "Straße ﬁn Ǆ", "مرحبا بكم", "გამარჯობა",
        "Тарвин Оскельде", "«кавычки» — 388-1.1.1", "ΑΛΦΑ", "e\u0301te\u0301 й",
        "İstanbul ISPARTA", "Ağdam Göyçay ǝ",
    ]  # fmt: skip
    tab = opened(browser, site, "en/search.html")
    for text in texts:
        assert tab.evaluate("t => undersightSearch.wordsOf(t)", text) == words_of(text), text
    for word in ("eliyev", "hasanov", "rzayev", "xalid", "kheyirov", "ahmet", "gulnara"):
        keys = tab.evaluate("w => undersightSearch.keysOf(w)", word)
        (term,) = query_terms(word)
        assert set(keys) == set(term.name_keys), word
    tab.context.close()


def test_without_scripts_every_entry_is_reached(browser: Any, site: Path) -> None:
    tab = opened(browser, site, "en/search.html", java_script_enabled=False)
    assert not tab.locator("#search").is_visible()
    tab.get_by_role("link", name="All entries in alphabetical order").click()
    assert tab.locator(".names a").count() == 8
    tab.get_by_role("link", name="Pupil questioned at school over a comment").click()
    assert tab.locator("h1").inner_text() == "Pupil questioned at school over a comment"
    tab.context.close()


def test_the_keyboard_reaches_the_text_first_and_focus_is_seen(browser: Any, site: Path) -> None:
    tab = opened(browser, site, "en/index.html")
    tab.keyboard.press("Tab")
    skip = tab.locator(".skip")
    assert skip.evaluate("e => e === document.activeElement")
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    assert tab.evaluate("document.activeElement.closest('main') !== null")
    tab.context.close()


def test_languages_lead_to_the_same_page(browser: Any, site: Path) -> None:
    tab = opened(browser, site, "en/entry/QV-2031-0001.html")
    tab.get_by_role("link", name="Русский").click()
    assert tab.locator("html").get_attribute("lang") == "ru"
    assert tab.url.endswith("ru/entry/QV-2031-0001.html")
    tab.context.close()
