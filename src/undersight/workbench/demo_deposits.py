"""The demo's deposits: an invented newsroom's page before and after a loss, its editor in jail."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from undersight.model.derived.custody import all_custody
from undersight.synth import page_archives
from undersight.vault import sshsig
from undersight.vault.halves import STATEMENT_NAMESPACE
from undersight.workbench import deposit_records, deposits, dossiers, recovery

if TYPE_CHECKING:
    from pathlib import Path

    from undersight.workbench.demo import Calendar
    from undersight.workbench.demo_seals import DemoTime
    from undersight.workbench.recovery import Recovery
    from undersight.workbench.session import Workspace

_GAP = dt.timedelta(days=32)


def deposit_twice(workspace: Workspace, calendar: Calendar, time: DemoTime) -> Recovery:
    """Make two deposits of a page whose owner is held all the while, and the dossier on them.

    Args:
        workspace: The demo's, its year recorded.
        calendar: Its clock; moved on, never back.
        time: Stamps each deposit on its day, and the dossier.
    """
    folder = workspace.layout.root / "deposits"
    folder.mkdir(exist_ok=True)
    owner, name = _owner(workspace), page_archives.PAGE_NAME
    code = deposit_records.new_challenge(workspace, name)
    secret = os.urandom(32)
    for number in (1, 2):
        calendar.day += _GAP if number == 2 else dt.timedelta(days=1)
        files = _files(folder, number, calendar.day, code=code, secret=secret)
        deposits.deposit_files_of(workspace, name, files, owner=owner)
        time.stamp()
    folder = workspace.layout.exports / "recovery"
    written = recovery.write_recovery(workspace, name, folder, owner=owner)
    time.stamp()
    return written


def _owner(workspace: Workspace) -> str:
    """Return who is held for the longest as far as known; empty if nobody is."""
    held = [
        (spell.start[1] or dt.date.max, spell.act, entry.party)
        for entry in all_custody(dossiers.whole(workspace))
        for spell in entry.spells
        if entry.held == "certain" and spell.end_basis == "held" and not spell.is_at_home
    ]
    return min(held)[2] if held else ""


def _files(
    folder: Path, number: int, day: dt.date, *, code: str, secret: bytes
) -> tuple[Path, ...]:
    """Write what the newsroom leaves; it controls the page for the first time only."""
    is_after = number == 2
    statement = f"I administer the page {page_archives.PAGE_NAME}. {day.isoformat()}\n".encode()
    signature = sshsig.sign(secret, statement, namespace=STATEMENT_NAMESPACE)
    parts = {
        f"archive-{number}.zip": page_archives.page_archive(day, is_after=is_after),
        f"statement-{number}.txt": statement,
        f"statement-{number}.txt.sig": signature,
    }
    if not is_after:
        parts["page.html"] = f"<!doctype html><title>Page</title><p>{code}</p>\n".encode()
    paths = []
    for name, data in parts.items():
        (folder / name).write_bytes(data)
        paths.append(folder / name)
    return tuple(paths)
