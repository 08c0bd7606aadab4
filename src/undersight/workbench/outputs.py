"""What leaves the workspace: exports and reports, each sealed as it goes out."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.casebook.past_entries import PastEntries, changed_days
from undersight.errors import UnknownFormatIdError
from undersight.workbench import publishing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from undersight.exporters.delivery import Exporter
    from undersight.model.dossier import Dossier
    from undersight.model.naming import Audience
    from undersight.workbench.session import Workspace

_MOST_READ = 2000
"""Of how many entries the earlier wordings are kept while a site is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was written.

    Args:
        files: Paths, in order of writing.
        n_records: Records or entries in them.
        losses: What the format cannot hold, in words.
        start: The file to open first.
    """

    files: tuple[Path, ...]
    n_records: int
    start: Path
    losses: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "files": [str(path) for path in self.files],
            "records": self.n_records,
            "losses": list(self.losses),
            "start": str(self.start),
        }

    def words(self) -> str:
        """Return it for a person."""
        lines = [f"Wrote {self.start} ({len(self.files)} files, {self.n_records} records)"]
        lines += [f"  not held by this format: {loss}" for loss in self.losses]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a document is about: one entry, or the entries of a period.

    Args:
        incident_id: The entry; empty for a period.
        first: First day of the period; open if None.
        last: Last day of the period; open if None.
    """

    incident_id: str = ""
    first: dt.date | None = None
    last: dt.date | None = None


def export(
    workspace: Workspace,
    format_id: str,
    out: Path,
    *,
    audience: Audience,
    as_of: dt.date | None = None,
    dossier: Dossier | None = None,
) -> Made:
    """Write the casebook in a machine-readable format.

    Args:
        workspace: The workspace.
        format_id: An exporter's id.
        out: Where to write.
        audience: Who will read it.
        as_of: The day to show the records as of.
        dossier: A snapshot checked just before, so that it is checked only once.

    Raises:
        UnknownFormatIdError: No such exporter.
        UnansweredHarmError: It would go out, and the harm check has open questions.
    """
    chosen = check_format(format_id)
    checked = dossier or publishing.checked_dossier(workspace, audience=audience, as_of=as_of)
    exporter = chosen(includes_internal=audience == "internal")
    report = exporter.write(checked, out)
    return Made(
        files=tuple(report.files),
        n_records=report.n_records,
        start=out,
        losses=tuple(str(loss) for loss in report.losses),
    )


def check_format(format_id: str) -> type[Exporter]:
    """Return the exporter of an id.

    Raises:
        UnknownFormatIdError: No such exporter.
    """
    from undersight.exporters import EXPORTERS

    by_id = {exporter.exporter_id: exporter for exporter in EXPORTERS}
    if format_id not in by_id:
        near = tuple(difflib.get_close_matches(format_id, by_id, n=2))
        raise UnknownFormatIdError(format_id, tuple(by_id), near)
    return by_id[format_id]


def site(
    workspace: Workspace,
    out: Path,
    *,
    audience: Audience,
    contact: str = "",
    base_url: str = "",
    dossier: Dossier | None = None,
) -> Made:
    """Write the public log as a static site.

    Args:
        workspace: The workspace.
        out: The folder.
        audience: Who will read it.
        contact: Where readers can write to.
        base_url: Where it will be put, if known.
        dossier: A snapshot checked just before, so that it is checked only once.

    Raises:
        UnansweredHarmError: The harm check has open questions.
    """
    from undersight.reports.site import Site

    masthead = workspace.masthead(contact=contact, base_url=base_url)
    checked = dossier or publishing.checked_dossier(workspace, audience=audience)
    shown = with_masthead(checked, masthead)
    files = Site().write(shown, out, versions=_Versions(workspace, shown, audience))
    return Made(files=tuple(files), n_records=len(shown.incidents()), start=out / "index.html")


def site_files(
    workspace: Workspace,
    *,
    audience: Audience,
    contact: str = "",
    base_url: str = "",
    progress: Callable[[int], object] = id,
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the site one by one, with the list by which a later writing knows them.

    Args:
        workspace: The workspace.
        audience: Who will read it.
        contact: Where readers can write to.
        base_url: Where it will be put, if known.
        progress: Told how many entries are checked, and files made after that.

    Raises:
        UnansweredHarmError: The harm check has open questions.
    """
    from undersight.reports.site import Site
    from undersight.reports.site.folder import MANIFEST, manifest_of

    masthead = workspace.masthead(contact=contact, base_url=base_url)
    checked = publishing.checked_dossier(workspace, audience=audience, progress=progress)
    shown = with_masthead(checked, masthead)
    del checked
    n_checked = len(shown.incidents())
    digests: dict[str, str] = {}
    for name, content in Site().pages(shown, _Versions(workspace, shown, audience)):
        yield name, content
        digests[name] = hashlib.sha256(content).hexdigest()
        progress(n_checked + len(digests))
    yield MANIFEST, manifest_of(digests)


def entry(
    workspace: Workspace, incident_id: str, *, as_form: str, lang: str, audience: Audience
) -> str:
    """Return one entry as HTML to paste, or as Markdown.

    Raises:
        NotVisibleError: The audience may not see the entry.
        UnansweredHarmError: The harm check has open questions.
    """
    from undersight.reports.entry import Entry

    dossier = publishing.checked_entry(workspace, incident_id, audience=audience)
    return Entry(form=as_form, lang=lang).text(dossier, incident_id)


def pdf(
    workspace: Workspace, out: Path, selection: Selection, *, lang: str, audience: Audience
) -> Made:
    """Write one entry or a period as a PDF.

    Raises:
        NotVisibleError: The audience may not see the entry.
        MissingExtraError: The typesetter is not installed.
        UnansweredHarmError: The harm check has open questions.
    """
    from undersight.reports.pdf import Pdf

    if selection.incident_id:
        dossier = publishing.checked_entry(workspace, selection.incident_id, audience=audience)
        ids: tuple[str, ...] = (selection.incident_id,)
    else:
        dossier = publishing.checked_dossier(workspace, audience=audience)
        ids = in_period(dossier, selection.first, selection.last)
    Pdf(lang=lang).write(dossier, out, incident_ids=ids)
    return Made(files=(out,), n_records=len(ids), start=out)


def in_period(dossier: Dossier, first: dt.date | None, last: dt.date | None) -> tuple[str, ...]:
    """Return the entries with an act that may lie in a period, newest first."""
    found = []
    for incident in dossier.incidents():
        starts = [act.start for act in dossier.acts(incident.record_id) if act.start]
        if any(
            (first is None or (s.latest or s.earliest or first) >= first)
            and (last is None or (s.earliest or s.latest or last) <= last)
            for s in starts
        ):
            found.append(incident.record_id)
    return tuple(found)


def with_masthead(dossier: Dossier, masthead: Any) -> Dossier:
    """Return the same snapshot under another masthead."""
    from undersight.model.dossier import Dossier

    return Dossier(
        masthead=masthead,
        records=dossier.records(),
        as_of=dossier.as_of,
        audience=dossier.audience,
        stamps=dossier.stamps,
    )


class _Versions(Mapping[str, tuple[tuple["dt.date", "Dossier"], ...]]):
    """By entry, what it said on earlier days on which it was changed; read when asked for.

    Args:
        workspace: The workspace.
        dossier: What the audience sees today.
        audience: Who will read it.
    """

    def __init__(self, workspace: Workspace, dossier: Dossier, audience: Audience) -> None:
        casebook = workspace.casebook
        self._past = PastEntries(casebook, audience=audience, masthead=workspace.masthead())
        changed = changed_days(casebook)
        self._days: dict[str, list[dt.date]] = {}
        self._read: dict[str, tuple[tuple[dt.date, Dossier], ...]] = {}
        for incident in dossier.incidents():
            published = incident.first_published.earliest if incident.first_published else None
            days = [
                day
                for day in changed.get(incident.record_id, ())
                if day < dossier.as_of and (published is None or day >= published)
            ]
            if days:
                self._days[incident.record_id] = days

    def __getitem__(self, incident_id: str) -> tuple[tuple[dt.date, Dossier], ...]:
        if incident_id not in self._read:
            days = self._days[incident_id]
            shown = ((day, self._past.on(incident_id, day)) for day in days)
            found = tuple((day, past) for day, past in shown if past.get(incident_id))
            if len(self._read) >= _MOST_READ:  # each is asked for once for each language
                return found
            self._read[incident_id] = found
        return self._read[incident_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._days)

    def __len__(self) -> int:
        return len(self._days)
