"""What every exporter hands back, and how its files reach the disk: whole or not at all."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from undersight.errors import InternalExportError
from undersight.integrity.durable import disk_errors, make_folder, write_atomic, write_together
from undersight.model.vocabulary import vocabulary

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from undersight.model.dossier import Dossier

_SETTLED: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time a ZIP can hold: no clock in the bytes
_PLAIN_FILE: Final = 0o644 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a format could not carry.

    Args:
        what: One English sentence without a full stop.
        field: Record kind and field, such as ``act.start``, or ``act (loss, manners)``.
        n_records: How many records it concerns.
        kept_in: Where the full value was put all the same; empty if nowhere.
    """

    what: str
    field: str
    n_records: int
    kept_in: str = ""

    def __str__(self) -> str:
        where = f"; kept in {self.kept_in}" if self.kept_in else ""
        return f"{self.field}: {self.what} ({self.n_records} records{where})"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was written, and what was lost on the way.

    Args:
        files: The files, in order.
        n_records: Rows, entities, objects or entries written.
        losses: What the format could not carry, by field.
    """

    files: tuple[Path, ...]
    n_records: int
    losses: tuple[Loss, ...] = ()


class Exporter(Protocol):
    """A way out for machines. Its fields are its options, each with a default."""

    exporter_id: ClassVar[str]
    about: ClassVar[str]
    suffix: ClassVar[str]

    def __init__(self, *, includes_internal: bool = False) -> None:
        """Let an internal dossier out only where that is asked for."""

    def write(self, dossier: Dossier, out: Path) -> ExportReport:
        """Write a dossier to a file, or a folder where the format has several.

        Raises:
            InternalExportError: The dossier is internal and that was not asked for.
            DiskFullError: No room; nothing was replaced.
            ReadOnlyError: Not allowed; nothing was replaced.
            DiskFailedError: The system refused otherwise.
        """


class LossCount:
    """Counts what a format could not carry while it is written."""

    def __init__(self) -> None:
        self._records: dict[tuple[str, str, str], set[str]] = {}

    def add(self, what: str, field: str, record_id: str, kept_in: str = "") -> None:
        """Note that a field of a record lost something."""
        self._records.setdefault((field, what, kept_in), set()).add(record_id)

    def add_unheld(
        self, dossier: Dossier, fields: Mapping[str, tuple[str, ...]], what: str
    ) -> None:
        """Note the fields that a format has no room for, where a record fills them.

        Args:
            dossier: What is written.
            fields: By kind of record, the fields that the format leaves out.
            what: One English sentence without a full stop.
        """
        filled: dict[str, set[str]] = {}
        losing: dict[str, list[str]] = {}
        for record in dossier.records():
            known = type(record).__dataclass_fields__
            told = [
                name
                for name in fields.get(record.kind, ())
                if getattr(record, name) and getattr(record, name) != known[name].default
            ]
            if told:
                filled.setdefault(record.kind, set()).update(told)
                losing.setdefault(record.kind, []).append(record.record_id)
        for kind, ids in losing.items():
            for record_id in ids:
                self.add(what, f"{kind} ({', '.join(sorted(filled[kind]))})", record_id)

    def losses(self) -> tuple[Loss, ...]:
        """Return one loss for each field and reason, by field."""
        return tuple(
            Loss(what=what, field=field, n_records=len(ids), kept_in=kept_in)
            for (field, what, kept_in), ids in sorted(self._records.items())
        )


def refuse_internal(dossier: Dossier, *, is_asked: bool) -> None:
    """Refuse to let an internal dossier out unless that was asked for in so many words.

    Raises:
        InternalExportError: It is internal and was not asked for.
    """
    if dossier.audience == "internal" and not is_asked:
        raise InternalExportError


def write_file(out: Path, content: bytes) -> Path:
    """Write one file whole, with the folders that lead to it.

    Raises:
        BackendError: The disk refused; an older file stands.
    """
    with disk_errors(out):
        make_folder(out.parent)
    write_atomic(out, content)
    return out


def write_folder(out: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write several files into a folder, in the order given; the last says that all are there.

    Raises:
        BackendError: The disk refused; older files stand, all of one export.
    """
    with disk_errors(out):
        make_folder(out)
    placed = {out / name: content for name, content in files.items()}
    write_together(placed)
    return tuple(placed)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of files; the same files give the same bytes on every machine.

    They are stored, not compressed, because compressed bytes differ between versions of zlib.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _SETTLED)
            entry.create_system, entry.external_attr = 3, _PLAIN_FILE
            archive.writestr(entry, content)
    return buffer.getvalue()


def instant(day: dt.date) -> str:
    """Return a day as an instant, midnight UTC, as RFC 3339 has it."""
    return f"{day.isoformat()}T00:00:00Z"


def disarm_techniques(act_type: str, tactics: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return DISARM technique ids for an act, from the crosswalks of the vocabularies."""
    found: list[str] = []
    for vocabulary_id, term_id in [("act_type", act_type), *(("tactic", t) for t in tactics)]:
        if term_id:
            found += vocabulary(vocabulary_id).term(term_id).crosswalk.get("disarm", ())
    return tuple(dict.fromkeys(found))


DISARM_VERSION: Final = "2025-02"
"""The edition of DISARM that the crosswalks of the vocabularies were read in."""
