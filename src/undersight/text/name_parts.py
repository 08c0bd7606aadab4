"""Taking a personal name apart: given names, surname, patronymic, initials, in whatever order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from undersight.text.folding import fold, rounded
from undersight.text.name_keys import name_key, name_keys, skeleton
from undersight.text.name_tables import (
    ABD,
    ABD_ALONE,
    DAUGHTER_OF,
    FEMININE_SURNAME,
    FILIAL_PARTICLES,
    HONORIFICS,
    HYPHEN_PARTICLES,
    PARTICLES,
    PATRONYMIC_MAN,
    PATRONYMIC_WOMAN,
    SON_OF,
    SURE_SURNAME,
    TITLES,
    TWO_LETTER_INITIALS,
    given_name_keys,
)


class Role(StrEnum):
    """What a word of a name is; ``ANY`` where nothing tells."""

    GIVEN = "given-name"
    SURNAME = "surname"
    PATRONYMIC = "patronymic"
    ANY = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word of a name.

    Args:
        text: As written.
        folded: In the fold space, apostrophes gone, ``Mc`` spelled out.
        keys: Its name keys; of an initial, the first letters of its possible keys.
        role: What it is.
        is_initial: Whether it is one letter for a name.
        is_optional: Whether it may be a title (``Hacı``), and costs nothing when missing.
        is_unvocalised: Whether its script leaves the short vowels out.
        is_ideographic: Whether it is written in Chinese, Japanese or Korean signs.
        is_after_bin: Whether ``bin``, ``ibn`` or ``ben`` stands before it.
        is_hyphenated: Whether a hyphen joins it to the word before.
    """

    text: str
    folded: str
    keys: tuple[str, ...]
    role: Role = Role.ANY
    is_initial: bool = False
    is_optional: bool = False
    is_unvocalised: bool = False
    is_ideographic: bool = False
    is_after_bin: bool = False
    is_hyphenated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameParts:
    """A name taken apart.

    Args:
        core: Given names and surnames in the order of the name.
        patronymics: Father's names, without ``oğlu``, ``-ovich``.
        gender: ``f``, ``m`` or an empty string, as the endings show it.
    """

    core: tuple[Token, ...]
    patronymics: tuple[Token, ...]
    gender: str = ""

    @property
    def joined_key(self) -> str:
        """The key of all words of the core written together."""
        return name_key("".join(token.folded for token in self.core))


_NICKNAME = re.compile(r"[(\[{][^)\]}]*[)\]}]|[\"“«„][^\"”»“]*[\"”»“]")
_CAMEL = re.compile(r"(?<=[a-zа-яёəçşğıöü])(?=[A-ZА-ЯЁƏÇŞĞİÖÜ])")
_SCOTS = re.compile(r"^ma?c$|^(?:de|di|la|le|van|von|o|al|el|du|da)$", re.IGNORECASE)
_PIECE = re.compile(r"(?P<hyphen>[-‐‑–—])?(?P<word>[^\s\-‐‑–—,;/·]+)")
_UNVOCALISED = re.compile("[\u0590-\u08ff]")
_ARABIC_ARTICLE = re.compile(r"^ال(?=\w{3})")
_IDEOGRAPHIC = re.compile("[\u2e80-\ud7ff]")
_SIGN = re.compile(r"[^a-z0-9]")


@lru_cache(maxsize=1 << 16)
def parse_name(name: str) -> NameParts:
    """Take a personal name apart.

    Args:
        name: As written, in any of the scripts ``fold`` reads; ``Surname, Given`` is understood.
    """
    plain = _NICKNAME.sub(" ", name)
    before, comma, after = plain.partition(",")
    if comma and before.strip() and after.strip():
        tokens = [*_tokens(after), *(replace(t, role=Role.SURNAME) for t in _tokens(before))]
    else:
        tokens = _tokens(plain)
    core, patronymics, gender = _without_patronymics(tokens)
    core = _without_titles(_merged_abd(core))
    core = _with_roles(core)
    if not gender and any(_is_feminine_surname(t) for t in core):
        gender = "f"
    return NameParts(core=tuple(core), patronymics=tuple(patronymics), gender=gender)


def _tokens(name: str) -> list[Token]:
    tokens: list[Token] = []
    is_after_bin = False
    pieces = list(_PIECE.finditer(re.sub(r"\.(?=\S)", ". ", name)))
    for place, piece in enumerate(pieces):
        has_hyphen_after = place + 1 < len(pieces) and pieces[place + 1]["hyphen"] is not None
        folded = _SIGN.sub("", fold(piece["word"]))
        is_particle = folded in PARTICLES or (has_hyphen_after and folded in HYPHEN_PARTICLES)
        if is_particle and len(pieces) > 1 and not piece["word"].endswith("."):
            is_after_bin = folded in FILIAL_PARTICLES or (is_after_bin and has_hyphen_after)
            continue
        for word in _split_camel(piece["word"]):
            token = _token(word, is_hyphenated=piece["hyphen"] is not None)
            if token is not None:
                tokens.append(replace(token, is_after_bin=True) if is_after_bin else token)
                is_after_bin = False
    return tokens


def _split_camel(word: str) -> list[str]:
    """Split ``RaufAliyev``, but neither ``McDonald`` nor ``DeSouza``."""
    parts = _CAMEL.split(word)
    if len(parts) == 1 or any(_SCOTS.match(part) for part in parts[:-1]):
        return [word]
    return parts


@lru_cache(maxsize=1 << 16)
def _token(word: str, *, is_hyphenated: bool) -> Token | None:
    word = _ARABIC_ARTICLE.sub("", word)
    folded = _SIGN.sub("", fold(word))
    if not folded:
        return None
    if folded.startswith("mc") and len(folded) > 3:
        folded = f"mac{folded[2:]}"
    n_letters = sum(c.isalpha() for c in word)
    is_initial = n_letters == 1 or (
        folded in TWO_LETTER_INITIALS and (word.endswith(".") or word.isupper())
    )
    spelled = ABD.sub("abd", folded) if len(folded) > 6 else folded
    return Token(
        text=word,
        folded=folded,
        keys=_initial_keys(folded) if is_initial else name_keys(spelled) + _rounded_keys(word),
        is_initial=is_initial,
        is_optional=folded in HONORIFICS,
        is_unvocalised=_UNVOCALISED.search(word) is not None,
        is_ideographic=_IDEOGRAPHIC.search(word) is not None,
        is_hyphenated=is_hyphenated,
    )


def _rounded_keys(word: str) -> tuple[str, ...]:
    """Russian writes the Azerbaijani ö as ё (``Гёйчай``), which otherwise reads as е."""
    if "ё" not in word and "Ё" not in word:
        return ()
    return name_keys(_SIGN.sub("", fold(rounded(word))))


def _initial_keys(folded: str) -> tuple[str, ...]:
    """Return the letters a key may begin with when its word begins so."""
    first = (name_keys(f"{folded}a") if folded[-1] not in "aeiou" else name_keys(folded))[0][:1]
    return (first, "h") if folded[0] == "g" else (first,)


def _without_patronymics(tokens: list[Token]) -> tuple[list[Token], list[Token], str]:
    """Set the father's names apart from the rest."""
    core: list[Token] = []
    patronymics: list[Token] = []
    gender = ""
    n_named = sum(t.folded not in SON_OF and t.folded not in DAUGHTER_OF for t in tokens)
    for place, token in enumerate(tokens):
        if core and (token.folded in SON_OF or token.folded in DAUGHTER_OF):
            patronymics.append(replace(core.pop(), role=Role.PATRONYMIC))
            gender = "m" if token.folded in SON_OF else "f"
            continue
        stem, sign = _patronymic_stem(token.folded)
        if stem and n_named > 2 and place > 0 and not token.is_hyphenated:
            patronymics.append(
                replace(token, role=Role.PATRONYMIC, folded=stem, keys=name_keys(stem))
            )
            gender = sign
            continue
        core.append(token)
    return core, patronymics, gender


def _patronymic_stem(folded: str) -> tuple[str, str]:
    for ending, sign in ((PATRONYMIC_MAN, "m"), (PATRONYMIC_WOMAN, "f")):
        stem = ending.sub("", folded)
        if stem != folded:
            return stem, sign
    return "", ""


def _without_titles(tokens: list[Token]) -> list[Token]:
    """Drop titles, as long as two words are left."""
    kept = [t for t in tokens if t.folded not in TITLES]
    return kept if len(kept) >= 2 or (kept and len(tokens) > 2) else tokens


def _merged_abd(tokens: list[Token]) -> list[Token]:
    """Write ``Abd al-Aziz``, ``Abdul Aziz`` and ``Abdulaziz`` as one word."""
    merged: list[Token] = []
    for token in tokens:
        if merged and merged[-1].folded in ABD_ALONE and not token.is_initial:
            before = merged.pop()
            folded = f"abd{token.folded}"
            merged.append(
                replace(
                    before,
                    text=f"{before.text} {token.text}",
                    folded=folded,
                    keys=name_keys(folded),
                )
            )
        else:
            merged.append(token)
    return merged


def _with_roles(tokens: list[Token]) -> list[Token]:
    """Tell surnames from given names by ending, then by the list of given names."""
    if any(t.role is Role.SURNAME for t in tokens):
        return [t if t.role is Role.SURNAME else replace(t, role=Role.GIVEN) for t in tokens]
    words = [t for t in tokens if not t.is_initial]
    if len(tokens) == 1 and words:
        return [replace(words[0], role=Role.SURNAME)] if _is_surname(words[0]) else tokens
    surnames = [t for t in words if _is_surname(t)]
    if not surnames:
        unknown = [t for t in words if not _is_given_name(t)]
        surnames = unknown if len(unknown) == 1 else []
    if not surnames or (len(surnames) == len(tokens) and len(tokens) > 1):
        return tokens
    is_surname = [any(t is s for s in surnames) for t in tokens]
    roles = [Role.SURNAME if is_one else Role.GIVEN for is_one in is_surname]
    return [_in_role(t, role) for t, role in zip(tokens, roles, strict=True)]


@lru_cache(maxsize=1 << 16)
def _in_role(token: Token, role: Role) -> Token:
    return replace(token, role=role)


def _is_given_name(token: Token) -> bool:
    return token.keys[0] in given_name_keys()


def _is_surname(token: Token) -> bool:
    if token.is_initial or token.is_unvocalised or SURE_SURNAME.search(token.folded) is None:
        return False
    return len(token.folded) > 4 and not _is_given_name(token)


def _is_feminine_surname(token: Token) -> bool:
    return token.role is Role.SURNAME and FEMININE_SURNAME.search(token.folded) is not None


def token_skeleton(token: Token) -> str:
    """Return the consonants of the plain key of a token.

    Args:
        token: Any word of a name.
    """
    return skeleton(token.keys[0])
