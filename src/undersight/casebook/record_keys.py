"""One random key per record, kept wrapped: who destroys the key destroys every copy."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import secrets
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.integrity.record_cipher import RecordCipher
from undersight.integrity.secret import derive_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.integrity.secret import SecretKey

BATCH = 500
_VOUCH_PURPOSE = "undersight/casebook-head/v1"


class RecordKeys:
    """The keys of records.

    Args:
        wrapping_key: 32 bytes that every record's key is wrapped under.
    """

    def __init__(self, wrapping_key: bytes) -> None:
        self._wrapping_key = wrapping_key

    def of(
        self, connection: sa.Connection, record_ids: Iterable[str], *, make: bool = False
    ) -> dict[str, SecretKey]:
        """Return the keys of records.

        Args:
            connection: An open transaction.
            record_ids: The records.
            make: Whether a record without a key gets one.

        Raises:
            RecordUnreadableError: A key was changed or is wrapped under another key.
        """
        wanted = sorted(set(record_ids))
        keys = {}
        for batch in batches(wanted):
            query = sa.select(t.RECORD_KEY).where(t.RECORD_KEY.c.record_id.in_(batch))
            for row in connection.execute(query):
                keys[row.record_id] = RecordCipher.unwrap(
                    self._wrapping_key, row.wrapped, row.record_id
                )
        missing = [record_id for record_id in wanted if record_id not in keys]
        if make and missing:
            keys |= self._make(connection, missing)
        return keys

    def renew(self, connection: sa.Connection, record_id: str) -> SecretKey:
        """Give a record another key; the old one is gone with this transaction."""
        connection.execute(sa.delete(t.RECORD_KEY).where(t.RECORD_KEY.c.record_id == record_id))
        return self._make(connection, [record_id])[record_id]

    def vouch(self, text: str) -> str:
        """Return a code over a text that only the holder of the key can make."""
        key = derive_key(self._wrapping_key, purpose=_VOUCH_PURPOSE)
        return hmac.new(key, text.encode("utf-8"), hashlib.sha256).hexdigest()

    def vouches(self, text: str, code: str) -> bool:
        """Return whether a code over a text was made with this key."""
        return hmac.compare_digest(self.vouch(text), code)

    def _make(self, connection: sa.Connection, record_ids: list[str]) -> dict[str, SecretKey]:
        keys = {record_id: RecordCipher.new_key() for record_id in record_ids}
        connection.execute(
            sa.insert(t.RECORD_KEY),
            [
                {
                    "record_id": record_id,
                    "key_id": secrets.token_hex(16),
                    "wrapped": RecordCipher.wrap(self._wrapping_key, key, record_id),
                }
                for record_id, key in keys.items()
            ],
        )
        return keys


def batches(values: Iterable[str], size: int = BATCH) -> Iterator[list[str]]:
    """Yield values in sorted lists short enough for one SQL statement, each value once."""
    rest = iter(sorted(set(values)))
    while batch := list(itertools.islice(rest, size)):
        yield batch
