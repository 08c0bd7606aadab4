"""The site: complete, quiet, whole; nobody withheld is in it and nothing calls home."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.model.sample import WITHHELD_NAMES, rid, sample_dossier
from tests.presentation.snapshots import dossier_of, sample_with
from tests.reports.html_page import HtmlPage
from undersight.errors import UnknownLanguageError
from undersight.i18n import LANGUAGES
from undersight.model import parts as p
from undersight.model import records as r
from undersight.model.dossier import Dossier
from undersight.reports.site import Site, names
from undersight.workbench.outputs import with_masthead

FORBIDDEN = ("tarvin.oskelde", "facebook.com", "Tarvin O.")  # a handle, an address, a profile


def files_of(dossier: Dossier, **versions: object) -> dict[str, str]:
    made = Site().pages(dossier, versions.get("versions") or {})  # type: ignore[arg-type]
    return {name: content.decode() for name, content in made}


@pytest.fixture(scope="module")
def evil_files() -> dict[str, str]:
    """A site of the sample in four languages, with quotes that try to become markup."""
    quote = r.Claim(
        record_id="evil", about=rid("asked"), stance="denies", visibility="public",
        statement={"ar": "</script><script>alert(1)</script> لا تعليق", "fa": "x"},
        speaker_as_text='"><img src=x onerror=alert(1)>',
    )  # fmt: skip
    source = r.Source(
        record_id="evil-source", title="<b>نشر</b>", url="https://facebook.com/somebody", lang="ar"
    )
    entry = r.Incident(
        record_id="evil-entry", public_id="../up", visibility="public",
        title={"en": "Title with <i>tags</i> & signs"}, sources=("evil-source",),
        summary={"en": "One.\n\nTwo </title><script>x</script>"},
    )  # fmt: skip
    return files_of(sample_with(quote, source, entry, languages=LANGUAGES))


@pytest.fixture(scope="module")
def pages(evil_files: dict[str, str]) -> dict[str, HtmlPage]:
    return {name: HtmlPage(text) for name, text in evil_files.items() if name.endswith(".html")}


def test_nobody_withheld_and_no_handle_or_profile_is_anywhere(
    evil_files: dict[str, str],
) -> None:
    for name, text in evil_files.items():
        assert [w for w in (*WITHHELD_NAMES, *FORBIDDEN) if w in text] == [], name


def test_every_page_is_closed_and_has_a_language_a_title_and_one_heading(
    pages: dict[str, HtmlPage],
) -> None:
    for name, page in pages.items():
        assert page.faults == [], name
        assert page.attribute("html", "lang"), name
        assert page.title.strip(), name
        assert page.count("h1") == 1, name
        assert page.count("main") == 1, name
        assert len(page.ids) == len(set(page.ids)), name


def test_every_link_inside_the_site_leads_somewhere(
    pages: dict[str, HtmlPage], evil_files: dict[str, str]
) -> None:
    broken = []
    for name, page in pages.items():
        folder = Path(name).parent
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme:
                continue
            target = _joined(folder, unquote(parts.path)) if parts.path else name
            anchors = {"", *pages[target].ids} if target in pages else {parts.fragment}
            if target not in evil_files or parts.fragment not in anchors:
                broken.append((name, address))
    assert broken == []


def _joined(folder: Path, path: str) -> str:
    found: list[str] = [] if str(folder) == "." else list(folder.parts)
    for part in path.split("/"):
        if part == "..":
            found.pop()
        elif part != ".":
            found.append(part)
    return "/".join(found)


def test_nothing_is_fetched_from_elsewhere_and_nothing_runs_inline(
    pages: dict[str, HtmlPage], evil_files: dict[str, str]
) -> None:
    for name, page in pages.items():
        assert [one for one in page.loaded if urlsplit(one).scheme or one.startswith("//")] == []
        assert page.inline == [], name
        policy = page.policy
        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
    for name in ("static/site.css", "static/search.js", "static/fold.js"):
        assert "://" not in evil_files[name].replace("http://www.w3.org", ""), name
        assert "@import" not in evil_files[name]


def test_links_elsewhere_are_those_of_sources_only(pages: dict[str, HtmlPage]) -> None:
    elsewhere = {a for page in pages.values() for a in page.links if urlsplit(a).scheme}
    own = "https://qaravel-log.example"
    assert {a for a in elsewhere if not a.startswith(own)} == {
        "https://sarnakhour.example/a?x=1", "https://valleypost.example/1",
    }  # fmt: skip


def test_quotes_in_other_languages_are_marked(evil_files: dict[str, str]) -> None:
    page = evil_files["az/entry/QV-2031-0001.html"]
    assert '<q lang="ar" dir="rtl">&lt;/script&gt;&lt;script&gt;alert(1)' in page
    assert 'lang="en" dir="ltr">A second charge was brought.' in page


def test_the_language_of_a_page_is_that_of_its_folder(pages: dict[str, HtmlPage]) -> None:
    for name, page in pages.items():
        folder = name.partition("/")[0]
        if folder in LANGUAGES:
            assert page.attribute("html", "lang") == folder
    assert "Что произошло" in pages["ru/entry/QV-2031-0001.html"].words


@pytest.mark.long
def test_the_same_dossier_gives_the_same_bytes_whatever_the_order() -> None:
    sample = sample_dossier()
    turned = Dossier(
        masthead=sample.masthead, records=reversed(tuple(sample.records())),
        as_of=sample.as_of, audience="public", stamps=sample.stamps,
    )  # fmt: skip
    assert files_of(sample) == files_of(turned)


def test_golden(golden: Callable[[str, Mapping[str, bytes]], None]) -> None:
    wanted = (
        "index.html", "entry/QV-2031-0001.html", "entry/QV-2031-0005.html", "counts.html",
        "counts/months.csv", "counts/months.svg", "counts/acts.vl.json", "feed.xml",
        f"person/{rid('tarvin')}.html", f"article/{rid('a388')}.html", "method.html",
        "networks.html", "corrections.html", "search.html", "search-1.js", "names/person.html",
    )  # fmt: skip
    made = dict(Site().pages(sample_dossier(), {}))
    files = {name.replace("/", "--"): made[f"en/{name}"] for name in wanted}
    golden("reports/site", files)


# --- what the pages say ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    return {
        name.removeprefix("en/"): " ".join(HtmlPage(text).words.split())
        for name, text in files_of(sample_dossier()).items()
        if name.startswith("en/") and name.endswith(".html")
    }


def test_the_log_is_newest_first_with_months_stamps_and_victims(english: dict[str, str]) -> None:
    log = english["index.html"]
    months = ["November 2031", "October 2031", "July 2031", "June 2031", "May 2031"]
    places = [log.index(month) for month in months]
    assert places == sorted(places)
    assert "[Updated 7 May 2031] denial added" in log
    assert "parents of the journalist, Tarvin Oskelde · Sarnak" in log


def test_an_entry_says_what_is_denied_and_what_is_not_answered(english: dict[str, str]) -> None:
    entry = english["entry/QV-2031-0001.html"]
    for words in (
        "Denied by Ministry of the Interior of Qaravel (3 May 2031): that relatives were summoned",
        "; no response found on the rest in 4 sources",
        "No response found in 4 sources.",
        "ground given disobeying the police",
        "ground believed the post about the bridge",
        "Three-part test: prescribed by law: unclear",
        "Tarvin Oskelde: held 30 days",
        "pretext for charge (6 May 2031)",
        "QV-2031-0001, published 4 May 2031, as it stood on 1 December 2031",
        "https://qaravel-log.example/en/entry/QV-2031-0001.html",
    ):
        assert words in entry


def test_a_sentence_runs_as_its_page_does_whoever_it_begins_with(
    evil_files: dict[str, str],
) -> None:
    told = (
        evil_files["az/entry/QV-2031-0001.html"].partition('id="custody"')[2].partition("</ul>")[0]
    )
    assert "<li>" in told  # "محمد: held 4 days" ran from right to left, the name at its end
    assert told.count("<li>") == told.count('<li><bdi dir="ltr">')


def test_a_person_has_a_page_with_their_series_and_days_held(english: dict[str, str]) -> None:
    person = english[f"person/{rid('tarvin')}.html"]
    assert "Also written: Тарвин Оскельде" in person
    assert "Questioned (2 May 2031) →" in person
    assert "Held 30 days." in person
    assert "2 entries" in person
    assert f"person/{rid('dervan')}.html" not in english


def test_there_are_pages_for_outlets_pages_agencies_articles_acts_and_places(
    english: dict[str, str],
) -> None:
    outlet = english[f"outlet/{rid('hour')}.html"]
    assert "Page of Sarnak Hour hijacked twice" in outlet
    assert "reports it" in outlet
    page = english[f"page/{rid('page')}.html"]
    assert "belongs to Sarnak Hour" in page
    assert "16 000 followers" in page.replace("\u202f", " ")
    assert "Prosecutor warns eight users" in english[f"article/{rid('a388')}.html"]
    assert "2 entries" in english[f"agency/{rid('prosecutor')}.html"]
    assert "2 entries" in english["act/questioning.html"]
    assert "Pupil questioned" in english["place/ormel.html"]


def test_counts_say_what_is_certain_and_what_is_possible(english: dict[str, str]) -> None:
    counts = english["counts.html"]
    assert "May 2031 4 1" in counts
    assert "possibly, because the date is not exactly known" in counts


def test_corrections_and_removed_networks_are_listed(english: dict[str, str]) -> None:
    assert "The list has six names, not eight." in english["corrections.html"]
    networks = english["networks.html"]
    assert networks.count("Forward network") == 3
    assert "accounts: 612" in networks
    assert "accounts: 589" in networks


def test_the_monitors_own_words_on_method_are_there(english: dict[str, str]) -> None:
    assert "An entry needs two sources, or one and a document." in english["method.html"]


def test_an_internal_copy_says_so_on_every_page() -> None:
    internal = files_of(sample_dossier("internal"))
    wanted = "Not for publication: this copy shows what only the team may see."
    for name, text in internal.items():
        if name.startswith("en/") and name.endswith(".html"):
            assert wanted in text, name


def test_an_empty_log_is_a_whole_site() -> None:
    made = files_of(dossier_of(title={"en": "Empty"}, languages=("en",)))
    assert "Nothing has been published yet." in made["en/index.html"]
    assert 'http-equiv="refresh"' in made["index.html"]


def test_a_language_without_an_interface_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownLanguageError):
        Site().write(sample_with(languages=("en", "de")), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


# --- pages of a long log -----------------------------------------------------------------------


def long_log(n_entries: int) -> Dossier:
    made: list[r.Record] = []
    for n in range(n_entries):
        made += [
            r.Incident(record_id=f"i{n:03}", public_id=f"QV-{n:03}", title={"en": f"Entry {n}"}),
            r.Act(
                record_id=f"a{n:03}", incident=f"i{n:03}", act_type="charge",
                start=r.incident.FuzzyDate.parse(f"20{20 + n // 60}-{n // 5 % 12 + 1:02}"),
            ),
        ]  # fmt: skip
    return dossier_of(*made, languages=("en",))


def test_a_long_log_has_pages_and_every_month_is_found_on_one() -> None:
    site = Site(n_per_page=10)
    made = {n: c.decode() for n, c in site.pages(long_log(46), {})}
    assert {n for n in made if n.startswith("en/log/")} == {
        f"en/log/{n}.html" for n in range(2, 6)
    }
    listed = [
        number
        for page in ("index", "log/2", "log/3", "log/4", "log/5")
        for number in re.findall(r">Entry (\d+)<", made[f"en/{page}.html"])
    ]
    assert len(listed) == len(set(listed)) == 46
    first = HtmlPage(made["en/index.html"])
    months = [a for a in first.links if "#m-" in a]
    assert len(months) == 10
    for address in months:
        page, _, anchor = address.partition("#")
        assert anchor in HtmlPage(made[f"en/{page}"]).ids


def test_a_long_list_of_names_is_split_by_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "N_ON_ONE_LIST", 20)
    people = [
        r.Party(record_id=f"p{n:03}", names=(p.PersonName(value=f"{'ƏBЖ'[n % 3]}name {n}"),))
        for n in range(24)
    ]
    parts = [
        r.Involvement(record_id=f"v{n:03}", act=f"a{n:03}", party=f"p{n:03}") for n in range(24)
    ]
    made = files_of(dossier_of(*long_log(24).records(), *people, *parts, languages=("en",)))
    assert {n for n in made if n.startswith("en/names/person")} == {
        "en/names/person.html", "en/names/person-e.html", "en/names/person-j.html",
    }  # fmt: skip
    assert {n for n in made if n.startswith("en/names/entry")} == {"en/names/entry.html"}
    first = HtmlPage(made["en/names/person.html"])
    assert sum("person/" in link for link in first.links) == 8


# --- as of an earlier day ------------------------------------------------------------------------


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def with_title(title: str, as_of: str) -> Dossier:
    sample = sample_dossier(as_of=day(as_of))
    entry = sample.find(r.Incident, rid("in2"))
    assert entry is not None
    changed = dataclasses.replace(entry, title={"en": title})
    return Dossier(
        masthead=sample.masthead, records=(*sample.records(), changed), as_of=sample.as_of,
        audience="public", stamps=sample.stamps,
    )  # fmt: skip


def test_what_an_entry_said_earlier_can_be_read() -> None:
    versions = {
        rid("in2"): (
            (day("2031-06-02"), with_title("Prosecutor warns nine", "2031-06-02")),
            (day("2031-06-05"), with_title("Prosecutor warns nine", "2031-06-05")),
            (day("2031-06-09"), with_title("Prosecutor warns eight", "2031-06-09")),
            (day("2031-06-12"), sample_dossier(as_of=day("2031-06-12"))),
        ),
        rid("in7"): ((day("2031-09-03"), sample_dossier("internal")),),
    }
    made = files_of(sample_dossier(), versions=versions)
    old = {name for name in made if "as-of" in name and name.startswith("en/")}
    assert old == {
        "en/entry/QV-2031-0002/as-of-2031-06-02.html",
        "en/entry/QV-2031-0002/as-of-2031-06-09.html",
    }
    page = HtmlPage(made["en/entry/QV-2031-0002/as-of-2031-06-02.html"])
    assert "Prosecutor warns nine" in page.words
    assert "This is what the entry said on 2\u00a0June\u00a02031." in page.words
    assert "../../entry/QV-2031-0002.html" in page.links
    assert "noindex" in made["en/entry/QV-2031-0002/as-of-2031-06-02.html"]
    now = HtmlPage(made["en/entry/QV-2031-0002.html"])
    assert "entry/QV-2031-0002/as-of-2031-06-09.html" in " ".join(now.links)


# --- feed and search -----------------------------------------------------------------------------


def test_feeds_of_two_logs_and_of_two_languages_are_never_one() -> None:
    def feed_ids(log_id: str) -> set[str | None]:
        dossier = sample_dossier()
        masthead = dataclasses.replace(dossier.masthead, base_url="", log_id=log_id)
        made = files_of(with_masthead(dossier, masthead))
        feeds = [ET.fromstring(made[f"{lang}/feed.xml"]) for lang in ("en", "ru")]  # noqa: S314
        return {feed.findtext("{http://www.w3.org/2005/Atom}id") for feed in feeds}

    one = feed_ids("one")
    assert len(one) == 2
    assert not one & feed_ids("other")
    assert one == feed_ids("one")


def test_the_feed_is_atom_with_links_that_lead_to_the_site() -> None:
    made = files_of(sample_dossier())
    root = ET.fromstring(made["en/feed.xml"])  # noqa: S314
    space = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{space}entry")
    assert len(entries) == 11
    days = [one.findtext(f"{space}updated") or "" for one in entries]
    assert days == sorted(days, reverse=True)
    for one in entries:
        link = one.find(f"{space}link")
        assert link is not None
        path = link.get("href", "").removeprefix("https://qaravel-log.example/")
        assert path.partition("#")[0] in made


def test_a_large_log_is_searched_by_title_and_name_and_says_so(
    evil_files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undersight.reports.site.finding.MOST_IN_FULL", 0)
    short = files_of(sample_dossier())
    assert " beaten" in evil_files["en/search-1.js"]
    assert " beaten" not in short["en/search-1.js"]
    assert "oskelde" in short["en/search-1.js"]
    assert "The log is large" in short["en/search.html"]
    assert "The log is large" not in evil_files["en/search.html"]


def test_search_data_hold_folded_words_and_cannot_end_the_script(
    evil_files: dict[str, str],
) -> None:
    text = evil_files["en/search-1.js"]
    assert "<" not in text
    documents = json.loads(text.removeprefix("undersight.push(").removesuffix(");\n"))
    found = {one[0]: one for one in documents}
    assert "tarvin" in found["entry/QV-2031-0001.html"][4].split()
    russian = evil_files["ru/search-1.js"]
    assert "oskelde" in russian
