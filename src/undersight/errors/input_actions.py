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


class UnknownColumnError(InputError):
    """A column that the table lacks, or a meaning that no column of actions has."""

    code: ClassVar[str] = "unknown-column"

    def __init__(self, name: str, known: tuple[str, ...], *, is_role: bool) -> None:
        self.name, self.known, self.is_role = name, known, is_role
        what = "No column of actions can mean" if is_role else "The table has no column"
        super().__init__(
            f"{what} “{name}”.",
            f"Choose among: {', '.join(known)}. Write --map MEANING=COLUMN.",
        )


class AmbiguousColumnError(InputError):
    """Several columns that could have one meaning."""

    code: ClassVar[str] = "ambiguous-column"

    def __init__(self, role: str, columns: tuple[str, ...]) -> None:
        self.role, self.columns = role, columns
        super().__init__(
            f"Several columns could be the {role}: {', '.join(columns)}.",
            f"Say which, such as --map {role}={columns[0]}.",
        )


class OutputKindError(InputError):
    """An output file with an ending that edges cannot be written by."""

    code: ClassVar[str] = "output-kind"

    def __init__(self, name: str, kinds: tuple[str, ...]) -> None:
        self.name, self.kinds = name, kinds
        super().__init__(
            f"The ending of {name} says no format that edges can be written in.",
            f"Choose one of {', '.join(kinds)}.",
        )


class OneWindowError(InputError):
    """Several windows for an output that holds one network."""

    code: ClassVar[str] = "one-window"

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} takes one window.", "Run the command once for each window.")


class TooManyEdgesError(InputError):
    """More edges than are written without being asked for, or than memory holds."""

    code: ClassVar[str] = "too-many-edges"

    def __init__(self, n_most: int, *, is_in_memory: bool = False) -> None:
        self.n_most, self.is_in_memory = n_most, is_in_memory
        rest = (
            "write them to a file: undersight coaction FILE --out EDGES"
            if is_in_memory
            else f"allow them: --most-edges {10 * n_most}"
        )
        super().__init__(
            f"There are more than {n_most:,} edges; none was kept.",
            "Where one object makes an edge, all who acted on a busy one are tied: ask for more "
            f"(--min-objects 2), take a narrower window, or {rest}.",
        )


class TooManyPairsError(InputError):
    """More pairs than memory holds, for a tool that makes every one."""

    code: ClassVar[str] = "too-many-pairs"

    def __init__(self, n_pairs: int, n_most: int) -> None:
        self.n_pairs, self.n_most = n_pairs, n_most
        super().__init__(
            f"The imitated tool makes every pair: {n_pairs:,}, and the memory here holds "
            f"{n_most:,}.",
            "Take a narrower --window or fewer rows, or leave out --compat: our own count stores "
            "no pair.",
        )
