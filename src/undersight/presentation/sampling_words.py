"""What a reader must know of imported files, in the reader's language.

Imports keep these sentences in English, with their numbers; see `SamplingNote`.
"""

from __future__ import annotations

import re

from undersight.i18n import _
from undersight.presentation.stored_sentences import StoredSentences

# What a column may mean is told by the ids of a command's option: of no use to read elsewhere.
_FILLED = re.compile(r"\(filled in (\d+) of (\d+) rows(?:; may be [^)]+)?\)")
_NOTES = StoredSentences(
    (
        _("%(n)s ids were turned into numbers such as 1.23E+17: their digits are lost and they "
          "were left out. Export again with ids as text."),
        _("%(n)s of %(total)s long ids end in zeros, as spreadsheets leave them: different posts "
          "or accounts may have become one."),
        _("%(n)s texts look as if read in a wrong encoding; they are kept as they stand."),
        _("%(n)s texts hold HTML entities such as &amp;; they are kept as they stand."),
        _("%(n)s times say only how long ago (“3 h”). Say at which moment the page was seen, or "
          "they stay unknown."),
        _("The file holds exactly %(n)s records, which looks like a cap of the tool that made "
          "it: there may be more."),
        _("%(n)s files of the archive were not read as posts (pictures, messages, contacts, "
          "settings)."),
        _("The page showed a choice of comments (“%(line)s”), not all."),
        _("More comments were folded away (“%(line)s”) when this was copied."),
        _("More comments or replies were folded away when the page was saved."),
        _("Two people write in this chat, and it bears the name of one: it looks like a private "
          "conversation. Take the import out if it should not be here."),
        _("post_id is the same for different texts: it is read as the post under which they "
          "stand, and the rows have no ids of their own."),
        _("No column says who wrote: nothing can be said of accounts."),
        _("The file was taken as one of “%(platform)s”, by its addresses, ids or columns. If it "
          "is of another platform, import it again and say of which."),
        _("The file does not say which platform it is of; its posts are marked “other”. Import "
          "it again and say of which."),
        _("Records that are no pages and give no posts: %(counted)s."),
        _("The API left out %(n)s items that are gone, private or withheld."),
        _("The file was saved anonymised: names are hashes and channels are left out, so that "
          "one person is the same only within this file."),
        _("The comments have %(stated)s replies, of which the file holds %(n)s."),
        _("Some times are given to the minute only: windows below a minute mean nothing."),
        _("times are days: nothing can be said about who came first within a day."),
        _("times are given to a minute: windows below a minute mean nothing."),
        _("times are given to %(n)s s: windows below that mean nothing."),
        _("times name no zone and were taken as UTC; if they are local, say the zone."),
        _("%(n)s posts have no time."),
        _("Where pages are in Azerbaijani or Turkish, “%(age)s” can mean more than one span: such "
          "times are left out."),
        _("%(n)s of %(total)s records could not be read."),
    ),
    (
        (r"(?P<n>\d+) objects are neither links nor hashtags: .+",
         _("%(n)s objects are neither links nor hashtags: no detector looks at them as they are. "
           "Import the file again and say what they are: a post that is repeated, or a link.")),
        (r"Nothing says whether these are posts or comments: .+",
         _("Nothing says whether these are posts or comments: they were taken as posts, and who "
           "wrote them keeps a name. Import it again and say what all rows are.")),
        (r"No column says when followers and posts were counted: .+",
         _("No column says when followers and posts were counted: the counts were left out. Say "
           "when the table was made to keep them.")),
        (r"The file does not say which platform it is of; its accounts are marked .+",
         _("The file does not say which platform it is of; its accounts are marked “other”. "
           "Import it again and say of which.")),
        (r"The archive is broken \((?P<codes>[^)]+)\): .+",
         _("The archive is broken (%(codes)s): do not rely on its rows before that is "
           "understood.")),
        (r"times are given to (?P<n>\d+) minutes: .+",
         _("times are given to %(n)s minutes only: windows below that mean nothing.")),
        (r"Columns without a meaning here stay in the sealed original only: (?P<named>“.+\)).*",
         _("Columns without a meaning here stay in the sealed original only: %(named)s. Say what "
           "one means to have it read.")),
    ),
)  # fmt: skip


def told(sentence: str, lang: str) -> str:
    """Return a note on a file in a language; what is none of ours stays as it is.

    Args:
        sentence: As an import keeps it, or behind the file's name as a summary tells it.
        lang: Language of the interface.
    """
    if lang == "en":
        return sentence
    sentence = _FILLED.sub(r"(\1/\2)", sentence)
    if whole := _NOTES.told(sentence, lang):
        return whole
    at = sentence.find(": ")
    while at >= 0:  # a file's name may hold a colon itself
        if rest := _NOTES.told(sentence[at + 2 :], lang):
            return sentence[: at + 2] + rest
        at = sentence.find(": ", at + 1)
    return sentence


def is_known(sentence: str) -> bool:
    """Return whether a sentence has words in every language."""
    return bool(_NOTES.told(sentence, "en"))
