"""Counts as they are ordinarily told in Azerbaijani, Russian and Turkish."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft


def counts(sentence: str, lang: str) -> set[tuple[str, float]]:
    entries = draft(sentence, context_date=dt.date(2031, 6, 10), lang=lang).entries
    found = [f.value for entry in entries for f in entry.fields if f.kind == "quantity"]
    return {(value["what"], value["amount"]) for value in found}


@pytest.mark.parametrize(
    ("sentence", "lang", "what", "amount"),
    [
        ("Səhifədən 500 dəfə şikayət edilib.", "az", "reports_filed", 500),
        ("На страницу пожаловались 500 раз.", "ru", "reports_filed", 500),
        ("Sayfa 500 kez şikâyet edildi.", "tr", "reports_filed", 500),
        ("Facebook сообщил об удалении 45 фейковых аккаунтов.", "ru", "accounts_affected", 45),
        ("Под видео оставили 340 фейковых комментариев.", "ru", "inauthentic_comments", 340),
    ],
)
def test_what_was_counted(sentence: str, lang: str, what: str, amount: float) -> None:
    assert (what, amount) in counts(sentence, lang)


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        ("Facebook сообщил об удалении 45 фейковых аккаунтов.", "ru"),
        ("Facebook 45 sahte hesabı kapattığını açıkladı.", "tr"),
    ],
)
def test_accounts_are_no_comments(sentence: str, lang: str) -> None:
    assert "inauthentic_comments" not in {what for what, _ in counts(sentence, lang)}
