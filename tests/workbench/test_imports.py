"""Files brought in: read = ready + duplicates + rejected, all stored or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.test_table_grids import document as word_file
from tests.importers.test_table_grids import saved
from undersight.errors import ColumnsUnclearError, ImportRefusedError, InputError, UnknownTermError
from undersight.model.intake import Article
from undersight.model.records import Incident, Party, Source
from undersight.workbench import drafts, imports
from undersight.workbench.imports import Prepared, TableOptions
from undersight.workbench.session import Workspace

TABLE = (
    "name,date,type,city\n"
    "Ravin Dargaly,2031-05-04,detention,Vezrin\n"
    "Selme Orvanly,2031-02-31,detention,Sarnak\n"
    "Ravin Dargaly,2031-05-04,detention,Vezrin\n"
    "Murad Kelvan,2031-06-01,snatched,Sarnak\n"
)


def reconciles(prepared: Prepared) -> bool:
    found = prepared.to_json()
    return bool(found["read"] == found["ready"] + found["duplicates"] + found["rejected"])


def n_entries(workspace: Workspace) -> int:
    return len([*workspace.casebook.all("incident")])


def test_a_table_is_reconciled_row_by_row(workspace: Workspace) -> None:
    prepared = imports.prepare(workspace, TABLE.encode(), "cases.csv")
    assert reconciles(prepared)
    assert prepared.n_ready == 2
    assert prepared.duplicates == ("line 4",)
    (issue,) = prepared.issues
    assert (issue.locator, issue.column) == ("line 3", "date")
    assert dict(prepared.unmapped) == {("act", "snatched"): 1}


FORM = [("Name:", "Ravin Dargaly"), ("Date", "4 May 2031"), ("City", "Vezrin"),
        ("Type", "detention"), ("Notes", "He was alone.\nNobody was told.")]  # fmt: skip


def test_a_word_file_that_is_one_filled_in_form_is_one_record(workspace: Workspace) -> None:
    made = saved(word_file(FORM))
    prepared = imports.prepare(workspace, made, "case.docx")
    assert (prepared.n_read, prepared.n_ready, prepared.format_id) == (1, 1, "spreadsheet")
    ((_, told),) = prepared.documents
    (act,) = told["acts"]
    assert (act["act_type"], act["start"]["edtf"]) == ("detention", "2031-05-04")
    assert [one["name"] for one in act["people"]] == ["Ravin Dargaly"]
    assert told["place"]["locality"] == "Vezrin"
    assert "Nobody was told." in str(told)
    two = [FORM[0] + FORM[1], FORM[2] + FORM[3], ("Notes", "x", "", "")]
    wide = imports.prepare(workspace, saved(word_file(two)), "case.docx")
    assert (wide.n_read, wide.n_ready) == (1, 1)
    lines = "\n".join(f'"{field}","{value}"' for field, value in FORM)
    assert imports.prepare(workspace, lines.encode(), "case.csv").n_read == 1


def test_a_table_of_two_columns_is_no_form(workspace: Workspace) -> None:
    raw = b"name,date\nRavin Dargaly,2031-05-04\nSelme Orvanly,2031-05-05\n"
    assert imports.prepare(workspace, raw, "cases.csv").n_ready == 2
    terms = b"name,meaning\ndate,when\ncity,where\ntype,what\n"
    assert imports.prepare(workspace, terms, "codebook.csv").n_read == 3


def test_a_table_that_tells_of_no_case_is_asked_about(workspace: Workspace) -> None:
    raw = b"followers,is_fake\n5,1\n"
    with pytest.raises(ColumnsUnclearError, match="what happened"):
        imports.prepare(workspace, raw, "numbers.csv")
    told = imports.prepare(workspace, raw, "x.csv", TableOptions(roles={"followers": "rest"}))
    assert told.n_read == 1


def test_one_bad_row_and_nothing_is_stored(workspace: Workspace) -> None:
    prepared = imports.prepare(workspace, TABLE.encode(), "cases.csv")
    digest = imports.seal(workspace, TABLE.encode(), "cases.csv")
    with pytest.raises(ImportRefusedError, match=r"1 of 4"):
        imports.store_rows(workspace, prepared, digest)
    assert n_entries(workspace) == 0
    assert not [*workspace.casebook.all("party")]


def test_the_good_rows_enter_if_asked_and_only_once(workspace: Workspace) -> None:
    digest = imports.seal(workspace, TABLE.encode(), "cases.csv")
    prepared = imports.prepare(workspace, TABLE.encode(), "cases.csv")
    seen: list[int] = []
    stored = imports.store_rows(
        workspace, prepared, digest, is_partial_allowed=True, progress=seen.append
    )
    assert (stored.n_entries, seen) == (2, [1, 2])
    entries = [i for i in workspace.casebook.all("incident") if isinstance(i, Incident)]
    assert {i.origin_locator for i in entries} == {f"{digest}#line 2", f"{digest}#line 5"}
    assert all(i.evidence == (digest,) for i in entries)
    again = imports.prepare(workspace, TABLE.encode(), "cases.csv")
    assert again.n_ready == 0
    assert len(again.duplicates) == 3
    assert reconciles(again)


def test_a_row_that_cannot_be_built_stores_nothing(workspace: Workspace) -> None:
    raw = b"name,date,url\nA B,2031-01-01,x\nC D,2031-01-02,y\n"
    prepared = imports.prepare(workspace, raw, "cases.csv")
    prepared.documents[1][1]["no_such_field"] = 1
    with pytest.raises(InputError, match="no_such_field"):
        imports.store_rows(workspace, prepared, imports.seal(workspace, raw, "cases.csv"))
    assert n_entries(workspace) == 0


def test_options_change_what_columns_and_words_mean(workspace: Workspace) -> None:
    raw = b"who,when,how\nA B,03/04/2031,snatched\n"
    options = TableOptions(
        roles={"who": "victim", "when": "date", "how": "act"},
        terms={("act", "snatched"): "abduction"},
        constants={"country": "QV"},
        is_day_first=True,
    )
    prepared = imports.prepare(workspace, raw, "cases.csv", options)
    (_, document) = prepared.documents[0]
    assert document["acts"][0]["act_type"] == "abduction"
    assert document["acts"][0]["start"]["edtf"] == "2031-04-03"
    assert document["place"]["country"] == "QV"


def test_articles_enter_as_text_with_their_source(workspace: Workspace) -> None:
    page = (
        b"<!doctype html><html lang='en'><head><title>Blogger jailed</title>"
        b"<link rel='canonical' href='https://hour.example/1'>"
        b"<meta property='article:published_time' content='2031-05-04T10:00:00Z'></head>"
        b"<body><article><p>A blogger was jailed in Vezrin for thirty days.</p></article></body>"
    )
    prepared = imports.prepare(workspace, page, "page.html")
    assert reconciles(prepared)
    (article,) = prepared.articles
    imports.store_text(workspace, article, imports.seal(workspace, page, "page"), lang="en")
    (entry,) = (i for i in workspace.casebook.all("incident") if isinstance(i, Incident))
    assert entry.title == {"en": "Blogger jailed"}
    (source,) = (s for s in workspace.casebook.all("source") if isinstance(s, Source))
    assert source.url == "https://hour.example/1"
    assert imports.prepare(workspace, page, "page.html").duplicates == ("page",)


def test_a_text_without_a_title_is_called_by_its_heading_without_the_mark(
    workspace: Workspace,
) -> None:
    article = Article(locator="document", text="# Blogger held\n\nRavin Dargaly was held.")
    imports.store_text(workspace, article, imports.seal(workspace, b"x", "log.docx"), lang="en")
    titles = [one.title for one in workspace.casebook.all("incident") if isinstance(one, Incident)]
    assert titles == [{"en": "Blogger held"}]


def test_a_text_is_in_the_language_of_its_words_and_its_links_are_sources(
    workspace: Workspace,
) -> None:
    words = "İyunun 3-də jurnalist Sarnakda saxlanılıb, bu barədə qəzet yazıb."
    feed = (
        '<rss version="2.0"><channel><language>en-US</language><item><title>Saxlanılıb</title>'
        f"<link>https://a.example/1</link><description><![CDATA[<p>{words} "
        '<a href="https://b.example/2">Qəzet</a></p>]]></description></item></channel></rss>'
    ).encode()
    (article,) = imports.prepare(workspace, feed, "log.rss").articles
    imports.store_text(workspace, article, imports.seal(workspace, feed, "log.rss"))
    (entry,) = (i for i in workspace.casebook.all("incident") if isinstance(i, Incident))
    assert entry.title == {"az": "Saxlanılıb"}
    sources = (s.url for s in workspace.casebook.all("source") if isinstance(s, Source))
    assert sorted(sources) == ["https://a.example/1", "https://b.example/2"]
    assert drafts.propose_article(article).lang == "az"


REAL = {
    "ovdinfo-detentions-2011-2012/detentions.csv": TableOptions(lang="ru"),
    "azerbaijan-political-prisoners-2014/cases.csv": TableOptions(),
    "cpj-killed-journalists/cpj_killed.csv": TableOptions(),
    "keepiton-shutdowns/stop_2016_2017_2018.csv": TableOptions(),
    "keepiton-shutdowns/stop_2020.csv": TableOptions(),
    "keepiton-shutdowns/stop_2021.csv": TableOptions(),
}


@pytest.mark.real
@pytest.mark.long
@pytest.mark.parametrize("place", sorted(REAL))
def test_real_tables_reconcile_and_can_be_stored(
    workspace: Workspace, shared_data: Path, place: str
) -> None:
    raw = (shared_data / place).read_bytes()
    prepared = imports.prepare(workspace, raw, Path(place).name, REAL[place])
    found = prepared.to_json()
    assert reconciles(prepared)
    assert found["ready"] > 0.9 * found["read"], found["issues"][:5]
    digest = imports.seal(workspace, raw, place)
    stored = imports.store_rows(workspace, prepared, digest, is_partial_allowed=True)
    assert stored.n_entries == found["ready"] == n_entries(workspace)
    again = imports.prepare(workspace, raw, Path(place).name, REAL[place])
    assert again.n_ready == 0
    assert reconciles(again)


def test_later_rows_add_to_an_office_and_people_of_one_name_stay_apart(
    workspace: Workspace,
) -> None:
    raw = (
        b"name,date,agency,occupation,organisation\n"
        b"Ravin Dargaly,2031-05-04,Office Nine,blogger,Open Road\n"
        b"Ravin Dargaly,2031-05-05,Office Nine,lawyer,Open Road\n"
    )
    prepared = imports.prepare(workspace, raw, "cases.csv")
    stored = imports.store_rows(workspace, prepared, imports.seal(workspace, raw, "cases.csv"))
    assert stored.n_entries == 2
    parties = [one for one in workspace.casebook.all("party") if isinstance(one, Party)]
    by_name = sorted((one.names[0].value, one.occupations) for one in parties)
    assert by_name == [
        ("Office Nine", ()),
        ("Open Road", ()),
        ("Ravin Dargaly", ("blogger",)),
        ("Ravin Dargaly", ("lawyer",)),
    ]


def test_what_a_later_row_says_of_an_office_is_stored_with_it(workspace: Workspace) -> None:
    raw = b"name,date\nA B,2031-01-01\nC D,2031-01-02\n"
    prepared = imports.prepare(workspace, raw, "cases.csv")
    for (_, document), country in zip(prepared.documents, ("", "QV"), strict=True):
        office = {"name": "Office Nine", "party_kind": "public_body", "role": "official"}
        told = {"country": country} if country else {}
        document["acts"][0]["people"].append(office | told)
    imports.store_rows(workspace, prepared, imports.seal(workspace, raw, "cases.csv"))
    offices = [p for p in workspace.casebook.all("party") if isinstance(p, Party)]
    (office,) = (one for one in offices if one.party_kind == "public_body")
    assert office.country == "QV"


def test_a_table_tells_its_language_and_a_wrong_term_is_refused_first(
    workspace: Workspace,
) -> None:
    raw = "имя,дата,комментарий\nРавин Даргалый,2031-05-04,задержан на площади у моста\n".encode()
    prepared = imports.prepare(workspace, raw, "cases.csv")
    assert (prepared.lang, prepared.documents[0][1]["lang"]) == ("ru", "ru")
    wrong = TableOptions(terms={("act", "snatched"): "abducted"})
    with pytest.raises(UnknownTermError, match="abducted"):
        imports.prepare(workspace, TABLE.encode(), "cases.csv", wrong)


def test_one_foreign_name_does_not_decide_the_language_of_a_table(workspace: Workspace) -> None:
    rows = "".join(f"2031-05-{n:02},Dalğa TV,Its page was reported and removed again.\n"
                   for n in range(1, 9))  # fmt: skip
    prepared = imports.prepare(workspace, f"date,who,what happened\n{rows}".encode(), "t.csv")
    assert prepared.lang == "en"


def test_a_table_with_places_and_laws_alone_is_asked_about(workspace: Workspace) -> None:
    for table in ("город,статья,кого\nСарнак,147,А\n", "Source,Target,Type\na,b,Directed\n"):
        with pytest.raises(ColumnsUnclearError):
            imports.prepare(workspace, table.encode(), "t.csv")


@pytest.mark.parametrize(
    "raw",
    [
        b"description,available,price\nLamp with a shade,4,14.9\nLamp without,157,19.9\n",
        b"VIDEO_ID,published,title,category,views\nv1,2031-05-02,Lamps of Qaravel,Music,19\n",
    ],
    ids=["offers", "videos"],
)
def test_a_list_of_goods_or_videos_is_no_table_of_cases(workspace: Workspace, raw: bytes) -> None:
    with pytest.raises(ColumnsUnclearError, match="to whom or when something happened") as caught:
        imports.prepare(workspace, raw, "list.csv")
    assert "--as posts-table" in (caught.value.hint or "")
    name, role = ("description", "summary") if b"price" in raw else ("title", "title")
    assert f'--map "{name}={role}"' in (caught.value.hint or "")
    told = imports.TableOptions(roles={name: role})
    assert imports.prepare(workspace, raw, "list.csv", told).n_ready > 0


def test_a_table_of_words_that_tell_an_act_is_one_of_cases(workspace: Workspace) -> None:
    raw = b"description,price\nTarvin Oskelde was detained,4\nThe flat was searched,5\n"
    assert imports.prepare(workspace, raw, "list.csv").n_ready == 2


def test_the_marks_of_headings_are_not_kept_as_text(workspace: Workspace) -> None:
    raw = (
        b"<html><title>Log</title><body><h3>Fined</h3><p>On 4 May she was fined.</p></body></html>"
    )
    prepared = imports.prepare(workspace, raw, "page.html")
    digest = imports.seal(workspace, raw, "page.html")
    imports.store_text(workspace, prepared.articles[0], digest, lang="en")
    (entry,) = (one for one in workspace.casebook.all("incident") if isinstance(one, Incident))
    assert "#" not in entry.summary["en"]
    assert "Fined" in entry.summary["en"]


def test_headings_tell_the_language_where_no_cell_does(workspace: Workspace) -> None:
    raw = (
        b"Date of Incident,Individual Targeted,Threat type,Status of Case,Links\n"
        b'2031-05-03,Lale Omer,Arrest,,"https://a.example/2, https://a.example/3"\n'
        b"2031-05-04,Elvan Dost,Arrest,,\n"
    )
    assert imports.prepare(workspace, raw, "cases.csv").lang == "en"


_CASES = "".join(
    f"<tr><td>Tarvin Oskelde {n}</td><td>{n}.05.2031</td><td>detention</td></tr>"
    for n in range(1, 9)
)
_TABLE = f"<table><tr><th>Name</th><th>Date</th><th>What was done</th></tr>{_CASES}</table>"


def test_a_page_that_is_a_table_of_cases_is_read_by_its_rows(workspace: Workspace) -> None:
    raw = f"<!doctype html><h1>Cases</h1>{_TABLE}".encode()
    prepared = imports.prepare(workspace, raw, "cases.html")
    assert (prepared.format_id, prepared.text_format) == ("spreadsheet", "html-page")
    assert len(prepared.documents) == 8
    as_text = imports.prepare(workspace, raw, "cases.html", TableOptions(format_id="html-page"))
    assert len(as_text.articles) == 1


def test_a_text_with_a_table_in_it_stays_a_text_and_says_so(workspace: Workspace) -> None:
    story = "<p>On 4 May the reporter was questioned over a post about a bridge.</p>" * 20
    raw = f"<!doctype html><article>{story}{_TABLE}</article>".encode()
    prepared = imports.prepare(workspace, raw, "story.html")
    assert prepared.format_id == "html-page"
    assert prepared.n_in_tables == 8
    told = imports.prepare(workspace, raw, "story.html", TableOptions(format_id="spreadsheet"))
    assert len(told.documents) == 8
