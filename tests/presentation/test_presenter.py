"""Records become words: who may be named, what profiles are called, where things were."""

from __future__ import annotations

import pytest

from tests.model.sample import WITHHELD_NAMES, rid, sample_dossier
from tests.presentation.snapshots import dossier_of
from undersight.errors import UnknownLanguageError
from undersight.i18n import LANGUAGES
from undersight.model import parts as p
from undersight.model import records as r
from undersight.presentation.presenter import Presenter
from undersight.presentation.views import PartyView, Said

EN = Presenter(sample_dossier(), "en")
RU = Presenter(sample_dossier(), "ru")


def account(kind: str, title: str = "Somebody") -> Presenter:
    return Presenter(
        dossier_of(
            r.Account(
                record_id="a", platform="facebook", asset_kind=kind, title=title,
                handles=(p.Handle(value="some.body"),), url="https://facebook.com/some.body",
            )
        ),
        "en",
    )  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_withheld_is_in_any_view(lang: str) -> None:
    shown = repr(Presenter(sample_dossier(), lang).entries)
    assert [name for name in WITHHELD_NAMES if name in shown] == []


def test_a_name_is_written_as_the_language_writes_it() -> None:
    assert EN.party(rid("tarvin")).name == "Tarvin Oskelde"
    assert RU.party(rid("tarvin")) == PartyView(
        name="Тарвин Оскельде",
        href=f"person/{rid('tarvin')}.html",
        about="журналист",
        lang="ru",
    )


def test_who_is_not_named_has_a_label_and_no_page() -> None:
    pupil = EN.party(rid("dervan"))
    assert (pupil.name, pupil.href, pupil.is_named) == ("a 16-year-old pupil", "", False)
    assert EN.party("nobody-knows").name == "not named"
    assert EN.party("nobody-knows", "a neighbour").name == "a neighbour"


@pytest.mark.parametrize("kind", ["profile", "group", "unknown"])
def test_profiles_and_groups_are_never_named_even_where_the_policy_lets_them_through(
    kind: str,
) -> None:
    view = account(kind).account("a")
    assert not view.is_named
    assert view.href == ""
    assert "some" not in repr(view).lower()


@pytest.mark.parametrize("kind", ["page", "channel", "website", "domain"])
def test_pages_and_sites_are_named_without_their_address(kind: str) -> None:
    view = account(kind).account("a")
    assert (view.name, view.href) == ("Somebody", "page/a.html")
    assert "some.body" not in repr(view)


def test_an_account_that_may_not_be_seen() -> None:
    assert EN.account("gone").name == "an account"
    assert account("page", title="").account("a").name == "page, Facebook"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (p.Place(country="QV", admin1="Sarnak", locality="Sarnak", site="School 4"),
         "School 4, Sarnak"),
        (p.Place(country="AZ", locality="Bakı"), "Bakı, AZ"),
        (p.Place(country="QV"), "whole country"),
        (p.Place(country="QV", precision="online"), "online"),
        (p.Place(as_text="somewhere"), "somewhere"),
        (None, ""),
    ],
)  # fmt: skip
def test_places_leave_out_the_country_of_the_log(place: p.Place | None, words: str) -> None:
    assert EN.place(place) == words


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (None, None, ""), (1, 1, ""), (7, 7, "7 people"), (10, 15, "10 to 15 people"),
        (3, None, "at least 3 people"), (None, 4, "4 people"),
    ],
)  # fmt: skip
def test_numbers_of_people(least: int | None, most: int | None, words: str) -> None:
    assert EN.how_many(least, most) == words


def test_a_text_is_shown_in_the_language_asked_for_else_in_the_logs_own() -> None:
    both = {"en": "Hello", "ru": "Привет"}
    assert RU.said(both) == Said(text="Привет", lang="ru")
    assert Presenter(sample_dossier(), "az").said(both) == Said(text="Hello", lang="en")
    assert RU.said({"ka": "გამარჯობა"}).lang == "ka"
    assert RU.said({"ar": "مرحبا", "fa": "سلام"}, "fa").lang == "fa", "what it was written in"
    assert not RU.said({})


def test_a_source_by_a_profile_keeps_its_words_and_loses_its_address() -> None:
    source = r.Source(
        record_id="s", source_kind="social_post", title="His post",
        url="https://www.facebook.com/some.body/posts/1", lang="az",
    )  # fmt: skip
    view = Presenter(dossier_of(source), "en").source(source)
    assert (view.title, view.url) == ("His post", "")


def test_a_post_in_words() -> None:
    assert EN.item(rid("post")).replace("\u00a0", " ") == (
        "post, 28 April 2031, the price of a bridge, deleted under pressure"
    )
    assert EN.item("gone") == ""


def test_no_interface_in_a_language() -> None:
    with pytest.raises(UnknownLanguageError):
        Presenter(sample_dossier(), "de")
