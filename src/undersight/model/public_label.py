"""What somebody is called who may not be named: "a blogger", "7 people"."""

from __future__ import annotations

from undersight.model.records import Party
from undersight.model.vocabulary import vocabulary

LANGUAGES = ("en", "az", "ru", "tr")
_NO_LABEL = ("ngo", "other")
_MINOR = {
    "en": "a minor",
    "az": "yetkinlik yaşına çatmayan şəxs",
    "ru": "несовершеннолетний",
    "tr": "reşit olmayan bir kişi",
}
_BY_KIND = {
    "individual": {"en": "a person", "az": "bir şəxs", "ru": "человек", "tr": "bir kişi"},
    "group": {
        "en": "a group of people",
        "az": "bir qrup insan",
        "ru": "группа людей",
        "tr": "bir grup insan",
    },
    "family": {"en": "a family", "az": "bir ailə", "ru": "семья", "tr": "bir aile"},
    "outlet": {
        "en": "a media outlet",
        "az": "bir media orqanı",
        "ru": "СМИ",
        "tr": "bir medya kuruluşu",
    },
}
_ORGANISATION = {
    "en": "an organisation",
    "az": "bir təşkilat",
    "ru": "организация",
    "tr": "bir kuruluş",
}


def public_label(party: Party, lang: str, *, is_minor: bool = False) -> str:
    """Return the words for a party that may not be named.

    A label written by hand (a name of use ``public_label``) comes first; then the first
    occupation; then what the party is, with its count.

    Args:
        party: The party.
        lang: Language code; English for one that has no words here.
        is_minor: Whether the person is under eighteen.
    """
    lang = lang if lang in LANGUAGES else "en"
    by_hand = {name.lang: name.value for name in party.names if name.use == "public_label"}
    if by_hand:
        return by_hand.get(lang) or by_hand.get("en") or by_hand[min(by_hand)]
    if is_minor:
        return _MINOR[lang]
    if party.party_kind in ("individual", "unidentified"):
        return _occupation(party, lang) or _people(party, lang) or _BY_KIND["individual"][lang]
    if party.party_kind == "group":
        return _people(party, lang) or _BY_KIND["group"][lang]
    return _BY_KIND.get(party.party_kind, _ORGANISATION)[lang]


def _occupation(party: Party, lang: str) -> str:
    known = [term for term in party.occupations if term not in _NO_LABEL]
    if not known or _n_people(party) not in (None, 1):
        return ""
    words = vocabulary("occupation").term(known[0]).in_language(lang)
    if lang == "en":
        return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
    return words


def _people(party: Party, lang: str) -> str:
    n_people = _n_people(party)
    if n_people is None or n_people < 2:
        return ""
    if lang == "ru":
        few = n_people % 10 in (2, 3, 4) and n_people % 100 not in (12, 13, 14)
        return f"{n_people} {'человека' if few else 'человек'}"
    return f"{n_people} {({'en': 'people', 'az': 'nəfər', 'tr': 'kişi'})[lang]}"


def _n_people(party: Party) -> int | None:
    """The count, where it is one number."""
    return party.count_min if party.count_min == party.count_max else None
