"""Tables of actions that cannot be used."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import InputError


class MissingColumnError(InputError):
    """A table of actions without a column that is needed."""

    code: ClassVar[str] = "missing-column"

    def __init__(self, column: str, known: tuple[str, ...]) -> None:
        self.column, self.known = column, known
        super().__init__(
            f"No column says what the {column} is; the table has: {', '.join(known) or 'none'}.",
            f"Name it, such as --map {column}=COLUMN.",
        )


class TooManyIdsError(InputError):
    """More distinct ids in one column than codes."""

    code: ClassVar[str] = "too-many-ids"

    def __init__(self, n_ids: int, n_most: int) -> None:
        self.n_ids, self.n_most = n_ids, n_most
        super().__init__(
            f"One column has {n_ids} distinct ids; {n_most} can be told apart in memory.",
            "Cut the table into parts that share no object.",
        )


class WindowTooWideError(InputError):
    """A window that is too wide for the number of rows."""

    code: ClassVar[str] = "window-too-wide"

    def __init__(self, window_us: int) -> None:
        self.window_us = window_us
        super().__init__(
            f"A window of {window_us / 1e6:g} s is too wide for so many rows.",
            "Choose a narrower one; beyond some days, co-action says little.",
        )
