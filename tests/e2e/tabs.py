"""Tabs that note what their page asks for, says and pops up."""

from __future__ import annotations

from typing import Any


def watched(browser: Any, **options: Any) -> Any:
    """An empty tab; ``asked``, ``missing`` and ``complaints`` fill as pages open in it."""
    tab = browser.new_context(**options).new_page()
    tab.asked, tab.missing, tab.complaints = [], [], []
    tab.on("request", lambda request: tab.asked.append(request.url))
    tab.on("response", lambda one: tab.missing.append(one.url) if one.status == 404 else None)
    tab.on("console", lambda message: tab.complaints.append(message.text))
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    return tab


def unlocked(browser: Any, address: str, **options: Any) -> Any:
    """A tab in which a plain workspace was opened."""
    tab = watched(browser, **options)
    tab.goto(f"{address}/unlock")
    tab.get_by_role("button", name="Open").click()
    tab.wait_for_url(f"{address}/")
    return tab
