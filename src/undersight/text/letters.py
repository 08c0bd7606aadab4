"""Letter tables of the fold space: what each letter of the region's scripts becomes.

The fold space is lower-case ASCII in Azerbaijani sound values (``x`` for Х, ``c`` for both ``c``
and ``ç``, ``s`` for Ş and Ш), because that is the alphabet most logs of the region are searched
in. Letters without an entry here fall back to Unicode decomposition and then to anyascii.
"""

from __future__ import annotations

LATIN: dict[str, str] = {
    "ə": "e",
    "ǝ": "e",  # the turned e of other keyboards, same glyph
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ŋ": "n",
}

CYRILLIC: dict[str, str] = {
    # Russian
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "д": "d",
    "е": "e",
    "ё": "e",  # print mostly leaves the dots out
    "ж": "j",
    "з": "z",
    "и": "i",
    "й": "y",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "x",
    "ц": "ts",
    "ч": "c",
    "ш": "s",
    "щ": "s",
    "ъ": "",
    "ы": "i",
    "ь": "",
    "э": "e",
    "ю": "yu",
    "я": "ya",
    "ѥ": "ye",  # stands for `е` where it sounds ye, see folding.py
    # Azerbaijani, as written from 1958 to 1991
    "ә": "e",
    "ғ": "g",
    "ҝ": "g",
    "ј": "y",
    "ө": "o",
    "ү": "u",
    "һ": "h",
    "ҹ": "c",
    "ԛ": "q",  # stands for `г` in Azerbaijani words, see folding.py
    # Ukrainian and Belarusian
    "ґ": "g",
    "є": "ye",
    "і": "i",
    "ї": "yi",
    "ў": "u",
    # Serbian, Macedonian
    "ђ": "dj",
    "љ": "lj",
    "њ": "nj",
    "ћ": "c",
    "џ": "dz",
    "ѕ": "dz",
    # Kazakh, Tatar, Uzbek
    "қ": "q",
    "ң": "n",
    "ұ": "u",
    "җ": "c",
    "ҳ": "h",
}

ARABIC: dict[str, str] = {
    "ا": "a",
    "أ": "a",
    "إ": "i",
    "آ": "a",
    "ٱ": "a",
    "ى": "a",
    "ئ": "y",
    "ؤ": "u",
    "ء": "",
    "ع": "",
    "ة": "a",
    "و": "v",
    "غ": "g",
    "خ": "x",
    "ش": "s",
    "چ": "c",
    "ج": "c",
    "ژ": "j",
    "ث": "s",
    "ص": "s",
    "ذ": "z",
    "ض": "z",
    "ظ": "z",
    "ط": "t",
    "ق": "q",
    "پ": "p",
    "گ": "g",
    "ک": "k",
    "ی": "y",
    "ە": "e",
    "ـ": "",  # a stretch of the line, not a letter
}

HEBREW: dict[str, str] = {
    "א": "a",
    "ב": "b",
    "ו": "v",
    "ח": "x",
    "כ": "x",
    "ך": "x",
    "ע": "",
    "צ": "ts",
    "ץ": "ts",
    "ש": "s",
    "ק": "k",
}

GEORGIAN: dict[str, str] = {
    "თ": "t",
    "კ": "k",
    "ჟ": "j",
    "ტ": "t",
    "პ": "p",
    "ფ": "p",
    "ქ": "k",
    "ღ": "g",
    "ყ": "q",
    "შ": "s",
    "ჩ": "c",
    "ც": "ts",
    "წ": "ts",
    "ჭ": "c",
    "ხ": "x",
    "ჯ": "c",
}

ARMENIAN: dict[str, str] = {
    "թ": "t",
    "ժ": "j",
    "խ": "x",
    "ծ": "ts",
    "ձ": "dz",
    "ղ": "g",
    "ճ": "c",
    "շ": "s",
    "չ": "c",
    "ջ": "c",
    "ռ": "r",
    "ց": "ts",
    "փ": "p",
    "ք": "k",
    "օ": "o",
    "ւ": "u",
    "և": "ev",
}

MARKS_AND_QUOTES: dict[str, str] = {
    **dict.fromkeys("‘’‚‛ʻʼʽʹˈ′`´＇", "'"),
    **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
}

LETTERS: dict[str, str] = {
    **LATIN,
    **CYRILLIC,
    **ARABIC,
    **HEBREW,
    **GEORGIAN,
    **ARMENIAN,
    **MARKS_AND_QUOTES,
}

LATIN_TWIN: dict[str, str] = dict(
    zip("аеорсухіјѕһԁԛԝәАВЕНІЈКМОРСТХУЅԚԜҺӘ", "aeopcyxijshdqwəABEHIJKMOPCTXYSQWhƏ", strict=True)
)
"""Cyrillic letters that look like a Latin one."""

CYRILLIC_TWIN: dict[str, str] = {
    latin: cyrillic for cyrillic, latin in LATIN_TWIN.items() if cyrillic not in "јһԁԛԝЈԚԜҺ"
}
"""Latin letters that look like a Cyrillic one."""
