"""Where things stand on a published site, and which addresses elsewhere may be printed."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from undersight.text.search_terms import words_of
from undersight.text.url import url_host

if TYPE_CHECKING:
    from undersight.model.records import Incident, Party

_FOLDER_OF: Final = {
    "outlet": "outlet",
    "public_body": "agency",
    "platform": "platform",
    "organisation": "organisation",
}
# With the folder and a digest, file systems with 255 bytes for a name take it.
_LONGEST_NAME_BYTES: Final = 100
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
# An address at one of these is mostly somebody's profile; which page it is says the account.
_PEOPLE_LIVE_AT: Final = (
    "bsky.app",
    "facebook.com",
    "fb.com",
    "fb.watch",
    "instagram.com",
    "linkedin.com",
    "ok.ru",
    "t.me",
    "telegram.me",
    "threads.com",
    "threads.net",
    "tiktok.com",
    "twitter.com",
    "vk.com",
    "whatsapp.com",
    "wa.me",
    "x.com",
)


def party_href(party: Party) -> str:
    """Return the page of a party, relative to the language's folder."""
    return f"{_FOLDER_OF.get(party.party_kind, 'person')}/{party.record_id}.html"


def entry_href(incident: Incident) -> str:
    """Return the page of an entry, relative to the language's folder.

    A public id that would not do as the name of a file is passed over for the record's own.
    """
    is_name = _FILE_NAME.fullmatch(incident.public_id) is not None
    return f"entry/{incident.public_id if is_name else incident.record_id}.html"


def place_href(name: str) -> str:
    """Return the page of a place: its words, folded; spellings of one name share it.

    A place described at length is told by its first words and a digest of all.
    """
    words = "-".join(words_of(name)) or "x"
    if len(words.encode("utf-8")) > _LONGEST_NAME_BYTES:
        digest = hashlib.sha256(words.encode("utf-8")).hexdigest()[:12]
        words = f"{words.encode('utf-8')[:_LONGEST_NAME_BYTES].decode('utf-8', 'ignore')}-{digest}"
    return f"place/{words}.html"


def shown_url(url: str) -> str:
    """Return an address that may be printed as a link; empty for a personal or unsafe one.

    Args:
        url: As recorded.
    """
    if not url.startswith(("https://", "http://")):
        return ""
    host = url_host(url)
    is_personal = any(host == one or host.endswith(f".{one}") for one in _PEOPLE_LIVE_AT)
    return "" if is_personal or not host else url
