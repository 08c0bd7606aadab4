"""Comments as tools of other languages write them: read as they are, or asked for in one line."""

from __future__ import annotations

import pytest

from tests.importers.post_files import read_posts, recognised
from tests.importers.workbooks import workbook_of
from undersight.errors import ColumnsUnclearError
from undersight.importers.pasted_comments import PastedComments
from undersight.importers.posts_table import PostsTable
from undersight.model.corpus_rows import ColumnChoice

SEEN_US = 1_935_000_000_000_000
HOUR_US = 3_600_000_000
VK = "https://vk.com/wall-77_5?reply=2"
PROFILE = "https://www.facebook.com/profile.php?id=5001"
TABLES = {
    "ru": (
        "№;Автор комментария;Ссылка на автора;Текст;Дата и время;Лайки;Ссылка на комментарий",
        f"1;Лада Ормель;https://vk.com/id1001;Позор;02.05.2031 08:00;3;{VK}",
    ),
    "ru, in two columns": (
        "Автор;Дата;Время;Текст комментария;Пост",
        "Лада Ормель;02.05.2031;08:00;Позор;https://t.me/sarnaknews/55",
    ),
    "ru, how long ago": (
        "Имя пользователя;Комментарий;Когда;Нравится",
        "Лада Ормель;Позор;2 ч.;1",
    ),
    "tr": (
        "Yorumu yapan;Yorum metni;Tarih;Beğeni sayısı",
        "Işıl Güngör;Yazık;2 Mayıs 2031 8:00;1",
    ),
    "az": (
        "Sıra;Şərh yazanın adı;Profilin linki;Şərhin mətni;Şərhin vaxtı;Bəyənmələrin sayı",
        f"1;Sevda Şirvanlı;{PROFILE};Əla!;02.05.2031 08:00;4",
    ),
    "ar": (
        "اسم المستخدم;التعليق;التاريخ;الإعجابات",
        "ليلى السرناق;هذا كذب;2031-05-02 08:00:00;2",
    ),
    "fa": ("کاربر;متن نظر;تاریخ;تعداد پسند", "لیلی سرناق;دروغ است;2031-05-02 08:00:00;2"),
    "emoji": ("Username;Comment;Posted;Likes", "💪🏼Ormel💪🏼;Yazık;3d ago;2"),
}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_comments_is_read_as_it_is(table: str) -> None:
    header, row = TABLES[table]
    for separator, encoding in ((";", "utf-8-sig"), ("\t", "utf-16")):
        raw = f"{header}\r\n{row}\r\n".replace(";", separator).encode(encoding)
        assert recognised(raw, "comments.csv") == "posts-table"
        (post,) = read_posts(PostsTable, raw, ColumnChoice(seen_us=SEEN_US)).posts
        assert post.kind == "comment"
        assert post.text in row
        assert post.author is not None
        assert (post.author.name or post.author.handle) in row
        assert post.author.name or post.author.handle
        assert post.published is not None
        assert post.n_likes is not None or "Лайки" not in header


def test_titles_above_and_sums_below_a_table_are_no_comments() -> None:
    raw = workbook_of([
        ["Sarnak Press: şərhlər"], [], ["№", "İstifadəçi", "Şərh", "Tarix", "Bəyənmə"],
        ["1", "Sevda Şirvanlı", "Əla!", "02.05.2031 08:00", 4], ["Cəmi", "", "", "", 4],
    ])  # fmt: skip
    found = read_posts(PostsTable, raw)
    assert [post.text for post in found.posts] == ["Əla!"]
    assert [issue.reason for issue in found.issues] == [
        "The row says neither who nor what; it was left out."
    ]


def test_what_is_not_known_is_asked_for_in_words_that_work() -> None:
    raw = '{"id": "1", "author": {"displayName": "😎"}, "body": {"plain": "Yazık"}}\n'
    with pytest.raises(ColumnsUnclearError) as caught:
        read_posts(PostsTable, raw)
    assert '--as posts-table --map "body.plain=text"' in caught.value.hint
    (post,) = read_posts(PostsTable, raw, ColumnChoice(roles={"body.plain": "text"})).posts
    assert (post.text, post.author and post.author.name) == ("Yazık", "😎")


def test_a_comment_section_copied_in_arabic() -> None:
    raw = (
        "ليلى السرناق\nهذا كذب\n3 س\nأعجبني\nرد\n\nطارق فلكور\nأوافق\nمنذ 5 ساعات\nأعجبني\nرد\n"
        "عرض المزيد من التعليقات\n\nنبيل أورمل\nممتاز\nأمس\nأعجبني\nرد\n"
    )
    assert recognised(raw, "copied.txt") == "pasted-comments"
    found = read_posts(PastedComments, raw, ColumnChoice(seen_us=SEEN_US))
    assert [post.text for post in found.posts] == ["هذا كذب", "أوافق", "ممتاز"]
    ages = [post.published and SEEN_US - post.published.us for post in found.posts]
    assert ages == [3 * HOUR_US, 5 * HOUR_US, 24 * HOUR_US]


def test_what_a_person_wrote_of_some_cases_is_no_table_of_posts() -> None:
    raw = "Ad;Tarix;Şərhin mətni;Maddə\nSevda Şirvanlı;02.05.2031;Əla!;281\n"
    assert recognised(raw, "cases.csv") == ""
