"""What a form held."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile

from undersight.errors import RequestTooLargeError, UnreadableRequestError
from undersight.integrity.sealed_spool import SealedSpool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.formparsers import MultiPartParser
    from starlette.requests import Request
    from starlette.types import Message, Receive

_MOST_FIELDS = 2000


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields and files of a form.

    Args:
        fields: Values by name, in order.
        files: Files by name, in order; open until the request ends.
    """

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[UploadFile]] = field(default_factory=dict)

    def close(self) -> None:
        """Let go of the files."""
        for sent in self.files.values():
            for one in sent:
                one.file.close()

    def text(self, name: str, default: str = "") -> str:
        """Return one value without spaces around it; lines end as on Unix."""
        return self.raw(name, default).strip()

    def raw(self, name: str, default: str = "") -> str:
        """Return one value as typed; lines end as on Unix."""
        values = self.fields.get(name, ())
        return values[0].replace("\r\n", "\n") if values else default

    def all(self, name: str) -> list[str]:
        """Return every value of a name that is not empty."""
        return [one.strip() for one in self.fields.get(name, ()) if one.strip()]

    def has(self, name: str) -> bool:
        """Return whether a box was ticked or a field was there."""
        return name in self.fields

    def number(self, name: str, default: int = 0) -> int:
        """Return a whole number.

        Raises:
            UnreadableRequestError: It is none.
        """
        given = self.text(name)
        if not given:
            return default
        if not given.lstrip("-").isdecimal() or len(given) > 12:
            raise UnreadableRequestError(name, "a whole number")
        return int(given)


NOTHING = Posted()


async def read_form(request: Request, *, most_bytes: int, most_files: int) -> Posted:
    """Read the form of a request.

    Raises:
        RequestTooLargeError: It is longer than its page takes.
        UnreadableRequestError: It is no form.
    """
    from starlette.exceptions import HTTPException
    from starlette.formparsers import MultiPartException
    from starlette.requests import Request as Limited

    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return NOTHING
    limited = Limited(request.scope, _at_most(request.receive, most_bytes))
    most = {"max_files": most_files, "max_fields": _MOST_FIELDS, "max_part_size": most_bytes}
    try:
        if kind == "multipart/form-data":
            form = await _sealed_parser()(limited.headers, limited.stream(), **most).parse()
        else:
            form = await limited.form(**most)
    except (HTTPException, MultiPartException) as reason:
        msg = "form"
        raise UnreadableRequestError(msg, "what its page asks for") from reason
    fields: dict[str, list[str]] = {}
    files: dict[str, list[UploadFile]] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files.setdefault(name, []).append(value)
        else:
            fields.setdefault(name, []).append(value)
    return Posted(fields, files)


@functools.cache
def _sealed_parser() -> type[MultiPartParser]:
    """Return a reader of forms with files that writes nothing readable to a disk."""
    from starlette.formparsers import MultiPartParser

    class SealedParser(MultiPartParser):
        def on_headers_finished(self) -> None:
            super().on_headers_finished()
            sent = self._current_part.file
            if sent is not None:
                sent.file.close()
                spool: Any = SealedSpool()
                sent.file = self._files_to_close_on_error[-1] = spool

    return SealedParser


def _at_most(receive: Receive, most_bytes: int) -> Receive:
    """Return a ``receive`` that stops a request which is longer than it may be."""
    n_bytes = 0

    async def counted() -> Message:
        nonlocal n_bytes
        message = await receive()
        n_bytes += len(message.get("body", b""))
        if n_bytes > most_bytes:
            raise RequestTooLargeError(most_bytes)
        return message

    return counted
