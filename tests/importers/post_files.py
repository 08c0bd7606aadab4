"""Reading posts in tests: a file in, what came out of it told apart."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from undersight.importers import POST_IMPORTERS
from undersight.model.corpus_rows import AccountRow, ColumnChoice, PostRow, SamplingNote
from undersight.model.intake import Issue, PostImporter


@dataclass
class Outcome:
    posts: list[PostRow] = field(default_factory=list)
    accounts: list[AccountRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    notes: list[SamplingNote] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        return [note.code for note in self.notes]


def read_posts(
    importer: type[PostImporter], raw: bytes | str, choice: ColumnChoice | None = None
) -> Outcome:
    content = raw.encode() if isinstance(raw, str) else raw
    outcome = Outcome()
    for part in importer().parse(io.BytesIO(content), choice or ColumnChoice()):
        if isinstance(part, PostRow):
            outcome.posts.append(part)
        elif isinstance(part, AccountRow):
            outcome.accounts.append(part)
        elif isinstance(part, Issue):
            outcome.issues.append(part)
        else:
            assert isinstance(part, SamplingNote)
            outcome.notes.append(part)
    return outcome


def recognised(raw: bytes | str, name: str) -> str:
    """The id of the first post importer that recognises a file, in the order of the registry."""
    head = (raw.encode() if isinstance(raw, str) else raw)[:65536]
    return next((i.importer_id for i in POST_IMPORTERS if i.recognises(head, name)), "")
