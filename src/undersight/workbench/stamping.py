"""Asking time authorities, and bringing in what they said elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from undersight.errors import (
    AuthorityUnreachableError,
    RootMissingError,
    StampRejectedError,
    UnknownAuthorityError,
)
from undersight.vault import authority_client
from undersight.vault.seals import Seals
from undersight.vault.stamps import Stamps, new_request
from undersight.workbench.sealing import iso

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from undersight.vault.seals import Seal
    from undersight.vault.stamp_check import StampFacts
    from undersight.workbench.session import Workspace


class Ask(Protocol):
    """Sends a request to an authority and returns the reply; see `authority_client.ask`."""

    def __call__(self, name: str, url: str, request: bytes, *, timeout_s: float) -> bytes:
        """Return the reply, unchecked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A time authority of the settings.

    Args:
        name: Its name here.
        url: Its address.
        root: The file with the root certificate to believe.
    """

    name: str
    url: str
    root: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamping:
    """One attempt to have something stamped.

    Args:
        what: The seal's id, or the object's digest.
        authority: Who was asked.
        facts: What the reply says; None where there is none that holds.
        failure: Code and sentence of what went wrong; empty where nothing did.
    """

    what: str
    authority: str
    facts: StampFacts | None = None
    failure: tuple[str, str] = ("", "")

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        told = {"what": self.what, "authority": self.authority, "is_stamped": bool(self.facts)}
        if self.facts is None:
            return {**told, "code": self.failure[0], "reason": self.failure[1]}
        return {
            **told,
            "at": iso(self.facts.at_us),
            "accuracy_s": self.facts.accuracy_s,
            "serial": str(self.facts.serial),
            "signer": self.facts.signer,
            "is_revocation_checked": self.facts.is_revocation_checked,
        }


def authorities(workspace: Workspace, named: Sequence[str] = ()) -> tuple[Authority, ...]:
    """The time authorities of the settings, or those of them that are named.

    Raises:
        UnknownAuthorityError: One of the names is not there.
    """
    found = {}
    for line in workspace.settings.time.authorities:
        name, url, root = line.split()
        found[name] = Authority(name=name, url=url, root=workspace.layout.root / root)
    for name in named:
        if name not in found:
            raise UnknownAuthorityError(name, tuple(found))
    return tuple(found[name] for name in (named or found))


def stamp(
    workspace: Workspace,
    seal_ids: Sequence[str] = (),
    *,
    named: Sequence[str] = (),
    ask: Ask = authority_client.ask,
) -> tuple[Stamping, ...]:
    """Have seals stamped by each authority that has not stamped them yet.

    What one authority does not answer does not stop the others; the seal stays in the queue.

    Args:
        workspace: Open for writing.
        seal_ids: Which seals; all by default.
        named: Which authorities; all of the settings by default.
        ask: Sends a request; the network by default.

    Returns:
        One attempt for each seal and authority that was asked.

    Raises:
        RootMissingError: Nobody chose yet whom to believe; nothing was asked.
        UnknownAuthorityError: One of the names is not in the settings.
        SealNotFoundError: One of the ids is not there.
    """
    seals = Seals(workspace.vault)
    stamps = Stamps(workspace.vault, seals)
    asked = authorities(workspace, named)
    wanted = [seals.read(seal_id) for seal_id in (seal_ids or seals.seal_ids())]
    waiting = [
        (seal, authority)
        for seal in wanted
        for authority in asked
        if authority.name not in {one.authority for one in stamps.of(seal)}
    ]
    if waiting:
        pin_roots(workspace, asked)
    timeout_s = workspace.settings.time.timeout_s
    done = []
    for seal, authority in waiting:
        request = new_request(seal.stamped_bytes)
        try:
            reply = ask(authority.name, authority.url, request, timeout_s=timeout_s)
            done.append(_kept(workspace, seal, authority.name, reply, request))
        except (AuthorityUnreachableError, StampRejectedError) as error:
            failure = (error.code, error.sentence)
            done.append(Stamping(what=seal.seal_id, authority=authority.name, failure=failure))
    return tuple(done)


def pin_roots(workspace: Workspace, asked: Sequence[Authority]) -> None:
    """Take the root certificates that the settings name into the vault, where they are new.

    Raises:
        RootMissingError: A file is not there.
        RootUnreadableError: It holds no certificate.
    """
    stamps = Stamps(workspace.vault, Seals(workspace.vault))
    pinned = set(stamps.pins().roots)
    for authority in asked:
        try:
            pem = authority.root.read_bytes()
        except OSError as reason:
            raise RootMissingError(authority.name, str(authority.root)) from reason
        if (authority.name, pem) not in pinned:
            actor = workspace.staff_id
            stamps.pin_root(authority.name, pem, where=str(authority.root), actor=actor)


def bring_in(workspace: Workspace, token: bytes, *, authority: str) -> Stamping:
    """Keep a time stamp that was made elsewhere, over a seal or over an object of the vault.

    Args:
        workspace: Open for writing.
        token: A reply or a bare token, DER.
        authority: Name of the authority in the settings, whose root vouches.

    Raises:
        UnknownAuthorityError: The settings do not name it.
        RootMissingError: Its root certificate is not there.
        StampRejectedError: It does not hold.
        TokenUnmatchedError: It is over nothing that is here.
    """
    pin_roots(workspace, authorities(workspace, (authority,)))
    seals = Seals(workspace.vault)
    stamps = Stamps(workspace.vault, seals)
    seal = stamps.seal_of_token(token, authority=authority)
    if seal is not None:
        return _kept(workspace, seal, authority, token, b"")
    actor = workspace.staff_id
    over, facts = stamps.keep_token(token, authority=authority, actor=actor)
    return Stamping(what=over, authority=authority, facts=facts)


def keep_revocations(workspace: Workspace, data: bytes, *, where: str) -> str:
    """Keep a revocation list, which every later check looks at; returns its digest.

    Raises:
        RootUnreadableError: It is none.
    """
    stamps = Stamps(workspace.vault, Seals(workspace.vault))
    return stamps.keep_revocations(data, where=where, actor=workspace.staff_id)


def _kept(
    workspace: Workspace, seal: Seal, authority: str, reply: bytes, request: bytes
) -> Stamping:
    """Keep a reply beside its seal."""
    stamps = Stamps(workspace.vault, Seals(workspace.vault))
    actor = workspace.staff_id
    facts = stamps.add(seal, authority, reply, request=request, actor=actor)
    return Stamping(what=seal.seal_id, authority=authority, facts=facts)
