"""Ways out for machines: one file or folder each, listed here.

An exporter reads a dossier, from which the disclosure policy has already taken what its audience
may not see, and says in its report what its format could not carry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.exporters.atom import Atom
from undersight.exporters.csv import Csv
from undersight.exporters.ftm import Ftm
from undersight.exporters.jsonl import Jsonl
from undersight.exporters.stix import Stix

if TYPE_CHECKING:
    from undersight.exporters.delivery import Exporter

EXPORTERS: tuple[type[Exporter], ...] = (Csv, Jsonl, Ftm, Stix, Atom)
