"""Who works in a workbench that several people use, and what each may do (decision 0014)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Right = Literal["enter", "read", "inside", "draft", "write", "publish", "admin"]
"""What a page or verb needs of whoever asks.

``enter``: nothing. ``read``: to see what is open to partners. ``inside``: to see everything.
``draft``: to add. ``write``: to change and to decide. ``publish``: to let things out. ``admin``:
settings, keys, backups, withdrawals, accounts.
"""

Role = Literal["viewer", "contributor", "editor", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""From the one who may least to the one who may everything."""

RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    "viewer": frozenset({"enter", "read"}),
    "contributor": frozenset({"enter", "read", "inside", "draft"}),
    "editor": frozenset({"enter", "read", "inside", "draft", "write", "publish"}),
    "admin": frozenset({"enter", "read", "inside", "draft", "write", "publish", "admin"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A key on somebody's device that signs for them (WebAuthn).

    Args:
        credential_id: What the device calls it, base64url.
        public_key: COSE, base64url.
        n_signed: How often it signed, by its own count; 0 where it keeps none.
        label: What its owner calls it.
        made_at_us: When it was added, µs since 1970 UTC.
    """

    credential_id: str
    public_key: str
    n_signed: int
    label: str
    made_at_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may sign in. It holds no key of the workspace.

    Args:
        staff_id: Random id that stands in every log.
        name: What they type to sign in.
        role: What they may do.
        made_at_us: When it was made, µs since 1970 UTC.
        password_hash: Argon2id, in its own text form.
        totp_secret: Base32; empty without a code app.
        totp_step: The last 30-second step whose code was taken, so that no code serves twice.
        recovery_hashes: SHA-256 of the recovery codes that are left.
        passkeys: Keys on their devices.
    """

    staff_id: str
    name: str
    role: Role
    made_at_us: int
    password_hash: str
    totp_secret: str = ""
    totp_step: int = 0
    recovery_hashes: tuple[str, ...] = ()
    passkeys: tuple[Passkey, ...] = ()

    @property
    def has_second_factor(self) -> bool:
        """Whether a password alone does not let them in."""
        return bool(self.totp_secret or self.passkeys)

    def may(self, right: Right) -> bool:
        """Return whether they have a right."""
        return right in RIGHTS[self.role]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A browser in which somebody signed in.

    Args:
        session_id: Its name in lists: the digest of what its cookie holds.
        staff_id: Who.
        began_at_us: When, µs since 1970 UTC.
        seen_at_us: When it asked for something last, to a few minutes.
        browser: Kind of browser and system, such as ``Firefox, Linux``.
    """

    session_id: str
    staff_id: str
    began_at_us: int
    seen_at_us: int
    browser: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A code that makes one account, once.

    Args:
        invitation_id: Its name in lists: the digest of the code.
        role: The account's role.
        invited_by: Staff id of who made it.
        expires_at_us: Until when it holds, µs since 1970 UTC.
    """

    invitation_id: str
    role: Role
    invited_by: str
    expires_at_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut:
    """Something that somebody took out of the workbench: a file that left it.

    Args:
        seq: Place in the list, from 1.
        at_us: When, µs since 1970 UTC.
        staff_id: Who.
        address: The page it came from.
        what: What was asked for there, such as the format.
        n_bytes: How long it was; -1 where that is not known.
    """

    seq: int
    at_us: int
    staff_id: str
    address: str
    what: str
    n_bytes: int = -1
