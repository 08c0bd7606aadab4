"""Turkish newsrooms told by the ending of their name, and names that are none."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft

DAY = dt.date(2024, 12, 20)
TOLD = [
    ("Bizim Liman'ın eski editörü Ece Dolun tutuklandı.", ["Bizim Liman"]),
    ("Yeni Liman'da yayımlanan habere erişim engeli getirildi.", ["Yeni Liman"]),
    ("Yeni Liman'a erişim engellendi.", ["Yeni Liman"]),
    ("Dün Kanal Anadolu Sesi'nin yayını durduruldu.", ["Kanal Anadolu Sesi"]),
    ("RTÜK, Gündem 7'ye para cezası verdi.", ["Gündem 7"]),
    ("Ovadan Haberler'in muhabiri gözaltına alındı.", ["Ovadan Haberler"]),
    ("Ece Dolun'un yazı işleri müdürü olduğu Çan gazetesi kapatıldı.", ["Çan"]),
    ("Devlet televizyonu gazeteciyi hedef gösterdi.", []),
    ("Hükümet, siteleri kapattı.", []),
    ("Feraye Kumsal'ın YouTube kanalı kapatıldı.", []),
]


@pytest.mark.parametrize(("text", "outlets"), TOLD)
def test_a_newsroom_is_told_by_its_case(text: str, outlets: list[str]) -> None:
    entries = draft(text, context_date=DAY, lang="tr").entries
    found = [field.value for entry in entries for field in entry.fields if field.kind == "outlet"]
    assert found == outlets


@pytest.mark.parametrize("word", ["Məmur müxbirin yolunu kəsib.", "Agentlik saytı bağlayıb."])
def test_a_common_word_is_no_azerbaijani_newsroom(word: str) -> None:
    entries = draft(word, context_date=DAY, lang="az").entries
    assert not [field for entry in entries for field in entry.fields if field.kind == "outlet"]
