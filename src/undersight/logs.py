"""Logging for the programs: one line per event, ``key=value``, and nothing that names anyone.

A line holds the time, the level, the logger, the event's name and those fields that stand on the
list here, if their values look like counts, ids of ours or words of ours. Everything else is left
out: a message with text in it, a file's name, an exception's sentence.
"""

from __future__ import annotations

import logging
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO

from undersight.errors import UndersightError

if TYPE_CHECKING:
    from collections.abc import Iterator

ALLOWED_FIELDS = frozenset(
    {
        "backend",
        "code",
        "detector",
        "exporter",
        "format",
        "importer",
        "kind",
        "language",
        "method",
        "page",
        "pid",
        "report",
        "route",
        "run_id",
        "import_id",
        "status",
        "table",
        "verb",
        "version",
    }
)
ALLOWED_PREFIX = "n_"
ALLOWED_SUFFIXES = ("_us", "_s", "_bytes")
WITHHELD = "withheld"
_EVENT = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+{}-]{0,63}")
_KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Redaction(logging.Filter):
    """Leaves in a record only an event's name and allowed fields, whoever wrote it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record in place; none is dropped."""
        is_event = isinstance(record.msg, str) and not record.args
        if not (is_event and _EVENT.fullmatch(record.msg)):
            record.msg, record.args = WITHHELD, ()
        for name in set(vars(record)) - _KNOWN:
            if not (is_allowed(name) and _is_harmless(getattr(record, name))):
                delattr(record, name)
        if record.exc_info:
            _keep_exception_type(record)
        return True


class EventFormatter(logging.Formatter):
    """``2026-03-05T08:00:00.000Z INFO undersight.vault vault.put n_bytes=3``."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        when = datetime.fromtimestamp(record.created, tz=UTC)
        stamp = when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        shown = [stamp, record.levelname, record.name, record.getMessage()]
        return " ".join([*shown, *_pairs(record)])


def configure_logs(
    *, level: int = logging.WARNING, stream: TextIO | None = None
) -> logging.Handler:
    """Send events to a stream, redacted; used by the programs, never by the library.

    Doing it again replaces what was set up before.

    Args:
        level: Least level shown.
        stream: Where to; standard error by default.
    """
    root = logging.getLogger()
    for handler in [each for each in root.handlers if each.get_name() == __name__]:
        root.removeHandler(handler)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.set_name(__name__)
    handler.setLevel(level)
    handler.addFilter(Redaction())
    handler.setFormatter(EventFormatter())
    root.addHandler(handler)
    logging.getLogger("undersight").setLevel(level)
    # What the driver warns of quotes the server and is withheld; the error itself is told by us.
    logging.getLogger("psycopg").setLevel(max(level, logging.ERROR))
    return handler


def is_allowed(field: str) -> bool:
    """Whether a field of this name may be logged."""
    return (
        field in ALLOWED_FIELDS
        or field.startswith(ALLOWED_PREFIX)
        or field.endswith(ALLOWED_SUFFIXES)
    )


def _is_harmless(value: object) -> bool:
    """Numbers, and short words without spaces."""
    if isinstance(value, (bool, int, float)):
        return True
    return isinstance(value, str) and _WORD.fullmatch(value) is not None


def _keep_exception_type(record: logging.LogRecord) -> None:
    """An exception's class and code are ours; its sentence and its frames may quote anything."""
    kind = record.exc_info[0] if record.exc_info else None
    record.exc_info = record.exc_text = record.stack_info = None
    if kind is not None:
        record.kind = kind.__name__
        if issubclass(kind, UndersightError):
            record.code = kind.code


def _pairs(record: logging.LogRecord) -> Iterator[str]:
    """The fields, sorted by name."""
    for name in sorted(set(vars(record)) - _KNOWN):
        yield f"{name}={getattr(record, name)}"
