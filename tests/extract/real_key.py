"""The hand-made key of a real monitor's log, in the terms of drafts: values, no spans."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

ACTS = {
    "questioned": "questioning",
    "detained": "detention",
    "sentenced": "sentence",
    "released": "release",
    "page_hacked": "hijack_page",
    "charged": "charge",
    "charge_aggravated": "charge_changed",
    "beaten": "assault",
    "content_lost": "content_wipe",
}
COUNTS = ("accounts", "pages", "groups", "instagram")

Facts = dict[str, set[str]]


def facts(place: Path) -> list[tuple[str, Facts]]:
    """Return, per entry, how its title starts and the values of each kind."""
    raw = json.loads(place.read_text(encoding="utf-8"))
    return [(entry["title_starts"], _facts(entry)) for entry in raw["entries"]]


def _facts(entry: dict[str, Any]) -> Facts:
    quantities = entry.get("quantities", {})
    found: Facts = {
        "victim": set(entry["subjects"]),
        "act": {ACTS.get(act, act) for act in entry.get("acts", ())},
        "date": set(entry.get("dates", ())),
        "outlet": set(entry.get("outlets", ())),
        "organisation": set(entry.get("organisations", ())),
        "agency": set(entry.get("agencies", ())),
        "official": set(entry.get("officials", ())),
        "person": set(entry.get("persons", ())),
        "platform": {name.lower() for name in entry.get("platforms", ())},
        "provision": set(entry.get("provisions", ())),
        "offence": set(entry.get("offences", ())),
        "sentence": {_sentence(text) for text in entry.get("sentences", ())},
        "quantity": {f"followers_lost {n} followers" for n in quantities.get("followers_lost", ())}
        | {f"content_lost {n} weeks" for n in _listed(quantities.get("content_lost_weeks"))},
        "takedown": {
            " ".join(str(network.get(name)) for name in COUNTS)
            for network in entry.get("networks", ())
        },
        "claim": {"denies"} if entry.get("denial") else set(),
    }
    for target in entry.get("brigading", ()):
        found["quantity"] |= {
            f"comments {target['comments']} comments",
            f"sampled_comments {target['sampled']} comments",
            f"inauthentic_comments {target['inauthentic']} comments",
        }
    return {kind: values for kind, values in found.items() if values}


def _listed(value: object) -> list[object]:
    return [] if value is None else [value]


def _sentence(text: str) -> str:
    match = re.fullmatch(r"(\d+) (\w+) (.+)", text)
    assert match, text
    return f"{match[3].replace(' ', '_')} {match[1]} {match[2]}"


def drafted_facts(entry: dict[str, Any]) -> Facts:
    """Return the same of a drafted entry."""
    found: Facts = {}
    for field in entry["fields"]:
        found.setdefault(field["kind"], set()).add(_plain(field["kind"], field["value"]))
        if field["role"] == "victim":
            found.setdefault("victim", set()).add(field["value"])
    return found


def _plain(kind: str, value: Any) -> str:
    if kind == "sentence":
        return f"{value['kind']} {value['amount']} {value['unit']}"
    if kind == "quantity":
        return f"{value['what']} {value['amount']} {value['unit']}"
    if kind == "takedown":
        return " ".join(str(value[name]) for name in COUNTS)
    if kind == "claim":
        return str(value["stance"])
    return str(value)


def recalls(key: list[tuple[str, Facts]], drafted: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Return, per kind, how many values of the key the draft has, and how many the key has."""
    totals: dict[str, tuple[int, int]] = {}
    for title, wanted in key:
        entry = next(
            (e for e in drafted["entries"] if e["headline"].lower().startswith(title.lower())),
            None,
        )
        has = drafted_facts(entry) if entry else {}
        for kind, values in wanted.items():
            n_found = sum(_is_there(value, has.get(kind, set()), kind) for value in values)
            found, marked = totals.get(kind, (0, 0))
            totals[kind] = (found + n_found, marked + len(values))
    return totals


def _is_there(value: str, values: set[str], kind: str) -> bool:
    if kind in {"organisation", "agency"}:
        return any(value.lower() in other.lower() for other in values)
    return value in values


def real_table(key: list[tuple[str, Facts]], drafted: dict[str, Any]) -> str:
    """Return a Markdown table of recall by value."""
    lines = ["| kind | found | of |", "|---|---|---|"]
    for kind, (n_found, n_marked) in recalls(key, drafted).items():
        lines.append(f"| {kind} | {n_found} | {n_marked} |")
    return "\n".join(lines)
