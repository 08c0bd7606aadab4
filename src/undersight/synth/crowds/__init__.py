"""Invented crowds of Qaravel: people by habit, crowds by reason, operations by order.

``Scene`` is a town with what happens in it; ``files.write_scene`` writes it as a table that
``posts-table`` reads, and the truth about it into another file. Seeded: same seed, same bytes.
Nobody in it exists. Rows come in chunks, so that ten million need no more memory than a chunk.

Blind spots: people here have habits but no friends, so nobody copies a neighbour; every gathering
is of one shape; time zones and outages do not occur. What is found here says that the methods do
what they say, and nothing about how often they are right in the field.
"""

from __future__ import annotations

from undersight.synth.crowds.gatherings import GATHERINGS
from undersight.synth.crowds.operations import CopyPaste, FacadePages, LinkFarm, Reposters
from undersight.synth.crowds.scene import Scene
from undersight.synth.crowds.town import Size, Town

__all__ = [
    "GATHERINGS",
    "CopyPaste",
    "FacadePages",
    "LinkFarm",
    "Reposters",
    "Scene",
    "Size",
    "Town",
]
