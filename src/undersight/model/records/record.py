"""What every record has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from undersight.model.schema import declared, prose, term


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has.

    Args:
        record_id: UUIDv7, given once, never reused.
    """

    kind: ClassVar[str] = "record"

    record_id: str
    visibility: str = term("visibility", "Who may see it.", default="internal")
    field_visibility: Mapping[str, str] = declared("visibilities", "Narrower than the record.")
    confidentiality: str = term("confidentiality", "How carefully kept.", default="normal")
    remark: str = prose("A note for the team.", is_internal=True, is_personal=True)
