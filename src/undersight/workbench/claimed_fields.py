"""A claim is about one field of one record: that record has to have such a field.

So has what is kept closer than its record: a slip of the pen would keep nothing back.

What hangs on an act (who was involved, under which article) may be spoken of on the act itself,
and so may the acts of an entry on the entry.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, Final

from undersight.errors import UnknownFieldError
from undersight.model.codec import record_class
from undersight.model.records import Claim, Record
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersight.workbench.session import Workspace

_HANGING: Final = {
    "act": ("involvement", "citation", "provision", "account", "item"),
    "incident": ("act", "involvement", "citation"),
    "involvement": ("party",),
    "citation": ("provision",),
}
# What an entry document calls the parts of an act.
_PARTS: Final = ("accounts", "citations", "items", "people")


def check_claims(workspace: Workspace, records: Iterable[Record]) -> None:
    """Check the claims among new records, and what each keeps closer than itself.

    Raises:
        UnknownFieldError: A claim names a field that the record it is about does not have, or a
            record keeps a field closer that it does not have.
    """
    entered = {record.record_id: record for record in records}
    for claim in entered.values():
        _check_kept(claim.kind, claim.field_visibility)
        if isinstance(claim, Claim) and claim.field:
            about = entered.get(claim.about)
            _check((about or workspace.casebook.get(claim.about)).kind, claim.field)


def check_edit(workspace: Workspace, record: Record, fields: Mapping[str, Any]) -> None:
    """Check what an edit makes of a claim, and keeps closer; what stood there is left alone.

    Raises:
        UnknownFieldError: The record that the claim is about does not have the field, or the
            record itself has none that is to be kept closer.
    """
    kept = fields.get("field_visibility")
    if isinstance(kept, dict):
        _check_kept(record.kind, [name for name in kept if name not in record.field_visibility])
    named = fields.get("field")
    if isinstance(record, Claim) and isinstance(named, str) and named not in ("", record.field):
        about = str(fields.get("about") or record.about)
        _check(workspace.casebook.get(about).kind, named)


def _check_kept(kind: str, names: Iterable[object]) -> None:
    own = fields_of(record_class(kind))
    for name in map(str, names):
        if name not in own:
            near = difflib.get_close_matches(name, sorted(_own(kind)), n=3)
            raise UnknownFieldError(kind, name, tuple(near))


def _check(kind: str, named: str) -> None:
    own = fields_of(record_class(kind))
    name, _, inner = named.partition(".")
    if name not in own:
        hanging = {name for other in _HANGING.get(kind, ()) for name in _own(other)}
        others = {*_PARTS, *hanging} if kind in ("act", "incident") else hanging
        if name not in others:
            near = difflib.get_close_matches(name, sorted({*_own(kind), *others}), n=3)
            raise UnknownFieldError(kind, name, tuple(near), of="a claim")
        return
    part = own[name].part
    if inner and part is not None and inner not in fields_of(part):
        near = difflib.get_close_matches(inner, sorted(fields_of(part)), n=3)
        raise UnknownFieldError(f"{kind}.{name}", inner, tuple(near), of="a claim")


def _own(kind: str) -> set[str]:
    return set(fields_of(record_class(kind))) - set(fields_of(Record))
