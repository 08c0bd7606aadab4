"""The API for programs: loaded on its first request, since pages do not need it."""

from __future__ import annotations

from undersight.web.api.application import create_api

__all__ = ["create_api"]
