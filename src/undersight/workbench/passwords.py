"""Passwords of accounts: Argon2id, the same time for a name that nobody has."""

from __future__ import annotations

import functools
import threading
import unicodedata
from typing import TYPE_CHECKING

from undersight.errors import WeakPasswordError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

N_LEAST = 12
"""The fewest characters of a password."""

_N_LEAST_DIFFERENT = 6
_N_MOST = 1000
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each try takes 64 MiB: many at once must not take the server's memory."""


def hash_of(password: str) -> str:
    """Return what is kept of a password.

    Raises:
        WeakPasswordError: It is too short, or repeats a few characters.
    """
    is_weak = len(password) < N_LEAST or len(set(password)) < _N_LEAST_DIFFERENT
    if is_weak or len(password) > _N_MOST:
        raise WeakPasswordError(N_LEAST)
    with _AT_ONCE:
        return _hasher().hash(_normal(password))


def fits(password_hash: str, password: str) -> bool:
    """Return whether a password is the one of a hash; an empty hash costs the same and never is.

    Args:
        password_hash: Made by `hash_of`; empty where nobody has the name.
        password: What was typed.
    """
    from argon2.exceptions import VerificationError

    with _AT_ONCE:
        try:
            _hasher().verify(password_hash or _nobodys(), _normal(password[:_N_MOST]))
        except VerificationError:
            return False
    return bool(password_hash)


@functools.cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher
    from argon2.profiles import RFC_9106_LOW_MEMORY

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


@functools.cache
def _nobodys() -> str:
    """A hash that no password fits: of bytes that are thrown away."""
    import secrets

    return _hasher().hash(secrets.token_bytes(32))


def _normal(password: str) -> str:
    """One password, however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", password)
