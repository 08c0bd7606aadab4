"""Recovery dossier of a taken page, from its deposits: written, and sealed as it goes out."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undersight.errors import MissingExtraError
from undersight.i18n import LANGUAGES
from undersight.integrity import durable
from undersight.integrity.canonical import Digest
from undersight.presentation.papers import to_page, to_template
from undersight.presentation.phrases import day
from undersight.presentation.recovery_paper import RecoveryFacts, ShownDeposit, recovery_paper
from undersight.vault.intake_files import Taken, media_type
from undersight.vault.seals import Seals
from undersight.vault.stamps import Stamps
from undersight.workbench.deposit_records import deposits_of
from undersight.workbench.deposit_states import Difference, country_of, differences
from undersight.workbench.sealing import iso, seal_taken, signing_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undersight.model.deposit import DepositedPost
    from undersight.workbench.deposit_records import Deposit
    from undersight.workbench.session import Workspace

RECOVERY_FORMAT = "undersight-recovery/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """A dossier that was written.

    Args:
        files: Where.
        seal_id: The seal over them.
        sentences: Each difference.
        losses: What it lacks.
    """

    files: tuple[Path, ...]
    seal_id: str
    sentences: tuple[str, ...]
    losses: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "files": [str(path) for path in self.files],
            "seal": self.seal_id,
            "sentences": list(self.sentences),
            "losses": list(self.losses),
        }


def write_recovery(
    workspace: Workspace,
    name: str,
    folder: Path,
    *,
    owner: str = "",
    passphrase: Callable[[], str] | None = None,
) -> Recovery:
    """Write the dossier of a page as pages, PDFs and data, and seal what was written.

    Args:
        workspace: Open for writing.
        name: Of the deposits.
        folder: Where to write.
        owner: Party id whose custody is laid over it; by default the one the deposits name.
        passphrase: Gives the signing key's own, where it has one.

    Raises:
        UnknownDepositError: There is none of the name.
        BackendError: The disk refused.
    """
    deposits = deposits_of(workspace, name)
    key = signing_key(workspace, "", passphrase)
    found = differences(workspace, name, owner=owner)
    parts, losses = _papers(workspace, deposits, found)
    parts["recovery.json"] = _data(deposits, found)
    first = workspace.vault.intake_head().length
    taken = []
    with durable.disk_errors(folder):
        durable.make_folder(folder)
    for file_name, data in sorted(parts.items()):
        durable.write_atomic(folder / file_name, data)
        taken.append(_sealed(workspace, file_name, data))
    seal = seal_taken(workspace, tuple(taken), first, key, purpose="recovery")
    return Recovery(
        files=tuple(folder / file_name for file_name in sorted(parts)),
        seal_id="" if seal is None else seal.seal_id,
        sentences=tuple(one.sentence() for one in found),
        losses=tuple(losses),
    )


def _sealed(workspace: Workspace, name: str, data: bytes) -> Taken:
    digest = workspace.vault.put(
        io.BytesIO(data),
        reason="recovery dossier as it went out",
        actor=workspace.staff_id,
        source_ref=name,
        facts={"type": media_type(data[:8192]), "tool": "undersight deposit"},
    )
    return Taken(path=Path(name), object=digest, type=media_type(data[:8192]))


def _papers(
    workspace: Workspace, deposits: tuple[Deposit, ...], found: tuple[Difference, ...]
) -> tuple[dict[str, bytes], list[str]]:
    from undersight.reports.pdf import typeset

    parts: dict[str, bytes] = {}
    losses: list[str] = []
    shown = _shown(workspace, deposits)
    for lang in LANGUAGES:
        paper = recovery_paper(_facts(workspace, deposits, found, shown, lang), lang)
        parts[f"recovery.{lang}.html"] = to_page(paper)
        try:
            parts[f"recovery.{lang}.pdf"] = typeset(to_template(paper))
        except MissingExtraError as error:
            losses.append(f"recovery.{lang}.pdf: {error.sentence}")
    return parts, losses


def _facts(
    workspace: Workspace,
    deposits: tuple[Deposit, ...],
    found: tuple[Difference, ...],
    shown: tuple[ShownDeposit, ...],
    lang: str,
) -> RecoveryFacts:
    at = dt.datetime.fromtimestamp(workspace.now_us / 1_000_000, dt.UTC)
    broken = next((one for one in found if one.changes.has_changes), None)
    return RecoveryFacts(
        name=deposits[0].name,
        publisher=next(iter(workspace.masthead().title.values()), ""),
        made_at=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        day=at.date(),
        deposits=shown,
        n_keys=len({one.statement_key for one in deposits if one.statement_key}),
        break_between=None if broken is None else _between(broken),
        breaks=tuple((one.sentence(lang), *one.lines(lang)) for one in found),
        lost=tuple(line for one in found for line in _lost(one.changes.vanished, lang)),
        logins=tuple(line for one in found for line in _logins(one)),
    )


def _between(found: Difference) -> tuple[str, str]:
    return iso(found.changes.first_us), iso(found.changes.last_us)


def _lost(posts: tuple[DepositedPost, ...], lang: str) -> Iterator[str]:
    """Say where each lost post stands in the sealed archive; its words are in there."""
    for post in posts:
        when = day(dt.datetime.fromtimestamp(post.at_us / 1_000_000, dt.UTC).date(), lang)
        yield f"{when}: {post.locator}"


def _logins(found: Difference) -> Iterator[str]:
    for login in found.changes.new_logins:
        told = (iso(login.at_us), login.device, country_of(login.place))
        yield ", ".join(filter(None, told))


def _shown(workspace: Workspace, deposits: tuple[Deposit, ...]) -> tuple[ShownDeposit, ...]:
    """Return the deposits with their seals and what time authorities said of them."""
    seals = Seals(workspace.vault)
    stamps = Stamps(workspace.vault, seals)
    pins = stamps.pins()
    told: dict[str, list[str]] = {}
    for seal_id in seals.seal_ids():
        seal = seals.read(seal_id)
        at = [iso(stamps.check(seal, stamp, pins).at_us) for stamp in stamps.of(seal)]
        words = f"{seal_id} ({', '.join(at)})" if at else seal_id
        for leaf in seals.leaves(seal):
            told.setdefault(leaf.object, []).append(words)
    return tuple(
        ShownDeposit(
            number=one.number,
            at=iso(one.at_us),
            seals=tuple(told.get(Digest(one.record), ())),
            key=one.statement_key,
            is_challenge_shown=bool(one.shown_in),
            n_files=len(one.files),
            n_halves=len(one.halves),
        )
        for one in deposits
    )


def _data(deposits: tuple[Deposit, ...], found: tuple[Difference, ...]) -> bytes:
    data = {
        "format": RECOVERY_FORMAT,
        "name": deposits[0].name,
        "deposits": [
            {
                "number": one.number,
                "at": iso(one.at_us),
                "record": one.record,
                "statement_key": one.statement_key,
                "is_challenge_shown": bool(one.shown_in),
                "files": [file.object for file in one.files],
                "halves": list(one.halves),
            }
            for one in deposits
        ],
        "differences": [
            {
                **one.to_json(),
                "vanished_posts": [
                    {"at": iso(post.at_us), "kind": post.kind, "where": post.locator}
                    for post in one.changes.vanished
                ],
            }
            for one in found
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
