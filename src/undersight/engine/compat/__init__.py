"""Other tools' networks: their columns, parameters, defaults and oddities, to the edge.

``TOOLS`` is the registry. Where a tool errs, it errs here too; what is wrong, and what our own
operator does instead, stands in docs/explanation/why-our-default-differs.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.engine.compat.cnt import Cnt, CntPypi
from undersight.engine.compat.coornet import Coornet
from undersight.engine.compat.coortweet import Coortweet

if TYPE_CHECKING:
    from undersight.engine.compat.tool import Tool

TOOLS: tuple[type[Tool], ...] = (Coortweet, Cnt, CntPypi, Coornet)
"""Every tool that can be imitated."""
