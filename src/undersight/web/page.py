"""A page: its name, its place in the menu, and what it answers.

A page is one file in ``web/pages`` with a module-level ``page``, one template of its name, and
one line in ``web/pages/__init__.py``. A handler takes the `Visit` and the parts of the path, asks
the workbench, and returns what `Visit.render` or `Visit.go` made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from undersight.model.account import Right
    from undersight.web.visit import Visit

FORM_BYTES = 8 * 1024**2


class Handler(Protocol):
    """What answers one request; it runs in a thread of its own and may take its time."""

    def __call__(self, visit: Visit, **parts: str) -> Response:
        """Answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One address of a page.

    Args:
        method: ``GET`` or ``POST``.
        path: With ``{parts}`` that the handler gets by name.
        handler: What answers.
        needs: The right that whoever asks must have.
        most_bytes: The longest request that it takes.
        most_files: How many files a form may hold.
    """

    method: str
    path: str
    handler: Callable[..., Response]
    needs: Right
    most_bytes: int = FORM_BYTES
    most_files: int = 0


class Page:
    """One page of the workbench, or a few that belong together.

    Args:
        page_id: Also the name of its file and template.
        title: English title, marked with ``_()``.
        about: One English sentence, marked with ``_()``; the help page shows it.
        menu: Path that the menu links to; empty where the menu does not show it.
        key: Letter that leads to it behind ``g``; empty for none.
    """

    def __init__(
        self, page_id: str, *, title: str, about: str, menu: str = "", key: str = ""
    ) -> None:
        self.page_id, self.title, self.about = page_id, title, about
        self.menu, self.key = menu, key
        self.actions: list[Action] = []

    @property
    def address(self) -> str:
        """Where it opens without anything chosen before; empty where something must be."""
        plain = [one.path for one in self.actions if one.method == "GET" and "{" not in one.path]
        return self.menu or next(iter(plain), "")

    @property
    def needs(self) -> Right:
        """The right to open it from the menu."""
        for action in self.actions:
            if action.method == "GET" and action.path == (self.menu or action.path):
                return action.needs
        return "inside"

    def get(self, path: str, *, needs: Right = "inside") -> Callable[[Any], Any]:
        """Answer a ``GET`` with the decorated function; it changes nothing.

        Only a page that says ``needs="read"`` is shown to those who may not see everything.
        """
        return self._add(Action(method="GET", path=path, handler=_nothing, needs=needs))

    def post(
        self,
        path: str,
        *,
        needs: Right = "write",
        most_bytes: int = FORM_BYTES,
        most_files: int = 0,
    ) -> Callable[[Any], Any]:
        """Answer a form with the decorated function; it ends in ``Visit.go``."""
        return self._add(
            Action(
                method="POST",
                path=path,
                handler=_nothing,
                needs=needs,
                most_bytes=most_bytes,
                most_files=most_files,
            )
        )

    def _add(self, bare: Action) -> Callable[[Any], Any]:
        import dataclasses

        def registered(handler: Any) -> Any:
            self.actions.append(dataclasses.replace(bare, handler=handler))
            return handler

        return registered


def _nothing(visit: Visit, **_parts: str) -> Response:
    """Stand in until the decorator has its function."""
    raise NotImplementedError
