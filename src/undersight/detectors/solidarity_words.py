"""Words by which a crowd stands with somebody or mourns, folded, in az, en, ru and tr.

Beginnings of words, so that endings do not matter. The list errs on the side of the crowd: a
campaign that mocks in these words goes unseen, and the documentation says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_BEGINNINGS = (
    # freedom for somebody
    "azadlıq", "azad et", "azad ol", "azad edil", "sərbəst burax", "həbsdən burax",
    "free", "freedom", "release", "justice for",
    "свобод", "освобод", "отпустите",
    "özgürlük", "serbest bırak", "adalet", "ədalət",
    # standing with somebody
    "yanındayıq", "səninləyik", "həmrəy", "dəstək", "güclü ol", "dözüm",
    "solidarity", "stand with", "support", "stay strong", "not a crime",
    "солидарн", "поддерж", "держись", "держитесь", "мы с тобой",
    "yanındayız", "dayanışma", "destek",
    "jurnalistika cinayət deyil", "журналистика не преступление", "gazetecilik suç değil",
    # mourning
    "başsağlığı", "allah rəhmət", "rəhmət eləsin", "nur içində", "ruhu şad",
    "rest in peace", "condolence", "rip",
    "соболезн", "царствие небесное", "светлая память", "вечная память",
    "başınız sağ", "başsağlığı diler", "mekanı cennet", "toprağı bol",
)  # fmt: skip
_WHOLE = frozenset({"rip"})


def _pattern() -> re.Pattern[str]:
    folded = sorted({fold(word) for word in _BEGINNINGS})
    parts = [re.escape(one) + (r"\b" if one in _WHOLE else "") for one in folded]
    return re.compile(rf"\b(?:{'|'.join(parts)})")


_SPOKEN = _pattern()
_IN_TAG = re.compile("|".join(re.escape(fold(one)) for one in _BEGINNINGS if len(one) > 3))


def speaks_of_solidarity(words: str, tags: Iterable[str] = ()) -> bool:
    """Return whether a text, or one of its hashtags, stands with somebody or mourns.

    Args:
        words: A text, folded or not.
        tags: Its hashtags, without ``#``.
    """
    if _SPOKEN.search(fold(words)):
        return True
    return any(_IN_TAG.search(fold(tag)) for tag in tags)
