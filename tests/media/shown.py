"""Pictures and PDFs made by hand."""

from __future__ import annotations

import datetime as dt
import io

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image, ImageDraw, PngImagePlugin


def scene(width: int = 240, height: int = 160, *, shift: int = 0) -> Image.Image:
    """A picture with enough in it to be told by."""
    image = Image.new("RGB", (width, height), (200, 210, 220))
    draw = ImageDraw.Draw(image)
    for n in range(12):
        left, top = (n * 37 + shift) % width, (n * 53) % height
        draw.ellipse((left, top, left + 40, top + 30), fill=(n * 20, 255 - n * 15, n * 9))
        draw.line((0, top, width, left % height), fill=(255 - n * 20, 30, n * 11), width=3)
    return image


def jpeg(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", **{"quality": 90, **options})  # type: ignore[arg-type]
    return out.getvalue()


def png(image: Image.Image, text: str = "") -> bytes:
    out = io.BytesIO()
    info = PngImagePlugin.PngInfo()
    if text:
        info.add_text("Author", text)
    image.save(out, "PNG", pnginfo=info)
    return out.getvalue()


def telling_jpeg(*, orientation: int = 1) -> bytes:
    """A photograph that says where, when and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Lantern Works", "LW-7", orientation
    exif[0x013B] = "Tarvin Oskelde"
    inner = exif.get_ifd(0x8769)
    inner[0x9003], inner[0x9011], inner[0xA431] = "2031:05:04 10:15:00", "+04:00", "SN-20310504"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "S", (12.0, 30.0, 0.0), "E", (45.0, 15.0, 36.0)
    return jpeg(scene(), exif=exif)


def signed_jpeg(*, kept_at: str = "") -> bytes:
    """A photograph with content credentials by a certificate nobody vouches for.

    Args:
        kept_at: Address of the manifest, if it is not in the picture itself.
    """
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    chain = _certificate("leaf", keys[1], keys[0]) + _certificate("root", keys[0], keys[0])
    secret = keys[1].private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    claim = {
        "claim_generator_info": [{"name": "Lantern camera", "version": "1"}],
        "assertions": [
            {"label": "c2pa.actions", "data": {"actions": [{"action": "c2pa.created",
             "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/"
                                  "digitalCapture"}]}},
        ],
    }  # fmt: skip
    signer = c2pa.Signer.from_info(
        c2pa.C2paSignerInfo(alg=b"es256", sign_cert=chain, private_key=secret, ta_url=None)
    )
    source, target = io.BytesIO(jpeg(scene())), io.BytesIO()
    with signer, c2pa.Builder(claim, context=c2pa.Context()) as builder:
        if kept_at:
            builder.set_no_embed()
            builder.set_remote_url(kept_at)
        builder.sign(signer, "image/jpeg", source, target)
    return target.getvalue()


def _certificate(
    subject: str, key: ec.EllipticCurvePrivateKey, issuer: ec.EllipticCurvePrivateKey
) -> bytes:
    is_root = subject == "root"
    now = dt.datetime.now(dt.UTC)
    names = {
        one: x509.Name(
            [
                x509.NameAttribute(x509.NameOID.COMMON_NAME, one),
                x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Sarnak Optics"),
            ]
        )
        for one in ("leaf", "root")
    }
    off = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "encipher_only", "decipher_only"), False)  # fmt: skip
    usage = x509.KeyUsage(
        digital_signature=not is_root, key_cert_sign=is_root, crl_sign=is_root, **off
    )
    purpose = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.EMAIL_PROTECTION])
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(names[subject])
        .issuer_name(names["root"])
        .public_key(key.public_key())
        .serial_number(5 if is_root else 6)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(own, critical=False)
        .add_extension(above, critical=False)
    )
    if not is_root:
        builder = builder.add_extension(purpose, critical=False)
    return builder.sign(issuer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def text_pdf(*lines: str, more: str = "", rotate: int = 0) -> bytes:
    """A PDF of one page with lines of text, a title, and whatever else is asked for."""
    drawn = "".join(f"BT /F 14 Tf 40 {240 - 30 * n} Td ({line}) Tj ET\n"
                    for n, line in enumerate(lines))  # fmt: skip
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {more} >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Rotate {rotate} "
            "/Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
        ),
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Title (Secret list) /Author (Tarvin Oskelde) >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R >>\n"
    return f"{out}startxref\n{start}\n%%EOF\n".encode("latin-1")
