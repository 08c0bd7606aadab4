"""What follows from the records and is never stored: each result names what it was drawn from.

Everything here is a pure function of a ``Dossier``: it sees what the audience sees and no more.
Results are values with ids, dates and codes, never sentences;
``undersight.presentation.wording`` puts them into words.
"""

from __future__ import annotations
