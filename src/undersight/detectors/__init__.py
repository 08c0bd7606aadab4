"""What finds groups: one file each, listed here; handed a corpus to read, never a store.

A detector's fields are its parameters; its steps give actions (who, on what, in which post, when,
under whom), and what the actions show is the same work for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.detectors.co_comment import CoComment
from undersight.detectors.co_repost import CoRepost
from undersight.detectors.co_share import CoShare
from undersight.detectors.co_text import CoText

if TYPE_CHECKING:
    from undersight.detectors.detector import CoActionDetector

DETECTORS: tuple[type[CoActionDetector], ...] = (CoShare, CoText, CoComment, CoRepost)
