"""From kept fields to an entry document: everything accepted goes in or is handed back."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import InvalidDraftError, TextTooLongError
from undersight.model.derived.custody import all_custody
from undersight.model.draft import DraftEntry, DraftField
from undersight.model.intake import Link
from undersight.model.records import Claim, Involvement, Party, Source, Takedown
from undersight.workbench import confirming, dossiers, draft_shelf, drafts, incidents
from undersight.workbench.drafting import confirmed_entry, dating_of
from undersight.workbench.session import Workspace

TEXT = (
    "Blogger jailed [Updated May 6]\n"
    "[Update] He was let out.\n"
    "On May 4 a court gave Ravin Dargaly 30 days under Article 535.1, Valley Post reports. "
    "The ministry denied it."
)


def at(kind: str, words: str, value: Any, **more: Any) -> DraftField:
    start = TEXT.index(words)
    return DraftField(
        kind=kind,
        value=value,
        start=start,
        end=start + len(words),
        confidence=0.9,
        rule="test",
        **more,
    )


def entry(*fields: DraftField, updated: str | None = None) -> DraftEntry:
    return DraftEntry(
        headline="Blogger jailed",
        start=0,
        end=len(TEXT),
        updated=updated,
        fields=fields,
        not_captured=(),
    )


def test_what_was_tied_to_a_rejected_act_is_not_put_on_the_other() -> None:
    fields = (
        at("act", "jailed", "detention"),
        at("person", "He", "Elvan Dost", role="victim", of=0),
        at("act", "gave", "fine"),
        at("person", "Ravin Dargaly", "Ravin Dargaly", role="victim", of=2),
        at("date", "May 4", "2031-05-04", of=2),
        at("offence", "Article 535.1", "hooliganism", of=2),
        at("claim", "The ministry denied it.",
           {"speaker": "Ministry", "stance": "denies", "about": "fine"}, of=2),
    )  # fmt: skip
    kept = {i: field for i, field in enumerate(fields) if i != 2}
    made = confirmed_entry(TEXT, entry(*fields), kept, lang="en")
    (act,) = made.document["acts"]
    assert [person["name"] for person in act["people"]] == ["Elvan Dost"]
    assert "start" not in act
    assert "offences" not in act
    assert "claims" not in act | made.document
    assert made.unplaced == fields[3:]
    assert "person: Ravin Dargaly" in made.document["remark"]


FIELDS = (
    at("act", "gave", "administrative_detention"),
    at("sentence", "30 days", {"kind": "administrative_detention", "amount": 30, "unit": "days"},
       of=0),
    at("person", "Ravin Dargaly", "Ravin Dargaly", role="victim", of=0),
    at("date", "May 4", "2031-05-04", of=0),
    at("provision", "Article 535.1", "535.1", of=0),
    at("outlet", "Valley Post", "Valley Post"),
    at("claim", "The ministry denied it.",
       {"speaker": "The ministry", "stance": "denies", "about": None}, of=0),
)  # fmt: skip


def test_the_document_holds_every_kind_where_it_belongs() -> None:
    kept = dict(enumerate(FIELDS))
    done = confirmed_entry(TEXT, entry(*FIELDS), kept, lang="en")
    (act,) = done.document["acts"]
    assert done.unplaced == ()
    assert act["act_type"] == "administrative_detention"
    expected = {"edtf": "2031-05-04", "as_text": "May 4", "basis": "from_publication"}
    assert act["start"] == expected
    assert act["citations"] == [{"citation": "535.1", "as_cited": "Article 535.1"}]
    (person,) = act["people"]
    assert person["sentences"][0]["amount"] == 30
    assert act["claims"][0]["speaker_as_text"] == "The ministry"
    assert done.document["sources"][0]["publisher"]["name"] == "Valley Post"
    assert done.document["title"] == "Blogger jailed"


def test_what_an_accepted_office_says_is_the_answer_of_an_authority() -> None:
    fields = (*FIELDS, at("agency", "The ministry", "The Ministry"))
    done = confirmed_entry(TEXT, entry(*fields), dict(enumerate(fields)), lang="en")
    (act,) = done.document["acts"]
    assert act["claims"][0]["connection"] == "authority"
    done = confirmed_entry(TEXT, entry(*fields), dict(enumerate(FIELDS)), lang="en")
    (act,) = done.document["acts"]
    assert "connection" not in act["claims"][0], "the reader did not accept the office"


def test_what_has_no_act_is_handed_back_and_kept_in_the_remark() -> None:
    loose = at("date", "May 4", "2031-05-04")
    done = confirmed_entry(TEXT, entry(loose), {0: loose}, lang="en")
    assert done.unplaced == (loose,)
    assert "date: May 4" in done.document["remark"]
    two = (at("act", "jailed", "detention"), at("act", "gave", "sentence"), loose)
    done = confirmed_entry(TEXT, entry(*two), dict(enumerate(two)), lang="en")
    assert done.unplaced == (loose,)


def test_an_updated_entry_carries_its_update() -> None:
    done = confirmed_entry(TEXT, entry(updated="2031-05-06"), {}, lang="en")
    (update,) = done.document["updates"]
    assert update["published"] == "2031-05-06"
    assert update["note"] == "He was let out."
    assert done.document["last_news"] == "2031-05-06"


def test_a_takedown_keeps_only_the_counts_that_are_given() -> None:
    value = {"accounts": 41, "pages": 12, "groups": None, "instagram": None,
             "reporter": "Facebook", "attributed_to": "a union"}  # fmt: skip
    found = at("takedown", "let out", value)
    done = confirmed_entry(TEXT, entry(found), {0: found}, lang="en")
    (network,) = done.document["takedowns"]
    assert network["removed"] == {"accounts": 41, "pages": 12}
    assert network["attributed_as_text"] == "a union"


def test_what_was_confirmed_can_be_stored(workspace: Workspace) -> None:
    value = {"accounts": 41, "pages": None, "groups": None, "instagram": None,
             "reporter": "Facebook", "attributed_to": None}  # fmt: skip
    fields = (*FIELDS, at("takedown", "let out", value))
    done = confirmed_entry(TEXT, entry(*fields), dict(enumerate(fields)), lang="en")
    incidents.add(workspace, done.document, why="confirmed")
    kinds = {cls: [*workspace.casebook.all(cls.kind)] for cls in (Party, Claim, Source, Takedown)}
    assert {p.party_kind for p in kinds[Party]} == {"individual", "outlet", "platform"}  # type: ignore[attr-defined]
    assert [len(found) for found in kinds.values()] == [3, 1, 1, 1]
    (part,) = workspace.casebook.all("involvement")
    assert isinstance(part, Involvement)
    assert part.sentences[0].as_text == "30 days"


@given(chosen=st.sets(st.integers(0, len(FIELDS) - 1)))
def test_nothing_kept_is_lost_and_nothing_else_comes_in(chosen: set[int]) -> None:
    kept = {i: FIELDS[i] for i in chosen}
    done = confirmed_entry(TEXT, entry(*FIELDS), kept, lang="en")
    written = repr({k: v for k, v in done.document.items() if k not in ("summary", "remark")})
    for i, one in enumerate(FIELDS):
        value = one.value if isinstance(one.value, str) else one.value.get("kind", one.value)
        words = value if isinstance(value, str) else TEXT[one.start : one.end]
        is_there = words in written or one in done.unplaced
        assert is_there or i not in chosen
        if i not in chosen and one.kind in ("person", "outlet", "provision", "claim"):
            assert words not in written


def test_where_the_words_lead_is_a_source() -> None:
    text = "Blogger jailed. See https://qv.example/a, and Valley Post. Another entry."
    here = text.index("Valley Post")
    links = (
        Link(start=here, end=here + 11, url="https://valley.example/1"),
        Link(start=len(text) - 6, end=len(text) - 1, url="https://other.example"),
    )
    first = DraftEntry(
        headline="Blogger jailed", start=0, end=here + 12, updated=None, fields=(), not_captured=()
    )
    document = confirmed_entry(text, first, {}, lang="en", links=links).document
    assert document["sources"] == [
        {"url": "https://valley.example/1"},
        {"url": "https://qv.example/a"},
    ]


def test_more_than_a_few_years_of_a_log_are_refused_in_one_line() -> None:
    with pytest.raises(TextTooLongError, match=r"log\.txt has more than 5 MB"):
        drafts.propose(b"x" * (drafts.MOST_BYTES + 1), name="log.txt")


def test_each_entry_of_a_mixed_log_is_read_in_its_language() -> None:
    text = "On May 3, 2024 Zaur Bel was fined.\n\n\nNora Dağ 5 Mayıs 2024'te gözaltına alındı.\n"
    entries = drafts.propose(text.encode(), name="log.txt").draft.entries
    acts = {f.rule[:2] for entry in entries for f in entry.fields if f.kind == "act"}
    assert acts == {"en", "tr"}


@pytest.mark.parametrize(
    ("words", "lang", "basis"),
    [
        ("June 3, 2031", "en", "stated"),
        ("June 3", "en", "from_publication"),
        ("Two days later", "en", "relative"),
        ("yesterday", "en", "relative"),
        ("3 июня", "ru", "from_publication"),
        ("iki gün sonra", "az", "relative"),
        ("2031 yılının Haziran ayında", "tr", "stated"),
    ],
)
def test_how_a_date_is_known_follows_it_into_the_record(words: str, lang: str, basis: str) -> None:
    assert dating_of(words, "2031-06-03", lang) == {"basis": basis}


def test_the_day_that_a_date_was_counted_from_follows_it_into_the_record(
    workspace: Workspace,
) -> None:
    text = (
        b"Oleg Bel was detained on 3 May.\n\nZaur Bel was fined on 2 May 2031.\n\n"
        b"A page of Dan Ulduzu was hacked yesterday."
    )
    shelved = confirming.begin(workspace, text, name="log.txt", context_date=dt.date(2031, 5, 10))
    proposal = draft_shelf.take(workspace, shelved.draft_id).proposal
    assert proposal.context_date == dt.date(2031, 5, 10)
    told = {}
    for drafted in proposal.draft.entries:
        kept = dict(enumerate(drafted.fields))
        day = proposal.context_date
        made = confirmed_entry(proposal.text, drafted, kept, lang="en", context_date=day).document
        for act in made["acts"]:
            told[act["start"]["edtf"]] = act["start"].get("context", "")
    assert told == {"2031-05-03": "2031-05-10", "2031-05-02": "", "2031-05-09": "2031-05-10"}


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("throughout March 2031", "en"),
        ("весь март 2031 года", "ru"),
        ("2031-ci il mart ayı boyunca", "az"),
        ("2031 Mart ayı boyunca", "tr"),
    ],
)
def test_all_of_a_month_is_meant_throughout(words: str, lang: str) -> None:
    assert dating_of(words, "2031-03", lang)["reading"] == "throughout"
    # a person who set one day instead did not say so
    assert "reading" not in dating_of(words, "2031-03-05", lang)


@pytest.mark.parametrize(
    ("text", "lang", "held"),
    [
        ("Oleg Bel was held in a police station from March 5, 2031 to March 9, 2031.", "en", 4),
        ("Aktivist Oleg Bel 5 Mart 2031'den 9 Mart 2031'e kadar gözaltında tutuldu.", "tr", 4),
        ("Oleg Bel was detained between March 5 and March 9, 2031.", "en", None),
    ],
)
def test_held_from_one_day_to_another_is_out_on_the_second(
    workspace: Workspace, text: str, lang: str, held: int | None
) -> None:
    drafted = drafts.propose(text.encode(), name="log.txt", lang=lang).draft.entries[0]
    kept = dict(enumerate(drafted.fields))
    document = confirmed_entry(text, drafted, kept, lang=lang).document
    incidents.add(workspace, document, why="confirmed")
    seen = dossiers.whole(workspace, as_of=dt.date(2031, 6, 1))
    [stay] = all_custody(seen)
    assert (stay.n_days_min == stay.n_days_max == held) is (held is not None)


def test_names_that_were_confirmed_are_known_the_next_time(workspace: Workspace) -> None:
    text = b"Zaur Bel was fined on May 3, 2024. Dan Ulduzu was there.\n"
    before = drafts.propose(text, name="log.txt").draft.entries[0]
    assert "outlet" not in {field.kind for field in before.fields}
    told = b"Zaur Bel was fined on May 1, 2024, the news site Dan Ulduzu reported.\n"
    drafts.learn(workspace, drafts.propose(told, name="log.txt").draft.entries[0].fields)
    known = drafts.load_gazetteer(workspace)
    after = drafts.propose(text, name="log.txt", gazetteer=known).draft.entries[0]
    assert "Dan Ulduzu" in {field.value for field in after.fields if field.kind == "outlet"}


@pytest.mark.long
def test_what_offices_did_is_tied_to_the_one_victim_and_said(workspace: Workspace) -> None:
    text = (
        "On June 3, 2031, Nurlan Bel was detained in Sarnak. A court sentenced him to 30 days "
        "of administrative detention on June 4, Valley Post reported.\n"
    )
    proposal = drafts.propose(text.encode(), name="log.txt")
    entry = proposal.draft.entries[0]
    confirmed = confirmed_entry(text, entry, dict(enumerate(entry.fields)), lang="en")
    people = [act["people"] for act in confirmed.document["acts"]]
    assert [[one["name"] for one in some] for some in people] == [["Nurlan Bel"], ["Nurlan Bel"]]
    assert people[1][0]["sentences"][0]["amount"] == 30
    assert confirmed.document["place"]["locality"] == "Sarnak"
    assert (
        "Taken as done to the one victim of the entry: sentenced" in confirmed.document["remark"]
    )
    incidents.add(workspace, confirmed.document, why="draft")
    assert not confirmed.unplaced


def test_how_long_it_took_is_no_count_of_people() -> None:
    acts = (at("act", "gave", "summons"), at("act", "let out", "questioning"))
    one = at("person", "Ravin Dargaly", "Ravin Dargaly", role="victim", of=0)
    long = at("quantity", "30 days", {"what": "duration", "amount": 2, "unit": "hours"}, of=1)
    fields = (*acts, one, long)
    confirmed = confirmed_entry(TEXT, entry(*fields), dict(enumerate(fields)), lang="en")
    people = [[one["name"] for one in act["people"]] for act in confirmed.document["acts"]]
    assert people == [["Ravin Dargaly"], ["Ravin Dargaly"]]


def test_an_office_that_speaks_stands_in_its_claim_and_nowhere_else() -> None:
    act = at("act", "gave", "summons")
    said = {"speaker": "The ministry", "stance": "denies", "about": "summons"}
    office = at("agency", "The ministry", "The ministry", role="official")
    fields = (act, at("claim", "The ministry denied it.", said, of=0), office)
    confirmed = confirmed_entry(TEXT, entry(*fields), dict(enumerate(fields)), lang="en")
    assert not confirmed.unplaced
    assert "people" not in confirmed.document["acts"][0]  # to deny an act is not to do it
    claim = confirmed.document["acts"][0]["claims"][0]
    assert (claim["speaker_as_text"], claim["connection"]) == ("The ministry", "authority")


def test_an_office_that_confirms_stays_tied_to_the_act() -> None:
    act = at("act", "gave", "detention")
    said = {"speaker": "The ministry", "stance": "acknowledges", "about": "detention"}
    office = at("agency", "The ministry", "The ministry", role="official")
    fields = (act, at("claim", "The ministry denied it.", said, of=0), office)
    confirmed = confirmed_entry(TEXT, entry(*fields), dict(enumerate(fields)), lang="en")
    people = confirmed.document["acts"][0]["people"]
    assert [(one["name"], one["role"]) for one in people] == [("The ministry", "official")]


def test_with_two_victims_or_a_count_nobody_is_taken() -> None:
    acts = (at("act", "gave", "sentence"), at("act", "let out", "release"))
    one = at("person", "Ravin Dargaly", "Ravin Dargaly", role="victim", of=1)
    other = at("person", "The ministry", "Nora Dag", role="victim", of=1)
    many = at("quantity", "30 days", {"what": "detained", "amount": 30, "unit": "people"}, of=0)
    for more in (other, many):
        fields = (*acts, one, more)
        confirmed = confirmed_entry(TEXT, entry(*fields), dict(enumerate(fields)), lang="en")
        sentence, _ = confirmed.document["acts"]
        assert "people" not in sentence


def test_proposals_that_were_printed_are_no_log() -> None:
    printed = drafts.propose(TEXT.encode(), name="log.txt").draft.to_json()
    for raw in (json.dumps(printed).encode(), b' {"entries": []}'):
        with pytest.raises(InvalidDraftError, match="without the text"):
            drafts.propose(raw, name="draft.json")
    assert drafts.propose(b"{ On 4 May 2031 a court jailed Ravin Dargaly. }", name="log.txt")


def test_a_denial_of_what_is_no_act_of_the_entry_denies_no_act_as_a_whole() -> None:
    text = (
        "Ravin Dargaly was summoned. He was questioned. The ministry says nobody threatened him."
    )

    def here(kind: str, words: str, value: Any) -> DraftField:
        start = text.index(words)
        return DraftField(
            kind=kind, value=value, start=start, end=start + len(words), confidence=0.9, rule="t"
        )

    denial = {"speaker": "The ministry", "stance": "denies", "about": "threat"}
    fields = (
        here("act", "summoned", "summons"),
        here("act", "questioned", "questioning"),
        here("claim", "The ministry says nobody threatened him", denial),
    )
    entry = DraftEntry(
        headline="", start=0, end=len(text), updated=None, fields=fields, not_captured=()
    )
    document = confirmed_entry(text, entry, dict(enumerate(fields)), lang="en").document
    assert "claims" not in document
    told = {act["act_type"]: act.get("claims", []) for act in document["acts"]}
    assert told["summons"] == []
    assert [claim["stance"] for claim in told["questioning"]] == ["denies"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_text_with_the_mark_of_a_wide_encoding_is_read(encoding: str) -> None:
    assert drafts.read_text("Polis çağırıb".encode(encoding), "log.txt").text == "Polis çağırıb"
