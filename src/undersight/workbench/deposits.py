"""Deposits: what a consenting newsroom or person leaves before anything is taken.

A deposit is files under one seal with a record that says what they are. Each administrator can
keep their own half: then only a commitment is here.
"""

from __future__ import annotations

import io
import json
import re
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    FileUnreadableError,
    InvalidValueError,
    OwnerNotShownError,
    UnknownDepositError,
    UnknownRecordError,
)
from undersight.integrity import durable
from undersight.integrity.canonical import Digest, canonical_json, digest_file
from undersight.model.records import Party
from undersight.vault.halves import commit, opened, statement_key
from undersight.vault.intake_files import Capture, Refused, Taken, find_files, take_in
from undersight.workbench import deposit_files
from undersight.workbench.sealing import iso, seal_taken, signing_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from undersight.vault.signing_keys import SigningKey
    from undersight.workbench.deposit_files import FileRole
    from undersight.workbench.session import Workspace

DEPOSIT_FORMAT = "undersight-deposit/1"
DEPOSIT_KIND, CHALLENGE_KIND = "deposit", "deposit-challenge"
PURPOSE = "deposit"
_TOOL = "undersight deposit"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposited:
    """What depositing did.

    Args:
        deposit: The deposit.
        seal_id: The seal over it.
        refused: Files that were not taken in.
        openings: Files written for the administrator.
        warnings: What to know of it.
    """

    deposit: Deposit
    seal_id: str
    refused: tuple[Refused, ...] = ()
    openings: tuple[Path, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            **self.deposit.to_json(),
            "seal": self.seal_id,
            "refused": [{"file": str(one.path), "reason": one.reason} for one in self.refused],
            "openings": [str(path) for path in self.openings],
            "warnings": list(self.warnings),
        }


def deposit_files_of(
    workspace: Workspace,
    name: str,
    paths: Sequence[Path],
    *,
    owner: str = "",
    passphrase: Callable[[], str] | None = None,
) -> Deposited:
    """Take the files of a deposit in and seal them.

    Args:
        workspace: Open for writing.
        name: Of the page or newsroom.
        paths: Archives, saved pages, tables of followers, a statement and its ``.sig``.
        owner: Party id of the owner in the casebook.
        passphrase: Gives the signing key's own, where it has one.

    Raises:
        InvalidValueError: The name has another form.
        OwnerNotShownError: The owner is not in the casebook.
        SignatureMismatchError: The statement's signature does not hold; the files stay unsealed.
        UndersightError: As `sealing.seal_files`.
    """
    check_name(name)
    _check_owner(workspace, owner)
    key = signing_key(workspace, "", passphrase)
    first = workspace.vault.intake_head().length
    most = workspace.settings.vault.max_files
    capture = Capture(
        actor=workspace.staff_id, facts={"tool": _TOOL}, reason="deposited by its owner"
    )
    told = list(
        take_in(workspace.vault, find_files(paths, is_recursive=False, most_files=most), capture)
    )
    return deposit_taken(workspace, name, told, first, owner=owner, key=key)


def deposit_taken(
    workspace: Workspace,
    name: str,
    told: Sequence[Taken | Refused],
    first: int,
    *,
    owner: str,
    key: SigningKey,
) -> Deposited:
    """Record and seal the files of a deposit that were taken in already.

    Args:
        workspace: Open for writing.
        name: Of the page or newsroom.
        told: What came of each file.
        first: Length of the intake log before they came.
        owner: Party id of the owner in the casebook; empty if not given.
        key: Signs the seal.

    Raises:
        FileUnreadableError: Not one file was taken in.
        SignatureMismatchError: The statement's signature does not hold; the files stay unsealed.
    """
    taken = tuple(one for one in told if isinstance(one, Taken))
    refused = tuple(one for one in told if isinstance(one, Refused))
    if not taken:
        reason = refused[0].reason if refused else "no file was given"
        raise FileUnreadableError(str(refused[0].path) if refused else name, reason)
    files = _with_statement(tuple(_file(workspace, one) for one in taken))
    code = _newest_code(workspace, name)
    found = Deposit(
        name=name,
        number=_next_number(workspace, name),
        at_us=workspace.now_us,
        owner=owner,
        files=files,
        statement_key=_statement_key(workspace, files),
        challenge=code,
        shown_in=tuple(_showing(workspace, files, code)) if code else (),
    )
    recorded, record = _record(workspace, found)
    seal = seal_taken(workspace, (*taken, record), first, key, purpose=PURPOSE)
    return Deposited(
        deposit=recorded,
        seal_id="" if seal is None else seal.seal_id,
        refused=refused,
        warnings=tuple(_warnings(recorded)),
    )


def deposit_halves(
    workspace: Workspace,
    name: str,
    paths: Sequence[Path],
    *,
    owner: str = "",
    passphrase: Callable[[], str] | None = None,
) -> Deposited:
    """Commit to files that stay with an administrator; nothing of them comes in.

    Beside each file its opening is written, which alone proves the commitment later.

    Args:
        workspace: Open for writing.
        name: Of the page or newsroom.
        paths: The files.
        owner: As for `deposit_files_of`.
        passphrase: Likewise.

    Raises:
        FileUnreadableError: One cannot be read; nothing was committed.
        BackendError: An opening cannot be written beside its file; nothing was committed.
    """
    check_name(name)
    _check_owner(workspace, owner)
    key = signing_key(workspace, "", passphrase)
    number = _next_number(workspace, name)
    halves = [(path, commit(digest_file(path), name=name)) for path in paths]
    openings = []
    for path, half in halves:
        opening = path.with_name(f"{path.name}.opening-{number}.json")
        durable.write_atomic(opening, half.opening)
        openings.append(opening)
    first = workspace.vault.intake_head().length
    found = Deposit(
        name=name,
        number=number,
        at_us=workspace.now_us,
        owner=owner,
        halves=tuple(sorted(half.commitment for _path, half in halves)),
    )
    recorded, record = _record(workspace, found)
    seal = seal_taken(workspace, (record,), first, key, purpose=PURPOSE)
    return Deposited(
        deposit=recorded,
        seal_id="" if seal is None else seal.seal_id,
        openings=tuple(openings),
        warnings=("Keep each file and its opening together, unchanged, and away from here.",),
    )


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


def reveal(workspace: Workspace, name: str, path: Path, opening: Path) -> Deposit:
    """Return the deposit that committed to an administrator's file.

    Raises:
        UnknownDepositError: No deposit of the name.
        FileUnreadableError: One of the files cannot be read.
        HalfMismatchError: None committed to it.
    """
    deposits = deposits_of(workspace, name)
    commitments = [one for deposit in deposits for one in deposit.halves]
    try:
        opening_bytes = opening.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise FileUnreadableError(str(opening), reason) from error
    made = opened(opening_bytes, digest_file(path), commitments, name=name)
    return next(deposit for deposit in deposits if made in deposit.halves)


def check_name(name: str) -> None:
    """Refuse a name that could be taken for an option, a command or a path.

    Raises:
        InvalidValueError: It has another form.
    """
    if _NAME.fullmatch(name) is None:
        expected = "letters, digits, spaces, dots and hyphens, at most 80"
        raise InvalidValueError("deposit", "name", expected, repr(name))


def _check_owner(workspace: Workspace, owner: str) -> None:
    if owner:
        owner_of(workspace, owner)


def owner_of(workspace: Workspace, party_id: str) -> Party:
    """Return the owner's record.

    Raises:
        OwnerNotShownError: The casebook has no such party.
    """
    try:
        record = workspace.casebook.get(party_id)
    except UnknownRecordError as error:
        raise OwnerNotShownError(party_id) from error
    if not isinstance(record, Party):
        raise OwnerNotShownError(party_id)
    return record


def _file(workspace: Workspace, taken: Taken) -> DepositedFile:
    with workspace.vault.open(taken.object) as stream:
        role = deposit_files.role_of(taken.path.name, taken.type, stream)
    return DepositedFile(object=taken.object, name=taken.path.name, role=role)


def _with_statement(files: tuple[DepositedFile, ...]) -> tuple[DepositedFile, ...]:
    """A file with a signature beside it is a statement."""
    signed = {file.name.removesuffix(".sig") for file in files if file.role == "signature"}
    return tuple(
        replace(file, role="statement") if file.name in signed else file for file in files
    )


def _statement_key(workspace: Workspace, files: tuple[DepositedFile, ...]) -> str:
    by_name = {file.name: file for file in files}
    for file in files:
        signature = by_name.get(f"{file.name}.sig")
        if signature is not None:
            return statement_key(_bytes(workspace, file), _bytes(workspace, signature))
    return ""


def _bytes(workspace: Workspace, file: DepositedFile) -> bytes:
    with workspace.vault.open(file.object) as stream:
        return stream.read()


def _showing(workspace: Workspace, files: tuple[DepositedFile, ...], code: str) -> Iterator[str]:
    for file in files:
        if file.role == "page":
            with workspace.vault.open(file.object) as stream:
                head = deposit_files.head_of(stream)
                stream.seek(0)
                if deposit_files.shows_code(stream, code, head, file.name):
                    yield file.object


def _newest_code(workspace: Workspace, name: str) -> str:
    codes = [said for _, said in _records(workspace, CHALLENGE_KIND) if said["name"] == name]
    return str(codes[-1]["code"]) if codes else ""


def _next_number(workspace: Workspace, name: str) -> int:
    return len(all_deposits(workspace, name)) + 1


def _record(workspace: Workspace, deposit: Deposit) -> tuple[Deposit, Taken]:
    """Put the record of a deposit into the vault."""
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
        facts={"kind": kind, "tool": _TOOL, "type": _JSON},
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


def _warnings(deposit: Deposit) -> Iterator[str]:
    roles = {file.role for file in deposit.files}
    if "archive" in roles:
        yield (
            "The archive holds contacts, telephone numbers and network addresses of others. They "
            "are kept sealed, never read and never shown; hand the archive over whole to nobody."
        )
    if deposit.challenge and not deposit.shown_in:
        yield "The challenge code stands in none of the saved pages (a picture is not read)."
