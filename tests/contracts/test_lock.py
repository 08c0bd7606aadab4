"""The lock names no host, pins by hash and fits the project; and its check can fail."""

from __future__ import annotations

import pytest

from tests.contracts import source
from tools import lock

HASH = f"    --hash=sha256:{'0' * 64}\n"
PROJECT = """
[project]
dependencies = ["alpha~=1.2", "beta>=2"]
optional-dependencies.more = ["Gamma_Ray==3.0"]
"""
GOOD = (
    f"alpha==1.3 \\\n{HASH}"
    f"beta==2.0 ; python_version < '3.12' \\\n{HASH}"
    f"beta==2.1 ; python_version >= '3.12' \\\n{HASH}"
    f"gamma-ray==3.0 \\\n{HASH}"
)


def test_the_lock_is_right() -> None:
    found = lock.problems(
        (source.ROOT / "requirements.lock").read_text(encoding="utf-8"),
        (source.ROOT / "pyproject.toml").read_text(encoding="utf-8"),
    )
    assert found == []


def test_a_good_lock_has_no_problems() -> None:
    assert lock.problems(GOOD, PROJECT) == []


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("alpha==1.3", "alpha==2.0", "alpha is locked at 2.0, outside ~=1.2"),
        ("alpha==1.3", "alpha>=1.3", "alpha is not pinned to one version"),
        ("gamma-ray==3.0", "delta==3.0", "Gamma_Ray is required but not locked"),
        (f"beta==2.0 ; python_version < '3.12' \\\n{HASH}", "beta==2.0\n", "beta has no sha256"),
        (
            "alpha==1.3",
            "--index-url https://example.org/simple\nalpha==1.3",
            "line 1 names a host",
        ),
        ("alpha==1.3", "alpha @ file:///alpha.whl", "line 1 names a host or a path"),
        ("alpha==1.3", "-e ./alpha", "line 1 names a host or a path"),
    ],
)
def test_each_way_to_be_wrong_is_named(was: str, becomes: str, says: str) -> None:
    assert was in GOOD
    found = lock.problems(GOOD.replace(was, becomes), PROJECT)
    assert any(says in sentence for sentence in found), found
