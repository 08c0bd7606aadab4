"""The vault as a person looks at it: what came in, under which seal, who did what with it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from undersight.errors import NotAFileError, ObjectNotFoundError, ObjectTooLargeError
from undersight.integrity.canonical import Digest
from undersight.vault.intake_files import HEAD_BYTES, Refused, Taken, media_type
from undersight.vault.seals import Seals
from undersight.workbench import keeping, sealing
from undersight.workbench.waiting_files import bare_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from undersight.vault.intakes import Intake
    from undersight.workbench.sealing import Sealed, SealOptions, SealState
    from undersight.workbench.session import Workspace

MOST_LISTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the vault holds.

    Args:
        n_intakes: How often something came in.
        n_pending: Intakes that no seal is over.
        latest: The latest intakes and whether a seal is over them.
        seals: Every seal, latest first.
    """

    n_intakes: int
    n_pending: int
    latest: tuple[tuple[dict[str, Any], bool], ...]
    seals: tuple[SealState, ...]


def look(workspace: Workspace, *, n_listed: int = MOST_LISTED) -> Room:
    """Return what the vault holds, the latest first.

    Args:
        workspace: Open.
        n_listed: How many intakes are listed.
    """
    # Both logs and every seal are read for it: once for each state of a vault of any size.
    key = ("evidence-room", n_listed, workspace.vault.state())
    return keeping.kept(workspace, key, lambda: _look(workspace, n_listed))


def _look(workspace: Workspace, n_listed: int) -> Room:
    n_intakes = 0
    last: deque[Intake] = deque(maxlen=n_listed)
    for intake in workspace.vault.intakes():
        n_intakes += 1
        last.append(intake)
    pending = {(one.object, one.at_us) for one in sealing.pending(workspace)}
    latest = tuple(
        (_line(intake), (intake.object, intake.at_us) not in pending) for intake in reversed(last)
    )
    return Room(
        n_intakes=n_intakes,
        n_pending=len(pending),
        latest=latest,
        seals=tuple(reversed(sealing.states(workspace))),
    )


def object_of(workspace: Workspace, digest: str) -> dict[str, Any]:
    """Return where an object came from, its seals and its custody, as JSON.

    Args:
        workspace: Open.
        digest: Of the object.

    Raises:
        ObjectNotFoundError: It never came in.
    """
    intakes = [_line(one) for one in workspace.vault.intakes() if one.object == digest]
    custody = [
        {"at": sealing.iso(one.at_us), "actor": one.actor, "action": one.action,
         "reason": one.reason}
        for one in workspace.vault.custody.entries()
        if one.object == digest
    ]  # fmt: skip
    if not intakes and not custody:
        raise ObjectNotFoundError(digest)
    return {
        "digest": digest,
        "is_here": workspace.vault.contains(Digest(digest)),
        "intakes": intakes,
        "custody": custody,
        "seals": _seals_over(workspace, digest),
    }


def seal_uploads(
    workspace: Workspace,
    files: Iterable[tuple[str, BinaryIO]],
    options: SealOptions,
    *,
    passphrase: Callable[[], str] | None = None,
) -> Sealed:
    """Take files in that somebody sent, and seal what came in.

    A name says nothing but what it was called: no path is made of it, nothing is unpacked.

    Args:
        workspace: Open for writing.
        files: Name and bytes of each.
        options: What is known of them.
        passphrase: Gives the signing key's own, where it has one.

    Raises:
        UndersightError: As ``sealing.seal_files``.
    """
    key = sealing.signing_key(workspace, options.key, passphrase)
    first = workspace.vault.intake_head().length
    told = take_uploads(workspace, files, reason="sealed", facts=options.facts())
    taken = tuple(one for one in told if isinstance(one, Taken))
    refused = tuple(one for one in told if isinstance(one, Refused))
    seal = sealing.seal_taken(workspace, taken, first, key, purpose=options.purpose)
    return sealing.Sealed(seal=seal, taken=taken, refused=refused)


def take_uploads(
    workspace: Workspace,
    files: Iterable[tuple[str, BinaryIO]],
    *,
    reason: str,
    facts: Mapping[str, str],
) -> list[Taken | Refused]:
    """Take files into the vault that somebody sent; one that is refused stops no other.

    Args:
        workspace: Open for writing.
        files: Name and bytes of each.
        reason: Why, for the custody log.
        facts: What is known of them.

    Raises:
        BackendError: The disk refused.
    """
    told: list[Taken | Refused] = []
    with workspace.vault.group(reason=reason, actor=workspace.staff_id) as group:
        for name, stream in files:
            path = Path(bare_name(name))
            kind = media_type(stream.read(HEAD_BYTES))
            stream.seek(0)
            try:
                digest = group.add(stream, source_ref=path.name, facts={**facts, "type": kind})
            except ObjectTooLargeError as large:
                sentence = NotAFileError(path.name, large.sentence).sentence
                told.append(Refused(path=path, reason=sentence, code=large.code))
            else:
                told.append(Taken(path=path, object=digest, type=kind))
    return told


def has_key_passphrase(workspace: Workspace) -> bool:
    """Return whether the signing key in use has a passphrase of its own."""
    active = [one for one in Seals(workspace.vault).keys.all() if one.state == "in-use"]
    return any(one.has_passphrase for one in active)


def _line(intake: Intake) -> dict[str, Any]:
    return {
        "object": intake.object,
        "name": intake.source_ref,
        "n_bytes": intake.n_bytes,
        "at": sealing.iso(intake.at_us),
        "type": intake.facts.get("type", ""),
        "facts": {name: value for name, value in sorted(intake.facts.items()) if name != "type"},
    }


def _seals_over(workspace: Workspace, digest: str) -> list[dict[str, Any]]:
    seals = Seals(workspace.vault)
    over = {
        seal_id
        for seal_id in seals.seal_ids()
        if any(leaf.object == digest for leaf in seals.leaves(seals.read(seal_id)))
    }
    return [one.to_json() for one in sealing.states(workspace) if one.seal_id in over]
