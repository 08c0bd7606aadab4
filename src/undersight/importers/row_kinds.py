"""Whether a row is a post, a comment, a reply or a repost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from undersight.importers.row_form import KIND_ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undersight.importers.row_form import RowBatch, RowForm
    from undersight.model.corpus_rows import PostKind

_TRUE: Final = frozenset({"true", "1", "yes", "t", "y", "1.0", "hə", "evet", "да"})
_FALSE: Final = frozenset({"false", "0", "no", "f", "n", "0.0", "xeyr", "hayır", "нет", ""})
_POST_KINDS: Final[Mapping[str, PostKind]] = {
    "post": "post",
    "comment": "comment",
    "reply": "reply",
    "repost": "repost",
    "share": "repost",
    "retweet": "repost",
    "origin": "post",
}


class PostIds(NamedTuple):
    """The ids of some rows, a column each.

    Args:
        own: Their own.
        parents: Of what each answers.
        roots: Of the post on top.
        reposts_of: Of what each repeats.
    """

    own: Sequence[str]
    parents: Sequence[str]
    roots: Sequence[str]
    reposts_of: Sequence[str]


def kinds_of(batch: RowBatch, form: RowForm, ids: PostIds) -> Sequence[PostKind]:
    """Return the kind of each row: as a column says, else as what it answers and repeats tells.

    Args:
        batch: The rows.
        form: What the columns mean.
        ids: The rows' ids.
    """
    stated = batch.column("kind")
    found: Sequence[PostKind] = [form.kind] * len(batch.locators)
    if batch.roles.keys() & KIND_ROLES:
        columns = (stated, batch.column("is_reply"), ids.parents, batch.column("is_repost"))
        rows = zip(*columns, ids.reposts_of, strict=True)
        found = [
            _kind(form.kind, kind, reply or parent, is_repost=bool(of) or _is_true(repost))
            for kind, reply, parent, repost, of in rows
        ]
    if form.kind != "comment" or not any(ids.roots):
        return found
    placed = zip(found, stated, ids.own, ids.parents, ids.roots, strict=True)
    return [
        kind if told or not root else _placed(kind, own, parent, root)
        for kind, told, own, parent, root in placed
    ]


def _kind(usual: PostKind, stated: str, is_reply: str, *, is_repost: bool) -> PostKind:
    """The kind of one row; ``is_reply`` is what a column says, or the post answered."""
    told = _POST_KINDS.get(stated.strip().lower()) if stated else None
    if told is not None:
        return told
    if is_repost:
        return "repost"
    if is_reply and is_reply.strip().lower() not in _FALSE:
        return "reply"
    return usual


def _placed(kind: PostKind, own: str, parent: str, root: str) -> PostKind:
    """The top of a thread is a post; what answers the top is a comment."""
    if own == root and kind == "comment":
        return "post"
    return "comment" if parent == root and kind == "reply" else kind


def _is_true(text: str) -> bool:
    return bool(text) and text.strip().lower() in _TRUE
