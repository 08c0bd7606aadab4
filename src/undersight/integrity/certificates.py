"""What parsers of certificates raise, in one place for all who read them from strangers."""

from __future__ import annotations


def unreadable() -> tuple[type[Exception], ...]:
    """The errors by which reading a certificate, a key or what they sign can end.

    Each part is parsed when it is looked at, so whoever examines one catches these around the
    whole examination.
    """
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    return (
        ValueError,
        TypeError,
        KeyError,
        OverflowError,
        UnsupportedAlgorithm,
        x509.DuplicateExtension,
        x509.InvalidVersion,
        x509.UnsupportedGeneralNameType,
    )
