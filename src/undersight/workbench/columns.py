"""Which column of a stranger's table means what.

A column is matched by its exact folded name or a listed alias, never by likeness: a wrong guess
would put a judge where the victim stands. What is not matched is asked for or kept in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.errors import UnknownRoleError
from undersight.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REST = "rest"
IGNORE = "ignore"

ROLES: Mapping[str, str] = {
    "id": "the table's own number of the row",
    "title": "headline",
    "summary": "what happened",
    "date": "when it began",
    "end": "when it ended",
    "act": "what was done (a term, or words given by --term)",
    "victim": "name of the person or outlet acted upon",
    "victim_count": "how many people",
    "occupation": "occupation of the victim",
    "gender": "gender of the victim",
    "member_of": "party or movement of the victim",
    "status": "where it left the person",
    "country": "country",
    "region": "region",
    "place": "town",
    "site": "building, prison, station, court",
    "agency": "office that did or ordered it",
    "outlet": "outlet that reports it",
    "source": "title of the source, or kind",
    "url": "address of the source",
    "provision": "articles of law",
    "stated_ground": "ground that the authorities gave",
    "believed_ground": "ground that others believe",
    "offence": "offence in words",
    "platform": "platform",
    "sentence": "penalty in words",
    "official_statement": "what an office said of it",
    "topic": "tag",
    REST: "kept in words in the entry's remark",
    IGNORE: "left in the sealed original only",
}

# Exact names seen in public tables of the field, by role; compared folded.
_ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "case_no", "case_id", "no", "nr", "№", "record_id", "number", "номер", "sıra"),
    "title": ("title", "headline", "event", "subject", "başlıq", "başlık", "заголовок"),
    "summary": (
        "summary",
        "description",
        "notes",
        "background",
        "details",
        "narrative",
        "comment",
        "təsvir",
        "açıklama",
        "описание",
        "комментарий",
    ),
    "date": (
        "date",
        "start_date",
        "start date",
        "event_date",
        "arrest_date",
        "date of arrest",
        "detention_date",
        "tarix",
        "tarih",
        "дата",
        "дата задержания",
        "başlama tarixi",
    ),
    "end": ("end_date", "end date", "release_date", "date of release", "дата освобождения"),
    "act": (
        "act",
        "type",
        "act_type",
        "event_type",
        "type of death",
        "тип",
        "növ",
        "tür",
        "violation",
        "category",
    ),
    "victim": (
        "victim",
        "name",
        "full name",
        "person",
        "victim_label",
        "имя",
        "фио",
        "ad",
        "ad soyad",
        "ad, soyad",
        "journalist",
    ),
    "victim_count": (
        "total",
        "victim_count",
        "number of people",
        "detained",
        "total detained",
        "всего",
        "количество",
        "sayı",
    ),
    "occupation": ("occupation", "profession", "job", "профессия", "peşə", "meslek"),
    "gender": ("gender", "sex", "пол", "cins", "cinsiyet"),
    "member_of": (
        "organisation",
        "organization",
        "organizator",
        "organizer",
        "affiliation",
        "организация",
        "təşkilat",
    ),
    "status": ("status", "arrest_status", "status_at_end", "статус"),
    "country": ("country", "ölkə", "ülke", "страна"),
    "region": ("admin1", "region", "province", "state", "регион", "bölgə"),
    "place": (
        "place",
        "city",
        "town",
        "locality",
        "area_name",
        "location",
        "место",
        "город",
        "yer",
        "şəhər",
        "şehir",
    ),
    "site": ("place_of_detention", "prison", "site", "facility"),
    "agency": ("agency", "arresting_authority", "ordered_by", "decision_maker", "authority"),
    "outlet": ("outlet", "publisher", "media", "publication", "организация сми"),
    "source": ("source", "info_source", "источник", "mənbə", "kaynak"),
    "url": ("url", "link", "news_link", "info_source_link", "source_url", "links", "ссылка"),
    "provision": (
        "provision",
        "criminal_code_articles",
        "article",
        "articles",
        "charges_articles",
        "статья",
        "maddə",
        "madde",
    ),
    "stated_ground": ("stated_ground", "official_just", "gov_justification", "stated reason"),
    "believed_ground": ("believed_ground", "actual_cause", "believed reason", "motive"),
    "offence": ("offence", "charge", "charges", "обвинение", "ittiham", "suçlama"),
    "platform": ("platform", "services_affected", "платформа"),
    "sentence": ("sentence", "приговор", "hökm", "ceza"),
    "official_statement": ("official_statement", "gov_ack_quote"),
    "topic": ("topic", "tags", "keywords", "тема"),
}
_BY_NAME = {fold(alias): role for role, aliases in _ALIASES.items() for alias in aliases}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """What each column of a table means.

    Args:
        roles: Role by column, in column order.
        guessed: Columns whose role was found by name, not given by a person.
    """

    roles: Mapping[str, str]
    guessed: frozenset[str] = frozenset()

    def columns(self, role: str) -> tuple[str, ...]:
        """Return the columns of one role, in order."""
        return tuple(column for column, given in self.roles.items() if given == role)


def map_columns(columns: Iterable[str], given: Mapping[str, str]) -> ColumnMap:
    """Give every column a role: as told, else by exact name, else ``rest``.

    Args:
        columns: Column names in order.
        given: Role by column, from ``--map``.

    Raises:
        UnknownRoleError: A role or a column that does not exist.
    """
    names = tuple(columns)
    folded = {fold(name): name for name in names}
    told: dict[str, str] = {}
    for column, role in given.items():
        if role not in ROLES:
            raise UnknownRoleError(role, tuple(ROLES), is_column=False)
        if fold(column) not in folded:
            raise UnknownRoleError(column, names, is_column=True)
        told[folded[fold(column)]] = role
    roles: dict[str, str] = {}
    guessed = set()
    for name in names:
        role = told.get(name) or _BY_NAME.get(fold(name), REST)
        # Two columns of one name-like role: the first keeps it, the other stays in words.
        if name not in told and role != REST and role in roles.values():
            role = REST
        if name not in told and role != REST:
            guessed.add(name)
        roles[name] = role
    return ColumnMap(roles=roles, guessed=frozenset(guessed))
