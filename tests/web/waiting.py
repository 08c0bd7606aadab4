"""Waiting for a job as a browser without scripts does: by asking again."""

from __future__ import annotations

import time

from tests.web.conftest import Browser

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def finish(browser: Browser, path: str = "") -> str:
    """Wait until the job of the open page has ended, and return its page."""
    address = path or str(browser.page.url.path if browser.page else "")
    text = ""
    for _ in range(400):
        text = browser.get(address).text
        if "/stop" not in text:
            return text
        time.sleep(0.02)
    raise AssertionError(text[:2000])
