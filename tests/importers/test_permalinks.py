"""What addresses tell of whose page a post stands on."""

from __future__ import annotations

import pytest

from undersight.importers.permalinks import permalink


@pytest.mark.parametrize(
    ("address", "platform", "owner", "owner_id"),
    [
        ("https://t.me/qaravelnews", "telegram", "qaravelnews", ""),
        ("https://t.me/s/qaravelnews/45", "telegram", "qaravelnews", ""),
        ("https://t.me/c/1234567/45", "telegram", "", "1234567"),
        ("https://t.me/+AbCdEf", "telegram", "", ""),
        ("https://t.me/joinchat/AbCdEf", "telegram", "", ""),
        ("https://www.youtube.com/c/QaravelNews", "youtube", "QaravelNews", ""),
        ("https://www.youtube.com/@QaravelNews/videos", "youtube", "QaravelNews", ""),
        ("https://www.youtube.com/channel/UCabc123", "youtube", "", "UCabc123"),
        ("https://www.facebook.com/qaravelnews/posts/1", "facebook", "qaravelnews", ""),
        ("https://example.org/c/x", "", "", ""),
    ],
)
def test_the_owner_of_an_address(address: str, platform: str, owner: str, owner_id: str) -> None:
    found = permalink(address)
    assert (found.platform, found.owner, found.owner_id) == (platform, owner, owner_id)
