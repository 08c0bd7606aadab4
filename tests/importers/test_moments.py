"""Times: read as they are written, with their precision and how UTC was reached, never guessed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import UnknownZoneError
from undersight.importers.moments import DAY_US, MINUTE_US, SECOND_US, TimeReader
from undersight.importers.time_words import age_s

NOON = 1_710_252_300  # 2024-03-12 14:05 UTC


def us(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).timestamp() * 1_000_000)


@pytest.mark.parametrize(
    ("text", "utc", "resolution_us", "basis"),
    [
        ("2024-03-12T14:05:00Z", "2024-03-12T14:05+00:00", SECOND_US, "utc"),
        ("2024-03-12T14:05:00+04:00", "2024-03-12T10:05+00:00", SECOND_US, "offset"),
        ("12.03.2024 14:05:00 UTC+04:00", "2024-03-12T10:05+00:00", SECOND_US, "offset"),
        ("2024-03-12 14:05 (GMT+4)", "2024-03-12T10:05+00:00", MINUTE_US, "offset"),
        ("Mar 12, 2024 14:05:30 UTC-0330", "2024-03-12T17:35:30+00:00", SECOND_US, "offset"),
        ("2024-03-12 14:05", "2024-03-12T14:05+00:00", MINUTE_US, "assumed"),
        ("2024-03-12", "2024-03-12T00:00+00:00", DAY_US, "assumed"),
        ("2024-03-12T14:05:00.123Z", "2024-03-12T14:05:00.123+00:00", 1_000, "utc"),
        ("1710252300", "2024-03-12T14:05+00:00", SECOND_US, "epoch"),
        ("1710252300123", "2024-03-12T14:05:00.123+00:00", 1_000, "epoch"),
        ("1710252300123456", "2024-03-12T14:05:00.123456+00:00", 1, "epoch"),
        ("1710252300.5", "2024-03-12T14:05:00.5+00:00", 100_000, "epoch"),
        ("45363.586805555555", "2024-03-12T14:05+00:00", SECOND_US, "assumed"),
        ("45363", "2024-03-12T00:00+00:00", DAY_US, "assumed"),
        ("20240312", "2024-03-12T00:00+00:00", DAY_US, "assumed"),
        ("12.03.2024 14:05", "2024-03-12T14:05+00:00", MINUTE_US, "assumed"),
        ("12.03.24, 14:05:07", "2024-03-12T14:05:07+00:00", SECOND_US, "assumed"),
        ("2024-03-12 14:05:00 EDT", "2024-03-12T18:05+00:00", SECOND_US, "named"),
        ("2024-03-12 14:05:00 UTC", "2024-03-12T14:05+00:00", SECOND_US, "utc"),
        ("25/03/2024 2:05 PM", "2024-03-25T14:05+00:00", MINUTE_US, "assumed"),
        ("Tue Mar 12 14:05:00 +0000 2024", "2024-03-12T14:05+00:00", SECOND_US, "offset"),
        ("12 Mar 2024, 14:05", "2024-03-12T14:05+00:00", MINUTE_US, "assumed"),
        ("March 12, 2024 at 2:05 PM", "2024-03-12T14:05+00:00", MINUTE_US, "assumed"),
        ("12 марта 2024 г. в 14:05", "2024-03-12T14:05+00:00", MINUTE_US, "assumed"),
        ("12 Mart 2024", "2024-03-12T00:00+00:00", DAY_US, "assumed"),
        ("2024/03/12 14:05", "2024-03-12T14:05+00:00", MINUTE_US, "assumed"),
    ],
)
def test_times_as_files_write_them(text: str, utc: str, resolution_us: int, basis: str) -> None:
    moment = TimeReader().read(text)
    assert moment is not None
    assert (moment.us, moment.resolution_us, moment.zone_basis, moment.text) == (
        us(utc),
        resolution_us,
        basis,
        text,
    )


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "03/04/2024", "2024-13-01", "2024-02-30", "31.02.2024", "12"),
        *("99999999999999999999", "2024-03-12 14:05 CST", "2024-03-12T25:00:00", "a" * 100),
        *("2024-03-12T14:05:0x", "2024-03-12 1_:05:00", "32 Mar 2024"),
    ],
)
def test_what_is_no_time_or_may_be_two_is_none(text: str) -> None:
    assert TimeReader().read(text) is None


def test_a_zone_that_a_person_gives_is_named() -> None:
    reader = TimeReader(zone="Asia/Baku")
    for text in ("2024-03-12 14:05:00", "12.03.2024 14:05"):
        moment = reader.read(text)
        assert moment is not None
        assert moment.us == us("2024-03-12T10:05+00:00")
        assert moment.zone_basis == "named"
    fixed = reader.read("2024-03-12T14:05:00Z")
    assert fixed is not None
    assert fixed.us == us("2024-03-12T14:05+00:00")
    with pytest.raises(UnknownZoneError):
        TimeReader(zone="Mars/Olympus")


def test_a_repeated_day_reads_the_same_by_the_short_way() -> None:
    for zone in ("", "UTC", "Asia/Baku"):
        texts = ["2024-03-12T14:05:07Z", "2024-03-12 14:05:07", "2024-03-12T23:59:59"]
        apart = [TimeReader(zone=zone).read(text) for text in texts]
        reader = TimeReader(zone=zone)
        for _ in range(2):
            assert [reader.read(text) for text in texts] == apart


@given(st.integers(-315_619_200, 4_102_444_800), st.sampled_from("ZT "))
def test_every_second_comes_back(seconds: int, sign: str) -> None:
    when = dt.datetime.fromtimestamp(seconds, dt.UTC).replace(tzinfo=None)
    text = when.isoformat(sep="T" if sign == "Z" else sign) + ("Z" if sign == "Z" else "")
    reader = TimeReader()
    expected = seconds * SECOND_US
    for _ in range(2):
        moment = reader.read(text)
        assert moment is not None
        assert moment.us == expected


@given(st.text(max_size=40) | st.from_regex(r"[0-9./: TZ+-]{1,30}", fullmatch=True))
def test_no_text_breaks_the_reader(text: str) -> None:
    reader = TimeReader()
    reader.learn([text])
    moment = reader.read(text)
    assert moment is None or moment.resolution_us > 0


def test_day_or_month_first_is_learnt_from_the_column() -> None:
    reader = TimeReader()
    reader.learn(["03/04/2024", "25/04/2024"])
    moment = reader.read("03/04/2024")
    assert moment is not None
    assert moment.us == us("2024-04-03T00:00+00:00")
    other = TimeReader()
    other.learn(["03/04/2024", "04/25/2024"])
    moment = other.read("03/04/2024")
    assert moment is not None
    assert moment.us == us("2024-03-04T00:00+00:00")


def test_a_column_of_both_orders_leaves_what_may_be_two_unread() -> None:
    reader = TimeReader()
    reader.learn(["25/04/2024", "04/25/2024", "03/04/2024"])
    assert reader.read("03/04/2024") is None
    assert reader.read("25/04/2024") is not None
    assert reader.is_undecided


def test_a_column_of_whole_minutes_is_minute_data() -> None:
    texts = [f"2024-03-12 14:{minute:02d}:00" for minute in range(30)]
    reader = TimeReader()
    reader.learn(texts)
    moment = reader.read(texts[7])
    assert moment is not None
    assert moment.resolution_us == MINUTE_US
    later = reader.read("2024-03-12 14:05:07")
    assert later is not None
    assert later.resolution_us == SECOND_US
    few = TimeReader()
    few.learn(texts[:5])
    moment = few.read(texts[3])
    assert moment is not None
    assert moment.resolution_us == SECOND_US


@pytest.mark.parametrize(
    ("text", "age", "unit"),
    [
        ("3 h", 10_800, 3_600),
        ("2d", 172_800, 86_400),
        ("4 days", 345_600, 86_400),
        ("about an hour", 3_600, 3_600),
        ("5 dəq", 300, 60),
        ("3 saat əvvəl", 10_800, 3_600),
        ("2 gün", 172_800, 86_400),
        ("3 sa", 10_800, 3_600),
        ("4 дн.", 345_600, 86_400),
        ("2 ч.", 7_200, 3_600),
        ("5 недель назад", 3_024_000, 604_800),
        ("just now", 0, 60),
        ("1 yıl önce", 31_536_000, 31_536_000),
    ],
)
def test_how_long_ago(text: str, age: int, unit: int) -> None:
    assert age_s(text) == (age, unit)


@pytest.mark.parametrize("text", ["", "hello", "day", "3", "3 apples", "h", "12 Mart 2024"])
def test_what_says_no_age(text: str) -> None:
    assert age_s(text) is None
