"""The manifest of a WACZ (``datapackage.json``): what it lists, in both forms that are in use.

Source: WACZ 1.1.1 §5.2; before 1.1, digest and length stood under ``stats`` and ``hashing``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.archives.digests import StatedDigest

if TYPE_CHECKING:
    from undersight.archives.problems import Findings

MANIFEST, DIGEST_FILE = "datapackage.json", "datapackage-digest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A file that the manifest lists.

    Args:
        path: Its name inside.
        digest: Its digest as stated, the method before a colon.
        n_bytes: Its length; None where not stated.
    """

    path: str
    digest: str
    n_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the manifest says.

    Args:
        resources: By path.
        title: The collection's.
        created: As written.
        software: As written.
        version: Of the WACZ form.
    """

    resources: dict[str, Resource]
    title: str = ""
    created: str = ""
    software: str = ""
    version: str = ""


def read_json(raw: bytes) -> dict[str, Any] | None:
    """Read an object in which no name stands twice; None for anything else."""
    try:
        found = json.loads(raw, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def read_manifest(raw: bytes, findings: Findings) -> Manifest | None:
    """Read the manifest; None, and a problem, where it is none."""
    found = read_json(raw)
    listed = found.get("resources") if found is not None else None
    if found is None or not isinstance(listed, list):
        findings.add("manifest-unreadable", "it lists no resources", MANIFEST)
        return None
    resources: dict[str, Resource] = {}
    for number, entry in enumerate(listed, 1):
        path = entry.get("path") if isinstance(entry, dict) else None
        if not isinstance(path, str) or not path:
            findings.add("manifest-unreadable", "a resource has no path", f"{MANIFEST}:{number}")
        elif path in resources:
            findings.add("member-listed-twice", "the manifest lists it twice", path)
        else:
            resources[path] = _resource(path, entry)
    about = _object(found.get("metadata"))
    return Manifest(
        resources=resources,
        title=str(found.get("title") or about.get("title") or ""),
        created=str(found.get("created") or ""),
        software=str(found.get("software") or ""),
        version=str(found.get("wacz_version") or ""),
    )


def _resource(path: str, entry: dict[str, Any]) -> Resource:
    stats = _object(entry.get("stats"))
    digest = str(entry.get("hash") or stats.get("hash") or "")
    if digest and ":" not in digest:
        digest = f"{entry.get('hashing') or ''}:{digest}"
    n_bytes = entry.get("bytes", stats.get("bytes"))
    is_number = isinstance(n_bytes, int) and not isinstance(n_bytes, bool)
    return Resource(path=path, digest=digest, n_bytes=n_bytes if is_number else None)


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def stated_digest(resource: Resource) -> StatedDigest | None:
    """The digest to compare; None where there is none that can be computed here."""
    stated = StatedDigest(resource.digest)
    is_sound = resource.digest and stated.is_known and stated.method not in {"md5", "sha1"}
    return stated if is_sound else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(len(pairs))
    return found
