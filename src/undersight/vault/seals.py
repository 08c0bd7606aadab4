"""Seals: one signed statement over many objects, made before anybody asks for it.

Layout under the vault's folder::

    seals/seal-000001/manifest.json     for everyone: root, count, anchors (`seal_manifest`)
                      seal.sig          SSH signature over it (`sshsig`)
                      allowed_signers   the line that lets ssh-keygen check it
                      leaves.jsonl      private; `leaves.sealed` in an encrypted workspace
                      stamps/           replies of time authorities (`stamps`)
    seals/keys.log                      the signing keys (`signing_keys`)

A seal is made from the moment its custody line is on the disk. Until then it waits as
``seal-….ready``; `Seals.recover` finishes or undoes what a crash left there.
"""

from __future__ import annotations

import functools
import logging
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.errors import (
    InvalidValueError,
    ObjectDamagedError,
    ObjectNotFoundError,
    SealDamagedError,
    SealNotFoundError,
    UndersightError,
)
from undersight.integrity import durable, merkle
from undersight.integrity.canonical import Digest
from undersight.vault import sshsig, waiting
from undersight.vault.custody import WORD, CustodyAct, check_staff_id
from undersight.vault.keyring import KeyPurpose
from undersight.vault.leaf_files import leaves_name, open_leaves, write_leaves
from undersight.vault.seal_manifest import (
    NO_SEAL_BEFORE,
    SALT_BYTES,
    Anchors,
    Leaf,
    Proof,
    SealItem,
    SealManifest,
    manifest_digest,
    read_manifest,
    seal_number,
)
from undersight.vault.signing_keys import SigningKeys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from undersight.integrity.chain import ChainHead
    from undersight.vault.objects import Vault
    from undersight.vault.signing_keys import SigningKey

LOG = logging.getLogger(__name__)
SEAL, STAMP = "seal", "stamp"
"""Custody actions; an entry's object is the digest of the manifest, or of the reply."""
MANIFEST_NAME, SIGNATURE_NAME = "manifest.json", "seal.sig"
SIGNERS_NAME, REPLY_NAME = "allowed_signers", "reply.tsr"
_MOST_MANIFEST_BYTES = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A seal as it lies in the vault, read but not yet believed.

    Attributes:
        folder: Where it lies.
        manifest: What it says.
        manifest_bytes: What was signed.
        signature: The armoured SSH signature.
    """

    folder: Path
    manifest: SealManifest
    manifest_bytes: bytes
    signature: bytes

    @property
    def seal_id(self) -> str:
        """``seal-000001``."""
        return self.manifest.seal_id

    @property
    def digest(self) -> Digest:
        """Digest of the manifest, by which the custody log and the next seal name it."""
        return manifest_digest(self.manifest_bytes)

    @property
    def stamped_bytes(self) -> bytes:
        """What a time authority stamps: the manifest followed by the signature."""
        return self.manifest_bytes + self.signature

    def check_signature(self) -> None:
        """Check that the key named in the manifest signed it; whose key that is, others decide.

        Raises:
            SignatureMismatchError: It did not.
        """
        sshsig.verify(
            self.signature,
            self.manifest_bytes,
            public=self.manifest.public_key,
            namespace=sshsig.SEAL_NAMESPACE,
            signer=self.manifest.key_id,
        )


class Seals:
    """The seals of one vault. Whoever makes one holds the workspace's `WriterLock`.

    Args:
        vault: The vault whose objects are sealed.
    """

    def __init__(self, vault: Vault) -> None:
        keyring = vault.keyring
        self._vault = vault
        self._key = None if keyring.is_plain else keyring.subkey(KeyPurpose.SEALS)
        self._is_recovered = False
        self.folder = vault.folder / "seals"

    @functools.cached_property
    def keys(self) -> SigningKeys:
        """The signing keys."""
        return SigningKeys(self._vault)

    def make(
        self,
        items: Iterable[SealItem],
        key: SigningKey,
        *,
        actor: str,
        purpose: str = "evidence",
        history: ChainHead | None = None,
    ) -> Seal:
        """Seal objects of the vault.

        Args:
            items: What to seal, read once; an object may stand in several items and seals.
            key: Signs the manifest.
            actor: Random staff id.
            purpose: Kebab-case word, public.
            history: Where the casebook's history stands, to be anchored along.

        Raises:
            EmptySealError: No items.
            ObjectNotFoundError: The vault does not hold one of them; nothing was made.
            InvalidValueError: The purpose is no word, or the actor no staff id.
            DiskFullError: No room; nothing was made.
            ReadOnlyError: Not allowed; nothing was made.
        """
        check_staff_id(actor)
        if WORD.fullmatch(purpose) is None:
            raise InvalidValueError("seal", "purpose", "a kebab-case word", repr(purpose))
        self.recover(actor)
        made, anchors = self._made(), self._anchors(history)
        ready = self.folder / f"seal-{len(made) + 1:06}{waiting.READY_SUFFIX}"
        with self._settled_on_failure():
            with durable.disk_errors(ready):
                durable.make_folder(ready)
            commitments = write_leaves(ready, self._salted(items), self._key)
            manifest = SealManifest(
                workspace_id=self._vault.keyring.workspace_id,
                number=len(made) + 1,
                previous=made[-1] if made else NO_SEAL_BEFORE,
                claimed_at_us=self._vault.now_us(),
                purpose=purpose,
                anchors=anchors,
                n_items=len(commitments),
                root=Digest(merkle.merkle_root(commitments).hex()),
                key_id=key.record.key_id,
                public_key=key.record.public,
            )
            self._write_public(ready, manifest.to_bytes(), key)
            self._enter(manifest, actor=actor)
            waiting.place(ready)
        LOG.info("vault.seal", extra={"n_items": manifest.n_items, "seal": manifest.seal_id})
        return self.read(manifest.seal_id)

    def seal_ids(self) -> tuple[str, ...]:
        """The seals whose folders are in the vault, by number."""
        names = (path.name for path in self.folder.glob("seal-*") if path.is_dir())
        return tuple(sorted(name for name in names if seal_number(name) is not None))

    def read(self, seal_id: str) -> Seal:
        """A seal by its id or bare number; its signature is not checked here.

        Raises:
            SealNotFoundError: There is none.
            SealDamagedError: It cannot be read as one, or is another seal.
        """
        number = seal_number(seal_id)
        folder = self.folder / (f"seal-{number:06}" if number is not None else "")
        if number is None or not folder.is_dir():
            raise SealNotFoundError(seal_id)
        data = _read_small(folder / MANIFEST_NAME, folder.name)
        manifest = read_manifest(data, where=folder.name)
        signature = _read_small(folder / SIGNATURE_NAME, folder.name)
        if manifest.seal_id != folder.name:
            raise SealDamagedError(folder.name, f"{manifest.seal_id} is in its place")
        return Seal(folder=folder, manifest=manifest, manifest_bytes=data, signature=signature)

    def leaves(self, seal: Seal) -> Iterator[Leaf]:
        """What a seal is over, in the order of the tree; memory does not grow.

        Raises:
            SealDamagedError: The private file is missing or not as it was written.
        """
        name = leaves_name(self._key)
        try:
            with open_leaves(seal.folder / name, self._key) as file:
                for line in file:
                    yield Leaf.from_line(line)
        except OSError as reason:
            raise SealDamagedError(seal.seal_id, f"its {name} is missing") from reason
        except (ValueError, RecursionError, ObjectDamagedError) as reason:
            raise SealDamagedError(seal.seal_id, f"its {name} cannot be read") from reason

    def inclusion_proof(
        self, seal: Seal, digest: Digest, *, is_metadata_shown: bool = False
    ) -> Proof:
        """Show that an object stands under a seal.

        Args:
            seal: The seal.
            digest: The object; of several items over it, the first.
            is_metadata_shown: Whether the proof opens the metadata too.

        Raises:
            SealNotFoundError: The object is not under this seal.
            SealDamagedError: The leaves cannot be read.
        """
        found = self.inclusion_proofs(seal, (digest,), is_metadata_shown=is_metadata_shown)
        return found[digest]

    def inclusion_proofs(
        self, seal: Seal, digests: Sequence[Digest], *, is_metadata_shown: bool = False
    ) -> dict[Digest, Proof]:
        """Proofs for several objects in one pass over the leaves; see `inclusion_proof`."""
        wanted = set(digests)
        places: dict[Digest, tuple[int, Leaf]] = {}
        commitments = []
        for index, leaf in enumerate(self.leaves(seal)):
            commitments.append(leaf.commitment())
            if leaf.object in wanted:
                places.setdefault(leaf.object, (index, leaf))
        for digest in sorted(wanted - set(places)):
            raise SealNotFoundError(seal.seal_id, digest)
        paths = merkle.inclusion_proofs(commitments, [index for index, _leaf in places.values()])
        return {
            digest: Proof(
                seal=seal.digest,
                object=digest,
                salt=leaf.salt,
                metadata_commitment=leaf.metadata_commitment(),
                index=index,
                n_leaves=len(commitments),
                path=path,
                metadata=leaf.metadata if is_metadata_shown else None,
                metadata_salt=leaf.metadata_salt if is_metadata_shown else b"",
            )
            for (digest, (index, leaf)), path in zip(places.items(), paths, strict=True)
        }

    def recover(self, actor: str) -> int:
        """Finish or undo what a crash left; done by itself before a seal is made.

        Returns:
            How many seals were finished or undone.
        """
        check_staff_id(actor)
        if self._is_recovered:
            return 0
        self._vault.recover(actor)
        with durable.disk_errors(self.folder):
            durable.make_folder(self.folder)
        n_settled = self._settle()
        self._is_recovered = True
        if n_settled:
            LOG.warning("vault.seals.recovered", extra={"n_settled": n_settled})
        return n_settled

    def settle_stamps(self) -> int:
        """Place the stamps that were entered, remove those that were not; how many waited."""
        ready = [
            folder
            for seal_id in self.seal_ids()
            for folder in waiting.folders(self.folder / seal_id / "stamps")
        ]
        return waiting.settle(ready, REPLY_NAME, self._stamped) if ready else 0

    def _anchors(self, history: ChainHead | None) -> Anchors:
        """Where the logs stand."""
        return Anchors(
            custody=self._vault.custody.head(),
            intakes=self._vault.intake_head(),
            keys=self.keys.head(),
            history=history,
        )

    def _made(self) -> list[Digest]:
        """Digests of the manifests that the custody log tells of, oldest first."""
        entries = self._vault.custody.entries()
        return [Digest(entry.object) for entry in entries if entry.action == SEAL]

    def _stamped(self) -> list[Digest]:
        """Digests of the replies that the custody log tells of."""
        entries = self._vault.custody.entries()
        return [Digest(entry.object) for entry in entries if entry.action == STAMP]

    def _salted(self, items: Iterable[SealItem]) -> Iterator[Leaf]:
        """Items with salts of their own, once it is sure that their bytes are here."""
        for item in items:
            if not self._vault.contains(item.object):
                raise ObjectNotFoundError(item.object)
            yield Leaf(
                object=item.object,
                metadata=item.metadata,
                salt=os.urandom(SALT_BYTES),
                metadata_salt=os.urandom(SALT_BYTES),
            )

    def _write_public(self, folder: Path, manifest: bytes, key: SigningKey) -> None:
        """Write what is for everyone, and flush the folder."""
        line = key.record.allowed_signers_line()
        with durable.disk_errors(folder):
            waiting.write_new(folder / SIGNERS_NAME, line.encode("ascii"))
            waiting.write_new(folder / SIGNATURE_NAME, key.sign(manifest))
            waiting.write_new(folder / MANIFEST_NAME, manifest)
            durable.flush_folder(folder)

    def _enter(self, manifest: SealManifest, *, actor: str) -> None:
        """Say in the custody log that a seal is there."""
        self._vault.custody.record(
            CustodyAct(
                actor=actor,
                action=SEAL,
                object=manifest_digest(manifest.to_bytes()),
                reason=f"{manifest.seal_id} over {manifest.n_items} items.",
                at_us=manifest.claimed_at_us,
            )
        )

    @contextmanager
    def _settled_on_failure(self) -> Iterator[None]:
        """If making fails, let the custody log decide at once what becomes of what was written."""
        try:
            yield
        except BaseException as reason:
            self._is_recovered = False
            if isinstance(reason, UndersightError):
                with suppress(UndersightError):
                    self._settle()
            raise

    def _settle(self) -> int:
        """Place what was entered, remove what was not."""
        ready = waiting.folders(self.folder)
        n_settled = waiting.settle(ready, MANIFEST_NAME, self._made) if ready else 0
        return n_settled + self.settle_stamps()


def _read_small(path: Path, seal_id: str) -> bytes:
    """A file of a seal, never more than it can have."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_MANIFEST_BYTES + 1)
    except OSError as reason:
        raise SealDamagedError(seal_id, f"its {path.name} is missing") from reason
    if len(data) > _MOST_MANIFEST_BYTES:
        raise SealDamagedError(seal_id, f"its {path.name} is too large")
    return data
