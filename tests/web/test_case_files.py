"""Somebody's own log moves in by the browser: seen first, mended, stored, taken back."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from tests.web.conftest import Browser
from tests.web.waiting import finish
from undersight.model.records import Act
from undersight.web.case_words import CASE_COLUMN_WORDS
from undersight.workbench import case_files

TABLE = (
    "Number,Wann,Wer,What was done,Link\n"
    "1,2031-05-02,Tarvin Oskelde,visited by the fog office,https://sarnak.example/1\n"
    "2,2031-05-03,Rena Orlen,visited by the fog office,https://sarnak.example/2\n"
    "3,no such day,Sevda Marlin,arrest,https://sarnak.example/3\n"
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Qaravel log</title>
<item><title>A blogger was questioned</title><link>https://log.example/1</link>
<pubDate>Fri, 02 May 2031 10:00:00 GMT</pubDate>
<description>Tarvin Oskelde was questioned by police in Sarnak on 2 May 2031.</description>
</item></channel></rss>"""


def handed_in(browser: Browser, name: str, raw: bytes) -> str:
    """The page of a file that was sent."""
    browser.get("/case-files")
    answer = browser.send("/case-files", files={"files": (name, raw)})
    assert answer.url.path.startswith("/case-files/"), answer.text[-3000:]
    return str(answer.url.path)


def column(browser: Browser, name: str) -> str:
    """The field that says what a column means."""
    found = re.search(rf'name="name-(\d+)" value="{name}"', browser.text)
    assert found is not None, name
    return f"column-{found[1]}"


def brought_in(browser: Browser, here: str, **fields: str) -> None:
    """Press the button of the open page that stores."""
    form = next(one for one in browser.forms() if one["action"] == here)
    data = {name: value for name, value in {**form["fields"], **fields}.items() if name}
    browser.page = browser.client.post(f"{here}/bring-in", data=data)


def test_a_table_is_mended_stored_and_taken_back(browser: Browser) -> None:
    here = handed_in(browser, "log.csv", TABLE.encode())
    means = {
        column(browser, "Wann"): "date", column(browser, "Wer"): "victim",
        column(browser, "What was done"): "act", column(browser, "Link"): "url",
    }  # fmt: skip
    browser.send(here, **means, **{"constant-0": "country", "constant-value-0": "QV"})
    assert "Rena Orlen" in browser.text
    assert "no such day" in browser.text
    word = re.search(r'name="word-(\d+)" value="visited by the fog office"', browser.text)
    assert word is not None
    browser.send(here, **{f"term-{word[1]}": "questioning"})
    assert f'name="word-{word[1]}" value="visited by the fog office"' in browser.text, "kept"
    assert "<strong>2</strong> ready" in browser.text
    brought_in(browser, here, is_partial_allowed="on")
    shown = finish(browser)
    assert "<strong>2</strong> entries stored" in shown, shown[-3000:]
    assert "Rena Orlen" in browser.get("/people").text
    browser.get(here)  # what the columns mean is asked again: an act alone tells of no case
    again = browser.send(here, **means).text
    assert "<strong>0</strong> ready" in again
    assert "<strong>2</strong> known already" in again
    browser.get("/case-files")
    browser.send(f"{here}/take-back", why="wrong columns")
    assert "log.csv" in browser.text
    assert "Rena Orlen" not in browser.get("/casebook").text


def test_what_was_changed_and_not_looked_at_is_shown_before_it_is_stored(browser: Browser) -> None:
    here = handed_in(browser, "log.csv", b"date,victim,act\n2031-05-02,Rena Orlen,arrest\n")
    assert "Nothing is stored yet" not in browser.text
    brought_in(browser, here, **{"column-1": "place"})
    assert "Nothing is stored yet: you changed how it is read." in browser.text
    assert "First entries as they would be stored" in browser.text
    with browser.access.desk.reading() as workspace:
        assert list(workspace.casebook.all("incident")) == []


def acts(browser: Browser) -> list[str]:
    """What the open page shows under What, row by row."""
    shown = browser.text.partition('class="as-mapped"')[2].partition("</table>")[0]
    return [re.findall(r"<td[^>]*>(.*?)</td>", one)[2] for one in shown.split("<tr>")[2:]]


def test_an_act_read_in_longer_words_is_taken_or_left_by_column_and_by_value(
    browser: Browser,
) -> None:
    said = ("Detained at night near the river", "Searched while the children slept")
    rows = "".join(f"2031-05-0{n},{one},A B\n" for n, one in enumerate(said, 2))
    here = handed_in(browser, "log.csv", f"date,act,victim\n{rows}".encode())
    assert [value for value in said if f'name="word-p0" value="{value}"' in browser.text]
    assert acts(browser) == ["other", "other"]
    browser.send(here, proposals="taken")
    assert acts(browser) == ["detention", "search"]
    browser.send(here, **{"term-p0": "-"})
    assert acts(browser) == ["other", "search"]
    browser.send(here, **{"proposals": "left", "term-p0": "detention"})
    assert acts(browser) == ["detention", "other"]
    brought_in(browser, here)
    assert "<strong>2</strong> entries stored" in finish(browser)
    with browser.access.desk.reading() as workspace:
        kept = {one.act_type for one in workspace.casebook.all("act") if isinstance(one, Act)}
        told = " ".join(one.remark for one in workspace.casebook.all("incident"))
    assert kept == {"detention", "other"}
    assert said[0] in told, "the words stay beside the act that was taken"


def test_every_meaning_of_a_column_has_words() -> None:
    assert {meaning for meaning, _about in case_files.meanings()} <= set(CASE_COLUMN_WORDS)


@pytest.mark.long
def test_leaving_rows_out_is_agreed_to_first_and_a_refusal_leads_back(browser: Browser) -> None:
    here = handed_in(
        browser, "log.csv", b"date,victim,act\nsoon,A B,arrest\n2031-05-02,C D,arrest\n"
    )
    assert 'name="is_partial_allowed" required' in browser.text
    assert '<button type="submit" formnovalidate>Look again' in browser.text
    brought_in(browser, here)
    shown = finish(browser)
    assert "1 of 2 records cannot be stored, so none was." in shown
    assert f'href="{here}"' in shown


def test_a_feed_comes_in_as_drafts(browser: Browser) -> None:
    here = handed_in(browser, "feed.xml", FEED.encode())
    assert "A blogger was questioned" in browser.text
    brought_in(browser, here)
    assert "<strong>1</strong> drafts to confirm" in finish(browser)
    assert "/drafts/" in browser.get("/drafts").text


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("empty.csv", b""),
        ("../../etc/passwd", b"\x00\x01\x02nothing"),
        ("broken.docx", b"PK\x03\x04 and no more"),
        ("posts.csv", b"a,b\n1,2\n"),
        ("half.xml", b"<rss><channel><item><title>x"),
    ],
)
def test_what_cannot_be_read_says_why_and_can_be_erased(
    browser: Browser, name: str, raw: bytes
) -> None:
    browser.get("/case-files")
    answer = browser.send("/case-files", files={"files": (name, raw)})
    assert answer.status_code < 500
    if not answer.url.path.startswith("/case-files/"):
        return  # told at once
    here = str(answer.url.path)
    assert "../" not in answer.text
    browser.send(f"{here}/discard")
    assert "Erased." in browser.text


@pytest.mark.long
def test_a_bomb_is_told(browser: Browser) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b"0" * 300_000_000)
    handed_in(browser, "bomb.docx", held.getvalue())
    assert 'role="alert"' in browser.text
