"""Days with the names of months of the neighbourhood: Ukrainian, Georgian, Armenian, Arabic.

Drafting reads four languages; a table's day is read in these as well, whole or not at all. Months
of the Iranian and the lunar year are none of them: whose day they are is not told by a name.
"""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = (
    "січня січень იანვარი იანვრის იანვარს հունվար հունվարի يناير كانون_الثاني ژانویه",
    "лютого лютий თებერვალი თებერვლის თებერვალს փետրվար փետրվարի فبراير شباط فوریه",
    "березня березень მარტი მარტის მარტს մարտ մարտի مارس آذار",
    "квітня квітень აპრილი აპრილის აპრილს ապրիլ ապրիլի أبريل إبريل نيسان آوریل",
    "травня травень მაისი მაისის მაისს մայիս մայիսի مايو أيار مه",
    "червня червень ივნისი ივნისის ივნისს հունիս հունիսի يونيو حزيران ژوئن",
    "липня липень ივლისი ივლისის ივლისს հուլիս հուլիսի يوليو تموز ژوئیه",
    "серпня серпень აგვისტო აგვისტოს օգոստոս օգոստոսի أغسطس آب اوت",
    "вересня вересень სექტემბერი სექტემბრის სექტემბერს սեպտեմբեր սեպտեմբերի سبتمبر أيلول سپتامبر",
    "жовтня жовтень ოქტომბერი ოქტომბრის ოქტომბერს հոկտեմբեր հոկտեմբերի أكتوبر تشرين_الأول اکتبر",
    "листопада листопад ნოემბერი ნოემბრის ნოემბერს նոյեմբեր նոյեմբերի نوفمبر تشرين_الثاني نوامبر",
    "грудня грудень დეკემბერი დეკემბრის დეკემბერს դեկտեմբեր դեկտեմբերի ديسمبر كانون_الأول دسامبر",
)
_ALEF = str.maketrans("أإآ", "ااا")
_NUMBERS: Final = {
    word.replace("_", " ").translate(_ALEF): number
    for number, words in enumerate(_MONTHS, 1)
    for word in words.split()
}
_WORD = r"([^\W\d_]+(?: [^\W\d_]+)?)"
_YEAR = r"(\d{4})\s*(?:წ\.?|წელი|წელს|წლის|թ\.?|թվական\w*|م\.?|р\.?|року)?"
_DAY = r"(\d{1,2})(?:-[^\W\d_]{1,3})?"
_DAY_FIRST = re.compile(rf"{_DAY}\.?\s+{_WORD},?\s+{_YEAR}")
_YEAR_FIRST = re.compile(rf"{_YEAR},?\s+{_WORD},?\s+{_DAY}")
_YEAR_THEN_DAY = re.compile(rf"{_YEAR},?\s+{_DAY}\s+{_WORD}")
_MONTH_ALONE = re.compile(rf"{_WORD},?\s+{_YEAR}")
_YEAR_ALONE = re.compile(rf"{_YEAR},?\s+{_WORD}")


def day_with_month(text: str) -> str:
    """Return a day or month written with one of these names as EDTF; empty where it is none.

    Args:
        text: The whole cell.
    """
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _YEAR_THEN_DAY.fullmatch(text):
        year, day, month = found.groups()
    elif found := _MONTH_ALONE.fullmatch(text):
        (month, year), day = found.groups(), ""
    elif found := _YEAR_ALONE.fullmatch(text):
        (year, month), day = found.groups(), ""
    else:
        return ""
    number = _NUMBERS.get(month.lower().translate(_ALEF), 0)
    whole = f"{int(year):04}-{number:02}" + (f"-{int(day):02}" if day else "")
    return whole if number else ""
