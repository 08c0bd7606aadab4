"""The board in words and as JSON."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.i18n import LANGUAGES
from undersight.model.derived.board import Board, board
from undersight.model.records import Incident
from undersight.presentation.derived_words import voice_of
from undersight.presentation.phrases import day as day_words
from undersight.presentation.presenter import Presenter
from undersight.presentation.wording import custody_sentence
from undersight.workbench import dossiers

if TYPE_CHECKING:
    import datetime as dt

    from undersight.workbench.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBoard:
    """A board for a person and for a program.

    Args:
        sections: Title and lines.
        board: The facts.
    """

    sections: tuple[tuple[str, tuple[str, ...]], ...]
    board: Board

    def to_json(self) -> dict[str, Any]:
        """Return the facts for programs."""
        plain: dict[str, Any] = _plain(dataclasses.asdict(self.board))
        return plain


def board_of(
    workspace: Workspace, *, day: dt.date, n_days_ahead: int, n_days_quiet: int, lang: str
) -> ShownBoard:
    """Return the board of one day.

    Args:
        workspace: The workspace.
        day: The day.
        n_days_ahead: How far to look ahead, days.
        n_days_quiet: After how many days without news an entry is quiet.
        lang: Language of the words.
    """
    dossier = dossiers.whole(workspace, as_of=None if day >= workspace.today else day)
    dossier = dossier if dossier.as_of == day else dossiers.on_day(dossier, day)
    found = board(dossier, n_days_ahead=n_days_ahead, n_days_quiet=n_days_quiet)
    words = Presenter(dossier, lang if lang in LANGUAGES else "en")
    return ShownBoard(sections=_sections(found, words), board=found)


def _sections(found: Board, words: Presenter) -> tuple[tuple[str, tuple[str, ...]], ...]:
    t, voice = words.t, voice_of(words)

    def held(entries: Any) -> tuple[str, ...]:
        return tuple(
            f"{words.party(entry.party).name}: {custody_sentence(entry, voice)}"
            for entry in entries
        )

    def entry_label(incident_id: str) -> str:
        incident = words.dossier.find(Incident, incident_id)
        if incident is None:
            return incident_id
        return " ".join(filter(None, (incident.public_id, words.said(incident.title).text)))

    quiet = tuple(
        f"{entry_label(q.incident)}: "
        + (
            words.nt("{n} day", "{n} days", q.n_days).format(n=q.n_days)
            if q.n_days is not None
            else t("no news recorded")
        )
        for q in found.quiet
    )
    deadlines = tuple(
        f"{_span((due.earliest, due.latest), words)}: {due.basis} ({entry_label(due.incident)})"
        for due in found.deadlines
    )
    hearings = tuple(
        f"{_span(h.at, words)}: {words.party(h.party).name} ({entry_label(h.incident)})"
        for h in found.hearings
    )
    return (
        (t("Inside on {day}").format(day=day_words(found.day, words.lang)), held(found.inside)),
        (t("Due out"), held(found.due_out)),
        (t("Term over, no release known"), held(found.overdue)),
        (t("Hearings"), hearings),
        (t("Deadlines"), deadlines),
        (t("No news"), quiet),
    )


def _span(bounds: Any, words: Presenter) -> str:
    first, last = bounds
    if first == last or last is None:
        return day_words(first, words.lang)
    if first is None:
        return day_words(last, words.lang)
    return f"{day_words(first, words.lang)} – {day_words(last, words.lang)}"


def _plain(value: Any) -> Any:
    import datetime as dt

    if isinstance(value, dict):
        return {name: _plain(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, dt.date) else value
