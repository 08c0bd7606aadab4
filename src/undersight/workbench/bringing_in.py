"""One file into the workspace, whatever it holds: posts, cases, texts, an export of ours."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from undersight.errors import AnswerNeededError
from undersight.model.corpus_rows import ColumnChoice
from undersight.text import fold
from undersight.workbench import exported, imports, looking_ahead, posts, posts_preview
from undersight.workbench.imports import TableOptions
from undersight.workbench.posts import PostOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractContextManager

    from undersight.workbench.imports import Prepared
    from undersight.workbench.session import Workspace


_US = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a file is to be brought in.

    Args:
        table: What is said of a table of cases, and of what format the file is.
        posts: What is said of a file of posts.
        is_dry: Only say what would be stored.
        is_text_only: Store each article as title and text, fields unread.
        is_partial_allowed: Store the good rows although others are not.
    """

    table: TableOptions = field(default_factory=TableOptions)
    posts: PostOptions = field(default_factory=PostOptions)
    is_dry: bool = False
    is_text_only: bool = False
    is_partial_allowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a Python program says of a file, in plain values.

    Args:
        format_id: The format, if it is found out wrongly: ``posts-table``, ``feed``, …
        columns: What a column means, by its name: ``{"charge": "offence"}``.
        terms: The term for a value, by meaning and value: ``{("act", "Murder"): "killing"}``.
        constants: The same value for every row, by meaning: ``{"country": "QV"}``.
        is_day_first: How 03/04/2031 is read; None to learn it from the file.
        lang: Language of the file's words; found out if empty.
        is_text_only: Store each article as title and text, fields unread.
        is_partial_allowed: Store good rows although others are not.
        is_proposal_taken: Take the one act that is read in a cell which says more.
        platform: Posts: the platform, if the file does not say.
        target: Posts: the page they stand under, if the file does not say.
        zone: Posts: the zone of local times, such as ``Asia/Baku``.
        seen: Posts: when a copied page was seen (UTC if it has no zone), to count “3 h” from.
        has_names: Posts: keep people who only commented under their names.
        expires_after: Posts: for how long they are read; None: for ever.
    """

    format_id: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[tuple[str, str], str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    is_day_first: bool | None = None
    lang: str = ""
    is_text_only: bool = False
    is_partial_allowed: bool = False
    is_proposal_taken: bool = False
    platform: str = ""
    target: str = ""
    zone: str = ""
    seen: dt.datetime | None = None
    has_names: bool = False
    expires_after: dt.timedelta | None = None

    def wanted(self, *, is_dry: bool) -> Wanted:
        """Return how the file is to be brought in.

        Args:
            is_dry: Only say what would be stored.
        """
        return Wanted(
            table=TableOptions(
                roles=self.columns,
                terms={(role, fold(value)): term for (role, value), term in self.terms.items()},
                constants=self.constants,
                is_day_first=self.is_day_first,
                lang=self.lang,
                format_id=self.format_id,
                is_proposal_taken=self.is_proposal_taken,
            ),
            posts=PostOptions(
                choice=ColumnChoice(
                    roles=dict(self.columns),
                    platform=self.platform,
                    zone=self.zone,
                    is_day_first=self.is_day_first,
                    target=self.target,
                    seen_us=None if self.seen is None else _us(self.seen),
                    constants=dict(self.constants),
                ),
                has_names=self.has_names,
                expires_after_us=None if self.expires_after is None else self.expires_after // _US,
            ),
            is_dry=is_dry,
            is_text_only=self.is_text_only,
            is_partial_allowed=self.is_partial_allowed,
        )


def _us(moment: dt.datetime) -> int:
    in_utc = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return int(in_utc.timestamp()) * 1_000_000


def _unmeasured(_total: int, _what: str) -> AbstractContextManager[Callable[[int], object]]:
    return contextlib.nullcontext(id)


def _nobody_walks(_prepared: Prepared, _seal: Callable[[], str]) -> int:
    raise AnswerNeededError("a person to look at each field", "is_text_only=True")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How a person is shown and asked what is to be brought in; by default nobody is.

    Args:
        look: Given what was read of a table or of texts, before anything is stored.
        agrees: Whether so many entries are to be stored.
        walk: Takes a person through texts, and tells how many entries were stored; the second
            argument seals the file and gives its digest.
        measure: Shows how far something is; given the whole and what is counted.
    """

    look: Callable[[Prepared], object] = id
    agrees: Callable[[int], bool] = bool
    walk: Callable[[Prepared, Callable[[], str]], int] = _nobody_walks
    measure: Callable[[int, str], AbstractContextManager[Callable[[int], object]]] = _unmeasured


NOBODY = Face()


def bring_in(
    workspace: Workspace, stream: BinaryIO, name: str, wanted: Wanted, face: Face = NOBODY
) -> dict[str, Any]:
    """Bring one file in, sealed first, and return the reconciliation, as JSON.

    Args:
        workspace: Open for writing, or only for reading where ``is_dry`` is wanted.
        stream: The file, seekable, at its beginning.
        name: What it is called.
        wanted: How.
        face: Who is shown and asked.

    Raises:
        InputError: The file or an option cannot be used.
        AnswerNeededError: Texts are to be walked through, and nobody is there.
    """
    found = _posts(workspace, stream, name, wanted, face)
    if found is not None:
        return found
    stream.seek(0)
    raw = stream.read()
    if exported.is_ours(raw):
        return _own_export(workspace, raw, name, is_dry=wanted.is_dry)
    prepared = imports.prepare(workspace, raw, name, wanted.table)
    result = {"file": name, **prepared.to_json(), "stored": 0}
    face.look(prepared)
    if wanted.is_dry or not prepared.n_ready:
        return result
    if prepared.documents:
        return result | _cases(workspace, prepared, raw, name, wanted, face)
    if wanted.is_text_only:
        digest = imports.seal(workspace, raw, name)
        for article in prepared.articles:
            imports.store_text(workspace, article, digest, lang=wanted.table.lang)
        return result | {"stored": len(prepared.articles)}
    return result | {
        "stored": face.walk(prepared, lambda: imports.seal(workspace, raw, name)),
    }


def look_ahead(workspace: Workspace, results: Iterable[Mapping[str, Any]]) -> None:
    """Count what pages show, where posts came in.

    Args:
        workspace: Open for writing.
        results: What `bring_in` gave.
    """
    if any(one["stored"] and "import" in one for one in results):
        looking_ahead.count(workspace)


def _posts(
    workspace: Workspace, stream: BinaryIO, name: str, wanted: Wanted, face: Face
) -> dict[str, Any] | None:
    """Load a file of posts; None if it is none, and one for the casebook instead."""
    head = stream.read(posts.HEAD_BYTES)
    stream.seek(0)
    format_id = wanted.table.format_id
    if exported.is_ours(head) and not format_id:
        return None
    importer = posts_preview.format_of(stream, name, format_id)
    if importer is None:
        return None
    posts_preview.check_choice(importer, wanted.posts.choice)
    if wanted.is_dry:
        preview = posts_preview.preview_posts(stream, importer, wanted.posts.choice)
        return {"file": name, **preview.to_json(), "stored": 0}
    n_bytes = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    with face.measure(n_bytes, "bytes") as advance:
        report = posts.import_posts(workspace, stream, name, importer, wanted.posts, advance)
    found = report.to_json()
    stored = 0 if report.is_known else found["records"]
    return {**found, "ready": found["records"], "stored": stored}


def _own_export(workspace: Workspace, raw: bytes, name: str, *, is_dry: bool) -> dict[str, Any]:
    if is_dry:
        n_lines = raw.count(b"\n") - 1
        return {"file": name, "read": n_lines, "ready": n_lines, "duplicates": 0,
                "rejected": 0, "stored": 0}  # fmt: skip
    digest = imports.seal(workspace, raw, name)
    why = f"taken in from an export {imports.brought_in(digest)}"
    done = exported.take_in(workspace, raw, why)
    return {"file": name, "read": done["read"], "ready": done["stored"],
            "duplicates": done["known"], "rejected": 0, "stored": done["stored"]}  # fmt: skip


def _cases(
    workspace: Workspace, prepared: Prepared, raw: bytes, name: str, wanted: Wanted, face: Face
) -> dict[str, Any]:
    if not face.agrees(len(prepared.documents)):
        return {}
    digest = imports.seal(workspace, raw, name)
    with face.measure(len(prepared.documents), "entries") as advance:
        stored = imports.store_rows(
            workspace,
            prepared,
            digest,
            is_partial_allowed=wanted.is_partial_allowed,
            progress=advance,
        )
    return {"stored": stored.n_entries, "differing": [asdict(one) for one in stored.differing]}
