"""Structured threat information, STIX 2.1."""

from __future__ import annotations

from undersight.exporters.stix.bundle import Stix

__all__ = ["Stix"]
