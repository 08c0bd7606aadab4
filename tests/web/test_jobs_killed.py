"""The program is killed under a job: nothing is half loaded, and the job goes on afterwards."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

pytestmark = [pytest.mark.long, pytest.mark.enable_socket, pytest.mark.timeout(300)]
N_ROWS = 60_000


class Served:
    """A workbench in a process of its own, and somebody who came in by the API."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "undersight", "-w", str(folder), "serve", "--port", "0",
                   "--no-browser"]  # fmt: skip
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().rpartition(" at ")[2].strip().rstrip("/")
        self.client = requests.Session()
        shown = self.ask("post", "session", json={"passphrase": ""})
        self.client.headers["x-csrf-token"] = shown["form_token"]

    def ask(self, method: str, path: str, **given: Any) -> Any:
        """What the API answers."""
        address = f"{self.address}/api/v1/{path}"
        told = self.client.request(method, address, timeout=60, **given)
        assert told.ok, told.text
        return told.json() if told.content else None

    def wait(self, job_id: str, is_so: Callable[[Any], bool]) -> Any:
        """Ask again until a job stands so."""
        for _ in range(4000):
            job = self.ask("get", f"jobs/{job_id}")
            if is_so(job):
                return job
            time.sleep(0.02)
        raise AssertionError(job)

    def end(self) -> None:
        """Kill it: it gets no moment to tidy up."""
        self.process.kill()
        self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.client.close()


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """A workbench that is killed in the end."""
    found = Served(folder)
    try:
        yield found
    finally:
        found.end()


def rows() -> str:
    lines = ["post_id,account_id,time,text,target_id"] + [
        f"c{n},user{n % 997},2031-05-{1 + n % 28:02d}T{n % 24:02d}:{n % 60:02d}:{n % 59:02d}Z,"
        f"what {n % 4001} said of the river,p{n % 7}"
        for n in range(N_ROWS)
    ]
    return "\n".join(lines)


def loading(at: Served) -> str:
    """A job that loads a file, under way."""
    digest = at.ask("post", "files?name=comments.csv", data=rows())["digest"]
    asked = {"digest": digest, "format": "posts-table", "columns": {"platform": "facebook"}}
    job_id: str = at.ask("post", "imports", json=asked)["job_id"]
    at.wait(job_id, lambda job: job["state"] == "running" and job["n_done"] > 0)
    return job_id


def test_a_killed_import_goes_on_after_a_restart(tmp_path: Path, empty_root: Path) -> None:
    folder = Path(shutil.copytree(empty_root, tmp_path / "log"))
    with served(folder) as first:
        job_id = loading(first)
    with served(folder) as second:
        (job,) = second.ask("get", "jobs")
        assert (job["job_id"], job["state"]) == (job_id, "interrupted")
        assert second.ask("get", "corpus")["imports"] == []
        second.ask("post", f"jobs/{job_id}/continue")
        done = second.wait(job_id, lambda job: job["state"] not in ("waiting", "running"))
        assert (done["state"], done["result"]["records"]) == ("done", N_ROWS), done
    with served(folder) as third:
        assert third.ask("get", f"jobs/{job_id}")["result"]["records"] == N_ROWS
        (line,) = third.ask("get", "corpus")["imports"]
        assert line["read"] == line["records"] == N_ROWS


def test_importing_and_looking_stop_within_two_seconds(tmp_path: Path, empty_root: Path) -> None:
    folder = Path(shutil.copytree(empty_root, tmp_path / "log"))
    with served(folder) as at:
        job_id = loading(at)
        assert stopped_in_s(at, job_id) < 2
        assert at.ask("get", "corpus")["imports"] == []
        at.ask("post", f"jobs/{job_id}/continue")
        at.wait(job_id, lambda job: job["state"] == "done")
        run = at.ask("post", "runs", json={"detectors": ["co-comment"], "windows_s": [3600]})
        at.wait(run["job_id"], lambda job: job["told"])
        assert stopped_in_s(at, run["job_id"]) < 2
        assert at.ask("get", "runs") == []


def stopped_in_s(at: Served, job_id: str) -> float:
    begun = time.monotonic()
    at.ask("post", f"jobs/{job_id}/stop")
    at.wait(job_id, lambda job: job["state"] == "stopped")
    return time.monotonic() - begun
