"""Check, offline, that requirements.lock can be trusted and still fits pyproject.toml.

A lock names no host (packages come from whatever index the machine is set to), pins every
package to one version with at least one SHA-256, and satisfies every requirement of the
project and of all its extras.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def requirements(pyproject: str) -> Iterator[Requirement]:
    """Every requirement of the project, its extras included."""
    project = tomllib.loads(pyproject)["project"]
    extras = project.get("optional-dependencies", {})
    for group in (project.get("dependencies", []), *extras.values()):
        yield from map(Requirement, group)


def pins(lock: str) -> Iterator[tuple[Requirement, int]]:
    """Every pin of a lock with the number of its hashes."""
    joined = lock.replace("\\\n", " ")
    for line in joined.splitlines():
        text = line.split(" #")[0].strip()
        if text and not text.startswith("#"):
            yield Requirement(text.split("--hash")[0].strip()), len(HASH.findall(text))


def problems(lock: str, pyproject: str) -> list[str]:
    """What is wrong with a lock, one sentence each; nothing where it is right."""
    found = [
        f"line {number} names a host or a path: {line.strip()}"
        for number, line in enumerate(lock.splitlines(), 1)
        if "://" in line or re.match(r"\s*(-[a-zA-Z]\b|--(?!hash=))", line) or " @ " in line
    ]
    if found:
        return found
    versions: dict[str, set[str]] = {}
    for pin, n_hashes in pins(lock):
        exact = [clause.version for clause in pin.specifier if clause.operator == "=="]
        if len(exact) != 1 or len(pin.specifier) != 1 or exact[0].endswith("*"):
            found.append(f"{pin.name} is not pinned to one version")
        if not n_hashes:
            found.append(f"{pin.name} has no sha256 hash")
        versions.setdefault(canonicalize_name(pin.name), set()).update(exact)
    for wanted in requirements(pyproject):
        locked = versions.get(canonicalize_name(wanted.name), set())
        if not locked:
            found.append(f"{wanted.name} is required but not locked")
        found += [
            f"{wanted.name} is locked at {version}, outside {wanted.specifier}"
            for version in sorted(locked)
            if not wanted.specifier.contains(version, prereleases=True)
        ]
    return found


def main() -> int:
    """Print every problem; 1 where there is any."""
    found = problems(
        (ROOT / "requirements.lock").read_text(encoding="utf-8"),
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"),
    )
    for sentence in found:
        print(f"requirements.lock: {sentence}; run `make lock`", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
