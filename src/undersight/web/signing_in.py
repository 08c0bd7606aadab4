"""From a name and a password, perhaps a code or a passkey, to a session."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.errors import NotSignedInError, SignInRefusedError
from undersight.web.access import session_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersight.model.account import Account
    from undersight.web.access import Access, Session
    from undersight.workbench.second_factors import Site
    from undersight.workbench.session import Workspace

_BY_NAME, _BY_ADDRESS = 5, 30
_HALFWAY_S = 300.0
_MOST_HALFWAY = 1000
_N_QUEUES = 64


@dataclass(slots=True)
class Halfway:
    """Somebody whose password was right and whose second factor is awaited.

    Attributes:
        account: Who.
        until_s: Until when it is awaited, on the monotonic clock.
        challenge: What a passkey was asked to sign; empty before it was asked.
    """

    account: Account
    until_s: float
    challenge: bytes = b""


class SigningIn:
    """The way in of a workbench with accounts.

    Args:
        access: The door.
    """

    def __init__(self, access: Access) -> None:
        self._access = access
        self._halfway: dict[str, Halfway] = {}
        self._lock = threading.Lock()
        # Guesses at one name wait for each other: side by side, all of them would be free.
        self._queues = tuple(threading.Lock() for _ in range(_N_QUEUES))

    def by_password(
        self, cookie: str, name: str, password: str, *, address: str, browser: str
    ) -> Session | None:
        """Return a session; None where a second factor is awaited from the same browser.

        Args:
            cookie: What the browser's cookie holds.
            name: As typed.
            password: As typed.
            address: Where from.
            browser: Kind of browser.

        Raises:
            SignInRefusedError: Name and password do not fit.
            TooManyAttemptsError: They did not too often, for this name or from this address.
        """
        from undersight.workbench import sign_in

        found = self._tried(name, address, lambda at: sign_in.check_password(at, name, password))
        if not found.has_second_factor:
            self._right(name)
            return self._access.begin(found, browser)
        with self._lock:
            now_s = self._access.clock()
            old = [k for k, one in self._halfway.items() if one.until_s < now_s]
            for key in old or list(self._halfway)[: len(self._halfway) - _MOST_HALFWAY]:
                del self._halfway[key]
            self._halfway[session_key(cookie)] = Halfway(found, now_s + _HALFWAY_S)
        return None

    def halfway(self, cookie: str) -> Halfway:
        """Return who is halfway in, in a browser.

        Raises:
            NotSignedInError: Nobody, or it took too long.
        """
        with self._lock:
            found = self._halfway.get(session_key(cookie))
        if found is None or found.until_s < self._access.clock():
            raise NotSignedInError
        return found

    def question(self, cookie: str, site: Site) -> str:
        """Return what the browser's passkey is asked to sign, as JSON."""
        from undersight.workbench import second_factors

        half = self.halfway(cookie)
        half.challenge, text = second_factors.passkey_question(half.account, site)
        return text

    def by_code(self, cookie: str, code: str, *, address: str, browser: str) -> Session:
        """Return a session for the code of an app, or a recovery code.

        Raises:
            SignInRefusedError: It does not fit, or was used before.
            TooManyAttemptsError: Tried too often.
            NotSignedInError: Nobody gave a password before.
        """
        from undersight.workbench import second_factors

        half = self.halfway(cookie)
        staff_id = half.account.staff_id
        account = self._tried(
            half.account.name, address, lambda at: second_factors.check_code(at, staff_id, code)
        )
        return self._in(cookie, account, browser)

    def by_passkey(
        self, cookie: str, answer: str, site: Site, *, address: str, browser: str
    ) -> Session:
        """Return a session for what a passkey signed.

        Raises:
            SignInRefusedError: It is not theirs, or signed something else.
            TooManyAttemptsError: Tried too often.
            NotSignedInError: Nobody gave a password before.
        """
        from undersight.workbench import second_factors

        half = self.halfway(cookie)
        challenge, half.challenge = half.challenge, b""  # each is signed once
        if not challenge:
            raise NotSignedInError
        staff_id = half.account.staff_id
        account = self._tried(
            half.account.name,
            address,
            lambda at: second_factors.check_passkey(
                at, staff_id, answer, challenge=challenge, site=site
            ),
        )
        return self._in(cookie, account, browser)

    def show_password(self, account: Account, password: str, *, address: str) -> None:
        """Go on if it is somebody's password, for what their open browser may not do.

        Raises:
            SignInRefusedError: It is not.
            TooManyAttemptsError: Tried too often.
        """
        from undersight.workbench import sign_in

        name = account.name
        self._tried(name, address, lambda at: sign_in.check_password(at, name, password))
        self._right(name)

    # --- inside -----------------------------------------------------------------------------

    def _tried(self, name: str, address: str, check: Callable[[Workspace], Account]) -> Account:
        """Check, counting what is wrong under the name and under the address."""
        key = _name_key(name)
        keys = {key: _BY_NAME, f"from {address}": _BY_ADDRESS}
        with self._queues[int(key[:8], 16) % _N_QUEUES]:
            self._access.throttle.check(keys)
            try:
                with self._access.desk.reading() as workspace:
                    return check(workspace)
            except SignInRefusedError:
                self._access.throttle.wrong(keys)
                raise

    def _in(self, cookie: str, account: Account, browser: str) -> Session:
        with self._lock:
            self._halfway.pop(session_key(cookie), None)
        self._right(account.name)
        return self._access.begin(account, browser)

    def _right(self, name: str) -> None:
        self._access.throttle.right(_name_key(name))


def _name_key(name: str) -> str:
    """A name as it is counted: what somebody types is not kept."""
    return hashlib.sha256(name.strip().casefold().encode("utf-8", "replace")).hexdigest()


_MAKING = threading.Lock()


def way_in(access: Access) -> SigningIn:
    """Return the way into a workbench: one for all its requests."""
    with _MAKING:
        if not isinstance(access.way_in, SigningIn):
            access.way_in = SigningIn(access)
        return access.way_in
