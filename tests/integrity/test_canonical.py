from __future__ import annotations

import hashlib
import io
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import InvalidDigestError, NotCanonicalError
from undersight.integrity.canonical import (
    canonical_json,
    digest_bytes,
    digest_in_domain,
    digest_stream,
    digest_value,
    parse_digest,
)

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdə"), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_the_example_of_the_standard() -> None:
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '€$\u000f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    assert canonical_json(value).decode("utf-8") == (
        '{"literals":[null,true,false],'
        '"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@given(JSON)
@pytest.mark.long
def test_reading_back_and_writing_again_changes_nothing(value: object) -> None:
    once = canonical_json(value)
    assert canonical_json(json.loads(once)) == once


@given(JSON)
def test_the_short_way_writes_what_the_standard_s_own_library_writes(value: object) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=3))
def test_keys_are_ordered_by_utf_16(text: str) -> None:
    value = {text: 1, "\ue000": 2, "\U00010000": 3, "a": 4}
    assert canonical_json(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(st.dictionaries(st.text("abcdefə", min_size=1), st.integers(0, 9)))
def test_order_of_keys_is_no_matter(value: dict[str, int]) -> None:
    assert canonical_json(dict(reversed(value.items()))) == canonical_json(value)


@pytest.mark.parametrize(
    "value", [2**53, float("nan"), float("inf"), "\ud800", {1: 2}, b"x", {"a"}]
)
def test_what_json_cannot_carry_is_refused(value: object) -> None:
    with pytest.raises(NotCanonicalError):
        canonical_json(value)


def test_digests_of_bytes_and_streams_agree() -> None:
    data = b"undersight" * 300_000
    assert (
        digest_stream(io.BytesIO(data)) == digest_bytes(data) == hashlib.sha256(data).hexdigest()
    )


def test_one_value_has_another_digest_in_another_domain() -> None:
    assert digest_value({"a": 1}, domain="undersight/a/v1") != digest_value(
        {"a": 1}, domain="undersight/b/v1"
    )
    # The NUL keeps the border: no bytes move from the domain into the data.
    assert digest_in_domain(b"bc", domain="a") != digest_in_domain(b"c", domain="ab")


def test_a_digest_is_read_in_either_case_and_nothing_else_is() -> None:
    digest = digest_bytes(b"")
    assert parse_digest(f" {digest.upper()}\n") == digest
    for text in ("", digest[:-1], digest + "0", "g" * 64):
        with pytest.raises(InvalidDigestError):
            parse_digest(text)
