"""What others wrote is read on a terminal and not carried out by it."""

from __future__ import annotations

import click
import pytest

from undersight.cli import console
from undersight.cli.legible import legible


def test_each_control_character_is_one_sign_and_line_breaks_stay() -> None:
    text = "a\r\n\tb\x1b[2Jc\x00\x9b\x7f\x85d"
    assert legible(text) == "a \n\tb�[2Jc��� d"
    assert len(legible(text)) == len(text)


def test_writing_of_every_direction_and_signs_of_several_characters_are_left() -> None:
    text = "شیرین\u200cگفت \u200fҰ é\u0301 👩\u200d👩\u200d👧 İı"
    assert legible(text) == text


def test_results_in_words_keep_our_bold_and_no_other_sign(
    capsys: pytest.CaptureFixture[str],
) -> None:
    title = click.style("A title", bold=True)
    console.emit(None, as_json=False, words=lambda _: f"{title} \x1b[8mhidden\x1b[2J")
    said = capsys.readouterr().out
    assert said == "A title �[8mhidden�[2J\n" or title in said
    assert "\x1b[8m" not in said
    assert "\x1b[2J" not in said
