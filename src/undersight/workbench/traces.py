"""What lies outside the casebook about somebody who is taken out: drafts, jobs, posts, outputs.

What is only kept for convenience is rewritten or let go. What somebody has to decide about, sealed
originals and files that were made for others, is named.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import UndersightError
from undersight.workbench import draft_shelf, drafts, form_shelf, job_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from undersight.casebook.mentions import Mentions
    from undersight.casebook.withdrawal import Identity
    from undersight.workbench.session import Workspace

MASK = "█"
_LEAST_CHARACTERS = 5
"""Shorter names are not looked for in files and posts: they stand inside other words."""
_MOST_FILE_BYTES = 32 * 1024**2
_COUNTED = """
    SELECT import_digest, count(*) AS n FROM posts
    WHERE account_id IN (SELECT account_id FROM accounts WHERE {who})
       OR {text}
    GROUP BY import_digest ORDER BY import_digest
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What was found outside the casebook.

    Attributes:
        n_drafts: Begun drafts in which they were masked.
        n_forms: Forms begun in the browser that named them and were let go.
        n_jobs: Jobs in the list of long work that named them and were let go.
        outputs: Files under ``exports/`` that still name them, by their path there, sorted;
            typeset and compressed files cannot be searched.
        imports: Digest of each import in the corpus with posts by or about them, and how many.
        sealed: Digests of objects of the vault in which a name of theirs stands as text: what was
            published, what came in; pictures, typeset and compressed files cannot be searched.
        n_unsearched: Objects that are too large to search, or damaged.
    """

    n_drafts: int = 0
    n_forms: int = 0
    n_jobs: int = 0
    outputs: tuple[str, ...] = ()
    imports: tuple[tuple[str, int], ...] = ()
    sealed: tuple[str, ...] = ()
    n_unsearched: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "drafts": self.n_drafts,
            "forms": self.n_forms,
            "jobs": self.n_jobs,
            "outputs": list(self.outputs),
            "imports": [{"import": digest, "posts": n} for digest, n in self.imports],
            "sealed": list(self.sealed),
            "unsearched": self.n_unsearched,
        }


def take_out(workspace: Workspace, identity: Identity) -> Traces:
    """Take somebody out of what is kept beside the casebook, and name what stays.

    Args:
        workspace: Open for writing.
        identity: By what they were known.
    """
    drafts.forget(workspace, identity.names)
    find = identity.mentions()
    known = sorted({*identity.names, *identity.handles, *identity.titles})
    sealed, n_unsearched = _sealed_naming(workspace, known)
    return Traces(
        n_drafts=_mask_drafts(workspace, find, identity.people),
        n_forms=form_shelf.let_go(workspace, lambda typed: is_named(typed, find)),
        n_jobs=_let_go_of_jobs(workspace, find),
        outputs=tuple(_outputs_naming(workspace, known)),
        imports=_imports_naming(workspace, known),
        sealed=sealed,
        n_unsearched=n_unsearched,
    )


def _mask_drafts(workspace: Workspace, find: Mentions, people: frozenset[str]) -> int:
    """Mask them in begun drafts, character for character: every place in the text stays valid."""

    def of_draft(raw: dict[str, Any]) -> dict[str, Any]:
        # Where the whole name stands, a bare family name is theirs too.
        near = people if any(find(text) for text in _texts(raw)) else frozenset[str]()
        masked: dict[str, Any] = _mapped(raw, lambda text: mask(text, find, near))
        return masked

    return draft_shelf.rewrite(workspace, of_draft)


def mask(text: str, find: Mentions, near: frozenset[str] = frozenset()) -> str:
    """Return a text of the same length with everybody who is found covered.

    Args:
        text: The text.
        find: Finds them.
        near: People of whom a part of the name counts as well.
    """
    for mention in find(text, near):
        covered = MASK * (mention.end - mention.start)
        text = text[: mention.start] + covered + text[mention.end :]
    return text


def _let_go_of_jobs(workspace: Workspace, find: Mentions) -> int:
    jobs = job_store.read(workspace)
    left = [job for job in jobs if not is_named(job, find)]
    if len(left) < len(jobs):
        job_store.write(workspace, left)
    return len(jobs) - len(left)


def _outputs_naming(workspace: Workspace, known: Iterable[str]) -> Iterator[str]:
    """Yield files made for others in which one of the names stands as it was recorded."""
    shapes = _shapes(known)
    folder = workspace.layout.exports
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_size <= _MOST_FILE_BYTES:
            content = path.read_bytes()
            if any(shape in content for shape in shapes):
                yield path.relative_to(folder).as_posix()


def _sealed_naming(workspace: Workspace, known: Iterable[str]) -> tuple[tuple[str, ...], int]:
    """Return the objects in which one of the names stands, and how many could not be searched."""
    shapes, found, n_unsearched = _shapes(known), [], 0
    for digest in workspace.vault.digests() if shapes else ():
        try:
            if workspace.vault.n_bytes(digest) > _MOST_FILE_BYTES:
                n_unsearched += 1
                continue
            with workspace.vault.open(digest) as stream:
                content = stream.read()
        except UndersightError:
            n_unsearched += 1  # it is damaged, which `verify` tells: nobody waits for it here
            continue
        if any(shape in content for shape in shapes):
            found.append(str(digest))
    return tuple(found), n_unsearched


def _shapes(known: Iterable[str]) -> frozenset[bytes]:
    """Return the bytes that names are looked for by, as they were recorded."""
    return frozenset(
        shape.encode("utf-8")
        for name in known
        if len(name) >= _LEAST_CHARACTERS
        for shape in (name, name.lower(), name.upper(), json.dumps(name)[1:-1])
    )


def _imports_naming(workspace: Workspace, known: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Count the posts by them or with their name in it, by import; pseudonyms stay unknown."""
    values = sorted({one.strip().lower() for one in known if len(one) >= _LEAST_CHARACTERS})
    if not values or not workspace.corpus.imports():
        return ()
    one_of = ", ".join("?" for _value in values)
    who = " OR ".join(f"lower({name}) IN ({one_of})" for name in ("name", "handle", "url"))
    text = " OR ".join("contains(lower(text), ?)" for _value in values)
    with workspace.corpus.connection() as connection:
        found = connection.execute(
            _COUNTED.format(who=who, text=text), [*values, *values, *values, *values]
        )
        return tuple((str(digest), int(n)) for digest, n in found.fetchall())


def is_named(raw: Any, find: Mentions) -> bool:
    """Return whether somebody who is found stands anywhere in plain data."""
    return any(find(text) for text in _texts(raw))


def _texts(raw: Any) -> Iterator[str]:
    """Yield every text in plain data."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for value in raw.values():
            yield from _texts(value)
    elif isinstance(raw, (list, tuple)):
        for value in raw:
            yield from _texts(value)


def _mapped(raw: Any, change: Callable[[str], str]) -> Any:
    """Return plain data with every text changed."""
    if isinstance(raw, str):
        return change(raw)
    if isinstance(raw, dict):
        return {name: _mapped(value, change) for name, value in raw.items()}
    if isinstance(raw, (list, tuple)):
        return [_mapped(value, change) for value in raw]
    return raw
