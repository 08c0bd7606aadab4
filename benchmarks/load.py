"""Five people at once: what they record, add and correct is all there, and how long each waits.

python -m benchmarks.load                                   on SQLite, 10^4 incidents
python -m benchmarks.load --incidents 100000 --workspace DIR
python -m benchmarks.load --casebook-url postgresql://...   on an empty database of a server

Each person is a browser of its own: records an entry, adds to an entry that all follow, and
changes a field of it that all change (whoever comes second is shown both values and tries again).
At the end every accepted change is looked for in the history.
"""

from __future__ import annotations

import argparse
import logging
import re
import statistics
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

from benchmarks.large_casebook import workspace
from benchmarks.serve import HEADERS, Reader
from undersight.model.records import Update
from undersight.settings import Profile
from undersight.web.access import Access
from undersight.workbench.session import Workspace

N_PEOPLE = 5
_DONE, _CONFLICT = 303, 409
_TOKEN = re.compile(r'name="csrf" (?:value|content)="([0-9a-f]{64})"')
_WAS = re.compile(r'name="was\.remark"[^>]*value="([^"]*)"')


class Person(Reader):
    """One person at a browser.

    Args:
        access: The door, shared.
        number: Which person.
    """

    def __init__(self, access: Access, number: int) -> None:
        super().__init__(access)
        self.number = number
        self.took_s: dict[str, list[float]] = defaultdict(list)
        self.notes: set[str] = set()
        self.remarks: set[str] = set()
        self.n_titles = self.n_conflicts = self.n_refused = 0

    def send(self, task: str, form_at: str, address: str, /, **fields: str) -> int:
        """Open a form and send it; return the status of the answer."""
        found = _TOKEN.search(self.look(form_at))
        begun = time.perf_counter()
        answer = self.client.post(
            address,
            data={"csrf": found[1] if found else "", **fields},
            headers=HEADERS,
            follow_redirects=False,
        )
        self.took_s[task].append(time.perf_counter() - begun)
        if answer.status_code not in (_DONE, _CONFLICT):
            raise AssertionError((task, answer.status_code, answer.text[:2000]))
        return answer.status_code

    def work(self, shared: str, n_s: float) -> None:
        """Work for some seconds."""
        until, n = time.monotonic() + n_s, 0
        while time.monotonic() < until:
            n += 1
            word = f"{self.number}-{n}-{time.time_ns()}"
            status = self.send(
                "record an entry", "/entry", "/entry", who=f"Person {word}", what="questioning",
                when="2026-11-02", sources="Sarnak Press", line=f"Line {word}",
            )  # fmt: skip
            self.n_titles += self._is_taken(status)
            there = f"/incident/{shared}"
            status = self.send("add an update", there, f"{there}/update", note=f"Note {word}")
            if self._is_taken(status):
                self.notes.add(f"Note {word}")
            self._correct(shared, f"Remark {word}")

    def _is_taken(self, status: int) -> bool:
        """Whether a form was carried out; else somebody else kept writing, and it said so."""
        self.n_refused += status != _DONE
        return status == _DONE

    def _correct(self, shared: str, remark: str) -> None:
        """Change a field that all change, against the value that was there."""
        address = f"/record/{shared}"
        was = _WAS.search(self.look(address))
        status = self.send(
            "change a field", address, address,
            **{"field.remark": remark, "was.remark": unescape(was[1]) if was else ""},
        )  # fmt: skip
        if status == _DONE:
            self.remarks.add(remark)
        else:
            self.n_conflicts += 1


def measure(folder: Path, n_s: float) -> None:
    """Let five people work, then look for what they did."""
    access = Access(folder, idle_s=0)
    people = [Person(access, number) for number in range(N_PEOPLE)]
    people[0].send("first", "/entry", "/entry", what="arrest", when="2026-11-01", line="Shared")
    with access.desk.reading() as opened:
        before = opened.casebook.history_head().length
        shared = max(i.record_id for i in opened.casebook.all("incident") if "-" in i.record_id)
        n_before = len(opened.casebook.change_ids())
    with ThreadPoolExecutor(N_PEOPLE) as pool:
        list(pool.map(lambda one: one.work(shared, n_s), people))
    with access.desk.reading() as opened:
        _check(opened, shared, people)
        n_changes = opened.casebook.history_head().length - before
    print(f"{N_PEOPLE} people, {n_s:.0f} s, {n_changes} changes after {n_before}; none lost")
    n_conflicts = sum(one.n_conflicts for one in people)
    print(f"{sum(one.n_refused for one in people)} times somebody was told to try again")
    print(f"{n_conflicts} times somebody came second and was shown both values")
    for what in ("record an entry", "add an update", "change a field"):
        took = sorted(s * 1000 for one in people for s in one.took_s[what])
        p95 = took[min(len(took) * 95 // 100, len(took) - 1)]
        print(
            f"{what:18} n={len(took):<5} p50 {statistics.median(took):6.0f} ms   p95 {p95:6.0f} ms"
        )
    access.lock()


def _check(opened: Workspace, shared: str, people: list[Person]) -> None:
    """Look for every note, remark and entry that was accepted."""
    found = opened.casebook.referring(shared, kind="update", field="incident")
    updates = [one for one in found if isinstance(one, Update)]
    told = {text for one in updates for text in one.note.values()}
    wanted = set().union(*(one.notes for one in people))
    if wanted != told:
        raise AssertionError(("updates lost", len(wanted), len(told)))
    numbers = sorted(one.number or 0 for one in updates)
    if numbers != list(range(1, len(wanted) + 1)):
        raise AssertionError(("numbers given twice", numbers))
    history = opened.casebook.history(shared)
    remarks = {c.after for entry in history for c in entry.fields if c.field == "remark"}
    if not set().union(*(one.remarks for one in people)) <= remarks:
        raise AssertionError("a field's change was lost")
    n_entries = sum(1 for i in opened.casebook.all("party") if "Person " in str(i.names))
    if n_entries < sum(one.n_titles for one in people):
        raise AssertionError("an entry was lost")


def main() -> None:
    """Make what is needed, then let five people work."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--incidents", type=int, default=10_000)
    parser.add_argument("--workspace", type=Path, help="keep it here, or use what is here")
    parser.add_argument("--casebook-url", default="", help="an empty PostgreSQL database")
    parser.add_argument("--seconds", type=float, default=20)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        place = given.workspace or Path(folder) / "log"
        if given.casebook_url:
            profile = Profile(title="Log", jurisdiction="QV", casebook_url=given.casebook_url)
            Workspace.create(place, profile, passphrase=None).close()
        else:
            workspace(place, given.incidents)
        measure(place, given.seconds)


if __name__ == "__main__":
    main()
