from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.corpus.carried import canonical_hashtag, carried_in, text_key


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for one in carried_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no", []),
        (
            "see https://www.Example.org/a?utm_source=x&b=1.",
            [("url", "https://www.example.org/a?b=1"), ("domain", "example.org")],
        ),
        (
            "(https://example.org/x_(y)) ok",
            [("url", "https://example.org/x_(y)"), ("domain", "example.org")],
        ),
        ("t.me/sarnak/12", [("url", "https://t.me/sarnak/12"), ("domain", "t.me")]),
        ("#Sarnak #ŞİKAYƏT #1", [("hashtag", "sarnak"), ("hashtag", "sikayet")]),
        ("@Tarvin.O said a@b.example", [("mention", "tarvin.o")]),
        ("[id12|Tarvin Oskelde], yes", [("mention", "id12")]),
        (
            "https://example.org/#tag/@x",
            [("url", "https://example.org/"), ("domain", "example.org")],
        ),
        ("AT&T&#39;s", []),
    ],
)
def test_what_a_text_carries(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@given(st.text(alphabet="ab#@./: htps|[]1", max_size=60))
def test_every_thing_stands_where_it_says(text: str) -> None:
    for one in carried_in(text):
        written = text[one.start : one.end]
        assert written == one.value_text
        assert one.value


@given(st.text(max_size=80))
def test_a_key_is_words_or_nothing(text: str) -> None:
    key = text_key(text, carried_in(text))
    assert key is None or (key == key.strip().lower() and key.isascii() and "  " not in key)


@pytest.mark.parametrize(
    "copy",
    [
        "ŞİKAYƏT edin! Bu çox vacibdir",
        "şikayət  edin, bu çox vacibdir 🙏🙏",
        "sikayet\u200b edin... bu cox vacibdir https://example.org/x",
        "@mila şikayət edin: bu çox vacibdir",
        "şikаyət edin bu çox vаcibdir",  # а of another script
    ],
)
def test_copies_of_a_text_meet(copy: str) -> None:
    assert text_key(copy, carried_in(copy)) == "sikayet edin bu cox vacibdir"


@pytest.mark.parametrize("text", ["", "🙏🙏", "https://example.org/x", "@mila", "!!!"])
def test_a_text_without_words_has_no_key(text: str) -> None:
    assert text_key(text, carried_in(text)) is None


def test_a_hashtag_that_folds_to_nothing_keeps_its_letters() -> None:
    assert canonical_hashtag("#ъ") == "ъ"


@pytest.mark.parametrize(
    ("text", "handle", "key"),
    [
        ("[id12|Ravin Oltar], ложь", "id12", "loj"),
        ("[id12:bp-34_56|Ravin], ложь", "id12", "loj"),
        ("[club7|Sarnak] ложь", "club7", "loj"),
        ("[id0e8ed839b6e9f5|Ravin], ложь", "id0e8ed839b6e9f5", "loj"),
        ("[ideas|Ravin] ложь", "", "ideas ravin loj"),
    ],
)
def test_whom_a_comment_on_vk_answers_is_no_part_of_what_it_says(
    text: str, handle: str, key: str
) -> None:
    carried = carried_in(text)
    values = [one.value for one in carried if one.kind == "mention"]
    assert values == ([handle] if handle else [])
    assert text_key(text, carried) == key
