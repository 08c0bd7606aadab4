from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.text.sentences import sentence_spans


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        ("ru", ["Суд назначил арест по ст. 535.1 КоАП.", "Адвокат подал жалобу."]),
        ("ru", ["Его обвинили по ч. 2 ст. 148 УК.", "Он отрицает."]),
        ("ru", ["Задержан А. Б. Думанов.", "Его отпустили."]),
        ("ru", ["Об этом сообщил г-н Осокин.", "И т. д."]),
        ("az", ["Ona İXM-in m. 535.1 ilə 30 sutka verilib.", "Vəkil şikayət edib."]),
        ("az", ["E. Dumanov saxlanılıb.", "R.H. Küləkov buraxılıb!"]),
        ("az", ["Məhkəmə № 12 qərar verdi.", "Səh. 5 oxunub?"]),
        ("tr", ["Av. Yıldızbakan konuştu.", "Md. 299 uygulandı."]),
        ("en", ["Mr. Finch was fined under Art. 535.1.", "He denies it."]),
        ("en", ["Dr. A. Wren wrote a post.", "It was removed!", "Why?"]),
    ],
)
def test_sentences_end_where_they_end(lang: str, sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[a:b] for a, b in sentence_spans(text, lang)] == sentences


def test_a_blank_line_ends_a_sentence_without_a_full_stop() -> None:
    text = "Sarnak, 4 March\n\nThe police came.\n- They left."
    parts = [text[a:b] for a, b in sentence_spans(text)]
    assert parts == ["Sarnak, 4 March", "The police came.", "- They left."]


@pytest.mark.parametrize("first", ["Seen by Dr.", "He met A."])
def test_a_line_that_ends_like_a_title_still_ends(first: str) -> None:
    text = f"{first}\nThe police came."
    assert [text[a:b] for a, b in sentence_spans(text, "en")] == [first, "The police came."]


def test_offsets_count_code_points_of_the_original() -> None:
    text = "🙂 İlk cümlə. \u200bİkinci cümlə."
    spans = sentence_spans(text, "az")
    assert spans[0] == (0, text.index(".") + 1)
    assert text[slice(*spans[1])].endswith("İkinci cümlə.")


@given(
    st.text(st.sampled_from("aAbəИи.!? \n🙂12ст№'\""), max_size=60),
    st.sampled_from(["", "az", "xx"]),
)
def test_spans_are_in_order_apart_and_lose_only_blanks(text: str, lang: str) -> None:
    spans = sentence_spans(text, lang)
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert not text[last:start].strip()
        last = end
    assert not text[last:].strip()
