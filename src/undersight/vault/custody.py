"""Who did what to which object, and why: the custody log.

One line per entry, ``{"v","i","prev","at_us","actor","action","object","reason","h"}``. The chain
shows edited, dropped and moved entries. Cut off at the end, or rewritten whole by someone with
the keys, it shows only against a length and head noted elsewhere: `CustodyLog.head` gives them.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import CustodyBrokenError, InvalidValueError
from undersight.vault.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from undersight.integrity.canonical import Digest
    from undersight.integrity.chain import ChainHead, ChainReport

CUSTODY_VERSION = 1
CUSTODY_DOMAIN = "undersight/custody/v1"
INTAKE, ERASE, REPAIR = "intake", "erase", "repair"
_STAFF_ID = re.compile(r"staff-[a-z2-7]{16}")
WORD = re.compile(r"[a-z]+(-[a-z]+)*")
"""A kebab-case word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEntry:
    """One thing done.

    Attributes:
        i: Its place in the log, from 0.
        at_us: When, epoch microseconds UTC by this computer's clock.
        actor: Random staff id.
        action: Such as ``intake``, ``erase``, ``repair``; kebab-case.
        object: Digest of the object, or empty when it concerns the log itself.
        reason: Why, in the actor's words.
        prev: Hash of the entry before.
        h: Hash of this entry.
    """

    i: int
    at_us: int
    actor: str
    action: str
    object: str
    reason: str
    prev: Digest
    h: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyAct:
    """What is to be entered; see `CustodyEntry`."""

    actor: str
    action: str
    object: str
    reason: str
    at_us: int


class CustodyLog:
    """The custody log of a vault.

    Args:
        path: The file.
        workspace_id: Which workspace the log belongs to.
        key: Encrypts the lines; None in a plain workspace.
    """

    def __init__(self, path: Path, *, workspace_id: str, key: bytes | None) -> None:
        self._ledger = Ledger(path, domain=CUSTODY_DOMAIN, chain_id=workspace_id, key=key)

    @property
    def path(self) -> Path:
        """The file."""
        return self._ledger.path

    def head(self) -> ChainHead:
        """Length and last hash: what a seal notes, so that cutting and rewriting show."""
        return self._ledger.head()

    def record(self, *acts: CustodyAct) -> list[CustodyEntry]:
        """Enter acts; they are on the disk when this returns, all or none.

        Raises:
            InvalidValueError: An actor that is no staff id, or an action that is no word.
            CustodyBrokenError: The log's last entry was changed or is incomplete.
            DiskFullError: No room; nothing was entered.
        """
        for act in acts:
            check_staff_id(act.actor)
            if WORD.fullmatch(act.action) is None:
                msg = "custody entry"
                raise InvalidValueError(msg, "action", "a kebab-case word", repr(act.action))
        return [_entry(line) for line in self._ledger.append(_fields(act) for act in acts)]

    def entries(self) -> Iterator[CustodyEntry]:
        """All entries, oldest first.

        Raises:
            CustodyBrokenError: An entry cannot be read; `verify` names the first break.
        """
        for i, line in enumerate(self._ledger.entries()):
            try:
                yield _entry(line)
            except (KeyError, TypeError) as reason:
                raise CustodyBrokenError(str(self.path), i, "it cannot be read.") from reason

    def readable(self) -> Iterator[CustodyEntry]:
        """The entries that can be read, of a log that may not hold; `verify` says whether."""
        for line in self._ledger.entries():
            if _is_entry(line):
                yield _entry(line)

    @property
    def genesis(self) -> Digest:
        """What the first entry follows."""
        return self._ledger.genesis

    def verify(self, anchors: Iterable[ChainHead] = ()) -> ChainReport:
        """Check the whole log, and the lengths and heads that were noted elsewhere."""
        return self._ledger.verify(anchors)

    def n_torn_bytes(self) -> int:
        """Length of a last line that a crash left incomplete; 0 when there is none."""
        return self._ledger.n_torn_bytes()

    def repair(self) -> int:
        """Cut off an incomplete last line and return its length; nothing else is ever cut."""
        return self._ledger.repair()


def check_staff_id(actor: str) -> str:
    """Refuse anything but a random staff id, so that no name gets into a log.

    Raises:
        InvalidValueError: Not ``staff-`` and 16 characters of a-z, 2-7; the text is not repeated.
    """
    if _STAFF_ID.fullmatch(actor) is None:
        msg = "custody entry"
        raise InvalidValueError(
            msg, "actor", "a staff id (staff- and 16 letters or digits)", "other text"
        )
    return actor


def now_us() -> int:
    """This computer's clock, epoch microseconds UTC."""
    return time.time_ns() // 1000


def _fields(act: CustodyAct) -> dict[str, Any]:
    """An act as the chain's own fields."""
    return {
        "v": CUSTODY_VERSION,
        "at_us": act.at_us,
        "actor": act.actor,
        "action": act.action,
        "object": act.object,
        "reason": act.reason,
    }


def _is_entry(line: dict[str, Any]) -> bool:
    """Whether a line that may have been edited has the shape of an entry."""
    texts = [line.get(name) for name in ("actor", "action", "object", "reason", "prev", "h")]
    numbers = [line.get(name) for name in ("i", "at_us")]
    is_shaped = all(isinstance(text, str) for text in texts) and all(
        type(number) is int for number in numbers
    )
    return is_shaped and re.fullmatch(r"([0-9a-f]{64})?", line["object"]) is not None


def _entry(line: dict[str, Any]) -> CustodyEntry:
    """A chained line as an entry."""
    fields = {name: line[name] for name in CustodyEntry.__slots__}
    return CustodyEntry(**fields)
