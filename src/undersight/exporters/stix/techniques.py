"""Techniques of public frameworks as attack patterns, each under its own framework's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.exporters.stix.objects import our_extension

if TYPE_CHECKING:
    from undersight.exporters.stix.objects import Objects

_NAMES: Final = {
    "disarm": "DISARM",
    "killchain": "Online Operations Kill Chain",
    "attack": "mitre-attack",
}
_DISARM_TERMS: Final = "DISARM technique ids and names: CC BY-SA 4.0, DISARM Foundation."


def technique(
    objects: Objects, framework: str, technique_id: str, version: str, label: str = ""
) -> str:
    """Add a technique and return its id.

    Args:
        objects: The bundle.
        framework: A term of ``framework``.
        technique_id: The id, as that version writes it.
        version: Version of the framework.
        label: Its name, where known.
    """
    marks = [_terms(objects)] if framework == "disarm" else []
    name = _NAMES.get(framework, framework)
    pattern = objects.put(
        "attack-pattern",
        f"{framework}|{version}|{technique_id}",
        name=label or f"{name} {technique_id}",
        external_references=[{"source_name": name, "external_id": technique_id}],
        extensions=our_extension(framework=framework, framework_version=version),
    )
    objects.by_id[pattern]["object_marking_refs"] += marks
    return pattern


def _terms(objects: Objects) -> str:
    """Add the licence under which DISARM gives its ids and names."""
    marking = objects.put(
        "marking-definition",
        "disarm",
        name="DISARM",
        definition_type="statement",
        definition={"statement": _DISARM_TERMS},
    )
    made = objects.by_id[marking]
    for name in ("modified", "object_marking_refs"):  # a marking has no versions and no marks
        made.pop(name, None)
    return marking
