"""FollowTheMoney entities, for OpenAleph and its relatives."""

from __future__ import annotations

from undersight.exporters.ftm.entities import Ftm

__all__ = ["Ftm"]
