"""Bytes of unknown encoding to text, without ever losing a byte silently."""

from __future__ import annotations

from contextlib import suppress

from undersight.errors import FileUnreadableError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),  # before the mark that it begins with
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Where cp1252 has letters of Icelandic, cp1254 has Ğ, İ, Ş, ğ, ı, ş; else they are alike.
_TURKISH_IN_CP1252 = frozenset("ÐÝÞðýþ")


def decode(raw: bytes, *, name: str = "The file", declared: str = "") -> str:
    """Return the text of some bytes.

    UTF-8 wins where it fits, since text of another encoding almost never fits it by chance;
    then the byte-order mark, the declared encoding, and a guess among those of the region.

    Args:
        raw: The bytes.
        name: What to call them in an error.
        declared: Encoding that the file itself states.

    Raises:
        FileUnreadableError: They are not text in any encoding tried.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _strictly(raw, encoding, name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared:
        return _strictly(raw, declared, name)
    return _guessed(raw, name)


def is_certain(raw: bytes) -> bool:
    """Return whether bytes say by their mark or shape which encoding they are in.

    Args:
        raw: The bytes.
    """
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.startswith(tuple(mark for mark, _ in _BOMS))
    return True


def _strictly(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise FileUnreadableError(name, f"it is not text in {encoding}") from error


def guess_encoding(raw: bytes, *, name: str = "The file") -> str:
    """Return the most likely encoding of bytes that are not UTF-8.

    Args:
        raw: Some of the bytes.
        name: What to call them in an error.

    Raises:
        FileUnreadableError: They are not text in any encoding tried.
    """
    return _best(raw, name)[0]


def _guessed(raw: bytes, name: str) -> str:
    return _best(raw, name)[1]


def _best(raw: bytes, name: str) -> tuple[str, str]:
    import charset_normalizer

    best = charset_normalizer.from_bytes(
        raw, cp_isolation=["cp1251", "cp1254", "cp1256", "cp1252", "utf_16", "koi8_r", "cp866"]
    ).best()
    if best is None:
        raise FileUnreadableError(name, "it is not text in any encoding known here")
    if best.encoding == "cp1252" and _TURKISH_IN_CP1252 & set(str(best)):
        with suppress(UnicodeDecodeError):
            return "cp1254", raw.decode("cp1254")
    return best.encoding, str(best)
