"""Deposits: what a consenting newsroom or person leaves before anything is taken.

A deposit is files under one seal with a record that says what they are. Each administrator can
keep their own half: then only a commitment is here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    FileUnreadableError,
    OwnerNotShownError,
    UnknownRecordError,
)
from undersight.i18n import _
from undersight.integrity import durable
from undersight.integrity.canonical import digest_file
from undersight.model.records import Party
from undersight.vault.halves import commit, opened, statement_key
from undersight.vault.intake_files import Capture, Refused, Taken, find_files, take_in
from undersight.workbench import deposit_files
from undersight.workbench.deposit_records import (
    DEPOSIT_TOOL,
    Deposit,
    DepositedFile,
    check_name,
    deposits_of,
    newest_code,
    next_number,
    put_record,
)
from undersight.workbench.sealing import seal_taken, signing_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from undersight.vault.signing_keys import SigningKey
    from undersight.workbench.session import Workspace

PURPOSE = "deposit"


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
        actor=workspace.staff_id, facts={"tool": DEPOSIT_TOOL}, reason="deposited by its owner"
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
    code = newest_code(workspace, name)
    found = Deposit(
        name=name,
        number=next_number(workspace, name),
        at_us=workspace.now_us,
        owner=owner,
        files=files,
        statement_key=_statement_key(workspace, files),
        challenge=code,
        shown_in=tuple(_showing(workspace, files, code)) if code else (),
    )
    recorded, record = put_record(workspace, found)
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
    number = next_number(workspace, name)
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
    recorded, record = put_record(workspace, found)
    seal = seal_taken(workspace, (record,), first, key, purpose=PURPOSE)
    return Deposited(
        deposit=recorded,
        seal_id="" if seal is None else seal.seal_id,
        openings=tuple(openings),
        warnings=("Keep each file and its opening together, unchanged, and away from here.",),
    )


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


_HOLDS_OTHERS = _(
    "The archive holds contacts, telephone numbers and network addresses of others. They are kept "
    "sealed, never read and never shown; hand the archive over whole to nobody."
)
_CODE_NOT_SHOWN = _(
    "The challenge code stands in none of the saved pages (a picture is not read)."
)


def _warnings(deposit: Deposit) -> Iterator[str]:
    roles = {file.role for file in deposit.files}
    if "archive" in roles:
        yield _HOLDS_OTHERS
    if deposit.challenge and not deposit.shown_in:
        yield _CODE_NOT_SHOWN
