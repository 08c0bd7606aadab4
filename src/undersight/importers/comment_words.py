"""Words that stand around comments on a page: en, az, ru, tr, uk, ka, hy, fa, ar."""

from __future__ import annotations

import re
from typing import Final

from undersight.importers.shown_dates import is_shown_date

_ACTIONS = (
    "like|love|reply|share|react|hide|report|comment|edited|see translation|see original|"
    "rate this translation|see response|send message|message|"
    "bəyən|bəyəndim|cavabla|cavab ver|cavab yaz|paylaş|tərcüməyə bax|tərcüməni gör|"
    "düzəliş edilib|redaktə edilib|redaktə olunub|gizlət|"
    "нравится|мне нравится|ответить|поделиться|показать перевод|перевести|изменено|"
    "отредактировано|скрыть|комментировать|"
    "beğen|yanıtla|cevapla|paylaş|çevirisini gör|çeviriyi gör|düzenlendi|gizle|yorum yap|"
    "подобається|відповісти|поширити|відредаговано|приховати|переглянути переклад|"
    "հավանել|հավանում եմ|պատասխանել|կիսվել|տարածել|թաքցնել|խմբագրված է|խմբագրված|"
    "տեսնել թարգմանությունը|"
    "მოწონება|მომწონს|პასუხი|პასუხის გაცემა|გაზიარება|თარგმანის ნახვა|რედაქტირებულია|დამალვა|"
    "پسندیدن|پسند|لایک|پاسخ|پاسخ دادن|اشتراک‌گذاری|هم‌رسانی|دیدن ترجمه|ویرایش شد|ویرایش‌شده|"
    "أعجبني|إعجاب|رد|الرد|مشاركة|عرض الترجمة|تم التعديل|تعديل|إخفاء|إبلاغ|"
    "показать|пожаловаться"
)
_EDITED = (
    "edited|düzəliş edilib|redaktə edilib|redaktə olunub|изменено|отредактировано|düzenlendi|"
    "відредаговано|խմբագրված է|խմբագրված|რედაქტირებულია|ویرایش شد|ویرایش‌شده|تم التعديل"
)
_UNITS = (
    "seconds?|secs?|sec|s|minutes?|mins?|min|m|hours?|hrs?|hr|h|days?|d|weeks?|wks?|wk|w|"
    "months?|mos?|years?|yrs?|yr|y|saniyə|san|sn|dəqiqə|dəq|dk|dak|dakika|saat|st|sa|gün|g|"
    "həftə|hafta|hf|ay|il|yıl|сек|с|минуты?|минут|мин|м|часов|часа?|ч|дней|день|дня|дн|"
    "недели|недель|неделю|неделя|нед|месяцев|месяца?|мес|лет|года?|г|минута|секунд[аыу]?|д|"
    "хв|хвилин[аиу]?|годин[аиу]?|дні|днів|тиж|тиждень|тижні|тижнів|міс|місяц[ьів]+|рік|роки|років|"
    "վրկ|վայրկյան|րոպե|ր|ժամ|ժ|օր|շաբաթ|շաբ|շ|ամիս|ամս|տարի|տ|"
    "წამის?|წმ|წუთის?|წუთი|წთ|საათის?|საათი|სთ|დღის?|დღე|კვირის?|კვირა|კვ|თვის?|თვე|წლის?|წელი|"
    "ثانیه|دقیقه|ساعت|روز|هفته|ماه|سال|"
    "ثانية|ثوان|ثواني|ث|دقيقة|دقائق|د|ساعة|ساعات|س|يوم|أيام|ي|أسبوع|أسابيع|أ|شهر|أشهر|شهور|سنة|سنوات|عام"
)
_AGO = r"(?:ago|əvvəl|öncə|önce|назад|тому|առաջ|წინ|پیش|قبل)"
AGE: Final = (
    rf"(?:(?:(?:منذ|قبل)\s+)?\d{{1,4}}\s*(?:{_UNITS})\.?(?:\s+{_AGO})?|"
    rf"just now|indi|şimdi|az önce|только что|щойно|հենց նոր|"
    rf"yesterday|dünən|dün|вчера|вчора|երեկ|გუშინ|دیروز|ახლახან|هم‌اکنون|أمس|الآن|"
    rf"an? (?:minute|hour|day|week|month|year) ago)"
)
_COUNT = r"\d{1,6}(?:[.,]\d)?\s?(?:k|тыс\.?|min|b)?"
_LIKES = rf"{_COUNT}\s+(?:likes?|bəyənmə|beğenme|beğeni|отмет(?:ка|ки|ок) .нравится.)"
_SIGNS = r"[\s·•,()|]*"
ACTION_LINE: Final = re.compile(
    rf"{_SIGNS}(?:(?:{_ACTIONS}|{AGE}|{_LIKES}|{_COUNT}(?={_SIGNS}$|{_SIGNS}(?:{_ACTIONS})))"
    rf"(?!\w){_SIGNS})+",
    re.IGNORECASE,
)
# “45 min” is minutes on one page and 45 thousand on another: see `PastedComments`.
AGE_LINE: Final = re.compile(AGE, re.IGNORECASE)
AGE_IN_LINE: Final = re.compile(rf"(?<!\w)({AGE})(?!\w)", re.IGNORECASE)
# There “3 s” may be hours (saat) or seconds (saniye), “2 d” minutes (dakika), “1 h” weeks (hafta).
OF_MANY_MEANINGS: Final = re.compile(r"\d{1,4}\s*[sdh]\.?", re.IGNORECASE)
TURKIC_ACTION: Final = re.compile(
    r"(?<!\w)(?:bəyən|bəyəndim|cavabla|cavab ver|cavab yaz|beğen|yanıtla|cevapla)(?!\w)",
    re.IGNORECASE,
)
# “2 год” are hours there and a year on a Russian page.
UKRAINIAN_ACTION: Final = re.compile(r"(?<!\w)(?:подобається|відповісти)(?!\w)", re.IGNORECASE)
ACTION_WORD: Final = re.compile(rf"(?<!\w)(?:{_ACTIONS})(?!\w)", re.IGNORECASE)
EDITED: Final = re.compile(rf"(?<!\w)(?:{_EDITED})(?!\w)", re.IGNORECASE)
COUNT_LINE: Final = re.compile(rf"{_COUNT}", re.IGNORECASE)
LIKES: Final = re.compile(rf"({_COUNT})\s+(?:likes?|bəyənmə|beğenme|beğeni|отмет)", re.IGNORECASE)

TOP_COMMENTS: Final = re.compile(
    r"(?:most relevant|top comments|relevant|ən uyğun(?:lar)?|ən aktual|ən maraqlı şərhlər|"
    r"(?:самые|сначала) (?:актуальные|релевантные|интересные|популярные)|"
    r"популярные комментарии|en alakalı|en uygun|ən maraqlılar|"
    r"öne çıkan yorumlar|popüler yorumlar|ყველაზე რელევანტური|ყველაზე შესაბამისი|"
    r"найактуальніші|найрелевантніші|ամենահամապատասխան\w*|առավել համապատասխան\w*|"
    r"مرتبط‌ترین|مربوط‌ترین|الأكثر صلة|أهم التعليقات)",
    re.IGNORECASE,
)
MORE_HIDDEN: Final = re.compile(
    r"(?:view|see|show|load)\s+(?:\d+\s+|all\s+|more\s+|previous\s+|other\s+)*"
    r"(?:comments?|repl(?:y|ies))|(?:digər|daha|əvvəlki|bütün)\s.*(?:şərh|cavab).*|"
    r"\d+\s+(?:cavab|yanıt|ответ\w*|repl(?:y|ies))(?:a|ı|ın|i)?(?:\s+\w+)?|"
    r"(?:diğer|daha fazla|önceki|tüm)\s.*(?:yorum|yanıt).*|"
    r"(?:показать|посмотреть|смотреть|ещё|еще)\s.*(?:комментари|ответ).*|"
    r"(?:показати|переглянути|ще)\s.*(?:коментар|відповід).*|\d+\s+(?:відповід\w*|պատասխան\w*)|"
    r"(?:տեսնել|դիտել|ցուցադրել|եւս|ևս)\s.*(?:մեկնաբանություն|պատասխան).*|"
    r"(?:კიდევ|მეტი|ყველა|წინა)\s.*(?:კომენტარ|პასუხ).*|"
    r"(?:مشاهده|دیدن|نمایش)\s.*(?:نظر|پاسخ|دیدگاه).*|"
    r"(?:عرض|مشاهدة)\s.*(?:تعليق|رد|ردود).*",
    re.IGNORECASE,
)
_NUMBER = r"\d[\d.,\s\u00a0\u202f]*"
_FURNITURE = re.compile(
    rf"(?:{_NUMBER}\s?)?(?:comments?|şərh(?:lər)?|yorum(?:lar)?|комментари[ийеяюв]+|"
    rf"коментар(?:і|ів)?|մեկնաբանություն(?:ներ)?|კომენტარ\w*|"
    rf"التعليقات|تعليقات|نظرات|دیدگاه‌ها)(?:\s*[(:·]?\s*{_NUMBER}\)?)?:?|"
    r"(?:sort(?:ed)? by|sırala|упорядочить|сортировать)(?:\s*:.{0,40})?|"
    r"sort(?:ed)? by (?:top|newest|oldest|latest|date|time|relevance|popularity)(?: comments)?|"
    r"(?:newest|oldest|latest) first|сначала старые|самые новые|önce en yeni\w*|"
    r"author|top fan|rising fan|follow(?:ing)?|verified account|pinned(?: comment)?|"
    r"pinned by .{1,60}|admin|moderator|all comments|newest|write a (?:public )?comment.*|"
    r"add a comment.*|hide (?:\d+ )?repl(?:y|ies)|"
    r"müəllif|ən yaxşı pərəstişkar|izlə|bütün şərhlər|ən yenilər|şərh yaz.*|cavabları gizlət|"
    r"автор|суперфан|подписаться|все комментарии|сначала новые|напишите комментарий.*|"
    r"скрыть ответы|закреплено|"
    r"усі коментарі|спочатку нові|написати коментар.*|приховати відповіді|підписатися|"
    r"հեղինակ|հետեւել|հետևել|բոլոր մեկնաբանությունները|ամենանոր\w*|գրեք մեկնաբանություն.*|"
    r"թաքցնել պատասխանները|"
    r"ავტორი|გამოწერა|ყველა კომენტარი|უახლესი|დაწერეთ კომენტარი.*|პასუხების დამალვა|"
    r"المؤلف|متابعة|كل التعليقات|جميع التعليقات|الأحدث|اكتب تعليق.*|إخفاء الردود|"
    r"نویسنده|دنبال کردن|همه نظرات|جدیدترین|نظر بنویسید.*|پنهان کردن پاسخ‌ها|"
    r"yazar|sıkı takipçi|takip et|tüm yorumlar|en yeni|yorum yaz.*|yanıtları gizle|sabitlendi",
    re.IGNORECASE,
)


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page, not to anyone's comment."""
    return any(one.fullmatch(line) for one in (_FURNITURE, TOP_COMMENTS, MORE_HIDDEN))


def is_action_line(line: str) -> bool:
    """Whether a line is what stands under a comment: how long ago, Like, Reply, a number."""
    if is_shown_date(line) or AGE_LINE.fullmatch(line.strip()):
        return True
    is_count = COUNT_LINE.fullmatch(line.strip())
    return len(line) < 160 and not is_count and bool(ACTION_LINE.fullmatch(line))
