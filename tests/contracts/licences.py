"""Which licence an installed package has, and whether undersight may stand on it."""

from __future__ import annotations

import importlib.metadata
import re
from enum import IntEnum
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packaging.utils import NormalizedName


class Verdict(IntEnum):
    """How far a licence binds those who pass the program on; more is worse."""

    PERMISSIVE = 0
    FILE_COPYLEFT = 1  # MPL: binds the package's own files
    LESSER_COPYLEFT = 2  # LGPL: only in an extra whose name says so
    UNKNOWN = 3
    COPYLEFT = 4  # GPL, AGPL: never


PERMISSIVE = (
    "0BSD",
    "AFL-2.1",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "HPND",
    "ISC",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "PSF-2.0",
    "Python-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
)
SPDX = {
    **dict.fromkeys(PERMISSIVE, Verdict.PERMISSIVE),
    "MPL-2.0": Verdict.FILE_COPYLEFT,
}
PERMISSIVE_WORDS = (
    r"^(the )?mit( license| no attribution.*)?\b",
    r"^(new |modified |simplified )?bsd\b|^bsd[ -]?[23][ -]clause",
    r"^apache\b",
    r"^isc\b",
    r"^psf|^python software foundation",
    r"^zlib|^zero-clause|^the unlicense|^dfsg approved|^public domain$",
)
TEXTS = {  # sentences that only one licence has, for packages that declare none
    "Permission is hereby granted, free of charge, to any person": Verdict.PERMISSIVE,  # MIT
    "Altered source versions must be plainly marked": Verdict.PERMISSIVE,  # zlib
    "Redistributions of source code must retain": Verdict.PERMISSIVE,  # BSD
    "Apache License Version 2.0": Verdict.PERMISSIVE,
    "Mozilla Public License Version 2.0": Verdict.FILE_COPYLEFT,
    "GNU LESSER GENERAL PUBLIC LICENSE": Verdict.LESSER_COPYLEFT,
    "GNU GENERAL PUBLIC LICENSE": Verdict.COPYLEFT,
    "GNU AFFERO GENERAL PUBLIC LICENSE": Verdict.COPYLEFT,
}


def of_expression(expression: str) -> Verdict:
    """Judge an SPDX expression: of ``OR`` the best side counts, of ``AND`` the worst."""
    tokens = re.findall(r"[()]|[^\s()]+", expression)
    verdict = _either(tokens)
    return Verdict.UNKNOWN if tokens else verdict


def _either(tokens: list[str]) -> Verdict:
    verdict = _both(tokens)
    while tokens and tokens[0].upper() == "OR":
        tokens.pop(0)
        verdict = min(verdict, _both(tokens))
    return verdict


def _both(tokens: list[str]) -> Verdict:
    verdict = _one(tokens)
    while tokens and tokens[0].upper() == "AND":
        tokens.pop(0)
        verdict = max(verdict, _one(tokens))
    return verdict


def _one(tokens: list[str]) -> Verdict:
    if not tokens:
        return Verdict.UNKNOWN
    token = tokens.pop(0)
    if token == "(":
        verdict = _either(tokens)
        return verdict if tokens and tokens.pop(0) == ")" else Verdict.UNKNOWN
    if tokens and tokens[0].upper() == "WITH":
        del tokens[:2]  # an exception grants more, it never takes away
    return SPDX.get(token.rstrip("+"), of_words(token))


def of_words(words: str) -> Verdict:
    """Judge a licence named in words, as classifiers and the old ``License`` field do."""
    lower = words.strip().lower()
    if "affero" in lower or "agpl" in lower:
        return Verdict.COPYLEFT
    if "lesser" in lower or "lgpl" in lower or "library general public" in lower:
        return Verdict.LESSER_COPYLEFT
    if "gpl" in lower or "general public" in lower:
        return Verdict.COPYLEFT
    if "mozilla" in lower or "mpl" in lower:
        return Verdict.FILE_COPYLEFT
    if any(re.search(pattern, lower) for pattern in PERMISSIVE_WORDS):
        return Verdict.PERMISSIVE
    return Verdict.UNKNOWN


def of_text(text: str) -> Verdict:
    """Judge the text of a licence by the sentences only that licence has."""
    flat = " ".join(text.split())
    found = [verdict for sentence, verdict in TEXTS.items() if sentence in flat]
    return max(found, default=Verdict.UNKNOWN)


def of_metadata(
    expression: str, classifiers: Iterable[str], licence: str, texts: Iterable[str] = ()
) -> Verdict:
    """Judge a package: its expression, else its classifiers, else its words, else its text."""
    if expression:
        return of_expression(expression)
    names = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License ::")]
    if names:
        return max(of_words(name) for name in names)
    if licence and licence != "UNKNOWN":
        judged = of_expression(licence.splitlines()[0])
        return of_words(licence.splitlines()[0]) if judged is Verdict.UNKNOWN else judged
    return max((of_text(text) for text in texts), default=Verdict.UNKNOWN)


def of_distribution(name: str) -> Verdict:
    """Judge an installed package."""
    distribution = importlib.metadata.distribution(name)
    metadata = distribution.metadata
    texts = (
        str(distribution.read_text(str(file).split(".dist-info/", 1)[1]))
        for file in distribution.files or ()
        if re.search(r"\.dist-info/.*licen[cs]e|\.dist-info/.*copying", str(file), re.IGNORECASE)
    )
    return of_metadata(
        metadata.get("License-Expression") or "",
        metadata.get_all("Classifier") or (),
        metadata.get("License") or "",
        texts,
    )


def closure(requirements: Iterable[str]) -> Iterator[NormalizedName]:
    """Every package that requirements bring onto this machine, each once."""
    seen: set[tuple[NormalizedName, str]] = set()
    names: set[NormalizedName] = set()
    waiting = [(Requirement(text), "") for text in requirements]
    while waiting:
        wanted, extra = waiting.pop()
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(wanted.name)
        if name not in names:
            names.add(name)
            yield name
        for each in ("", *sorted(wanted.extras)):
            if (name, each) not in seen:
                seen.add((name, each))
                inside = importlib.metadata.requires(name) or ()
                waiting += [(Requirement(text), each) for text in inside]
