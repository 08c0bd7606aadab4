"""Sets in the one order of DER, and nothing else moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.integrity import der

CERTIFICATES = [der.sequence(der.integer(number)) for number in (3, 1, 2)]


def stamp(certificates: list[bytes], *, is_bare: bool = False) -> bytes:
    signed = der.sequence(
        der.integer(3),
        der.set_of([der.null()]),
        der.sequence(der.oid("1.2.3"), der.tagged(0, der.octets(b"x" * 300))),
        der.tagged(0, b"".join(certificates)),
        der.set_of([der.integer(9)]),
    )
    token = der.sequence(der.oid("1.2.840.113549.1.7.2"), der.tagged(0, signed))
    return token if is_bare else der.sequence(der.sequence(der.integer(0)), token)


@pytest.mark.parametrize("is_bare", [True, False])
def test_certificates_in_the_order_of_the_chain_are_put_in_that_of_the_standard(
    is_bare: bool,  # noqa: FBT001 - both forms
) -> None:
    found = der.with_sets_in_order(stamp(CERTIFICATES, is_bare=is_bare))
    assert found == stamp(sorted(CERTIFICATES), is_bare=is_bare)
    assert der.with_sets_in_order(found) == found


def test_a_refusal_has_no_token_to_put_in_order() -> None:
    refused = der.sequence(der.sequence(der.integer(2)))
    assert der.with_sets_in_order(refused) == refused


@given(st.binary(max_size=60), st.integers(0, 500))
def test_what_is_no_stamp_stays_as_it_is(planted: bytes, place: int) -> None:
    whole = stamp(CERTIFICATES)
    for data in (planted, whole[:place], planted + whole):
        assert isinstance(der.with_sets_in_order(data), bytes)
    assert der.with_sets_in_order(whole[:-1]) == whole[:-1]
