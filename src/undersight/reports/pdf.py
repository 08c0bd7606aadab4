"""One entry, or the entries of a period, as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, ClassVar

from undersight.charts import bars
from undersight.errors import (
    FontMissingError,
    MissingExtraError,
    NotVisibleError,
    TypesettingFailedError,
)
from undersight.integrity.durable import disk_errors, make_folder, write_atomic
from undersight.model.records import Incident
from undersight.presentation.outline import outline
from undersight.presentation.phrases import day
from undersight.presentation.presenter import Presenter
from undersight.presentation.views import direction, parted
from undersight.reports.counted import UNDATED, months_chart, ticks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undersight.model.dossier import Dossier
    from undersight.presentation.outline import Run

_LACKING = re.compile(r'text `"(.*?)"` could not be displayed', re.DOTALL)
_WORD_OF_A_LANGUAGE = range(2, 4)
_LEFTWARDS, _END = "\u2067", "\u2069"  # the typesetter does not set inline text apart by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Pdf:
    """One entry, or the entries of a period with contents and a chart, as a tagged PDF.

    Needs the extra ``pdf``. Fonts are those the typesetter carries, so that every machine gives
    the same bytes; only a document with letters that they lack is set in the machine's own.

    Args:
        lang: Language of the words around the record's own.
    """

    report_id: ClassVar[str] = "pdf"
    about: ClassVar[str] = "One entry or a period as a tagged PDF (PDF/UA-1); needs the extra pdf."

    lang: str = "en"

    def write(
        self, dossier: Dossier, out: Path, *, incident_ids: Iterable[str] | None = None
    ) -> list[Path]:
        """Write the PDF.

        Args:
            dossier: What the audience may see.
            out: The file.
            incident_ids: The entries, in order; all, newest first, if not given.

        Raises:
            MissingExtraError: The typesetter is not installed.
            NotVisibleError: The audience may not see an entry.
            TypesettingFailedError: The typesetter refused.
            BackendError: The disk refused; an older file stands.
        """
        content = self.content(dossier, incident_ids)
        with disk_errors(out):
            make_folder(out.parent)
        write_atomic(out, content)
        return [out]

    def content(self, dossier: Dossier, incident_ids: Iterable[str] | None = None) -> bytes:
        """Return the bytes of the PDF; see :meth:`write`."""
        return typeset(self._data(dossier, incident_ids))

    def _data(self, dossier: Dossier, incident_ids: Iterable[str] | None) -> dict[str, Any]:
        """Return what the template shows."""
        words = Presenter(dossier, self.lang)
        wanted = (
            [incident.record_id for incident in dossier.incidents()]
            if incident_ids is None
            else list(incident_ids)
        )
        entries = [_entry(words, incident_id) for incident_id in wanted]
        is_one = len(entries) == 1
        publisher = words.said(dossier.masthead.title).text
        stood = words.t("as it stood on {date}").format(date=day(dossier.as_of, self.lang))
        n_entries = words.nt("{n} entry", "{n} entries", len(entries)).format(n=len(entries))
        contact = dossier.masthead.contact
        return {
            "title": entries[0][0]["runs"][0]["text"] if is_one else publisher,
            "publisher": publisher,
            "subtitle": f"{n_entries}, {stood}",
            "stood": stood,
            "lang": self.lang,
            "day": {
                "year": dossier.as_of.year,
                "month": dossier.as_of.month,
                "day": dossier.as_of.day,
            },
            "cover": not is_one,
            "chart": None if is_one else _chart(words, wanted),
            "contents": words.t("Contents"),
            "contact": f"{words.t('Corrections:')} {contact}" if contact else "",
            "entries": entries,
        }


def typeset(data: dict[str, Any]) -> bytes:
    """Return the PDF of what the template shows; other papers have the same form.

    Raises:
        MissingExtraError: The typesetter is not installed.
        FontMissingError: No font has some of the letters.
        TypesettingFailedError: The typesetter refused.
    """
    try:
        import typst
    except ImportError as reason:
        what = "A PDF"
        raise MissingExtraError(what, "pdf") from reason
    template = resources.files("undersight.reports").joinpath("templates", "pdf", "report.typ")
    # The computer's own fonts only where those carried along lack a letter: they differ.
    letters = ""
    for is_carried in (True, False):
        try:
            made = typst.compile(
                template.read_bytes(),
                ignore_system_fonts=is_carried,
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                pdf_standards="ua-1",
            )
        except typst.TypstError as reason:
            lacking = _LACKING.search(str(reason))
            if lacking is None:
                raise TypesettingFailedError(str(reason)) from reason
            letters = lacking[1]
        else:
            return bytes(made)
    raise FontMissingError(letters)


def _entry(words: Presenter, incident_id: str) -> list[dict[str, Any]]:
    incident = words.dossier.find(Incident, incident_id)
    if incident is None:
        raise NotVisibleError(incident_id, words.dossier.audience)
    return [
        {"kind": block.kind, "level": block.level, "runs": [_run(run) for run in block.runs]}
        for block in outline(words.entry(incident), words)
    ]


def _run(run: Run) -> dict[str, str]:
    lang = run.lang.partition("-")[0]
    is_code = lang.isascii() and lang.isalpha() and len(lang) in _WORD_OF_A_LANGUAGE
    return {
        "text": _set_apart(run.text, direction(lang)),
        "style": run.style,
        "url": run.url,
        "lang": lang if is_code else "",
        "dir": direction(lang),
    }


def _set_apart(text: str, runs: str) -> str:
    """Keep what runs leftwards from drawing the figures and commas beside it into itself."""
    if runs == "rtl":
        return f"{_LEFTWARDS}{text}{_END}"
    return "".join(
        f"{_LEFTWARDS}{part}{_END}" if n % 2 else part for n, part in enumerate(parted(text))
    )


def _chart(words: Presenter, incident_ids: list[str]) -> dict[str, str] | None:
    acts = [act for one in incident_ids for act in words.dossier.acts(one)]
    chart = months_chart(words, "months", acts)
    drawn = chart.without(UNDATED)
    if not drawn.bars:
        return None
    return {
        "svg": bars.columns(drawn, ticks(drawn, words.lang)),
        "title": chart.title,
        "about": chart.about,
    }
