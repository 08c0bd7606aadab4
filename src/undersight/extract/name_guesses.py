"""What a run of capitalised words is where no word beside it tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.coreference import WORD
from undersight.extract.name_newsrooms import is_lead
from undersight.extract.name_shapes import APPOSED, BODY_BEFORE, NAMED, PARTY_OF, stands_in
from undersight.extract.personal_names import is_given_name, is_personal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.extract.cover import Cover
    from undersight.extract.engine import Passage, Span
    from undersight.extract.name_shapes import Token

_ACRONYM = re.compile(r"[^\W\d_a-zа-яёəğıçşöü]{2,7}")
_FULL_NAME = re.compile(r"[^\W\d_]\w+ ([^\W\d_]\w+)(?:,? \d\d)? \($")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+$")
_NEAR = 60
# what ends the name of a ministry, a day or a chapter, and nobody's own
_NO_NAME = re.compile(
    "technologies|communications|women|children|crimes?|monitoring|conflicts?|youth|religious"
    "|activists|journalists|bloggers|prisoners|elections?|affairs|relations|development|security"
    "|defen[cs]e|economy|finance|justice|health|education|culture|transport|energy|agriculture"
    "|labou?r|protection|taxes|ecology|tourism|industry|interior|emergencies|rights|freedoms"
    "|offen[cs]es|terrorism|corruption|trafficking|narcotics|days?|week"
)
_CALLED = re.compile(
    r"\b(?:call|brand|label|dubb?|portray|present|describ)(?:s|es|ed|led|ing|ling) $"
)
_WHAT = re.compile(r"'?s? ?(?:as )?(?:an? |\"|“|the (?:enemy|agent|traitor))")
_NAME_BEHIND = re.compile(rf", {WORD} {WORD}(?:,| (?:was|has|is|said|told|were|had)\b)")
_CITED_LAW = re.compile(r"(?:Provision|Article|Section|Paragraph|Decree|Resolution|Rule|Clause)s?")

Guess = tuple[str | None, str, float]

# what is done to outlets and their pages, hardly ever to people
_DONE_TO_OUTLETS = frozenset(
    ["site_blocking", "site_hack", "ddos", "outlet_closure", "registration_refused", "demotion",
     "hijack_page", "content_wipe", "followers_lost", "comment_flooding", "fake_page",
     "demonetisation", "geoblock"]
)  # fmt: skip
_AGED = re.compile(
    r",? (?:aged )?\d\d[,.)](?!\d)| \(\d\d\)|, (?:an? |the |his |her |who )"
    r"|, (?:[\w-]+ ){0,2}?(?:journalist|reporter|photographer|blogger|editor|editor-in-chief"
    r"|activist|lawyer|columnist|correspondent|cameraman|presenter|contributor|freelancer) "
    r"(?:of|for|at|with|from|in)\b"
    r"| - an? (?:[\w-]+ ){0,2}?(?:journalist|reporter|photographer|blogger|editor|activist|lawyer"
    r"|student|teacher|contributor|columnist|correspondent|freelancer|cameraman|presenter)\b"
)
_HERS = re.compile(
    r"'s? (?:[\w-]+ )?(?:lawyers?|attorney|wife|husband|mother|father|brother|sister|son|daughter"
    r"|parents|family|relatives|home|house|flat|apartment|phones?|arrest|detention|release|trial"
    r"|passport|employer|colleagues?|friends?)\b"
)
_TO_PEOPLE = (
    r"(?:arrest|detain|question|interrogat|summon|sentenc|jail|imprison|convict|beat|releas|freed"
    r"|kidnap|abduct|hurt|injur|wound|struck|search|remand|handcuff|deport|acquit|assault)\w*"
)
_ACTED_ON = re.compile(rf"\b{_TO_PEOPLE} (?:up )?(?:the )?$")
_STAFF = (
    r"(?:editor|editor-in-chief|owner|co-owner|founder|co-founder|publisher|director|reporter"
    r"|correspondent|journalist|presenter|host|cameraman|photographer|columnist|administrator"
    r"|moderator|contributor|blogger|activist|author)"
)
# "an editor of the newspaper A was detained": one of several, who stays unnamed
_ONE_OF_ITS = re.compile(
    rf"\b[Aa]n? (?:[\w-]+ ){{0,2}}{_STAFF} (?:of|at|for|with) (?:[\w-]+ ){{0,3}}$"
)
# "the editor of Dan Ulduzu, Zahir Boz": who holds the place is named behind the comma
_HOLDER = re.compile(rf"\bthe (?:[\w-]+ ){{0,2}}{_STAFF} (?:of|at|for|with) [^,.;:\n]{{2,50}}, $")
_WAS_ACTED_ON = re.compile(
    rf"(?: \([^()\n]{{2,50}}\))? (?:himself |herself )?"
    rf"(?:was|were|is|has been|had been|got) (?:\w+ly |also |later )?"
    rf"{_TO_PEOPLE}\b"
)
# "Zahir Boz, mechanic." where a line begins: whoever is introduced by what they do
_INTRODUCED = re.compile(
    r"(?:, |\t| \| )(?!(?:the|which|its|whose|as|but|and|or|in|on|at|with|for|not|one) )[a-z]"
)
_BRACKETED = re.compile(r" \([^()\n]{2,50}\)\s*(?:$|\n)")
# what only somebody who is alive, or no longer, does or has
_TOLD_OF_PEOPLE = re.compile(
    r" (?:(?:has |had |have )?(?:died|fled|hung up|fainted|pleaded|confessed|wept|vanished"
    r"|escaped|testified|emigrated|resigned|moved abroad|c[oa]me home|left the country"
    r"|(?:gone|went) (?:into hiding|on hunger strike)|f(?:e|alle)n? ill|lost consciousness"
    r"|appealed|complied|refused to (?:sign|testify|answer|apologi[sz]e|give|delete))"
    r"|(?:was|is|has been|had been) (?:born|found (?:dead|guilty)|married|pregnant|behind bars"
    r"|in (?:custody|hiding|exile|prison|jail|hospital|detention)|on (?:trial|hunger strike)"
    r"|at (?:home|large)|held|kept|taken|(?:told|made|forced) to|put (?:on|in|under)|shot|stabbed"
    r"|given (?:\w+ )?\w+ (?:days|months|years)|punched|kicked|hit|dragged|tortured|evicted"
    r"|dismissed|expelled|stopped at|called (?:in|to)|banned from leaving)"
    r"|(?:serves|served|spent|got) (?:\w+ ){1,3}(?:days?|weeks?|months?|years?|hours?)"
    r"|live[sd]? (?:in|abroad)|work(?:s|ed) as|teaches|taught|studies at|faces? up to"
    r"|did not come home|told (?:the|a) (?:judge|court)|could not be reached by phone)\b"
)
_OF_HIS = re.compile(
    r"\b(?:address|car|home|house|flat|apartment|phones?|laptop|computer|arrest|detention|trial"
    r"|release|conviction|lawyers?|wife|husband|mother|father|sons?|daughters?|parents|family"
    r"|relatives|brother|sister|death|killing|murder|body|passport|abduction|disappearance"
    r"|interrogation|questioning|whereabouts|friends?|bail|hands|arms?|shoulder|door"
    r"|(?:days|months|years) for|verdict against|sentence against)(?: of)? (?:the late )?$"
)
_PRONOUN = re.compile(r"[^.;:!?\n]{0,90}?\b(?:he|she|his|her|him|himself|herself)\b")
_ANOTHER = re.compile(rf"{WORD} {WORD}")
# behind these a name is rather somebody's newsroom, group or town
_BELONGED_TO = re.compile(
    r"\b(?:of|with|at|for|from|by|in|on|the|via|like|called|runs|ran|edits|edited|founded|owns) $"
)
_ITS = re.compile(r"[^.;!?\n]{0,90}\b(?:its|they|their|followers|subscribers|readers)\b")
_PLAIN_NAME = re.compile(r"[^\W\d_][^\W\d_]+(?:-[^\W\d_]+)?")
_HEADED = re.compile(
    r"(?:mr|mrs|ms|miss|defendant|client|detainee|suspect|prisoner|applicant|colleague)\.? $"
)
_NAME = rf"{WORD}(?: {WORD})+"
_BESIDE_BEFORE = re.compile(rf"({_NAME})(?:, | and |, and )$")
_BESIDE_BEHIND = re.compile(rf"(?:, | and |, and )({_NAME})")
_OF_MEDIA = re.compile(
    r"\b(?:journalists?|reporters?|correspondents?|editors?|newsroom|articles?|broadcast\w*"
    r"|published|publication|camera(?:man|woman|men| crew)|photographers?|viewers|listeners"
    r"|readers|(?:web)?site|homepage|coverage|news|presenters?|stor(?:y|ies)|footage|live"
    r"|the (?:paper|daily|weekly|outlet|channel|station|magazine)|founder of|owner of)\b"
)
_BRAND = re.compile(r"(?!Mc|Mac|De|Di|Du|Da|La|Le|Van|Von|Fitz|O'|O’)[^\W\d_][a-z]+[A-Z]\w*$")
QUOTES = frozenset("\"'“”«»„’‘")
_LINE_START = re.compile(r"(?:^|\n|(?<![^\n])\W{0,4}\d{1,4}[.)] ?)[ |*•·-]*$")
_OF_PEOPLE = ("place", "organisation", "agency")  # whose names stand right before a member's
_OF_A_NAME = 2  # words of a name and surname
_LONG = 3  # words: a quoted name this long is rather a body's than a title


def is_own(kind: str, written: str, end: int) -> bool:
    """Whether a kind word behind a name is the name's, and opens no other name itself.

    "Qaravelian newspaper Dan Ulduzu" names the newspaper behind the word, "the Green party Zahir
    Boz" a member.

    Args:
        kind: What the word tells.
        written: The words behind the name.
        end: Where the kind word ends among them.
    """
    named = NAMED.match(written, end)
    if not named or kind != "organisation":
        return not named
    word = re.match(WORD, written[end:].lstrip())
    return word is not None and is_given_name(word.group())


def without_page(before: str, found: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Leave out the page in "the page of the magazine Herbarium": it is the magazine's name.

    Args:
        before: Folded text before a name.
        found: Where words for what it is begin, and what they say, the longest first.
    """
    is_owned = len(found) > 1 and found[0][1] == "account"
    return found[1:] if is_owned and " of " in before[found[0][0] : found[1][0]] else found


def is_no_name(words: Sequence[str]) -> bool:
    """Whether a run ends as ministries, days and chapters do, or cites a law."""
    return bool(_NO_NAME.fullmatch(words[-1].casefold()) or _CITED_LAW.fullmatch(words[0]))


def guess(passage: Passage, words: Sequence[str], span: Span, before: str, after: str) -> Guess:
    """Return kind, rule and confidence for a run of two words or more.

    Args:
        passage: The entry.
        words: The run's words without endings.
        span: Where it stands.
        before: Folded text before it.
        after: Folded text behind it.
    """
    if any(map(_is_brand, words)) or is_lead(words):
        return _body_by_sentence(passage, span), "bare", 0.5
    if _INITIALS.match(words[0]) or is_personal(words) or _is_treated_as_person(before, after):
        return "person", "run", 0.7
    if (
        _is_gone_on_with(passage, span)
        or is_introduced(passage, span)
        or _stands_with_a_person(passage, span)
    ):
        return "person", "run", 0.6
    if _is_mentioned_by_last(passage, words):
        return "person", "run", 0.6
    if passage.text[span[0] - 1 : span[0]] in QUOTES and span[0] > passage.start:
        return ("organisation", "quoted", 0.5) if len(words) >= _LONG else (None, "", 0.0)
    if any(act.value in _DONE_TO_OUTLETS for act in passage.of_kind("act")):
        return "outlet", "attacked", 0.5
    if _is_of_press(passage, span) and not before.endswith(" about "):
        return "outlet", "bare", 0.45
    return ("person" if _may_be_person(words, before, after) else "organisation"), "bare", 0.45


def _body_by_sentence(passage: Passage, span: Span) -> str:
    """Return what a body is where its sentence tells of the press, or of what outlets suffer."""
    is_hit = any(act.value in _DONE_TO_OUTLETS for act in passage.of_kind("act"))
    return "outlet" if is_hit or _is_of_press(passage, span) else "organisation"


def _may_be_person(words: Sequence[str], before: str, after: str) -> bool:
    """Whether two words in a sentence that tells nothing of a body are rather a name and surname.

    What monitors write of are people first; a body mostly stands behind a word that says so.
    """
    is_name = len(words) == _OF_A_NAME and all(_PLAIN_NAME.fullmatch(word) for word in words)
    is_body = _BELONGED_TO.search(before) or _ITS.match(after) or any(w.isupper() for w in words)
    return is_name and not is_body


def _is_brand(word: str) -> bool:
    """Whether a word has a capital inside, as names of firms do and "McDonald" has too."""
    return _BRAND.match(word) is not None


def _is_of_press(passage: Passage, span: Span) -> bool:
    return _OF_MEDIA.search(passage.low, *passage.sentence_at(span[0])) is not None


def _is_treated_as_person(before: str, after: str) -> bool:
    return bool(
        _AGED.match(after)
        or _HERS.match(after)
        or _ACTED_ON.search(before)
        or (
            not _BELONGED_TO.search(before)
            and (_WAS_ACTED_ON.match(after) or _TOLD_OF_PEOPLE.match(after))
        )
        or _HEADED.search(before)
        or _OF_HIS.search(before)
        or _HOLDER.search(before)
        or is_called_names(before, after)
    )


def is_called_names(before: str, after: str) -> bool:
    """Whether somebody calls a person something: "called A B a traitor"."""
    return bool(_CALLED.search(before) and _WHAT.match(after))


def _is_gone_on_with(passage: Passage, span: Span) -> bool:
    """Whether a name opens a sentence that goes on with "he" or "her" and names nobody else."""
    if passage.sentence_at(span[0])[0] != span[0]:
        return False
    match = _PRONOUN.match(passage.low, span[1], passage.end)
    return match is not None and not _ANOTHER.search(passage.text, *match.span())


def is_introduced(passage: Passage, span: Span, taken: Cover | None = None) -> bool:
    """Whether a name opens a line and what somebody is follows: a trade, or a body in brackets.

    Args:
        passage: The entry.
        span: Where the name stands.
        taken: Spans of the names of bodies.
    """
    lead = _LINE_START.search(passage.text, passage.start, span[0])
    opens = span[0] == passage.start or lead is not None
    if not opens or _INTRODUCED.match(passage.text, span[1]):
        return opens
    body = _BRACKETED.match(passage.text, span[1])
    return body is not None and taken is not None and taken.touches(*body.span())


def _stands_with_a_person(passage: Passage, span: Span) -> bool:
    """Whether the name right before or behind, in a list or a pair, is a person's."""
    floor = max(passage.start, span[0] - _NEAR)
    beside = (
        _BESIDE_BEFORE.search(passage.text, floor, span[0]),
        _BESIDE_BEHIND.match(passage.text, span[1], passage.end),
    )
    return any(match and is_given_name(match[1].split()[0]) for match in beside)


def _is_mentioned_by_last(passage: Passage, words: Sequence[str]) -> bool:
    """Whether the last word stands somewhere else in the entry without the others."""
    last = re.escape(words[-1])
    alone = re.compile(rf"(?<!\w)(?<!{re.escape(words[-2])} ){last}(?![\w-])")
    return alone.search(passage.text, passage.start, passage.end) is not None


def in_brackets(passage: Passage, token: Token, before: str, after: str) -> str | None:
    """Return what a lone name in brackets is: "(FNI)" behind a body, "(Netgazette)" of someone.

    Args:
        passage: The entry.
        token: The name.
        before: Folded text before it.
        after: Folded text behind it.
    """
    if _ACRONYM.fullmatch(token.text) and f"({token.text})" in passage.text:
        return "organisation"
    if not (before.endswith("(") and after.startswith(")")):
        return None
    named = _FULL_NAME.search(passage.text, max(0, token.start - _NEAR), token.start)
    return "outlet" if named and is_personal(named.group()[:-2].split()[-2:]) else None


def is_member(passage: Passage, tokens: Sequence[Token], named: str | None, floor: int) -> bool:
    """Whether a body's name before a person's own only tells where they belong.

    Args:
        passage: The entry.
        tokens: The words of the name.
        named: What the words before it say it is.
        floor: Where these begin.
    """
    if named == "organisation" and PARTY_OF.search(passage.text, floor, tokens[0].start):
        return True
    is_named = len(tokens) > 1 and is_given_name(tokens[0].text)
    is_behind = BODY_BEFORE.search(passage.text, floor, tokens[0].start)
    return named in _OF_PEOPLE and is_named and is_behind is not None


def is_plain_word(passage: Passage, token: Token) -> bool:
    """Whether a word that opens a sentence stands elsewhere in lower case."""
    first, _ = passage.sentence_at(token.start)
    if passage.text[first : token.start].strip(" \"'“”‘’«»([*•-"):
        return False
    return stands_in(passage.text, token.text[0].lower() + token.text[1:])


def is_of_body(passage: Passage, span: Span, floor: int) -> bool:
    """Whether a name behind "editor of the website" is the website's, not the editor's."""
    text = passage.text
    words = text[slice(*span)].split()
    if len(words) == 1 and not is_personal(words):
        whole = re.compile(rf"{WORD} {re.escape(words[0])}(?!\w)")
        if whole.search(text, passage.start, passage.end) is None:
            return True  # "editor of the magazine Kompas": nobody is called by a surname first
    return bool(
        _ONE_OF_ITS.search(text, floor, span[0])
        or APPOSED.search(text, floor, span[0])
        or text[span[0] - 1 : span[0]] in QUOTES
        or re.match(rf" {WORD}", text[span[1] : span[1] + 40])
        # "the head of the newspaper Free Hour, Zahir Boz, was": the comma brings the head
        or (not is_given_name(words[0]) and _NAME_BEHIND.match(text, span[1], span[1] + 60))
    )
