"""Azerbaijani and Turkish sentences that tell one act, and others that only look told."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft

DAY = dt.date(2024, 12, 20)
TOLD = [
    ("az", "Jurnalist prokurorluğa çağırılıb dindirilib.", {"questioning"}),
    ("az", "Bloger polisə çağırılaraq dindirilib.", {"questioning"}),
    ("az", "Polisə çağırılan jurnalist orada dindirilib.", {"questioning"}),
    ("az", "Redaksiya 200 şərhi yoxlayıb.", set()),
    ("az", "Bloger hədələrə görə polisə şikayət edib.", set()),
    ("az", "Vəkil kollegiyadan çıxarılıb.", {"lawyer_denied"}),
    ("az", "Blogerin qardaşı polis tərəfindən aparılıb.", {"pressure_on_relatives"}),
    ("az", "Atası onu məktəbə aparıb.", set()),
    ("tr", "Gazeteci yargılandığı davada beraat etti.", {"acquittal"}),
    ("tr", "Avukatı kararı istinafa taşıyacak.", set()),
    ("tr", "Kapısına tehdit notu bırakıldı.", {"threat"}),
    ("tr", "Öğretmene kınama cezası verildi.", {"official_warning"}),
    ("tr", "X hesabına Türkiye'de erişim engellendi.", {"geoblock"}),
    ("tr", "Gazeteci saldırganlardan şikâyetçi oldu.", set()),
]


@pytest.mark.parametrize(("lang", "sentence", "acts"), TOLD)
def test_nothing_else_is_told(lang: str, sentence: str, acts: set[str]) -> None:
    entries = draft(sentence, context_date=DAY, lang=lang).entries
    assert {f.value for e in entries for f in e.fields if f.kind == "act"} == acts
