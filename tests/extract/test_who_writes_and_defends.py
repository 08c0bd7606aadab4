"""English: whom somebody writes for or defends, and who only found something out, is no victim."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft

DAY = dt.date(2031, 12, 20)


@pytest.mark.parametrize(
    ("text", "victims", "outlets"),
    [
        ("Police raided the office of Seven Hills TV.", "Seven Hills TV", "Seven Hills TV"),
        ("Two Radio Boz reporters were detained.", None, "Radio Boz"),
        ("Nora Dagan, who writes for the magazine Pravec, is charged with libel.", "Nora Dagan",
         "Pravec"),
        ("Nora Dagan, who runs Kend Xeber alone, was fined over an article.", "Nora Dagan",
         "Kend Xeber"),
        ("Two reporters of Marsh Radio, Egon Till and Sara Pell, were detained.",
         "Egon Till; Sara Pell", "Marsh Radio"),
        ("Trolls flooded the page of the magazine Herbarium with 900 comments.", "Herbarium",
         "Herbarium"),
        ("Former Kompas editor Nora Dagan was detained on 3 May.", "Nora Dagan", "Kompas"),
        ("Nora Dagan (Azad Dalga) and Karl Bruun were detained.", "Nora Dagan; Karl Bruun",
         "Azad Dalga"),
        ("Lawyer Idris Valk, who defended the blogger Nora Dagan, was disbarred.", "Idris Valk",
         ""),
        ("Police detained the lawyer Idris Valk, who defended Nora Dagan.", "Idris Valk", ""),
        ("The vice-rector, Professor Hafiz Moll, questioned the student Murtuz Pirver.",
         "Murtuz Pirver", ""),
        ("Member of the opposition Yeni Dovr party Rafael Tumur was summoned.", "Rafael Tumur",
         ""),
        ("The developer Megapolis Invest brought two claims against reporter Keti Gelt.",
         "Keti Gelt", ""),
        ("The Lantern Lab found traces of spyware on the phone of Nora Dagan.", "Nora Dagan", ""),
        ("The commission fined TV Ertoba GEL 111,000.", "TV Ertoba", "TV Ertoba"),
    ],
)  # fmt: skip
def test_who_only_stands_beside(text: str, victims: str | None, outlets: str) -> None:
    fields = [f for e in draft(text, context_date=DAY, lang="en").entries for f in e.fields]
    found = {str(f.value) for f in fields if f.role == "victim"}
    assert {str(f.value) for f in fields if f.kind == "outlet"} == set(
        filter(None, outlets.split("; "))
    )
    if victims is not None:
        assert found == set(victims.split("; "))
