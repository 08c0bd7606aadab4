"""Data that a statistic cannot be computed from."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import InputError


class TooShortSpanError(InputError):
    """Data that do not reach over enough weeks."""

    code: ClassVar[str] = "too-short-span"

    def __init__(self, n_weeks: int, n_least: int) -> None:
        self.n_weeks, self.n_least = n_weeks, n_least
        super().__init__(
            f"The data reach over {n_weeks} week(s); shifting by weeks needs {n_least}.",
            "Give more of the data, or leave this check out.",
        )


class TooFewMembersError(InputError):
    """A group under the least size that findings may have."""

    code: ClassVar[str] = "too-few-members"

    def __init__(self, n_members: int, n_least: int) -> None:
        self.n_members, self.n_least = n_members, n_least
        super().__init__(
            f"A group of {n_members} account(s) is not tested; findings need {n_least} or more.",
            "Look at the posts themselves: nothing is said about so few people.",
        )
