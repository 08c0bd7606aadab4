"""``undersight coaction``: who acted together, from one file to another, without a workspace."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from undersight.cli import console
from undersight.errors import (
    InvalidParameterError,
    OptionNotForToolError,
    SettingWithoutToolError,
    UnreadableAssignmentError,
)

COMPAT = ("coortweet", "cnt", "cnt-pypi", "coornet")
_BACKENDS = {"auto": "auto", "sweep": "sweep", "duckdb": "sql", "spark": "spark"}
_WINDOW = re.compile(r"(\d+(?:\.\d+)?)\s*(us|ms|s|m|min|h|d)?")
_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400}
_DEFAULT_WINDOW = "60s"
_MOST_ISSUES = 5


@click.command("coaction")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True,
              metavar="EDGES", help="Where to: .csv, .parquet, .graphml or .gexf.")  # fmt: skip
@click.option("--window", "windows", multiple=True, metavar="TIME",
              help="At most so far apart, such as 10s, 5m, 1h; both ends included. Several give "
              "the column window_us. Without: 60s, or the imitated tool's own.")  # fmt: skip
@click.option("--min-objects", type=click.IntRange(1), default=2, show_default=True,
              help="Leave out edges with fewer distinct objects.")  # fmt: skip
@click.option("--columns", type=click.Choice(["basic", "full"]), default="full",
              show_default=True, help="Four counts of an edge, or ten.")  # fmt: skip
@click.option("--map", "roles", multiple=True, metavar="MEANING=COLUMN",
              help="Which column says account, object, time, post or target.")  # fmt: skip
@click.option("--time-unit", type=click.Choice(["s", "ms", "us", "ns"]),
              help="The unit of times that are numbers; without: by their size.")  # fmt: skip
@click.option("--backend", type=click.Choice(list(_BACKENDS)), default="auto",
              show_default=True, help="What does the work; the edges are the same.")  # fmt: skip
@click.option("--memory", metavar="SIZE", help="At most so much memory, such as 2GB; what does "
              "not fit goes to disk.")  # fmt: skip
@click.option("--most-edges", type=click.IntRange(1), default=100_000_000, show_default=True,
              metavar="N", help="With more edges nothing is written.")  # fmt: skip
@click.option("--compat", type=click.Choice(COMPAT),
              help="Do as this tool does: its columns, parameters and defaults.")  # fmt: skip
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE",
              help="A parameter of the imitated tool.")  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, file: Path, out: Path, **given: Any) -> None:
    r"""Find who acted on the same objects within a window of time, in one table of actions.

    FILE is CSV, Parquet or NDJSON with a column for account, object and time, and if known post
    and target. No workspace is needed, nothing is kept, and the ids are repeated as they stand.

    \b
    Examples:
      undersight coaction shares.csv --window 60s --out edges.csv
      undersight coaction shares.csv --map object=link --window 10s --window 1h --out edges.parquet
      undersight coaction tweets.csv --compat cnt --set type=co_reply --out edges.graphml
    """
    from undersight.workbench import coaction

    settings = _assignments(given["settings"])
    _refuse_ours(ctx, given["compat"], settings)
    windows = given["windows"] or (() if given["compat"] else (_DEFAULT_WINDOW,))
    asked = coaction.Asked(
        windows_us=tuple(sorted({coaction.window_us(_seconds(text)) for text in windows})),
        min_objects=given["min_objects"],
        columns=given["columns"],
        backend=_BACKENDS[given["backend"]],  # type: ignore[arg-type]
        memory_limit_bytes=_bytes(given["memory"]),
        roles=_assignments(given["roles"]),
        time_unit=given["time_unit"] or "",
        tool_id=given["compat"] or "",
        settings=settings,
        most_edges=given["most_edges"],
    )
    with console.progress(None, "pairs") as progress:
        listeners = coaction.Listeners(planned=_say_plan, progress=progress)
        found = coaction.coaction_file(file, out, asked, listeners)
    console.emit(found, as_json=given["as_json"], words=_words)


def _refuse_ours(ctx: click.Context, compat: str | None, settings: dict[str, str]) -> None:
    """Refuse options that are ours beside a tool's, and a tool's without one."""
    from click.core import ParameterSource

    if not compat:
        if settings:
            raise SettingWithoutToolError
        return
    from undersight.workbench.coaction import tool_parameters

    for option in ("min_objects", "columns", "backend", "memory", "most_edges"):
        if ctx.get_parameter_source(option) == ParameterSource.COMMANDLINE:
            name = f"--{option.replace('_', '-')}"
            raise OptionNotForToolError(name, compat, tool_parameters(compat))


def _assignments(words: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for word in words:
        name, is_there, value = word.partition("=")
        if not is_there:
            raise UnreadableAssignmentError(word)
        found[name.strip()] = value.strip()
    return found


def _seconds(text: str) -> float:
    match = _WINDOW.fullmatch(text.strip().lower())
    if match is None:
        raise InvalidParameterError("window", text, "a time such as 10s, 5m or 1h",
                                    is_option=True)  # fmt: skip
    return float(match[1]) * _SECONDS[match[2] or "s"]


def _bytes(text: str | None) -> int | None:
    if text is None:
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(kb|mb|gb|tb)?", text.strip().lower())
    if match is None:
        raise InvalidParameterError("memory", text, "a size such as 500MB or 2GB",
                                    is_option=True)  # fmt: skip
    return int(float(match[1]) * {None: 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12}[match[2]])


def _say_plan(plan: dict[str, Any]) -> None:
    from undersight.workbench.coaction import MANY_PAIRS

    n_pairs, hot = plan["n_pairs_planned"], plan["hot_objects"]
    said = f"a window of {_spoken(plan['window_us'])} gives {_rounded(n_pairs)} pairs"
    if n_pairs > MANY_PAIRS and hot:
        said += f"; the object with the most actions has {hot[0]['n_actions']}"
    click.echo(said, err=True)


def _spoken(us: int) -> str:
    for unit, seconds in (("d", 86_400), ("h", 3600), ("m", 60)):
        if us and us % (seconds * 1_000_000) == 0:
            return f"{us // (seconds * 1_000_000)} {unit}"
    return f"{us / 1e6:g} s"


def _rounded(number: int) -> str:
    for least, word in ((10**9, "billion"), (10**6, "million")):
        if number >= least:
            return f"{number / least:.3g} {word}"
    return f"{number:,}"


def _words(found: dict[str, Any]) -> str:
    lines = [
        "columns: " + ", ".join(f"{role} = {name}" for role, name in found["columns"].items())
    ]
    lines += found["notes"]
    lines += [f"left out: {issue}" for issue in found["issues"][:_MOST_ISSUES]]
    if len(found["issues"]) > _MOST_ISSUES:
        lines.append(f"… {len(found['issues'])} rows could not be read")
    for one in found.get("windows", ()):
        lines.append(
            f"{_spoken(one['window_us'])}: {one['n_rows']:,} rows, {one['n_rows_null_key']:,} "
            f"without account, object or time; {one['n_pairs_planned']:,} pairs, of them "
            f"{one['n_same_account_pairs']:,} of one account and {one['n_same_post_pairs']:,} "
            f"of one post left out ({one['backend']})"
        )
        if one["n_rows"] and one["n_rows"] == one["n_rows_null_key"]:
            lines.append("nothing could be compared: no row has account, object and time")
    among = f" among {found['n_accounts']:,} accounts" if "n_accounts" in found else ""
    lines.append(f"{found['n_edges']:,} edges{among} in {found['out']}")
    return "\n".join(lines)
