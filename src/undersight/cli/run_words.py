"""What a detection run came to, in one sentence."""

from __future__ import annotations

from typing import Any


def found_in(done: dict[str, Any], how: str) -> str:
    """Return how many groups came of how many looks, and how many looks could tell nothing.

    Args:
        done: The run, as ``findings.run_words`` gives it, with its findings.
        how: Between the two, such as ``found in``.
    """
    looks, n_blind = counted(done["n_looks"], "look"), done["n_looks_without_data"]
    if n_blind == done["n_looks"]:
        return (
            f"Nothing could be told: of {looks} none had what it needs to say whether anybody "
            "acted together."
        )
    said = f"{counted(len(done['findings']), 'group')} {how} {looks}"
    return f"{said}; {n_blind} of them could tell nothing." if n_blind else f"{said}."


def counted(n: int, what: str) -> str:
    """Return so many of something, such as ``1 tie`` and ``2,500 ties``."""
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def window_words(seconds: float) -> str:
    """Return a window in words, such as ``1 hour``."""
    from undersight.workbench import findings

    return findings.window_words(seconds)
