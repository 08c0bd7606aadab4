"""What leaves: the casebook in machine-readable formats, for an audience."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from undersight.web.api.caller import Publisher, Reader, answers
from undersight.workbench import deliveries

router = APIRouter(prefix="/v1", tags=["exports"])


class ExportFormat(BaseModel):
    """A format that the casebook can be written in."""

    format: str
    about: str


@router.get("/exports", responses=answers())
def list_exports(caller: Reader) -> list[ExportFormat]:
    """Return the formats there are."""
    _ = caller
    return [ExportFormat(format=one, about=about) for one, about in deliveries.export_ids()]


@router.get(
    "/exports/{format}",
    response_class=Response,
    responses={
        **answers(404, 409),
        200: {
            "description": "The file.",
            "content": {"*/*": {}},
        },
    },
)
def export(
    request: Request,
    caller: Publisher,
    format_id: Annotated[
        str,
        Path(
            alias="format",
            json_schema_extra={"enum": [one for one, _about in deliveries.export_ids()]},
        ),
    ],
    audience: Annotated[Literal["public", "partner", "internal"], Query()] = "public",
) -> Response:
    """Return the casebook, after the check for harm, as a file."""
    with caller.reading() as workspace:
        made = deliveries.export(workspace, format_id, audience=audience)
    caller.note_taken(request, len(made.data))
    return Response(
        made.data,
        media_type=made.media_type,
        headers={"content-disposition": f'attachment; filename="{made.name}"'},
    )
