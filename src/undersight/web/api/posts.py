"""Posts and comments in bulk: files in, imports, what is loaded, the comment sheet."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from undersight.errors import NotATableError, NothingSentError, RequestTooLargeError
from undersight.integrity.sealed_spool import SealedSpool
from undersight.model.comment_sheet import CommentSheet
from undersight.model.corpus_rows import ColumnChoice
from undersight.web.api.caller import Asked, Caller, Drafter, Insider, Writer, answers
from undersight.web.api.evidence import DigestInPath
from undersight.web.api.jobs import JobView, view_of
from undersight.workbench import posts, posts_preview, posts_summary, targets, waiting_files

router = APIRouter(prefix="/v1", tags=["posts"])
MOST_BYTES = 1024**3
_DAY_US = 86_400_000_000
_RAW = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


class WaitingView(BaseModel):
    """A file that was sealed and is not loaded yet."""

    digest: str
    name: str
    n_bytes: int
    at_us: int


class Format(BaseModel):
    """A format that can be read."""

    format: str
    about: str


class Columns(Asked):
    """What is to be known about a file's columns that the file does not say."""

    roles: dict[str, str] = Field(default={}, max_length=200, description="Role by column name.")
    platform: str = Field(default="", max_length=50)
    zone: str = Field(default="", max_length=50, description="IANA zone of local times.")
    is_day_first: bool | None = Field(default=None, description="Whether 03/04 is 3 April.")
    target: str = Field(default="", max_length=1000, description="Under what everything stands.")
    seen: dt.datetime | None = Field(
        default=None,
        strict=False,
        description="When a copied page was seen, UTC if it says no zone.",
    )
    constants: dict[str, str] = Field(
        default={}, max_length=20, description="What all rows of a table are, by role: kind."
    )


class Sample(BaseModel):
    """A file's format with the reason, and its first rows as they would be loaded."""

    digest: str
    format: str
    columns: list[str]
    preview: dict[str, Any] | None
    failure: str = ""


class NewImport(Asked):
    """How a file that was sent is to be loaded."""

    digest: str = Field(pattern="^[0-9a-f]{64}$")
    format: str = Field(min_length=1, max_length=100)
    columns: Columns = Columns()
    has_names: bool = Field(default=False, description="Keep people who only commented by name.")
    expires_days: int = Field(default=0, ge=0, le=36_500, description="0 for never.")


class Undone(BaseModel):
    """An import that was taken out."""

    import_id: str
    n_records: int


class AskedTarget(Asked):
    """A post or page; sent in the body, so that no address holds it."""

    named: str = Field(min_length=1, max_length=2000, description="Its id or address.")
    n_top: int = Field(default=targets.N_TOP, ge=1, le=100_000)


@router.get("/corpus", responses=answers())
def show_corpus(caller: Insider) -> dict[str, Any]:
    """Return what is loaded: imports, tables, spans, gaps, languages, warnings."""
    with caller.reading() as workspace:
        return posts_summary.corpus_summary(workspace)


@router.get("/formats", responses=answers())
def list_formats(caller: Insider) -> list[Format]:
    """Return the formats of posts that can be read."""
    _ = caller
    return [Format(format=one, about=about) for one, about in waiting_files.formats()]


@router.get("/files", responses=answers())
def list_files(caller: Insider) -> list[WaitingView]:
    """Return the files that were sent and wait to be loaded, latest first."""
    with caller.reading() as workspace:
        return [WaitingView(**dataclasses.asdict(one)) for one in waiting_files.waiting(workspace)]


@router.post(
    "/files",
    status_code=201,
    responses=answers(413),
    openapi_extra={"requestBody": {"required": True, "content": _RAW}},
)
async def send_file(
    request: Request,
    caller: Drafter,
    name: Annotated[str, Query(min_length=1, max_length=200)] = "file",
) -> WaitingView:
    """Seal a file of posts, sent as it is; nothing of it is loaded yet."""
    spool = SealedSpool()
    try:
        n_bytes = 0
        async for piece in request.stream():
            n_bytes += len(piece)
            if n_bytes > MOST_BYTES:
                raise RequestTooLargeError(MOST_BYTES)
            await run_in_threadpool(spool.write, piece)
        if not n_bytes:
            raise NothingSentError
        return await run_in_threadpool(_held, caller, spool, name)
    finally:
        spool.close()


@router.post("/files/{digest}/sample", responses=answers(404))
def look_at_file(
    caller: Insider,
    digest: DigestInPath,
    columns: Columns,
    format: Annotated[str, Query(max_length=100)] = "",  # noqa: A002 - the word people know
) -> Sample:
    """Return a file's format and first rows as they would be loaded; nothing is stored."""
    choice = _choice(columns, format)
    with caller.reading() as workspace:
        seen = waiting_files.look(workspace, digest, format, choice)
    return Sample(
        digest=digest,
        format=seen.format_id,
        columns=list(seen.columns),
        preview=None if seen.preview is None else dataclasses.asdict(seen.preview),
        failure="" if seen.failure is None else seen.failure.sentence,
    )


@router.delete("/files/{digest}", status_code=204, responses=answers(404, 409))
def discard_file(caller: Drafter, digest: DigestInPath) -> Response:
    """Erase a file that nobody loaded; the custody log keeps that it was here."""
    with caller.writing() as workspace:
        waiting_files.throw_away(workspace, digest)
    return Response(status_code=204)


@router.post("/imports", status_code=202, responses=answers(404))
def load_file(caller: Drafter, new: NewImport) -> JobView:
    """Load a file that was sent, as a job; its result holds the reconciled counts."""
    choice = _choice(new.columns, new.format)
    with caller.reading() as workspace:
        waiting_files.find(workspace, new.digest)
    job = caller.jobs.add(
        "posts-import",
        {
            "digest": new.digest,
            "format": new.format,
            "choice": dataclasses.asdict(choice),
            "has_names": new.has_names,
            "expires_after_us": new.expires_days * _DAY_US or None,
        },
        caller.session.who,
    )
    return view_of(job)


@router.delete("/imports/{import_id}", responses=answers(404, 409))
def undo_import(
    caller: Writer,
    import_id: Annotated[str, Path(min_length=4, max_length=100, pattern=r"^[\w.-]+$")],
    why: Annotated[str, Query(max_length=1000)] = "taken out",
) -> Undone:
    """Take an import out; its sealed original stays in the vault."""
    with caller.writing() as workspace:
        gone = posts.undo_import(workspace, import_id, why=why)
    return Undone(import_id=gone.import_id, n_records=gone.n_records)


@router.post(
    "/target-sheet",
    responses={
        **answers(404),
        202: {
            "model": JobView,
            "description": "Many posts are loaded: a job counts; ask again when it is done.",
        },
    },
)
def count_target(
    caller: Insider, asked: AskedTarget, response: Response
) -> CommentSheet | JobView:
    """Count who stands under one post or page; nobody is named.

    Where many posts are loaded that is a job, and the answer is the job. The same question gets
    the sheet once it is done, while the workspace stays open and holds the same posts.
    """
    with caller.reading() as workspace:
        made = targets.counted_sheet(workspace, asked.named, n_top=asked.n_top)
        if made is None and not targets.is_long(workspace):
            made = targets.sheet(workspace, asked.named, n_top=asked.n_top)
    if made is not None:
        return made
    response.status_code = 202
    given = {"named": asked.named, "n_top": asked.n_top}
    return view_of(caller.jobs.add("comment-sheet", given, caller.session.who))


def _held(caller: Caller, spool: SealedSpool, name: str) -> WaitingView:
    spool.seek(0)
    with caller.writing() as workspace:
        digest = waiting_files.hold(workspace, spool, name)  # type: ignore[arg-type]
        return WaitingView(**dataclasses.asdict(waiting_files.find(workspace, str(digest))))


def _choice(columns: Columns, format_id: str) -> ColumnChoice:
    """What was said of the columns.

    Raises:
        UnknownImporterError: No format has this id.
        NotATableError: Something is said of all rows of what has none.
    """
    importer = waiting_files.importer_named(format_id) if format_id else None
    if importer is not None and columns.constants and not posts_preview.is_table(importer):
        raise NotATableError(format_id)
    given = columns.model_dump(exclude={"seen"})
    if (seen := columns.seen) is None:
        return ColumnChoice(**given)
    moment = seen.replace(tzinfo=seen.tzinfo or dt.UTC)
    return ColumnChoice(**given, seen_us=int(moment.timestamp()) * 1_000_000)
