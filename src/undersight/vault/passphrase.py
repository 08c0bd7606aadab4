"""From a passphrase to a key that is slow to guess."""

from __future__ import annotations

import base64
import binascii
import os
import unicodedata
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import WeakPassphraseError
from undersight.integrity.canonical import canonical_json
from undersight.integrity.record_cipher import open_bytes, seal_bytes
from undersight.integrity.secret import KEY_BYTES, SecretKey

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_CHARACTERS = 8
_SALT_BYTES = 16
# What a file may ask of the computer that opens it: more is damage or an attack.
_MOST_MEMORY_KIB = 4 * 1024 * 1024
_MOST_ITERATIONS = 100
_MOST_LANES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2Cost:
    """What one guess at a passphrase costs.

    Attributes:
        memory_kib: Memory, KiB, at least 8 per lane.
        iterations: Passes over the memory, 1-100.
        lanes: Threads, 1-64.
    """

    memory_kib: int
    iterations: int
    lanes: int


PRODUCTION_COST = Argon2Cost(memory_kib=128 * 1024, iterations=3, lanes=4)
"""Twice the memory of RFC 9106's second recommendation (64 MiB, 3 passes, 4 lanes)."""


def check_new_passphrase(passphrase: str) -> None:
    """Refuse a new passphrase that anyone could try through.

    Raises:
        WeakPassphraseError: Fewer than 8 characters.
    """
    n_characters = len(unicodedata.normalize("NFC", passphrase).strip())
    if n_characters < LEAST_CHARACTERS:
        raise WeakPassphraseError(n_characters, LEAST_CHARACTERS)


def passphrase_key(passphrase: str, *, salt: bytes, cost: Argon2Cost) -> SecretKey:
    """A 32-byte key from a passphrase by Argon2id (RFC 9106, version 0x13).

    The passphrase is taken in Unicode form NFC, so that it is the same typed on any system.
    """
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return SecretKey(kdf.derive(unicodedata.normalize("NFC", passphrase).encode("utf-8")))


def wrap_under_passphrase(
    key: bytes, passphrase: str, *, bound: Mapping[str, Any], cost: Argon2Cost
) -> dict[str, Any]:
    """A JSON object from which the passphrase gives the key back.

    Args:
        key: What to wrap.
        passphrase: As typed.
        bound: Fields that stand in the object as they are and cannot be changed unnoticed.
        cost: What each guess shall cost.
    """
    salt = os.urandom(_SALT_BYTES)
    slot = {**bound, "kdf": "argon2id", **asdict(cost), "salt": encode_base64(salt)}
    wrapping = passphrase_key(passphrase, salt=salt, cost=cost)
    return {**slot, "wrapped": encode_base64(seal_bytes(wrapping, key, canonical_json(slot)))}


def unwrap_under_passphrase(slot: Mapping[str, Any], passphrase: str) -> SecretKey | None:
    """The key in an object made by `wrap_under_passphrase`; None for a wrong passphrase.

    Raises:
        ValueError: The object has another shape.
        KeyError: A field is missing.
    """
    bound = {name: slot[name] for name in slot if name != "wrapped"}
    salt, wrapped = decode_base64(slot["salt"]), decode_base64(slot["wrapped"])
    wrapping = passphrase_key(passphrase, salt=salt, cost=_read_cost(slot))
    key = open_bytes(wrapping, wrapped, canonical_json(bound))
    return None if key is None else SecretKey(key)


def encode_base64(data: bytes) -> str:
    """Standard base64 in one line."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: object) -> bytes:
    """Undo `encode_base64`, strictly.

    Raises:
        ValueError: Not base64, or not the one way to write these bytes.
    """
    if not isinstance(text, str):
        raise TypeError(type(text).__name__)
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as reason:
        raise ValueError(str(reason)) from reason
    if encode_base64(data) != text:
        raise ValueError(len(text))
    return data


def _read_cost(slot: Mapping[str, Any]) -> Argon2Cost:
    """The cost written in a slot, within what a computer can bear."""
    if slot["kdf"] != "argon2id":
        raise ValueError(slot["kdf"])
    cost = Argon2Cost(
        memory_kib=slot["memory_kib"], iterations=slot["iterations"], lanes=slot["lanes"]
    )
    bounds = (_MOST_MEMORY_KIB, _MOST_ITERATIONS, _MOST_LANES)
    for found, most in zip((cost.memory_kib, cost.iterations, cost.lanes), bounds, strict=True):
        if type(found) is not int or not 1 <= found <= most:
            raise ValueError(found)
    return cost
