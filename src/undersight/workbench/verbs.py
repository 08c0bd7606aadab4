"""A workspace for Python programs: the commands' verbs as methods.

Each takes plain values, calls what the command of its name calls and returns what that gives. It
never prints, never asks and never uses the network. Which commands are no verbs:
docs/how-to/python.md.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    AnswerNeededError,
    EmptySealError,
    FileUnreadableError,
    InvalidValueError,
    NotOpenForWritingError,
)
from undersight.workbench import session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from undersight.model.naming import Audience
    from undersight.workbench.boards import ShownBoard
    from undersight.workbench.drafts import Proposal
    from undersight.workbench.incidents import Entered
    from undersight.workbench.outputs import Made
    from undersight.workbench.parties import Namesake
    from undersight.workbench.sealing import Sealed
    from undersight.workbench.showing import Shown
    from undersight.workbench.updates import Appended

    Place = str | os.PathLike[str]

_PASTED = "pasted.txt"
_MOST_HITS = 1000


class Workspace(session.Workspace):
    """An open workspace with the commands' verbs; use it as a context manager.

    Reading needs ``Workspace.open(folder)``. A verb that writes needs
    ``Workspace.open(folder, is_writing=True)``, which nobody else can open for writing meanwhile.

    Example:
        >>> with Workspace.open("my-log", is_writing=True) as log:  # doctest: +SKIP
        ...     log.update("QV-2031-0001", "Released on bail.", kind="status_change")
    """

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
        day = _day(as_of, "show")
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
            context_date=_day(context_date, "draft"),
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
            day=_day(on, "board") or self.today,
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

    # --- files in, and what acts together in them --------------------------------------------

    def import_(self, path: Place, *, dry_run: bool = False, **said: Any) -> dict[str, Any]:
        """Bring in a file of posts, or a table, feed or document of cases; sealed first.

        Args:
            path: The file.
            dry_run: Only say what would be stored; needs no writing.
            said: What `undersight.workbench.bringing_in.Said` takes: ``format_id``, ``columns``,
                ``terms``, ``constants``, ``platform``, …

        Returns:
            The reconciliation: what was read, what is ready, what was left out and why.

        Raises:
            InputError: The file or an option cannot be used; nothing was stored.
            AnswerNeededError: It holds texts, which a person walks through: ``is_text_only=True``
                stores them unread.
        """
        from undersight.workbench import bringing_in

        if not dry_run:
            self._must_write("import_")
        wanted = bringing_in.Said(**said).wanted(is_dry=dry_run)
        file = Path(path)
        try:
            stream = file.open("rb")
        except OSError as error:
            raise _unreadable(file, error) from error
        with stream:
            result = bringing_in.bring_in(self, stream, file.name, wanted)
        bringing_in.look_ahead(self, (result,))
        return result

    def detect(
        self,
        *detectors: str,
        windows_s: float | Sequence[float] = (),
        parameters: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Look for groups that act together more than chance explains; the run is kept.

        Args:
            detectors: Their ids; all if none is named.
            windows_s: Window or windows, seconds; each detector's own if empty.
            parameters: ``{"co-share.min_accounts": 8}``; without a detector, for all that have it.

        Raises:
            UndersightError: Nothing is loaded, or a detector or parameter does not exist.
        """
        from undersight.workbench import detection, looking_ahead

        self._must_write("detect")
        words = [f"{name}={_joined(value)}" for name, value in (parameters or {}).items()]
        windows = windows_s if isinstance(windows_s, Sequence) else (windows_s,)
        windows_us = [round(one * detection.US_PER_S) for one in windows]
        asked = detection.asked(detectors, windows_us, words)
        done = detection.detect(self, asked)
        looking_ahead.count(self)
        return done

    def runs(self) -> list[dict[str, Any]]:
        """Return every run, the latest first, with how many this very corpus had had before."""
        from undersight.workbench import findings

        return findings.list_runs(self)

    def findings(self, run: str = "") -> dict[str, Any]:
        """Return the findings of a run, the latest if none is named; nobody is named in them.

        Raises:
            UnknownRunError: No such run.
        """
        from undersight.workbench import findings

        return findings.present(self, run)

    # --- evidence ----------------------------------------------------------------------------

    def seal(
        self, *paths: Place, key_passphrase: Callable[[], str] | None = None, **said: Any
    ) -> Sealed:
        """Take files into the vault and seal them; look at ``refused`` for what was not taken.

        Args:
            paths: Files, and folders with ``is_recursive=True``.
            key_passphrase: Gives the signing key's own passphrase, where it has one.
            said: What else `undersight.workbench.sealing.SealOptions` takes: ``note``, ``url``,
                ``source``, ``captured_at``, ``key``, ``purpose``.

        Raises:
            UndersightError: No file was named, or the seal cannot be made.
        """
        from undersight.workbench import sealing

        self._must_write("seal")
        if not paths:
            raise EmptySealError
        return sealing.seal_files(
            self,
            tuple(Path(one) for one in paths),
            sealing.SealOptions(**said),
            passphrase=key_passphrase or _no_key_passphrase,
        )

    def verify(self, *, is_deep: bool = False) -> dict[str, Any]:
        """Check history, logs, objects, seals and time stamps; see ``is_whole`` and ``breaks``.

        Args:
            is_deep: Read every object in the vault to its end.
        """
        from undersight.workbench import verifying

        return verifying.verify(self, is_deep=is_deep)

    # --- out of the workspace ----------------------------------------------------------------

    def export(
        self,
        format_id: str,
        out: Place,
        *,
        audience: Audience = "public",
        as_of: dt.date | None = None,
    ) -> Made:
        """Write the casebook for machines: ``csv``, ``jsonl``, ``ftm``, ``stix`` or ``atom``.

        Args:
            format_id: The format.
            out: File or folder.
            audience: What is let out: ``public``, ``partner`` or ``internal``.
            as_of: As it stood on that day.

        Raises:
            UnansweredHarmError: The harm check has open questions; nothing was written.
        """
        from undersight.workbench import outputs

        self._must_take_out("export", audience)
        day = _day(as_of, "export")
        made = outputs.export(self, format_id, Path(out), audience=audience, as_of=day)
        self._note_taken("export", f"{format_id}, {audience}", made.files)
        return made

    def report_site(
        self,
        out: Place,
        *,
        audience: Audience = "public",
        contact: str = "",
        base_url: str = "",
    ) -> Made:
        """Write the log as a static site.

        Args:
            out: Folder; only files that a report wrote are replaced.
            audience: What is shown: ``public``, ``partner`` or ``internal``.
            contact: How to ask for a correction.
            base_url: Address the site will stand at, for the feed.

        Raises:
            UnansweredHarmError: The harm check has open questions; nothing was written.
        """
        from undersight.workbench import outputs

        self._must_take_out("report_site", audience)
        made = outputs.site(self, Path(out), audience=audience, contact=contact, base_url=base_url)
        self._note_taken("report_site", f"site, {audience}", made.files)
        return made

    def share(self, out: Place, *, to: Sequence[str] = ()) -> dict[str, Any]:
        """Write your changes as a signed bundle that only your colleagues can open.

        Args:
            out: The file.
            to: Staff ids of colleagues; all if empty.

        Raises:
            UnknownColleagueError: Nobody of this id, or no colleague at all.
        """
        from undersight.workbench import sharing

        self._must_take_out("share")
        ids = [to] if isinstance(to, str) else to
        done = sharing.write(self, Path(out), ids)
        self._note_taken("share", "bundle for colleagues", (Path(out),))
        return done

    def merge(self, bundle: bytes | Place) -> dict[str, Any]:
        """Let the changes in a colleague's bundle in; nothing of yours is lost.

        Args:
            bundle: Its bytes, or its file.

        Raises:
            UndersightError: It is damaged, not for you, or from nobody you accept.
        """
        from undersight.workbench import bundles

        self._must_write("merge")
        raw = bundle if isinstance(bundle, bytes) else _bytes(Path(bundle))
        return bundles.merge(self, raw)

    # --- inside ------------------------------------------------------------------------------

    def _must_write(self, verb: str) -> None:
        if not self.is_writing:
            raise NotOpenForWritingError(verb)

    def _must_take_out(self, verb: str, audience: str = "internal") -> None:
        """Refuse before a file is written: where nothing can be noted, none may leave."""
        from undersight.model.naming import AUDIENCES
        from undersight.workbench import accounts

        self._must_write(verb)
        if audience not in AUDIENCES:
            raise InvalidValueError(verb, "audience", " or ".join(AUDIENCES), f"“{audience}”")
        accounts.check_may_note(self)

    def _note_taken(self, verb: str, what: str, files: Iterable[Path]) -> None:
        from undersight.workbench import accounts

        address = f"undersight.Workspace.{verb}"
        accounts.note_files_taken(self, address=address, what=what, files=files)


def _day(given: dt.date | None, verb: str) -> dt.date | None:
    """Return a day; a moment is none, since which day it lies in depends on where."""
    if given is not None and (isinstance(given, dt.datetime) or not isinstance(given, dt.date)):
        raise InvalidValueError(verb, "day", "a datetime.date", f"“{given}”")
    return given


def _joined(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _text(given: Place) -> tuple[bytes, str]:
    """Return a text's bytes and its name; the name of a file is not taken for a text."""
    if not isinstance(given, str):
        return _bytes(Path(given)), str(given)
    if "\n" not in given and os.path.isfile(given):  # noqa: PTH113 - refuses no text as too long
        expected = "the text itself, or a pathlib.Path of its file"
        raise InvalidValueError("draft", "text", expected, "the name of a file")
    return given.encode("utf-8"), _PASTED


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> FileUnreadableError:
    return FileUnreadableError(str(path), error.strerror or "it cannot be read")


def _no_key_passphrase() -> str:
    raise AnswerNeededError("the signing key's own passphrase", "key_passphrase=FUNCTION")
