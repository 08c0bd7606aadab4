"""The walk through a draft as a terminal shows it."""

from __future__ import annotations

import io
from typing import Any

import click
import pytest
from rich.console import Console

from undersight.cli.walk import Walk
from undersight.model.draft import DraftEntry, DraftField
from undersight.workbench.confirmation import Confirmation

TEXT = "Officers told the editor of the newspaper that she had to delete it on 3 June."
CLAIM = {"speaker": "Dalğa Xəbər", "stance": "denies", "about": "summons"}


def proposed(kind: str, value: Any, start: int, end: int, of: int | None = None) -> DraftField:
    return DraftField(
        kind=kind, value=value, start=start, end=end, confidence=0.9, rule="test", of=of
    )


def walk(width: int) -> tuple[Walk, Confirmation, io.StringIO]:
    entry = DraftEntry(
        headline="",
        start=0,
        end=len(TEXT),
        updated=None,
        fields=(
            proposed("act", "forced_deletion", 0, 67),
            proposed("date", "2031-06-03", 71, 77, of=0),
            proposed("claim", CLAIM, 0, 78),
        ),
        not_captured=(),
    )
    shown = io.StringIO()
    console = Console(file=shown, width=width, height=24, force_terminal=False)
    return Walk(TEXT, entry, "1 of 1", console), Confirmation(entry), shown


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_what_would_be_stored_is_seen_on_a_terminal_of_any_width(width: int) -> None:
    on_screen, state, shown = walk(width)
    on_screen.draw(state)
    assert "forced_deletion" in shown.getvalue()
    assert "2031-06-03" in shown.getvalue()


def test_the_value_offered_for_a_change_is_in_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    on_screen, state, _shown = walk(80)
    state.move(2)
    offered: list[str] = []

    def keep(_question: str, *, default: str) -> str:
        offered.append(default)
        return default

    monkeypatch.setattr(click, "prompt", keep)
    on_screen.press(state, "c")
    assert "Dalğa Xəbər" in offered[0]


@pytest.mark.parametrize(("typed", "tied"), [(None, 0), ("x", 0), ("0", None), ("1", 0)])
def test_enter_and_a_slip_of_the_key_leave_the_tie_to_an_act(
    monkeypatch: pytest.MonkeyPatch, typed: str | None, tied: int | None
) -> None:
    on_screen, state, _shown = walk(80)
    state.move(1)
    monkeypatch.setattr(click, "prompt", lambda _asked, *, default: typed or default)
    on_screen.press(state, "t")
    assert state.values[1].of == tied


@pytest.mark.parametrize(
    ("place", "typed", "value", "said"),
    [
        (0, "detention", "detention", ""),
        (0, "detenton", "forced_deletion", "Did you mean detention"),
        (0, "saxlanılma", "detention", ""),
        (1, "12 March 2031", "2031-03-12", ""),
        (1, "12 марта 2031", "2031-03-12", ""),
        (1, "12 March", "2031-06-03", "write the year as well"),
        (1, "31 February 2031", "2031-06-03", "28 days"),
        (1, "2031-03", "2031-03", ""),
    ],
)
def test_a_changed_value_may_be_in_words_and_a_slip_is_told_in_them(
    monkeypatch: pytest.MonkeyPatch, place: int, typed: str, value: str, said: str
) -> None:
    on_screen, state, _shown = walk(80)
    state.move(place)
    monkeypatch.setattr(click, "prompt", lambda _asked, **_given: typed)
    told = on_screen.press(state, "c")
    assert state.values[place].value == value
    assert said in told
    assert bool(told) == bool(said)
    assert "draft cannot be read" not in told


def test_the_field_at_the_cursor_is_on_a_small_screen_whatever_stands_above() -> None:
    sentences = [f"Sentence number {n} tells of the {n}th thing that was done." for n in range(40)]
    text = "\n".join(sentences)
    fields = tuple(
        proposed("act", "detention", text.index(one), text.index(one) + len(one))
        for one in sentences
    )
    entry = DraftEntry(
        headline="", start=0, end=len(text), updated=None, fields=fields, not_captured=()
    )
    for cursor in (0, 1, 20, 39):
        shown = io.StringIO()
        console = Console(file=shown, width=80, height=24, force_terminal=False)
        on_screen, state = Walk(text, entry, "1 of 1", console), Confirmation(entry)
        state.move(cursor)
        on_screen.draw(state)
        lines = shown.getvalue().splitlines()
        assert len(lines) <= 24
        assert sum(f"Sentence number {cursor} tells" in line for line in lines) == 1
        assert [line for line in lines if line.startswith("▶")]


def test_a_mark_stands_at_its_words_in_a_text_with_windows_line_ends() -> None:
    text = "Blogger called in\r\n\r\nPolice called her in.\r\nA court fined her."
    place = text.index("fined")
    fields = (proposed("act", "fine", place, place + 5),)
    entry = DraftEntry(
        headline="", start=0, end=len(text), updated=None, fields=fields, not_captured=()
    )
    marked = Walk(text, entry, "1 of 1", Console(file=io.StringIO())).marked(Confirmation(entry))
    assert {marked.plain[span.start : span.end] for span in marked.spans} == {"fined"}


def test_signs_that_steer_a_terminal_are_shown_and_not_carried_out() -> None:
    text = "Police \x1b[2Jcalled \x1b]0;her\x07 in\x9b31m."
    fields = (proposed("act", "Call\x1b[8med", 0, len(text)),)
    entry = DraftEntry(
        headline="", start=0, end=len(text), updated=None, fields=fields, not_captured=()
    )
    shown = io.StringIO()
    Walk(text, entry, "1 of 1", Console(file=shown, force_terminal=False)).draw(
        Confirmation(entry)
    )
    assert not {"\x1b", "\x07", "\x9b"} & set(shown.getvalue())
    assert "�[2Jcalled" in shown.getvalue()


@pytest.mark.parametrize("typed", ["0", "²", "99"])
def test_a_part_that_is_none_of_those_offered_changes_nothing(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_screen, state, _shown = walk(80)
    monkeypatch.setattr(click, "prompt", lambda *_a, **_kw: typed)
    told = on_screen.press(state, "o")
    assert state.values[0].role is None
    assert told.startswith("Not changed")


def test_a_number_that_is_no_figure_is_taken_as_words(monkeypatch: pytest.MonkeyPatch) -> None:
    on_screen, state, _shown = walk(80)
    monkeypatch.setattr(click, "prompt", lambda *_a, **_kw: "²")
    assert on_screen.press(state, "c")
    assert state.values[0].value == "forced_deletion"
