"""What leaves the workspace as one file to save: a site as a zip, an entry, an export, a PDF."""

from __future__ import annotations

import io
import tempfile
import threading
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from undersight.integrity import durable
from undersight.integrity.sealed_spool import SealedSpool
from undersight.workbench import outputs, publishing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import ReadableBuffer

    from undersight.casebook.harm import Opening
    from undersight.model.naming import Audience
    from undersight.workbench.session import Workspace

MEMORY_DISK = Path("/dev/shm")  # noqa: S108 - Linux keeps it in memory
_LONG_ENTRIES = 100
"""With more, writing them can take more than a second."""
_PART_BYTES = 1 << 16
_MOST_KEPT, _SHELF = 2, "deliveries"
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
        file: Its bytes, on the disk only encrypted.
        n_changes: Length of the casebook's log before it was read for this.
        day: The day whose rules decided what readers may see.
        losses: What the format cannot hold, in words.
    """

    name: str
    file: SealedSpool
    losses: tuple[str, ...] = ()
    n_changes: int = 0
    day: str = ""
    reading: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @property
    def data(self) -> bytes:
        """All of it."""
        return b"".join(self.parts())

    @property
    def n_bytes(self) -> int:
        """How long it is."""
        with self.reading:
            return self.file.seek(0, io.SEEK_END)

    def parts(self) -> Iterator[bytes]:
        """Yield its bytes, a part at a time; two may read it at once."""
        at = 0
        while True:
            with self.reading:
                self.file.seek(at)
                part = self.file.read(_PART_BYTES)
            if not part:
                return
            at += len(part)
            yield part

    @property
    def media_type(self) -> str:
        """What it is, for a browser."""
        return _MEDIA_TYPES.get(Path(self.name).suffix, "application/octet-stream")


def export_ids() -> tuple[tuple[str, str], ...]:
    """Return the exporters there are, with what each is for."""
    from undersight.exporters import EXPORTERS

    return tuple((one.exporter_id, one.about) for one in EXPORTERS)


def is_long(workspace: Workspace, audience: Audience) -> bool:
    """Return whether what an audience may see takes longer to write than one should wait."""
    return len(publishing.open_to(workspace, audience)) > _LONG_ENTRIES


def n_steps(workspace: Workspace, audience: Audience) -> int:
    """Return about how many steps a site takes: entries checked, and pages of each language."""
    n_languages = len(workspace.settings.workspace.languages)
    return len(publishing.open_to(workspace, audience)) * (1 + n_languages)


def keep(workspace: Workspace, name: str, made: Delivery) -> None:
    """Keep a file that a job made until somebody saves it or the workspace is locked.

    Args:
        workspace: Open, and to stay open.
        name: What it is found by.
        made: The file.
    """
    shelf: dict[str, Delivery] = workspace.kept.setdefault(_SHELF, {})
    while len(shelf) >= _MOST_KEPT:
        shelf.pop(next(iter(shelf)), None)
    shelf[name] = made


def kept(workspace: Workspace, name: str) -> Delivery | None:
    """Return a file that was kept; None where it is not there any more.

    It is let go as soon as readers may see less than stands in it: somebody was withdrawn, renamed
    or is to be masked, or an entry was taken back, here, in a terminal or by a colleague's bundle.
    """
    shelf: dict[str, Delivery] = workspace.kept.get(_SHELF, {})
    made = shelf.get(name)
    if made is not None and (
        made.day != str(workspace.today) or workspace.casebook.is_narrowed_since(made.n_changes)
    ):
        shelf.pop(name, None)
        return None
    return made


def site(
    workspace: Workspace,
    *,
    audience: Audience,
    contact: str = "",
    base_url: str = "",
    progress: Callable[[int], object] = id,
) -> Delivery:
    """Return the published log as a zip of a static site.

    Args:
        workspace: Open.
        audience: Who will read it.
        contact: Where readers can write to.
        base_url: Where it will be put, if known.
        progress: Told how many of `n_steps` are done, or a few more.

    Raises:
        UnansweredHarmError: The harm check has open questions.
    """
    day, n_changes = str(workspace.today), workspace.casebook.history_head().length
    file = SealedSpool()
    with zipfile.ZipFile(_Onward(file), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in outputs.site_files(
            workspace, audience=audience, contact=contact, base_url=base_url, progress=progress
        ):
            archive.writestr(_settled(name), content)
    return Delivery(name=f"site-{day}.zip", file=file, n_changes=n_changes, day=day)


def export(
    workspace: Workspace,
    format_id: str,
    *,
    audience: Audience,
    progress: Callable[[int], object] = id,
) -> Delivery:
    """Return the casebook in a machine-readable format.

    Args:
        workspace: Open.
        format_id: An exporter's id.
        audience: Who will read it.
        progress: Told how many entries are checked.

    Raises:
        UnknownFormatIdError: No such exporter.
        UnansweredHarmError: The harm check has open questions.
    """
    outputs.check_format(format_id)
    day, n_changes = str(workspace.today), workspace.casebook.history_head().length
    suffix = _SUFFIXES.get(format_id, "")
    checked = publishing.checked_dossier(workspace, audience=audience, progress=progress)
    with _scratch(workspace) as scratch:
        out = Path(scratch) / f"log{suffix}"
        made = outputs.export(workspace, format_id, out, audience=audience, dossier=checked)
        file = _zipped(out) if out.is_dir() else _held(out.read_bytes())
        name = f"{format_id}-{day}{'.zip' if out.is_dir() else suffix}"
        return Delivery(name=name, file=file, n_changes=n_changes, day=day, losses=made.losses)


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
    return Delivery(name=f"entry-{incident_id[-8:]}{suffix}", file=_held(text.encode("utf-8")))


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
        return Delivery(name=f"report-{workspace.today}.pdf", file=_held(out.read_bytes()))


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


def _zipped(folder: Path) -> SealedSpool:
    file = SealedSpool()
    with zipfile.ZipFile(_Onward(file), "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.writestr(_settled(path.relative_to(folder).as_posix()), path.read_bytes())
    return file


def _settled(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _SETTLED)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _held(content: bytes) -> SealedSpool:
    file = SealedSpool()
    file.write(content)
    return file


class _Onward(io.RawIOBase):
    """A file that is only written on: a spool writes no place twice.

    Args:
        file: Where to.
    """

    def __init__(self, file: SealedSpool) -> None:
        super().__init__()
        self._file = file

    def writable(self) -> bool:
        """It can be written."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Add bytes at the end."""
        return self._file.write(data)
