"""A workbench that answers at a port of this computer, for what needs real requests."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from undersight.web.access import Access
from undersight.web.app import create_app


def free_port() -> int:
    """A port at which nobody answers now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(access: Access, port: int) -> Iterator[str]:
    """The address of a workbench, as long as it is needed."""
    listener = socket.create_server(("127.0.0.1", port))
    settings = uvicorn.Config(
        create_app(access, port=port), log_config=None, lifespan="off", ws="none"
    )
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
