"""What a picture says of itself: Exif, C2PA. Reported, never trusted, never passed on.

Anybody can write an Exif field, and a C2PA manifest shows only that the holder of a certificate
signed these bytes. Missing data means nothing either: most platforms strip it. Place and device
are for the eyes of the user; no output of undersight carries them.

Source: Exif 2.32 (CIPA DC-008); C2PA 2.x through its reference library, kept from the network.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from undersight.errors import MissingExtraError
from undersight.media.pictures import opened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL.Image import Exif

_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_DEVICE: Final = {
    0x010F: "maker",
    0x0110: "model",
    0x0131: "program",
    0x013C: "computer",
    0xA431: "serial number",
    0xA433: "maker of the lens",
    0xA434: "lens",
    0xA435: "serial number of the lens",
    0xA430: "owner",
}
_TIMES: Final = {
    0x0132: "last changed",
    0x9003: "taken",
    0x9004: "digitised",
    0x9010: "zone of last change",
    0x9011: "zone when taken",
}
_OTHER: Final = {
    0x010E: "description",
    0x013B: "author",
    0x8298: "rights",
    0x9286: "comment",
    0xA420: "picture id",
}
_MAX_TEXT = 500
CAUTION: Final = (
    "Written by whoever made or changed the file; nothing here is proved, and what is missing "
    "proves nothing."
)
# Nothing is fetched: neither manifests kept elsewhere nor the state of a certificate.
_C2PA_SETTINGS: Final = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_timestamp_trust": True}
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentCredentials:
    """What a C2PA manifest in the file says.

    Args:
        state: ``none``; ``fits``: signed, and the bytes are those signed; ``does-not-fit``:
            signed, and the bytes were changed or the manifest is broken; ``elsewhere``: the file
            names an address for it, which was not asked.
        signer: Name in the certificate; anybody can have one made.
        program: What made the claim.
        actions: What is said to have been done.
        codes: Codes of what does not hold.
    """

    state: str = "none"
    signer: str = ""
    program: str = ""
    actions: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """What a picture says.

    Args:
        form: Such as ``jpeg``.
        width: Pixels.
        height: Pixels.
        n_frames: More than one if it moves.
        place: Latitude, longitude, altitude as stated.
        device: What took it, as stated.
        times: When, as stated; local time unless a zone is stated.
        others: Author, description and the like.
        credentials: C2PA.
    """

    form: str
    width: int
    height: int
    n_frames: int = 1
    place: Mapping[str, str] = field(default_factory=dict)
    device: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    credentials: ContentCredentials = field(default_factory=ContentCredentials)


def picture_facts(data: bytes) -> PictureFacts:
    """Read what a picture says of itself.

    Args:
        data: The file's bytes.

    Raises:
        MediaUnreadableError: It is no picture, or damaged.
        MissingExtraError: The extra `media` is not installed.
    """
    with opened(data) as image:
        exif = image.getexif()
        form = (image.format or "").lower()
        inner = exif.get_ifd(_EXIF_IFD)
        tags = {**dict(exif), **inner}
        return PictureFacts(
            form=form,
            width=image.width,
            height=image.height,
            n_frames=int(getattr(image, "n_frames", 1)),
            place=_place(exif),
            device=_named(tags, _DEVICE),
            times=_named(tags, _TIMES),
            others=_named(tags, _OTHER),
            credentials=_credentials(data, form),
        )


def _named(tags: Mapping[int, Any], names: Mapping[int, str]) -> dict[str, str]:
    found = {name: _text(tags[tag]) for tag, name in names.items() if tag in tags}
    return {name: text for name, text in found.items() if text}


def _text(value: Any) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return "".join(one for one in text if one.isprintable()).strip()[:_MAX_TEXT]


def _place(exif: Exif) -> dict[str, str]:
    gps = exif.get_ifd(_GPS_IFD)
    found = {}
    for name, reference, value in (("latitude", 1, 2), ("longitude", 3, 4)):
        degrees = _degrees(gps.get(value))
        if degrees is not None:
            sign = -1 if _text(gps.get(reference, "")).upper() in {"S", "W"} else 1
            found[name] = f"{sign * degrees:.6f}"
    if 6 in gps:
        found["altitude"] = f"{_text(gps[6])} m"
    return found


def _degrees(value: Any) -> float | None:
    """Degrees, minutes, seconds as one number; None for what is none."""
    try:
        whole, minutes, seconds = (float(one) for one in value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    degrees = whole + minutes / 60 + seconds / 3600
    return degrees if 0 <= degrees <= 180 else None


def _credentials(data: bytes, form: str) -> ContentCredentials:
    """Read C2PA offline; the library's own trust lists are not consulted."""
    try:
        import c2pa
    except ImportError as error:
        raise MissingExtraError("Reading content credentials", "media") from error
    context = c2pa.Context(settings=c2pa.Settings.from_dict(_C2PA_SETTINGS))
    try:
        reader = c2pa.Reader.try_create(f"image/{form}", io.BytesIO(data), context=context)
        if reader is None:
            return ContentCredentials()
        with reader:
            found = json.loads(reader.json())
            is_valid = reader.get_validation_state() in {"Valid", "Trusted"}
    except c2pa.C2paError as error:
        if "RemoteManifest" in type(error).__name__ or "remote" in str(error).lower():
            return ContentCredentials(state="elsewhere")
        if "NotSupported" in type(error).__name__:
            return ContentCredentials()
        return ContentCredentials(state="does-not-fit", codes=("unreadable",))
    return _told(found, is_valid=is_valid)


def _told(found: dict[str, Any], *, is_valid: bool) -> ContentCredentials:
    active = found.get("manifests", {}).get(found.get("active_manifest", ""), {})
    generators = active.get("claim_generator_info") or [{}]
    actions = [
        _text(action.get("action", ""))
        for assertion in active.get("assertions", [])
        if str(assertion.get("label", "")).startswith("c2pa.actions")
        for action in (assertion.get("data") or {}).get("actions", [])
    ]
    return ContentCredentials(
        state="fits" if is_valid else "does-not-fit",
        signer=_text((active.get("signature_info") or {}).get("issuer", "")),
        program=_text(active.get("claim_generator") or generators[0].get("name", "")),
        actions=tuple(actions),
        codes=tuple(_text(one.get("code", "")) for one in found.get("validation_status") or ()),
    )
