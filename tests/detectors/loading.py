"""A crowd brought into a workspace the way files are, by an importer of the test's own."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO, ClassVar

from tests.detectors.crowds import Corpus
from undersight.model.corpus_rows import AccountRow, ColumnChoice, Moment, PostRow, ShareRow
from undersight.workbench import posts
from undersight.workbench.session import Workspace


class CrowdLines:
    """One JSON line per post of an invented crowd."""

    importer_id: ClassVar[str] = "crowd-lines"
    about: ClassVar[str] = "An invented crowd."
    suffixes: ClassVar[tuple[str, ...]] = (".crowd",)
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "it is a test"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:  # noqa: ARG003
        return name.endswith(".crowd")

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[PostRow]:  # noqa: ARG002
        for number, line in enumerate(stream.read().decode("utf-8").splitlines(), 1):
            yield _row(f"line {number}", json.loads(line))


def load(workspace: Workspace, crowd: Corpus, name: str = "one.crowd") -> None:
    """Import a crowd with its names kept."""
    lines = lines_of(crowd)
    posts.import_posts(
        workspace,
        io.BytesIO("\n".join(lines).encode()),
        name,
        CrowdLines,
        posts.PostOptions(has_names=True),
    )


def lines_of(crowd: Corpus) -> list[str]:
    known = {row["account_id"]: row for row in crowd.accounts}
    links: dict[str, list[str]] = {}
    for share in crowd.shares:
        if share["kind"] == "url":
            links.setdefault(share["post_id"], []).append(share["value"])
    return [
        json.dumps(
            {
                **row,
                "author": known.get(row["account_id"]),
                "target": known.get(row.get("target_id", "")),
                "links": links.get(row["post_id"], []),
            }
        )
        for row in crowd.posts
    ]


def _row(locator: str, raw: dict[str, Any]) -> PostRow:
    moment = None
    if raw["published_us"] is not None:
        moment = Moment(
            us=raw["published_us"],
            resolution_us=raw["resolution_us"],
            zone_basis="utc",
            text=str(raw["published_us"]),
        )
    return PostRow(
        locator=locator,
        platform="facebook",
        native_id=_native(raw["post_id"]),
        kind=raw["kind"],
        author=_account(locator, raw["author"]),
        parent_native_id=_native(raw.get("parent_id", "")),
        root_native_id=_native(raw.get("root_id", "")),
        target=_account(locator, raw["target"]),
        repost_of_native_id=_native(raw.get("repost_of_id", "")),
        published=moment,
        text=raw.get("text", ""),
        lang="en",
        shares=tuple(ShareRow(kind="url", value=link) for link in raw["links"]),
    )


def _native(post_id: str) -> str:
    return post_id.partition(":")[2]


def _account(locator: str, raw: dict[str, Any] | None) -> AccountRow | None:
    if raw is None:
        return None
    return AccountRow(
        locator=locator,
        platform="facebook",
        native_id=_native(raw["account_id"]),
        kind=raw["kind"],
        name=raw.get("name", ""),
    )
