"""One entry, ready to paste: HTML for a content system such as WordPress, or Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from undersight.errors import InvalidValueError, NotVisibleError
from undersight.integrity.durable import disk_errors, make_folder, write_atomic
from undersight.model.records import Incident
from undersight.presentation.markup_forms import to_html, to_markdown
from undersight.presentation.outline import outline
from undersight.presentation.presenter import Presenter

if TYPE_CHECKING:
    from pathlib import Path

    from undersight.model.dossier import Dossier

_FORMS = ("html", "markdown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as a fragment without classes or styles, so that it takes on those of its place.

    Args:
        form: ``html`` or ``markdown``.
        lang: Language of the words around the record's own.

    Raises:
        InvalidValueError: Another form.
    """

    report_id: ClassVar[str] = "entry"
    about: ClassVar[str] = "One entry as HTML ready to paste into WordPress, or as Markdown."

    form: str = "html"
    lang: str = "en"

    def __post_init__(self) -> None:
        if self.form not in _FORMS:
            raise InvalidValueError("report", "form", "html or markdown", self.form)

    def text(self, dossier: Dossier, incident_id: str) -> str:
        """Return the entry.

        Args:
            dossier: What the audience may see.
            incident_id: Id of the entry.

        Raises:
            NotVisibleError: The audience may not see it.
            UnknownLanguageError: No interface in the language.
        """
        incident = dossier.find(Incident, incident_id)
        if incident is None:
            raise NotVisibleError(incident_id, dossier.audience)
        words = Presenter(dossier, self.lang)
        blocks = outline(words.entry(incident), words)
        return to_html(blocks, self.lang) if self.form == "html" else to_markdown(blocks)

    def write(self, dossier: Dossier, out: Path, *, incident_id: str) -> list[Path]:
        """Write the entry to a file.

        Args:
            dossier: What the audience may see.
            out: The file.
            incident_id: Id of the entry.

        Raises:
            NotVisibleError: The audience may not see it.
            BackendError: The disk refused; an older file stands.
        """
        content = self.text(dossier, incident_id).encode()
        with disk_errors(out):
            make_folder(out.parent)
        write_atomic(out, content)
        return [out]
