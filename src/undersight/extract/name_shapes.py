"""What names look like in a text: the patterns that `names` finds them by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.extract.coreference import WORD
from undersight.extract.personal_names import is_given_name

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from undersight.extract.cover import Cover
    from undersight.extract.engine import Passage, Span
    from undersight.extract.name_words import NameWords

_PARTICLE = (
    r"(?:oglu|oğlu|qizi|qızı|kyzy|ogly|bin|ibn|abu|al|el|de|del|da|di|dos|das|du|ben|ould|van|von"
    r"|der|den|la|le)"
)
RUN = re.compile(
    rf"{WORD}(?:[ \u00a0](?:{_PARTICLE} ){{0,2}}{WORD}){{0,6}}(?: (?:oglu|oğlu|qizi|qızı|kyzy))?"
)
OF_PLACE = re.compile(  # a court of appeal is no court of a place called Appeal
    r" of (?:the )?(?!Appeals?|Cassation|Justice|Grave|Crimes|Rights|Interior|Affairs|Order"
    r"|Security|Information|Health|Education|Defen[cs]e|Finance|Culture|Ministers|Deputies"
    rf"|State){WORD}$"
)
COUNTED = re.compile(r" (?:No\.? ?|#|№ ?)\d{1,4}(?!\d)")  # "Police Station No. 14"
ORDINAL = re.compile(r"(?<!\w)\d{1,2}(?:st|nd|rd|th) $")  # "2nd Criminal Court"
DANGLING = re.compile(r"(?:[ ,](?:of|for|on|against|to|the|and))+\s*$")
_PAID = re.compile(r" (?:AMD|AZN|BYN|EUR|GBP|GEL|KGS|KZT|RUB|TRY|UAH|USD|UZS)$")
SERIAL = re.compile(
    r" \d{1,3}(?=[ ,.;:)\"'”’]|$)(?! ?(?:%|percent|per|days?|months?|years?|hours?))"
)
OF_SOMEONE = re.compile(rf"{WORD} {WORD} (?:of|from|at|for) $")
ARTICLES = frozenset(("El", "La", "Los", "Las", "Le", "Les", "Il", "Lo", "Der", "Die", "Das"))
BASED = re.compile(
    r"(?:\w+-based |[A-Z]\w+-(?:language|run|backed|owned|funded) "
    r"|(?:Reporter|Editor|Journalist|Correspondent)s? (?:of|for|at|with) )+"
)
LED = re.compile(  # "editor of Dan Ulduzu Zahir Boz"
    r"\b(?:of|from|at|in|for|with|newspaper|website|site|outlet|channel|portal|magazine|agency|party"
    r"|movement|union|university|group|organi[sz]ation) (?:the )?$"
)
BODY_BEFORE = re.compile(rf"{WORD} [A-Z]\w+ $")
NO_PLACE = r"| (?:counci|offic|mayor|resident|deputy|court|activist|police|lawyer|leader|admin)"
_OF_LAW = re.compile(
    r"\b(?:[Ll]aws?|[Aa]ct|[Cc]ode|[Bb]ill|[Dd]ecree|[Rr]egulations?) (?:on|about|for) (?:the )?$"
)
_THE = re.compile(r"[\w,] The ")
NAMED = re.compile(r" [\"“«]?[A-ZƏÖÜÇŞĞİÉÀ]")
_SURNAME = re.compile(
    r"(?:[oe]v|[oe]va|[oe]ff|in|ina|li|lı|lu|lü|ly|zad[eə]h?|o[gğ]lu|sk[iy]y?|skaya|ich|vich|enko|uk"
    r"|chuk|yan|ian|dze|vili|oy|aya|[oe]vski|n[eé]z|son|sen|er|man|i|y|a|u|o)(?:['’]s)?$"
)
_OPENERS = (
    "TV|Radio|Radyo|Channel|Kanal|Canal|Telekanal|Agence|Agencia"
    "|Media(?! (?:Register|Freedom|Rights|Law|Act|Council|Minister|Development|Literacy|Outlets?"
    "|Workers|Ombuds|Defen|Monitor|Watch|Service|Code|Bill|Regulat|Support|Commission|Authority|Agency))"
)
NO_OUTLET = re.compile(  # "World Press Freedom Day"
    r" (?:Freedom|Day|Rights|Index|Report|Law|Council|Act|Club|Institute|Cent(?:er|re)|Union"
    r"|Association|Prize|Conference|Forum|Awards?|Development|Registry|Monitoring|Literacy|Defen[cs]e)\b"
)
OWNER = re.compile(rf"{WORD}(?<=['’]s) (?=\w+ \w)")
APPOSED = re.compile(
    rf"{WORD},? (?:who (?:is|was) |(?:is|was) |(?<=, ))"
    r"(?:(?:[a-z][\w-]*|[A-Z]\w+-(?:based|born)|Telegram|YouTube|Facebook|Instagram|TikTok|WhatsApp"
    r"|VK|Twitter)"
    r" )+$"
)
PARTY_OF = re.compile(r"(?<!\. )(?<!\n)[A-Z]\w+ (?:party|movement|union) $")
CITED = re.compile(r"\b(?:according to|as|by) $")
MIXED_CASE = re.compile(r"\w*[a-z][A-Z]\w*$|\w*\d\w*[a-z]\w*$")
OFFICES = frozenset({"minister", "prosecutor", "commissioner", "governor", "spokesman",
                     "spokeswoman", "spokesperson", "ombudsman", "judge", "mayor"})  # fmt: skip
CODE = re.compile(r"[A-Z]{1,6}(?:-\d+)+")  # of a case: "CW-21-031"
_DATED = re.compile(r"(?:\d|\d(?:st|nd|rd|th)?,? [a-z]+|[a-z]+ \d+) ?[-,] $")
POSSESSED = re.compile(r"'s?\b")
QUOTED = re.compile(rf"[“«„\"](?P<name>{WORD}[^“”«»\"\n]{{0,50}}?)[,.]?[”»“\"]")


def stands_beside(pair: tuple[re.Pattern[str], re.Pattern[str]], before: str, after: str) -> bool:
    """Whether one of two patterns fits what stands before a name, or behind it."""
    return bool(pair[0].search(before) or pair[1].match(after))


def without_country(text: str, start: int, end: int) -> int:
    """Leave out the country or town an office belongs to, where a whole name is left."""
    tail = OF_PLACE.search(text, start, end)
    is_whole = tail and " " in text[start : tail.start()].strip()
    return tail.start() if tail and is_whole else end


def tail_of(passage: Passage, kind: str, last: str, end: int) -> str:
    """Return what belongs to a name behind its last word: a number, an initial's stop."""
    if kind == "person" and len(last) == 1 and passage.text[end : end + 1] == ".":
        return "."
    if kind in ("outlet", "organisation", "account"):
        number = SERIAL.match(passage.text, end)
        inside = number and not any(
            c.overlaps(*number.span()) for c in passage.of_kind("date", "quantity", "sentence")
        )
        return number.group() if number and inside else ""
    return ""


def ended(text: str, start: int, end: int) -> int:
    """Return where a body's name ends: before a dangling "of", "'s" or its member's own name.

    Args:
        text: The text.
        start: Where the name begins.
        end: Where the run of words ends.
    """
    dangling = DANGLING.search(text, start, end) or _PAID.search(text, start, end)
    end = dangling.start() if dangling else end
    if text.endswith(("'s", "’s"), start, end):
        return end - 2
    last = re.search(rf" ({WORD})$", text[start:end])
    is_begun = last and is_given_name(last[1]) and re.match(rf" {WORD}", text[end : end + 40])
    return start + last.start() if last and is_begun else end


def stands_in(text: str, word: str) -> bool:
    """Whether a word stands somewhere in a text as a whole word."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_is_letter(text[at - 1 : at]) or _is_letter(text[end : end + 1])):
            return True
        at = text.find(word, end)
    return False


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def is_foreign(name: str, before: str) -> bool:
    """Whether a lone name behind "according to" has no surname's ending: then it is an outlet."""
    return before.endswith("according to ") and not _SURNAME.search(name.lower())


def named_groups(groups: list[tuple[str, str]]) -> str:
    """Return alternatives of kind words, each in a group of its kind; places left out."""
    return "|".join(f"(?P<{kind}>{names})" for kind, names in groups if kind != "place")


def without_lead(
    text: str,
    span: Span,
    heads: Mapping[str, str],
    plain: frozenset[str],
    fold: Callable[[str], str],
) -> Span:
    """Leave out the function words that a run of capitals begins with."""
    start, end = span
    while True:
        word = re.match(r"\S+ +", text[start:end])
        if not word or word.group().strip() in heads or fold(word.group().strip()) not in plain:
            return start, end
        start += len(word.group())


def body_pattern(words: NameWords, heads: Mapping[str, str]) -> re.Pattern[str]:
    """Return a pattern of bodies named by a head word in capitals ("Court", "TV")."""
    if not heads:
        return re.compile(r"(?!)")
    head = "|".join(sorted(heads, key=lambda h: (-len(h), h)))
    linked = "|".join(sorted(words.linked_heads, key=lambda h: (-len(h), h))) or "(?!)"
    series = rf",[ ]{WORD}(?=[ ]and[ ]{WORD})"
    opened = rf"(?:{_OPENERS})[ ](?:\d{{1,3}}(?![\d.,]?\d)|{WORD}(?:[ ]{WORD})?)"
    link = rf"and[ ](?!(?:{head})\b)|of[ ]|of[ ]the[ ]|for[ ]"
    tail = rf"(?:{series}|[ ](?:{link})?{WORD}(?:['’](?=[ ]{WORD}))?){{0,5}}"
    return re.compile(
        rf"(?<!\w)(?:{opened}|(?:{WORD}(?:(?<=s)['’])?[ ]){{0,5}}(?:"
        rf"(?:{linked})(?:{words.links})(?:the[ ])?{WORD}(?:['’](?=[ ]{WORD}))?{tail}"
        rf"|(?:{head})(?!\w)(?:[ ]of[ ](?:the[ ])?{WORD}{tail})?))"
    )


def office_pattern(words: NameWords) -> re.Pattern[str] | None:
    """Return a pattern of offices named by a place and a lower-case head."""
    if not words.named_heads:
        return None
    return re.compile(rf"{WORD}(?: {WORD})? (?:{words.named_heads})(?!\w)")


_SMALL = frozenset(("the", "and", "for", "over", "with", "from", "into", "but", "not", "after"))


def is_plain(
    kind: str | None, surface: str, common: Container[str], fold: Callable[[str], str]
) -> bool:
    """Whether every word of a body's name is a common one ("State TV")."""
    is_long = surface.count(" ") > 1 and surface == surface.title()
    return (
        kind in ("outlet", "organisation")
        and not is_long
        and all(fold(word) in common for word in surface.split())
    )


def without_staff(text: str, start: int, end: int) -> Span:
    """Return a body's own name, of "Sarnak-based A" and "Reporter of Radio A Zahir Boz"."""
    led = BASED.match(text, start, end)
    if led is None:
        return start, end
    start = led.end()
    words = [start + m.start() for m in re.finditer(r"\S+", text[start:end])]
    is_of_staff = led.group().rstrip().rsplit(" ", 1)[-1] in ("of", "for", "at", "with")
    is_led_by_head = len(words) > 3 and is_of_staff
    return start, (words[-2] - 1 if is_led_by_head else end)


def is_no_outlet(text: str, start: int, end: int) -> bool:
    """Whether what ends as outlets do is a day, a council or a law ("Law on Electronic Media")."""
    is_law = _OF_LAW.search(text, max(0, start - 40), start)
    return is_law is not None or NO_OUTLET.match(text, end) is not None


def follows_the(text: str, start: int) -> bool:
    """Whether a name stands behind a capital "The" inside a sentence ("with The Boz Post")."""
    return _THE.match(text, max(0, start - 6)) is not None


def is_title_case(headline: str) -> bool:
    """Whether a headline writes its words with capitals, names or not."""
    words = list(re.findall(r"[^\W\d_]{3,}", headline))
    plain = [word for word in words if word not in _SMALL]
    n_upper = sum(word[0].isupper() for word in plain)
    return n_upper == len(plain) > 2 or (len(plain) > 3 and n_upper > 0.7 * len(plain))


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a run and where it stands."""

    text: str
    start: int
    end: int


def told_by_shape(
    text: str, tokens: list[Token], before: str, after: str
) -> tuple[str, str, float] | None:
    """Return what a name of several words is by its look alone, and how sure that is."""
    words = [token.text for token in tokens]
    if words[0] in ARTICLES:
        return "outlet", "title", 0.55  # "El Pizarrón" is no person
    if follows_the(text, tokens[0].start):
        return "outlet", "the", 0.7
    is_dated = _DATED.search(before) is not None and after[:2] in (". ", ": ", " -")
    if is_dated and all(word.isupper() for word in words):
        return "place", "dateline", 0.7  # "16 March - PORT ELA. A photographer was punched"
    return None


def cut(start: int, end: int, taken: Cover) -> Span:
    """End a span where something already taken begins inside it."""
    return start, taken.first_within(start, end) or end


def behind_office(tokens: list[Token], fold: Callable[[str], str]) -> list[Token]:
    """Leave out an office inside a run: "Economy Minister Zahir Boz"."""
    i = next((i for i, token in enumerate(tokens) if fold(token.text) in OFFICES), 0)
    return tokens[i + 1 :] if i > 0 and len(tokens) - i > 2 else tokens


def parts_of(match: re.Match[str], base: Callable[[str], str]) -> Iterator[list[Token]]:
    """Part a run of capitalised words behind each possessive."""
    part: list[Token] = []
    for word in re.finditer(r"\S+", match.group()):
        start = match.start() + word.start()
        if CODE.fullmatch(word.group()):
            continue
        part.append(Token(word.group(), start, start + len(word.group())))
        if base(word.group()) != word.group():
            yield part
            part = []
    if part:
        yield part


def head_kind(surface: str, links: str, heads: Mapping[str, str]) -> str | None:
    """Return the kind that the last head word of a body's name tells."""
    lead = re.split(links, surface, maxsplit=1)[0]
    words = re.findall(r"[\w-]+(?:['’]s)?", lead)
    for i in range(len(words) - 1, -1, -1):
        pair = " ".join(words[max(0, i - 1) : i + 1])
        kind = heads.get(pair) or heads.get(words[i])
        if kind:
            return kind
    first = re.match(r"[\w-]+", surface)
    return heads.get(first.group()) if first else None
