"""What somebody has besides a password: a code app (TOTP), recovery codes, passkeys (WebAuthn)."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.errors import SecondFactorError, SignInRefusedError
from undersight.model.account import Account, Passkey
from undersight.workbench.accounts import book

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    from undersight.workbench.session import Workspace

_STEP_S = 30
_N_CODES = 10
_CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_CODE_LENGTH = 12
_N_MOST_PASSKEYS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Under which name and address a browser sees the workbench; a passkey holds for one only.

    Args:
        name: The host name without port; no passkey works for an address of digits.
        origin: Such as ``http://localhost:8765``.
    """

    name: str
    origin: str


# --- a code app ---------------------------------------------------------------------------------


def new_secret() -> str:
    """Return a secret for a code app, base32."""
    import pyotp

    return pyotp.random_base32()


def address_of(secret: str, *, name: str, title: str) -> str:
    """Return the ``otpauth:`` address that a code app reads."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=title or "undersight")


def picture_of(address: str) -> str:
    """Return an address as a QR code (ISO/IEC 18004): an SVG element of black on white."""
    import segno

    code = segno.make_qr(address, error="m")
    return code.svg_inline(border=4, dark="#000", light="#fff", svgclass="qr", omitsize=True)


def add_code_app(workspace: Workspace, staff_id: str, secret: str, code: str) -> tuple[str, ...]:
    """Turn a code app on and return new recovery codes, which are shown once and kept nowhere.

    Raises:
        SecondFactorError: The code is not the app's present one.
    """
    step = _step_of(secret, code, workspace.now_us)
    if step is None:
        raise SecondFactorError("the code is not the one that the app shows now")
    book(workspace).change(
        staff_id, lambda one: dataclasses.replace(one, totp_secret=secret, totp_step=step)
    )
    return renew_recovery_codes(workspace, staff_id)


def renew_recovery_codes(workspace: Workspace, staff_id: str) -> tuple[str, ...]:
    """Return new recovery codes; those before hold no longer, and these are kept nowhere."""
    codes = _new_codes()
    hashes = tuple(sorted(_digest(one) for one in codes))
    book(workspace).change(staff_id, lambda one: dataclasses.replace(one, recovery_hashes=hashes))
    return codes


def drop_code_app(workspace: Workspace, staff_id: str) -> None:
    """Turn a code app off; recovery codes go with the last second factor."""

    def dropped(one: Account) -> Account:
        codes = one.recovery_hashes if one.passkeys else ()
        return dataclasses.replace(one, totp_secret="", recovery_hashes=codes)

    book(workspace).change(staff_id, dropped)


def check_code(workspace: Workspace, staff_id: str, code: str) -> Account:
    """Return whose code it is, and use it up: from the app, or one of the recovery codes.

    Raises:
        SignInRefusedError: It is neither, or was used before.
    """

    def used(one: Account) -> Account:
        step = _step_of(one.totp_secret, code, workspace.now_us) if one.totp_secret else None
        if step is not None and step > one.totp_step:
            return dataclasses.replace(one, totp_step=step)
        given = _digest(code)
        left = tuple(h for h in one.recovery_hashes if not hmac.compare_digest(h, given))
        if len(left) == len(one.recovery_hashes):
            raise SignInRefusedError
        return dataclasses.replace(one, recovery_hashes=left)

    return book(workspace).change(staff_id, used)


def _step_of(secret: str, code: str, now_us: int) -> int | None:
    """Return the step a code is of: the present one, or one beside it for clocks that differ."""
    import pyotp

    typed = "".join(code.split())
    now = now_us // 1_000_000 // _STEP_S
    app = pyotp.TOTP(secret)
    fitting = [
        step
        for step in (now - 1, now, now + 1)
        if hmac.compare_digest(app.generate_otp(step).encode(), typed.encode("utf-8", "replace"))
    ]
    return fitting[-1] if fitting else None


def _new_codes() -> tuple[str, ...]:
    def one() -> str:
        letters = [secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH)]
        return "-".join("".join(letters[at : at + 4]) for at in range(0, _CODE_LENGTH, 4))

    return tuple(one() for _ in range(_N_CODES))


def _digest(code: str) -> str:
    """Codes are long and random: a plain digest gives nothing to guess."""
    bare = "".join(code.split()).replace("-", "").lower()
    return hashlib.sha256(bare.encode("utf-8", "replace")).hexdigest()


# --- a passkey ----------------------------------------------------------------------------------


def passkey_offer(account: Account, site: Site, title: str) -> tuple[bytes, str]:
    """Return a challenge, and what a browser is told to make a passkey (JSON)."""
    import webauthn
    from webauthn.helpers.structs import AuthenticatorSelectionCriteria, ResidentKeyRequirement

    offer = webauthn.generate_registration_options(
        rp_id=site.name,
        rp_name=title or "undersight",
        user_name=account.name,
        user_id=account.staff_id.encode("ascii"),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED
        ),
        exclude_credentials=_descriptors(account),
    )
    return offer.challenge, webauthn.options_to_json(offer)


def add_passkey(
    workspace: Workspace, staff_id: str, answer: str, *, challenge: bytes, site: Site, label: str
) -> Account:
    """Keep a passkey that a browser made.

    Raises:
        SecondFactorError: It does not answer the challenge, or there are too many.
    """
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as reason:
        raise SecondFactorError("the device did not answer as asked") from reason
    passkey = Passkey(
        credential_id=_text(made.credential_id),
        public_key=_text(made.credential_public_key),
        n_signed=made.sign_count,
        label=" ".join(label.split())[:60] or "passkey",
        made_at_us=workspace.now_us,
    )

    def added(one: Account) -> Account:
        if len(one.passkeys) >= _N_MOST_PASSKEYS:
            raise SecondFactorError("there are too many; remove one first")
        return dataclasses.replace(one, passkeys=(*one.passkeys, passkey))

    return book(workspace).change(staff_id, added)


def drop_passkey(workspace: Workspace, staff_id: str, credential_id: str) -> None:
    """Forget a passkey; recovery codes go with the last second factor."""

    def dropped(one: Account) -> Account:
        left = tuple(key for key in one.passkeys if key.credential_id != credential_id)
        codes = one.recovery_hashes if left or one.totp_secret else ()
        return dataclasses.replace(one, passkeys=left, recovery_hashes=codes)

    book(workspace).change(staff_id, dropped)


def passkey_question(account: Account, site: Site) -> tuple[bytes, str]:
    """Return a challenge, and what a browser is asked to sign (JSON)."""
    import webauthn

    asked = webauthn.generate_authentication_options(
        rp_id=site.name, allow_credentials=_descriptors(account)
    )
    return asked.challenge, webauthn.options_to_json(asked)


def check_passkey(
    workspace: Workspace, staff_id: str, answer: str, *, challenge: bytes, site: Site
) -> Account:
    """Return whose passkey signed a challenge.

    Raises:
        SignInRefusedError: None of theirs did, or its count went back: a copy of it is about.
    """
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    def signed(one: Account) -> Account:
        credential_id = _credential_of(answer)
        key = next((k for k in one.passkeys if k.credential_id == credential_id), None)
        if key is None:
            raise SignInRefusedError
        try:
            found = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=site.name,
                expected_origin=site.origin,
                credential_public_key=_bytes(key.public_key),
                credential_current_sign_count=key.n_signed,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError) as reason:
            raise SignInRefusedError from reason
        counted = dataclasses.replace(key, n_signed=found.new_sign_count)
        keys = tuple(counted if k is key else k for k in one.passkeys)
        return dataclasses.replace(one, passkeys=keys)

    return book(workspace).change(staff_id, signed)


def _descriptors(account: Account) -> list[PublicKeyCredentialDescriptor]:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor as Descriptor

    return [Descriptor(id=_bytes(k.credential_id)) for k in account.passkeys]


def _credential_of(answer: str) -> str:
    try:
        found = json.loads(answer)
    except ValueError:
        return ""
    return str(found.get("id", "")) if isinstance(found, dict) else ""


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
