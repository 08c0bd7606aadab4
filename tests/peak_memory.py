"""The most memory that a process of a test has taken."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def peak_mib() -> int:
    """Return the peak of this process, MiB.

    Linux hands a child the ``ru_maxrss`` of whoever started it, however small the child is; the
    high-water mark of its own memory begins anew with its program.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8"))
        assert found is not None
        return int(found[1]) // 1024
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 1024**2
