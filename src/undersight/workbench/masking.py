"""Who is who in what is shown of a run: nobody. Pages alone, and only after two people said so.

A label such as “profile 3” is the same everywhere in one run and tells nothing about another:
it is made of the run's digest, not of the account's id or activity.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undersight.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersight.detectors.surroundings import AccountFacts

_KINDS = {
    "page": _("page {number}"),
    "group": _("group {number}"),
    "channel": _("channel {number}"),
}
_PROFILE = _("profile {number}")
LABELS: Mapping[str, str] = {"profile": _PROFILE, **_KINDS}
"""What an account of each kind is called, English; its place here is its number on maps."""
# @handle; and as VK writes it: [id1234|Name]
_MENTION = re.compile(r"(?<![\w.])@[\w.\-]+|\[(?:id|club|public)\w+(?::[^|\]]*)?\|[^\]]*\]")
_LEAST_NAME = 4  # letters: a shorter name would mask half a language
MASKED_MENTION = "@…"
MASKED_NAME = "[…]"


@dataclass(frozen=True, slots=True)
class Masks:
    """The labels of one run.

    Args:
        labels: English message and number by account id.
        kinds: Kind by account id.
        names: What accounts are called; masked in every text.
    """

    labels: Mapping[str, tuple[str, int]]
    kinds: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    _by_beginning: dict[str, set[str]] = field(default_factory=dict, init=False, repr=False)

    def label(self, account_id: str) -> str:
        """Return the English label of an account, such as ``profile 3``."""
        message, number = self.labels[account_id]
        return message.format(number=number)

    def kind(self, account_id: str) -> str:
        """Return what it is: page, group, channel or profile (everything else)."""
        kind = self.kinds.get(account_id, "")
        return kind if kind in _KINDS else "profile"

    def text(self, text: str) -> str:
        """Return a text without the handles and names of people in it.

        Every @mention goes, and so does every name of an account of the run, composed letters
        and letters with their marks apart (as some computers write file names) taken for one.
        """
        text = unicodedata.normalize("NFC", text)
        for name in self._names_in(text):
            text = re.sub(re.escape(name), MASKED_NAME, text, flags=re.IGNORECASE)
        return _MENTION.sub(MASKED_MENTION, text)

    def _names_in(self, text: str) -> list[str]:
        """Names that may stand in a text, the longest first: those whose beginning does."""
        if not self._by_beginning:
            for name in (unicodedata.normalize("NFC", one) for one in self.names.values()):
                if len(name) >= _LEAST_NAME:
                    self._by_beginning.setdefault(_coarse(name[:_LEAST_NAME]), set()).add(name)
        coarse = _coarse(text)
        begun = {coarse[at : at + _LEAST_NAME] for at in range(len(coarse) - _LEAST_NAME + 1)}
        found = {name for one in begun for name in self._by_beginning.get(one, ())}
        return sorted(found, key=lambda one: (-len(one), one))


def mask_accounts(
    run_digest: str, account_ids: Iterable[str], facts: Mapping[str, AccountFacts]
) -> Masks:
    """Give every account of a run its label.

    Args:
        run_digest: Of the run.
        account_ids: Everybody who stands in a finding or behind one.
        facts: What the corpus knows of them.
    """
    kinds = {one: facts[one].kind if one in facts else "" for one in account_ids}
    numbers: dict[str, int] = {}
    labels = {}
    for account_id in sorted(kinds, key=lambda one: _place(run_digest, one)):
        message = _KINDS.get(kinds[account_id], _PROFILE)
        numbers[message] = numbers.get(message, 0) + 1
        labels[account_id] = (message, numbers[message])
    called = {
        account_id: name
        for account_id in kinds
        if account_id in facts
        for name in (facts[account_id].name,)
        if name
    }
    return Masks(labels=labels, kinds=kinds, names=called)


def _coarse(text: str) -> str:
    """A letter for each letter, the same for all that ``re.IGNORECASE`` takes for one another."""
    return "".join(map(_coarse_letter, text))


@functools.lru_cache(maxsize=4096)
def _coarse_letter(one: str) -> str:
    return unicodedata.normalize("NFKD", one.replace("ẞ", "ß").upper()[0].lower())[0]


def _place(run_digest: str, account_id: str) -> bytes:
    """Order that says nothing of ids, names or activity."""
    return hashlib.sha256(f"undersight/mask/v1\0{run_digest}\0{account_id}".encode()).digest()
