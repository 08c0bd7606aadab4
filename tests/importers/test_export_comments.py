"""ExportComments.com: lines about the export, then the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.post_files import read_posts, recognised
from tests.importers.workbooks import workbook_of
from undersight.errors import DamagedFileError
from undersight.importers.export_comments import ExportComments
from undersight.model.corpus_rows import ColumnChoice

SOURCE = "https://www.facebook.com/sarnakdaily/posts/777"
ROWS = [
    ["ExportComments.com"],
    ["Source URL", SOURCE],
    [],
    ["", "", "Name (click to view profile)", "Profile ID", "Date", "Likes", "Comment"],
    ["1", "", "Ravin Oltar", "ID: 534", "2031-05-04 10:00:00", "3", "First"],
    ["1", "1-1", "Mirel Dast", "ID: 153", "2031-05-04 10:02:00", "0", "Reply"],
]
CSV = "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS) + "\n"


@pytest.mark.parametrize("raw", [CSV.encode(), workbook_of(ROWS)], ids=["csv", "xlsx"])
def test_a_comment_and_its_reply(raw: bytes) -> None:
    assert recognised(raw, "comments.xlsx") == "export-comments"
    comment, reply = read_posts(ExportComments, raw).posts
    assert (comment.kind, reply.kind) == ("comment", "reply")
    assert comment.root_native_id == "777"
    assert comment.platform == "facebook"
    assert comment.author is not None
    assert (comment.author.native_id, comment.author.name) == ("534", "Ravin Oltar")
    assert comment.target is not None
    assert comment.target.name == "sarnakdaily"
    assert comment.n_likes == 3
    assert comment.published is not None
    assert comment.published.zone_basis == "assumed"


def test_the_zone_of_the_export_can_be_said() -> None:
    post = read_posts(ExportComments, CSV, ColumnChoice(zone="Asia/Baku")).posts[0]
    assert post.published is not None
    assert post.published.zone_basis == "named"


def test_x_has_its_own_columns_and_links_give_ids() -> None:
    raw = (
        '"","Source URL","https://x.com/sarnak/status/9"\n'
        ",,Name,Username,Date,Favorites,Tweet Text,Author Followers,Status URL\n"
        "1,,Ravin,ravin,2031-05-04 10:00:00,2,hi,55,https://x.com/ravin/status/10\n"
    )
    (post,) = read_posts(ExportComments, raw).posts
    assert (post.platform, post.native_id, post.root_native_id) == ("x", "10", "9")
    assert post.author is not None
    assert (post.author.native_id, post.author.n_followers) == ("@ravin", 55)


def test_another_table_is_refused() -> None:
    with pytest.raises(DamagedFileError):
        read_posts(ExportComments, "a,b\n1,2\n")


@pytest.mark.real
def test_a_real_workbook(shared_data: Path) -> None:
    path = shared_data / "export-formats/exportcomments/facebook_comments.xlsx"
    raw = path.read_bytes()
    assert recognised(raw, path.name) == "export-comments"
    found = read_posts(ExportComments, raw)
    assert (len(found.posts), found.issues) == (73, [])
    assert all(post.published and post.author for post in found.posts)
