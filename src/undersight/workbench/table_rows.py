"""From a row of somebody's table to an entry document, or to a reason why not."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.errors import DayOrderError, InvalidDateError, UnmappedValueError
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.vocabulary import vocabulary, vocabulary_ids
from undersight.text import fold
from undersight.workbench.columns import REST, ColumnMap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersight.model.intake import Row

_TERM_ROLES = {
    "act": "act_type",
    "occupation": "occupation",
    "status": "liberty_status",
    "platform": "platform",
}
_SEVERAL = re.compile(r"\s*[;,\n]\s*")
_NUMERIC_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\s+00:00(?::00)?)?")
_STAMP = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")


@dataclass(slots=True)
class RowReader:
    """Turns rows into entry documents, one rule for the whole table.

    Args:
        columns: What each column means.
        terms: Term ids by (role, value as written), from ``--term``.
        constants: Value by role for every row, from ``--set``.
        lang: Language of the table's words.
        is_day_first: Whether 03/04/2024 is 3 April; None until the table or a person says.
        unmapped: Values that no term was found for, with how often they stand.
    """

    columns: ColumnMap
    terms: Mapping[tuple[str, str], str]
    constants: Mapping[str, str]
    lang: str = "en"
    is_day_first: bool | None = None
    unmapped: dict[tuple[str, str], int] = field(default_factory=dict)

    def document(self, row: Row) -> dict[str, Any]:
        """Return the entry document of one row.

        Raises:
            InputError: A value cannot be understood; names the column.
        """
        values = self._values(row)
        people = self._people(values)
        act = {
            "act_type": self._term("act", values.get("act", "")) or "other",
            "start": self._date(values.get("date", ""), "date"),
            "end": self._date(values.get("end", ""), "end"),
            "people": people,
            "citations": self._provisions(values.get("provision", "")),
            "stated_ground": values.get("stated_ground", ""),
            "believed_ground": values.get("believed_ground", ""),
            "offences": [values["offence"]] if values.get("offence") else [],
            "platforms": self._platforms(values.get("platform", "")),
        }
        if values.get("act") and act["act_type"] == "other":
            act["detail"] = values["act"]
        document = {
            "lang": self.lang,
            "title": values.get("title", "") or self._headline(act, values),
            "summary": values.get("summary", ""),
            "place": self._place(values),
            "topics": _parts(values.get("topic", "")),
            "acts": [_filled(act)],
            "sources": self._sources(values),
            "claims": self._statements(values),
            "remark": self._rest(row),
            "origin": row_digest(row),
        }
        return _filled(document)

    def observe_days(self, rows: list[Row]) -> None:
        """Learn from the whole table whether the day or the month stands first."""
        if self.is_day_first is not None:
            return
        dated = [*self.columns.columns("date"), *self.columns.columns("end")]
        pairs = [
            (int(found.group(1)), int(found.group(2)))
            for row in rows
            for column in dated
            if (found := _NUMERIC_DAY.fullmatch(row.cells.get(column, "").strip()))
        ]
        is_day_first = any(first > 12 for first, _ in pairs)
        is_month_first = any(second > 12 for _, second in pairs)
        if is_day_first != is_month_first:
            self.is_day_first = is_day_first

    def _values(self, row: Row) -> dict[str, str]:
        values = dict(self.constants)
        for column, role in self.columns.roles.items():
            cell = row.cells.get(column, "").strip()
            if cell and role not in values:
                values[role] = cell
        return values

    def _term(self, role: str, value: str) -> str:
        """Find the term of a value: as told, else the id or a label in any language."""
        if not value:
            return ""
        told = self.terms.get((role, fold(value)))
        if told is not None:
            return told
        found = _labels(_TERM_ROLES[role]).get(fold(value), "")
        if not found:
            key = (role, value)
            self.unmapped[key] = self.unmapped.get(key, 0) + 1
        return found

    def _platforms(self, value: str) -> list[str]:
        return [term for part in _parts(value) if (term := self._term("platform", part))]

    def _people(self, values: Mapping[str, str]) -> list[dict[str, Any]]:
        victim: dict[str, Any] = {"role": "victim"}
        if values.get("victim"):
            victim["name"] = values["victim"]
        if values.get("victim_count"):
            n_people = values["victim_count"].replace(" ", "").replace("\u00a0", "")
            if not n_people.isdigit():
                raise UnmappedValueError("victim_count", values["victim_count"], "a whole number")
            if int(n_people) > 0:
                victim["count"] = int(n_people)
        if values.get("occupation") and (term := self._term("occupation", values["occupation"])):
            victim["occupations"] = [term]
        if values.get("gender"):
            victim["gender"] = values["gender"]
        if values.get("member_of") and len(victim) > 1:
            victim["member_of"] = [values["member_of"]]
        if values.get("status") and (status := self._term("status", values["status"])):
            victim["status"] = status
        people = [victim] if len(victim) > 1 else []
        if values.get("agency"):
            office = {"name": values["agency"], "party_kind": "public_body", "role": "official"}
            people.append(office)
        return people

    def _date(self, text: str, role: str) -> dict[str, Any] | None:
        if not text:
            return None
        stamp = _STAMP.fullmatch(text)
        numeric = _NUMERIC_DAY.fullmatch(text)
        if stamp:
            year, month, day = (int(part) for part in stamp.groups())
            edtf = f"{year:04}-{month:02}-{day:02}"
        elif numeric:
            edtf = self._numeric(numeric, role)
        else:
            return self._worded(text, role)
        return FuzzyDate.parse(edtf, as_text=text, field=role).to_json()

    def _numeric(self, found: re.Match[str], role: str) -> str:
        first, second, year = (int(part) for part in found.groups())
        if first > 12:
            day, month = first, second
        elif second > 12:
            day, month = second, first
        elif self.is_day_first is None and first != second:
            raise DayOrderError(role, found.group(0))
        else:
            day, month = (first, second) if self.is_day_first else (second, first)
        return f"{year:04}-{month:02}-{day:02}"

    def _worded(self, text: str, role: str) -> dict[str, Any]:
        from undersight.extract.dates import find_dates

        for lang in dict.fromkeys((self.lang, "en", "ru", "az", "tr")):
            found = [m for m in find_dates(text, lang, None) if m.date is not None]
            if len(found) == 1 and not found[0].alternatives:
                date = found[0].date
                if date is not None and (date.earliest or date.latest):
                    return {**date.to_json(), "as_text": text}
        try:
            return FuzzyDate.parse(text, field=role).to_json()
        except InvalidDateError as error:
            raise UnmappedValueError(role, text, "a date") from error

    def _provisions(self, value: str) -> list[dict[str, Any]]:
        from undersight.extract.provisions import NUMBER, normalise

        found = [normalise(cited) for cited in re.findall(NUMBER, value)]
        return [{"citation": citation, "as_cited": value} for citation, _ in found]

    def _place(self, values: Mapping[str, str]) -> dict[str, str] | None:
        place = {
            "country": values.get("country", ""),
            "admin1": values.get("region", ""),
            "locality": values.get("place", ""),
            "site": values.get("site", ""),
        }
        filled = {name: value for name, value in place.items() if value}
        if not filled:
            return None
        levels = (("site", "exact"), ("locality", "locality"), ("admin1", "admin1"))
        precision = next((p for name, p in levels if name in filled), "country")
        return {**filled, "precision": precision}

    def _sources(self, values: Mapping[str, str]) -> list[dict[str, Any]]:
        source: dict[str, Any] = {}
        if values.get("source"):
            source["title"] = values["source"]
        if values.get("url"):
            source["url"] = values["url"]
        if values.get("outlet"):
            source["publisher"] = {"name": values["outlet"], "party_kind": "outlet"}
        return [source] if source else []

    def _statements(self, values: Mapping[str, str]) -> list[dict[str, Any]]:
        said = values.get("official_statement", "")
        if not said:
            return []
        speaker = values.get("agency", "")
        claim = {"statement": said, "stance": "gives_other_explanation", "connection": "authority"}
        return [{**claim, **({"speaker_as_text": speaker} if speaker else {})}]

    def _rest(self, row: Row) -> str:
        rest = (*self.columns.columns(REST), *self.columns.columns("id"))
        kept = [f"{column}: {row.cells[column]}" for column in rest if row.cells.get(column)]
        return "\n".join(kept)

    def _headline(self, act: Mapping[str, Any], values: Mapping[str, str]) -> str:
        """Name an entry without a headline by what was done, to whom, where."""
        words = vocabulary("act_type").term(act["act_type"]).in_language(self.lang)
        about = [values.get("victim", ""), values.get("place", "") or values.get("country", "")]
        return ", ".join(part for part in (words.capitalize(), *about) if part)


def row_digest(row: Row) -> str:
    """Return a digest of a row's cells, by which the same row enters only once."""
    cells = "\x1f".join(f"{name}\x1e{value}" for name, value in sorted(row.cells.items()))
    return hashlib.sha256(f"undersight/row/v1\x00{cells}".encode()).hexdigest()


def _labels(vocabulary_id: str) -> dict[str, str]:
    """Return term ids by folded label, in every language; ambiguous labels are left out."""
    if vocabulary_id not in vocabulary_ids():
        return {}
    found: dict[str, set[str]] = {}
    for term in vocabulary(vocabulary_id).terms.values():
        for words in (term.term_id, term.term_id.replace("_", " "), *term.label.values()):
            found.setdefault(fold(words), set()).add(term.term_id)
    return {words: ids.pop() for words, ids in found.items() if len(ids) == 1}


def _parts(value: str) -> list[str]:
    return [part for part in _SEVERAL.split(value) if part]


def _filled(part: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if value not in ("", None, [], {})}
