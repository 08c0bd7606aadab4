"""Taking sealed originals out for good, where a person decided so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.model.records import KINDS
from undersight.model.schema import fields_of
from undersight.vault.object_names import named_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.integrity.canonical import Digest
    from undersight.workbench.session import Workspace

_POINTING = ("evidence", "captures")


def chosen(workspace: Workspace, named: Sequence[str]) -> tuple[Digest, ...]:
    """Return the objects that are named, each once, in order of digest.

    Args:
        workspace: Open.
        named: Digests, or their first characters, 12 at least.

    Raises:
        InvalidDigestError: One is no such word.
        ObjectNotFoundError: One names no object, or more than one.
    """
    return tuple(sorted({named_object(workspace.vault, word) for word in named}))


def erase(workspace: Workspace, objects: Sequence[Digest], *, why: str) -> dict[str, Any]:
    """Erase objects; say which records and imports stood on them.

    Args:
        workspace: Open for writing.
        objects: What `chosen` returned.
        why: Stays in the custody log.

    Raises:
        ReadOnlyError: The vault may not be written; what was not erased yet stays.
    """
    standing = standing_on(workspace, objects)
    for digest in objects:
        workspace.vault.erase(digest, reason=why, actor=workspace.staff_id)
    return {"erased": list(objects), **standing}


def standing_on(workspace: Workspace, objects: Sequence[Digest]) -> dict[str, list[str]]:
    """Return the records and the imports that stand on objects, by their ids."""
    gone = frozenset(objects)
    records = sorted(
        record.record_id
        for kind, shape in KINDS.items()
        for name in fields_of(shape).keys() & _POINTING
        for record in workspace.casebook.all(kind)
        if gone.intersection(getattr(record, name))
    )
    imports = [one.import_id for one in workspace.corpus.imports(with_expired=True)
               if one.import_digest in gone]  # fmt: skip
    return {"records": records, "imports": imports}
