from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.text.folding import fold, fold_with_offsets

REGIONAL = "aeiouəıöüşçğİIƏŞÇĞbdqxŻé'`’ʼ\u0327\u0306\u0301\u200b\u200e\u202e\u00ad 🙂۳-—“"
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАЕЁДЖИәғҝјөүһҹӘҒҸіїєґўқ"
OTHERS = "სარნაკիւևაყდრحمدעבριςİßﬁＡ가\u1112ก९½"
TEXT = st.text(st.sampled_from(REGIONAL + CYRILLIC + OTHERS), max_size=40) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("əliyev", "eliyev"),
        ("ƏLİYEV", "eliyev"),
        ("bakıda", "bakida"),
        ("BAKIDA", "bakida"),
        ("Bakıda", "bakida"),
        ("şikayət", "sikayet"),
        ("İlham", "ilham"),
        ("Ilham", "ilham"),
        ("ilham", "ilham"),
        ("I\u0307lham", "ilham"),
        ("Çağırılıb", "cagirilib"),
        ("Gözəl üzüm", "gozel uzum"),
        ("kâğıt Âdil", "kagit adil"),
        ("straße", "strasse"),
        ("Ｆｕｌｌ ﬁ 𝐁", "full fi b"),
    ],
)
def test_latin_meets_bare_ascii(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Бакы", "baki"),
        ("Әлијев", "eliyev"),
        ("Алиев", "aliyev"),
        ("шикајәт", "sikayet"),
        ("Гарабағ", "qarabag"),  # Azerbaijani г is q
        ("гараж", "garaj"),  # Russian г is g
        ("Ҹаваншир", "cavansir"),
        ("Джаваншир", "cavansir"),
        ("Елена", "yelena"),
        ("елм һәм", "yelm hem"),  # a word without an Azerbaijani letter is read as Russian
        ("Пётр Петр", "petr petr"),
        ("Объект съел", "obyekt syel"),
        ("и\u0306 й", "y y"),
        ("Бо\u0301ева Боева", "boyeva boyeva"),  # a stress mark changes nothing
        ("Київ", "kiyiv"),
    ],
)
def test_cyrillic_meets_latin(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ბარაკ", "barak"),
        ("ყაზბეგი", "qazbegi"),
        ("Արմեն", "armen"),
        ("محمد", "mhmd"),
        ("مُحَمَّد", "mhmd"),
        ("گزارش", "gzars"),
        ("Κυριάκος", "kyriakos"),
        ("שלום", "slvm"),
        ("٣۳३3", "3333"),
    ],
)
def test_other_scripts_become_ascii(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_controls_vanish_and_emoji_part_words() -> None:
    assert fold("sat\u200bqın\u202e \u00adx\ufeff") == "satqin x"
    assert fold("uğur🙂uğur") == "ugur ugur"


def test_quotes_and_dashes_are_one() -> None:
    assert fold("“x” «x» ‘y’ ʼy` a—b a–b a‑b") == "\"x\" \"x\" 'y' 'y' a-b a-b a-b"


@pytest.mark.parametrize(
    ("masked", "plain"),
    [
        ("Bаku", "baku"),  # Cyrillic а
        ("Аzərbaycan", "azerbaycan"),  # Cyrillic А
        ("пoлиция", "politsiya"),  # Latin o
        ("sеx", "sex"),  # Cyrillic е
        ("Әliyev", "eliyev"),  # Cyrillic Ә
        ("хeber", "xeber"),  # Cyrillic х
    ],
)
def test_look_alikes_of_the_other_script_are_unmasked(masked: str, plain: str) -> None:
    assert fold(masked) == plain


def test_a_latin_word_with_a_cyrillic_ending_stays_readable() -> None:
    assert fold("Facebookда") == "facebookda"


@given(TEXT)
def test_folded_text_is_ascii_lower_case_and_folds_to_itself(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == folded.lower()
    assert fold(folded) == folded


@given(TEXT, TEXT)
def test_folding_does_not_look_across_a_blank(left: str, right: str) -> None:
    assert fold(f"{left} {right}") == f"{fold(left)} {fold(right)}"


@given(
    st.text(st.sampled_from(REGIONAL + "ΆάΏϊ"), max_size=40)
    | st.text(st.sampled_from(CYRILLIC + " -"), max_size=40)
)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(TEXT)
def test_offsets_fold_as_fold_does_and_rise(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)
    for start, end in zip(folded.starts, folded.ends, strict=True):
        assert 0 <= start < end <= len(text)


@given(TEXT, st.data())
def test_every_folded_span_has_a_span_in_the_original(text: str, data: st.DataObject) -> None:
    folded = fold_with_offsets(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.original_span(start, end)
    assert 0 <= first <= last <= len(text)
    assert (first == last) == (start == end)


@given(
    st.text(st.sampled_from(REGIONAL + CYRILLIC), max_size=10),
    st.text(st.sampled_from(REGIONAL + CYRILLIC), max_size=10),
)
def test_a_word_between_blanks_is_found_where_it_stands(before: str, after: str) -> None:
    text = f"{before} Şikayət\u200b {after}"
    folded = fold_with_offsets(text)
    place = len(fold(before)) + 1
    first, last = folded.original_span(place, place + len("sikayet"))
    assert text[first:last] == "Şikayət"


def test_spans_survive_letters_that_change_length() -> None:
    text = "İlham Əliyevə 🙂 görə щи Юсиф s\u0327ikay\u0259t"
    folded = fold_with_offsets(text)
    for needle, original in (("eliyeve", "Əliyevə"), ("yusif", "Юсиф"), ("gore", "görə")):
        place = folded.text.index(needle)
        first, last = folded.original_span(place, place + len(needle))
        assert text[first:last] == original


def test_a_combining_mark_belongs_to_its_letter() -> None:
    text = "as\u0327\u0301b"
    folded = fold_with_offsets(text)
    assert folded.text == "asb"
    assert folded.original_span(1, 2) == (1, 4)


def test_a_half_of_a_two_letter_fold_takes_its_whole_source() -> None:
    folded = fold_with_offsets("я")
    assert folded.text == "ya"
    assert folded.original_span(1, 2) == (0, 1)


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (2, 1), (0, 9)])
def test_a_span_outside_is_refused(start: int, end: int) -> None:
    with pytest.raises(IndexError):
        fold_with_offsets("Əli").original_span(start, end)


def test_folding_is_fast_enough_for_a_corpus() -> None:
    text = "Jurnalist Əliyev Bakıda saxlanılıb. Журналист Алиев задержан. " * 4000
    fold(text)
    seconds = min(_seconds(text) for _ in range(3))
    # the aim is 1 MB/s; half of it leaves room for a busy machine
    assert len(text.encode()) / seconds > 500_000


def _seconds(text: str) -> float:
    begun = time.perf_counter()
    fold(text)
    return time.perf_counter() - begun
