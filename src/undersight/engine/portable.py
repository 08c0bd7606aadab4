"""SQL that runs alike on DuckDB and on Spark: written once, checked, given its values.

Steps are written in DuckDB's dialect with ``$name`` for values. Only what is listed here may
stand in them; whole numbers are put in as literals of the parsed tree, never as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlglot
from sqlglot import exp

from undersight.errors import UnportableStepError

if TYPE_CHECKING:
    from collections.abc import Mapping

ALLOWED: Final[tuple[type[exp.Expression], ...]] = (
    *(exp.Abs, exp.Case, exp.Cast, exp.Coalesce, exp.Count, exp.If, exp.Length, exp.Max, exp.Min),
    *(exp.Mod, exp.Nullif, exp.RowNumber, exp.Sum),
    *(exp.And, exp.Or),
)
"""Functions (as sqlglot sees them) that mean the same everywhere."""
_REFUSED: Final = (exp.Limit, exp.Offset, exp.Div, exp.IntDiv, exp.TableSample)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One named query; later steps read its result under its name.

    Args:
        name: The name.
        sql: A query in DuckDB's dialect.
        is_stored: Whether the result is kept, because several steps read it.
    """

    name: str
    sql: str
    is_stored: bool = False


def checked(step: Step) -> exp.Expr:
    """Parse a step.

    Raises:
        UnportableStepError: It holds something that is not on the list.
    """
    tree = sqlglot.parse_one(step.sql, read="duckdb")
    for node in tree.walk():
        is_function = isinstance(node, exp.Func) and not isinstance(node, ALLOWED)
        if is_function or isinstance(node, _REFUSED):
            raise UnportableStepError(step.name, node.sql(dialect="duckdb"))
    return tree


def rendered(step: Step, values: Mapping[str, int], dialect: str) -> str:
    """Return a step's SQL with its values, for DuckDB or for Spark.

    Args:
        step: The step.
        values: Whole number by name.
        dialect: ``duckdb`` or ``spark``.

    Raises:
        UnportableStepError: It holds something that is not on the list.
    """

    def put_in(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Parameter | exp.Placeholder):
            return exp.Literal.number(values[node.name])
        return node

    return checked(step).transform(put_in).sql(dialect=dialect)
