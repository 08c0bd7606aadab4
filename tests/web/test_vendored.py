"""What others wrote is listed with version, licence and digest, and nothing else lies there."""

from __future__ import annotations

import hashlib
import tomllib

from undersight.web.app import STATIC

VENDOR = STATIC / "vendor"
LISTED = tomllib.loads((VENDOR / "VENDORED.toml").read_text(encoding="utf-8"))["file"]


def test_every_file_is_listed_and_is_what_was_listed() -> None:
    here = {path.name for path in VENDOR.iterdir()} - {"VENDORED.toml"}
    assert here == {one["path"] for one in LISTED}
    for one in LISTED:
        digest = hashlib.sha256((VENDOR / one["path"]).read_bytes()).hexdigest()
        assert digest == one["sha256"], one["path"]
        assert one["version"]
        assert one["licence"] in {"0BSD", "MIT", "BSD-3-Clause", "Apache-2.0"}


def test_our_own_scripts_evaluate_nothing_and_ask_nobody() -> None:
    for path in STATIC.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for word in (
            "eval(",
            "new Function",
            "innerHTML",
            "http://",
            "https://",
            "document.write",
        ):
            assert word not in text.replace("http://www.w3.org/2000/svg", ""), (path.name, word)
