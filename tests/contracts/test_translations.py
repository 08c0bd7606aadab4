"""Every text that people read stands in every language, as `make locale` writes it."""

from __future__ import annotations

import ast
from pathlib import Path

from tools import translations
from undersight import i18n

ROOT = Path(__file__).resolve().parents[2]
MARKS = {"t": 1, "_": 1, "gettext": 1, "nt": 2, "ngettext": 2}


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


def test_every_marked_text_is_found_by_the_extractor() -> None:
    """Marks inside an f-string are not seen by it: the text would stay English."""
    template = translations.extracted()
    known = {one for m in template for one in (m.id if isinstance(m.id, tuple) else (m.id,))}
    lost = [
        f"{path.relative_to(ROOT)}:{text.lineno}: {text.value!r}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for text in _marked(path)
        if text.value not in known
    ]
    assert lost == []


def _marked(path: Path) -> list[ast.Constant]:
    found = []
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            found += [
                one
                for one in call.args[: MARKS.get(name, 0)]
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
    return found
