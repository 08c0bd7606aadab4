"""What people call the kinds of record, their fields and values, and who may see one."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from undersight.errors import InvalidDateError, UnknownTermError
from undersight.i18n import _, translator
from undersight.model.change import RETRACTION
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import KINDS
from undersight.model.schema import fields_of
from undersight.model.vocabulary import label
from undersight.presentation import sampling_words
from undersight.presentation.field_words import FIELD_WORDS, KIND_WORDS
from undersight.web.evidence_words import EVIDENCE_WORDS
from undersight.web.format_words import FORMAT_REASONS, LOOK_WORDS, ROW_WORDS
from undersight.web.reason_words import REASON_RULES, REASON_WORDS

_UPDATE = re.compile(r"update (\d+)(?:: ([a-z_]+))?")

AUDIENCE_WORDS = {
    "internal": _("internal"),
    "partner": _("open to partners"),
    "public": _("public"),
}
"""By visibility, English, marked with ``_()``."""

DRAFT_WORDS = {
    "person": _("person"),
    "organisation": _("organisation"),
    "agency": _("authority"),
    "official": _("official"),
    "outlet": _("outlet"),
    "place": _("place"),
    "date": _("date"),
    "act": _("act"),
    "manner": _("manner"),
    "response": _("response"),
    "offence": _("offence"),
    "provision": _("article of law"),
    "sentence": _("penalty"),
    "quantity": _("number"),
    "platform": _("platform"),
    "account": _("account"),
    "tactic": _("tactic"),
    "claim": _("statement"),
    "takedown": _("removed network"),
}
"""By kind of a draft's field, English, marked with ``_()``."""

OP_WORDS = {
    "new": _("added"),
    "put": _("changed"),
    "retract": _("taken out"),
    "restore": _("brought back"),
    "withdraw": _("person taken out for good"),
}
"""By what a change does, English, marked with ``_()``."""

FACET_WORDS = {
    "kind": _("Kind of record"),
    "act_type": _("What was done"),
    "platform": _("Platform"),
    "year": _("Year"),
    "country": _("Country"),
    "place": _("Place"),
    "status": _("Where it left the person"),
    "verification": _("How far verified"),
    "monitoring": _("Still followed?"),
    "visibility": _("Who may see it"),
}
"""By facet of the search, English, marked with ``_()``."""

_STEP, _SMALL = 1024, 10
_FACET_VOCABULARIES = {
    "act_type": "act_type",
    "platform": "platform",
    "status": "liberty_status",
    "verification": "verification",
    "monitoring": "monitoring_status",
}


class Words:
    """Words for what the program calls by ids, in one language.

    Args:
        lang: Language of the interface.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._t, self.nt = translator(lang).gettext, translator(lang).ngettext

    def kind(self, kind: str) -> str:
        """Return what people call a kind of record."""
        return self._t(KIND_WORDS.get(kind, kind.replace("_", " ")))

    def field(self, name: str) -> str:
        """Return the label of a field."""
        known = FIELD_WORDS.get(name)
        return self._t(known) if known else name.replace("_", " ")

    def part(self, name: str, sub: str) -> str:
        """Return the label of a field of a part."""
        return self.field(f"{name}.{sub}" if f"{name}.{sub}" in FIELD_WORDS else sub)

    def harm(self, question: str, what: str) -> str:
        """Return what a check for harm found; of a name replaced in a text, which text."""
        if question != "masked-name":
            return what
        kind, _, field = what.partition(".")
        return f"{self.kind(kind)} – {self.field(field)}"

    def draft_kind(self, kind: str) -> str:
        """Return what people call a kind of proposed field."""
        return self._t(DRAFT_WORDS.get(kind, kind))

    def op(self, op: str, *, is_new: bool = False) -> str:
        """Return what a change did."""
        return self._t(OP_WORDS.get("new" if is_new and op == "put" else op, op))

    def facet(self, name: str) -> str:
        """Return the label of a facet of the search."""
        return self._t(FACET_WORDS.get(name, name))

    def facet_value(self, name: str, value: str) -> str:
        """Return a value of a facet in words."""
        if name == "kind":
            return self.kind(value)
        if name == "visibility":
            return self._t(AUDIENCE_WORDS.get(value, value))
        return self.term(_FACET_VOCABULARIES.get(name, ""), value)

    def term(self, vocabulary_id: str, term_id: str) -> str:
        """Return a vocabulary's word; the id itself where it is none of its terms."""
        if not vocabulary_id or not term_id:
            return term_id
        try:
            return label(vocabulary_id, term_id, self.lang)
        except UnknownTermError:
            return term_id

    def value(self, kind: str, name: str, value: Any) -> str:
        """Return the JSON value of a record's field as a reader would want it.

        Args:
            kind: Kind of the record.
            name: The field.
            value: Its JSON value; None where it was never written.
        """
        if value in (None, "", [], {}):
            return "–"
        if name == RETRACTION or isinstance(value, bool):
            return self._t(_("yes")) if value else self._t(_("no"))
        spec = fields_of(KINDS[kind]).get(name) if kind in KINDS else None
        return self._said(value, spec.vocabulary if spec else "")

    def evidence(self, term: str) -> str:
        """Return what was done with evidence, or what it is for."""
        known = EVIDENCE_WORDS.get(term)
        return self._t(known) if known else term.replace("_", " ")

    def reason(self, stored: str) -> str:
        """Return why something was changed; only what the program wrote is in another language."""
        first, sign, rest = stored.partition("; ")
        if update := _UPDATE.fullmatch(first):
            kind = self.term("update_kind", update[2] or "")
            told = f"{self.kind('update')} {update[1]}{f': {kind}' if kind else ''}"
        else:
            known = REASON_WORDS.get(first)
            told = self._t(known) if known else REASON_RULES.told(first, self.lang) or first
        return f"{told}{sign}{rest}"

    def format(self, format_id: str) -> str:
        """Return what a format is; its id where nothing knows it."""
        from undersight.workbench import waiting_files

        about = waiting_files.about(format_id)
        return self._t(about).rstrip(".") if about else format_id

    def sign(self, reason: str) -> str:
        """Return by which sign a format was known."""
        return self._t(reason) if reason in FORMAT_REASONS else reason

    def note(self, sentence: str) -> str:
        """Return what a reader must know of a file; what is none of ours stays as it is."""
        return sampling_words.told(sentence, self.lang)

    def row(self, kind: str) -> str:
        """Return what a row of a file of posts is."""
        known = ROW_WORDS.get(kind)
        return self._t(known) if known else kind

    def counted(self, name: str, key: str) -> str:
        """Return what a summary of posts counts: a platform, a kind of post, a language."""
        if name == "platforms":
            return self.term("platform", key) or "?"
        return (key if name == "languages" and key != "unknown" else self.row(key)) or "?"

    def look(self, detector: str, view: str) -> str:
        """Return what a detector looks at, in words; its ids where it is new here."""
        known = LOOK_WORDS.get(f"{detector}/{view}")
        return self._t(known) if known else f"{detector} / {view}"

    def size(self, n_bytes: int) -> str:
        """Return a number of bytes as people say it."""
        size, units = float(n_bytes), ["B", "KiB", "MiB", "GiB"]
        while size >= _STEP and len(units) > 1:
            size, units = size / _STEP, units[1:]
        number = f"{size:.0f}" if size >= _SMALL or units[0] == "B" else f"{size:.1f}"
        return f"{number if self.lang == 'en' else number.replace('.', ',')} {units[0]}"

    def date(self, edtf: str) -> str:
        """Return a date in words; what is none stays as it is."""
        from undersight.text.date_words import display

        try:
            return display(FuzzyDate.parse(edtf), self.lang)
        except InvalidDateError:
            return edtf

    def iso(self, text: str) -> str:
        """Return a time that is written as ISO 8601, UTC, to the minute; other text as it is."""
        try:
            at = dt.datetime.fromisoformat(text)
        except ValueError:
            return text
        return self.moment(int(at.timestamp()) * 1_000_000) if at.tzinfo else text

    def moment(self, at_us: int) -> str:
        """Return a time, UTC, to the minute."""
        from undersight.presentation.phrases import day

        at = dt.datetime.fromtimestamp(at_us / 1_000_000, dt.UTC)
        return f"{day(at.date(), self.lang)}, {at:%H:%M} UTC"

    def _said(self, value: Any, vocabulary_id: str) -> str:
        if isinstance(value, dict):
            if "edtf" in value:
                return self.date(str(value["edtf"]))
            said = (f"{self.field(k)}: {self._said(v, '')}" for k, v in value.items() if v)
            return "; ".join(said)
        if isinstance(value, list):
            return "; ".join(self._said(one, vocabulary_id) for one in value)
        return self.term(vocabulary_id, str(value))
