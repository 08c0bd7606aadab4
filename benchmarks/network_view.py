"""How a run of very many accounts is shown: server time, bytes, first paint, frames in Chromium.

python benchmarks/network_view.py                              10^4 accounts in groups
python benchmarks/network_view.py --accounts 100000            10^5
python benchmarks/network_view.py --accounts 100000 --one      most of them in one group
python benchmarks/network_view.py --keep DIR                   leave the workspace, to look at
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from benchmarks.invented_run import finding, write_run  # noqa: E402
from undersight.settings import Profile  # noqa: E402
from undersight.workbench.session import Workspace  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

TIES_PER_ACCOUNT = 8
HTTP_OK = 200
FRAMES = """
async (steps) => {
  const canvas = document.querySelector("canvas.network-canvas");
  const box = canvas.getBoundingClientRect();
  const at = (x, y) => (
    { bubbles: true, pointerId: 1, clientX: box.left + x, clientY: box.top + y }
  );
  const times = [];
  let before = await new Promise(requestAnimationFrame);
  canvas.focus();
  canvas.dispatchEvent(new PointerEvent("pointerdown", at(300, 200)));
  for (let step = 0; step < steps; step += 1) {
    if (step % 3 === 2) {
      const deltaY = step % 2 ? -60 : 60;
      canvas.dispatchEvent(new WheelEvent("wheel", { ...at(320, 240), deltaY, cancelable: true }));
    } else {
      const moved = at(300 + 40 * Math.sin(step / 7), 200 + 25 * Math.cos(step / 9));
      canvas.dispatchEvent(new PointerEvent("pointermove", moved));
    }
    const now = await new Promise(requestAnimationFrame);
    times.push(now - before);
    before = now;
  }
  window.dispatchEvent(new PointerEvent("pointerup", at(0, 0)));
  return times;
}
"""


def sizes_of(n_accounts: int, *, is_one: bool) -> list[int]:
    """Sizes of groups: many small, some large; or one that holds most."""
    if is_one:
        return [n_accounts - 95, *[5] * 19]
    chance = random.Random(1)  # noqa: S311 - invented sizes
    sizes: list[int] = []
    while sum(sizes) < n_accounts:
        sizes.append(min(5 + int(12 * chance.paretovariate(1.1)), max(n_accounts // 10, 5)))
    return sizes


def ties_of(groups: list[tuple[str, ...]]) -> Iterator[tuple[str, str, int]]:
    """Ties within groups, each account with a few neighbours and some further away."""
    chance = random.Random(2)  # noqa: S311 - invented ties
    for group in groups:
        n = len(group)
        seen = set()
        for place in range(n):
            for step in range(1, TIES_PER_ACCOUNT):
                far = chance.randrange(n) if chance.random() < 0.2 else (place + step) % n
                low, high = sorted((place, far))
                if low != high and (low, high) not in seen:
                    seen.add((low, high))
                    yield group[low], group[high], chance.randint(2, 40)


def build(root: Path, n_accounts: int, *, is_one: bool) -> tuple[str, str]:
    """Write a workspace with one run; return the run's id and its largest finding's."""
    profile = Profile(title="Qaravel log", jurisdiction="QV")
    ids = iter(f"facebook:{number:07d}" for number in range(n_accounts * 2))
    sizes = sizes_of(n_accounts, is_one=is_one)
    groups = [tuple(next(ids) for _ in range(size)) for size in sizes]
    found = [finding(number, group) for number, group in enumerate(groups)]
    ties = list(ties_of(groups))
    with Workspace.create(root, profile, passphrase=None) as workspace:
        workspace.casebook.all("incident")
        run_id = write_run(workspace, found, ties)
    largest = max(found, key=lambda one: len(one.accounts))
    print(
        f"{sum(sizes)} accounts, {len(sizes)} groups, the largest {max(sizes)}, {len(ties)} ties"
    )
    return run_id, largest.finding_id


def answers(tab: Any, address: str, paths: dict[str, str]) -> None:
    """Print server time and bytes of each address, the first answer and the next ones."""
    print(f"{'':<28}{'first ms':>9}{'then ms':>9}{'bytes':>11}")
    for name, path in paths.items():
        taken, n_bytes = [], 0
        for _ in range(4):
            started = time.perf_counter()
            answer = tab.request.get(f"{address}{path}")
            n_bytes = len(answer.body())
            taken.append(1000 * (time.perf_counter() - started))
            if answer.status != HTTP_OK:
                raise SystemExit(f"{path}: {answer.status}")
        print(f"{name:<28}{taken[0]:>9.0f}{statistics.median(taken[1:]):>9.0f}{n_bytes:>11}")


def frames(tab: Any, what: str) -> None:
    """Print the times of frames while the picture is dragged and zoomed."""
    times = sorted(tab.evaluate(FRAMES, 120))
    p95 = times[int(0.95 * len(times))]
    print(f"{what:<28}median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms, "
          f"longest {times[-1]:.1f} ms")  # fmt: skip


def look(address: str, run_id: str, largest: str, pictures: Path | None) -> None:
    """Measure the pages in Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        tab.goto(f"{address}/unlock")
        tab.get_by_role("button", name="Open").click()
        tab.wait_for_url(f"{address}/")
        answers(tab, address, {
            "the run's page": f"/run/{run_id}", "groups as discs": f"/run/{run_id}/map",
            "accounts of the largest": f"/run/{run_id}/map/0", "SVG": f"/run/{run_id}/network.svg",
            "the finding's page": f"/finding/{largest}", "report": f"/run/{run_id}/report",
        })  # fmt: skip
        started = time.perf_counter()
        tab.goto(f"{address}/run/{run_id}")
        tab.locator("canvas.network-canvas[data-drawn]").wait_for()
        paint = tab.evaluate(
            "performance.getEntriesByType('paint').find(o => o.name === 'first-paint').startTime"
        )
        drawn_ms = 1000 * (time.perf_counter() - started)
        print(f"first paint {paint:.0f} ms, network drawn {drawn_ms:.0f} ms")
        frames(tab, "frames, closed groups")
        started = time.perf_counter()
        tab.locator("canvas").focus()
        tab.keyboard.press("Enter")
        tab.locator("canvas[data-opened='1']").wait_for()
        print(f"largest group opened in {1000 * (time.perf_counter() - started):.0f} ms")
        frames(tab, "frames, largest open")
        if pictures:
            tab.screenshot(path=pictures / "network-one.png")
        tab.get_by_role("button", name="All groups").click()
        started = time.perf_counter()
        tab.get_by_role("button", name="Open all in sight").click()
        tab.locator("canvas[data-opening='0']").wait_for(timeout=600_000)
        print(f"all groups opened in {1000 * (time.perf_counter() - started):.0f} ms")
        frames(tab, "frames, all open")
        if pictures:
            tab.screenshot(path=pictures / "network-all.png")
        browser.close()


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--accounts", type=int, default=10_000)
    parser.add_argument("--one", action="store_true", help="most of them in one group")
    parser.add_argument("--keep", type=Path, help="where to leave the workspace")
    parser.add_argument("--pictures", type=Path, help="folder for pictures of the page")
    parser.add_argument("--build-only", action="store_true")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp()) / "log"
    started = time.perf_counter()
    run_id, largest = build(folder, given.accounts, is_one=given.one)
    print(f"written in {time.perf_counter() - started:.1f} s")
    if given.build_only:
        return
    command = [sys.executable, "-m", "undersight", "-w", str(folder), "serve", "--port", "0",
               "--no-browser"]  # fmt: skip
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as served:
        if served.stdout is None:
            raise SystemExit("no output")
        address = served.stdout.readline().rpartition(" at ")[2].strip().rstrip("/")
        try:
            look(address, run_id, largest, given.pictures)
        finally:
            served.terminate()
    if not given.keep:
        shutil.rmtree(folder.parent)


if __name__ == "__main__":
    main()
