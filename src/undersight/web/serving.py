"""Answering on this computer's own address until somebody presses Ctrl-C."""

from __future__ import annotations

import errno
import importlib
import logging
import socket
import threading
import webbrowser
from typing import TYPE_CHECKING

import uvicorn

from undersight.errors import PortTakenError
from undersight.web.access import Access
from undersight.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOST = "127.0.0.1"
USUAL_PORT = 8765
_AHEAD_S = 2.0
"""When pages are loaded if nobody asked: behind the first one, before a passphrase is typed."""


def serve(
    root: Path | None,
    *,
    port: int | None,
    idle_s: float,
    is_opening: bool,
    tell: Callable[[str], object],
) -> None:
    """Serve the workbench until it is stopped.

    Args:
        root: The workspace's folder; None where there is none yet.
        port: Where to answer; 0 for any that is free, None for the usual one if it is.
        idle_s: After how long without a request it locks itself, seconds; 0 for never.
        is_opening: Whether to open a browser.
        tell: Called with the address.

    Raises:
        PortTakenError: Another program answers at the port.
    """
    with _listening(port) as listener:
        found: int = listener.getsockname()[1]
        address = f"http://{HOST}:{found}/"
        app = create_app(Access(root, idle_s=idle_s), port=found)
        # A traceback may show content; what goes wrong is logged by web.failures, without any.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        settings = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, ws="none"
        )
        tell(address)
        if is_opening:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        ahead = threading.Timer(_AHEAD_S, importlib.import_module, ("undersight.web.pages",))
        ahead.daemon = True
        ahead.start()
        uvicorn.Server(settings).run(sockets=[listener])


def _listening(port: int | None) -> socket.socket:
    """Return a socket that listens on the loopback address only."""
    wanted = USUAL_PORT if port is None else port
    try:
        return socket.create_server((HOST, wanted), backlog=128)
    except OSError as reason:
        if reason.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        if port is None:
            return socket.create_server((HOST, 0), backlog=128)
        raise PortTakenError(wanted) from reason
