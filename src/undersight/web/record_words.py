"""What people call the kinds of record, and who may see one."""

from __future__ import annotations

from undersight.i18n import _

KIND_WORDS = {
    "account": _("account"),
    "act": _("act"),
    "citation": _("reference to a law"),
    "claim": _("statement"),
    "harm_review": _("check for harm"),
    "identity_decision": _("decision about two names"),
    "incident": _("entry"),
    "indicator": _("indicator"),
    "intervention": _("dealing with a platform"),
    "involvement": _("person in it"),
    "item": _("post or page"),
    "judgement": _("judgement"),
    "party": _("person or body"),
    "period": _("period"),
    "platform_case": _("platform case"),
    "proceeding": _("court case"),
    "provision": _("article of law"),
    "saved_search": _("kept search"),
    "source": _("source"),
    "takedown": _("removed network"),
    "update": _("update"),
}
"""By kind, English, marked with ``_()``; a kind that is new here is shown by its name."""

AUDIENCE_WORDS = {
    "internal": _("internal"),
    "partner": _("open to partners"),
    "public": _("public"),
}
"""By visibility, English, marked with ``_()``."""
