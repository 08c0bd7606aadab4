"""Long work: progress, stopping, continuing, and what a lock or a restart leaves of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.web.conftest import HERE, PASSPHRASE, Browser
from undersight.errors import JobStillOpenError, UnknownJobError
from undersight.vault.staff import new_staff_id
from undersight.web import jobs
from undersight.web.access import Access
from undersight.web.jobs import JobTable, Task
from undersight.workbench import job_store
from undersight.workbench.desk import OWNER, Who


class Slow:
    """Work that waits to be let on, step by step."""

    def __init__(self) -> None:
        self.steps = threading.Semaphore(0)
        self.begun = threading.Event()

    def run(self, task: Task) -> dict[str, Any]:
        task.expect(3)
        self.begun.set()
        for n in range(3):
            assert self.steps.acquire(timeout=10)
            task.tell(n + 1, f"step {n + 1}")
        return {"name": task.arguments["name"]}


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def table(browser: Browser, slow: Slow) -> Iterator[JobTable]:
    made = JobTable(browser.access, {"slow": slow.run})
    browser.access.work = made
    yield made
    made.close()
    slow.steps.release(10)


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(500):
        if is_so():
            return
        time.sleep(0.01)
    raise AssertionError


def kept(access: Access) -> list[str]:
    with access.desk.reading() as workspace:
        return [one["state"] for one in job_store.read(workspace)]


def test_a_job_tells_how_far_it_is_and_what_came_of_it(table: JobTable, slow: Slow) -> None:
    job = table.add("slow", {"name": "x"}, OWNER)
    assert table.is_busy
    slow.steps.release()
    until(lambda: job.n_done == 1)
    assert (job.state, job.percent, job.told) == ("running", 33, "step 1")
    assert job.failure == {}, "the API shows a job while it runs"
    slow.steps.release(2)
    until(lambda: job.state == "done")
    assert job.result == {"name": "x"}
    assert not table.is_busy


def test_the_same_work_is_not_asked_for_twice_while_it_waits(table: JobTable) -> None:
    assert table.add("slow", {"name": "x"}, OWNER) is table.add("slow", {"name": "x"}, OWNER)
    assert table.add("slow", {"name": "y"}, OWNER).state == "waiting"


def test_a_stopped_job_can_be_continued(table: JobTable, slow: Slow) -> None:
    job, behind = table.add("slow", {"name": "x"}, OWNER), table.add("slow", {"name": "y"}, OWNER)
    assert slow.begun.wait(10)
    with pytest.raises(JobStillOpenError, match="is running"):
        table.forget(job.job_id)
    table.stop(behind.job_id)
    assert behind.state == "stopped"
    table.stop(job.job_id)
    slow.steps.release()
    until(lambda: job.state == "stopped")
    assert job.result == {}
    table.resume(job.job_id, OWNER)
    slow.steps.release(3)
    until(lambda: job.state == "done")
    table.forget(job.job_id)
    with pytest.raises(UnknownJobError):
        table.find(job.job_id)


def never_tells(task: Task) -> dict[str, Any]:
    """Counts for ever, and stores nothing meanwhile."""
    task.expect(1)
    with task.stop.anywhere():
        n = 0
        while True:
            n += 1


def tells_late(task: Task) -> dict[str, Any]:
    """Counts, then stores for a while."""
    with task.stop.anywhere():
        task.tell(1, "storing")
    for _ in range(20):
        time.sleep(0.01)
    return {"is_stored": True}


def test_work_that_says_nothing_stops_within_two_seconds(browser: Browser) -> None:
    table = JobTable(browser.access, {"mute": never_tells})
    job = table.add("mute", {}, OWNER)
    until(lambda: job.n_all == 1)
    begun = time.monotonic()
    table.stop(job.job_id)
    until(lambda: job.state == "stopped")
    assert time.monotonic() - begun < 2
    assert not table.is_busy


def test_what_is_being_stored_is_stored_whole(browser: Browser) -> None:
    table = JobTable(browser.access, {"late": tells_late})
    job = table.add("late", {}, OWNER)
    until(lambda: job.told == "storing")
    table.stop(job.job_id)
    until(lambda: not job.is_open)
    assert (job.state, job.result) in (("done", {"is_stored": True}), ("stopped", {}))


def in_whose_name(task: Task) -> dict[str, Any]:
    with task.reading() as read, task.writing("serve test") as written:
        return {"read": read.staff_id, "written": written.staff_id}


def test_work_is_done_in_the_name_of_whoever_asked(browser: Browser) -> None:
    table = JobTable(browser.access, {"name": in_whose_name})
    colleague, other = new_staff_id(), new_staff_id()
    job = table.add("name", {}, Who(staff_id=colleague))
    until(lambda: not job.is_open)
    assert (job.state, job.result) == ("done", {"read": colleague, "written": colleague})
    job.state = "interrupted"
    table.resume(job.job_id, Who(staff_id=other))
    until(lambda: not job.is_open)
    assert job.result["written"] == other


def test_a_restart_finds_what_was_under_way_interrupted(
    browser: Browser, table: JobTable, slow: Slow
) -> None:
    table.add("slow", {"name": "x"}, OWNER)
    assert slow.begun.wait(10)
    assert set(kept(browser.access)) <= {"waiting", "running"}
    (again,) = JobTable(browser.access, {"slow": slow.run}).listing()
    assert again.state == "interrupted"
    assert again.arguments == {"name": "x"}
    assert JobTable(browser.access, {}).listing() == [], "a kind that is no more"


def test_no_clock_takes_the_keys_away_under_a_job_and_sessions_end_all_the_same(
    plain_root: Any, slow: Slow
) -> None:
    now = [0.0]
    access = Access(plain_root, idle_s=60, clock=lambda: now[0])
    session = access.unlock("")
    assert session is not None
    table = JobTable(access, {"slow": slow.run})
    access.work = table
    job = table.add("slow", {"name": "x"}, OWNER)
    assert slow.begun.wait(10)
    now[0] = 61
    access.expire()
    assert access.session(session.token) is None
    assert not access.is_locked
    slow.steps.release(3)
    until(lambda: job.state == "done")
    access.expire()
    assert access.is_locked


def test_locking_stops_the_work_and_forgets_it_in_memory(
    browser: Browser, table: JobTable, slow: Slow
) -> None:
    table.add("slow", {"name": "x"}, OWNER)
    assert slow.begun.wait(10)
    browser.access.lock()
    slow.steps.release()
    until(lambda: not table.is_busy)
    browser.get("/unlock")
    browser.send("/unlock")
    assert [one.state for one in table.listing()] == ["interrupted"]


def test_an_encrypted_workspace_keeps_its_jobs_encrypted(locked_root: Any, slow: Slow) -> None:
    access = Access(locked_root)
    access.unlock(PASSPHRASE)
    table = JobTable(access, {"slow": slow.run})
    job = table.add("slow", {"name": "Sarnak Press comments"}, OWNER)
    slow.steps.release(3)
    until(lambda: table.find(job.job_id).state == "done")  # kept too: it asks for the lock
    content = (locked_root / job_store.JOBS_NAME).read_bytes()
    assert b"Sarnak" not in content
    assert [one.arguments for one in JobTable(access, {"slow": slow.run}).listing()] == [
        {"name": "Sarnak Press comments"}
    ]
    access.lock()
    (locked_root / job_store.JOBS_NAME).write_bytes(b"not ours")
    access.unlock(PASSPHRASE)
    assert JobTable(access, {"slow": slow.run}).listing() == []
    access.lock()


@pytest.mark.long
def test_the_list_does_not_grow_for_ever(table: JobTable, slow: Slow) -> None:
    for number in range(53):
        slow.steps.release(3)
        job = table.add("slow", {"name": str(number)}, OWNER)
        until(lambda job=job: job.state == "done")  # type: ignore[misc]
    assert len(table.listing()) <= 51


def test_verifying_is_a_job_with_pages_of_its_own(browser: Browser) -> None:
    browser.get("/evidence")
    browser.send("/evidence/verify", is_deep="on")
    from tests.web.waiting import finish

    text = finish(browser)
    assert "Everything is as it was written." in text
    address = browser.page.url.path if browser.page else ""
    fragment = browser.get(f"{address}/progress", headers={"hx-request": "true"})
    assert "<html" not in fragment.text
    assert "Verifying" in browser.get("/jobs").text
    browser.get(address)
    browser.send(f"{address}/forget")
    assert "Nothing was asked for." in browser.text


def test_a_job_is_stopped_by_our_own_forms_only(browser: Browser) -> None:
    answer = browser.client.post("/jobs/x/stop", headers={"origin": HERE})
    assert answer.status_code == 403
    assert jobs.CONTINUABLE
