"""Taking a JSONL export of ours back in: the same records, the same casebook."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from undersight.casebook.fields import links_of
from undersight.errors import DamagedFileError, ExportedRecordsError
from undersight.exporters.jsonl import FORMAT, read_jsonl
from undersight.model.codec import from_json, to_json
from undersight.model.records import Party
from undersight.workbench import incidents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.model.records import Record
    from undersight.workbench.session import Workspace


def is_ours(raw: bytes) -> bool:
    """Tell from the first line whether a file is a JSONL export of undersight."""
    first = raw.split(b"\n", 1)[0]
    return first.startswith(b"{") and FORMAT.encode("ascii") in first


def take_in(
    workspace: Workspace, raw: bytes, why: str = "taken in from an export"
) -> dict[str, int]:
    """Store every record of an export, all or none; records of the same id are left alone.

    Args:
        workspace: Open for writing.
        raw: The file.
        why: The reason, for the history.

    Returns:
        ``read``, ``stored`` and ``known``.

    Raises:
        ExportedRecordsError: A line is damaged, or the file is cut; the first lines are named.
        ConflictError: A record refers to something that is in neither place.
    """
    masthead, records, issues = read_jsonl(io.BytesIO(raw))
    if issues:
        raise ExportedRecordsError(tuple((i.line, i.sentence) for i in issues))
    if masthead is None:
        raise DamagedFileError("line 1", "it has no header")
    ids = {record.record_id for record in records}
    known = workspace.casebook.present(ids | {to for record in records for to in _targets(record)})
    fresh = tuple(record for record in records if record.record_id not in known)
    changes = incidents.pending(tuple(_tied(fresh, known)))
    if changes:
        workspace.casebook.write(*changes, why=why)
    return {"read": len(records), "stored": len(fresh), "known": len(records) - len(fresh)}


def _targets(record: Record) -> Iterator[str]:
    return (to for _, _, to in links_of(record.kind, to_json(record)))


def _tied(records: tuple[Record, ...], known: frozenset[str]) -> Iterator[Record]:
    """Yield records without loose ends: what they pointed at was taken out before the export.

    Somebody unidentified stands where a person stood, so that counts stay right.
    """
    present = {record.record_id for record in records} | known
    stand_ins: set[str] = set()
    for record in records:
        raw = to_json(record)
        links = [*links_of(record.kind, raw)]
        loose = {to: spec for _, spec, to in links if to not in present}
        if not loose:
            yield record
        elif record.kind != "identity_decision":
            parties = {to for to, spec in loose.items() if "party" in spec.target}
            stand_ins |= parties
            yield from_json(_without(raw, loose.keys() - parties))
    yield from (Party(record_id=one, party_kind="unidentified") for one in sorted(stand_ins))


def _without(value: Any, ids: set[str]) -> Any:
    """Return JSON without some ids, wherever they stand in it."""

    def is_left(one: Any) -> bool:
        return not isinstance(one, str) or one not in ids

    if isinstance(value, dict):
        return {name: _without(one, ids) for name, one in value.items() if is_left(one)}
    if isinstance(value, list):
        return [_without(one, ids) for one in value if is_left(one)]
    return value
