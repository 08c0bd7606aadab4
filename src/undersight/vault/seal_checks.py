"""Do the seals, the stamps on them and the logs that they anchor hold? Each fault told apart."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undersight.errors import (
    CustodyBrokenError,
    IntegrityError,
    ObjectNotFoundError,
    SealDamagedError,
    SignatureMismatchError,
    StampRejectedError,
)
from undersight.integrity import merkle
from undersight.integrity.canonical import Digest
from undersight.vault import waiting
from undersight.vault.block_stamps import check_proofs, stamped_digest
from undersight.vault.custody import INTAKE
from undersight.vault.faults import Fault
from undersight.vault.seal_manifest import NO_SEAL_BEFORE
from undersight.vault.seals import MANIFEST_NAME, REPLY_NAME, SEAL, STAMP, Seal, Seals
from undersight.vault.stamps import Pins, Stamp, Stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undersight.integrity.chain import ChainHead, ChainReport
    from undersight.vault.objects import Vault
    from undersight.vault.signing_keys import KeyRecord
    from undersight.vault.stamp_check import StampFacts


_UNFINISHED = "A crash left it; the next writer finishes or removes it."


@dataclass(slots=True, kw_only=True)
class SealReport:
    """What checking the seals found.

    Attributes:
        faults: What does not hold.
        notes: What a reader should know and is no fault: ``unstamped``, ``expired-since``, …
        anchors: Of the seals whose signature holds, by log (``custody``, ``intakes``, ``keys``,
            ``history``).
        n_seals: Seals in the vault.
        n_stamps: Stamps that hold.
    """

    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    anchors: dict[str, list[ChainHead]] = field(default_factory=dict)
    n_seals: int = 0
    n_stamps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Log:
    """What the custody log tells that seals are compared with.

    Attributes:
        heads: Last hash by length.
        seals: Manifest digests, in the order of entering.
        stamps: Digests of replies.
        objects: What was taken in.
        places: Entry's number by manifest digest, and by action and reason of what ended a key.
    """

    heads: dict[int, Digest]
    seals: tuple[Digest, ...]
    stamps: frozenset[Digest]
    objects: frozenset[Digest]
    places: dict[str, int]

    def is_after_end(self, seal: Digest, record: KeyRecord) -> bool:
        """Whether a seal was entered after its key had been given up, whatever it anchors."""
        ends = (
            f"key-rotate Signing key {record.replaced_by}.",
            f"key-revoke Signing key {record.key_id}.",
        )
        entered = self.places.get(seal, -1)
        return any(entered > self.places.get(end, entered) for end in ends)


def check_seals(vault: Vault) -> SealReport:
    """Check every seal and every stamp, offline."""
    report = SealReport()
    check = _Check(vault, report)
    check.all_seals()
    check.all_stamps()
    check.tokens()
    return report


def check_logs(vault: Vault, report: SealReport) -> dict[str, ChainReport]:
    """Check the custody, intake and key logs against what the seals noted of them."""
    anchors = report.anchors
    found = {
        "custody": vault.custody.verify(anchors.get("custody", ())),
        "intakes": vault.verify_intakes(anchors.get("intakes", ())),
        "keys": Seals(vault).keys.verify(anchors.get("keys", ())),
    }
    for what, chain in found.items():
        broken = chain.first_break
        if broken is not None:
            report.faults.append(
                Fault(what=what, kind=broken.kind, place=str(broken.i), detail=broken.detail)
            )
    n_torn = vault.custody.n_torn_bytes()
    if n_torn:
        detail = f"A crash left {n_torn} bytes of a line; the next writer cuts them off."
        report.notes.append(Fault(what="custody", kind="unfinished", place="end", detail=detail))
    return found


class _Check:
    """One pass over the seals of a vault."""

    def __init__(self, vault: Vault, report: SealReport) -> None:
        self._vault, self._report = vault, report
        self._seals = Seals(vault)
        self._stamps = Stamps(vault, self._seals)
        self._log = _read_log(vault)
        self._believed: list[Seal] = []
        self._now_us = vault.now_us()

    def all_seals(self) -> None:
        keys = self._keys()
        here = self._seals.seal_ids()
        self._report.n_seals = len(here)
        for number, digest in enumerate(self._log.seals, 1):
            seal_id = f"seal-{number:06}"
            if seal_id in here:
                self._one(seal_id, digest, number, keys)
            elif waiting.is_waiting(self._seals.folder / seal_id, MANIFEST_NAME, digest):
                self._note("seal", "unfinished", seal_id, _UNFINISHED)
            else:
                self._fault("seal", "missing", seal_id, "The custody log tells of it.")
        for seal_id in here:
            if int(seal_id.removeprefix("seal-")) <= len(self._log.seals):
                continue
            detail = "The custody log does not tell of it: planted, or the log's end was cut off."
            self._fault("seal", "not-entered", seal_id, detail)
            self._one(seal_id, None, int(seal_id.removeprefix("seal-")), keys)

    def _one(
        self, seal_id: str, entered: Digest | None, number: int, keys: dict[str, KeyRecord]
    ) -> None:
        """Check one seal that is there."""
        try:
            seal = self._seals.read(seal_id)
            seal.check_signature()
        except SealDamagedError as reason:
            self._fault("seal", "damaged", seal_id, reason.sentence)
            return
        except SignatureMismatchError as reason:
            self._fault("seal", "forged", seal_id, reason.sentence)
            return
        if not self._check_key(seal, keys):
            return
        if entered is not None and seal.digest != entered:
            detail = "The custody log tells of another seal under this number."
            self._fault("seal", "replaced", seal_id, detail)
            return
        self._believed.append(seal)
        self._check_anchors(seal)
        before = self._log.seals[number - 2 : number - 1] if number > 1 else (NO_SEAL_BEFORE,)
        if before and seal.manifest.previous != before[0]:
            detail = "It follows another seal than the one before it."
            self._fault("seal", "out-of-order", seal_id, detail)
        self._check_leaves(seal)

    def _check_key(self, seal: Seal, keys: dict[str, KeyRecord]) -> bool:
        """Whether a key of ours signed, that had not been given up by then."""
        record = keys.get(seal.manifest.key_id)
        if record is None or record.public != seal.manifest.public_key:
            detail = f"{seal.manifest.key_id} is no key of this workspace."
            self._fault("seal", "unknown-key", seal.seal_id, detail)
            return False
        if self._log.is_after_end(seal.digest, record) or (
            record.ended_at_entry is not None
            and seal.manifest.anchors.keys.length > record.ended_at_entry
        ):
            ended = "replaced" if record.replaced_by else "revoked"
            detail = f"{record.key_id} was {ended} before it was made."
            self._fault("seal", "revoked-key", seal.seal_id, detail)
            return False
        if record.state == "revoked":
            detail = f"{record.key_id} was revoked after it was made."
            self._note("seal", "key-revoked-since", seal.seal_id, detail)
        return True

    def _check_anchors(self, seal: Seal) -> None:
        """Note what a believed seal anchors, and whether the custody log still agrees."""
        anchors = seal.manifest.anchors
        for name in ("custody", "intakes", "keys", "history"):
            head = getattr(anchors, name)
            if head is not None:
                self._report.anchors.setdefault(name, []).append(head)
        if self._log.heads.get(anchors.custody.length) != anchors.custody.head:
            detail = (
                f"The custody log no longer holds the {anchors.custody.length} entries it saw."
            )
            self._fault("seal", "stale", seal.seal_id, detail)

    def _check_leaves(self, seal: Seal) -> None:
        """Compare the private leaves with the public root, and the objects with the log."""
        commitments, unknown = [], set[Digest]()
        try:
            for leaf in self._seals.leaves(seal):
                commitments.append(leaf.commitment())
                if leaf.object not in self._log.objects:
                    unknown.add(leaf.object)
        except SealDamagedError as reason:
            self._fault("seal", "leaves-damaged", seal.seal_id, reason.sentence)
            return
        is_root = merkle.merkle_root(commitments).hex() == seal.manifest.root
        if not is_root or len(commitments) != seal.manifest.n_items:
            detail = "The private leaves do not give the root that was signed."
            self._fault("seal", "leaves-changed", seal.seal_id, detail)
        elif unknown:
            detail = f"{len(unknown)} of its objects were never taken in, by the custody log."
            self._fault("seal", "unknown-object", seal.seal_id, detail)

    def all_stamps(self) -> None:
        believed = {stamped_digest(seal): seal.seal_id for seal in self._believed}
        confirmed = check_proofs(self._vault, self._seals, believed, self._report)
        pins = self._pins()
        found: set[Digest] = set()
        for seal in self._believed:
            try:
                stamps = self._stamps.of(seal)
            except SealDamagedError as reason:
                self._fault("stamp", "damaged", seal.seal_id, reason.sentence)
                continue
            for ready in waiting.folders(seal.folder / "stamps"):
                self._note("stamp", "unfinished", f"{seal.seal_id}/{ready.stem}", _UNFINISHED)
                found.update(waiting.digest_of(ready / REPLY_NAME))
            n_good = sum([self._stamp(seal, stamp, pins) for stamp in stamps])
            self._report.n_stamps += n_good
            found.update(stamp.digest for stamp in stamps)
            if not n_good and seal.seal_id not in confirmed:
                self._note("seal", "unstamped", seal.seal_id, "No time authority vouches yet.")
        self._missing_stamps(found)

    def _missing_stamps(self, found: set[Digest]) -> None:
        """Replies that the log tells of and that no folder, changed ones included, can be."""
        n_folders = sum(
            path.is_dir() and path.suffix != waiting.READY_SUFFIX
            for path in self._seals.folder.glob("seal-*/stamps/*")
        )
        missing = sorted(self._log.stamps - found)
        n_others = max(n_folders - len(found & self._log.stamps), 0)
        for digest in missing[n_others:]:
            detail = "The custody log tells of this reply; it is gone."
            self._fault("stamp", "missing", digest, detail)

    def _stamp(self, seal: Seal, stamp: Stamp, pins: Pins) -> bool:
        """Check one stamp."""
        place = f"{seal.seal_id}/{stamp.name}"

        def facts() -> StampFacts:
            return self._stamps.check(seal, stamp, pins)

        is_good = self._holds(place, facts)
        if is_good and stamp.digest not in self._log.stamps:
            detail = "The custody log does not tell of it: planted, or the log's end was cut off."
            self._fault("stamp", "not-entered", place, detail)
        return is_good

    def tokens(self) -> None:
        """Check the time stamps over objects."""
        pins = self._pins()
        for token, over, authority in _all(self._stamps.tokens()):
            try:
                with self._vault.open(token) as stream:
                    data = stream.read()
            except (IntegrityError, ObjectNotFoundError):
                # An object like any other: its own check names it.
                continue

            def facts(data: bytes = data, over: Digest = over, who: str = authority) -> StampFacts:
                return self._stamps.check_token(data, over, pins, authority=who)

            self._report.n_stamps += self._holds(over, facts)

    def _holds(self, place: str, check: Callable[[], StampFacts]) -> bool:
        """Whether a stamp holds; what a reader should know of one that does."""
        try:
            facts = check()
        except StampRejectedError as reason:
            self._fault("stamp", reason.kind, place, reason.sentence)
            return False
        except (IntegrityError, ObjectNotFoundError) as reason:
            self._fault("stamp", "damaged", place, reason.sentence)
            return False
        if facts.certificate_ends_us < self._now_us:
            detail = "The authority's certificate expired since; it was valid when it stamped."
            self._note("stamp", "expired-since", place, detail)
        if not facts.is_revocation_checked:
            detail = "No revocation list of its issuer is at hand (undersight stamp --crl FILE)."
            self._note("stamp", "revocation-not-checked", place, detail)
        return True

    def _pins(self) -> Pins:
        """Whom to believe; nobody where the store that says so cannot be read."""
        try:
            return self._stamps.pins()
        except (IntegrityError, ObjectNotFoundError):
            # The damaged object or log is named by its own check.
            return Pins(roots=(), revocations=())

    def _keys(self) -> dict[str, KeyRecord]:
        """The signing keys, as far as their log can be read."""
        try:
            return {record.key_id: record for record in self._seals.keys.all()}
        except CustodyBrokenError:
            # The log's own check names the break.
            return {}

    def _fault(self, what: str, kind: str, place: str, detail: str) -> None:
        self._report.faults.append(Fault(what=what, kind=kind, place=place, detail=detail))

    def _note(self, what: str, kind: str, place: str, detail: str) -> None:
        self._report.notes.append(Fault(what=what, kind=kind, place=place, detail=detail))


def _read_log(vault: Vault) -> _Log:
    """One pass over the custody log."""
    heads = {0: vault.custody.genesis}
    seals: list[Digest] = []
    stamps, objects = set[Digest](), set[Digest]()
    places: dict[str, int] = {}
    for entry in vault.custody.readable():
        heads[entry.i + 1] = entry.h
        digest = Digest(entry.object)
        if entry.action == SEAL:
            seals.append(digest)
            places[digest] = entry.i
        elif entry.action in {"key-rotate", "key-revoke"}:
            places[f"{entry.action} {entry.reason}"] = entry.i
        elif entry.action == STAMP:
            stamps.add(digest)
        elif entry.action == INTAKE:
            objects.add(digest)
    return _Log(
        heads=heads,
        seals=tuple(seals),
        stamps=frozenset(stamps),
        objects=frozenset(objects),
        places=places,
    )


def _all(tokens: Iterator[tuple[Digest, Digest, str]]) -> list[tuple[Digest, Digest, str]]:
    """The tokens, as far as the intake log can be read."""
    found: list[tuple[Digest, Digest, str]] = []
    # What cannot be read of the log is named by its own check.
    with suppress(CustodyBrokenError):
        found.extend(tokens)
    return found
