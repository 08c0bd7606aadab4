"""Whose a removed network was: nobody's, where the text says that nobody is named."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft


def attributed(text: str, lang: str) -> list[object]:
    """Whom the takedowns of a text are tied to."""
    entries = draft(text, context_date=dt.date(2031, 12, 20), lang=lang).to_json()["entries"]
    found = [f for entry in entries for f in entry["fields"] if f["kind"] == "takedown"]
    return [field["value"]["attributed_to"] for field in found]


EN = "On 4 May 2031 Twitter closed 91 accounts that praised the governor. "
RU = "4 мая 2031 года Facebook удалил 40 аккаунтов и 12 страниц. "
AZ = "4 may 2031-ci ildə Facebook 40 hesab və 12 səhifəni silib. "
TR = "4 Mayıs 2031'de Facebook 40 hesap ve 12 sayfayı kaldırdı. "


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", EN + "It does not say who is behind them."),
        ("en", EN + "It did not disclose who stood behind the network."),
        ("en", EN + "The company declined to say who was behind it."),
        ("en", EN + "Nobody knows who is behind them."),
        ("ru", RU + "Кто за ними стоит, компания не называет."),
        ("ru", RU + "За этой сетью стоят неизвестные."),
        ("ru", RU + "Компания не уточнила, кто стоит за этой сетью."),
        ("az", AZ + "Arxasında kimin dayandığını açıqlamayıb."),
        ("az", AZ + "Arxasında naməlum şəxslər dayanır."),
        ("tr", TR + "Arkasında kimin olduğunu açıklamadı."),
        ("tr", TR + "Arkasında kimin bulunduğu bilinmiyor."),
    ],
)
def test_nobody_is_named(lang: str, text: str) -> None:
    assert attributed(text, lang) == [None]


@pytest.mark.parametrize(
    ("lang", "text", "whose"),
    [
        ("en", EN + "Behind them is the Sarnak Press Agency.", "Sarnak Press Agency"),
        ("en", EN + "It did not comment, but linked them to Boz Media.", "Boz Media"),
        ("ru", RU + "Компания связала их с агентством «Боз Медиа».", "Боз Медиа"),
        ("tr", TR + "Şirket ağı Boz Medya'ya bağladı.", "Boz Medya"),
    ],
)
def test_somebody_is_named(lang: str, text: str, whose: str) -> None:
    (named,) = attributed(text, lang)
    assert whose in str(named)


@pytest.mark.parametrize(
    ("text", "counts", "whose"),
    [
        (
            "Facebook removed 83 accounts, 22 pages, three groups and five accounts of Instagram.",
            (83, 22, 3, 5),
            None,
        ),
        (
            "Facebook said that 53 accounts and 61 pages tied to the youth wing were removed.",
            (53, 61, None, None),
            "the youth wing",
        ),
        (
            "Facebook took down 86 accounts and 12 pages. It names Blue Kite as the one behind.",
            (86, 12, None, None),
            "Blue Kite",
        ),
        (
            "Meta's adversarial threat report names the Harbour Service for a hybrid operation.",
            (None, None, None, None),
            "the Harbour Service",
        ),
        (
            "Some 2,000 Twitter accounts connected with the harbour office were suspended.",
            (2000, None, None, None),
            "the harbour office",
        ),
    ],
)
def test_a_notice_is_read_as_monitors_retell_it(
    text: str, counts: tuple[int | None, ...], whose: str | None
) -> None:
    entries = draft(text, context_date=dt.date(2031, 12, 20), lang="en").to_json()["entries"]
    (told,) = [f["value"] for e in entries for f in e["fields"] if f["kind"] == "takedown"]
    assert tuple(told[k] for k in ("accounts", "pages", "groups", "instagram")) == counts
    assert told["attributed_to"] == whose
