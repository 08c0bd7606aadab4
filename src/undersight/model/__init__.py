"""What the program speaks of: frozen values, standard library only."""

from __future__ import annotations
