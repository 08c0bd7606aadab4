"""What a form sent."""

from __future__ import annotations

import io

from starlette.datastructures import UploadFile

from undersight.web.posted import Posted


def test_files_that_were_sent_are_let_go() -> None:
    files = [io.BytesIO(b"page"), io.BytesIO(b"photo"), io.BytesIO(b"table")]
    first, *others = (UploadFile(one) for one in files)
    Posted(files={"one": (first,), "more": tuple(others)}).close()
    assert all(one.closed for one in files)
