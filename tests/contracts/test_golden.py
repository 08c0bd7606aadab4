"""A golden file that no test reads any more is found."""

from __future__ import annotations

from tests.contracts import source


def test_every_golden_folder_is_read_by_a_test() -> None:
    place = source.ROOT / "tests" / "golden"
    folders = {
        path.parent.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()
    }
    tests = "\n".join(
        path.read_text(encoding="utf-8") for path in (source.ROOT / "tests").rglob("test_*.py")
    )
    assert [folder for folder in sorted(folders) if f'golden("{folder}"' not in tests] == []
