"""The settings there are: one frozen section per table of undersight.toml.

A new setting is one field here: name, type, default, and in its metadata what it is about, the
form its text has (``like``, a regular expression; ``expected`` for people) or the least it may be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

WORKSPACE_FORMAT = 1
CASEBOOK_URL_VARIABLE = "UNDERSIGHT_CASEBOOK_URL"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceSection:
    """``[workspace]``: which workspace this is."""

    id: str = field(
        metadata={
            "about": _("Random id; never change it."),
            "like": r"ws-[a-z2-7]{16}",
            "expected": "ws- and 16 letters or digits",
        }
    )
    title: str = field(
        default="",
        metadata={"about": _("Its name, for people. This file is read without a passphrase.")},
    )
    jurisdiction: str = field(
        default="",
        metadata={
            "about": _("Country code that public ids start with, such as QV in QV-2024-0017."),
            "like": r"([A-Z]{2,3})?",
            "expected": "two or three capital letters",
        },
    )
    languages: tuple[str, ...] = field(
        default=("en",),
        metadata={
            "about": _("Languages of the published log, the first one leading."),
            "like": r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
            "expected": "a list of language codes such as en or az",
        },
    )
    created: str = field(default="", metadata={"about": _("Day it was made.")})


@dataclass(frozen=True, slots=True, kw_only=True)
class CasebookSection:
    """``[casebook]``: where the casebook is kept."""

    url: str = field(
        default="",
        metadata={
            "about": _(
                "Empty for casebook.db here, or a team's PostgreSQL server. The environment "
                "variable\n# UNDERSIGHT_CASEBOOK_URL overrides it, so that no password stands "
                "here."
            ),
            "like": r"(postgresql(\+psycopg)?://.+)?",
            "expected": "empty or start with postgresql+psycopg://",
            "is_secret": True,
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishingSection:
    """``[publishing]``: who may open an entry to readers."""

    needs_second_person: bool = field(
        default=False,
        metadata={
            "about": _("Whether whoever worked on an entry last may not be the one to open it.")
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSection:
    """``[staff]``: who works here, by random id."""

    id: str = field(
        metadata={
            "about": _("Random id that stands for you in every log; never a name."),
            "like": r"staff-[a-z2-7]{16}",
            "expected": "staff- and 16 letters or digits",
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultSection:
    """``[vault]``: what the vault takes in."""

    max_object_bytes: int = field(
        default=64 * 1024**3,
        metadata={"about": _("The most bytes that one file may have."), "least": 1},
    )
    max_files: int = field(
        default=1_000_000,
        metadata={"about": _("The most files that one `undersight seal` takes in."), "least": 1},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSection:
    """``[time]``: who says when a seal was there."""

    authorities: tuple[str, ...] = field(
        default=(
            "digicert http://timestamp.digicert.com roots/digicert.pem",
            "globalsign http://timestamp.globalsign.com/tsa/r6advanced1 roots/globalsign.pem",
        ),
        metadata={
            "about": _(
                "Time authorities (RFC 3161) for `undersight stamp`: name, address, and the"
                "\n# file with the root certificate to believe, from the workspace's folder."
            ),
            "like": r"[a-z][a-z0-9-]{0,39} https?://\S+ \S+",
            "expected": "a list of texts, each a name, an http address and a file",
        },
    )
    calendars: tuple[str, ...] = field(
        default=(
            "https://alice.btc.calendar.opentimestamps.org",
            "https://finney.calendar.eternitywall.com",
        ),
        metadata={
            "about": _("Calendars that `undersight stamp --opentimestamps` asks."),
            "like": r"https?://[A-Za-z0-9._:/-]+",
            "expected": "a list of http addresses without a question mark",
        },
    )
    timeout_s: int = field(
        default=30, metadata={"about": _("How long to wait for an answer, seconds."), "least": 1}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeSection:
    """``[serve]``: the workbench in the browser."""

    lock_after_min: int = field(
        default=15,
        metadata={
            "about": _(
                "After how many minutes without use the workbench in the browser lets the keys"
                "\n# go; 0 for never."
            ),
            "least": 0,
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockSection:
    """``[unlock]``: several commands after one passphrase."""

    lock_after_min: int = field(
        default=15,
        metadata={
            "about": _("After how many minutes without a command `undersight unlock` ends."),
            "least": 1,
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything undersight.toml says.

    Attributes:
        format: Format of the workspace, 1.
        workspace: Which workspace this is.
        staff: Who works here.
        casebook: Where the casebook is kept.
        publishing: Who may open an entry to readers.
        vault: What the vault takes in.
        time: Who says when a seal was there.
        serve: The workbench in the browser.
        unlock: Several commands after one passphrase.
    """

    format: int
    workspace: WorkspaceSection
    staff: StaffSection
    casebook: CasebookSection = CasebookSection()
    publishing: PublishingSection = PublishingSection()
    vault: VaultSection = VaultSection()
    time: TimeSection = TimeSection()
    serve: ServeSection = ServeSection()
    unlock: UnlockSection = UnlockSection()


SECTIONS: Mapping[str, type[Any]] = {
    "workspace": WorkspaceSection,
    "staff": StaffSection,
    "casebook": CasebookSection,
    "publishing": PublishingSection,
    "vault": VaultSection,
    "time": TimeSection,
    "serve": ServeSection,
    "unlock": UnlockSection,
}
