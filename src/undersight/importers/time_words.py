"""Words of times: months, halves of the day, zones, and how long ago something was."""

from __future__ import annotations

import re
from typing import Final

SECOND_S, MINUTE_S, HOUR_S, DAY_S = 1, 60, 3_600, 86_400
_YEAR_S = 365 * DAY_S

MERIDIEM: Final = {"am": 0, "pm": 12, "öö": 0, "ös": 12}


def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for line in (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
        "yan fev mar apr may iyn iyl avq sen okt noy dek",
        "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
        "oca şub mar nis may haz tem ağu eyl eki kas ara",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
    ):
        found |= {word: number for number, word in enumerate(line.split(), 1)}
    found["sept"] = found["сент"] = 9
    found["нояб"], found["февр"] = 11, 2
    return found


MONTHS: Final = _months()

# Only abbreviations that mean one offset in the exports that write them; CST, IST, BST and AMT
# mean several and are left unread unless a zone is given.
_ZONES_H: Final = {
    "EST": -5.0,
    "EDT": -4.0,
    "CDT": -5.0,
    "MST": -7.0,
    "MDT": -6.0,
    "PST": -8.0,
    "PDT": -7.0,
    "WET": 0.0,
    "WEST": 1.0,
    "CET": 1.0,
    "CEST": 2.0,
    "EET": 2.0,
    "EEST": 3.0,
    "MSK": 3.0,
    "TRT": 3.0,
    "AZT": 4.0,
    "AZST": 5.0,
    "GET": 4.0,
}


def zone_offset_s(abbreviation: str) -> int | None:
    """Return the offset from UTC in seconds; None where the letters mean none or several."""
    hours = _ZONES_H.get(abbreviation)
    return None if hours is None else int(hours * HOUR_S)


def _units() -> dict[str, int]:
    words = {
        SECOND_S: "s sec secs second seconds с сек секунд секунда секунды секунду sn san saniye "
        "saniyə վրկ վայրկյան წმ წამი წამის ثانیه ثانية ثوان ثواني ث",
        MINUTE_S: "m min mins minute minutes м мин минут минута минуты минуту dk dak dəq dəqiqə "
        "dakika хв хвилина хвилини хвилину хвилин ր րոպե წთ წუთი წუთის წუთ دقیقه دقيقة دقائق د",
        HOUR_S: "h hr hrs hour hours ч час часа часов saat st sa "
        "година години годину годин ժ ժամ სთ საათი საათის საათ ساعت ساعة ساعات س",
        DAY_S: "d day days дн день дня дней дні днів gün g օր д დღე დღის روز يوم أيام ي",
        7 * DAY_S: "w wk wks week weeks нед недель неделя недели неделю hafta həftə hf "
        "тиж тиждень тижні тижнів շ շաբ շաբաթ კვ კვირა კვირის هفته أسبوع أسابيع أ",
        30 * DAY_S: "mo mos mth month months мес месяц месяца месяцев ay "
        "міс місяць місяці місяців ամս ամիս თვე თვის ماه شهر أشهر شهور ش",
        _YEAR_S: "y yr yrs year years год года лет г yıl il "
        "рік роки років տ տարի წელი წლის سال سنة سنوات عام",
    }
    return {word: seconds for seconds, line in words.items() for word in line.split()}


_UNITS: Final = _units()
_NOW: Final = frozenset(
    [
        "now",
        "just now",
        "just",
        "indi",
        "elə indi",
        "şimdi",
        "az önce",
        "şu anda",
        "только что",
        "щойно",
        "հիմա",
        "հենց նոր",
        "сейчас",
        "ახლახან",
        "هم‌اکنون",
        "الآن",
    ]
)
_YESTERDAY: Final = frozenset(
    {"yesterday", "dünən", "dün", "вчера", "вчора", "երեկ", "გუშინ", "دیروز", "أمس"}
)
_AGO: Final = (
    r"(?:ago|əvvəl|öncə|önce|назад|тому|առաջ|წინ|پیش|قبل|edited|düzəliş edilib|düzenlendi|"
    r"изменено|խմբագրված|\(edited\)|·)"
)
_RELATIVE = re.compile(
    rf"(?:about\s+|~|(?:منذ|قبل)\s+)?(?:an?\s+)?(\d{{1,4}})?\s*([^\W\d_]+)\.?(?:\s+{_AGO})*",
    re.IGNORECASE,
)


def age_s(text: str) -> tuple[int, int] | None:
    """Return how long ago a text such as “3 h”, “2d”, “4 дн.” says, and in units of what size.

    Args:
        text: As a page shows it, in en, az, ru, tr, uk, ka, hy, fa or ar.

    Returns:
        (age, size of the unit), both in seconds; None where it says no such thing. A month is
        taken as 30 days and a year as 365, within the unit's own precision.
    """
    folded = text.strip().lower().replace("\u00a0", " ").strip(" ·")
    if folded in _NOW:
        return 0, MINUTE_S
    if folded in _YESTERDAY:
        return DAY_S, DAY_S
    found = _RELATIVE.fullmatch(folded)
    if not found:
        return None
    unit_s = _UNITS.get(found[2])
    is_bare = found[1] is None and not re.match(r"(?:about\s+|~)?an?\s", folded)
    if unit_s is None or is_bare:
        return None
    return int(found[1] or 1) * unit_s, unit_s
