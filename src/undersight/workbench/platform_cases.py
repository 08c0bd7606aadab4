"""Dealings with platforms: opened, added to, listed with what is due next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import UnknownRecordError
from undersight.model.codec import to_json
from undersight.model.records import Account, Incident, PlatformCase
from undersight.model.vocabulary import label, vocabulary
from undersight.workbench import incidents, quick_entry

if TYPE_CHECKING:
    from undersight.workbench.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A dealing with a platform, as it begins; days are EDTF.

    Args:
        platform: A term of ``platform``.
        about: A term of ``case_kind``.
        account: Name of the page or account.
        incident: The entry it belongs to; empty for a new one.
        notice_on: When the platform told of it.
        rule: The rule that it named.
        due: By when something must be done.
        basis: Where that day comes from.
    """

    platform: str
    about: str
    account: str = ""
    incident: str = ""
    notice_on: str = ""
    rule: str = ""
    due: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new in a dealing with a platform.

    Args:
        on_day: When, as EDTF or in words.
        message: What was written.
        is_from_platform: Whether the platform wrote it.
        outcome: A term of ``case_outcome``, where it ended.
    """

    on_day: str = ""
    message: str = ""
    is_from_platform: bool = False
    outcome: str = ""


def add(workspace: Workspace, opened: Opened) -> dict[str, Any]:
    """Record a dealing with a platform, in an entry of its own or a recorded one.

    Raises:
        InputError: A term or day that does not exist.
    """
    vocabulary("platform").term(opened.platform)
    kind = vocabulary("case_kind").term(opened.about)
    incident = opened.incident
    incident_id = incidents.find_incident(workspace, incident).record_id if incident else ""
    case: dict[str, Any] = {
        "key": "case",
        "platform": opened.platform,
        "case_kind": opened.about,
    }
    if opened.notice_on or opened.rule:
        notice = {"received_on": _day(workspace, opened.notice_on), "rule_named": opened.rule}
        case["notice"] = {name: value for name, value in notice.items() if value}
    if opened.due:
        case["deadlines"] = [{"due": _day(workspace, opened.due), "basis": opened.basis}]
    words = kind.in_language(workspace.lang)
    title = ": ".join(filter(None, (opened.account, words)))
    document = {"title": title, "lang": workspace.lang, "platform_cases": [case]}
    entered = incidents.add(workspace, document, why="platform case", incident_id=incident_id)
    case_id = entered.keys["case"]
    if opened.account:
        account = _account(workspace, opened)
        workspace.casebook.update(case_id, {"account": account}, "platform case")
    return {"incident_id": entered.incident_id, "case_id": case_id}


def _day(workspace: Workspace, text: str) -> dict[str, Any] | None:
    return quick_entry.typed_date(workspace, text) if text else None


def _account(workspace: Workspace, opened: Opened) -> str:
    """Return the one recorded account of this name and platform, else a new one."""
    named = workspace.casebook.all("account", platform=opened.platform, title=opened.account)
    if len(named) == 1:
        return named[0].record_id
    fields = {"title": opened.account, "platform": opened.platform}
    return workspace.casebook.create("account", why="platform case", **fields).record_id


def update(workspace: Workspace, named: str, news: News) -> tuple[str, ...]:
    """Add a message or the end to a dealing, and return the fields that changed.

    Raises:
        UnknownRecordError: No such dealing.
        InputError: A term or day that does not exist.
    """
    record = workspace.casebook.get(workspace.casebook.find(named))
    if not isinstance(record, PlatformCase):
        raise UnknownRecordError(named)
    fields: dict[str, Any] = {}
    if news.message:
        step = {"text": news.message, "is_from_platform": news.is_from_platform}
        dated = {**step, "at": _day(workspace, news.on_day)} if news.on_day else step
        fields["steps"] = [*to_json(record).get("steps", ()), dated]
    if news.outcome:
        fields["outcome"] = news.outcome
        fields["outcome_on"] = _day(workspace, news.on_day)
    if fields:
        workspace.casebook.update(record.record_id, fields, "platform case")
    return tuple(fields)


def listing(workspace: Workspace, *, is_open_only: bool = False) -> list[dict[str, Any]]:
    """Return dealings with platforms, what is due next first."""
    found = []
    for case in workspace.casebook.all("platform_case"):
        if not isinstance(case, PlatformCase) or (is_open_only and case.outcome != "open"):
            continue
        linked = workspace.casebook.get_many([one for one in (case.incident, case.account) if one])
        incident, account = linked.get(case.incident), linked.get(case.account)
        due = sorted(one.due.edtf for one in case.deadlines if one.due and not one.is_done)
        public_id = incident.public_id if isinstance(incident, Incident) else ""
        found.append(
            {
                "case_id": case.record_id,
                "incident_id": case.incident,
                "entry": public_id or case.incident[-12:],
                "platform": label("platform", case.platform),
                "about": label("case_kind", case.case_kind),
                "account": account.title if isinstance(account, Account) else "",
                "due": due[0] if due and case.outcome == "open" else "",
                "outcome": label("case_outcome", case.outcome),
            }
        )
    return sorted(found, key=lambda one: (one["due"] or "9999", one["case_id"]))
