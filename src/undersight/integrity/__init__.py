"""Canonical bytes, hash chains, Merkle trees, record keys and the writer lock."""
