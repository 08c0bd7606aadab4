"""The verbs of a Python program about entries and their changes."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    AnswerNeededError,
    FileUnreadableError,
    InvalidValueError,
    NotOpenForWritingError,
)
from undersight.workbench import session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from undersight.model.records import Record
    from undersight.workbench.boards import ShownBoard
    from undersight.workbench.drafts import Proposal
    from undersight.workbench.incidents import Entered
    from undersight.workbench.parties import Namesake
    from undersight.workbench.showing import Line, Shown
    from undersight.workbench.updates import Appended

    Place = str | os.PathLike[str]

_PASTED = "pasted.txt"
_MOST_HITS = 1000


class EntryVerbs(session.Workspace):
    """An open workspace with the verbs about entries; see `undersight.workbench.verbs`."""

    # --- entries -----------------------------------------------------------------------------

    def add(
        self,
        document: Mapping[str, Any],
        *,
        why: str = "entered from Python",
        choose: Callable[[str, tuple[Namesake, ...]], str] | None = None,
    ) -> Entered:
        """Record an entry; it is internal until it is published.

        Args:
            document: The entry as the YAML form has it; a day may be a ``date``.
            why: The reason, for the history.
            choose: Given a name and those recorded under it, returns the id of the one meant, or
                "" for somebody new; without it everybody is somebody new.

        Raises:
            InputError: Something in it is wrong; the sentence names the place.
        """
        from undersight.workbench import forms, incidents
        from undersight.workbench.parties import enter_anew

        self._must_write("add")
        entry = forms.from_python(document)
        return incidents.add(self, entry, why=why, choose=choose or enter_anew)

    def add_all(
        self,
        documents: Iterable[Mapping[str, Any]],
        *,
        why: str = "entered from Python",
        choose: Callable[[str, tuple[Namesake, ...]], str] | None = None,
    ) -> tuple[Entered, ...]:
        """Record several entries, all of them or none; one name in two of them is two people.

        Args:
            documents: The entries as the YAML form has them.
            why: The reason, for the history.
            choose: As in `add`.

        Raises:
            InputError: Something in one is wrong; the sentence names it and the place.
        """
        from undersight.workbench import forms, incidents
        from undersight.workbench.parties import enter_anew

        self._must_write("add_all")
        entries = [forms.from_python(one) for one in documents]
        return incidents.add_all(self, entries, why=why, choose=choose or enter_anew)

    def update(self, incident: str, note: str | Mapping[str, str], **more: Any) -> Appended:
        """Append something new to an entry, dated; nothing is overwritten.

        Args:
            incident: Its id, or the unique end of one.
            note: What is new, as readers will see it.
            more: What else `undersight.workbench.updates.Addition` takes: ``kind``, ``published``,
                ``sources``, ``denial_by``, ``denial_of``, ``parts``, ``lang``.

        Raises:
            UndersightError: No such entry, or something in the addition is wrong.
        """
        from undersight.workbench import forms, incidents, updates

        self._must_write("update")
        said = forms.from_python({"note": note, **more})
        if "note" not in said:
            raise InvalidValueError("update", "note", "what is new, in words", "empty")
        addition = updates.Addition(**said)
        return updates.append(self, incidents.find_incident(self, incident), addition)

    def edit(self, record: str, fields: Mapping[str, Any], *, why: str) -> Record:
        """Correct fields of an entry or of any part of one; the old values stay in the history.

        Args:
            record: Its id, or the unique end of one.
            fields: New values by field; a day is a ``date`` or words as people type them, and
                words without a language are in the workspace's.
            why: The reason, for the history.

        Returns:
            The record as it stands now.

        Raises:
            InputError: No such field, or a value that it does not take.
        """
        from undersight.workbench import updates

        self._must_write("edit")
        record_id = self.casebook.find(record)
        updates.edit_from_python(self, record_id, fields, why=why)
        return self.casebook.get(record_id)

    def entries(
        self, *, status: str = "", act: str = "", part: tuple[int, int | None] = (0, None)
    ) -> tuple[list[Line], int]:
        """Return entries, the newest first, and how many there are.

        Args:
            status: Only this monitoring status: active, pending or closed; all if empty.
            act: Only entries with an act of this type; all if empty.
            part: How many to leave out first, and how many to return; None for all the others.

        Raises:
            UnknownTermError: The status or the act does not exist.
        """
        from undersight.workbench import showing

        return showing.listed(self, status=status, act_type=act, part=part, lang=self.lang)

    def show(self, incident: str, *, as_of: dt.date | None = None, lang: str = "") -> Shown:
        """Return an entry in words and as records, now or as it stood on a day.

        Args:
            incident: Its id, or the unique end of one.
            as_of: The day; now if not given.
            lang: Language of the words around the record's own.

        Raises:
            NotFoundError: No such entry, or not recorded yet on that day.
        """
        from undersight.workbench import incidents, showing

        found = incidents.find_incident(self, incident)
        day = day_of(as_of, "show")
        return showing.show(self, found.record_id, as_of=day, lang=lang or self.lang)

    def search(
        self,
        text: str = "",
        *,
        facets: Mapping[str, str | Sequence[str]] | None = None,
        kinds: Sequence[str] = (),
        limit: int = 20,
    ) -> dict[str, Any]:
        """Search the casebook, in any spelling and script.

        Args:
            text: Words, "phrases" and -exclusions.
            facets: Wanted values by facet: ``{"act_type": "detention", "year": "2031"}``.
            kinds: Only records of these kinds as hits.
            limit: At most so many, 1 to 1000.

        Raises:
            InputError: A facet, kind or value that does not exist.
        """
        from undersight.workbench import searching

        if not 1 <= limit <= _MOST_HITS:
            raise InvalidValueError("search", "limit", f"1 to {_MOST_HITS}", str(limit))
        words = [f"{name}={value}" for name, given in (facets or {}).items()
                 for value in ([given] if isinstance(given, str) else given)]  # fmt: skip
        asked = searching.Asked(text=text, facets=words, kinds=kinds)
        return searching.search_with_merged(self, asked, limit=limit)

    def draft(
        self, text: Place, *, context_date: dt.date | None = None, lang: str = ""
    ) -> Proposal:
        """Return what is understood of a text; nothing is stored, and a person has to look.

        Args:
            text: The text itself as a string, or the `pathlib.Path` of a file.
            context_date: Day it was published; yearless and relative dates count from it.
            lang: Its language; found out if empty.

        Raises:
            InputError: The file cannot be read, or is no text.
        """
        from undersight.workbench import drafts

        raw, name = _text(text)
        return drafts.propose(
            raw,
            name=name,
            context_date=day_of(context_date, "draft"),
            lang=lang or None,
            gazetteer=drafts.load_gazetteer(self),
        )

    def board(
        self,
        on: dt.date | None = None,
        *,
        n_days_ahead: int = 30,
        n_days_quiet: int = 90,
        lang: str = "",
    ) -> ShownBoard:
        """Return who is inside, who is due out, what is quiet, which deadline runs.

        Args:
            on: The day; today if not given. A past day is shown as recorded then.
            n_days_ahead: How far to look ahead, days.
            n_days_quiet: After how many days without news an entry is quiet.
            lang: Language of the words.

        Raises:
            InputError: A number of days that means nothing.
        """
        from undersight.workbench import boards

        if n_days_ahead < 0 or n_days_quiet < 1:
            raise InvalidValueError("board", "days", "0 or more ahead, 1 or more quiet", "fewer")
        asked = boards.Asked(
            day=day_of(on, "board") or self.today,
            n_days_ahead=n_days_ahead,
            n_days_quiet=n_days_quiet,
            lang=lang or self.lang,
        )
        return boards.board_of(self, asked)

    # --- changes -----------------------------------------------------------------------------

    def history(self, record: str) -> list[dict[str, Any]]:
        """Return every change of one record, oldest first: who, when, what, why.

        Raises:
            UnknownRecordError: There is none.
        """
        from undersight.workbench import history

        return history.of_record(self, record)

    def incident_history(self, incident: str) -> list[dict[str, Any]]:
        """Return every change of an entry and of what belongs to it, oldest first.

        Raises:
            NotFoundError: No such entry.
        """
        from undersight.workbench import history, incidents

        return history.of_incident(self, incidents.find_incident(self, incident).record_id)

    def conflicts(self) -> list[dict[str, Any]]:
        """Return every field that colleagues set to different values, side by side."""
        from undersight.workbench import history

        return history.conflicts(self)

    def undo(self, change: str, *, why: str = "undone") -> list[str]:
        """Take one change back by new ones, and return their ids; all stay in the history.

        Raises:
            UndersightError: No such change, or its fields were changed again since.
        """
        from undersight.workbench import history

        self._must_write("undo")
        return history.undo(self, change, why=why)

    def withdraw(self, party: str, *, why: str, is_sure: bool = False) -> dict[str, Any]:
        """Erase who a person is, for good: from entries, history, search and what is to come.

        Args:
            party: The person's id.
            why: The reason, without the name.
            is_sure: The answer to the question that is raised without it, and that says who goes
                together with them.

        Returns:
            What was done, and what only people can do after it.

        Raises:
            AnswerNeededError: ``is_sure`` was not given; nothing was erased.
            UndersightError: No such party, or withdrawn before.
        """
        from undersight.workbench import withdrawals

        self._must_write("withdraw")
        party_id = self.casebook.find(party)
        if not is_sure:
            question = withdrawals.question(self, party_id)
            raise AnswerNeededError(f"an answer to “{question}”", "is_sure=True")
        return withdrawals.withdraw(self, party_id, why=why)

    # --- inside ------------------------------------------------------------------------------

    def _must_write(self, verb: str) -> None:
        if not self.is_writing:
            raise NotOpenForWritingError(verb)


def day_of(given: dt.date | None, verb: str) -> dt.date | None:
    """Return the day that a verb was given.

    Raises:
        InvalidValueError: It is a moment, which lies in another day elsewhere, or no date at all.
    """
    if given is not None and (isinstance(given, dt.datetime) or not isinstance(given, dt.date)):
        raise InvalidValueError(verb, "day", "a datetime.date", f"“{given}”")
    return given


def _text(given: Place) -> tuple[bytes, str]:
    """Return a text's bytes and its name; the name of a file is not taken for a text."""
    if not isinstance(given, str):
        return bytes_of(Path(given)), str(given)
    if "\n" not in given and os.path.isfile(given):  # noqa: PTH113 - refuses no text as too long
        expected = "the text itself, or a pathlib.Path of its file"
        raise InvalidValueError("draft", "text", expected, "the name of a file")
    return given.encode("utf-8"), _PASTED


def bytes_of(path: Path) -> bytes:
    """Read a file.

    Raises:
        FileUnreadableError: It is not there, or cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> FileUnreadableError:
    """Return the error that says why a file cannot be read."""
    return FileUnreadableError(str(path), error.strerror or "it cannot be read")
