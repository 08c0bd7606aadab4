from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from undersight.errors import ObjectNotFoundError
from undersight.logs import WITHHELD, configure_logs

CANARY = "Əlişan Canaryzadə"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    root, ours = logging.getLogger(), logging.getLogger("undersight")
    before = (list(root.handlers), root.level, ours.level)
    configure_logs(level=logging.DEBUG, stream=stream)
    yield stream
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    ours.setLevel(before[2])


def test_an_event_and_its_numbers_are_shown(lines: io.StringIO) -> None:
    logging.getLogger("undersight.vault").info(
        "vault.put", extra={"n_bytes": 3, "verb": "import", "duration_s": 0.5}
    )
    line = lines.getvalue()
    assert line.endswith(
        "Z INFO undersight.vault vault.put duration_s=0.5 n_bytes=3 verb=import\n"
    )


@pytest.mark.parametrize(
    "extra",
    [
        {"title": CANARY},
        {"verb": CANARY},
        {"n_names": CANARY},
        {"path_s": "Leyla Qaravelli, journalist"},
        {"code": ["x"]},
        {"kind": "x" * 65},
        {"filename_bytes": b"secret"},
    ],
)
def test_what_is_not_on_the_list_is_left_out(lines: io.StringIO, extra: dict[str, object]) -> None:
    logging.getLogger("undersight.x").info("a.b", extra=extra)
    assert lines.getvalue().endswith("INFO undersight.x a.b\n")


@pytest.mark.parametrize(
    ("message", "args"),
    [
        (CANARY, ()),
        ("vault.put %s", (CANARY,)),
        ("%s", (CANARY,)),
        ("found a.b", ()),
        ("a.b\nc.d", ()),
        (f"{CANARY}.txt", ()),
    ],
)
def test_a_message_with_text_in_it_is_withheld(
    lines: io.StringIO, message: str, args: tuple[object, ...]
) -> None:
    logging.getLogger("some.library").warning(message, *args)
    assert lines.getvalue().endswith(f"WARNING some.library {WITHHELD}\n")
    assert len(lines.getvalue().splitlines()) == 1


def test_an_exception_leaves_its_class_and_code(lines: io.StringIO) -> None:
    for error in (ValueError(CANARY), ObjectNotFoundError(CANARY)):
        try:
            raise error
        except (ValueError, ObjectNotFoundError):
            logging.getLogger("undersight").exception("job.failed")
    text = lines.getvalue()
    assert CANARY not in text
    assert "Traceback" not in text
    assert "job.failed kind=ValueError\n" in text
    assert "job.failed code=object-not-found kind=ObjectNotFoundError\n" in text


def test_a_stack_is_left_out(lines: io.StringIO) -> None:
    logging.getLogger("undersight").error("job.failed", stack_info=True)
    assert lines.getvalue().count("\n") == 1


def test_setting_up_twice_writes_once(lines: io.StringIO) -> None:
    configure_logs(level=logging.WARNING, stream=lines)
    logging.getLogger("undersight").warning("a.b")
    logging.getLogger("undersight").info("a.c")
    assert lines.getvalue().count("\n") == 1
