"""What a check of the evidence finds broken has words in every language."""

from __future__ import annotations

import re
from pathlib import Path

import undersight
from undersight.i18n import LANGUAGES, translator
from undersight.web.evidence_words import EVIDENCE_WORDS

ROOT = Path(undersight.__file__).parent
SOURCES = ("vault/object_checks.py", "vault/seal_checks.py", "integrity/chain.py")
KIND = re.compile(r'kind="([a-z-]+)"|_fault\(\s*"([a-z]+)",\s*"([a-z-]+)"')


def test_every_fault_of_a_check_has_words() -> None:
    found: set[str] = {"custody", "history", "intakes", "keys", "object", "seal", "stamp"}
    for name in SOURCES:
        for match in KIND.finditer((ROOT / name).read_text(encoding="utf-8")):
            found |= {group for group in match.groups() if group}
    assert {"edited", "forged", "swapped"} < found
    assert found - EVIDENCE_WORDS.keys() == set()


def test_a_forged_seal_is_told_in_the_readers_language() -> None:
    english = EVIDENCE_WORDS["forged"]
    told = {translator(lang).gettext(english) for lang in LANGUAGES}
    assert len(told) == len(LANGUAGES)
