"""What to do about a failure on a page: the errors' own hints name commands, which nobody types.

One sentence serves several codes. A hint that names a command and stands nowhere here fails a
test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

_GROUPS: Final[tuple[tuple[str, str], ...]] = (
    (
        _("The page of each person says whom they are one with; decide it anew there."),
        (
            "decided-apart decided-again not-merged already-one-party merged-record "
            "party-not-incident names-differ"
        ),
    ),
    (
        _("Look it up in the casebook."),
        (
            "unknown-change unknown-incident unknown-record nothing-to-undo unknown-account "
            "not-recorded-yet "
            "fixed-field invalid-draft editing-in-clear"
        ),
    ),
    (
        _("Let everything be verified on the page “Evidence”, and compare with a backup."),
        (
            "record-unreadable custody-broken forged-change seal-damaged object-not-found "
            "backup-damaged archive-damaged"
        ),
    ),
    (
        _(
            "Close the workbench and copy the whole folder again, from where it was copied, or "
            "restore a backup."
        ),
        "casebook-behind",
    ),
    (
        _("The page “Posts” shows what is loaded, and brings files in."),
        "empty-corpus unknown-target no-comments unknown-import query-too-large table-not-text",
    ),
    (
        _("Say under “What the columns mean” which column is which, and look again."),
        (
            "columns-unclear missing-column unknown-column ambiguous-column unknown-role "
            "unmapped-value record-refused import-refused"
        ),
    ),
    (_("Say under “03/04/2031 is” whether the day comes first, and look again."), "day-order"),
    (_("Choose the format from the list, and look again."), "unknown-importer"),
    (
        _("The page “Look for groups” lists the runs with their findings."),
        "unknown-run unknown-finding",
    ),
    (_("Give another value; the form says what each takes."), "invalid-parameter"),
    (
        _("Choose a longer window: the times in these files are not as exact as that."),
        "window-below-resolution",
    ),
    (_("Choose a narrower window, or take out files that you do not need."), "engine-failed"),
    (_("Publish it first, on its page “Publish”."), "not-visible"),
    (
        _("Compare the digits by voice, then add the colleague's line on the page “Colleagues”."),
        "unknown-sender unknown-colleague",
    ),
    (
        _(
            "Whoever made the line could pass for them. If they tell you themselves that their "
            "keys are new, remove them on the page “Colleagues” first."
        ),
        "another-colleague",
    ),
    (
        _("Choose among what the page lists."),
        (
            "empty-handover unknown-selection unknown-deposit deposit-single owner-not-shown "
            "seal-not-found empty-seal no-such-disagreement signing-key-not-found "
            "signing-key-gone unknown-backup"
        ),
    ),
    (
        _("Entries that were confirmed from drafts are taken back one by one on the page “Undo”."),
        "nothing-brought-in",
    ),
    (_("Open each entry on the page “Publish” and answer what it asks."), "unanswered-harm"),
    (_("Give it a title"), "untitled-entry"),
    (_("Begin at the first page, and bookmark it from there."), "foreign-host"),
    (
        _("Ask whoever looks after this computer: it is done outside the browser."),
        (
            "accounts-needed authority-unreachable plain-workspace backup-format "
            "backup-would-lose workspace-too-new casebook-too-new passphrase-needed "
            "workspace-not-found port-taken missing-extra"
        ),
    ),
)
HINT_WORDS: Final[Mapping[str, str]] = {
    code: sentence for sentence, codes in _GROUPS for code in codes.split()
}
"""By code, English, marked with ``_()``; others keep the error's own hint."""
