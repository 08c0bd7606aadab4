"""What the columns of one format mean, and rows of it as columns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from undersight.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from undersight.importers.post_tables import Cells
    from undersight.model.corpus_rows import AccountKind, PostKind

COUNT_ROLES: Final = ("n_likes", "n_replies", "n_shares", "n_views")
KIND_ROLES: Final = frozenset({"kind", "is_reply", "is_repost", "parent_id", "repost_of_id"})
ID_ROLES: Final = ("post_id", "parent_id", "root_id", "repost_of_id")
OBSERVED_ROLES: Final = ("n_followers", "n_following", "n_posts")
ACCOUNT_ROLES: Final = (
    *("account_id", "account_name", "account_handle", "account_url", "account_kind"),
    *("account_category", "account_country", "account_created", *OBSERVED_ROLES),
)
TARGET_ROLES: Final = ("target_id", "target_name", "target_url")

ACCOUNT_KINDS: Final[Mapping[str, AccountKind]] = {
    "profile": "profile",
    "user": "profile",
    "person": "profile",
    "page": "page",
    "group": "group",
    "channel": "channel",
    "bot": "bot",
    "səhifə": "page",
    "sayfa": "page",
    "страница": "page",
    "qrup": "group",
    "grup": "group",
    "группа": "group",
    "kanal": "channel",
    "канал": "channel",
}
POST_KINDS: Final[tuple[PostKind, ...]] = ("post", "comment", "reply", "repost")
_CONSTANTS: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": POST_KINDS,
    "account_kind": tuple(dict.fromkeys(ACCOUNT_KINDS.values())),
    "lang": (),
}
"""What may be said of all rows by ``--set``, and the values that it may have; none for any."""
_NO_COLUMN: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class RowForm:
    """How the rows of one format become posts.

    Args:
        roles: Column number by role (`undersight.importers.column_names`).
        platform: Platform of all rows; a column or the person's choice goes before it.
        kind: Kind of a post that nothing else tells about.
        account_kind: Kind of its author, likewise.
        target_kind: Kind of the account under which the rows stand.
        root_id: The post under which all rows stand, where the file tells it once.
        is_epoch: Whether bare numbers are seconds since 1970 whatever their size.
        derive: Makes further cells of a row's cells, numbered on from the last column.
        unread: Columns that have no meaning, each with its number.
        constants: Value by role, the same for every row; it goes before a column's.
    """

    roles: Mapping[str, int]
    platform: str = ""
    kind: PostKind = "post"
    account_kind: AccountKind = "unknown"
    target_kind: AccountKind = "unknown"
    root_id: str = ""
    is_epoch: bool = False
    derive: Callable[[Sequence[str]], Sequence[str]] | None = None
    unread: Mapping[str, int] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    def with_constants(self, constants: Mapping[str, str]) -> RowForm:
        """Return it with values that a person said of all rows.

        Args:
            constants: Value by role.

        Raises:
            InvalidParameterError: A role that is not said of all rows, or a value it has not.
        """
        for role, value in constants.items():
            if role not in _CONSTANTS:
                raise InvalidParameterError(
                    "set", role, f"one of {', '.join(_CONSTANTS)}, such as kind=comment",
                    is_option=True,
                )  # fmt: skip
            if (known := _CONSTANTS[role]) and value not in known:
                raise InvalidParameterError(role, value, f"one of {', '.join(known)}")
        if not constants:
            return self
        roles = dict.fromkeys(constants, _NO_COLUMN) | dict(self.roles)
        return replace(self, roles=roles, constants=constants)


class RowBatch:
    """Some rows of one format as columns.

    Args:
        rows: Where each stands, and its cells.
        form: What the columns mean.
    """

    __slots__ = ("_columns", "_none", "_said", "locators", "roles")

    def __init__(self, rows: Sequence[Cells], form: RowForm) -> None:
        self.locators = [locator for locator, _ in rows]
        self.roles = form.roles
        derive = form.derive
        cells = [[*row, *derive(row)] if derive else row for _, row in rows]
        self._columns = list(zip(*cells, strict=True))
        self._none = ("",) * len(rows)
        self._said = {role: (value,) * len(rows) for role, value in form.constants.items()}

    def column(self, role: str) -> tuple[str, ...]:
        """The cells of a role's column; empty texts for a role that has none."""
        said = self._said.get(role)
        return self.cells(self.roles.get(role, _NO_COLUMN)) if said is None else said

    def cells(self, place: int) -> tuple[str, ...]:
        """The cells of a column by its number; empty texts for one that is not there."""
        return self._columns[place] if 0 <= place < len(self._columns) else self._none
