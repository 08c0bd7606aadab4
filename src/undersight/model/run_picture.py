"""A detection run as a report shows it: masked, counted, with the network to draw.

Made by whoever holds the corpus; reports see nothing else, so that no id or name of a person can
get into one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureNode:
    """One account of a finding.

    Args:
        label: Its masked label.
        kind: page, group, channel or profile.
        group: Place of the finding among those shown.
    """

    label: str
    kind: str
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureTie:
    """A significant edge between two accounts that are drawn.

    Args:
        a: Place of one among the nodes.
        b: Place of the other.
        n_objects: Objects that they share, in the look where they share most.
    """

    a: int
    b: int
    n_objects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFile:
    """One import behind the run; ``n_records + n_duplicates + n_rejected == n_read``.

    Args:
        digest: First 12 digits of the sealed original's SHA-256.
        importer: Its format.
        n_read: Records of the file.
        n_records: Records stored.
        n_duplicates: Records that stand in the file twice.
        n_rejected: Records that could not be read.
    """

    digest: str
    importer: str
    n_read: int
    n_records: int
    n_duplicates: int
    n_rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPicture:
    """A run, masked.

    Args:
        shown: The run and its findings as JSON, masked; the most accounts first. Findings that
            have no card of their own are an id only.
        version: Of the program that made the run.
        detectors: Detector, version, parameters and blind spots of each.
        looks: What was looked at, with counts of rows left out.
        files: The imports behind; empty where the corpus has changed since.
        has_same_corpus: The corpus is still the one looked at.
        n_runs: Runs that this corpus has had until today.
        days: Posts of each finding by day (``2031-05-02``), of those with a card, in order.
        nodes: Accounts to draw.
        ties: Ties to draw.
        sizes: Accounts of every finding where not all are drawn; empty where they are.
        links: Places of two findings and how many accounts they share, likewise.
        n_nodes_left_out: Accounts of findings that are not drawn.
        n_ties_left_out: Ties that are not drawn.
    """

    shown: Mapping[str, Any]
    version: str
    detectors: tuple[Mapping[str, Any], ...]
    looks: tuple[Mapping[str, Any], ...]
    files: tuple[PictureFile, ...]
    has_same_corpus: bool
    n_runs: int
    days: tuple[Mapping[str, int], ...]
    nodes: tuple[PictureNode, ...] = ()
    ties: tuple[PictureTie, ...] = ()
    sizes: tuple[int, ...] = ()
    links: tuple[tuple[int, int, int], ...] = ()
    n_nodes_left_out: int = 0
    n_ties_left_out: int = 0
    beside: tuple[str, ...] = field(default=())
    """Names of the files written beside the report."""
