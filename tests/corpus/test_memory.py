"""Memory does not grow with the file; measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from pathlib import Path
from tests.corpus.conftest import comment, keys
from tests.peak_memory import peak_mib
from undersight.corpus import Corpus, LoadRequest

n_rows, folder = int(sys.argv[1]), Path(sys.argv[2])

def parts():
    for line in range(n_rows):
        # Rules tell the language: the model's own 100 MB are not what is measured.
        yield comment(line, f"u{line % 50000}", f"Bu mahnı {line} çox gözəldir, əla!")

request = LoadRequest(
    import_digest="ab" * 32, name="x", importer_id="invented", importer_version=1
)
made = Corpus(folder, keys(is_plain=False)).load(request, parts)
assert made.n_records == n_rows
print(peak_mib())
"""


def most_mib(n_rows: int, folder: Path) -> int:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(n_rows), str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    small, large = most_mib(30_000, tmp_path / "small"), most_mib(120_000, tmp_path / "large")
    assert large < 200
    assert large - small < 50
