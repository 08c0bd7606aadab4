"""Where each object came from, once per intake, apart from its bytes and from the custody log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import CustodyBrokenError
from undersight.integrity.canonical import Digest
from undersight.vault.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping
    from pathlib import Path

    from undersight.integrity.chain import ChainHead, ChainReport
    from undersight.vault.custody import CustodyEntry, CustodyLog

INTAKE_VERSION = 1
INTAKE_DOMAIN = "undersight/intakes/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One time that bytes were taken in.

    Attributes:
        object: Digest of the bytes.
        n_bytes: Their length.
        source_ref: What they were called where they came from (file name, address).
        facts: What else is known: ``url``, ``captured_at``, ``tool``, ``source`` (an opaque id)…
        at_us: When, epoch microseconds UTC; the same as in the custody entry.
    """

    object: Digest
    n_bytes: int
    source_ref: str
    facts: Mapping[str, str]
    at_us: int


class IntakeLog:
    """The intake log of a vault.

    A line is written just before its custody entry and names that entry's place. A line whose
    custody entry never came to be (a crash in between) counts for nothing and stays.

    Args:
        path: The file.
        workspace_id: Which workspace the log belongs to.
        key: Encrypts the lines; None in a plain workspace.
    """

    def __init__(self, path: Path, *, workspace_id: str, key: bytes | None) -> None:
        self._ledger = Ledger(path, domain=INTAKE_DOMAIN, chain_id=workspace_id, key=key)
        self._told: tuple[object, tuple[Intake, ...]] | None = None

    def record(self, *intakes: tuple[Intake, int]) -> None:
        """Enter intakes; they are on the disk when this returns, all or none.

        Args:
            intakes: What came in, and the place that its custody entry will have.
        """
        self._ledger.append(
            {
                "v": INTAKE_VERSION,
                "at_us": intake.at_us,
                "custody": custody_i,
                "object": intake.object,
                "n_bytes": intake.n_bytes,
                "source_ref": intake.source_ref,
                "facts": dict(intake.facts),
            }
            for intake, custody_i in intakes
        )

    def intakes(self, custody: Iterable[CustodyEntry], *, first: int = 0) -> Iterator[Intake]:
        """The intakes that took place, oldest first.

        Args:
            custody: The entries of the custody log, which decides.
            first: Place in this log to start from.

        Raises:
            CustodyBrokenError: A line cannot be read.
        """
        took_place = {
            (entry.i, entry.object, entry.at_us) for entry in custody if entry.action == "intake"
        }
        for i, line in enumerate(self._ledger.entries()):
            try:
                key = (line["custody"], line["object"], line["at_us"])
                intake = _intake(line)
            except (KeyError, TypeError) as reason:
                path = str(self._ledger.path)
                raise CustodyBrokenError(path, i, "it cannot be read.") from reason
            if i >= first and key in took_place:
                took_place.discard(key)
                yield intake

    def state(self, custody: CustodyLog) -> Hashable:
        """What changes whenever this log or the custody log does."""
        return _state(self._ledger.path), _state(custody.path)

    def of_kinds(self, custody: CustodyLog) -> tuple[Intake, ...]:
        """The intakes whose facts name a ``kind``: roots, proofs, deposits and the like.

        They are few and asked for often, so they are kept until one of the logs changes.

        Raises:
            CustodyBrokenError: A line cannot be read.
        """
        state = self.state(custody)
        if self._told is None or self._told[0] != state:
            found = self.intakes(custody.entries())
            self._told = (state, tuple(one for one in found if one.facts.get("kind")))
        return self._told[1]

    def head(self) -> ChainHead:
        """Length and last hash, for an anchor."""
        return self._ledger.head()

    def verify(self, anchors: Iterable[ChainHead] = ()) -> ChainReport:
        """Check the whole log."""
        return self._ledger.verify(anchors)

    def repair(self) -> int:
        """Cut off an incomplete last line and return its length."""
        return self._ledger.repair()


def writable(text: str) -> str:
    r"""A name as a log can hold it: bytes of it that are no UTF-8 stand as ``\udce9``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _state(path: Path) -> tuple[int, int] | None:
    """What changes when a file does."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns


def _intake(line: Mapping[str, Any]) -> Intake:
    """A chained line as an intake."""
    return Intake(
        object=Digest(line["object"]),
        n_bytes=line["n_bytes"],
        source_ref=line["source_ref"],
        facts=line["facts"],
        at_us=line["at_us"],
    )
