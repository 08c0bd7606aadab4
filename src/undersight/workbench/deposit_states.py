"""What deposits show, compared, and laid over their owner's stays in custody."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from undersight.errors import DepositSingleError, UnknownDepositError
from undersight.importers.account_archives import is_account_archive, read_accounts
from undersight.model.deposit import AccountState, FollowerCount
from undersight.model.derived.deposit_changes import (
    NO_PLATFORM,
    DepositChanges,
    compare_all,
    overlay,
)
from undersight.model.derived.stays import spells_of
from undersight.presentation.deposit_words import difference_lines, difference_sentence
from undersight.workbench import deposit_files, dossiers
from undersight.workbench.deposit_records import Deposit, DepositedFile, deposits_of
from undersight.workbench.deposits import owner_of
from undersight.workbench.sealing import iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undersight.model.deposit import DepositedPost, DepositPart
    from undersight.model.derived.deposit_changes import Overlay
    from undersight.model.derived.stays import Spell
    from undersight.workbench.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two deposits compared.

    Args:
        earlier: The one made first.
        later: The other.
        changes: What vanished, appeared or changed.
        owner: Party id whose custody is laid over it; empty for none.
        overlay: Whether the owner was held.
        by_window: The same for each time in question.
    """

    earlier: Deposit
    later: Deposit
    changes: DepositChanges
    owner: str
    overlay: Overlay
    by_window: tuple[Overlay, ...]

    def sentence(self, lang: str = "en") -> str:
        """Return it in one sentence."""
        custody = self.overlay if self.owner else None
        return difference_sentence(self.changes, custody, lang)

    def lines(self, lang: str = "en") -> tuple[str, ...]:
        """Return it at length, what cannot be told included."""
        return difference_lines(self.changes, lang)

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        """Return it for programs: counts, days and devices; no name, address or text."""
        found = self.changes
        by_window = dict(zip(found.windows, self.by_window, strict=True))
        return {
            "name": self.earlier.name,
            "earlier": {"number": self.earlier.number, "at": iso(found.first_us)},
            "later": {"number": self.later.number, "at": iso(found.last_us)},
            "vanished": _posts(found.vanished),
            "before_later": _posts(found.before_later),
            "appeared": _posts(found.appeared),
            "new": found.n_new,
            "changed": _posts(found.changed),
            "administrators_appeared": [
                {"since": None if role.at_us is None else iso(role.at_us)}
                for role in found.roles_appeared
            ],
            "administrators_gone": len(found.roles_gone),
            "new_logins": [
                {
                    "at": iso(login.at_us),
                    "device": login.device,
                    "country": country_of(login.place),
                    "custody": by_window[(login.at_us, login.at_us)],
                }
                for login in found.new_logins
            ],
            "facts_changed": list(found.facts_changed),
            "followers": {"before": found.followers[0], "after": found.followers[1]},
            "cannot_tell": list(found.cannot_tell),
            "only_once": list(found.only_once),
            "custody": self.overlay if self.owner else None,
            "sentence": self.sentence(lang),
        }


def country_of(place: str) -> str:
    """Return the country of a place; the town may be a colleague's home and is not shown."""
    return place.rpartition(",")[2].strip()


def differences(workspace: Workspace, name: str, *, owner: str = "") -> tuple[Difference, ...]:
    """Compare each deposit that can be compared with the one before it.

    Args:
        workspace: The workspace.
        name: Of the deposits.
        owner: Party id; by default the one that the deposits name.

    Raises:
        UnknownDepositError: There is none of the name.
    """
    deposits = [one for one in deposits_of(workspace, name) if _is_compared(workspace, one)]
    held_by = _Held(workspace)
    states = [account_states(workspace, one) for one in deposits]
    return tuple(
        held_by.difference(pair, (states[i], states[i + 1]), owner)
        for i, pair in enumerate(itertools.pairwise(deposits))
    )


def difference(
    workspace: Workspace, name: str, numbers: Sequence[int] = (), *, owner: str = ""
) -> Difference:
    """Compare two deposits: the last two that can be compared, unless they are named.

    Args:
        workspace: The workspace.
        name: Of the deposits.
        numbers: Which two.
        owner: Party id; by default the one that the deposits name.

    Raises:
        UnknownDepositError: There is none of the name or number.
        DepositSingleError: There is only one that can be compared.
        OwnerNotShownError: The owner is not in the casebook.
    """
    deposits = deposits_of(workspace, name)
    if numbers:
        by_number = {one.number: one for one in deposits}
        for number in numbers:
            if number not in by_number:
                raise UnknownDepositError(name, tuple(map(str, sorted(by_number))), number)
        chosen = [by_number[number] for number in sorted(set(numbers))]
    else:
        chosen = [one for one in deposits if _is_compared(workspace, one)][-2:]
    if len(chosen) != 2:
        raise DepositSingleError(name)
    states = (account_states(workspace, chosen[0]), account_states(workspace, chosen[1]))
    return _Held(workspace).difference((chosen[0], chosen[1]), states, owner)


class _Held:
    """Lays custody over differences, reading the casebook once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._spells: dict[str, tuple[Spell, ...]] = {}

    def difference(
        self,
        pair: tuple[Deposit, Deposit],
        states: tuple[Mapping[str, AccountState], Mapping[str, AccountState]],
        owner: str,
    ) -> Difference:
        changes = compare_all(*states)
        held = owner or pair[1].owner or pair[0].owner
        told, by_window = overlay(changes.windows, self._of(held) if held else None)
        return Difference(
            earlier=pair[0],
            later=pair[1],
            changes=changes,
            owner=held,
            overlay=told,
            by_window=by_window,
        )

    def _of(self, owner: str) -> tuple[Spell, ...]:
        if owner not in self._spells:
            owner_of(self._workspace, owner)
            self._spells[owner] = spells_of(dossiers.whole(self._workspace), owner)
        return self._spells[owner]


def _is_compared(workspace: Workspace, deposit: Deposit) -> bool:
    roles = (_role_now(workspace, file) for file in deposit.files)
    return any(role in ("archive", "followers") for role in roles)


def _role_now(workspace: Workspace, file: DepositedFile) -> str:
    """What a file is for, known archives that were none when it was deposited included."""
    if file.role != "other" or not workspace.vault.contains(file.object):
        return file.role
    with workspace.vault.open(file.object) as stream:
        return "archive" if is_account_archive(stream) else file.role


def _posts(posts: Iterable[DepositedPost]) -> dict[str, Any]:
    days = sorted(iso(post.at_us)[:10] for post in posts)
    return {
        "n": len(days),
        "first_day": days[0] if days else None,
        "last_day": days[-1] if days else None,
    }


def account_states(workspace: Workspace, deposit: Deposit) -> dict[str, AccountState]:
    """Read what a deposit shows of the account, by platform, from its archives and tables.

    Tables of followers stand under no platform's name.

    Raises:
        ArchiveDamagedError: An archive cannot be followed.
        ObjectNotFoundError: A file of the deposit was erased.
    """
    states: dict[str, AccountState] = {}
    counts: tuple[FollowerCount, ...] = ()
    for file in deposit.files:
        role = _role_now(workspace, file)
        if role == "archive":
            with workspace.vault.open(file.object, is_checked_first=True) as stream:
                for name, state in read_accounts(stream, at_us=deposit.at_us).items():
                    states[name] = _joined(states[name], state) if name in states else state
        elif role == "followers":
            with workspace.vault.open(file.object) as stream:
                counts += tuple(deposit_files.follower_counts(stream, name=file.name))
    if counts or not states:
        states[NO_PLATFORM] = _with_followers(AccountState(at_us=deposit.at_us), counts)
    return states


def _with_followers(state: AccountState, counts: tuple[FollowerCount, ...]) -> AccountState:
    if not counts:
        return state
    counted: frozenset[DepositPart] = frozenset({"followers"})
    parts = state.parts | counted
    return replace(state, parts=parts, followers=state.followers + counts)


def _joined(one: AccountState, other: AccountState) -> AccountState:
    """Join what several parts of one archive show."""
    facts = {
        name: tuple(sorted({*one.facts.get(name, ()), *other.facts.get(name, ())}))
        for name in sorted({*one.facts, *other.facts})
    }
    return AccountState(
        at_us=one.at_us,
        parts=one.parts | other.parts,
        posts=one.posts + other.posts,
        roles=one.roles + other.roles,
        logins=one.logins + other.logins,
        facts=facts,
        followers=one.followers + other.followers,
        n_issues=one.n_issues + other.n_issues,
    )
