"""What a detector is: parameters with bounds, named steps of SQL, and the findings of a corpus."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Self

from undersight.detectors.parameters import bounds_of, parameter, rebuilt, values_of
from undersight.i18n import _
from undersight.model.finding import LEAST_ACCOUNTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import duckdb

    from undersight.detectors.group import Group
    from undersight.detectors.looking import Looked
    from undersight.detectors.parameters import Bounds
    from undersight.detectors.surroundings import Surroundings
    from undersight.detectors.view_actions import ViewActions
    from undersight.model.finding import Finding

US_PER_S = 1_000_000
MOST_WINDOW_S = 7 * 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One named query over the corpus tables and the steps before it.

    Args:
        name: The name that later steps read it by; the last step of a view is ``actions``.
        sql: A SELECT in DuckDB's dialect, with ``$named`` values and portable functions only.
        values: The values bound.
    """

    name: str
    sql: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoActionDetector(ABC):
    """A detector of accounts that act on the same objects, close in time.

    The fields are its parameters: ``rebuilt(type(d), values_of(d)) == d``.

    Blind spots of the method, whatever the objects: people who wait longer than the window;
    groups smaller than five; groups that fill an hour of the week or an object by themselves;
    and notifications that reach an audience faster than any hour can show.
    """

    detector_id: ClassVar[str]
    version: ClassVar[int]
    about: ClassVar[str]
    tables: ClassVar[tuple[str, ...]]
    blind_spots: ClassVar[tuple[str, ...]]
    can_share_post: ClassVar[bool] = False
    """Whether two actions of one view may be of one post."""

    views: tuple[str, ...] = ()
    window_s: tuple[float, ...] = parameter(
        (60.0, 600.0), _("Windows, seconds; both ends belong to them."),
        least=0.0, most=MOST_WINDOW_S,
    )  # fmt: skip
    min_accounts: int = parameter(
        LEAST_ACCOUNTS, _("Accounts in a group, never fewer than five."),
        least=LEAST_ACCOUNTS, most=100_000,
    )  # fmt: skip
    min_objects: int = parameter(
        2, _("Objects that two accounts share within the window."), least=2, most=10_000
    )
    min_ties: int = parameter(
        2, _("Others of its group that each account is tied to."), least=1, most=1000
    )
    verdicts: tuple[str, ...] = parameter(
        ("co-timed", "dominates-target"), _("Groups that are listed; all are counted."),
        choices=("co-timed", "dominates-target", "same-choices"),
    )  # fmt: skip
    max_q: float = parameter(
        0.05, _("False discoveries allowed among the ties."), least=1e-12, most=0.1
    )
    max_family_p: float = parameter(
        0.05, _("Chance allowed of one false group in the run."), least=1e-12, most=0.05
    )

    @classmethod
    def bounds(cls) -> Mapping[str, Bounds]:
        """Return what each parameter may be."""
        return bounds_of(cls)

    @property
    def parameters(self) -> dict[str, Any]:
        """The value of each parameter."""
        return values_of(self)

    def with_parameters(self, values: Mapping[str, Any]) -> Self:
        """Return the same detector with some parameters changed.

        Raises:
            UnknownParameterError: It has none of this name.
            InvalidParameterError: A value outside its bounds.
        """
        return rebuilt(type(self), {**self.parameters, **values})

    @property
    def windows_us(self) -> tuple[int, ...]:
        """The windows, µs."""
        return tuple(round(window * US_PER_S) for window in self.window_s)

    @abstractmethod
    def steps(self, view: str) -> tuple[Step, ...]:
        """Return the queries of one view; the last gives its actions.

        Its columns: ``account, object, post, time_us, target`` and ``resolution_us``.
        """

    def actions(self, connection: duckdb.DuckDBPyConnection, view: str) -> ViewActions:
        """Open the actions of one view; whatever the order in the corpus, they are the same.

        Args:
            connection: Has the corpus tables as views; stays open as long as they are used.
            view: One of ``views``.
        """
        from undersight.detectors.view_actions import open_view

        return open_view(connection, self.steps(view), can_share_post=self.can_share_post)

    def looks(
        self,
        connection: duckdb.DuckDBPyConnection,
        view: str,
        planned: Callable[[str], object] = id,
        progress: Callable[[str], object] = id,
    ) -> Iterator[Looked]:
        """Look at one view with every window.

        Args:
            connection: Has the corpus tables as views.
            view: One of ``views``.
            planned: Called before each look that has actions, with a line that says how many
                pairs it will take.
            progress: Called every second or so within a look, with a line that says how far it is.
        """
        from undersight.detectors.looking import look_at
        from undersight.presentation.phrases import lasting

        actions = self.actions(connection, view)
        for window_us in self.windows_us:
            what = f"{self.detector_id}/{view}, {lasting(window_us / US_PER_S, 'en')}"
            plan, step = (
                lambda line, say=say, what=what: say(f"{what}: {line}")
                for say in (planned, progress)
            )
            yield look_at(self, view, window_us, actions, plan, step)

    def findings(
        self, view: str, groups: Sequence[Group], surroundings: Surroundings, n_looks: int
    ) -> tuple[tuple[Finding, ...], Mapping[str, int]]:
        """Turn the groups of one look into findings; see ``telling.tell``.

        Args:
            view: The view looked at.
            groups: What the look gave.
            surroundings: The corpus.
            n_looks: Everything that was tried in the run.
        """
        from undersight.detectors.telling import tell

        return tell(self, view, groups, surroundings, n_looks)

    def finding_parameters(self, view: str, window_us: int) -> dict[str, Any]:
        """Return what a finding's id depends on: trying more windows leaves the id as it is."""
        left = {
            name: value
            for name, value in self.parameters.items()
            if name not in {"views", "window_s", "verdicts"}
        }
        return {**left, "view": view, "window_us": window_us}
