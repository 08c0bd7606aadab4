"""Connections cut, platforms slowed: what tells one, and what only looks like it."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft

DAY = dt.date(2031, 12, 20)

SHUTDOWNS = """
Mobile internet services were snapped in Soyan district after the clashes.
The authorities have suspended mobile internet in the district as a precautionary measure.
Broadband and mobile services were shutdown in Soyan after protests.
Internet Services Snapped as Soyan Remains Tense
The regulator directed all mobile operators to restrict 3G and 4G services in two districts.
The government shut down the internet for five hours every day during the exam season.
The ministry ordered the shutdown of mobile services during the school exams, from 8am to 11am.
The ministry ordered shutdown of mobile internet services in the province for three days.
On 26 January the internet was cut off in several districts.
Fixed-line and mobile internet were throttled on the night of 6 February.
An internet curfew was imposed every night for several weeks.
A nationwide communications blackout began on 3 June.
Residents of Soyan were left without internet for three days.
Operators were ordered to slow down mobile data in the capital.
Cell towers around the square were ordered shut down before the visit.
Net services were disrupted after the violence in Soyan.
"""
BLOCKED = """
Facebook and many other social media platforms were shutdown on 12 January.
Social media platforms (Facebook, Instagram, Whatsapp, Telegram) were blocked during protests.
The government shut down social media during the presidential election.
The ministry issued orders to block Facebook and Instagram on 3 February.
Authorities blocked the social media audio chat platform Clubhouse.
The regulator ordered the shutdown of instant messaging applications around the schools.
WhatsApp, Signal and Telegram were throttled during the war.
Users reported being unable to access Facebook, WhatsApp and YouTube.
"""
NEITHER = """
The internet was not shut down during the vote.
The ministry said mobile internet would not be restricted.
Internet services were restored on 6 May.
The government plans to shut down the internet during the election.
The post on Facebook was blocked.
The court banned him from Facebook for six months.
Users of Telegram were blocked from posting.
He was slowed down by traffic on his way to the rally.
The company announced salary cuts and suspended the service.
Videos on social media caused unrest.
Internet freedom is limited in theory only, the report says.
"""


def _acts(sentence: str) -> set[str]:
    entries = draft(sentence, context_date=DAY, lang="en").entries
    return {str(f.value) for entry in entries for f in entry.fields if f.kind == "act"}


def _cases(sentences: str) -> list[str]:
    return sentences.strip().splitlines()


@pytest.mark.parametrize("sentence", _cases(SHUTDOWNS))
def test_a_connection_is_cut(sentence: str) -> None:
    assert _acts(sentence) == {"internet_shutdown"}


@pytest.mark.parametrize("sentence", _cases(BLOCKED))
def test_a_platform_is_blocked_for_a_country(sentence: str) -> None:
    assert _acts(sentence) == {"service_blocking"}


@pytest.mark.parametrize("sentence", _cases(NEITHER))
def test_no_connection_is_cut(sentence: str) -> None:
    assert not _acts(sentence) & {"internet_shutdown", "service_blocking"}
