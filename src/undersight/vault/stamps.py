"""Time stamps on seals: asked for, checked, and kept whole beside the seal.

Layout under a seal's folder::

    stamps/digicert-01/request.tsq   what was asked; absent where a token was brought in
                       reply.tsr     the whole reply
                       root.pem      the pinned root that vouches

Without us: ``cat manifest.json seal.sig > stamped``, then
``openssl ts -verify -data stamped -in reply.tsr -CAfile root.pem``.

Pinned roots and revocation lists are objects of the vault themselves, so that the copy beside a
stamp cannot be swapped together with the stamp.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.errors import (
    InvalidValueError,
    RootUnreadableError,
    SealDamagedError,
    StampRejectedError,
    TokenUnmatchedError,
    UndersightError,
)
from undersight.integrity import durable
from undersight.integrity.canonical import READ_BYTES, Digest, digest_bytes
from undersight.vault import waiting
from undersight.vault.custody import CustodyAct, check_staff_id
from undersight.vault.seals import REPLY_NAME, STAMP
from undersight.vault.stamp_check import (
    StampFacts,
    Trust,
    check_reply,
    imprint_of,
    read_certificates,
    read_revocations,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cryptography import x509

    from undersight.vault.objects import Vault
    from undersight.vault.seals import Seal, Seals

LOG = logging.getLogger(__name__)
ROOT_KIND, REVOCATIONS_KIND = "timestamp-root", "timestamp-revocations"
TOKEN_KIND = "timestamp-token"  # noqa: S105 - a kind of object, no secret
REQUEST_NAME, ROOT_NAME = "request.tsq", "root.pem"
_MOST_BYTES = 1 << 20
AUTHORITY_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A stamp as it lies beside a seal, read but not yet believed.

    Attributes:
        name: ``digicert-01``: the authority's name here and a number.
        request: What was asked, DER; empty where a token was brought in.
        reply: The whole reply, DER.
        root: The root certificate file kept beside it.
    """

    name: str
    request: bytes
    reply: bytes
    root: bytes

    @property
    def authority(self) -> str:
        """The authority's name here."""
        return self.name.rpartition("-")[0]

    @property
    def digest(self) -> Digest:
        """Digest of the reply, by which the custody log names it."""
        return digest_bytes(self.reply)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins:
    """Whom this workspace has decided to believe about time.

    Attributes:
        roots: Authority and root certificate file, in the order of pinning.
        revocations: Revocation lists at hand.
    """

    roots: tuple[tuple[str, bytes], ...]
    revocations: tuple[x509.CertificateRevocationList, ...]

    def trust_in(self, authority: str) -> Trust:
        """The roots that were pinned for one authority: no other's vouches for it."""
        pinned = [pem for name, pem in self.roots if name == authority]
        roots = tuple(each for pem in pinned for each in read_certificates(pem))
        return Trust(roots=roots, revocations=self.revocations)


class Stamps:
    """The stamps on one vault's seals. Whoever adds one holds the workspace's `WriterLock`.

    Args:
        vault: The vault.
        seals: Its seals.
    """

    def __init__(self, vault: Vault, seals: Seals) -> None:
        self._vault, self._seals = vault, seals

    def of(self, seal: Seal) -> tuple[Stamp, ...]:
        """The stamps beside a seal, by name.

        Raises:
            SealDamagedError: A file of one is missing.
        """
        folder = seal.folder / "stamps"
        found = sorted(path for path in folder.glob("*") if path.is_dir())
        return tuple(
            _read(path, seal.seal_id) for path in found if path.suffix != waiting.READY_SUFFIX
        )

    def pins(self) -> Pins:
        """The pinned roots and the revocation lists.

        Raises:
            ObjectDamagedError: One of them is not as it was stored.
        """
        roots: list[tuple[str, bytes]] = []
        revocations: list[x509.CertificateRevocationList] = []
        for intake in self._vault.intakes_of_kinds():
            kind = intake.facts.get("kind", "")
            if kind not in {ROOT_KIND, REVOCATIONS_KIND} or not self._vault.contains(
                intake.object
            ):
                continue
            with self._vault.open(intake.object) as stream:
                data = stream.read()
            if kind == ROOT_KIND:
                roots.append((intake.facts.get("authority", ""), data))
            else:
                revocations += read_revocations(data)
        return Pins(roots=tuple(roots), revocations=tuple(revocations))

    def pin_root(self, authority: str, pem: bytes, *, where: str, actor: str) -> Digest:
        """Decide to believe a root certificate; it becomes an object of the vault.

        Args:
            authority: Its name here, a kebab-case word.
            pem: The certificate file.
            where: How the file is called in the error and the intake.
            actor: Random staff id.

        Raises:
            InvalidValueError: The name has another form.
            RootUnreadableError: The file holds no certificate.
        """
        if AUTHORITY_NAME.fullmatch(authority) is None:
            raise InvalidValueError("authority", "name", "a-z, 0-9 and -", repr(authority))
        if not read_certificates(pem):
            raise RootUnreadableError(where, "it holds no certificate in PEM form")
        facts = {"kind": ROOT_KIND, "authority": authority, "type": "application/x-pem-file"}
        return self._vault.put(
            io.BytesIO(pem),
            reason="root of a time authority, pinned",
            actor=actor,
            source_ref=where,
            facts=facts,
        )

    def keep_revocations(self, data: bytes, *, where: str, actor: str) -> Digest:
        """Keep a revocation list, to be looked at in every later check.

        Raises:
            RootUnreadableError: The file holds none.
        """
        if not read_revocations(data):
            raise RootUnreadableError(where, "it holds no revocation list (PEM or DER)")
        return self._vault.put(
            io.BytesIO(data),
            reason="revocation list of a time authority",
            actor=actor,
            source_ref=where,
            facts={"kind": REVOCATIONS_KIND},
        )

    def add(
        self, seal: Seal, authority: str, reply: bytes, *, request: bytes = b"", actor: str
    ) -> StampFacts:
        """Keep a reply beside its seal, once it was checked.

        Args:
            seal: What was stamped.
            authority: The authority's name here.
            reply: The whole reply, or a bare token, DER.
            request: What was asked; empty where a token was brought in.
            actor: Random staff id.

        Raises:
            StampRejectedError: It does not hold; nothing was kept.
            DiskFullError: No room; nothing was kept.
            ReadOnlyError: Not allowed; nothing was kept.
        """
        check_staff_id(actor)
        self._seals.recover(actor)
        pins = self.pins()
        trust = pins.trust_in(authority)
        facts = check_reply(
            reply, imprint_by(seal), trust=trust, authority=authority, request=request
        )
        root = _root_of(facts, pins)
        name = self._next_name(seal, authority)
        ready = seal.folder / "stamps" / (name + waiting.READY_SUFFIX)
        try:
            with durable.disk_errors(ready):
                durable.make_folder(ready)
                if request:
                    waiting.write_new(ready / REQUEST_NAME, request)
                waiting.write_new(ready / REPLY_NAME, reply)
                waiting.write_new(ready / ROOT_NAME, root)
                durable.flush_folder(ready)
            self._enter(seal, name, reply, actor=actor)
        except UndersightError:
            with suppress(UndersightError):
                self._seals.settle_stamps()
            raise
        waiting.place(ready)
        LOG.info("vault.stamp", extra={"seal": seal.seal_id, "authority": authority})
        return facts

    def check(self, seal: Seal, stamp: Stamp, pins: Pins) -> StampFacts:
        """Check a stamp again, offline, against what is pinned.

        Raises:
            StampRejectedError: It does not hold, or the root beside it is not a pinned one.
        """
        if (stamp.authority, stamp.root) not in pins.roots:
            reason = "the root certificate beside it is not one that was pinned"
            raise StampRejectedError(stamp.authority, "wrong-root", reason)
        trust = Trust(roots=read_certificates(stamp.root), revocations=pins.revocations)
        return check_reply(
            stamp.reply,
            imprint_by(seal),
            trust=trust,
            authority=stamp.authority,
            request=stamp.request,
        )

    def seal_of_token(self, token: bytes, *, authority: str) -> Seal | None:
        """The seal that a token is over; None where it is over something else.

        Raises:
            StampRejectedError: It is no token.
        """
        algorithm, imprint = imprint_of(token, authority)
        for seal_id in self._seals.seal_ids():
            seal = self._seals.read(seal_id)
            if hashlib.new(algorithm, seal.stamped_bytes).digest() == imprint:
                return seal
        return None

    def object_of_token(self, token: bytes, *, authority: str) -> Digest:
        """The object that a token is over, such as an archiver's list of digests.

        By SHA-256 the object is known at once; by another algorithm every object is read.

        Raises:
            StampRejectedError: It is no token.
            TokenUnmatchedError: It is over nothing that is here.
        """
        algorithm, imprint = imprint_of(token, authority)
        digests = self._vault.digests()
        if algorithm == "sha256":
            found = [digest for digest in digests if digest == imprint.hex()]
        else:
            found = [each for each in digests if self.object_imprint(each)(algorithm) == imprint]
        if not found:
            raise TokenUnmatchedError(authority)
        return found[0]

    def object_imprint(self, digest: Digest) -> Callable[[str], bytes]:
        """Gives an object's digest by an algorithm's name."""

        def imprint(algorithm: str) -> bytes:
            if algorithm == "sha256":
                return bytes.fromhex(digest)
            state = hashlib.new(algorithm)
            with self._vault.open(digest) as stream:
                while piece := stream.read(READ_BYTES):
                    state.update(piece)
            return state.digest()

        return imprint

    def keep_token(self, token: bytes, *, authority: str, actor: str) -> tuple[Digest, StampFacts]:
        """Keep a token that is over an object here; returns the object and what the token says.

        Raises:
            StampRejectedError: It does not hold against the pinned roots.
            TokenUnmatchedError: It is over nothing that is here.
        """
        over = self.object_of_token(token, authority=authority)
        facts = self.check_token(token, over, self.pins(), authority=authority)
        self._vault.put(
            io.BytesIO(token),
            reason="time stamp made elsewhere, brought in",
            actor=actor,
            facts={"kind": TOKEN_KIND, "over": over, "authority": authority},
        )
        return over, facts

    def check_token(self, token: bytes, over: Digest, pins: Pins, *, authority: str) -> StampFacts:
        """Check a token over an object, offline, against what is pinned.

        Raises:
            StampRejectedError: It does not hold.
        """
        trust = pins.trust_in(authority)
        return check_reply(token, self.object_imprint(over), trust=trust, authority=authority)

    def tokens(self) -> Iterator[tuple[Digest, Digest, str]]:
        """Tokens over objects: the token's digest, the object's, the authority."""
        for intake in self._vault.intakes_of_kinds():
            if intake.facts.get("kind") == TOKEN_KIND:
                over = Digest(intake.facts.get("over", ""))
                yield intake.object, over, intake.facts.get("authority", "")

    def _next_name(self, seal: Seal, authority: str) -> str:
        """A name that no stamp beside the seal has."""
        if AUTHORITY_NAME.fullmatch(authority) is None:
            raise InvalidValueError("authority", "name", "a-z, 0-9 and -", repr(authority))
        taken = {stamp.name for stamp in self.of(seal)}
        numbers = range(1, len(taken) + 2)
        return next(name for n in numbers if (name := f"{authority}-{n:02}") not in taken)

    def _enter(self, seal: Seal, name: str, reply: bytes, *, actor: str) -> None:
        """Say in the custody log that a stamp is there."""
        self._vault.custody.record(
            CustodyAct(
                actor=actor,
                action=STAMP,
                object=digest_bytes(reply),
                reason=f"{seal.seal_id} stamped: {name}.",
                at_us=self._vault.now_us(),
            )
        )


def new_request(data: bytes) -> bytes:
    """A request to stamp bytes by SHA-256, with a nonce, asking for certificates; DER."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
    return builder.cert_request(cert_request=True).build().as_bytes()


def imprint_by(seal: Seal) -> Callable[[str], bytes]:
    """Gives the digest of what is stamped of a seal by an algorithm's name."""
    return lambda algorithm: hashlib.new(algorithm, seal.stamped_bytes).digest()


def _root_of(facts: StampFacts, pins: Pins) -> bytes:
    """The pinned file that holds the root which vouches."""
    from cryptography.hazmat.primitives.hashes import SHA256

    return next(
        pem
        for _name, pem in pins.roots
        if any(each.fingerprint(SHA256()).hex() == facts.root for each in read_certificates(pem))
    )


def _read(folder: Path, seal_id: str) -> Stamp:
    """A stamp's files."""
    has_request = (folder / REQUEST_NAME).exists()
    try:
        return Stamp(
            name=folder.name,
            request=_read_small(folder / REQUEST_NAME) if has_request else b"",
            reply=_read_small(folder / REPLY_NAME),
            root=_read_small(folder / ROOT_NAME),
        )
    except OSError as reason:
        raise SealDamagedError(seal_id, f"stamp {folder.name} is not complete") from reason


def _read_small(path: Path) -> bytes:
    """A file of a stamp, as far as one can be long: what is longer does not hold anyway."""
    with path.open("rb") as file:
        return file.read(_MOST_BYTES)
