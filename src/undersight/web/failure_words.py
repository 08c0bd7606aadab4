"""What went wrong, in the reader's language: one sentence for each code that a page may meet.

The error's own sentence is English and names the fact; it stands below these.
"""

from __future__ import annotations

from undersight.i18n import _

FAILURE_WORDS = {
    "append-only": _("An update stays; add another one that corrects it."),
    "bulk-change": _("These entries cannot be changed like that."),
    "bundle-damaged": _("This bundle is damaged."),
    "cannot-undo": _("This cannot be undone."),
    "casebook-busy": _("Somebody else is writing just now; try again in a moment."),
    "changed-since": _("It was changed again since, so it cannot be undone like that."),
    "disk-full": _("The disk is full; nothing was stored."),
    "edited-meanwhile": _("Somebody changed this meanwhile; nothing was stored."),
    "empty-handover": _("Nothing was selected that can be handed over."),
    "forbidden": _("Your account may not do this."),
    "foreign-request": _(
        "The form is too old, or it comes from another page. Load the page again."
    ),
    "invalid-date": _("That is no date, or it can be read in two ways."),
    "invalid-setting": _("A setting does not take this value; nothing was changed."),
    "invalid-staff-line": _("This is not a colleague's line, or a letter of it is wrong."),
    "invalid-value": _("A field does not take this value."),
    "locked": _("The workspace is locked."),
    "merged-record": _("This person stands under another record now."),
    "missing-extra": _("A part of the program for this is not installed."),
    "no-comments": _("There are no comments under it."),
    "no-such-disagreement": _("Somebody decided this meanwhile."),
    "not-for-this-staff": _("This file was made for others, or it was changed on the way."),
    "not-visible": _("This audience may not see the entry."),
    "nothing-chosen": _("Nothing was chosen."),
    "nothing-sent": _("No file was chosen."),
    "nothing-to-undo": _("There is nothing to undo."),
    "object-not-found": _("There is no such piece of evidence."),
    "record-retracted": _("This record was taken out."),
    "request-too-large": _("That is more than this form takes."),
    "second-person-needed": _("You worked on this entry last: somebody else must open it."),
    "too-many-attempts": _("It was wrong too often; wait a little and try again."),
    "unanswered-harm": _("Questions of the check for harm are still open; nothing was opened."),
    "undecided-fields": _("Some fields are not decided; nothing was recorded."),
    "unknown-bundle": _("This bundle does not wait here any more."),
    "unknown-draft": _("There is no such draft."),
    "unknown-field": _("There is no such field."),
    "unknown-incident": _("There is no such entry."),
    "unknown-page": _("There is no such page."),
    "unknown-record": _("There is no such record."),
    "unknown-selection": _("One of the ids is nothing here."),
    "unknown-sender": _("Whoever signed this bundle is not among your colleagues."),
    "unknown-term": _("That word is not in the list; choose one of the words offered."),
    "unreadable-request": _("Something in the form is missing or has another shape."),
    "weak-passphrase": _("This passphrase is too easy to guess."),
    "withdrawn-record": _("This person was taken out for good."),
    "workspace-busy": _("Somebody else is writing just now; try again in a moment."),
    "wrong-passphrase": _("This passphrase does not open the workspace."),
}
"""By code, English, marked with ``_()``; a code that is not here is told in English only."""
