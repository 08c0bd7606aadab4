"""Loading one file: parts in, Parquet out, in batches and in file order."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from undersight.corpus.carried import carried_in
from undersight.corpus.manifest import ImportManifest
from undersight.corpus.parquet import TableWriter
from undersight.corpus.people import (
    PUBLIC_KINDS,
    Census,
    People,
    plain_account_id,
    take_census,
)
from undersight.corpus.pieces import BATCH_CHARACTERS, in_pieces, rings_left_alone
from undersight.corpus.rows import RowMaker, are_in_range, given_things, is_in_range
from undersight.corpus.tally import Tally
from undersight.integrity import durable
from undersight.model.corpus_rows import AccountRow, ColumnChoice, NoticeRow, PostRow, SamplingNote
from undersight.model.intake import Issue
from undersight.model.tables import ISSUES, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from undersight.corpus.keys import CorpusKeys
    from undersight.corpus.people import Identity
    from undersight.corpus.rows import Row
    from undersight.integrity.secret import SecretKey
    from undersight.model.corpus_rows import CorpusRow

    Part = CorpusRow | Issue | SamplingNote
    Parts = Callable[[], Iterator[Part]]

BATCH_ROWS = 12_000
_MOST_ACCOUNTS_KEPT = 20_000
_OUT_OF_RANGE = "A number or time of the record is out of range."
_NO_ACCOUNT = "The account has neither id nor handle nor name."


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRequest:
    """What is to be loaded, and how.

    Args:
        import_digest: SHA-256 of the sealed original.
        name: What the file was called.
        importer_id: The format.
        importer_version: The version of the mapper.
        choice: What a person said about the columns.
        has_names: Keep people who only commented under their names.
        expires_us: From when the rows are not read any more, µs since 1970 UTC; None: never.
        generation: How often the file was mapped before.
        replaces: The import that this one stands for; empty for none.
    """

    import_digest: str
    name: str
    importer_id: str
    importer_version: int
    choice: ColumnChoice = field(default_factory=ColumnChoice)
    has_names: bool = False
    expires_us: int | None = None
    generation: int = 0
    replaces: str = ""

    @property
    def options(self) -> dict[str, Any]:
        """The choice as a JSON value; what was left open is left out."""
        given = asdict(self.choice)
        return {name: value for name, value in given.items() if value not in (None, "", {})}

    def manifest(
        self, import_id: str, *, loaded_us: int, facts: Mapping[str, Any]
    ) -> ImportManifest:
        """The manifest of what came of it.

        Args:
            import_id: Its folder's name.
            loaded_us: When, µs since 1970 UTC.
            facts: What `Loader.run` returned.
        """
        return ImportManifest(
            import_id=import_id,
            import_digest=self.import_digest,
            name=self.name,
            importer_id=self.importer_id,
            importer_version=self.importer_version,
            options=self.options,
            has_names=self.has_names,
            generation=self.generation,
            replaces=self.replaces,
            loaded_us=loaded_us,
            expires_us=self.expires_us,
            **facts,
        )


class Loader:
    """Fills the folder of one import.

    Args:
        folder: An empty folder.
        request: What is loaded.
        keys: The corpus's keys.
        import_key: Encrypts the files; None leaves them readable.
        census: Who only commented, as far as is known; None where names are kept.
    """

    def __init__(
        self,
        folder: Path,
        request: LoadRequest,
        keys: CorpusKeys,
        import_key: SecretKey | None,
        census: Census | None,
    ) -> None:
        self._request = request
        self._tally = Tally()
        self._progress: Callable[[int], object] = id
        self._maker = RowMaker(
            request.import_digest, People(keys, census), target=request.choice.target
        )
        # What the batch holds: parts in file order, each with whether it begins a record.
        self._parts: list[tuple[CorpusRow, bool]] = []
        self._n_characters = 0
        self._n_batches = 0
        self._account_records: list[bool] = []
        self._observed_places: list[int] = []
        self._last_account = ("", "")
        self._accounts_seen: dict[str, Row] = {}
        self._writers = {
            table.name: TableWriter(
                table,
                folder / f"{table.name}.parquet",
                import_digest=request.import_digest,
                key=import_key,
                is_distinct=table.name not in {"shares", "issues"},
            )
            for table in (*TABLES, ISSUES)
        }

    def run(self, parts: Parts, progress: Callable[[int], object]) -> dict[str, Any] | None:
        """Load everything; return the facts for the manifest.

        Args:
            parts: Starts reading the file from its beginning; called again where people are to
                be told from pages first.
            progress: Called with the number of records read so far, from the beginning again
                after people were told from pages.

        Returns:
            None where somebody was hidden whom a later record showed to be public: the census
            is whole then, and the file is to be loaded anew with it.
        """
        self._progress = progress
        with ExitStack() as unfinished:
            for writer in self._writers.values():
                unfinished.callback(_abandon, writer)
            for some in in_pieces(parts()):
                self._take_all(some)
                progress(self._tally.n_read)
                if self._is_full() and not self._flush(parts):
                    return None
            if not self._flush(parts, is_last=True):
                return None
            files = {name: writer.close() for name, writer in self._writers.items()}
            unfinished.pop_all()
        progress(self._tally.n_read)
        return {
            **self._tally.facts(),
            "n_pseudonyms": self._maker.people.n_pseudonyms,
            "tables": {name: file for name, file in files.items() if file.n_rows},
        }

    def _take_all(self, some: list[Part]) -> None:
        """Take parts; posts with nothing amiss, which most files hold only, are taken at once."""
        posts = [one for one in some if one.__class__ is PostRow]
        if (
            len(posts) < len(some)
            or not are_in_range(posts)
            or not self._tally.are_new_records(posts)
        ):
            for one in some:
                self._take(one)
            return
        self._parts += [(one, True) for one in posts]
        self._n_characters += sum([len(one.text) for one in posts])

    def _take(self, part: Part) -> None:
        if isinstance(part, SamplingNote):
            self._tally.note(part)
            return
        is_record = self._tally.is_new_record(part)
        if isinstance(part, Issue):
            self._add_issue(part)
        elif not is_in_range(part):
            self._refuse(part.locator, _OUT_OF_RANGE, is_record=is_record)
        elif isinstance(part, AccountRow) and not plain_account_id(part):
            self._refuse(part.locator, _NO_ACCOUNT, is_record=is_record)
        else:
            self._parts.append((part, is_record))
            if isinstance(part, PostRow):
                self._n_characters += len(part.text)

    def _refuse(self, locator: str, reason: str, *, is_record: bool) -> None:
        """List what cannot be stored; a further row of a record counts nothing."""
        if is_record:
            self._tally.reject()
        self._add_issue(Issue(locator=locator, reason=reason))

    def _add_issue(self, issue: Issue) -> None:
        self._writers["issues"].add((issue.column or None, issue.reason, issue.locator))

    def _is_full(self) -> bool:
        n_rows = len(self._parts) + len(self._writers["issues"])
        return n_rows >= BATCH_ROWS or self._n_characters >= BATCH_CHARACTERS

    def _flush(self, parts: Parts, *, is_last: bool = False) -> bool:
        """Write the batch; return whether nobody of an earlier one was hidden in vain."""
        self._n_batches += 1
        if not self._knows_people(parts, is_last=is_last):
            return False
        posts = [(part, is_new) for part, is_new in self._parts if isinstance(part, PostRow)]
        if posts:
            self._write_posts([part for part, _ in posts], [is_new for _, is_new in posts])
        self._write_others()
        self._parts.clear()
        self._n_characters = 0
        return True

    def _knows_people(self, parts: Parts, *, is_last: bool) -> bool:
        """Learn who only commented before anything of the batch is written."""
        people = self._maker.people
        census = people.census
        if census is None or census.is_whole:
            return True
        census.note(part for part, _ in self._parts)
        if is_last:
            census.is_whole = True
        elif self._may_name_people():
            people.census = take_census(parts(), self._progress)
        # Checked ever more rarely, since it looks at everybody hidden so far.
        is_checked = people.census is not census or census.is_whole
        if not (is_checked or self._n_batches.bit_count() == 1) or not people.is_misjudged:
            return True
        if not (is_last or people.census is not census):
            people.census = take_census(parts(), self._progress)
        return False

    @property
    def census(self) -> Census | None:
        """Who only commented, as far as is known."""
        return self._maker.people.census

    def _may_name_people(self) -> bool:
        """Whether what is shown of the batch depends on who comments in what was not read yet."""
        parts = [part for part, _ in self._parts]
        posts = [one for one in parts if isinstance(one, PostRow)]
        if any(isinstance(one, AccountRow) and one.kind not in PUBLIC_KINDS for one in parts):
            return True
        if self._request.choice.target and any(one.target is None for one in posts):
            return True
        told = [one for one in posts if one.kind not in {"comment", "reply"}]
        return (
            any("@" in one.text for one in told)
            or any("|" in one.text for one in told)
            or any(share.kind == "mention" for one in told for share in one.shares)
        )

    def _write_posts(self, rows: list[PostRow], is_records: list[bool]) -> None:
        """Write posts; what equals an earlier record is dropped with all it carries."""
        carried = [carried_in(one.text) if one.text else [] for one in rows]
        columns = self._maker.posts(rows, carried)
        things = [given_things(one.shares) if one.shares else "" for one in rows]
        has_ids = any(one.native_id for one in rows)
        kept = self._writers["posts"].write(columns, things, are_told_apart=not has_ids)
        is_all = bool(kept.all())
        self._tally.count_posts(
            columns if is_all else [list(compress(column, kept)) for column in columns]
        )
        if not is_all:
            self._tally.n_duplicates += sum(compress(is_records, ~kept))
        shares, places = self._maker.shares(rows, carried, columns)
        if shares:
            writer = self._writers["shares"]
            is_kept = None if is_all else kept[np.array(places, dtype=np.int64)]
            writer.write(list(zip(*shares, strict=True)), is_kept=is_kept)

    def _write_others(self) -> None:
        """Write accounts, what they looked like, notices and issues, in file order."""
        shown: list[tuple[AccountRow, str, bool]] = []
        notices: list[bool] = []
        told: set[int] = set()
        for part, is_record in self._parts:
            if isinstance(part, AccountRow):
                shown.append((part, part.locator, is_record))
                continue
            if isinstance(part, NoticeRow):
                self._writers["notices"].add(self._maker.notice(part))
                notices.append(is_record)
            for account in self._accounts_of(part):
                # One value stands for all rows that say the same of an account.
                if account is not None and (id(account) not in told or account.observed):
                    told.add(id(account))
                    shown.append((account, part.locator, False))
        identities = self._maker.people.identities([account for account, *_ in shown])
        for (account, locator, is_record), identity in zip(shown, identities, strict=True):
            if identity is not None:
                self._add_account(account, identity, locator, is_record=is_record)
        kept = self._writers["accounts"].flush()
        # An account known already that is seen at another time tells something new.
        kept[self._observed_places] |= self._writers["account_observations"].flush()
        self._tally.n_duplicates += sum(compress(self._account_records, ~kept))
        self._tally.n_duplicates += sum(compress(notices, ~self._writers["notices"].flush()))
        self._account_records, self._observed_places = [], []
        self._writers["issues"].flush()

    def _accounts_of(self, part: CorpusRow) -> tuple[AccountRow | None, ...]:
        if isinstance(part, PostRow):
            return (part.author, self._maker.target_of(part))
        return (part.account,) if isinstance(part, NoticeRow) else ()

    def _add_account(
        self, part: AccountRow, identity: Identity, locator: str, *, is_record: bool
    ) -> None:
        row = self._maker.account(part, identity, locator)
        if (row[0], locator) == self._last_account:
            # The author of a post on their own page is one account seen once.
            return
        self._last_account = (row[0], locator)
        if not is_record and part.observed is None and self._is_seen_account(row):
            return
        self._writers["accounts"].add(row)
        self._account_records.append(is_record)
        seen = self._maker.observation(part, row)
        if seen is not None:
            self._writers["account_observations"].add(seen)
            self._observed_places.append(len(self._account_records) - 1)

    def _is_seen_account(self, row: Row) -> bool:
        """Whether the account was just seen the same: most posts show nothing new of it."""
        if self._accounts_seen.get(row[0]) == row[1:-1]:
            return True
        if len(self._accounts_seen) >= _MOST_ACCOUNTS_KEPT:
            self._accounts_seen.clear()
        self._accounts_seen[row[0]] = row[1:-1]
        return False


def load_file(
    folder: Path,
    request: LoadRequest,
    lent: tuple[CorpusKeys, SecretKey | None],
    parts: Parts,
    progress: Callable[[int], object],
) -> dict[str, Any]:
    """Fill the folder of one import; return the facts for its manifest.

    Args:
        folder: An empty folder.
        request: What is loaded.
        lent: The corpus's keys, and the import's, which encrypts its files (None: readable).
        parts: Starts reading the file from its beginning.
        progress: Called with the number of records read so far.
    """
    loader = Loader(folder, request, *lent, None if request.has_names else Census())
    with rings_left_alone():
        facts = loader.run(parts, progress)
    if facts is None:
        for path in sorted(folder.glob("*.parquet")):
            durable.remove(path)
        with rings_left_alone():
            facts = Loader(folder, request, *lent, loader.census).run(parts, progress)
    # Whoever knows everybody hides nobody in vain.
    return facts or {}


def _abandon(writer: TableWriter) -> None:
    """Let go of a half-written file; the folder goes with it."""
    with suppress(OSError):
        writer.abandon()
