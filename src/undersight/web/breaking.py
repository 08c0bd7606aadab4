"""Stopping work at any moment, where it stores nothing.

Long computations say too seldom how far they are for a stop to be felt at once. Where a task says
that nothing is stored (`Break.anywhere`), a stop is raised in its thread between two steps of the
interpreter, as Ctrl-C is in the first thread of a program.
"""

from __future__ import annotations

import ctypes
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from undersight.errors import JobStoppedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_EVERY_S = 0.25
"""A stop that struck where nobody hears it (while memory is tidied up) is raised again."""


class Break:
    """Where one task may be stopped."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread = 0
        self._asked = threading.Event()

    @contextmanager
    def anywhere(self) -> Iterator[None]:
        """Let a stop be raised at any moment until the end of the block, which stores nothing.

        Raises:
            JobStoppedError: Somebody asked to stop.
        """
        with self._lock:
            self._thread = threading.get_ident()
        try:
            if self._asked.is_set():
                raise JobStoppedError
            yield
        finally:
            with self._lock:
                self._thread = 0

    def ask(self) -> None:
        """Stop the task: now, or when it comes to where it may be stopped."""
        self._asked.set()
        threading.Thread(target=self._insist, name="break", daemon=True).start()

    def _insist(self) -> None:
        while self._raised():
            threading.Event().wait(_EVERY_S)

    def _raised(self) -> bool:
        with self._lock:
            if self._thread:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(self._thread), ctypes.py_object(JobStoppedError)
                )
            return bool(self._thread)
