"""From a row of somebody's table to an entry document, or to a reason why not."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.errors import NoCaseError, UnknownRoleError
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.vocabulary import vocabulary, vocabulary_ids
from undersight.text import fold
from undersight.text.markup import html_to_linked_text
from undersight.workbench import cell_names, cell_words
from undersight.workbench.cell_dates import learned_order, read_date
from undersight.workbench.columns import IGNORE, REST, ColumnMap
from undersight.workbench.solar_dates import is_persian

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undersight.model.intake import Row
    from undersight.workbench.cell_names import Named

_TERM_ROLES = {
    "act": "act_type",
    "occupation": "occupation",
    "status": "liberty_status",
    "platform": "platform",
}
TELLING = frozenset(("title", "summary", "date", "act", "victim", "surname", "victim_count"))
"""In a table in which none of these is known, and in a row that has none, no case is told."""
_SEVERAL = re.compile(r"\s*[;,\n]\s*")
_SEVERAL_VALUES = re.compile(r"[,;/\n]")
_MARKUP = re.compile(r"</(?:p|a|div|ul|ol|li|em|strong|span|b|i|h\d)>|<br ?/?>", re.IGNORECASE)
_WRITTEN_AS_MARKUP = frozenset({"title", "summary", "official_statement"})
_PLACES = frozenset({"place", "region", "site"})
_MOST_CHARACTERS_OF_AN_ACT = 300  # longer words are a story: it is drafted, not looked up
_MOST_CHARACTERS_OF_A_TITLE = 90
_LINES = re.compile(r"\s*[;\n]\s*")
# Words and days are read as they stand; a status may be unknown.
_READ_AS_WRITTEN = frozenset({"title", "summary", "act", "status", "date", "end", "victim_count"})
_ADDRESSES = re.compile(r"https?://\S+?(?=[;,|]?(?:\s|$)|[;,|]\s*https?://)")
# Day 1 of a spreadsheet is 31 December 1899; it takes 1900 for a leap year.
_SPREADSHEET_START = dt.date(1899, 12, 30)
_SPREADSHEET_DAYS = range(20_000, 80_000)  # the years 1954 to 2119


@dataclass(slots=True)
class RowReader:
    """Turns rows into entry documents.

    Args:
        columns: What each column means.
        terms: Term ids by (role, value as written), from ``--term``.
        constants: Value by role for every row, from ``--set``.
        lang: Language of the table's words.
        is_day_first: Whether 03/04/2024 is 3 April; None until the table or a person says.
        unmapped: Values that no term was found for, with how often they stand.
        numbered: Meanings whose every cell is the number that a spreadsheet has for a day.
        is_proposal_taken: Whether the one act that drafting reads in a cell is taken unasked.
        proposed: That act by (role, value), where the words say more than the act; taken or not.
        is_comma_between: Whether a comma in the column of names stands between people.
        in_persian: Whether it is written in Persian, so that its days are of the solar year.
    """

    columns: ColumnMap
    terms: Mapping[tuple[str, str], str]
    constants: Mapping[str, str]
    lang: str = "en"
    is_day_first: bool | None = None
    unmapped: dict[tuple[str, str], int] = field(default_factory=dict)
    numbered: set[str] = field(default_factory=set)
    is_proposal_taken: bool = False
    proposed: dict[tuple[str, str], str] = field(default_factory=dict)
    is_comma_between: bool = False
    in_persian: bool = False

    def document(self, row: Row) -> dict[str, Any]:
        """Return the entry document of one row.

        Raises:
            InputError: A value cannot be understood; names the column.
        """
        values, left = self._values(row)
        self._refuse_row(row, values)
        people = self._people(values, left)
        first, *others = self._dated_acts(self._acts(values, left), values)
        act: dict[str, Any] = {
            "act_type": first,
            "start": self._date(values.get("date", ""), "date", left),
            "end": self._date(values.get("end", ""), "end", left),
            "people": people,
            "citations": self._provisions(values.get("provision", "")),
            "stated_ground": values.get("stated_ground", ""),
            "believed_ground": values.get("believed_ground", ""),
            "offences": [values["offence"]] if values.get("offence") else [],
            "platforms": self._terms("platform", values, left),
        }
        if values.get("act") and act["act_type"] == "other":
            act["detail"] = values["act"]
        named = [{"name": one["name"], "role": one["role"]} for one in people if "name" in one]
        same: dict[str, Any] = {"start": act["start"], "end": act["end"], "people": named}
        document = {
            "lang": self.lang,
            "title": values.get("title", "") or self._headline(act, values),
            "summary": values.get("summary", ""),
            "place": self._place(values),
            "topics": _parts(values.get("topic", "")),
            "acts": [_filled(one) for one in (act, *({"act_type": t} | same for t in others))],
            "sources": self._sources(values),
            "claims": self._statements(values),
            "remark": self._rest(row, left),
            "origin": row_digest(row),
        }
        return _filled(document)

    def observe(self, rows: Sequence[Row]) -> None:
        """Learn from the whole table how days and names are written."""
        self.observe_days(rows)
        cells = [row.cells.get(c, "") for row in rows for c in self.columns.columns("victim")]
        self.is_comma_between = cell_names.is_comma_between(filter(None, cells))

    def observe_days(self, rows: Sequence[Row]) -> None:
        """Learn from the whole table how days are written: which part first, or as numbers."""
        self.in_persian = is_persian(w for row in rows for pair in row.cells.items() for w in pair)
        for role in ("date", "end"):
            cells = [r.cells.get(c, "") for r in rows for c in self.columns.columns(role)]
            filled = [cell for cell in cells if cell and fold(cell) not in cell_words.NO_DAY]
            if filled and all(c.isdecimal() and int(c) in _SPREADSHEET_DAYS for c in filled):
                self.numbered.add(role)
        if self.is_day_first is None:
            dated = [*self.columns.columns("date"), *self.columns.columns("end")]
            cells = [r.cells.get(c, "") for r in rows for c in dated]
            self.is_day_first = learned_order(cells, self.lang)

    def _values(self, row: Row) -> tuple[dict[str, str], dict[str, str]]:
        """Return the cells by meaning, and those beside them that the remark keeps in words."""
        values, left = dict(self.constants), dict[str, str]()
        for column, role in self.columns.roles.items():
            cell = row.cells.get(column, "").strip()
            if not cell or role in (REST, IGNORE, "id"):
                continue
            unsaid = cell_words.UNNAMED if role == "victim" else cell_words.UNSAID
            unsaid = cell_words.NO_PLACE if role in _PLACES else unsaid
            if role not in _READ_AS_WRITTEN and fold(cell) in unsaid:
                left[column] = cell
            elif role == "url" and role in values and role not in self.constants:
                values[role] += f"\n{cell}"
            elif role in values or (role == "believed_ground" and cell_words.is_verdict(cell)):
                left[column] = cell
            else:
                values[role] = cell
        if surname := values.pop("surname", ""):
            values["victim"] = " ".join(filter(None, (values.get("victim"), surname)))
        for role in _WRITTEN_AS_MARKUP & values.keys():
            self._read_markup(role, values)
        if "url" not in values and _ADDRESSES.search(values.get("source", "")):
            values["url"] = values.pop("source")  # where it can be read is told as the source
        return values, left

    def _read_markup(self, role: str, values: dict[str, str]) -> None:
        """Read what a site's export holds as HTML; where its words lead to are sources."""
        if not _MARKUP.search(values[role]):
            return
        values[role], links = html_to_linked_text(values[role])
        if links and "url" not in self.constants:
            led = dict.fromkeys((*values.get("url", "").split("\n"), *(x.url for x in links)))
            values["url"] = "\n".join(filter(None, led))

    def _term(self, role: str, value: str) -> str:
        """Find the term of a value: as told, else the id or a label in any language."""
        if not value:
            return ""
        told = self.terms.get((role, fold(value)))
        if told is not None:
            if role == "act":
                self._read_act(value)
            return told
        if role == "status" and fold(value) in cell_words.UNSAID:
            return "unknown"
        found = _labels(_TERM_ROLES[role]).get(fold(value), "")
        if not found and role == "status":
            found = cell_words.states().get(fold(value), "")
        if not found and role == "act":
            found = self._read_act(value)
        if not found:
            key = (role, value)
            self.unmapped[key] = self.unmapped.get(key, 0) + 1
        return found

    def _read_act(self, words: str) -> str:
        """Return the act that is all that some words say; an act among others is proposed."""
        if len(words) > _MOST_CHARACTERS_OF_AN_ACT:
            return ""
        read = cell_words.read_acts(words, self.lang)
        if read.is_whole:
            return read.terms[0]
        if len(read.terms) != 1:
            return ""
        self.proposed["act", words] = read.terms[0]
        return read.terms[0] if self.is_proposal_taken else ""

    def _acts(self, values: Mapping[str, str], left: dict[str, str]) -> list[str]:
        """Find the acts of a row: those its cell lists, else the one its summary consists of."""
        cell = values.get("act", "")
        if not cell:
            told = values.get("summary", "") or values.get("title", "")
            return [self._told_act(told) or "other"]
        parts = cell_words.parts_of_act(cell)
        if len(parts) < 2 or ("act", fold(cell)) in self.terms:
            term = self._term("act", cell)
            if term and self._says_more(cell):
                left["act"] = cell
            return [term or "other"]
        if whole := _labels(_TERM_ROLES["act"]).get(fold(cell)):
            return [whole]
        found = [(part, self._term("act", part)) for part in parts]
        terms = list(dict.fromkeys(term for _, term in found if term))
        without = [part for part, term in found if not term or self._says_more(part)]
        if terms and without:
            left["act"] = ", ".join(without)
        return terms or ["other"]

    def _says_more(self, words: str) -> bool:
        """Whether an act is a part of what words say, or was told for words of another meaning."""
        is_told = ("act", fold(words)) in self.terms
        is_label = fold(words) in _labels(_TERM_ROLES["act"])
        return ("act", words) in self.proposed or (is_told and not is_label)

    def _dated_acts(self, acts: list[str], values: Mapping[str, str]) -> list[str]:
        """Take the act whose day a column asks ("date of arrest") where nothing else tells one."""
        if acts != ["other"] or not values.get("date"):
            return acts
        return [next(map(cell_words.act_of_date, self.columns.columns("date")), "") or "other"]

    def _told_act(self, words: str) -> str:
        """Return the act that a person told for a summary, or that its words consist of."""
        if not words:
            return ""
        read = self._read_act(words)
        told = self.terms.get(("act", fold(words)))
        return _labels(_TERM_ROLES["act"]).get(fold(words), read) if told is None else told

    def _refuse_row(self, row: Row, values: Mapping[str, str]) -> None:
        """Refuse what is no case: a total of the others, a note, a line of another sheet.

        Raises:
            NoCaseError: So it is.
        """
        first = list(row.cells.values())[:3]
        if any(cell_words.is_total(cell) for cell in first):
            raise NoCaseError(first[0], is_total=True)
        # A month, a town or a group above its rows, or a note: one cell of a wide table.
        alone = values.get("date") or values.get("victim")
        if alone and len(row.cells) == 1 and len(self.columns.roles) > 2:
            raise NoCaseError(alone)
        asked = TELLING & set(self.columns.roles.values())
        if asked and not asked & values.keys() and not TELLING & self.constants.keys():
            raise NoCaseError(next(iter(row.cells.values()), ""))

    def _terms(self, role: str, values: Mapping[str, str], left: dict[str, str]) -> list[str]:
        """Find the terms that a cell lists; words without a term stay in the remark."""
        value = values.get(role, "")
        told = self.terms.get((role, fold(value)))
        if told:
            return [told]
        found = [(part, self._term(role, part)) for part in _parts(value)]
        without = [part for part, term in found if not term]
        if without:
            left[role] = ", ".join(without)
        return list(dict.fromkeys(term for _, term in found if term))

    def _people(self, values: Mapping[str, str], left: dict[str, str]) -> list[dict[str, Any]]:
        told = self._named(values, left)
        names = [name for one in told for name in one.names]
        n_others, number = sum(one.n_others for one in told), values.get("victim_count", "")
        if not names and n_others:
            number = number or str(n_others)
        victim = cell_words.number_of_people(number, left)
        if len(names) > 1 and victim.pop("count", len(names)) != len(names):
            left["victim_count"] = values["victim_count"]
        victim |= self._described(values, left, n_people=len(names))
        is_unnamed = any(self.columns.roles.get(name) == "victim" for name in left)
        if not names and (is_unnamed or (told and "count" not in victim)):
            victim.setdefault("party_kind", "unidentified")
        if not names and victim and "count" not in victim:
            victim.setdefault("party_kind", "individual")
        if values.get("member_of"):
            if names or victim:
                victim["member_of"] = [values["member_of"]]
            else:
                left["member_of"] = values["member_of"]
        people = [{"role": "victim", "name": name, **victim} for name in names]
        if names and any(one.has_others for one in told):
            victim = {"party_kind": "group", **({"count": n_others} if n_others else {})}
            people.append({"role": "victim", **victim})
        elif not names and victim:
            people.append({"role": "victim", **victim})
        if values.get("agency"):
            office = {"name": values["agency"], "party_kind": "public_body", "role": "official"}
            people.append(office)
        return people

    def _named(self, values: Mapping[str, str], left: dict[str, str]) -> list[Named]:
        """Read whom each line of the cell names; what no name takes stays in the remark."""
        listed = [name for name in _LINES.split(values.get("victim", "")) if name]
        is_between = self.is_comma_between
        told = [cell_names.whom(one, is_comma_between=is_between) for one in listed]
        if not all(one.is_all for one in told):
            left["victim"] = values["victim"]
        return told

    def _described(
        self, values: Mapping[str, str], left: dict[str, str], *, n_people: int
    ) -> dict[str, Any]:
        """Read what a row says of whoever was acted upon, beside name and number.

        Of several people, what a cell lists is not said of each: it stays in words.
        """
        told: dict[str, Any] = {}
        for role in ("occupation", "gender"):
            if n_people != 1 and _SEVERAL_VALUES.search(values.get(role, "")):
                left[role] = values[role]
        if "occupation" not in left and (found := self._terms("occupation", values, left)):
            told["occupations"] = found
        if values.get("gender") and "gender" not in left:
            told["gender"] = values["gender"]
        if statuses := self._terms("status", values, left):
            told["status"] = statuses[0]
        if values.get("sentence"):
            told["sentences"] = cell_words.penalties(values["sentence"], self.lang)
        return told

    def _date(self, text: str, role: str, left: dict[str, str]) -> dict[str, Any] | None:
        if not text:
            return None
        if fold(text) in cell_words.NO_DAY:
            left[role] = text
            return None
        if role in self.numbered and text.isdecimal() and int(text) in _SPREADSHEET_DAYS:
            counted = _SPREADSHEET_START + dt.timedelta(days=int(text))
            return FuzzyDate.parse(counted.isoformat(), as_text=text, field=role).to_json()
        return read_date(
            text,
            role,
            lang=self.lang,
            is_day_first=self.is_day_first,
            in_persian=self.in_persian,
        )

    def _provisions(self, value: str) -> list[dict[str, Any]]:
        found = cell_words.articles(value, self.lang) if value else ()
        return [{"citation": citation, "as_cited": value} for citation in found]

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
        if values.get("outlet"):
            source["publisher"] = {"name": values["outlet"], "party_kind": "outlet"}
        url = values.get("url", "")
        urls = _ADDRESSES.findall(url) or ([url] if url else [])
        if len(urls) < 2:
            source |= {"url": urls[0]} if urls else {}
            return [source] if source else []
        return [source | {"url": one} for one in dict.fromkeys(urls)]

    def _statements(self, values: Mapping[str, str]) -> list[dict[str, Any]]:
        said = values.get("official_statement", "")
        if not said:
            return []
        speaker = values.get("agency", "")
        claim = {"statement": said, "stance": "gives_other_explanation", "connection": "authority"}
        return [{**claim, **({"speaker_as_text": speaker} if speaker else {})}]

    def _rest(self, row: Row, left: Mapping[str, str]) -> str:
        rest = (*self.columns.columns(REST), *self.columns.columns("id"))
        kept = {column: row.cells[column] for column in rest if row.cells.get(column)}
        return "\n".join(f"{name}: {words}" for name, words in {**kept, **left}.items())

    def _headline(self, act: Mapping[str, Any], values: Mapping[str, str]) -> str:
        """Name an entry without a headline by what was done, to whom, where."""
        words = vocabulary("act_type").term(act["act_type"]).in_language(self.lang)
        if act["act_type"] == "other":  # the row's own words tell more
            told = values.get("act", "") or values.get("summary", "")
            words = textwrap.shorten(told, _MOST_CHARACTERS_OF_A_TITLE, placeholder="…") or words
        about = [values.get("victim", ""), values.get("place", ""), values.get("country", "")]
        return ", ".join(part for part in (words[:1].upper() + words[1:], *about) if part)


def check_term(role: str, term: str, option: str) -> None:
    """Check that a meaning has terms, and that a term told for it is one of them or none.

    Raises:
        UnknownRoleError: The meaning has no terms.
        UnknownTermError: There is no such term.
    """
    if role not in _TERM_ROLES:
        raise UnknownRoleError(role, tuple(_TERM_ROLES), is_column=False)
    if term:
        vocabulary(_TERM_ROLES[role]).term(term, option)


def vocabulary_of(role: str) -> str:
    """Return the vocabulary of a meaning that has terms; empty for the others."""
    return _TERM_ROLES.get(role, "")


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
