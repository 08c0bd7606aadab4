"""What a format for machines cannot hold, in the reader's language.

Exports tell it in English, one line for each field; pages name the field as their forms do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.i18n import _, translator

if TYPE_CHECKING:
    from undersight.web.record_words import Words

LOSS_WORDS = {
    "a claim about a record without an entity": _("a statement about a record without an entity"),
    "a claim about a record without an object": _("a statement about a record without an object"),
    "a date that is a range, about or doubtful": _("a date that is a range, about or doubtful"),
    "a feed needs one day: the last possible one was taken": _(
        "a feed needs one day: the last possible one was taken"
    ),
    "a party without name or label is called by its kind": _(
        "a person or body without a name is called by its kind"
    ),
    "a range of people has one column": _("a range of numbers of people has one column"),
    "a stance has no property": _("where a statement stands has no property of its own"),
    "an account without a name has no entity": _("an account without a name has no entity"),
    "an account without id or handle has no object": _(
        "an account without id or handle has no object"
    ),
    "an article only discussed has no column": _("an article only discussed has no column"),
    "an article used against somebody without a row": _(
        "an article used against somebody without a row"
    ),
    "a technique without an id has no object": _("a technique without an id has no object"),
    "an indicator without a pattern": _("an indicator without a pattern"),
    "has no entity of its own": _("has no entity of its own"),
    "has no object of its own": _("has no object of its own"),
    "has no table of its own": _("has no table of its own"),
    "only countries by code have an object": _("only countries by code have an object"),
}
"""By what exporters say, English, marked with ``_()``."""

_LINE = re.compile(
    r"(?P<field>[a-z_.]+): (?P<what>.+) \((?P<n>\d+) records(?:; kept in (?P<kept>\w+))?\)"
)


def told(loss: str, words: Words, lang: str) -> str:
    """Return a loss in a language; a line that is none of ours stays as it is.

    Args:
        loss: The line of an export.
        words: What people call kinds and fields.
        lang: Language of the interface.
    """
    found = _LINE.fullmatch(loss)
    what = LOSS_WORDS.get(found["what"], "") if found else ""
    if not found or not what:
        return loss
    t = translator(lang)
    kind, _dot, field = found["field"].partition(".")
    where = f"{words.kind(kind)}, {words.field(field)}" if field else words.kind(kind)
    many = t.gettext(_("records: %(n)s")) % {"n": found["n"]}
    kept = t.gettext(_("kept in %(field)s")) % {"field": found["kept"]} if found["kept"] else ""
    return f"{where}: {t.gettext(what)} ({'; '.join(filter(None, (many, kept)))})"
