"""What a language says of roles, and which acts are done to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# what is mostly done to an outlet or group, not to a person
AT_BODIES = frozenset(
    ["site_blocking", "site_hack", "ddos", "outlet_closure", "registration_refused", "demotion"]
)
# who runs a platform acts on accounts, and is hardly acted upon
PLATFORMS = frozenset(
    ("meta", "facebook", "instagram", "whatsapp", "google", "youtube", "twitter", "tiktok", "vk")
)
COMPLAINED = ("civil_suit", "criminal_complaint", "appeal")  # what a complainant does
# who does a thing by their part, and so suffers it from nobody
DOES = {"appeal": ("lawyer",), "call_for_prosecution": ("official",)}
# what courts and offices do, on anybody's complaint
OF_COURTS = frozenset(
    [*COMPLAINED, "acquittal", "appeal_decision", "call_for_prosecution", "charge",
     "charge_changed", "charge_dropped", "content_removal", "fine", "investigation",
     "legislation", "sentence", "site_blocking", "trial"]
)  # fmt: skip
# done to relatives for somebody else's sake alone; who is jailed or dismissed has lost by it too
PRESSING = frozenset(
    ["pressure_on_relatives", "summons", "questioning", "threat", "official_warning",
     "forced_deletion"]
)  # fmt: skip
# what outlets do, by name or where it appeared; whom they expose is a person
BY_OUTLETS = frozenset(["smear_campaign", "private_material_leak", "doxxing"])
BEARERS = ("person", "official", "outlet", "organisation")
# what is done to a lawyer as such, and not to whom the lawyer defends
BARRED = re.compile(
    r"disbar|expel|exclu|licen[cs]|\bbar\b|адвокатур|статус|лиценз|kollegiya|vəkillik|\bbaro|ruhsat"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWords:
    """A language's tables for roles.

    Args:
        before: Patterns ending in ``$``, by role, of what stands right before a name.
        after: Patterns, by role, of what stands right behind a name.
        not_office: Pattern of words in a title that make its bearer no official.
        speaks_before: Ending in ``$``: the name behind is a source ("according to").
        speaks_after: The name before speaks ("said", "told").
        source_before: Ending in ``$``: the outlet behind only reports ("told", "reported by").
        joined: Matches what stands between two names acted upon together.
        barrier: What ends the reach of a trigger towards a name behind it.
        acts_on_bodies: Acts whose victim may be an outlet or organisation.
        pronoun_before: Ending in ``$``: the subject right before the trigger is a pronoun.
        source_after: The outlet before only reports ("-a deyib", "'e konuştu").
        thing_after: Right behind the trigger: a pronoun that means an outlet or group ("it").
        doer_before: Ending in ``$``: the name behind did it ("by").
    """

    before: Mapping[str, str]
    after: Mapping[str, str]
    not_office: str
    speaks_before: str
    speaks_after: str
    source_before: str
    joined: str
    barrier: str
    acts_on_bodies: frozenset[str]
    pronoun_before: str
    doer_before: str
    thing_after: str = "(?!)"
    source_after: str = "(?!)"
