"""An open workspace: its keys, vault and casebook, for as long as a command or page needs them."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from undersight.errors import UndersightError
from undersight.i18n import LANGUAGES
from undersight.integrity.lock import PYTHON, WriterLock
from undersight.model.dossier import Masthead
from undersight.settings import (
    Layout,
    Profile,
    create_workspace,
    find_workspace,
    is_outdated,
    load_settings,
    migrate_workspace,
    unlock_workspace,
)
from undersight.vault.custody import now_us
from undersight.vault.keyring import KeyPurpose, is_plain_keyring
from undersight.vault.objects import Vault
from undersight.vault.passphrase import PRODUCTION_COST, Argon2Cost
from undersight.vault.staff import load_staff

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Hashable, Mapping
    from types import TracebackType

    from undersight.casebook import Casebook
    from undersight.corpus import Corpus
    from undersight.settings import Settings
    from undersight.vault.keyring import Keyring
    from undersight.vault.staff import StaffKeys

_LOGS = uuid.UUID("5d1e9a52-70c4-5f0e-8a6b-2b1f4f0c9d37")  # never changes: feeds are known by it


class Workspace:
    """A workspace that is open; use it as a context manager.

    ``kept`` holds what was read before and never changes; `Desk` shares it among requests.

    Args:
        layout: Where everything lies.
        settings: What undersight.toml says.
        keyring: The unlocked keys.
        verb: The command that writes; empty for readers, who need no lock.
        clock: Gives epoch microseconds UTC.
        casebook: An open casebook to share, whose author works here; whoever opened it closes it.

    Example:
        >>> with Workspace.open(Path("my-log"), passphrase=lambda: "…") as log:  # doctest: +SKIP
        ...     len(log.casebook.all("incident"))
    """

    def __init__(
        self,
        layout: Layout,
        settings: Settings,
        keyring: Keyring,
        *,
        verb: str = "",
        clock: Callable[[], int] = now_us,
        casebook: Casebook | None = None,
    ) -> None:
        self.layout, self.settings, self.keyring = layout, settings, keyring
        self.kept: dict[Hashable, Any] = {}
        self._clock = clock
        self._is_left = False
        self._lock: WriterLock | None = None
        self._open = ExitStack()
        if casebook is not None:
            self.__dict__["casebook"] = casebook
        if verb:
            self._lock = self._open.enter_context(WriterLock(layout.root, verb=verb))
            self._is_left = self._lock.left_by is not None
            if self._is_left:
                self._settle()

    @classmethod
    def create(
        cls,
        root: Path,
        profile: Profile,
        *,
        passphrase: str | None,
        cost: Argon2Cost = PRODUCTION_COST,
        clock: Callable[[], int] = now_us,
    ) -> Self:
        """Make a workspace and open it for writing; without a passphrase it is plain.

        Raises:
            UndersightError: As ``create_workspace``.
        """
        made = create_workspace(
            root, profile, passphrase=passphrase, is_plain=passphrase is None, cost=cost
        )
        return cls(made.layout, made.settings, made.keyring, verb="init", clock=clock)

    @classmethod
    def open(
        cls,
        root: str | os.PathLike[str] | None = None,
        *,
        passphrase: Callable[[], str] | None = None,
        verb: str = "",
        is_writing: bool = False,
    ) -> Self:
        """Open the workspace at ``root``, or the one around the current folder.

        Args:
            root: Its folder.
            passphrase: Called only where the workspace is encrypted.
            verb: Given by a command that writes.
            is_writing: Given by a Python program that writes: nobody else can until it closes.

        Raises:
            UndersightError: Not found, wrong passphrase, too new, or busy.
        """
        layout = find_workspace(named=None if root is None else Path(root))
        if is_outdated(layout):
            with WriterLock(layout.root, verb="migrate"):
                migrate_workspace(layout)
        settings = load_settings(layout)
        is_plain = is_plain_keyring(layout.keyring)
        given = None if is_plain or passphrase is None else passphrase()
        keyring = unlock_workspace(layout, settings, given)
        return cls(layout, settings, keyring, verb=verb or (PYTHON if is_writing else ""))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the casebook and the corpus and give the writer's lock back."""
        self._open.close()
        for name in ("casebook", "corpus", "vault", "staff"):
            self.__dict__.pop(name, None)

    @property
    def is_writing(self) -> bool:
        """Whether it was opened for writing and still is: it holds the writer's lock."""
        return self._lock is not None and self._lock.is_held

    @functools.cached_property
    def staff(self) -> StaffKeys:
        """The keys of whoever works here; the id in them is random, never a name."""
        return load_staff(self.keyring)

    @property
    def staff_id(self) -> str:
        """Random id of who works now: it stands in every log, never a name."""
        held: Casebook | None = self.__dict__.get("casebook")
        return self.staff.staff_id if held is None else held.author

    @functools.cached_property
    def vault(self) -> Vault:
        """The original bytes."""
        limit = self.settings.vault.max_object_bytes
        return Vault(self.layout.vault, self.keyring, max_object_bytes=limit, clock=self._clock)

    @functools.cached_property
    def casebook(self) -> Casebook:
        """What happened to whom."""
        from undersight.casebook import Casebook

        is_plain = self.keyring.is_plain
        casebook = Casebook.open(
            self.settings.casebook.url or self.layout.casebook,
            record_wrapping_key=self.keyring.subkey(KeyPurpose.RECORD_KEYS),
            cipher_key=None if is_plain else self.keyring.subkey(KeyPurpose.CASEBOOK),
            author=self.staff.staff_id,
            clock=self._clock,
        )
        self._open.callback(casebook.close)
        if self._is_left:  # by a writer that died, or this is a copy made while it wrote
            casebook.database.check_pages()
        return casebook

    @functools.cached_property
    def corpus(self) -> Corpus:
        """Posts and comments in bulk."""
        from undersight.corpus import Corpus, CorpusKeys

        is_plain = self.keyring.is_plain
        corpus = Corpus(
            self.layout.corpus,
            CorpusKeys(
                wrapping=None if is_plain else self.keyring.subkey(KeyPurpose.CORPUS),
                pseudonyms=self.keyring.subkey(KeyPurpose.NAME_PSEUDONYMS),
            ),
            clock=self._clock,
            spill_folder=self.layout.temporary,
            kept=self.kept,
        )
        self._open.callback(corpus.close)
        return corpus

    def _settle(self) -> None:
        """Finish or undo what a writer that died left in the vault, erasures above all."""
        try:
            self.vault.recover(self.staff_id)
        except UndersightError:
            # A log was edited, or the disk refuses: the next change or `verify` tells it, and this
            # command may have nothing to do with it.
            return

    @property
    def lang(self) -> str:
        """The workspace's main language."""
        return self.settings.workspace.languages[0]

    @property
    def words_lang(self) -> str:
        """Language of the words around records: the main one, or English where it has none."""
        return self.lang if self.lang in LANGUAGES else "en"

    @property
    def now_us(self) -> int:
        """The clock, µs since 1970 UTC."""
        return self._clock()

    @property
    def today(self) -> dt.date:
        """Today, UTC."""
        return dt.datetime.fromtimestamp(self._clock() / 1_000_000, dt.UTC).date()

    def masthead(
        self,
        *,
        contact: str = "",
        base_url: str = "",
        methodology: Mapping[str, str] | None = None,
    ) -> Masthead:
        """Who publishes, from the settings."""
        about = self.settings.workspace
        return Masthead(
            title={about.languages[0]: about.title or self.layout.root.name},
            jurisdiction=about.jurisdiction,
            languages=about.languages,
            contact=contact,
            base_url=base_url,
            methodology=dict(methodology or {}),
            log_id=str(uuid.uuid5(_LOGS, about.id)),
        )
