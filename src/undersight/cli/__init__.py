"""The command line: one file per command, parse → workbench → print → exit code.

``COMMANDS`` is the registry; each name is a module of this package with a Click ``command``.
A group's own commands are files named ``<group>_<command>``.
"""

from __future__ import annotations

COMMANDS: tuple[str, ...] = (
    "demo",
    "init",
    "unlock",
    "passphrase",
    "serve",
    "account",
    "incident",
    "party",
    "search",
    "board",
    "detect",
    "findings",
    "judge",
    "runs",
    "coaction",
    "target",
    "takedown",
    "case",
    "import",
    "corpus",
    "seal",
    "watch",
    "stamp",
    "key",
    "share",
    "merge",
    "staff",
    "source",
    "history",
    "undo",
    "withdraw",
    "erase",
    "verify",
    "archive",
    "media",
    "redact",
    "deposit",
    "handover",
    "prove",
    "backup",
    "restore",
    "report",
    "export",
)
