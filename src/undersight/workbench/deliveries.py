"""What leaves the workspace as one file to save: a site as a zip, an entry, an export, a PDF."""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from undersight.integrity import durable
from undersight.workbench import outputs

if TYPE_CHECKING:
    from undersight.casebook.harm import Opening
    from undersight.model.naming import Audience
    from undersight.workbench.session import Workspace

MEMORY_DISK = Path("/dev/shm")  # noqa: S108 - Linux keeps it in memory
_SETTLED = (2026, 1, 1, 0, 0, 0)  # the same records give the same bytes
_MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".xml": "application/atom+xml",
    ".zip": "application/zip",
}
_SUFFIXES = {"jsonl": ".jsonl", "ftm": ".json", "stix": ".json", "atom": ".xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One file to save.

    Args:
        name: Its name.
        data: Its bytes.
        losses: What the format cannot hold, in words.
    """

    name: str
    data: bytes
    losses: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """What it is, for a browser."""
        return _MEDIA_TYPES.get(Path(self.name).suffix, "application/octet-stream")


def export_ids() -> tuple[tuple[str, str], ...]:
    """Return the exporters there are, with what each is for."""
    from undersight.exporters import EXPORTERS

    return tuple((one.exporter_id, one.about) for one in EXPORTERS)


def site(
    workspace: Workspace, *, audience: Audience, contact: str = "", base_url: str = ""
) -> Delivery:
    """Return the published log as a zip of a static site.

    Raises:
        UnansweredHarmError: The harm check has open questions.
    """
    with _scratch(workspace) as scratch:
        folder = Path(scratch) / "site"
        outputs.site(workspace, folder, audience=audience, contact=contact, base_url=base_url)
        return Delivery(name=f"site-{workspace.today}.zip", data=_zipped(folder))


def export(workspace: Workspace, format_id: str, *, audience: Audience) -> Delivery:
    """Return the casebook in a machine-readable format.

    Raises:
        UnknownFormatIdError: No such exporter.
        UnansweredHarmError: The harm check has open questions.
    """
    suffix = _SUFFIXES.get(format_id, "")
    with _scratch(workspace) as scratch:
        out = Path(scratch) / f"log{suffix}"
        made = outputs.export(workspace, format_id, out, audience=audience)
        data = _zipped(out) if out.is_dir() else out.read_bytes()
        name = f"{format_id}-{workspace.today}{'.zip' if out.is_dir() else suffix}"
        return Delivery(name=name, data=data, losses=made.losses)


def entry(
    workspace: Workspace, incident_id: str, *, as_form: str, lang: str, audience: Audience
) -> Delivery:
    """Return one entry as HTML to paste into WordPress, as Markdown, or as a PDF.

    Raises:
        NotVisibleError: The audience may not see the entry.
        UnansweredHarmError: The harm check has open questions.
        MissingExtraError: A PDF is wanted and the typesetter is not installed.
    """
    if as_form == "pdf":
        return pdf(workspace, outputs.Selection(incident_id=incident_id), lang, audience)
    text = outputs.entry(workspace, incident_id, as_form=as_form, lang=lang, audience=audience)
    suffix = ".html" if as_form == "html" else ".md"
    return Delivery(name=f"entry-{incident_id[-8:]}{suffix}", data=text.encode("utf-8"))


def pdf(
    workspace: Workspace, selection: outputs.Selection, lang: str, audience: Audience
) -> Delivery:
    """Return one entry or a period as a PDF.

    Raises:
        MissingExtraError: The typesetter is not installed.
        UnansweredHarmError: The harm check has open questions.
    """
    with _scratch(workspace) as scratch:
        out = Path(scratch) / "report.pdf"
        outputs.pdf(workspace, out, selection, lang=lang, audience=audience)
        return Delivery(name=f"report-{workspace.today}.pdf", data=out.read_bytes())


def preview(opening: Opening, incident_id: str, *, lang: str) -> str:
    """Return an entry as an audience would read it if it were opened now, as a HTML fragment."""
    from undersight.reports.entry import Entry

    return Entry(form="html", lang=lang).text(opening.shown, incident_id)


def _scratch(workspace: Workspace) -> tempfile.TemporaryDirectory[str]:
    """Return a folder that goes when it is no longer needed.

    What comes out of an encrypted workspace is put together in memory, where the system keeps a
    folder there; else inside the workspace.
    """
    if not workspace.keyring.is_plain and MEMORY_DISK.is_dir():
        return tempfile.TemporaryDirectory(prefix="undersight-", dir=MEMORY_DISK)
    durable.make_folder(workspace.layout.temporary)
    return tempfile.TemporaryDirectory(dir=workspace.layout.temporary)


def _zipped(folder: Path) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _SETTLED)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())
    return made.getvalue()
