"""Who may sign in, where they did, who is invited, and what was taken out.

Each row is sealed under a key of the workspace and bound to its own id, each line of what was
taken out also to the line before: a row that another program changed, moved or left out in the
middle does not open. That the end of that list was cut off does not show.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook.account_tables import ACCOUNT, INVITATION, SESSION, TAKEN_OUT
from undersight.errors import (
    AccountExistsError,
    AccountsDamagedError,
    InvitationSpentError,
    LastAdminError,
    UnknownAccountError,
)
from undersight.integrity.canonical import canonical_json
from undersight.integrity.record_cipher import open_bytes, seal_bytes
from undersight.model.account import Account, Invitation, Passkey, SignedIn, TakenOut
from undersight.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from undersight.casebook.database import Database

_DOMAIN = "undersight/accounts/v1"


class AccountBook:
    """The accounts of one workspace, in its casebook's database.

    Args:
        database: The casebook's database.
        key: 32 bytes that rows are sealed under.
    """

    def __init__(self, database: Database, key: bytes) -> None:
        self._database, self._key = database, key

    # --- accounts ---------------------------------------------------------------------------

    def has_any(self) -> bool:
        """Return whether anybody has an account."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(ACCOUNT.c.staff_id).limit(1)) is not None

    def all(self) -> tuple[Account, ...]:
        """Return every account, by name."""
        with self._database.reading() as connection:
            return tuple(sorted(self._accounts(connection), key=lambda one: fold(one.name)))

    def by_id(self, staff_id: str) -> Account | None:
        """Return an account; None where it was removed."""
        return self._one(ACCOUNT.c.staff_id == staff_id)

    def by_name(self, name: str) -> Account | None:
        """Return the account of a name, in any case; None where there is none."""
        return self._one(ACCOUNT.c.name_key == self._name_key(name))

    def add(self, account: Account, *, invitation: str = "", now_us: int = 0) -> None:
        """Make an account, and use up its invitation with it.

        Raises:
            AccountExistsError: The name is taken.
            InvitationSpentError: The invitation does not hold any more.
        """
        with self._database.writing() as connection:
            if invitation:
                self._spend(connection, invitation, now_us)
            taken = sa.select(ACCOUNT.c.staff_id).where(
                ACCOUNT.c.name_key == self._name_key(account.name)
            )
            if connection.scalar(taken) is not None:
                raise AccountExistsError(account.name)
            connection.execute(sa.insert(ACCOUNT).values(self._account_row(account)))

    def change(self, staff_id: str, changed: Callable[[Account], Account]) -> Account:
        """Change an account, in one transaction; return it as it is now.

        Args:
            staff_id: Whose.
            changed: Returns what the account shall be; what it raises leaves all as it was.

        Raises:
            UnknownAccountError: It was removed.
            LastAdminError: Nobody could manage the accounts any more.
        """
        with self._database.writing() as connection:
            before = self._get(connection, ACCOUNT.c.staff_id == staff_id)
            if before is None:
                raise UnknownAccountError(staff_id)
            after = changed(before)
            if after.role != "admin":
                self._check_admin_left(connection, before)
            update = sa.update(ACCOUNT).where(ACCOUNT.c.staff_id == staff_id)
            connection.execute(update.values(self._account_row(after)))
            if (after.role, after.password_hash) != (before.role, before.password_hash):
                connection.execute(sa.delete(SESSION).where(SESSION.c.staff_id == staff_id))
            return after

    def remove(self, staff_id: str) -> None:
        """Remove an account and end its sessions; its id stays in the logs.

        Raises:
            UnknownAccountError: It was removed before.
            LastAdminError: Nobody could manage the accounts any more.
        """
        with self._database.writing() as connection:
            account = self._get(connection, ACCOUNT.c.staff_id == staff_id)
            if account is None:
                raise UnknownAccountError(staff_id)
            if connection.scalar(sa.select(sa.func.count()).select_from(ACCOUNT)) != 1:
                self._check_admin_left(connection, account)
            connection.execute(sa.delete(SESSION).where(SESSION.c.staff_id == staff_id))
            connection.execute(sa.delete(ACCOUNT).where(ACCOUNT.c.staff_id == staff_id))

    # --- sessions ---------------------------------------------------------------------------

    def begin(self, session: SignedIn) -> None:
        """Note that somebody signed in."""
        with self._database.writing() as connection:
            connection.execute(
                sa.insert(SESSION).values(
                    token_key=session.session_id,
                    staff_id=session.staff_id,
                    seen_at_us=session.seen_at_us,
                    sealed=self._seal("session", session.session_id, dataclasses.asdict(session)),
                )
            )

    def session(self, session_id: str) -> SignedIn | None:
        """Return a session that goes on; None for one that ended."""
        with self._database.reading() as connection:
            query = sa.select(SESSION).where(SESSION.c.token_key == session_id)
            row = connection.execute(query).first()
            return None if row is None else self._session_of(row)

    def sessions(self, staff_id: str = "") -> tuple[SignedIn, ...]:
        """Return the sessions of somebody, or of all, the latest used first."""
        query = sa.select(SESSION).order_by(SESSION.c.seen_at_us.desc(), SESSION.c.token_key)
        if staff_id:
            query = query.where(SESSION.c.staff_id == staff_id)
        with self._database.reading() as connection:
            return tuple(self._session_of(row) for row in connection.execute(query))

    def seen(self, session_id: str, at_us: int) -> None:
        """Note that a session was used."""
        update = sa.update(SESSION).where(SESSION.c.token_key == session_id)
        with self._database.writing() as connection:
            connection.execute(update.values(seen_at_us=at_us))

    def end(self, *, session_id: str = "", staff_id: str = "", unseen_since_us: int = 0) -> int:
        """End one session, or those of somebody, or those not used since; return how many."""
        where = [
            condition
            for is_given, condition in (
                (session_id, SESSION.c.token_key == session_id),
                (staff_id, SESSION.c.staff_id == staff_id),
                (unseen_since_us, SESSION.c.seen_at_us < unseen_since_us),
            )
            if is_given
        ]
        with self._database.writing() as connection:
            return connection.execute(sa.delete(SESSION).where(*where)).rowcount

    # --- invitations --------------------------------------------------------------------------

    def invite(self, invitation: Invitation) -> None:
        """Keep an invitation."""
        sealed = self._seal("invitation", invitation.invitation_id, dataclasses.asdict(invitation))
        with self._database.writing() as connection:
            connection.execute(
                sa.insert(INVITATION).values(code_key=invitation.invitation_id, sealed=sealed)
            )

    def invitations(self) -> tuple[Invitation, ...]:
        """Return the invitations that nobody has used, the first to expire first."""
        with self._database.reading() as connection:
            found = [self._invitation_of(row) for row in connection.execute(sa.select(INVITATION))]
        return tuple(sorted(found, key=lambda one: (one.expires_at_us, one.invitation_id)))

    def take_back(self, invitation_id: str) -> None:
        """Take an invitation back.

        Raises:
            InvitationSpentError: It was used or taken back before.
        """
        gone = sa.delete(INVITATION).where(INVITATION.c.code_key == invitation_id)
        with self._database.writing() as connection:
            if not connection.execute(gone).rowcount:
                raise InvitationSpentError

    # --- what was taken out ---------------------------------------------------------------------

    def check_may_note(self) -> None:
        """Refuse where nothing can be written: a server refuses with the first change only."""
        with self._database.writing() as connection:
            connection.execute(sa.update(TAKEN_OUT).where(sa.false()).values(seq=0))

    def note_taken(self, taken: TakenOut) -> None:
        """Add a line to what was taken out; its place is given here."""
        with self._database.writing() as connection:
            query = sa.select(TAKEN_OUT).order_by(TAKEN_OUT.c.seq.desc()).limit(1)
            last = connection.execute(query).first()
            placed = dataclasses.replace(taken, seq=last.seq + 1 if last else 1)
            bound = _place(placed.seq, bytes(last.sealed) if last else b"")
            sealed = self._seal("taken-out", bound, dataclasses.asdict(placed))
            connection.execute(sa.insert(TAKEN_OUT).values(seq=placed.seq, sealed=sealed))

    def taken(self) -> tuple[TakenOut, ...]:
        """Return what was taken out, the latest first.

        Raises:
            AccountsDamagedError: A line was changed, or one in the middle is gone.
        """
        found, before = [], b""
        with self._database.reading() as connection:
            for n, row in enumerate(connection.execute(_TAKEN_IN_ORDER), start=1):
                sealed = bytes(row.sealed)
                found.append(TakenOut(**self._open("taken-out", _place(n, before), sealed)))
                before = sealed
        return tuple(reversed(found))

    # --- inside ---------------------------------------------------------------------------------

    def _one(self, condition: sa.ColumnElement[bool]) -> Account | None:
        with self._database.reading() as connection:
            return self._get(connection, condition)

    def _get(self, connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Account | None:
        row = connection.execute(sa.select(ACCOUNT).where(condition)).first()
        return None if row is None else self._account_of(row)

    def _accounts(self, connection: sa.Connection) -> Iterator[Account]:
        for row in connection.execute(sa.select(ACCOUNT)):
            yield self._account_of(row)

    def _account_of(self, row: sa.Row[Any]) -> Account:
        found = self._open("account", row.staff_id, bytes(row.sealed))
        found["recovery_hashes"] = tuple(found["recovery_hashes"])
        found["passkeys"] = tuple(Passkey(**one) for one in found["passkeys"])
        return Account(**found)

    def _account_row(self, account: Account) -> dict[str, Any]:
        sealed = self._seal("account", account.staff_id, dataclasses.asdict(account))
        key = self._name_key(account.name)
        return {"staff_id": account.staff_id, "name_key": key, "sealed": sealed}

    def _session_of(self, row: sa.Row[Any]) -> SignedIn:
        found = self._open("session", row.token_key, bytes(row.sealed))
        return SignedIn(**{**found, "seen_at_us": row.seen_at_us})

    def _invitation_of(self, row: sa.Row[Any]) -> Invitation:
        return Invitation(**self._open("invitation", row.code_key, bytes(row.sealed)))

    def _spend(self, connection: sa.Connection, invitation_id: str, now_us: int) -> None:
        query = sa.select(INVITATION).where(INVITATION.c.code_key == invitation_id)
        row = connection.execute(query).first()
        if row is None or self._invitation_of(row).expires_at_us <= now_us:
            raise InvitationSpentError
        connection.execute(sa.delete(INVITATION).where(INVITATION.c.code_key == invitation_id))

    def _check_admin_left(self, connection: sa.Connection, leaving: Account) -> None:
        if leaving.role != "admin":
            return
        others = (one for one in self._accounts(connection) if one.staff_id != leaving.staff_id)
        if not any(one.role == "admin" for one in others):
            raise LastAdminError(leaving.name)

    def _name_key(self, name: str) -> str:
        """What a name is found by: no server can tell names from it."""
        said = f"{_DOMAIN}/name\n{name.strip().casefold()}"
        return hmac.new(self._key, said.encode("utf-8"), hashlib.sha256).hexdigest()

    def _seal(self, table: str, row: str, fields: Mapping[str, Any]) -> bytes:
        return seal_bytes(self._key, canonical_json(fields), _bound(table, row))

    def _open(self, table: str, row: str, sealed: bytes) -> dict[str, Any]:
        opened = open_bytes(self._key, sealed, _bound(table, row))
        if opened is None:
            raise AccountsDamagedError(table, row[:12])
        found: dict[str, Any] = json.loads(opened)
        return found


_TAKEN_IN_ORDER = sa.select(TAKEN_OUT).order_by(TAKEN_OUT.c.seq)


def _bound(table: str, row: str) -> bytes:
    return f"{_DOMAIN}/{table}\n{row}".encode()


def _place(seq: int, before: bytes) -> str:
    return f"{seq} {hashlib.sha256(before).hexdigest()}"
