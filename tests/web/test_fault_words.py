"""How evidence does not hold is told in the reader's language, whatever the vault found."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import undersight
from tests.web.conftest import Browser
from tests.web.waiting import finish
from undersight.errors import ObjectDamagedError, SealDamagedError, StampRejectedError
from undersight.i18n import LANGUAGES
from undersight.vault.stamp_check import StampFault
from undersight.web import fault_words
from undersight.web.evidence_words import EVIDENCE_WORDS

ROOT = Path(undersight.__file__).parent
SOURCES = ("vault/object_checks.py", "vault/seal_checks.py", "integrity/chain.py")


def text_of(node: ast.expr) -> str:
    """A sentence of the source, its parts filled in; empty where another part tells it."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(one.value)
            if isinstance(one, ast.Constant)
            else ("revoked" if ast.unparse(one) == "{ended}" else "7")
            for one in node.values
        )
    return ""


def details() -> Iterator[str]:
    """Every detail that a check gives to a fault, in the source."""
    for name in SOURCES:
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "detail":
                yield text_of(node.value)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "detail":
                yield text_of(node.value)
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "_fault":
                yield text_of(node.args[-1])


def test_every_detail_of_a_fault_has_words() -> None:
    notes = {  # of notes, which are shown by their kind
        "No revocation list of its issuer is at hand (undersight stamp --crl FILE).",
        "The authority's certificate expired since; it was valid when it stamped.",
    }
    found = {one for one in details() if one.endswith(".")} - notes
    unfinished = {one for one in found if one.startswith("A crash left")}
    assert len(found) > 20
    assert {one for one in found - unfinished if not fault_words.told(one, "en")} == set()


@pytest.mark.parametrize(
    "error",
    [
        ObjectDamagedError("ab12", "its bytes do not have its digest"),
        ObjectDamagedError("ab12", "block 3 does not open"),
        SealDamagedError("seal-000001", "its leaves.jsonl cannot be read"),
        SealDamagedError("seal-000001", "stamp a is not complete"),
        StampRejectedError("an authority", "forged", "its signature does not hold"),
    ],
)
def test_what_a_reader_of_the_vault_tells_has_words(error: Exception) -> None:
    told = {fault_words.told(error.sentence, lang) for lang in LANGUAGES}  # type: ignore[attr-defined]
    assert "" not in told
    assert len(told) == len(LANGUAGES)


def test_every_fault_of_a_stamp_has_words() -> None:
    assert set(StampFault.__args__) - EVIDENCE_WORDS.keys() == set()  # type: ignore[attr-defined]


def test_the_parts_of_a_detail_go_along() -> None:
    told = fault_words.told("An anchor noted 12 entries; 9 are left.", "ru")
    assert "12" in told
    assert "9" in told
    assert "anchor" not in told
    assert fault_words.told("[Errno 5] Input/output error", "ru") == ""


def test_a_check_that_fails_is_read_in_the_readers_language(browser: Browser) -> None:
    browser.get("/evidence")
    browser.client.cookies.set("undersight-language", "ru", domain="127.0.0.1")
    with browser.access.desk.reading() as workspace:
        objects = workspace.vault.shelf.objects
    (objects / "zz").mkdir(parents=True, exist_ok=True)
    (objects / "zz" / "planted").write_bytes(b"x")
    browser.send("/evidence/verify")
    job = finish(browser)
    assert "does not know how it came" not in job
    assert "The custody log" not in job
