"""What happened, against what was only threatened, forbidden, feared, denied or done by others."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft

pytestmark = pytest.mark.long  # sentence by sentence; the default suite has some of each


DAY = dt.date(2031, 12, 20)


def values(text: str, kind: str, lang: str) -> list[object]:
    """The values of a kind that a text proposes."""
    entries = draft(text, context_date=DAY, lang=lang).entries
    return [f.value for entry in entries for f in entry.fields if f.kind == kind]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The caller said that unless she deleted her poem, her son would be conscripted."),
        ("en", "They asked Nora Dag if she had deleted the post."),
        ("en", "On 3 March 2031 the poet Nora Dag was banned from leaving the country."),
        ("en", "The court barred Zaur Bel from leaving the country."),
        ("en", "Zaur Bel denied leaving the country in March."),
        ("ru", "Звонивший хотел, чтобы она удалила запись."),
        ("ru", "Если бы он покинул страну, дело бы закрыли."),
        ("ru", "Суд решал, не уехал ли он из страны: он не покинул страну."),
        ("az", "Əgər paylaşımı silib qaytarmasa, cərimə ediləcək."),
        ("tr", "Eğer o gönderiyi sildi ise dava düşecek, dedi."),
    ],
)
def test_what_was_only_asked_for_or_forbidden_is_no_answer(lang: str, text: str) -> None:
    assert values(text, "response", lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "response"),
    [
        ("en", "Nora Dag deleted the post and left the country.", ["deleted", "left_country"]),
        ("en", "After leaving the country he was put on a list.", ["left_country"]),
        ("en", "When the officer came back, she refused to sign.", ["refused"]),
        ("ru", "Он покинул страну.", ["left_country"]),
        ("az", "Bloger paylaşımı silib.", ["deleted"]),
        ("tr", "Blogcu gönderiyi sildi.", ["deleted"]),
    ],
)
def test_what_was_done_is_an_answer(lang: str, text: str, response: list[str]) -> None:
    assert values(text, "response", lang) == response


def test_what_a_platform_deletes_nobody_deleted_in_answer() -> None:
    text = "4 may 2031-ci ildə Facebook 40 hesab və 12 səhifəni silib."
    assert values(text, "response", "az") == []


NOT_DONE = {
    "en": [
        "The page of blogger Nora Dag was not hacked on 3 May 2031.",
        "Her editors fear that the site may be blocked.",
        "Unless she deletes the post by Friday, she will be fined.",
        "Nora Dag may be summoned again in June.",
        "If the court agrees, the editor could be released on Monday.",
        "Nobody was detained at the rally on 3 May 2031.",
        "Nora Dag has not been questioned yet.",
        "Her phone was not taken.",
        "His mother was not summoned.",
        "The account would be suspended if it broke the rules again, the company says.",
        "She asked whether her brother had been dismissed.",
        "No followers were lost.",
        "The officers did not beat anyone.",
        "He was never threatened.",
        "They had hoped that the case would be dropped.",
    ],
    "ru": [
        "Страницу блогера Норы Даг 3 мая 2031 года не взломали.",
        "Редакция опасается, что сайт могут заблокировать.",
        "Если она не удалит пост, её оштрафуют, сказал звонивший.",
        "Нору Даг могут вызвать на допрос.",
        "Никого на митинге 3 мая 2031 года не задержали.",
        "Телефон у неё не забрали.",
        "Мать журналиста в полицию не вызывали.",
        "Если бы он удалил запись, дело закрыли бы.",
        "Дверь не повредили.",
        "Ему никто не угрожал.",
    ],
    "az": [
        "Bloger Nigar Sarlının səhifəsi 3 may 2031-ci ildə sındırılmayıb.",
        "Səhifə bərpa olunmasa, redaksiya məhkəməyə müraciət edəcək.",
        "Nigar Sarlı yenidən polisə çağırıla bilər.",
        "Nigar Sarlı işdən çıxarılacaq.",
        "Paylaşımı silməsə, cərimə ediləcək.",
        "Aksiyada heç kim saxlanılmayıb.",
        "Onun telefonu götürülməyib.",
        "Anası polisə çağırılmayıb.",
        "Hesabı bağlansa, yenisini açacaq.",
        'Polis "postu silməsən, qardaşını işdən çıxararıq" deyib.',
    ],
    "tr": [
        "Gazeteci Ece Doruk'un sayfası 3 Mayıs 2031'de ele geçirilmedi.",
        "Ece Doruk tutuklanabilir.",
        "Ece Doruk işten çıkarılacak.",
        "Paylaşımı silmezse para cezası kesilecek.",
        "Eylemde kimse gözaltına alınmadı.",
        "Telefonuna el konulmadı.",
        "Annesi emniyete çağrılmadı.",
        "Site kapatılırsa dava açacaklar.",
        "Gazeteci serbest bırakılmazsa eylem yapılacak.",
    ],
}


@pytest.mark.parametrize(
    ("lang", "text"), [(k, text) for k, ts in NOT_DONE.items() for text in ts]
)
def test_what_is_denied_feared_or_only_possible_is_no_act(lang: str, text: str) -> None:
    assert [act for act in values(text, "act", lang) if act != "threat"] == []


@pytest.mark.parametrize(
    ("lang", "text", "act"),
    [
        (
            "en",
            "The brother of Nora Dag, who lives in Sarnak, was summoned to the police.",
            "pressure",
        ),
        ("ru", "Отца нашего фотографа Данилы Бекова вызвали к директору завода.", "pressure"),
        ("az", "Blogerin anası polisə çağırılmışdı.", "pressure"),
        ("tr", "Kardeşi karakola çağrıldı.", "pressure"),
        ("en", "Nora Dag was summoned to the police because of her brother.", "summons"),
        ("ru", "Егора Бекова вызвали в полицию из-за брата.", "summons"),
        ("az", "Hüseyn Vəli oğlu Sarlı polisə çağırılıb.", "summons"),
    ],
)
def test_a_summons_of_a_relative_is_pressure(lang: str, text: str, act: str) -> None:
    meant = "pressure_on_relatives" if act == "pressure" else act
    assert values(text, "act", lang) == [meant]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Взломали страницу «Речника». Удалили около 150 постов."),
        ("tr", "Hesap ele geçirildi. Saldırganlar 600 kadar tweeti sildi."),
        ("en", "The page was hacked on 3 May 2031 and 300 posts were deleted."),
        ("az", "Səhifəni sındırıb 300 paylaşımı siliblər."),
    ],
)
def test_what_is_deleted_after_a_break_in_was_wiped_and_no_answer(lang: str, text: str) -> None:
    assert "content_wipe" in values(text, "act", lang)
    assert "content_removal" not in values(text, "act", lang)
    assert values(text, "response", lang) == []


def test_what_a_platform_removes_after_a_break_in_is_removed() -> None:
    text = "The page was hacked on 3 May 2031. Facebook then removed a post of the thieves."
    assert "content_wipe" not in values(text, "act", "en")


TOGETHER = (
    ("en", "Nora Dag and her mother were summoned to the police.", {"summons"}),
    ("en", "Nora Dag, whose brother is a poet, was summoned to the police.", {"summons"}),
    ("en", "Blogger Nora Dag and her husband were questioned.", {"questioning"}),
    ("en", "Journalist Nora Dag and her parents were detained in Velmar.", {"detention"}),
    ("en", "Nora Dag was fined and her mother was summoned.", {"fine", "pressure_on_relatives"}),
    ("en", "Her mother and her brother were summoned.", {"pressure_on_relatives"}),
    ("ru", "Журналистку Нору Даг и её мать вызвали в полицию.", {"summons"}),
    ("ru", "Мать журналистки Норы Даг вызвали в полицию.", {"pressure_on_relatives"}),
    ("ru", "Нору Даг оштрафовали, и её мать вызвали.", {"fine", "pressure_on_relatives"}),
    ("az", "Jurnalist Nora Dağ və anası polisə çağırılıb.", {"summons"}),
    ("az", "Nora Dağ cərimələnib və anası polisə çağırılıb.", {"fine", "pressure_on_relatives"}),
    ("tr", "Gazeteci Nora Dağ ve annesi emniyete çağrıldı.", {"summons"}),
    ("tr", "Gazeteci Nora Dağ'ın annesi emniyete çağrıldı.", {"pressure_on_relatives"}),
)


@pytest.mark.parametrize(("lang", "sentence", "acts"), TOGETHER)
def test_of_two_who_were_summoned_together_one_is_no_relative(
    lang: str, sentence: str, acts: set[str]
) -> None:
    found = draft(f"5.05.2031. {sentence}", context_date=dt.date(2031, 5, 10), lang=lang)
    assert {f.value for entry in found.entries for f in entry.fields if f.kind == "act"} == acts
