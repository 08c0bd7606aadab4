"""Sealing: files into the vault, and one signed statement over what came in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.errors import InvalidValueError, SigningKeyNotFoundError
from undersight.model.records.testimony import is_source_id
from undersight.vault.block_stamps import COMPLETE, BlockStamps, stamped_digest
from undersight.vault.intake_files import Capture, Refused, Taken, find_files, take_in
from undersight.vault.intakes import writable
from undersight.vault.seal_manifest import SealItem
from undersight.vault.seals import Seals
from undersight.vault.signing_keys import FIRST_NAME
from undersight.vault.stamps import Stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from undersight.vault.intakes import Intake
    from undersight.vault.seals import Seal
    from undersight.vault.signing_keys import KeyRecord, SigningKey
    from undersight.workbench.session import Workspace

SEALED_INTAKE = "intake"
"""Kind of an item that is an intake; its metadata is the intake record."""
_TOOL = "undersight seal"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOptions:
    """How files are taken in and sealed.

    Args:
        note: In the collector's words.
        source: Opaque id of the source, ``src-…``.
        url: Where it was.
        captured_at: When it was saved there, ISO 8601.
        is_recursive: Whether to go into folders.
        key: Name or id of the signing key; empty for the one in use.
        purpose: What the seal is for, a kebab-case word.
    """

    note: str = ""
    source: str = ""
    url: str = ""
    captured_at: str = ""
    is_recursive: bool = False
    key: str = ""
    purpose: str = "evidence"

    def facts(self) -> dict[str, str]:
        """What the intake records say.

        Raises:
            InvalidValueError: The source is no opaque id, or the time no time.
        """
        if self.source and not is_source_id(self.source):
            raise InvalidValueError("seal", "source", "an id such as src-…", "another text")
        captured_at = _moment(self.captured_at) if self.captured_at else ""
        given = {
            "note": self.note,
            "source": self.source,
            "url": self.url,
            "captured_at": captured_at,
            "tool": _TOOL,
        }
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What sealing did.

    Args:
        seal: The seal; None where there was nothing to seal.
        taken: Files taken in, in their order.
        refused: Files that were not, and why.
    """

    seal: Seal | None
    taken: tuple[Taken, ...] = ()
    refused: tuple[Refused, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "seal": None if self.seal is None else self.seal.seal_id,
            "root": None if self.seal is None else self.seal.manifest.root,
            "items": 0 if self.seal is None else self.seal.manifest.n_items,
            "files": [
                {"file": writable(str(one.path)), "object": one.object, "type": one.type}
                for one in self.taken
            ],
            "refused": [
                {"file": writable(str(one.path)), "reason": one.reason} for one in self.refused
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SealState:
    """One seal in a list.

    Args:
        seal_id: Its id.
        claimed_at_us: When by this computer's clock.
        purpose: What it is for.
        n_items: Number of leaves.
        key_id: Who signed.
        authorities: Time authorities whose replies are beside it; empty is *unstamped*.
        block_proof: By OpenTimestamps: ``block``, ``pending``, or empty for none.
    """

    seal_id: str
    claimed_at_us: int
    purpose: str
    n_items: int
    key_id: str
    authorities: tuple[str, ...] = field(default=())
    block_proof: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "seal": self.seal_id,
            "claimed_at": iso(self.claimed_at_us),
            "purpose": self.purpose,
            "items": self.n_items,
            "key": self.key_id,
            "stamps": list(self.authorities),
            "opentimestamps": self.block_proof,
            "is_stamped": bool(self.authorities) or self.block_proof == COMPLETE,
        }


def seal_files(
    workspace: Workspace,
    paths: tuple[Path, ...],
    options: SealOptions,
    *,
    passphrase: Callable[[], str] | None = None,
    progress: Callable[[int], object] = id,
) -> Sealed:
    """Take files into the vault and seal what came in.

    Args:
        workspace: Open for writing.
        paths: Files, and folders where the options say so.
        options: What is known of them.
        passphrase: Gives the signing key's own, where it has one.
        progress: Called with the number of files looked at.

    Raises:
        UndersightError: As `Vault.group`, `SigningKeys.open` and `Seals.make`.
    """
    most = workspace.settings.vault.max_files
    key = signing_key(workspace, options.key, passphrase)
    capture = Capture(actor=workspace.staff_id, facts=options.facts())
    first = workspace.vault.intake_head().length
    found = find_files(paths, is_recursive=options.is_recursive, most_files=most)
    told = list(take_in(workspace.vault, found, capture, progress=progress))
    taken = tuple(one for one in told if isinstance(one, Taken))
    refused = tuple(one for one in told if isinstance(one, Refused))
    seal = seal_taken(workspace, taken, first, key, purpose=options.purpose)
    return Sealed(seal=seal, taken=taken, refused=refused)


def count_files(workspace: Workspace, paths: tuple[Path, ...], options: SealOptions) -> int:
    """How many files `seal_files` will look at, for a progress bar.

    Raises:
        TooManyFilesError: More than the settings allow; nothing was taken in.
    """
    most = workspace.settings.vault.max_files
    found = find_files(paths, is_recursive=options.is_recursive, most_files=most)
    return sum(1 for _found in found)


def seal_taken(
    workspace: Workspace,
    taken: tuple[Taken, ...],
    first: int,
    key: SigningKey,
    *,
    purpose: str,
) -> Seal | None:
    """Seal what was just taken in; None where nothing was.

    Args:
        workspace: Open for writing.
        taken: What came in.
        first: Length of the intake log before it came.
        key: Signs.
        purpose: What the seal is for.
    """
    if not taken:
        return None
    wanted = {one.object for one in taken}
    items = (_item(one) for one in workspace.vault.intakes(first=first) if one.object in wanted)
    return make_seal(workspace, items, key, purpose=purpose)


def seal_pending(
    workspace: Workspace,
    *,
    key: str = "",
    passphrase: Callable[[], str] | None = None,
) -> Sealed:
    """Seal every intake that no seal is over yet; none leaves everything as it is.

    Raises:
        UndersightError: As `SigningKeys.open` and `Seals.make`.
    """
    waiting = pending(workspace)
    first = next(waiting, None)
    if first is None:
        return Sealed(seal=None)

    def items() -> Iterator[SealItem]:
        yield _item(first)
        yield from map(_item, waiting)

    opened = signing_key(workspace, key, passphrase)
    return Sealed(seal=make_seal(workspace, items(), opened))


def make_seal(
    workspace: Workspace, items: Iterable[SealItem], key: SigningKey, *, purpose: str = "evidence"
) -> Seal:
    """Seal items, anchoring the casebook's history along with the logs of the vault."""
    return Seals(workspace.vault).make(
        items,
        key,
        actor=workspace.staff_id,
        purpose=purpose,
        history=workspace.casebook.history_head(),
    )


def pending(workspace: Workspace) -> Iterator[Intake]:
    """Intakes that no seal is over, oldest first; erased objects are left out."""
    seals = Seals(workspace.vault)
    sealed = {
        (leaf.object, leaf.metadata.get("at_us"))
        for seal_id in seals.seal_ids()
        for leaf in seals.leaves(seals.read(seal_id))
        if leaf.metadata.get("kind") == SEALED_INTAKE
    }
    for intake in workspace.vault.intakes():
        is_sealed = (intake.object, intake.at_us) in sealed
        if not is_sealed and workspace.vault.contains(intake.object):
            yield intake


def signing_key(
    workspace: Workspace, named: str = "", passphrase: Callable[[], str] | None = None
) -> SigningKey:
    """Open the signing key; the first one is made by itself, under the workspace's passphrase.

    Raises:
        SigningKeyNotFoundError: A key was named that is not there, or all were revoked.
        SigningKeyGoneError: It signs no more.
        WrongPassphraseError: Its own passphrase is another.
    """
    keys = Seals(workspace.vault).keys
    try:
        return keys.open(named, passphrase)
    except SigningKeyNotFoundError:
        # All revoked is a decision; whoever made it says what comes next.
        if named or keys.all():
            raise
    record = keys.new(FIRST_NAME, actor=workspace.staff_id)
    return keys.open(record.key_id)


def states(workspace: Workspace) -> tuple[SealState, ...]:
    """Every seal, oldest first; whether they hold, `verify` says."""
    seals = Seals(workspace.vault)
    stamps = Stamps(workspace.vault, seals)
    proofs = BlockStamps(workspace.vault, seals).kept()
    found = []
    for seal_id in seals.seal_ids():
        seal = seals.read(seal_id)
        proof = proofs.get(stamped_digest(seal))
        found.append(
            SealState(
                seal_id=seal_id,
                claimed_at_us=seal.manifest.claimed_at_us,
                purpose=seal.manifest.purpose,
                n_items=seal.manifest.n_items,
                key_id=seal.manifest.key_id,
                authorities=tuple(sorted({stamp.authority for stamp in stamps.of(seal)})),
                block_proof="" if proof is None else proof.state,
            )
        )
    return tuple(found)


def key_json(record: KeyRecord) -> dict[str, Any]:
    """A signing key for programs."""
    revoked = record.revoked_at_us
    return {
        "key": record.key_id,
        "name": record.name,
        "state": record.state,
        "made_at": iso(record.made_at_us),
        "revoked_at": None if revoked is None else iso(revoked),
        "replaced_by": record.replaced_by,
        "reason": record.reason,
        "has_passphrase": record.has_passphrase,
        "voucher": record.voucher,
        "allowed_signers": record.allowed_signers_line().strip(),
    }


def iso(at_us: int) -> str:
    """A moment as ISO 8601, UTC, whole seconds."""
    moment = dt.datetime.fromtimestamp(at_us / 1_000_000, dt.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _item(intake: Intake) -> SealItem:
    """An intake as what is sealed of it."""
    metadata: Mapping[str, Any] = {
        "kind": SEALED_INTAKE,
        "at_us": intake.at_us,
        "n_bytes": intake.n_bytes,
        "source_ref": intake.source_ref,
        "facts": dict(intake.facts),
    }
    return SealItem(object=intake.object, metadata=metadata)


def _moment(text: str) -> str:
    """A time as given, once it is sure that it is one."""
    try:
        dt.datetime.fromisoformat(text)
    except ValueError as reason:
        expected = "a time such as 2031-05-02T14:30+04:00"
        raise InvalidValueError("seal", "captured_at", expected, repr(text)) from reason
    return text
