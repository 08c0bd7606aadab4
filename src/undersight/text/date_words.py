"""Dates as people write them, in English, Azerbaijani, Russian and Turkish.

What is shown is never more exact than what is known: a month stays a month, "about" and doubt
are said, and a range says whether it means every day of it ("from … to …") or some day in it
("between … and …"). Decades and centuries are shown as their years, which needs no grammar.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersight.model.edtf import EdtfValue, Point
from undersight.text import date_endings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from undersight.model.fuzzy_date import FuzzyDate

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """How one language writes dates; ``{0}`` and ``{1}`` stand for the parts."""

    months: tuple[str, ...]
    months_alone: tuple[str, ...]
    seasons: tuple[str, ...]
    seasons_after: tuple[str, ...]
    seasons_last: tuple[str, ...]
    about: str
    about_after: str
    doubtful: str
    some_day: str
    yearless: str
    year: str
    year_after: str
    during: str
    between: str
    since: str
    not_before: str
    until: str
    not_after: str
    unknown_end: str
    unknown_start: str
    or_: str
    ending: Callable[[str, str], str]


def display(date: FuzzyDate, lang: str) -> str:
    """Return a date in words.

    Args:
        date: The date.
        lang: ``en``, ``az``, ``ru`` or ``tr``; English for any other.
    """
    words = _LANGUAGES.get(lang, _LANGUAGES["en"])
    value = date.value
    if value.precision == "interval":
        text = _interval(value, words, is_throughout=date.reading == "throughout")
    elif value.precision == "one_of":
        text = _one_of(value.points, words)
    else:
        text = _marked(value.points[0], words)
    if value.precision != "interval":
        return text
    return text + _doubt(value.points, words)


def month_name(month: str, lang: str) -> str:
    """Return a month such as ``2031-05`` as a heading: “May 2031”."""
    words = _LANGUAGES.get(lang, _LANGUAGES["en"])
    return f"{words.months_alone[int(month[5:7]) - 1].capitalize()} {month[:4]}"


def short_month(month: str, lang: str) -> str:
    """Return the first letters of a month such as ``2031-05``, for the axis of a chart."""
    words = _LANGUAGES.get(lang, _LANGUAGES["en"])
    return words.months_alone[int(month[5:7]) - 1][:3]


def _interval(value: EdtfValue, words: _Words, *, is_throughout: bool) -> str:
    start, end = value.start, value.end
    if isinstance(start, Point) and isinstance(end, Point):
        if start == end:
            return _about(start, _plain(start, words), words.about)
        return _both(start, end, words, is_throughout=is_throughout)
    if isinstance(start, Point):
        pattern = words.since if is_throughout else words.not_before
        text = _bound(start, pattern, words)
        return text if end == ".." else words.unknown_end.format(text)
    point = value.points[0]
    pattern = words.until if is_throughout else words.not_after
    text = _bound(point, pattern, words)
    return text if start == ".." else words.unknown_start.format(text)


def _bound(point: Point, pattern: str, words: _Words) -> str:
    """Fill a pattern such as “since {0}”, with the ending the language wants."""
    text = _about(point, _after(point, words), words.about_after)
    return pattern.format(
        text,
        from_=words.ending(text, "from"),
        to=words.ending(text, "to"),
    )


def _both(start: Point, end: Point, words: _Words, *, is_throughout: bool) -> str:
    pattern = words.during if is_throughout else words.between
    is_days = start.precision == end.precision == "day"
    if not is_days or start.mark or end.mark:
        first = _about(start, _after(start, words), words.about_after)
        return pattern.format(first, _last(end, words))
    first, last = _after(start, words), _after(end, words)
    if start.edtf[:7] == end.edtf[:7]:
        first = str(int(start.edtf[8:10]))
    elif start.edtf[:4] == end.edtf[:4]:
        first = f"{int(start.edtf[8:10])}{NO_BREAK}{words.months[_month(start)]}"
    return pattern.format(first, last)


def _one_of(points: tuple[Point, ...], words: _Words) -> str:
    texts = [_marked(point, words) for point in points]
    return f"{', '.join(texts[:-1])} {words.or_} {texts[-1]}"


def _marked(point: Point, words: _Words) -> str:
    is_about = point.mark in ("~", "%")
    text = _after(point, words) if is_about else _plain(point, words)
    return _about(point, text, words.about) + _doubt((point,), words)


def _about(point: Point, text: str, pattern: str) -> str:
    return pattern.format(text) if point.mark in ("~", "%") else text


def _doubt(points: tuple[Point, ...], words: _Words) -> str:
    return f" ({words.doubtful})" if any(p.mark in ("?", "%") for p in points) else ""


def _plain(point: Point, words: _Words) -> str:
    """Return a point as it stands alone."""
    return _point(point, words, words.months_alone, (words.seasons, words.year))


def _after(point: Point, words: _Words) -> str:
    """Return a point as it stands after a preposition."""
    return _point(point, words, words.months, (words.seasons_after, words.year_after))


def _last(point: Point, words: _Words) -> str:
    """Return a point as the end of a range."""
    if point.mark in ("~", "%"):
        return words.about_after.format(_after(point, words))
    return _point(point, words, words.months_alone, (words.seasons_last, words.year))


def _point(
    point: Point, words: _Words, months: tuple[str, ...], rest: tuple[tuple[str, ...], str]
) -> str:
    seasons, year_alone = rest
    bare = point.edtf.removesuffix(point.mark) if point.mark else point.edtf
    year, _, tail = bare.partition("-")
    if point.precision in ("decade", "century"):
        return _years(year)
    month, _, day = tail.partition("-")
    year = (words.year_after if month.isdigit() else year_alone).format(year)
    if point.precision == "yearless":
        return words.yearless.format(_day_and_month(month, day, months, words))
    if point.precision == "year":
        return words.some_day.format(year) if day == "XX" else year
    if point.precision == "season":
        return f"{seasons[int(month) - 21]}{NO_BREAK}{year}"
    day, _, time = day.partition("T")
    text = f"{_day_and_month(month, day, months, words)}{NO_BREAK}{year}"
    if day == "XX":
        return words.some_day.format(text)
    return f"{text}, {time}" if time else text


def _day_and_month(month: str, day: str, months: tuple[str, ...], words: _Words) -> str:
    if not day or day == "XX":
        return months[int(month) - 1]
    return f"{int(day)}{NO_BREAK}{words.months[int(month) - 1]}"


def _years(year: str) -> str:
    return f"{max(int(year.replace('X', '0')), 1)}–{int(year.replace('X', '9'))}"


def _month(point: Point) -> int:
    return int(point.edtf[5:7]) - 1


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_EN_MONTHS: Final = _names(
    "January February March April May June July August September October November December"
)
_AZ_MONTHS: Final = _names(
    "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr"
)
_RU_MONTHS: Final = _names(
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
)
_RU_MONTHS_ALONE: Final = _names(
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
)
_TR_MONTHS: Final = _names(
    "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"
)

_LANGUAGES: Final[Mapping[str, _Words]] = {
    "en": _Words(
        months=_EN_MONTHS,
        months_alone=_EN_MONTHS,
        seasons=("spring", "summer", "autumn", "winter"),
        seasons_after=("spring", "summer", "autumn", "winter"),
        seasons_last=("spring", "summer", "autumn", "winter"),
        about="about {0}",
        about_after="about {0}",
        doubtful="uncertain",
        some_day="some day in {0}",
        yearless="{0} (year not known)",
        year="{0}",
        year_after="{0}",
        during="{0} to {1}",
        between="between {0} and {1}",
        since="since {0}",
        not_before="on or after {0}",
        until="until {0}",
        not_after="by {0}",
        unknown_end="{0}, end not known",
        unknown_start="{0}, beginning not known",
        or_="or",
        ending=date_endings.none,
    ),
    "az": _Words(
        months=_AZ_MONTHS,
        months_alone=_AZ_MONTHS,
        seasons=("yaz", "yay", "payız", "qış"),
        seasons_after=("yaz", "yay", "payız", "qış"),
        seasons_last=("yaz", "yay", "payız", "qış"),
        about="təxminən {0}",
        about_after="təxminən {0}",
        doubtful="dəqiq deyil",
        some_day="{0}, günü məlum deyil",
        yearless="{0} (ili məlum deyil)",
        year="{0}",
        year_after="{0}",
        during="{0} – {1}",
        between="{0} – {1} arasında",
        since="{0}{from_} bəri",
        not_before="{0}{from_} tez olmayaraq",
        until="{0}{to} qədər",
        not_after="{0}{from_} gec olmayaraq",
        unknown_end="{0}, sonu məlum deyil",
        unknown_start="{0}, başlanğıcı məlum deyil",
        or_="və ya",
        ending=date_endings.azerbaijani,
    ),
    "ru": _Words(
        months=_RU_MONTHS,
        months_alone=_RU_MONTHS_ALONE,
        seasons=("весна", "лето", "осень", "зима"),
        seasons_after=("весны", "лета", "осени", "зимы"),
        seasons_last=("весну", "лето", "осень", "зиму"),
        about="около {0}",
        about_after="приблизительно {0}",
        doubtful="неточно",
        some_day="{0}, день неизвестен",
        yearless="{0} (год неизвестен)",
        year="{0} год",
        year_after="{0} года",
        during="с {0} по {1}",
        between="в один из дней с {0} по {1}",
        since="с {0}",
        not_before="не ранее {0}",
        until="до {0}",
        not_after="не позднее {0}",
        unknown_end="{0}, окончание неизвестно",
        unknown_start="{0}, начало неизвестно",
        or_="или",
        ending=date_endings.none,
    ),
    "tr": _Words(
        months=_TR_MONTHS,
        months_alone=_TR_MONTHS,
        seasons=("ilkbahar", "yaz", "sonbahar", "kış"),
        seasons_after=("ilkbahar", "yaz", "sonbahar", "kış"),
        seasons_last=("ilkbahar", "yaz", "sonbahar", "kış"),
        about="yaklaşık {0}",
        about_after="yaklaşık {0}",
        doubtful="kesin değil",
        some_day="{0}, günü bilinmiyor",
        yearless="{0} (yılı bilinmiyor)",
        year="{0}",
        year_after="{0}",
        during="{0} – {1}",
        between="{0} – {1} arasında",
        since="{0}{from_} beri",
        not_before="{0}{from_} önce değil",
        until="{0}{to} kadar",
        not_after="en geç {0}",
        unknown_end="{0}, sonu bilinmiyor",
        unknown_start="{0}, başı bilinmiyor",
        or_="veya",
        ending=date_endings.turkish,
    ),
}
