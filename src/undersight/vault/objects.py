"""The content-addressed store: original bytes in, the same bytes out, and who touched them.

Layout under the vault's folder::

    objects/ab/cdef…    one object; the name is its SHA-256, in an encrypted workspace an
                        HMAC-SHA-256 of it, so that a seized disk cannot be asked for known files
    incoming/           objects on their way in or out
    custody.log         who did what to which object (`undersight.vault.custody`)
    intakes.log         where each object came from, once per intake

An object is stored from the moment its custody line is on the disk, erased likewise. Until then
its bytes wait in ``incoming/``; `recover` finishes or undoes what a crash left there.
"""

from __future__ import annotations

import io
import logging
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO, cast

from undersight.errors import ObjectNotFoundError, UndersightError
from undersight.integrity import durable
from undersight.integrity.canonical import READ_BYTES, Digest
from undersight.vault.custody import (
    ERASE,
    INTAKE,
    REPAIR,
    CustodyAct,
    CustodyLog,
    check_staff_id,
    now_us,
)
from undersight.vault.intake_group import IntakeGroup
from undersight.vault.intakes import Intake, IntakeLog
from undersight.vault.keyring import KeyPurpose, Keyring
from undersight.vault.settling import Recovery, last_acts, settle_incoming
from undersight.vault.shelf import Shelf, read_to_end

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from undersight.integrity.chain import ChainHead, ChainReport
    from undersight.vault.intake_group import Staged
    from undersight.vault.object_stream import ObjectReader, PlainReader

LOG = logging.getLogger(__name__)
MAX_OBJECT_BYTES = 64 * 1024**3


class Vault:
    """The original bytes of one workspace. Whoever writes holds the workspace's `WriterLock`.

    Args:
        folder: The vault's folder; made when something is first put in.
        keyring: The workspace's keys; decides whether objects are encrypted.
        max_object_bytes: The most that one object may have.
        clock: Gives epoch microseconds UTC.
    """

    def __init__(
        self,
        folder: Path,
        keyring: Keyring,
        *,
        max_object_bytes: int = MAX_OBJECT_BYTES,
        clock: Callable[[], int] = now_us,
    ) -> None:
        def key(purpose: KeyPurpose) -> bytes | None:
            return None if keyring.is_plain else keyring.subkey(purpose)

        self.folder, self.keyring = folder, keyring
        self.max_object_bytes = max_object_bytes
        self.custody = CustodyLog(
            folder / "custody.log",
            workspace_id=keyring.workspace_id,
            key=key(KeyPurpose.CUSTODY),
        )
        self._intake_log = IntakeLog(
            folder / "intakes.log",
            workspace_id=keyring.workspace_id,
            key=key(KeyPurpose.INTAKES),
        )
        self._shelf = Shelf(
            folder,
            object_key=key(KeyPurpose.VAULT_OBJECTS),
            name_key=key(KeyPurpose.VAULT_NAMES),
        )
        self._clock = clock
        self._is_recovered = False
        self._writing = threading.RLock()

    @property
    def shelf(self) -> Shelf:
        """The files, for whoever checks them."""
        return self._shelf

    def now_us(self) -> int:
        """This vault's clock, epoch microseconds UTC."""
        return self._clock()

    def put(
        self,
        stream: BinaryIO,
        *,
        reason: str,
        actor: str,
        source_ref: str = "",
        facts: Mapping[str, str] | None = None,
    ) -> Digest:
        """Store the bytes of a stream and enter who took them in; memory does not grow.

        The same bytes twice are one object with two entries. Bytes that were damaged in the store
        are replaced when the same are given again, and the log says so.

        Args:
            stream: Read to its end, in binary; its own errors pass through.
            reason: Why it is taken in, for the custody log.
            actor: Random staff id.
            source_ref: What it was called where it came from (file name, address); kept in the
                intake log only.
            facts: More about this intake (``url``, ``captured_at``, ``tool``, …), kept likewise.

        Raises:
            ObjectTooLargeError: More than `max_object_bytes`; nothing was stored.
            InvalidValueError: The actor is no staff id.
            DiskFullError: No room; nothing was stored.
            ReadOnlyError: The vault may not be written; nothing was stored.
            CustodyBrokenError: The log cannot be continued.
        """
        with self.group(reason=reason, actor=actor, is_single=True) as group:
            digest = group.add(stream, source_ref=source_ref, facts=facts)
        LOG.info("vault.put", extra={"n_bytes": group.n_bytes})
        return digest

    @contextmanager
    def group(self, *, reason: str, actor: str, is_single: bool = False) -> Iterator[IntakeGroup]:
        """Store many streams, waiting for the disk once per some hundreds of them.

        What was added is stored when the block ends, or earlier; see `IntakeGroup`.

        Args:
            reason: As for `put`.
            actor: As for `put`.
            is_single: Flush each stream by itself.
        """
        with self._writing:
            self._get_ready(actor)
            group = IntakeGroup(
                self._shelf,
                lambda staged: self._enter(staged, actor=actor, reason=reason),
                cap_bytes=self.max_object_bytes,
                clock=self._clock,
                is_single=is_single,
            )
            try:
                yield group
                group.enter()
            finally:
                # Whatever stopped it, an interrupt too: what was not entered does not stay.
                group.drop()

    def open(self, digest: Digest, *, is_checked_first: bool = False) -> BinaryIO:
        """The bytes of an object, as a stream that can also be read from any place.

        Encrypted bytes are authenticated before they are handed out. Plain ones are compared at
        the end, when read from start to end.

        Args:
            digest: Which object.
            is_checked_first: Read it whole before it is returned, for readers that jump about in
                a plain object.

        Raises:
            ObjectNotFoundError: There is none.
            ObjectDamagedError: Now or while reading: these are not the bytes that were stored.
        """
        if is_checked_first:
            self.check(digest)
        return cast("BinaryIO", io.BufferedReader(self._reader(digest), buffer_size=READ_BYTES))

    def contains(self, digest: Digest) -> bool:
        """Whether the object is here; says nothing about its bytes."""
        return self._find(digest) is not None

    def n_bytes(self, digest: Digest) -> int:
        """Length of an object.

        Raises:
            ObjectNotFoundError: There is none.
            ObjectDamagedError: Its end does not open.
        """
        with self._reader(digest) as reader:
            return reader.n_bytes

    def digests(self) -> tuple[Digest, ...]:
        """All objects whose files are in the store, in the order of their digests."""
        return tuple(sorted({digest for digest, _path in self.files() if digest is not None}))

    def files(self) -> Iterator[tuple[Digest | None, Path]]:
        """Each file in the store with the digest it answers for; None for one that is no object.

        The digest comes from the file itself, not from the log: comparing both is how missing and
        extra objects are found.
        """
        return self._shelf.files()

    def intakes(self, *, first: int = 0) -> Iterator[Intake]:
        """Where the objects came from, oldest first.

        Args:
            first: Place in the intake log to start from.

        Raises:
            CustodyBrokenError: A line of a log cannot be read.
        """
        return self._intake_log.intakes(self.custody.entries(), first=first)

    def intakes_of_kinds(self) -> tuple[Intake, ...]:
        """The intakes whose facts name a ``kind``, oldest first; cheap to ask for again.

        Raises:
            CustodyBrokenError: A line of a log cannot be read.
        """
        return self._intake_log.of_kinds(self.custody)

    def state(self) -> Hashable:
        """What changes whenever something comes in, goes, is sealed or stamped."""
        return self._intake_log.state(self.custody)

    def intake_head(self) -> ChainHead:
        """Where the intake log stands, for an anchor."""
        return self._intake_log.head()

    def verify_intakes(self, anchors: Iterable[ChainHead] = ()) -> ChainReport:
        """Check the intake log, and the lengths and heads that were noted elsewhere."""
        return self._intake_log.verify(anchors)

    def check(self, digest: Digest) -> None:
        """Read an object whole.

        Raises:
            ObjectNotFoundError: There is none.
            ObjectDamagedError: These are not the bytes that were stored.
        """
        with self._reader(digest) as reader:
            read_to_end(reader)

    def erase(self, digest: Digest, *, reason: str, actor: str) -> None:
        """Take an object out for good; the custody log keeps that it was here and why it went.

        Raises:
            ObjectNotFoundError: There is none.
            ReadOnlyError: The vault may not be written; the object stays.
        """
        with self._writing:
            self._get_ready(actor)
            self._take_out(digest, reason=reason, actor=actor)

    def recover(self, actor: str) -> Recovery:
        """Finish or undo what a crash left; done by itself before the first change.

        Args:
            actor: Random staff id of whose command found it, entered when a log had to be cut.
        """
        check_staff_id(actor)
        self._shelf.make_folders()
        n_cut_bytes = self.custody.repair()
        if n_cut_bytes:
            reason = f"An incomplete last line of {n_cut_bytes} bytes was cut off."
            self.custody.record(self._act(REPAIR, "", actor=actor, reason=reason))
        n_cut_bytes += self._intake_log.repair()
        n_undone, n_finished = settle_incoming(self._shelf, self.custody)
        found = Recovery(n_undone=n_undone, n_finished=n_finished, n_cut_bytes=n_cut_bytes)
        if found.is_needed:
            counts = {
                "n_undone": n_undone,
                "n_finished": n_finished,
                "n_cut_bytes": n_cut_bytes,
            }
            LOG.warning("vault.recovered", extra=counts)
        self._is_recovered = True
        return found

    def _get_ready(self, actor: str) -> None:
        """Make the folders and recover, before the first change."""
        check_staff_id(actor)
        if not self._is_recovered:
            self.recover(actor)

    def _enter(self, staged: Sequence[Staged], *, actor: str, reason: str) -> None:
        """Make staged parts objects: ready, entered, in their places."""
        first_i = self.custody.head().length
        acts: list[CustodyAct] = []
        intakes: list[tuple[Intake, int]] = []
        ready: dict[Digest, Path] = {}
        for each in staged:
            digest = each.intake.object
            intakes.append((each.intake, first_i + len(acts)))
            at_us = each.intake.at_us
            acts.append(self._act(INTAKE, digest, actor=actor, reason=reason, at_us=at_us))
            if digest in ready or self._is_kept(digest, acts, actor):
                continue
            ready[digest] = self._shelf.ready_path(digest)
            with durable.disk_errors(ready[digest]):
                durable.move(each.part, ready[digest])
        if ready:
            with durable.disk_errors(self._shelf.incoming):
                durable.flush_folder(self._shelf.incoming)
        with self._settled_on_failure():
            self._intake_log.record(*intakes)
            self.custody.record(*acts)
        if ready:
            self._shelf.place(*ready.values())

    def _is_kept(self, digest: Digest, acts: list[CustodyAct], actor: str) -> bool:
        """Whether an object is there and sound; a damaged one is to be replaced, and said so."""
        if not self._shelf.path(digest).exists():
            return False
        if self._shelf.is_sound(digest):
            return True
        why = "The stored bytes were damaged; the same bytes, given again, replaced them."
        acts.append(self._act(REPAIR, digest, actor=actor, reason=why))
        return False

    def _take_out(self, digest: Digest, *, reason: str, actor: str) -> None:
        """Set an object aside, enter its erasure, then let it go."""
        path, ready = self._shelf.path(digest), self._shelf.ready_path(digest)
        if not path.exists():
            raise ObjectNotFoundError(digest)
        act = self._act(ERASE, digest, actor=actor, reason=reason)
        with durable.disk_errors(path):
            durable.move(path, ready)
            # Both: a power cut must not bring back, under its old name, what the log lets go.
            durable.flush_folder(ready.parent)
            durable.flush_folder(path.parent)
        with self._settled_on_failure():
            self.custody.record(act)
        with durable.disk_errors(ready):
            durable.remove(ready)
            durable.flush_folder(ready.parent)

    @contextmanager
    def _settled_on_failure(self) -> Iterator[None]:
        """If entering fails, let the log decide at once what becomes of the waiting file.

        Never decided by where the failure was: an entry may be on the disk all the same.
        """
        try:
            yield
        except BaseException as reason:
            self._is_recovered = False
            if isinstance(reason, UndersightError):
                with suppress(UndersightError):
                    settle_incoming(self._shelf, self.custody)
            raise

    def _find(self, digest: Digest) -> Path | None:
        """An object's file, also one that a crash kept from its place."""
        path = self._shelf.path(digest)
        if path.exists():
            return path
        ready = self._shelf.ready_path(digest)
        if ready.exists() and last_acts(self._shelf, self.custody).get(
            self._shelf.name(digest)
        ) in {INTAKE, REPAIR}:
            return ready
        return None

    def _reader(self, digest: Digest) -> ObjectReader | PlainReader:
        """Open an object wherever it is."""
        path = self._find(digest)
        if path is None:
            raise ObjectNotFoundError(digest)
        return self._shelf.reader(path, digest)

    def _act(
        self, action: str, digest: str, *, actor: str, reason: str, at_us: int | None = None
    ) -> CustodyAct:
        """Something done now."""
        return CustodyAct(
            actor=actor,
            action=action,
            object=digest,
            reason=reason,
            at_us=self._clock() if at_us is None else at_us,
        )
