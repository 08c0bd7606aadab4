"""What does not fit memory goes to the disk encrypted: looked at while it lies there."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from undersight.engine.duckdb_engine import DuckDbEngine
from undersight.integrity.canary import find_canary

CANARY = "canarymila77"
MANY = f"""
SELECT r.i, '{CANARY}-' || r.i || '-' || md5(r.i::VARCHAR) AS said
FROM actions, range(900000) AS r(i)
"""


@pytest.mark.long
@pytest.mark.timeout(300)
def test_nothing_readable_lies_on_the_disk_while_the_engine_spills(tmp_path: Path) -> None:
    engine = DuckDbEngine(60_000_000, tmp_path)
    rows = pa.table({"n": [1]})
    engine.load(rows.to_reader())
    engine.define("many", MANY, is_stored=True)
    spilled = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in spilled) > 100_000
    assert find_canary(tmp_path, CANARY) == ()
    engine.close()
    assert list(tmp_path.iterdir()) == []
