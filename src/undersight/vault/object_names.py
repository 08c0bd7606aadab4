"""Which object somebody means who copied its digest, or the first characters of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.errors import InvalidDigestError, ObjectNotFoundError
from undersight.vault.object_checks import expected_objects

if TYPE_CHECKING:
    from undersight.integrity.canonical import Digest
    from undersight.vault.objects import Vault

_BEGINNING = re.compile(r"[0-9a-f]{12,64}")


def is_object_name(word: str) -> bool:
    """Whether a word can name an object: 12 to 64 hexadecimal digits, ``…`` after them or not."""
    return _BEGINNING.fullmatch(_plain(word)) is not None


def named_object(vault: Vault, word: str) -> Digest:
    """The object that a digest or its beginning names.

    Args:
        vault: The vault.
        word: A digest, or its first 12 characters or more.

    Raises:
        InvalidDigestError: It is no such word.
        ObjectNotFoundError: It names no object that is here, or more than one.
    """
    if not is_object_name(word):
        raise InvalidDigestError(word[:64])
    plain = _plain(word)
    fitting = [one for one in expected_objects(vault) if one.startswith(plain)]
    if len(fitting) != 1:
        raise ObjectNotFoundError(word[:64])
    return fitting[0]


def _plain(word: str) -> str:
    """A word as it was copied, in lower case and without what stands for the rest."""
    return word.strip().lower().removesuffix("…").removesuffix("...")
