"""The board in words and as JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from undersight.casebook import excerpts
from undersight.casebook.remembered import remembered
from undersight.i18n import LANGUAGES
from undersight.model.derived.board import Board, board
from undersight.model.derived.custody import custody
from undersight.model.derived.term import days_later
from undersight.model.dossier import Dossier
from undersight.model.records import Act, Incident, Party
from undersight.presentation.derived_words import voice_of
from undersight.presentation.phrases import day as day_words
from undersight.presentation.presenter import Presenter
from undersight.presentation.wording import custody_sentence
from undersight.workbench import dossiers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from undersight.casebook.work import Work
    from undersight.model.derived.board import HearingDue, Quiet
    from undersight.model.derived.custody import Custody
    from undersight.model.derived.deadlines import Due
    from undersight.model.records import Record
    from undersight.workbench.session import Workspace

E = TypeVar("E")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a board.

    Args:
        title: What it lists.
        lines: The first lines, or all.
        n_lines: How many lines there are.
        about: The record that each line is about: its kind and id.
    """

    title: str
    lines: tuple[str, ...]
    n_lines: int
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBoard:
    """A board for a person and for a program.

    Args:
        sections: Its parts in words.
        board: The facts.
    """

    sections: tuple[Section, ...]
    board: Board

    def to_json(self) -> dict[str, Any]:
        """Return the facts for programs."""
        plain: dict[str, Any] = _plain(dataclasses.asdict(self.board))
        return plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What board is wanted.

    Args:
        day: The day.
        n_days_ahead: How far to look ahead, days.
        n_days_quiet: After how many days without news an entry is quiet.
        lang: Language of the words.
        most_lines: How many lines of each part; None for all.
    """

    day: dt.date
    n_days_ahead: int = 30
    n_days_quiet: int = 90
    lang: str = "en"
    most_lines: int | None = None


def board_of(workspace: Workspace, asked: Asked) -> ShownBoard:
    """Return the board of one day."""
    if asked.day < workspace.today:
        dossier = dossiers.whole(workspace, as_of=asked.day)
        found = _board(dossier, asked)
    else:
        dossier, found = _board_now(workspace, asked)
    most = asked.most_lines
    quiet = {q.incident: dossier.get(q.incident) for q in found.quiet[:most]}
    quiet |= workspace.casebook.get_many(i for i, known in quiet.items() if known is None)
    words = Presenter(dossier, asked.lang if asked.lang in LANGUAGES else "en")
    return ShownBoard(sections=_sections(found, words, quiet, most), board=found)


def _board(
    dossier: Dossier,
    asked: Asked,
    heard: Iterable[tuple[str, dt.date | None]] | None = None,
    held: Iterable[Custody] | None = None,
) -> Board:
    days = {"n_days_ahead": asked.n_days_ahead, "n_days_quiet": asked.n_days_quiet}
    return board(dossier, heard=heard, held=held, **days)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """A board, and what it was counted from."""

    ids: frozenset[str]
    dossier: Dossier
    board: Board
    custody: Mapping[str, Custody | None]
    heard: Mapping[str, excerpts.LastHeard]


def _board_now(workspace: Workspace, asked: Asked) -> tuple[Dossier, Board]:
    """The board of today or a day to come, from the few records that it can need."""
    about = f"board {asked.day} "
    name = f"{about}{asked.n_days_ahead} {asked.n_days_quiet} {workspace.today}"

    def count(work: Work, before: tuple[_Counted, int] | None) -> _Counted:
        changed = excerpts.changed_since(work, before[1]) if before else None
        if before is None or changed is None:
            return _counted(workspace, work, asked)
        return _counted_again(work, asked, before[0], changed)

    made = remembered(workspace.casebook, name, excerpts.BOARD_KINDS, count)
    return made.dossier, made.board


def _counted(workspace: Workspace, work: Work, asked: Asked) -> _Counted:
    """Count a board from all that it can need."""
    ids = excerpts.board_ids(work, asked.day)
    dossier = Dossier(
        masthead=workspace.masthead(),
        records=excerpts.excerpt(work, ids),
        as_of=asked.day,
        audience="internal",
    )
    held = {party.record_id: custody(dossier, party.record_id) for party in dossier.all(Party)}
    heard = excerpts.last_heard(work, _quiet_before(asked))
    return _finished(ids, dossier, asked, held, heard)


def _counted_again(
    work: Work, asked: Asked, known: _Counted, changed: excerpts.Changed
) -> _Counted:
    """Count a board anew where something changed that it depends on."""
    ids = excerpts.board_ids(work, asked.day, (known.ids, changed))
    others = (ids ^ known.ids).union(*changed.values())
    dossier = known.dossier.with_changes(others, excerpts.excerpt(work, ids & others))
    touched = _touched(known.dossier, dossier, others)
    held = {
        i: known.custody[i] if i in known.custody and i not in touched else custody(dossier, i)
        for i in (party.record_id for party in dossier.all(Party))
    }
    again = excerpts.heard_again(work, changed)
    heard = {i: one for i, one in known.heard.items() if i not in again}
    heard |= excerpts.last_heard(work, _quiet_before(asked), again)
    return _finished(ids, dossier, asked, held, heard)


def _finished(
    ids: set[str],
    dossier: Dossier,
    asked: Asked,
    held: Mapping[str, Custody | None],
    heard: Mapping[str, excerpts.LastHeard],
) -> _Counted:
    days = ((i, one.by(asked.day)) for i, one in heard.items())
    found = _board(dossier, asked, days, [one for one in held.values() if one])
    return _Counted(ids=frozenset(ids), dossier=dossier, board=found, custody=held, heard=heard)


def _quiet_before(asked: Asked) -> dt.date:
    return days_later(asked.day, -asked.n_days_quiet)


def _touched(before: Dossier, now: Dossier, changed: Iterable[str]) -> set[str]:
    """The parties of entries in which a record changed, came or is gone."""
    parties: set[str] = set()
    incidents: set[str] = set()
    for record_id in changed:
        parties.add(record_id)
        incidents.add(record_id)
        for one in (before.get(record_id), now.get(record_id)):
            parties.add(getattr(one, "party", ""))
            incidents.add(getattr(one, "incident", ""))
            for seen in (before, now):
                act = seen.find(Act, getattr(one, "act", ""))
                incidents |= {act.incident} if act else set()
    for seen in (before, now):
        for incident_id in incidents:
            parties |= {case.party for case in seen.proceedings(incident_id)}
            for act in seen.acts(incident_id):
                parties |= {part.party for part in seen.involvements(act.record_id)}
    return parties


def _sections(
    found: Board, words: Presenter, incidents: Mapping[str, Record | None], most: int | None
) -> tuple[Section, ...]:
    t = words.t

    def quiet(one: Quiet, words: Presenter) -> str:
        return (
            f"{_name(incidents.get(one.incident), words) or one.incident}: {_silence(one, words)}"
        )

    inside = t("Inside on {day}").format(day=day_words(found.day, words.lang))
    return (
        _section(inside, found.inside, _held, words, most),
        _section(t("Due out"), found.due_out, _held, words, most),
        _section(t("Term over, no release known"), found.overdue, _held, words, most),
        _section(t("Hearings"), found.hearings, _hearing, words, most),
        _section(t("Deadlines"), found.deadlines, _deadline, words, most),
        _section(t("No news"), found.quiet, quiet, words, most),
    )


def _section(
    title: str,
    entries: tuple[E, ...],
    line: Callable[[E, Presenter], str],
    words: Presenter,
    most: int | None,
) -> Section:
    lines = tuple(line(entry, words) for entry in entries[:most])
    about = tuple(_about(entry) for entry in entries[:most])
    return Section(title=title, lines=lines, n_lines=len(entries), about=about)


def _about(entry: Any) -> tuple[str, str]:
    """Return the record to open for a line: the person held, else the entry."""
    incident = getattr(entry, "incident", "")
    return ("incident", incident) if incident else ("party", entry.party)


def _held(entry: Custody, words: Presenter) -> str:
    return f"{words.party(entry.party).name}: {custody_sentence(entry, voice_of(words))}"


def _hearing(hearing: HearingDue, words: Presenter) -> str:
    who = words.party(hearing.party).name
    return f"{_span(hearing.at, words)}: {who} ({_label(hearing.incident, words)})"


def _deadline(due: Due, words: Presenter) -> str:
    span = _span((due.earliest, due.latest), words)
    return f"{span}: {due.basis} ({_label(due.incident, words)})"


def _silence(quiet: Quiet, words: Presenter) -> str:
    days = quiet.n_days
    if days is None:
        return words.t("no news recorded")
    return words.nt("{n} day", "{n} days", days).format(n=days)


def _label(incident_id: str, words: Presenter) -> str:
    return _name(words.dossier.get(incident_id), words) or incident_id


def _name(incident: Record | None, words: Presenter) -> str:
    if not isinstance(incident, Incident):
        return ""
    return " ".join(filter(None, (incident.public_id, words.said(incident.title).text)))


def _span(bounds: Any, words: Presenter) -> str:
    first, last = bounds
    if first == last or last is None:
        return day_words(first, words.lang)
    if first is None:
        return day_words(last, words.lang)
    return f"{day_words(first, words.lang)} – {day_words(last, words.lang)}"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, dt.date) else value
