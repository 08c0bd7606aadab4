"""What a text carries: links, their domains, hashtags and mentions, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from undersight.text import canonical_url, fold, url_host

if TYPE_CHECKING:
    from undersight.model.corpus_rows import ShareKind

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"«»“”]+"
    r"|(?<![@\w./-])(?:[a-z0-9-]+\.)+[a-z]{2,12}/[^\s<>\"«»“”]+",
    re.IGNORECASE,
)
_URL_TAIL = ".,;:!?…'’*_"
_HASHTAG = re.compile(r"(?<![\w&/#])[#＃]([\w\u200c]*[^\W\d][\w\u200c]*)")
_MENTION = re.compile(r"(?<![\w@/.])@([\w](?:[\w.-]*[\w])?)")
# VK's own numbers, with what is answered (:bp-1_2), or the hashes of published sets.
_VK_MENTION = re.compile(
    r"\[((?:id|club|public)(?=[a-f]*\d)[\da-f]{1,64})(?::[^|\[\]]{0,80})?\|[^\]\[]{1,200}\]"
)
_WORDS_ONLY = "".join(c if c.isalnum() else " " for c in map(chr, range(128)))
_PAIRS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Carried:
    """One thing that stands in a text.

    Args:
        kind: url, domain, hashtag or mention.
        value: Canonical form.
        value_text: As written.
        start: Character offset into the text.
        end: Character offset after its last character.
    """

    kind: ShareKind
    value: str
    value_text: str
    start: int
    end: int


def carried_in(text: str) -> list[Carried]:
    """Find links, domains, hashtags and mentions, in the order of the text.

    Args:
        text: The text as it stands in the file.
    """
    has_dot, has_hash = "." in text, "#" in text or "＃" in text
    has_mention = "@" in text or "|" in text
    if not (has_dot or has_hash or has_mention):
        return []
    found: list[Carried] = []
    if (has_dot and "/" in text) or "www." in text:
        found = [one for match in _URL.finditer(text) for one in _link(match)]
    taken = [(one.start, one.end) for one in found]
    for pattern in (_HASHTAG,) if has_hash else ():
        found += [_hashtag(m) for m in pattern.finditer(text) if _is_free(m, taken)]
    for pattern in (_MENTION, _VK_MENTION) if has_mention else ():
        found += [_mention(m) for m in pattern.finditer(text) if _is_free(m, taken)]
    found.sort(key=lambda one: (one.start, one.kind != "url"))
    return found


def text_key(text: str, carried: list[Carried]) -> str | None:
    """The form under which copies of a text meet; None where no word is left.

    Links and mentions are left out, the rest is folded to lower-case ASCII words: case, accents,
    scripts, look-alike letters, invisible characters, punctuation and emoji make no difference.

    Args:
        text: The text as it stands in the file.
        carried: What `carried_in` found in it.
    """
    for one in reversed(carried):
        if one.kind in {"url", "mention"}:
            text = f"{text[: one.start]} {text[one.end :]}"
    folded = fold(text)
    if not folded.isascii():
        folded = folded.encode("ascii", "replace").decode("ascii")
    return " ".join(folded.translate(_WORDS_ONLY).split()) or None


@lru_cache(maxsize=65536)
def canonical_link(address: str) -> tuple[str, str]:
    """An address's one form and its host without ``www.``; both empty if it is no web address."""
    canonical = canonical_url(address)
    host = url_host(canonical) or ""
    return (canonical, host.removeprefix("www.")) if host else ("", "")


def canonical_hashtag(tag: str) -> str:
    """A hashtag's one form, without #."""
    bare = tag.lstrip("#＃")
    return fold(bare).strip() or bare.casefold()


def canonical_mention(handle: str) -> str:
    """A handle's one form, without @."""
    return handle.lstrip("@").casefold()


def _link(match: re.Match[str]) -> list[Carried]:
    """The link and its domain; what closes the sentence around it is not part of it."""
    written = match[0].rstrip(_URL_TAIL)
    while _is_closed_once_too_often(written):
        written = written[:-1].rstrip(_URL_TAIL)
    canonical, host = canonical_link(written)
    if not canonical:
        return []
    start, end = match.start(), match.start() + len(written)
    return [
        Carried("url", canonical, written, start, end),
        Carried("domain", host, written, start, end),
    ]


def _is_closed_once_too_often(written: str) -> bool:
    """Whether an address ends in a bracket that was opened before it."""
    last = written[-1:]
    return last in _PAIRS and written.count(last) > written.count(_PAIRS[last])


def _hashtag(match: re.Match[str]) -> Carried:
    return Carried("hashtag", canonical_hashtag(match[1]), match[0], match.start(), match.end())


def _mention(match: re.Match[str]) -> Carried:
    return Carried("mention", canonical_mention(match[1]), match[0], match.start(), match.end())


def _is_free(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    """Whether a match lies in no link."""
    return all(match.end() <= start or match.start() >= end for start, end in taken)
