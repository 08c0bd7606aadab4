"""Every text that people read stands in every language, as `make locale` writes it."""

from __future__ import annotations

from pathlib import Path

from tools import translations
from undersight import i18n

ROOT = Path(__file__).resolve().parents[2]


def test_catalogues_are_what_make_locale_would_write() -> None:
    stale = [
        str(path.relative_to(ROOT))
        for path, content in translations.files()
        if not path.exists() or path.read_bytes() != content
    ]
    assert stale == [], "the texts of the source changed: run `make locale`"


def test_every_text_is_translated_with_its_placeholders() -> None:
    template = translations.extracted()
    wrong = [
        f"{lang}: {message.id!r}: {problem}"
        for lang in i18n.LANGUAGES[1:]
        for message in translations.merged(lang, template)
        if message.id
        for problem in translations.faults(message)
    ]
    assert wrong == []
