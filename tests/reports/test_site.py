"""The site: complete, quiet, whole; nobody withheld is in it and nothing calls home."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.model.sample import WITHHELD_NAMES, sample_dossier
from undersight.reports.site import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "public"
    Site().write(sample_dossier(), out)
    return out


def test_nobody_withheld_is_named_anywhere(site: Path) -> None:
    for path in site.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert [name for name in WITHHELD_NAMES if name in text] == [], path
