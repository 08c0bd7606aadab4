"""Why something was changed, where the program wrote the reason and nobody typed one."""

from __future__ import annotations

from undersight.i18n import _

REASON_WORDS = {
    "changed in the browser": _("changed in the browser"),
    "changed together": _("changed together"),
    "confirmed from a draft": _("confirmed from a draft"),
    "do-no-harm check answered": _("check for harm answered"),
    "entered through the API": _("entered through the API"),
    "finding judged": _("finding judged"),
    "opened to partner": _("opened to partners"),
    "opened to public": _("opened to the public"),
    "quick entry": _("quick entry"),
    "search kept": _("search kept"),
    "taken back in the browser": _("taken back in the browser"),
}
"""By what is stored, English, marked with ``_()``; what a person typed stays as it is."""
