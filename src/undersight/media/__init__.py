"""Pictures, PDFs and messages: what they say of themselves, what is alike, what is taken out.

What a file says of itself is reported and never trusted: whoever made the file wrote it.
"""

from __future__ import annotations
