"""Who a name means, asked before anything is stored: recorded people of the same name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.workbench import incidents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from undersight.workbench.parties import Namesake
    from undersight.workbench.session import Workspace

ANEW = "new"
"""The answer that means somebody who is not recorded yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIsIt:
    """A name in an entry that recorded people carry.

    Args:
        name: The name as written.
        namesakes: Those recorded.
    """

    name: str
    namesakes: tuple[Namesake, ...]


def open_questions(
    workspace: Workspace, document: Mapping[str, Any], answers: Mapping[str, str]
) -> tuple[WhoIsIt, ...]:
    """Return which names of an entry document somebody must tell apart; nothing is stored.

    Args:
        workspace: The workspace.
        document: See ``undersight.workbench.entry``.
        answers: By name: a party's id, or ``new``.

    Raises:
        InputError: Something in the document is wrong.
    """
    found: dict[str, WhoIsIt] = {}

    def ask(name: str, sakes: tuple[Namesake, ...]) -> str:
        if name not in answers:
            found.setdefault(name, WhoIsIt(name=name, namesakes=sakes))
        return chooser(answers)(name, sakes)

    incidents.entry_builder(workspace, choose=ask).build(document)
    return tuple(found.values())


def chooser(answers: Mapping[str, str]) -> Callable[[str, tuple[Namesake, ...]], str]:
    """Return what gives the answers to whoever builds the entry."""

    def choose(name: str, sakes: tuple[Namesake, ...]) -> str:
        given = answers.get(name, ANEW)
        return given if given in {sake.party_id for sake in sakes} else ""

    return choose
