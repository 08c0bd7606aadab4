"""What stix2-validator says of every object of a large bundle, in minutes instead of hours.

python -m benchmarks.stix_verdict BUNDLE.json

The validator reads and follows its schemas anew for each object. Here they are read once, and the
bundle is judged some hundreds of objects at a time, on every processor, telling how far it is;
that every reference leads to an object of the bundle, and every id stands once, is asked of the
whole. A thousand objects take four to eight seconds of one processor.
"""

from __future__ import annotations

import collections
import functools
import json
import multiprocessing
import pathlib
import re
import sys
import time
from typing import TYPE_CHECKING, Any

from referencing import Registry, Resource
from stix2validator import ValidationOptions, validate_string, validator

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 400
_OF_THE_STANDARD = "marking-definition--"  # TLP marks are named and not carried
_ADVICE = re.compile(r"\{(\d+)\}")


def read_schemas_once() -> None:
    """Let the validator use schemas that are read and followed beforehand."""
    folder = pathlib.Path(validator.__file__).parent / "schemas-2.1" / "schemas"
    known = [
        (path.as_uri(), Resource.from_contents(validator.patch_schema(_json(path), str(path))))
        for path in folder.rglob("*.json")
    ]
    registry = Registry().with_resources(known).crawl()

    def load(path: str, schema: dict[str, Any], _folder: str) -> Any:
        checker = validator.Draft202012Validator.FORMAT_CHECKER
        patched = validator.patch_schema(schema, path)
        return validator.STIXValidator(patched, registry=registry, format_checker=checker)

    validator.load_validator = load
    validator.find_schema = functools.cache(validator.find_schema)


def _json(path: pathlib.Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def references(value: Any) -> Iterator[str]:
    """Yield every id that something points at."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name.endswith("_ref"):
                yield inner
            elif name.endswith("_refs"):
                yield from inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def judged(part: str) -> tuple[list[str], collections.Counter[str]]:
    """Return what is wrong in a part of a bundle, and how often which advice was given."""
    told = validate_string(part, ValidationOptions(version="2.1"))
    advice = (code for one in told.warnings or () for code in _ADVICE.findall(str(one)))
    return [str(one) for one in told.errors or ()], collections.Counter(advice)


def parts(bundle: dict[str, Any]) -> Iterator[str]:
    """Yield the bundle some hundreds of objects at a time."""
    objects = bundle["objects"]
    for start in range(0, len(objects), AT_ONCE):
        yield json.dumps({**bundle, "objects": objects[start : start + AT_ONCE]})


def wrong_as_a_whole(objects: list[dict[str, Any]]) -> list[str]:
    """Return which ids stand twice, and which references lead nowhere."""
    ids = collections.Counter(made["id"] for made in objects)
    loose = {to for to in references(objects) if to not in ids}
    loose = {to for to in loose if not to.startswith(_OF_THE_STANDARD)}
    wrong = [f"{one}: stands {n} times" for one, n in ids.items() if n > 1]
    return wrong + [f"{to}: pointed at and not there" for to in sorted(loose)]


def main(path: pathlib.Path) -> int:
    """Print the verdict; 1 where something is wrong."""
    bundle, began = _json(path), time.monotonic()
    n_objects = len(bundle["objects"])
    wrong = wrong_as_a_whole(bundle["objects"])
    advice: collections.Counter[str] = collections.Counter()
    n_done = 0
    with multiprocessing.Pool(initializer=read_schemas_once) as pool:
        for found, given in pool.imap(judged, parts(bundle)):
            wrong += found
            advice += given
            n_done = min(n_done + AT_ONCE, n_objects)
            told = f"{n_done} of {n_objects} objects, {len(wrong)} wrong"
            print(told, f"{time.monotonic() - began:.0f} s", sep=", ", file=sys.stderr, flush=True)
    print(*wrong[:50], sep="\n")
    seconds = time.monotonic() - began
    print(f"{n_objects} objects, {len(wrong)} wrong, advice {dict(advice)}, {seconds:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
