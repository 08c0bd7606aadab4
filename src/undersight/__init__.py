"""Undersight: from what someone saved to what someone can defend."""

__version__ = "0.1.0"
