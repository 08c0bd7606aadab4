"""A comment section copied from the screen, in four languages and three layouts."""

from __future__ import annotations

import pytest

from tests.importers.post_files import read_posts, recognised
from undersight.errors import DamagedFileError
from undersight.importers.pasted_comments import PastedComments
from undersight.model.corpus_rows import ColumnChoice

SEEN_US = 1_935_496_800_000_000  # 2031-05-02T14:00Z

ENGLISH = """Most relevant
Ravin Oltar
Shame on them!
They should be ashamed.
3 h
Like
Reply
5
Mirel Dast
Top fan
like
2d
Like
Reply
View 3 replies
Anvar Belik
Paid.
1w  Like  Reply
"""
AZERBAIJANI = """Ravin Oltar
Afərin sizə
3 saat
Bəyən
Cavabla
Mirel Dast
Yalandır
2 gün
Bəyən
Cavabla
Anvar Belik
Düzdür
5 dəq
Bəyən
Cavabla
"""
RUSSIAN = """Равин Олтар
Позор
3 ч.
Нравится
Ответить
Мирель Даст
Это неправда
2 дн.
Нравится
Ответить
Анвар Белик
Верно
5 мин.
Нравится
Ответить
"""
TURKISH = """Ravin Oltar
Yazıklar olsun
3 sa
Beğen
Yanıtla
Mirel Dast
Doğru değil
2 gün
Beğen
Yanıtla
Anvar Belik
Evet
5 dk
Beğen
Yanıtla
"""
ARMENIAN = """Բոլոր մեկնաբանությունները
Ռավին Օլտար
Ամոթ է
3 ժ
Հավանել
Պատասխանել
Միրել Դաստ
Ճիշտ չէ
2 օր
Հավանել
Պատասխանել
Անվար Բելիկ
Այո
5 ր
Հավանել
Պատասխանել
"""
UKRAINIAN = """Усі коментарі
Равін Олтар
Ганьба
3 год
Подобається
Відповісти
Мірель Даст
Це неправда
2 дн.
Подобається
Відповісти
Анвар Белік
Так
5 хв
Подобається
Відповісти
"""
YOUTUBE = """@ravin-oltar
3 days ago
Great video
12
Reply
@mirel
2 hours ago
No it is not
Reply
@anvar
1 year ago
Old one
3
Reply
"""
SEEN = ColumnChoice(seen_us=1_930_000_000_000_000)


def test_english_with_a_comment_that_says_like() -> None:
    assert recognised(ENGLISH, "x.txt") == "pasted-comments"
    found = read_posts(PastedComments, ENGLISH, SEEN)
    assert [(p.locator, p.author and p.author.name, p.text) for p in found.posts] == [
        ("line 2", "Ravin Oltar", "Shame on them!\nThey should be ashamed."),
        ("line 9", "Mirel Dast", "like"),
        ("line 16", "Anvar Belik", "Paid."),
    ]
    assert [p.n_likes for p in found.posts] == [5, None, None]
    moments = [p.published for p in found.posts if p.published]
    assert [moment.resolution_us // 1_000_000 for moment in moments] == [3600, 86_400, 604_800]
    assert moments[0].us == SEEN.seen_us - 10_800_000_000  # type: ignore[operator]
    assert found.codes == ["top-comments", "other"]
    assert found.issues == []


@pytest.mark.parametrize(
    ("raw", "texts"),
    [
        (AZERBAIJANI, ["Afərin sizə", "Yalandır", "Düzdür"]),
        (RUSSIAN, ["Позор", "Это неправда", "Верно"]),
        (TURKISH, ["Yazıklar olsun", "Doğru değil", "Evet"]),
        (ARMENIAN, ["Ամոթ է", "Ճիշտ չէ", "Այո"]),
        (UKRAINIAN, ["Ганьба", "Це неправда", "Так"]),
    ],
)
def test_other_languages(raw: str, texts: list[str]) -> None:
    assert recognised(raw, "x.txt") == "pasted-comments"
    found = read_posts(PastedComments, raw, SEEN)
    assert [post.text for post in found.posts] == texts
    moments = [post.published for post in found.posts if post.published]
    ages = [(SEEN.seen_us or 0) - moment.us for moment in moments]
    assert [age // 1_000_000 for age in ages] == [10_800, 172_800, 300]


def test_minutes_alone_on_a_line_are_an_age_and_no_forty_five_thousand() -> None:
    english = ENGLISH.replace("3 h\nLike\nReply\n5\n", "45 min\nLike\nReply\n5\n")
    found = read_posts(PastedComments, english, SEEN).posts[0]
    assert (found.text, found.n_likes) == ("Shame on them!\nThey should be ashamed.", 5)
    assert found.published is not None
    assert (SEEN.seen_us or 0) - found.published.us == 45 * 60 * 1_000_000
    # On an Azerbaijani page “min” is thousand, and the age stands in its own words.
    thousands = AZERBAIJANI.replace("5 dəq\nBəyən\nCavabla\n", "5 dəq\nBəyən\nCavabla\n2 min\n")
    last = read_posts(PastedComments, thousands, SEEN).posts[-1]
    assert (last.text, last.n_likes) == ("Düzdür", 2000)
    assert last.published is not None
    assert (SEEN.seen_us or 0) - last.published.us == 300 * 1_000_000


def test_youtube_puts_the_age_below_the_handle() -> None:
    found = read_posts(PastedComments, YOUTUBE, SEEN)
    assert [(p.author and p.author.native_id, p.text, p.n_likes) for p in found.posts] == [
        ("@ravin-oltar", "Great video", 12),
        ("@mirel", "No it is not", None),
        ("@anvar", "Old one", 3),
    ]


def test_without_a_day_of_copying_times_stay_unknown_and_it_is_said() -> None:
    found = read_posts(PastedComments, AZERBAIJANI)
    assert {post.published for post in found.posts} == {None}
    assert "at which moment" in found.notes[-1].sentence


def test_the_page_that_a_person_names() -> None:
    choice = ColumnChoice(target="https://www.facebook.com/sarnakdaily/posts/777")
    post = read_posts(PastedComments, TURKISH, choice).posts[0]
    assert (post.platform, post.root_native_id) == ("facebook", "777")
    assert post.target is not None
    assert post.target.name == "sarnakdaily"


def test_what_is_no_comment_is_an_issue_with_its_lines() -> None:
    found = read_posts(PastedComments, TURKISH + "Someone\nwithout an end\n")
    assert [(i.locator, "15" in i.reason or "16" in i.reason) for i in found.issues] == [
        ("line 16", True)
    ]
    long = "x" * 200 + "\n3 h\nLike\nReply\n"
    found = read_posts(PastedComments, TURKISH + long)
    assert len(found.posts) == 3
    assert found.issues[0].locator == "line 16"


def test_a_running_log_is_not_taken_for_comments() -> None:
    log = "4 May 2031. Ravin Oltar was summoned.\n\n6 May 2031. He was fined.\n" * 5
    assert recognised(log, "log.txt") == ""
    with pytest.raises(DamagedFileError):
        read_posts(PastedComments, log)


@pytest.mark.parametrize(
    ("under", "age_s", "text"),
    [
        (("2 saat", "Bəyən", "Cavabla"), 7_200, "Azadlıq!"),
        (("2 sa", "Beğen", "Yanıtla"), 7_200, "Özgürlük!"),
        (("1 д.", "Нравится", "Ответить"), 86_400, "Свободу!"),
        (("2h", "Like", "Reply"), 7_200, "Freedom!"),
        (("15 წთ", "მოწონება", "პასუხი"), 900, "თავისუფლება!"),
        (("۱ روز", "پسندیدن", "پاسخ"), 86_400, "آزادی!"),
        (("вчера в 14:00", "Ответить", "Поделиться"), 86_400, "Свободу!"),
        (("2 мая 2031 г. в 13:00", "Ответить"), 3_600, "Свободу!"),
        (("1 May at 2:00 pm", "Reply"), 86_400, "Freedom!"),
    ],
)
def test_what_stands_under_a_comment_is_known_in_the_page_s_language(
    under: tuple[str, ...], age_s: int, text: str
) -> None:
    raw = "".join(f"Mila {n}\n{text}\n" + "\n".join(under) + "\n" for n in range(4))
    assert PastedComments.recognises(raw.encode(), "x.txt")
    posts = read_posts(PastedComments, raw, ColumnChoice(seen_us=SEEN_US)).posts
    assert [post.text for post in posts] == [text] * 4
    assert {(SEEN_US - post.published.us) // 10**6 for post in posts if post.published} == {age_s}


def test_a_date_without_a_year_is_the_last_one_before_the_page_was_seen() -> None:
    raw = "".join(f"Mila {n}\nFreedom\n5 мая в 12:01\nОтветить\n" for n in range(4))
    posts = read_posts(PastedComments, raw, ColumnChoice(seen_us=SEEN_US)).posts
    assert {post.published.us for post in posts if post.published} == {1_904_212_860_000_000}
    unseen = read_posts(PastedComments, raw, ColumnChoice()).posts
    assert {post.published for post in unseen} == {None}


def test_an_edited_comment_of_youtube_is_one_comment() -> None:
    raw = "".join(f"@mila{n}\n3 days ago (edited)\nFreedom\n12\nReply\n" for n in range(4))
    posts = read_posts(PastedComments, raw, ColumnChoice(seen_us=SEEN_US)).posts
    assert [(post.text, post.n_likes) for post in posts] == [("Freedom", 12)] * 4


@pytest.mark.parametrize("actions", ["Bəyən   Cavab ver", "Beğen Yanıtla"])
def test_an_age_that_may_be_hours_or_seconds_is_not_guessed(actions: str) -> None:
    raw = (
        f"Ayla Sarnak\nYox\n3 s   {actions}\n\nVask Tirren\nBəli\n2 saat   {actions}\n\n"
        f"Mila Velkora\nOlar\n5 dk {actions}\n"
    )
    found = read_posts(PastedComments, raw, ColumnChoice(seen_us=1_935_000_000_000_000))
    first, *others = found.posts
    assert first.published is None
    assert [
        1_935_000_000_000_000 - (one.published.us if one.published else 0) for one in others
    ] == [
        7_200_000_000,
        300_000_000,
    ]
    assert any("“3 s” can mean more than one span" in one.sentence for one in found.notes)


@pytest.mark.parametrize(
    ("heading", "page"),
    [
        ("Комментарии (1 204)\nСамые релевантные\n", RUSSIAN),
        ("4 комментария\nСначала интересные\n", RUSSIAN),
        ("Şərhlər\nƏn uyğunlar\n", AZERBAIJANI),
        ("312 yorum\nSırala: en yeni\n", TURKISH),
        ("4 Comments\nSort by Top\n", ENGLISH),
    ],
)
def test_what_stands_above_a_section_is_no_comment(heading: str, page: str) -> None:
    plain, headed = (
        read_posts(PastedComments, text, SEEN).posts for text in (page, heading + page)
    )
    assert [(p.author and p.author.name, p.text) for p in headed] == [
        (p.author and p.author.name, p.text) for p in plain
    ]


def test_a_comment_that_begins_like_a_heading_is_kept() -> None:
    page = RUSSIAN.replace("Позор\n", "Сортировать мусор пора научиться\n")
    texts = [p.text for p in read_posts(PastedComments, page, SEEN).posts]
    assert texts == ["Сортировать мусор пора научиться", "Это неправда", "Верно"]
