"""Two archives of an invented newsroom's page, as Facebook gives them, before and after a loss.

What happened between: 41 posts of 25 May to 14 July are gone, an administrator appeared, somebody
logged in from a device not seen before, the e-mail address is another. They hold a telephone
number and network addresses too, invented ones, so that it can be seen that none comes out again.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE_NAME = "Third Bank"
PHONE, ADDRESS = "+999 55 000 17 42", "203.0.113.7"
"""Stand in the archives and in nothing that is made of them; no number or network is so."""

_NEVER = (1980, 1, 1, 0, 0, 0)
_FIRST_POST, _LAST_POST = dt.date(2025, 1, 3), dt.date(2025, 12, 20)
_FIRST_GONE, _LAST_GONE = dt.date(2025, 5, 25), dt.date(2025, 7, 14)
_N_GONE = 41
_FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
_ANDROID = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


def archive_bytes(files: Mapping[str, Any]) -> bytes:
    """Return a ZIP file of JSON members, text as the platform mangles it.

    Args:
        files: Values by path; bytes are taken as they are.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            value = files[name]
            data = value if isinstance(value, bytes) else _mangled(value)
            archive.writestr(zipfile.ZipInfo(name, date_time=_NEVER), data)
    return out.getvalue()


def page_archive(made_on: dt.date, *, is_after: bool) -> bytes:
    """Return the newsroom's archive.

    Args:
        made_on: The day it was asked for; the new login lies nine days before.
        is_after: Whether it was asked for after the loss.
    """
    gone = _gone_days()
    days = [day for day in _post_days() if not (is_after and day in gone)]
    return archive_bytes(
        {
            "your_facebook_activity/posts/your_posts_1.json": [_post(day) for day in days],
            "your_facebook_activity/comments_and_reactions/comments.json": {
                "comments_v2": [_comment(day) for day in _post_days()[::17] if day not in gone]
            },
            "your_facebook_activity/pages/page_roles.json": {"page_roles_v2": _roles(
                made_on, is_after=is_after)},
            "security_and_login_information/account_activity.json": {
                "account_activity_v2": _logins(made_on, is_after=is_after)
            },
            "personal_information/profile_information/profile_information.json": _facts(
                is_after=is_after
            ),
            "connections/followers/people_who_followed_you.json": {
                "followers_v3": [{"timestamp": _seconds(_FIRST_POST)}] * (180 if is_after else 212)
            },
            "your_facebook_activity/messages/inbox/1/message_1.json": {
                "messages": [{"sender_name": "a reader", "content": PHONE}]
            },
        }
    )  # fmt: skip


def _gone_days() -> set[dt.date]:
    n_days = (_LAST_GONE - _FIRST_GONE).days
    return {_FIRST_GONE + dt.timedelta(days=i * n_days // (_N_GONE - 1)) for i in range(_N_GONE)}


def _post_days() -> list[dt.date]:
    every_third = range(0, (_LAST_POST - _FIRST_POST).days, 3)
    around = {_FIRST_POST + dt.timedelta(days=i) for i in every_third}
    quiet = {day for day in around if _FIRST_GONE <= day <= _LAST_GONE}
    return sorted((around - quiet) | _gone_days())


def _post(day: dt.date) -> dict[str, Any]:
    words = f"{day.isoformat()}: körpüdə işlər / what the customs house paid for"
    return {"timestamp": _seconds(day), "data": [{"post": words}], "title": f"{PAGE_NAME} posted."}


def _comment(day: dt.date) -> dict[str, Any]:
    about = {"timestamp": _seconds(day) + 600, "comment": "Sağ olun", "author": PAGE_NAME}
    return {"timestamp": about["timestamp"], "data": [{"comment": about}]}


def _roles(made_on: dt.date, *, is_after: bool) -> list[dict[str, Any]]:
    known = [
        {"name": "Lenar Ostavik", "role": "Admin", "timestamp": _seconds(_FIRST_POST)},
        {"name": "Mira Toval", "role": "Admin", "timestamp": _seconds(_FIRST_POST)},
    ]
    new = {
        "name": "Page Support 77",
        "role": "Admin",
        "timestamp": _seconds(made_on - dt.timedelta(days=8)),
    }
    return [*known, new] if is_after else known


def _logins(made_on: dt.date, *, is_after: bool) -> list[dict[str, Any]]:
    def login(day: dt.date, agent: str, city: str) -> dict[str, Any]:
        return {
            "action": "Login",
            "timestamp": _seconds(day),
            "ip_address": ADDRESS,
            "user_agent": agent,
            "city": city,
            "country": "Qaravel",
        }

    found = [login(_FIRST_POST + dt.timedelta(days=30 * i), _FIREFOX, "Sarnak") for i in range(6)]
    if is_after:
        found.append(login(made_on - dt.timedelta(days=9), _ANDROID, "Oltash"))
    return found


def _facts(*, is_after: bool) -> dict[str, Any]:
    email = "support77@mail.example" if is_after else "desk@third-bank.example"
    return {
        "profile_v2": {
            "name": {"full_name": PAGE_NAME},
            "emails": {"emails": [email], "previous_emails": []},
            "phone_numbers": [{"phone_number": PHONE}],
            "username": "thirdbank.example",
        }
    }


def _seconds(day: dt.date) -> int:
    return int(dt.datetime(day.year, day.month, day.day, 9, tzinfo=dt.UTC).timestamp())


def _mangled(value: Any) -> bytes:
    r"""Write JSON as the platform does: each byte of the UTF-8 as a letter ``\u00xx``."""
    text = json.dumps(value, ensure_ascii=False).encode("utf-8").decode("latin-1")
    return "".join(one if one.isascii() else f"\\u{ord(one):04x}" for one in text).encode("ascii")
