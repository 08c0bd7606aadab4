"""What people call what is done with evidence, and what it is for."""

from __future__ import annotations

from undersight.i18n import _

EVIDENCE_WORDS = {
    "archive": _("the platform's archive"),
    "captured_at": _("Saved there on"),
    "casebook": _("the casebook"),
    "corpus-expire": _("expired from the posts"),
    "corpus-load": _("loaded as posts"),
    "corpus-undo": _("taken out of the posts"),
    "deposit": _("deposit"),
    "erase": _("erased"),
    "evidence": _("evidence"),
    "expired-since": _("the time authority's certificate has run out since"),
    "followers": _("table of followers"),
    "import": _("the posts"),
    "intake": _("came in"),
    "key-new": _("signing key made"),
    "key-revoked-since": _("signed by a key that was revoked later"),
    "key-revoke": _("signing key revoked"),
    "key-rotate": _("signing key replaced"),
    "kind": _("Kind"),
    "note": _("Note"),
    "other": _("other file"),
    "page": _("saved page"),
    "published": _("what was published"),
    "recovery": _("recovery dossier"),
    "revocation-not-checked": _(
        "whether the time authority's certificate was revoked is not known"
    ),
    "seal": _("sealed"),
    "signature": _("signature"),
    "source": _("Source"),
    "stamp": _("stamped"),
    "statement": _("signed statement"),
    "tool": _("Taken in with"),
    "type": _("Type"),
    "unfinished": _("begun and not finished"),
    "unstamped": _("stamped by no time authority"),
    "url": _("Address"),
    "waits_for": _("Handed in for"),
}
"""By action, purpose, role, fact or note of a check, English, marked with ``_()``.

Others are shown as they are.
"""
