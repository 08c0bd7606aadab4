"""Drafts that somebody has begun to look through: kept sealed, so that they survive a restart.

A draft on the shelf is the text, what was proposed from it, and what the person made of each
field so far. Nothing of it is in the casebook until an entry of it is stored.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from undersight.errors import UnknownDraftError
from undersight.integrity import durable
from undersight.integrity.record_cipher import open_bytes, seal_bytes
from undersight.model.draft import Draft, DraftField
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.intake import Link
from undersight.vault.keyring import KeyPurpose
from undersight.workbench.confirmation import Confirmation
from undersight.workbench.drafts import Proposal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undersight.model.draft import DraftEntry
    from undersight.workbench.session import Workspace

_SUFFIX = ".sealed"
_FOLDER = "drafts"
_DOMAIN = b"undersight/draft-on-the-shelf/v1\x00"


@dataclass(slots=True)
class Looked:
    """What a person made of one proposed entry so far.

    Attributes:
        walk: The fields, as proposed, changed or rejected.
        seen: For each field, whether a person decided on it.
        past: Whether the decided fields were decided before, to take back step by step.
        stored: Id of the entry made from it; ``-`` where it was skipped.
    """

    walk: Confirmation
    seen: list[bool]
    past: list[tuple[int, bool]] = field(default_factory=list)
    stored: str = ""

    @classmethod
    def at_first(cls, entry: DraftEntry) -> Looked:
        """Return an entry nobody has looked at."""
        return cls(walk=Confirmation(entry), seen=[False] * len(entry.fields))

    @property
    def n_open(self) -> int:
        """How many fields nobody has decided on."""
        return self.seen.count(False)

    def decide(self, place: int, *, is_kept: bool) -> None:
        """Accept or reject one field."""
        walk = self.walk
        walk.cursor = place
        self.past.append((place, self.seen[place]))
        is_rejected = walk.states[place] == "rejected"
        if is_rejected == is_kept:
            walk.reject()
        else:
            walk.past.append((place, walk.values[place], walk.states[place]))
        self.seen[place] = True

    def change(self, place: int, **changes: Any) -> None:
        """Change one field, which decides on it.

        Raises:
            InvalidDraftError: The value has not the shape of its kind.
        """
        self.walk.cursor = place
        self.walk.change(**changes)
        self.past.append((place, self.seen[place]))
        self.seen[place] = True

    def accept_open(self) -> None:
        """Accept every field that nobody decided on; they are all on the page."""
        for place, is_seen in enumerate(self.seen):
            if not is_seen:
                self.decide(place, is_kept=True)

    def undo(self) -> int:
        """Take the last decision back and return its field's place.

        Raises:
            NothingToUndoError: Nothing was decided.
        """
        self.walk.undo()
        place, was_seen = self.past.pop()
        self.seen[place] = was_seen
        return place


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A draft on the shelf.

    Attributes:
        draft_id: Its random id.
        at_us: When it was begun, µs since 1970 UTC.
        proposal: The text and what was proposed.
        entries: What was made of each proposed entry.
    """

    draft_id: str
    at_us: int
    proposal: Proposal
    entries: tuple[Looked, ...]

    @property
    def n_waiting(self) -> int:
        """How many entries are neither stored nor skipped."""
        return sum(not one.stored for one in self.entries)

    @property
    def title(self) -> str:
        """Its first words."""
        return " ".join(self.proposal.text.split())[:80]

    def next_waiting(self, after: int = 0) -> int:
        """Return the number, from 1, of an entry that waits, searching behind one; 0 for none."""
        order = [*range(after, len(self.entries)), *range(after)]
        return next((n + 1 for n in order if not self.entries[n].stored), 0)


def shelve(workspace: Workspace, proposal: Proposal) -> Shelved:
    """Put a new draft on the shelf."""
    made = Shelved(
        draft_id=secrets.token_hex(8),
        at_us=workspace.now_us,
        proposal=proposal,
        entries=tuple(Looked.at_first(entry) for entry in proposal.draft.entries),
    )
    keep(workspace, made)
    return made


def keep(workspace: Workspace, draft: Shelved) -> None:
    """Write a draft, whole or not at all."""
    path = _path(workspace, draft.draft_id)
    plain = json.dumps(_to_json(draft), ensure_ascii=False).encode("utf-8")
    sealed = seal_bytes(_key(workspace), plain, _DOMAIN + draft.draft_id.encode())
    with durable.disk_errors(path):
        durable.make_folder(path.parent)
        durable.write_atomic(path, sealed)


def take(workspace: Workspace, draft_id: str) -> Shelved:
    """Return a draft.

    Raises:
        UnknownDraftError: There is none of this id, or it cannot be read.
    """
    is_id = len(draft_id) == 16 and set(draft_id) <= set("0123456789abcdef")
    path = _path(workspace, draft_id)
    if not is_id or not path.is_file():
        raise UnknownDraftError(draft_id[:40])
    plain = open_bytes(_key(workspace), path.read_bytes(), _DOMAIN + draft_id.encode())
    if plain is None:
        raise UnknownDraftError(draft_id)
    return _from_json(json.loads(plain))


def listing(workspace: Workspace) -> tuple[Shelved, ...]:
    """Return the drafts that have entries waiting, the latest first."""
    folder = _path(workspace, "").parent
    found = [take(workspace, path.stem) for path in sorted(folder.glob(f"*{_SUFFIX}"))]
    waiting = [draft for draft in found if draft.n_waiting]
    return tuple(sorted(waiting, key=lambda draft: (-draft.at_us, draft.draft_id)))


def count(workspace: Workspace) -> int:
    """Return how many drafts lie on the shelf, without opening one."""
    return sum(1 for _ in _path(workspace, "").parent.glob(f"*{_SUFFIX}"))


def throw_away(workspace: Workspace, draft_id: str) -> None:
    """Remove a draft; entries stored from it stay.

    Raises:
        UnknownDraftError: There is none of this id.
    """
    take(workspace, draft_id)
    path = _path(workspace, draft_id)
    with durable.disk_errors(path):
        durable.remove(path)


def rewrite(workspace: Workspace, change: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Change every draft on the shelf as plain data; return how many were changed.

    Args:
        workspace: Open for writing.
        change: Returns the draft as it shall be; texts must keep their length.
    """
    n_changed = 0
    for path in sorted(_path(workspace, "").parent.glob(f"*{_SUFFIX}")):
        draft = take(workspace, path.stem)
        raw = json.loads(json.dumps(_to_json(draft)))
        changed = change(raw)
        if changed != raw:
            keep(workspace, _from_json(changed))
            n_changed += 1
    return n_changed


def _path(workspace: Workspace, draft_id: str) -> Path:
    return workspace.layout.root / _FOLDER / f"{draft_id}{_SUFFIX}"


def _key(workspace: Workspace) -> bytes:
    return workspace.keyring.subkey(KeyPurpose.DRAFTS)


# --- as JSON ------------------------------------------------------------------------------------


def _to_json(draft: Shelved) -> dict[str, Any]:
    proposal = draft.proposal
    return {
        "draft_id": draft.draft_id,
        "at_us": draft.at_us,
        "text": proposal.text,
        "lang": proposal.lang,
        "url": proposal.url,
        "links": [[link.start, link.end, link.url] for link in proposal.links],
        "published": proposal.published.to_json() if proposal.published else None,
        "context_date": proposal.context_date.isoformat() if proposal.context_date else "",
        "origin": proposal.origin,
        "origin_locator": proposal.origin_locator,
        "draft": proposal.draft.to_json(),
        "entries": [_looked_to_json(one) for one in draft.entries],
    }


def _looked_to_json(one: Looked) -> dict[str, Any]:
    return {
        "values": [value.to_json() for value in one.walk.values],
        "states": one.walk.states,
        "past": [[place, value.to_json(), state] for place, value, state in one.walk.past],
        "seen": one.seen,
        "seen_past": one.past,
        "stored": one.stored,
    }


def _from_json(raw: dict[str, Any]) -> Shelved:
    proposal = Proposal(
        text=raw["text"],
        draft=Draft.from_json(raw["draft"], n_characters=len(raw["text"])),
        lang=raw["lang"],
        url=raw["url"],
        links=tuple(Link(start=s, end=e, url=u) for s, e, u in raw["links"]),
        published=FuzzyDate.from_json(raw["published"]) if raw.get("published") else None,
        context_date=dt.date.fromisoformat(raw["context_date"])
        if raw.get("context_date")
        else None,
        origin=raw.get("origin", ""),
        origin_locator=raw.get("origin_locator", ""),
    )
    looked = zip(proposal.draft.entries, raw["entries"], strict=True)
    return Shelved(
        draft_id=raw["draft_id"],
        at_us=raw["at_us"],
        proposal=proposal,
        entries=tuple(_looked(entry, one) for entry, one in looked),
    )


def _looked(entry: DraftEntry, raw: dict[str, Any]) -> Looked:
    walk = Confirmation(entry)
    walk.values = [_field(value) for value in raw["values"]]
    walk.states = list(raw["states"])
    walk.past = [(place, _field(value), state) for place, value, state in raw["past"]]
    past = [(place, was_seen) for place, was_seen in raw["seen_past"]]
    return Looked(walk=walk, seen=list(raw["seen"]), past=past, stored=raw["stored"])


def _field(raw: dict[str, Any]) -> DraftField:
    return replace(DraftField(**raw), alternatives=tuple(raw["alternatives"]))
