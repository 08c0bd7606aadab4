"""The walk through a drafted entry in a terminal: one key each, nothing enters unseen."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click
from rich.table import Table
from rich.text import Text

from undersight.cli.legible import legible
from undersight.errors import InvalidDateError, InvalidDraftError, UndersightError
from undersight.model.draft import ROLES
from undersight.workbench.confirmation import Confirmation, suggestions

if TYPE_CHECKING:
    from rich.console import Console

    from undersight.model.draft import DraftEntry, DraftField

Outcome = Literal["accept", "skip", "quit", "edit"]

KEYS = (
    ("a", "accept the entry as it stands"),
    ("j k ↓ ↑", "next, previous field"),
    ("r", "reject the field (again: take it back in)"),
    ("c", "change its value"),
    ("o", "change the person's part"),
    ("t", "tie it to another act"),
    ("u", "undo"),
    ("e", "edit the whole entry as a form"),
    ("s", "skip the entry, store nothing of it"),
    ("q", "stop here; entries accepted so far stay"),
    ("?", "this help"),
)
_YEAR = re.compile(r"\d{4}|\d{3}X|\d{2}XX")
_LEAST_ROWS = 4
_CUT_LINES = 2  # that say that more stands above and below
_FRAME_LINES = 5  # the rule, the heading of the fields, what is in no field, the keys
_MOVES = {"j": 1, "\x1b[B": 1, "\r": 1, "\n": 1, "k": -1, "\x1b[A": -1}
_OUTCOMES: dict[str, Outcome] = {"a": "accept", "s": "skip", "q": "quit", "e": "edit"}
_STYLE = {"proposed": "bold", "changed": "bold green", "rejected": "dim strike"}


@dataclass(slots=True)
class Walk:
    """One entry on the screen.

    Args:
        text: The whole text drafted from.
        entry: The proposed entry.
        position: Such as ``2 of 5``.
        console: Where to draw.
    """

    text: str
    entry: DraftEntry
    position: str
    console: Console

    def run(self) -> tuple[Outcome, Confirmation]:
        """Draw, read keys, until the person decides on the entry."""
        state = Confirmation(self.entry)
        message = ""
        while True:
            self.draw(state, message)
            key = click.getchar()
            if key in _OUTCOMES:
                return _OUTCOMES[key], state
            message = self.press(state, key)

    def press(self, state: Confirmation, key: str) -> str:
        """Carry out one key and return what to tell the person."""
        if key in _MOVES:
            state.move(_MOVES[key])
            return ""
        if key == "?":
            return "\n".join(f"{keys:9} {about}" for keys, about in KEYS)
        if not state.values:
            return "This entry has no fields: a accepts the text as it is, s skips it."
        try:
            return self._change(state, key)
        except InvalidDraftError as error:
            return f"Not changed: {error.reason.rstrip('.')}."
        except UndersightError as error:
            return f"{error.sentence} {error.hint}"

    def _change(self, state: Confirmation, key: str) -> str:
        if key == "r":
            state.reject()
        elif key == "u":
            state.undo()
        elif key == "c":
            state.change(value=self._ask_value(state.values[state.cursor]))
        elif key == "o":
            state.change(role=self._ask_role(state.values[state.cursor]))
        elif key == "t":
            state.change(of=self._ask_act(state.values[state.cursor].of))
        else:
            return "Press ? for the keys."
        return ""

    def _ask_value(self, proposed: DraftField) -> Any:
        offered = suggestions(proposed)
        for n, value in enumerate(offered, 1):
            self.console.print(Text(legible(f"  {n}  {value}")))
        shown = proposed.value
        if not isinstance(shown, str):
            shown = json.dumps(shown, ensure_ascii=False)
        typed = click.prompt("Value (a number chooses, Enter keeps)", default=shown).strip()
        if typed.isdecimal() and 1 <= int(typed) <= len(offered) and proposed.kind != "provision":
            return offered[int(typed) - 1]
        if isinstance(proposed.value, str):
            return _meant(proposed.kind, typed)
        return _read_json(typed, proposed.value)

    def _ask_role(self, proposed: DraftField) -> str | None:
        for n, role in enumerate(ROLES, 1):
            self.console.print(Text(f"  {n}  {role}"))
        typed = click.prompt("Part in the act", default=proposed.role or "victim").strip()
        is_number = typed.isdecimal() and 1 <= int(typed) <= len(ROLES)
        return ROLES[int(typed) - 1] if is_number else typed

    @staticmethod
    def _ask_act(tied: int | None) -> int | None:
        shown = "0" if tied is None else str(tied + 1)
        typed = click.prompt("Number of the act (0: none)", default=shown).strip()
        # What is no number leaves the tie: it would be lost without a word.
        return (int(typed) - 1 if typed != "0" else None) if typed.isdecimal() else tied

    def draw(self, state: Confirmation, message: str = "") -> None:
        """Show the text with every field marked, then the fields, then the keys."""
        self.console.clear()
        self.console.rule(f"Entry {self.position}", align="left")
        n_rows = max(_LEAST_ROWS, self.console.height // 2 - _FRAME_LINES)
        n_fields = min(n_rows + _CUT_LINES, len(state.values))
        self.console.print(
            self._around_field(state, self.console.height - n_fields - _FRAME_LINES)
        )
        self.console.print(self._fields(state, n_rows))
        n_open = len(self.entry.not_captured)
        if n_open:
            passages = "1 passage is" if n_open == 1 else f"{n_open} passages are"
            said = f"{passages} in no field (shown dim); the summary keeps all words."
            self.console.print(Text(said, style="dim"))
        self.console.print(
            Text(message or "a accept   j/k move   r reject   c change   e form   ? all keys"),
            style="reverse" if not message else "yellow",
        )

    def marked(self, state: Confirmation) -> Text:
        """Return the entry's text with fields bold, the current one reversed, the rest plain."""
        start = self.entry.start
        # Rich would leave carriage returns out, and every mark behind one would stand beside.
        shown = Text(legible(self.text[start : self.entry.end]))
        for first, last in self.entry.not_captured:
            shown.stylize("dim", first - start, last - start)
        for i, value in enumerate(state.values):
            shown.stylize(_STYLE[state.states[i]], value.start - start, value.end - start)
        if state.values:
            current = state.values[state.cursor]
            shown.stylize("reverse", current.start - start, current.end - start)
        return shown

    def _around_field(self, state: Confirmation, n_lines: int) -> Text:
        """Return the text, or the lines around the current field where it is longer than that."""
        marked, width = self.marked(state), self.console.width
        lines = marked.wrap(self.console, width)
        if len(lines) <= n_lines:
            return marked
        room = max(_LEAST_ROWS, n_lines - _CUT_LINES)
        place = state.values[state.cursor].start - self.entry.start if state.values else 0
        at = len(Text(marked.plain[: place + 1]).wrap(self.console, width)) - 1
        first = _window(at, room, len(lines))
        return Text("\n").join(
            [
                *([Text("…", style="dim")] if first else []),
                *lines[first : first + room],
                *([Text("…", style="dim")] if first + room < len(lines) else []),
            ]
        )

    def _fields(self, state: Confirmation, n_rows: int) -> Table:
        grid = Table(box=None, pad_edge=False)
        for name in ("", "#", "kind", "value", "of act", "read from"):
            # What would be stored is never the column that a narrow terminal leaves out.
            least = min(24, self.console.width // 3) if name == "value" else None
            is_whole = name not in {"value", "read from"}
            grid.add_column(name, overflow="fold", no_wrap=is_whole, min_width=least)
        n_read = max(12, self.console.width // 2 - 22)
        first = _window(state.cursor, n_rows, len(state.values))
        last = min(len(state.values), first + n_rows)
        if first:
            grid.add_row("", "", Text(f"… {first} above", style="dim"))
        for i, value in enumerate(state.values[first:last], first):
            style = _STYLE[state.states[i]] if state.states[i] != "proposed" else ""
            cells = (
                "▶"
                if i == state.cursor
                else {"rejected": "✗", "changed": "✎"}.get(state.states[i], " "),
                str(i + 1),
                value.kind if value.role is None else f"{value.kind} ({value.role})",
                _words(value),
                "" if value.of is None else str(value.of + 1),
                self.text[value.start : value.end].replace("\n", " ")[:n_read],
            )
            grid.add_row(*(Text(legible(cell), style=style) for cell in cells))
        if last < len(state.values):
            grid.add_row("", "", Text(f"… {len(state.values) - last} below", style="dim"))
        return grid


def _window(at: int, room: int, n: int) -> int:
    """Return the first of so many lines to show, so that one of them is in their middle."""
    return max(0, min(at - room // 2, n - room))


def _words(proposed: DraftField) -> str:
    value = proposed.value
    if isinstance(value, str):
        words = value
    else:
        words = ", ".join(f"{name} {v}" for name, v in value.items() if v is not None)
    if proposed.alternatives:
        words += f"  (or {len(proposed.alternatives)} other readings)"
    return words


def _meant(kind: str, typed: str) -> str:
    """Return the value that somebody typed for a field: a day or an act may be in words.

    Raises:
        InputError: It is none; what is near is named.
    """
    from undersight.workbench import quick_entry

    if kind == "act":
        return quick_entry.act_type(typed)
    if kind != "date":
        return typed
    if not _YEAR.search(typed):
        raise InvalidDateError(typed, "write the year as well", "date")
    # Whatever year is today, no word is counted from it: the year stands in what was typed.
    return str(quick_entry.read_date(typed, lang="en", today=dt.date(2000, 1, 1))["edtf"])


def _read_json(typed: str, current: Any) -> Any:
    """Read a changed penalty or number; what is no JSON leaves the value as it was."""
    from undersight.errors import InvalidDraftError

    try:
        return json.loads(typed)
    except json.JSONDecodeError as error:
        wanted = ", ".join(current)
        raise InvalidDraftError("value", f"expected an object with {wanted}") from error
