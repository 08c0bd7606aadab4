"""A workspace for Python programs: the commands' verbs as methods.

Each takes plain values, calls what the command of its name calls and returns what that gives. It
never prints, never asks and never uses the network. Which commands are no verbs:
docs/how-to/python.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    AnswerNeededError,
    EmptySealError,
    InvalidValueError,
)
from undersight.workbench.entry_verbs import EntryVerbs, bytes_of, day_of, unreadable

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Callable, Iterable, Mapping

    from undersight.corpus.manifest import ImportManifest
    from undersight.model.naming import Audience
    from undersight.workbench.outputs import Made
    from undersight.workbench.sealing import Sealed
    from undersight.workbench.taking_back import TakenBack

    Place = str | os.PathLike[str]


class Workspace(EntryVerbs):
    """An open workspace with the commands' verbs; use it as a context manager.

    Reading needs ``Workspace.open(folder)``. A verb that writes needs
    ``Workspace.open(folder, is_writing=True)``, which nobody else can open for writing meanwhile.

    Example:
        >>> with Workspace.open("my-log", is_writing=True) as log:  # doctest: +SKIP
        ...     log.update("QV-2031-0001", "Released on bail.", kind="status_change")
    """

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
            raise unreadable(file, error) from error
        with stream:
            result = bringing_in.bring_in(self, stream, file.name, wanted)
        bringing_in.look_ahead(self, (result,))
        return result

    def take_back(self, path: Place, *, why: str = "brought in by mistake") -> TakenBack:
        """Take back the entries that a file brought in; it can then be brought in again.

        Entries that somebody worked on since stay, and so do those confirmed from drafts.

        Args:
            path: The file as it was brought in.
            why: The reason, for the history.

        Raises:
            NothingBroughtInError: Nothing that stands came from it.
        """
        from undersight.workbench import taking_back

        self._must_write("take_back")
        digest = hashlib.sha256(bytes_of(Path(path))).hexdigest()
        return taking_back.take_back(self, digest, why=why)

    def corpus_undo(self, import_id: str, *, why: str = "import undone") -> ImportManifest:
        """Take the posts of one import out and destroy their key; the sealed original stays.

        Args:
            import_id: The ``import`` that `import_` returned, or the unique beginning of one.
            why: The reason, for the custody log.

        Raises:
            UndersightError: No such import.
        """
        from undersight.workbench import looking_ahead, posts

        self._must_write("corpus_undo")
        gone = posts.undo_import(self, import_id, why=why)
        looking_ahead.count(self)
        return gone

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
        day = day_of(as_of, "export")
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
        raw = bundle if isinstance(bundle, bytes) else bytes_of(Path(bundle))
        return bundles.merge(self, raw)

    # --- inside ------------------------------------------------------------------------------

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


def _joined(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _no_key_passphrase() -> str:
    raise AnswerNeededError("the signing key's own passphrase", "key_passphrase=FUNCTION")
