"""Web archives (WACZ, WARC) as they come from strangers: read without trust, never unpacked.

Everything here takes a seekable stream, never a path, reads it piece by piece within `Limits` and
writes nothing. What is wrong is listed under a name of `undersight.archives.problems`.
"""

from __future__ import annotations
