from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from tools import translations
from undersight import i18n
from undersight.errors import UnknownLanguageError


def test_english_is_the_source_and_needs_no_catalogue() -> None:
    assert type(i18n.translator("en")) is gettext.NullTranslations
    assert i18n.translator("en").gettext("Sources") == "Sources"


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_a_text_without_a_translation_stays_english(lang: str) -> None:
    assert i18n.translator(lang).gettext("no such text in the source") == (
        "no such text in the source"
    )


def test_a_language_nobody_speaks_here_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownLanguageError, match=r"no interface in “de”") as caught:
        i18n.translator("de")
    assert "en, az, ru, tr" in caught.value.hint


def test_the_marker_changes_nothing() -> None:
    assert i18n._("Days held") == "Days held"


def test_extraction_reads_python_and_templates(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "page.py").write_text(
        '_("From Python")\nt.ngettext("%(n)d day", "%(n)d days", n)\n', encoding="utf-8"
    )
    (tmp_path / "templates" / "page.html").write_text(
        '<h1>{{ _("From a template") }}</h1>{% trans %}And a block{% endtrans %}',
        encoding="utf-8",
    )
    found = {message.id for message in translations.extracted(tmp_path) if message.id}
    assert found == {
        "From Python",
        ("%(n)d day", "%(n)d days"),
        "From a template",
        "And a block",
    }


def test_a_translation_that_loses_a_placeholder_is_a_fault() -> None:
    catalogue = translations.Catalog(locale="tr")
    assert translations.faults(catalogue.add("{n} days", "{n} gün")) == []
    assert translations.faults(catalogue.add("{n} posts", "gönderi")) == [
        "placeholders {n} became nothing"
    ]
    assert translations.faults(catalogue.add("Sources", "")) == ["not translated"]
