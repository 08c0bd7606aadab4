"""How lines open: the shapes by which the splitter tells headings, stamps, dates and lists.

Four languages at once, for a log is split before its language is told.
"""

from __future__ import annotations

import re

# A rule drawn; one sign may stand for it where it stands alone.
SEPARATOR = re.compile(r"\s*(?:(?:[-–—_*=~#·•+/>─━═▬■◆★☆§⁂]\s?){3,}|[*§~⁂⸻◆★])\s*")
MARKDOWN = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*")
BOLD = re.compile(r"(?:\*\*|__)(\S.*?\S)(?:\*\*|__)")
# "== Title ==", "--- Case 3 ---": a title inside a rule.
FRAMED = re.compile(r"([-–—_=~─━═]{2,}|\*{3,})\s*([^\W_].*?)\s*[-–—_=~*─━═]{2,}")
# "**Sarnak, 3 May.** A blogger was": a title that the entry runs on from.
RUN_IN = re.compile(
    r"(?:[-*•]\s+)?(?:\*\*[^*\s][^*\n]{0,140}\*\*|__[^_\s][^_\n]{0,140}__|\*[^*\s][^*\n]{0,140}\*)"
    r"[\s:.,–—-]*\w"
)
BULLET = re.compile(r"[-*•·–▪◦●]\s+")
_UPDATED = (
    r"(?:last )?(?:updated?|yenilən\w*|yenilənmə\w*|əlavə olun\w*|обновл\w*|дополн\w*"
    r"|güncelle\w*|güncelleme\w*|upd)"
)
STAMP = re.compile(
    rf"[\[(][^\]()\[\n]{{0,40}}?(?<!\w){_UPDATED}(?!\w)[^\])\n]{{0,60}}[\])]", re.IGNORECASE
)
_AN_UPDATE = (
    r"\W{0,3}(?:(?:this|the) (?:article|page|post|story|entry|text|report) (?:was|has been) )?"
    rf"{_UPDATED}(?!\w)"
)
STAMP_LINE = re.compile(rf"{_AN_UPDATE}[^.\n]{{2,60}}\W{{0,3}}", re.IGNORECASE)
UPDATE_PARAGRAPH = re.compile(_AN_UPDATE, re.IGNORECASE)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|yanvar|fevral|mart|aprel|may[ıs]?|iyun"
    r"|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr|ocak|şubat|nisan|mayıs|haziran|temmuz|ağustos"
    r"|eylül|ekim|kasım|aralık|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)\w*\.?"
)
_DAYS = r"\d{1,2}(?:st|nd|rd|th|-\w{1,2})?(?:\s?[-–—/]\s?\d{1,2})?"
_DATE = (
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{4}}[-/.]\d\d|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?"
    rf"|{_DAYS} {_MONTH}(?:\s?[-–—]\s?{_DAYS} {_MONTH})?(?:,? \d{{4}})?"
    r"(?: ?(?:г\.|года|il|-\w+ il))?"
    rf"|{_MONTH} {_DAYS}(?:,? \d{{4}})?)"
)
_PART = (
    r"(?:early|mid|late|end of|beginning of|about|around|on|before|after|since|night of|from)[ -]"
)
_ALONE = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\.?"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"
    r"|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|bazar\w*|cümə\w*|çərşənbə\w*|şənbə)"
)
DATE_LINE = re.compile(
    rf"\W{{0,3}}(?:{_WEEKDAY},? )?(?:{_DATE}(?:,? (?:at )?\d\d?[:.]\d\d)?"
    rf"|{_MONTH} \d{{4}}|\d{{4}})"
    r"\W{0,3}",
    re.IGNORECASE,
)
DATE_LEAD = re.compile(
    rf"\W{{0,5}}(?:{_WEEKDAY},? )?(?:{_PART})?(?:{_DATE}|{_MONTH} \d{{4}}|{_ALONE})"
    r"(?:,? \d\d?[:.]\d\d)?\W{0,3}(?:\s*[-–—:;.|,\])/]+\s+|\s*\t\s*"
    r"|\s+[^\W\d][^\s:.;,–—]*(?: [^\s:.;,–—]+){0,2}(?::| [-–—])\s+)\S",  # "2024-05-03 Sarnak: ..."
    re.IGNORECASE,
)
# Below "MAY 2024": "3 – Someone was detained", "20–22. Over three days".
MONTH_LINE = re.compile(rf"\W{{0,3}}{_MONTH}(?: \d{{4}})?\W{{0,3}}", re.IGNORECASE)
DAY_LEAD = re.compile(
    r"(?P<first>\d{1,2})(?:\s?(?:[-–—/]|and|və|ve|и)\s?(?P<last>\d{1,2}))?(?:st|nd|rd|th)?"
    r"\s*[–—:.),-]\s+[\"“«„(]?[^\W\d]"
)
# What a whole log is called, and no entry of it.
TITLE = re.compile(
    r"\b(?:of the (?:day|week|month|quarter|year)|weekly|monthly|digest|bulletin|newsletter"
    r"|round-?up|chronicle|sheet|alerts|b[uü]lten\w*|xülasə\w*|дайджест|сводка|хроника|бюллетень"
    r"|обзор)\b",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"\s*(?:\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})+\s*$")
# "On 3 May, he was": a day that opens a sentence and no entry by itself.
PROSE_LEAD = re.compile(
    rf"\W{{0,5}}(?:on|in|since|by|from|around|about)\s(?:{_WEEKDAY},? )?"
    rf"(?:{_DATE}|{_MONTH} \d{{4}}),\s",
    re.IGNORECASE,
)
# A line that tells where an entry comes from, and one that only below a title does.
META = re.compile(
    r"https?://|www\.|read more\b|(?:sources?|links?|photo|author|via|posted|published|источники?"
    r"|ссылк[аи]|автор|фото|kaynak|bağlantı|fotoğraf|mənbə|keçid|müəllif) ?:\s",
    re.IGNORECASE,
)
BYLINE = re.compile(r"(?:by|posted|published)\b[^.\n]{0,70}$", re.IGNORECASE)
WEEKDAY_LEAD = re.compile(rf"\W{{0,5}}(?:on )?{_WEEKDAY}(?!\w)", re.IGNORECASE)
# Words for a day that only another day tells.
RELATIVE_DAY = re.compile(
    rf"(?<!\w)(?:{_WEEKDAY}|yesterday|today|tonight|this (?:morning|afternoon|evening)"
    r"|вчера|сегодня|накануне"
    r"|в (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)"
    r"|dün|bugün|bu (?:sabah|akşam|gece)|dünən|bu (?:gün|səhər|axşam))(?!\w)",
    re.IGNORECASE,
)
PLACE_LEAD = re.compile(r"[^\W\d_a-zа-яёəğıöşüç]{3,}[^\n–—]{0,60}?\s[–—-]{1,2}\s+\S")
# A place, a day and an agency between slashes, as agencies head their wires.
SLASH_LEAD = re.compile(
    rf"[^\W\d_][^\n/:]{{1,40}}\s?/\s?{_DATE}\s?/\s?[^\n/:]{{2,40}}:?\s", re.IGNORECASE
)
# "No. 12", "#12 -", "Incident 7:": a number that says itself that it numbers entries.
COUNTED_LEAD = re.compile(
    r"\W{0,3}(?:№|#|no\.?|nr\.?|incident|case|item|entry|alert|record|дело|случай|запись|olay|vaka|kayıt"
    r"|hadisə|qeyd) ?(?:no\.? ?|№ ?|# ?)?(\d{1,4})(?=\s*(?:[.:,)/|–—-]|$)|\s)",
    re.IGNORECASE,
)
_MONTH_NAMED = (
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?!\w)"
    r"|(?:yanvar|fevral|aprel|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr|ocak|şubat|nisan"
    r"|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|январ|феврал|март|апрел|июн|июл|август"
    r"|сентябр|октябр|ноябр|декабр)\w{0,6}|mart(?:ın|da|ta)?(?!\w)|mayın(?:da)?(?!\w)|мая(?!\w))"
)
# A certain day anywhere in a sentence: more than a year or a month.
DAY = re.compile(
    r"(?<!\d)(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?!\d)"
    rf"|(?<![\d.,]){_DAYS} (?:of )?{_MONTH_NAMED}|(?<!\w){_MONTH_NAMED} \d{{1,2}}(?![\d%])",
    re.IGNORECASE,
)
NUMBER_LEAD = re.compile(r"(?:№ ?)?(\d{1,3})[.)]\s+\S")
MARK_LEAD = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")
EXPORT_LEAD = re.compile(
    r"[^\n]{0,60}?\[?\d{1,2}[./]\d{1,2}[./]\d{2,4},? (?:\w+ )?\d{1,2}:\d\d(?::\d\d)?\]?\W*$"
    r"|\[?\d{1,2}:\d\d\]?\s+\S"
)
