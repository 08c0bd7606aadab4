"""Why something was done, where the program wrote the reason and nobody typed one."""

from __future__ import annotations

from undersight.i18n import _
from undersight.presentation.stored_sentences import StoredSentences

REASON_WORDS = {
    "changed in the browser": _("changed in the browser"),
    "changed together": _("changed together"),
    "confirmed from a draft": _("confirmed from a draft"),
    "decided between two values": _("decided between two values"),
    "decision taken back": _("decision taken back"),
    "deposited by its owner": _("deposited by its owner"),
    "do-no-harm check answered": _("check for harm answered"),
    "entered through the API": _("entered through the API"),
    "file brought in": _("file brought in"),
    "file handed in": _("file handed in"),
    "file handed in, not brought in": _("file handed in, not brought in"),
    "finding judged": _("finding judged"),
    "handed over: the list of files of the package": _(
        "handed over: the list of files of the package"
    ),
    "header of a Bitcoin block, believed": _("header of a Bitcoin block, believed"),
    "import undone": _("import undone"),
    "judged again": _("judged again"),
    "names compared": _("names compared"),
    "naming decided": _("naming decided"),
    "opened to partner": _("opened to partners"),
    "opened to public": _("opened to the public"),
    "origin of the text": _("origin of the text"),
    "platform case": _("platform case"),
    "posts brought in": _("posts brought in"),
    "posts handed in": _("posts handed in"),
    "posts handed in, not loaded": _("posts handed in, not loaded"),
    "quick entry": _("quick entry"),
    "recovery dossier as it went out": _("recovery dossier as it went out"),
    "removed network": _("removed network"),
    "revocation list of a time authority": _("revocation list of a time authority"),
    "root of a time authority, pinned": _("root of a time authority, pinned"),
    "running log": _("running log"),
    "sealed": _("sealed"),
    "search kept": _("search kept"),
    "search removed": _("search removed"),
    "settled in the drop folder": _("settled in the drop folder"),
    "taken back": _("taken back"),
    "taken back in the browser": _("taken back in the browser"),
    "taken in from an export": _("taken in from an export"),
    "taken out": _("taken out"),
    "text that entries come from": _("text that entries come from"),
    "time stamp made elsewhere, brought in": _("time stamp made elsewhere, brought in"),
    "undone": _("undone"),
}
"""By what is stored, English, marked with ``_()``; what a person typed stays as it is."""

REASON_RULES = StoredSentences(
    (_("The stored bytes were damaged; the same bytes, given again, replaced them."),),
    (
        (r"brought in from a (?P<format>[\w-]+) file \((?P<file>[0-9a-f]{12})\)",
         _("brought in from a file of the format %(format)s (%(file)s)")),
        (r"brought in as text, fields not read \((?P<file>[0-9a-f]{12})\)",
         _("brought in as text, fields not read (%(file)s)")),
        (r"taken in from an export \((?P<file>[0-9a-f]{12})\)",
         _("taken in from an export (%(file)s)")),
        (r"taken back \(file (?P<file>[0-9a-f]{12}) taken back\)",
         _("file %(file)s taken back")),
        (r"(?P<why>.+) \(file (?P<file>[0-9a-f]{12}) taken back\)",
         _("%(why)s (file %(file)s taken back)")),
        (r"An incomplete last line of (?P<n>\d+) bytes was cut off\.",
         _("An incomplete last line of %(n)s bytes was cut off.")),
        (r"import (?P<id>[\w-]*\d[\w-]*)", _("import %(id)s")),
        (r"import (?P<id>[\w-]*\d[\w-]*) expired", _("import %(id)s expired")),
        (r"Signing key (?P<key>key-\w+)\.", _("signing key %(key)s")),
        (r"(?P<seal>seal-\d+) over (?P<n>\d+) items\.", _("%(seal)s over %(n)s items")),
        (r"(?P<seal>seal-\d+) stamped: (?P<name>\S+)\.", _("%(seal)s stamped: %(name)s")),
        (r"record of a deposit", _("record of a deposit")),
        (r"record of a deposit-challenge", _("record of how a deposit's owner is told")),
        (r"proof by OpenTimestamps, (?P<state>pending|block)", _("proof by OpenTimestamps")),
    ),
)  # fmt: skip
"""Reasons with parts, matched by shapes that nobody types by chance."""
