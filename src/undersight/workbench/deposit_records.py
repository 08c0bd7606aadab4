"""The records of deposits in the vault: written once, read as they lie there."""

from __future__ import annotations

import io
import json
import re
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undersight.errors import InvalidValueError, UnknownDepositError
from undersight.integrity.canonical import Digest, canonical_json
from undersight.vault.intake_files import Taken
from undersight.workbench.sealing import iso

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.workbench.deposit_files import FileRole
    from undersight.workbench.session import Workspace

DEPOSIT_FORMAT = "undersight-deposit/1"
DEPOSIT_KIND, CHALLENGE_KIND = "deposit", "deposit-challenge"
DEPOSIT_TOOL = "undersight deposit"
_NAME = re.compile(r"[^\W_][\w .-]{0,79}")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositedFile:
    """A file of a deposit.

    Args:
        object: Digest.
        name: What it was called.
        role: What it is for.
    """

    object: Digest
    name: str
    role: FileRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """A deposit as its record tells it.

    Args:
        name: Of the page or newsroom.
        number: From 1, by name.
        at_us: When, µs since 1970 UTC, by this computer's clock.
        owner: Party id of the owner in the casebook; empty if not given.
        files: What was left here.
        halves: Commitments to what administrators kept.
        statement_key: Public key that signed the statement of control; empty if none.
        challenge: Code that was asked to be shown; empty if none.
        shown_in: Objects in which it stands.
        record: Digest of the record.
    """

    name: str
    number: int
    at_us: int
    owner: str = ""
    files: tuple[DepositedFile, ...] = ()
    halves: tuple[str, ...] = ()
    statement_key: str = ""
    challenge: str = ""
    shown_in: tuple[str, ...] = ()
    record: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "name": self.name,
            "number": self.number,
            "at": iso(self.at_us),
            "owner": self.owner,
            "files": [asdict(one) for one in self.files],
            "halves": len(self.halves),
            "statement_key": self.statement_key,
            "is_challenge_shown": bool(self.shown_in),
            "record": self.record,
        }


def new_challenge(workspace: Workspace, name: str) -> str:
    """Make a code that whoever controls the page shows on it, and keep it; returns the code."""
    check_name(name)
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    code = "undersight-" + "-".join(groups)
    said = {"format": DEPOSIT_FORMAT, "name": name, "code": code, "at_us": workspace.now_us}
    _put(workspace, canonical_json(said), CHALLENGE_KIND)
    return code


def all_deposits(workspace: Workspace, name: str = "") -> tuple[Deposit, ...]:
    """Return the deposits, by name and number; those of one name where it is given."""
    found = [_deposit(said, digest) for digest, said in _records(workspace, DEPOSIT_KIND)]
    chosen = (one for one in found if not name or one.name == name)
    return tuple(sorted(chosen, key=lambda one: (one.name, one.number)))


def deposits_of(workspace: Workspace, name: str) -> tuple[Deposit, ...]:
    """Return the deposits of a name.

    Raises:
        UnknownDepositError: There is none.
    """
    found = all_deposits(workspace, name)
    if not found:
        known = sorted({one.name for one in all_deposits(workspace)})
        raise UnknownDepositError(name, tuple(known))
    return found


def check_name(name: str) -> None:
    """Refuse a name that could be taken for an option, a command or a path.

    Raises:
        InvalidValueError: It has another form.
    """
    if _NAME.fullmatch(name) is None:
        expected = "letters, digits, spaces, dots and hyphens, at most 80"
        raise InvalidValueError("deposit", "name", expected, repr(name))


def newest_code(workspace: Workspace, name: str) -> str:
    """Return the code that was asked for last; empty if none was."""
    codes = [said for _, said in _records(workspace, CHALLENGE_KIND) if said["name"] == name]
    return str(codes[-1]["code"]) if codes else ""


def next_number(workspace: Workspace, name: str) -> int:
    """Return the number that the next deposit of a name gets."""
    return len(all_deposits(workspace, name)) + 1


def put_record(workspace: Workspace, deposit: Deposit) -> tuple[Deposit, Taken]:
    """Put the record of a deposit into the vault; returns the deposit with it, and the object."""
    said = {"format": DEPOSIT_FORMAT, **asdict(deposit)}
    del said["record"]
    digest = _put(workspace, canonical_json(said), DEPOSIT_KIND)
    taken = Taken(path=Path("deposit.json"), object=digest, type=_JSON)
    return replace(deposit, record=digest), taken


def _put(workspace: Workspace, data: bytes, kind: str) -> Digest:
    return workspace.vault.put(
        io.BytesIO(data),
        reason=f"record of a {kind}",
        actor=workspace.staff_id,
        facts={"kind": kind, "tool": DEPOSIT_TOOL, "type": _JSON},
    )


def _records(workspace: Workspace, kind: str) -> Iterator[tuple[Digest, dict[str, Any]]]:
    for intake in workspace.vault.intakes_of_kinds():
        if intake.facts.get("kind") == kind and workspace.vault.contains(intake.object):
            with workspace.vault.open(intake.object) as stream:
                yield intake.object, json.loads(stream.read())


def _deposit(said: dict[str, Any], digest: Digest) -> Deposit:
    fields = {name: value for name, value in said.items() if name != "format"}
    fields["files"] = tuple(DepositedFile(**one) for one in said["files"])
    fields["halves"], fields["shown_in"] = tuple(said["halves"]), tuple(said["shown_in"])
    return Deposit(**fields, record=digest)
