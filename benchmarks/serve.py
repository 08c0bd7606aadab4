"""How long the server takes for each page of a large casebook: p50 and p95, one row per page.

python -m benchmarks.serve                                       10^4 incidents
python -m benchmarks.serve --incidents 100000 --workspace DIR    the size that is promised, kept

Pages are asked of the application in this process, so what is measured is its own work, template
included. Between two looks at a page an entry is recorded (``--still`` leaves that out): what is
remembered must be counted again, as on a day on which people work. The least processor time of all
looks says most on a machine on which others work too.
"""

from __future__ import annotations

import argparse
import logging
import random
import re
import statistics
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.large_casebook import workspace
from undersight.web.access import Access
from undersight.web.app import create_app
from undersight.web.serving import SWITCH_S, load_ahead
from undersight.workbench import incidents as entries
from undersight.workbench import quick_entry

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it asks for httpx2
    from starlette.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Callable

PORT = 8765
HERE = f"http://127.0.0.1:{PORT}"
HEADERS = {"sec-fetch-site": "same-origin", "origin": HERE}


def addresses(n_incidents: int) -> dict[str, Callable[[random.Random], str]]:
    """Return for each page what gives the address of one of its kind."""

    def one(chance: random.Random, letter: str) -> str:
        return f"{letter}{chance.randrange(min(n_incidents, 5000)):07d}"

    words = ("police", "court", "eliyev", "sarnak", "video night", "qul", "statement", "")
    return {
        "today": lambda _: "/",
        "casebook": lambda _: "/casebook",
        "casebook, a page further on": lambda c: f"/casebook?page={c.randint(2, 30)}",
        "search": lambda c: f"/casebook?q={c.choice(words)}",
        "search in a facet": lambda c: f"/casebook?q={c.choice(words)}&f=year%3D2024",
        "entry": lambda c: f"/incident/{one(c, 'i')}",
        "entry by public id": lambda c: f"/incident/{one(c, 'i')}",
        "entry as of a day": lambda c: f"/incident/{one(c, 'i')}?as_of=2099-01-01",
        "record as a form": lambda c: f"/record/{one(c, 'c')}00",
        "quick entry": lambda _: "/entry",
        "people": lambda _: "/people",
        "people, by name": lambda c: f"/people?q={c.choice(('eliyev', 'qul', 'aysel'))}",
        "person": lambda c: f"/people/{one(c, 'p')}",
        "office with many entries": lambda c: f"/people/o{c.randrange(50):04d}",
        "names that may be one": lambda _: "/people/same",
        "statistics": lambda _: "/statistics",
        "publish": lambda _: "/publish",
        "publish one entry": lambda c: f"/publish/{one(c, 'i')}",
        "evidence": lambda _: "/evidence",
        "deposits": lambda _: "/deposits",
        "posts": lambda _: "/posts",
        "detection": lambda _: "/detection",
        "settings": lambda _: "/settings",
        "help": lambda _: "/help",
        "drafts": lambda _: "/drafts",
        "jobs": lambda _: "/jobs",
        "search for programs": lambda c: f"/api/v1/search?text={c.choice(words)}",
        "entries for programs": lambda _: "/api/v1/entries",
    }


class Reader:
    """A browser before the workbench.

    Args:
        access: Its door.
    """

    def __init__(self, access: Access) -> None:
        self.access = access
        sys.setswitchinterval(SWITCH_S)
        app = create_app(self.access, port=PORT)
        self.client = TestClient(app, base_url=HERE)
        self.client.get("/unlock")
        token = re.search(r'name="csrf" (?:value|content)="([0-9a-f]{64})"', self.look("/unlock"))
        self.client.post(
            "/unlock", data={"csrf": token[1] if token else ""}, headers=HEADERS
        ).raise_for_status()

    def look(self, address: str) -> str:
        """Open a page and return it."""
        return self.client.get(address).text

    def timed(self, address: str) -> tuple[float, float, int]:
        """Return how long a page took on the wall and of the processor, and its status."""
        begun, cpu = time.perf_counter(), time.process_time()
        status = self.client.get(address).status_code
        return time.perf_counter() - begun, time.process_time() - cpu, status

    def record(self, number: int) -> None:
        """Record an entry, as somebody else would meanwhile."""
        with self.access.desk.writing("benchmark") as opened:
            given = quick_entry.Answers(
                who=[f"Newcomer Number {number}li"],
                what="detention",
                when="2026-11-20",
                sources=["Sarnak Hour"],
                line=f"Something happened {number}",
                lang="en",
            )
            document = quick_entry.document(given, today=opened.today)
            entries.add(opened, document, why="benchmark")


def measure(
    folder: Path,
    pages: dict[str, Callable[[random.Random], str]],
    n_looks: int,
    *,
    is_still: bool,
) -> None:
    """Print one row per page."""
    load_ahead()  # as `serve` does before anybody has typed a passphrase
    reader = Reader(Access(folder, idle_s=0))
    begun = time.perf_counter()
    for thread in threading.enumerate():
        if thread.name == "warming":
            thread.join()  # pages asked for meanwhile share one processor with it
    print(f"counted after unlocking: {time.perf_counter() - begun:.1f} s")
    chance = random.Random(5)  # noqa: S311
    number = int(time.time())
    print(
        f"{'page':30} {'first':>8} {'p50':>8} {'p95':>8}  processor: {'first':>8} {'p95':>8} "
        f"{'least':>8}   ms"
    )
    writing: list[float] = []
    for page, address in pages.items():
        first = reader.timed(address(chance))
        looks: list[tuple[float, float, int]] = []
        for _ in range(n_looks):
            if not is_still:
                begun = time.perf_counter()
                number += 1
                reader.record(number)
                writing.append(time.perf_counter() - begun)
            looks.append(reader.timed(address(chance)))
        status = {one[2] for one in looks} - {200}
        print(_row(page, first, looks), f" status {sorted(status)}" if status else "", flush=True)
    if writing:
        print(_row("(an entry recorded)", (writing[0], 0, 200), [(w, 0, 200) for w in writing]))
    reader.access.lock()


def _row(page: str, first: Any, looks: list[tuple[float, float, int]]) -> str:
    wall = [one[0] * 1000 for one in looks]
    cpu = [one[1] * 1000 for one in looks]
    return (
        f"{page:30} {first[0] * 1000:8.0f} {statistics.median(wall):8.0f} {_p95(wall):8.0f} "
        f"            {first[1] * 1000:8.0f} {_p95(cpu):8.0f} {min(cpu):8.0f}"
    )


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) * 95 // 100, len(values) - 1)]


def main() -> None:
    """Load where there is nothing, then look at every page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--incidents", type=int, default=10_000)
    parser.add_argument("--workspace", type=Path, help="keep it here, or use what is here")
    parser.add_argument("--looks", type=int, default=20)
    parser.add_argument("--without", default="", help="leave out pages whose name holds this")
    parser.add_argument("--only", default="", help="only pages whose name holds this")
    parser.add_argument("--still", action="store_true", help="record nothing in between")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        made = workspace(given.workspace or Path(folder) / "log", given.incidents)
        pages = {
            page: address
            for page, address in addresses(given.incidents).items()
            if given.only in page and not (given.without and given.without in page)
        }
        measure(made, pages, given.looks, is_still=given.still)


if __name__ == "__main__":
    main()
