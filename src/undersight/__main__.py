"""``python -m undersight``: the same program, where its folder is not on the path."""

from __future__ import annotations

from undersight.cli.main import main

main()
