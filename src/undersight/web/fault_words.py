"""How evidence does not hold, in the reader's language: the detail behind a fault of a check.

The vault tells it in English sentences, which the result of a check keeps.
"""

from __future__ import annotations

from undersight.i18n import _
from undersight.presentation.stored_sentences import StoredSentences

_DETAILS = StoredSentences(
    (
        _("The custody log does not know how it came to be here."),
        _("Its file is gone."),
        _("Its length is not the one that was taken in."),
        _("Another object, %(digest)s, is in its place."),
        _("Its bytes do not have its digest."),
        _("The custody log tells of it."),
        _("The custody log does not tell of it: planted, or the log's end was cut off."),
        _("The custody log tells of another seal under this number."),
        _("It follows another seal than the one before it."),
        _("%(key)s is no key of this workspace."),
        _("%(key)s was revoked before it was made."),
        _("%(key)s was replaced before it was made."),
        _("%(key)s was revoked after it was made."),
        _("The custody log no longer holds the %(n)s entries it saw."),
        _("The private leaves do not give the root that was signed."),
        _("%(n)s of its objects were never taken in, by the custody log."),
        _("The custody log tells of this reply; it is gone."),
        _("The signature is not by %(signer)s over these bytes."),
        _("Entry %(i)s does not match its own hash."),
        _("Entry %(i)s carries no number."),
        _("Entry %(found)s stands where %(i)s should."),
        _("Entry %(found)s stands again at place %(i)s."),
        _("Entry %(i)s follows another entry than the one that stands before it."),
        _("Entry %(i)s stands later in the file."),
        _("An anchor noted another hash for the first %(n)s entries."),
        _("An anchor noted %(n)s entries; %(left)s are left."),
        _("Seal %(seal)s does not hold: its %(file)s is missing."),
        _("Seal %(seal)s does not hold: its %(file)s is too large."),
        _("Seal %(seal)s does not hold: its %(file)s cannot be read."),
    ),
    (
        (r"Object (?P<digest>\w+) is damaged: another object, .+",
         _("Another file is in its place.")),
        (r"Object (?P<digest>\w+) is damaged: its length .+",
         _("Its length is not the one that was taken in.")),
        (r"Object (?P<digest>\w+) is damaged: its bytes .+",
         _("Its bytes do not have its digest.")),
        (r"Object (?P<digest>\w+) is damaged: .+",
         _("Its bytes were changed or cut: they do not open any more.")),
        (r"Seal (?P<seal>[\w-]+) does not hold: .+", _("The seal is damaged: %(seal)s.")),
        (r"The time stamp by (?P<authority>.+?) is not accepted \(.+",
         _("The time stamp by %(authority)s does not hold.")),
    ),
)  # fmt: skip


def told(detail: str, lang: str) -> str:
    """Return a fault's detail in a language; empty where only English has it.

    Args:
        detail: The sentence of the vault.
        lang: Language of the interface.
    """
    return _DETAILS.told(detail, lang)
