"""One page that needs nothing else: style and script inside it, named to the browser by digest."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from typing import Any

from undersight.presentation.pages import environment

_POLICY = (
    "default-src 'none'; style-src '{style}'; script-src {script}; base-uri 'none'; "
    "form-action 'none'"
)


def render(template: str, lang: str, *, script_name: str = "", **values: Any) -> str:
    """Return a page of which the browser runs nothing but what was written here.

    Args:
        template: Name of the template; it extends ``one-page.html``.
        lang: Language of the interface.
        script_name: File of its script below ``static``; empty for none.
        values: What the template shows.
    """
    style = _static("one-page.css")
    script = _static(script_name) if script_name else ""
    policy = _POLICY.format(
        style=_digest(style), script=f"'{_digest(script)}'" if script else "'none'"
    )
    return (
        environment("undersight.reports", lang)
        .get_template(template)
        .render(lang=lang, policy=policy, style=style, script=script, **values)
    )


def _static(name: str) -> str:
    place = resources.files("undersight.reports").joinpath("static", name)
    return place.read_text(encoding="utf-8")


def _digest(content: str) -> str:
    """What a content policy calls a script or style of exactly these characters."""
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
