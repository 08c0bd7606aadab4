"""Answering until somebody presses Ctrl-C: this computer only, or others where that is asked."""

from __future__ import annotations

import errno
import importlib
import ipaddress
import logging
import socket
import sys
import threading
import webbrowser
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from undersight.errors import AccountsNeededError, PortTakenError
from undersight.presentation.pages import compile_ahead
from undersight.web.access import Access
from undersight.web.app import create_app
from undersight.web.guard import LOOPBACK_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOOPBACK = "127.0.0.1"
USUAL_PORT = 8765
_AHEAD_S = 2.0
"""When pages are loaded if nobody asked: behind the first one, before a passphrase is typed."""
SWITCH_S = 0.0005
"""How long a thread that counts keeps a page waiting each time that the page asked its database:
a tenth of Python's default, by which pages took half as long again beside a job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Who can reach a workbench.

    Args:
        host: The address it listens at.
        port: The port; 0 for any that is free, None for the usual one if it is.
        names: Names under which browsers see it elsewhere, with a port if they see one.
        is_behind_tls: Whether a proxy in front of it speaks TLS with browsers.
    """

    host: str = LOOPBACK
    port: int | None = None
    names: tuple[str, ...] = ()
    is_behind_tls: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether other computers can reach it."""
        return self.is_behind_tls or bool(self.names) or not _is_loopback(self.host)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Its own addresses, as browsers write them."""
        named = f"[{self.host}]" if ":" in self.host else self.host
        return tuple(dict.fromkeys((*LOOPBACK_NAMES, named)))


def serve(
    root: Path | None,
    *,
    reach: Reach,
    idle_s: float,
    is_opening: bool,
    tell: Callable[[str], object],
) -> None:
    """Serve the workbench until it is stopped.

    Args:
        root: The workspace's folder; None where there is none yet.
        reach: Who can reach it.
        idle_s: After how long without a request it locks itself, seconds; 0 for never.
        is_opening: Whether to open a browser.
        tell: Called with the address.

    Raises:
        AccountsNeededError: Others can reach a workspace that opens without a passphrase, or
            none, and nobody has an account.
        PortTakenError: Another program answers at the port.
    """
    if reach.is_shared:
        _check_closed(root, reach.names[0] if reach.names else reach.host)
    with _listening(reach) as listener:
        found: int = listener.getsockname()[1]
        address = _address(reach, found)
        access = Access(
            root, idle_s=idle_s, is_shared=reach.is_shared, is_behind_tls=reach.is_behind_tls
        )
        app = create_app(access, port=found, names=reach.names, at=reach.addresses)
        # A traceback may show content; what goes wrong is logged by web.failures, without any.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        settings = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            ws="none",
            proxy_headers=False,  # whoever asks could say where from; `Visit.address` knows
        )
        tell(address)
        if is_opening:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        ahead = threading.Timer(_AHEAD_S, load_ahead)
        ahead.daemon = True
        ahead.start()
        sys.setswitchinterval(SWITCH_S)
        uvicorn.Server(settings).run(sockets=[listener])


def load_ahead() -> None:
    """Load the pages, what programs ask, then the templates: nobody who comes later waits."""
    for part in ("pages", "api"):
        importlib.import_module(f"undersight.web.{part}")
    for package in ("undersight.web", "undersight.reports"):
        compile_ahead(package)


def _check_closed(root: Path | None, host: str) -> None:
    """Refuse to show others a workspace that nothing closes."""
    from undersight.workbench import accounts, starting
    from undersight.workbench.session import Workspace

    place = starting.look(root)
    if place.root is None:
        raise AccountsNeededError(host)
    if place.is_plain:
        with Workspace.open(place.root) as workspace:
            if not accounts.have_been_made(workspace):
                raise AccountsNeededError(host)


def _address(reach: Reach, port: int) -> str:
    if reach.names:
        return f"{'https' if reach.is_behind_tls else 'http'}://{reach.names[0]}/"
    return f"http://{reach.addresses[-1] if reach.is_shared else LOOPBACK}:{port}/"


def _listening(reach: Reach) -> socket.socket:
    """Return a socket that listens at one address."""
    family = socket.AF_INET6 if ":" in reach.host else socket.AF_INET
    wanted = USUAL_PORT if reach.port is None else reach.port
    try:
        return socket.create_server((reach.host, wanted), family=family, backlog=128)
    except OSError as reason:
        if reason.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        if reach.port is None:
            return socket.create_server((reach.host, 0), family=family, backlog=128)
        raise PortTakenError(wanted) from reason


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
