"""Where pages stand, and which addresses may be printed."""

from __future__ import annotations

import pytest

from undersight.model.records import Incident, Party
from undersight.presentation.addresses import entry_href, party_href, place_href, shown_url


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/tarvin.oskelde/posts/1", "https://m.facebook.com/x",
        "http://t.me/somebody", "https://x.com/somebody", "https://twitter.com/s/status/1",
        "https://vk.com/id1", "javascript:alert(1)", "ftp://a.example/", "data:text/html,x", "",
        "https://", "//a.example/x",
    ],
)  # fmt: skip
def test_personal_and_unsafe_addresses_are_not_printed(url: str) -> None:
    assert shown_url(url) == ""


@pytest.mark.parametrize(
    "url", ["https://valleypost.example/1?a=b", "http://notfacebook.com/x", "https://max.com/"]
)
def test_other_addresses_are(url: str) -> None:
    assert shown_url(url) == url


@pytest.mark.parametrize(
    ("public_id", "href"),
    [
        ("QV-2031-0001", "entry/QV-2031-0001.html"),
        ("", "entry/i1.html"),
        ("../../etc/passwd", "entry/i1.html"),
        ("a/b", "entry/i1.html"),
        (".hidden", "entry/i1.html"),
        ("x" * 200, "entry/i1.html"),
    ],
)
def test_an_entry_stands_under_its_public_id_if_that_is_a_file_name(
    public_id: str, href: str
) -> None:
    assert entry_href(Incident(record_id="i1", public_id=public_id)) == href


def test_parties_stand_in_the_folder_of_their_kind() -> None:
    kinds = ("individual", "family", "outlet", "public_body", "platform", "organisation")
    assert [party_href(Party(record_id="p", party_kind=kind)) for kind in kinds] == [
        "person/p.html", "person/p.html", "outlet/p.html", "agency/p.html", "platform/p.html",
        "organisation/p.html",
    ]  # fmt: skip


def test_spellings_of_a_place_share_a_page() -> None:
    assert place_href("Bakı") == place_href("Baki") == place_href("БАКЫ") == "place/baki.html"
    assert place_href("New Sarnak") == "place/new-sarnak.html"
    assert place_href("…") == "place/x.html"


def test_a_place_described_at_length_has_a_name_that_disks_take() -> None:
    many = ", ".join(f"District {n}" for n in range(60))
    hrefs = {place_href(many), place_href(many + " and one more")}
    assert len(hrefs) == 2
    assert all(len(href.encode()) < 140 for href in hrefs)
