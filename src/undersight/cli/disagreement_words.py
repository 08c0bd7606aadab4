"""Fields that colleagues set differently, side by side, in the words of the workspace."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from undersight.i18n import translator
from undersight.presentation.field_words import kind_word
from undersight.presentation.phrases import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.workbench.session import Workspace

_END_OF_ID = 8
_INDENT = "    "


def disagreement_lines(workspace: Workspace, conflicts: Iterable[dict[str, Any]]) -> list[str]:
    """Return who set which field to what, when, and how to decide; nothing where nobody did.

    Args:
        workspace: The workspace, for its language and for who works here.
        conflicts: As ``history --conflicts --json`` lists them.
    """
    lang = workspace.words_lang
    return [line for one in conflicts for line in _lines_of(one, workspace.staff_id, lang)]


def _lines_of(one: dict[str, Any], me: str, lang: str) -> Iterator[str]:
    t = translator(lang).gettext
    about = " · ".join(filter(None, (kind_word(one["kind"], lang), one["about"])))
    yield t("Set differently: {field} ({about})").format(field=one["label"], about=about)
    rows = [(t("before"), "", _said(one, one["before"], lang))]
    last = len(one["candidates"]) - 1
    for place, side in enumerate(one["candidates"]):
        mark = f"  · {t('shown meanwhile')}" if place == last else ""
        who = t("you") if side["author"] == me else f"…{side['author'][-_END_OF_ID:]}"
        rows.append((who, _moment(side["at_us"], lang), _said(one, side["text"], lang) + mark))
    widths = [max(len(row[n]) for row in rows) for n in (0, 1)]
    for who, at, text in rows:
        yield f"{_INDENT}{who:<{widths[0]}}  {at:<{widths[1]}}  {text}"
    decide = f"undersight incident edit {one['record_id']} --set {one['field']}=… --why …"
    if one["field"] == "is_retracted":
        decide = "undersight serve"
    yield _INDENT + t("To decide: {command}").format(command=decide)


def _said(one: dict[str, Any], text: str, lang: str) -> str:
    t = translator(lang).gettext
    if one["field"] == "is_retracted":
        return t("taken out") if text else t("kept")
    return text.replace("\n", "; ") or t("(nothing)")


def _moment(at_us: int, lang: str) -> str:
    at = dt.datetime.fromtimestamp(at_us / 1_000_000, dt.UTC)
    return f"{day(at.date(), lang)}, {at:%H:%M} UTC"
