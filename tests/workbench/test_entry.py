"""Entry documents: what they build, how parts name each other, and how errors say where."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import InputError, InvalidValueError, UnknownKeyError, UnknownTermError
from undersight.model import records as r
from undersight.workbench.entry import EntryBuilder
from undersight.workbench.parties import PartyBook


def of_kind(records: tuple[r.Record, ...], kind: str) -> list[Any]:
    return [record for record in records if record.kind == kind]


def test_the_incident_comes_first_and_holds_its_sources(builder: EntryBuilder) -> None:
    built = builder.build(
        {
            "title": "Reporter questioned",
            "sources": ["First report", {"key": "s", "title": "Second"}],
            "acts": ["questioning"],
        }
    )
    incident = built[0]
    assert isinstance(incident, r.Incident)
    assert incident.title == {"en": "Reporter questioned"}
    sources = of_kind(built, "source")
    assert [s.title for s in sources] == ["First report", "Second"]
    assert incident.sources == tuple(s.record_id for s in sources)
    assert [a.act_type for a in of_kind(built, "act")] == ["questioning"]


def test_plain_text_stands_in_the_language_of_the_entry(builder: EntryBuilder) -> None:
    built = builder.build(
        {
            "lang": "az",
            "title": "Sual",
            "acts": [
                {
                    "act_type": "threat",
                    "threatened_consequence": "yoxsa...",
                    "stated_ground": {"en": "none"},
                }
            ],
        }
    )
    act = of_kind(built, "act")[0]
    assert built[0].title == {"az": "Sual"}  # type: ignore[attr-defined]
    assert act.threatened_consequence == {"az": "yoxsa..."}
    assert act.stated_ground == {"en": "none"}


def test_a_part_may_name_one_that_comes_later(builder: EntryBuilder) -> None:
    built = builder.build(
        {
            "acts": [
                {
                    "key": "first",
                    "act_type": "questioning",
                    "related": [{"link": "pretext_for", "record": "second", "note": "said"}],
                    "claims": [{"stance": "denies", "statement": "no", "carried_by": "report"}],
                },
                {"key": "second", "act_type": "detention"},
            ],
            "claims": [{"about": "second", "statement": "yes"}],
            "sources": [{"key": "report", "title": "Report"}],
        }
    )
    first, second = of_kind(built, "act")
    assert first.related[0].record == second.record_id
    about_first, about_second = of_kind(built, "claim")
    assert about_first.about == first.record_id
    assert about_first.carried_by == of_kind(built, "source")[0].record_id
    assert about_second.about == second.record_id


def test_one_name_in_an_entry_is_one_party_with_all_that_is_said_of_it(
    builder: EntryBuilder,
) -> None:
    built = builder.build(
        {
            "acts": [
                {
                    "act_type": "detention",
                    "items": [{"author": "Ravin Dargaly", "text": "x"}],
                    "people": [{"name": "Ravin Dargaly", "occupations": ["blogger"]}],
                },
                {"act_type": "release", "people": ["ravin dargaly"]},
            ]
        }
    )
    (party,) = of_kind(built, "party")
    assert party.occupations == ("blogger",)
    assert {i.party for i in of_kind(built, "involvement")} == {party.record_id}
    assert of_kind(built, "item")[0].author == party.record_id


def test_involvement_keeps_its_own_fields_and_hands_the_rest_to_the_party(
    builder: EntryBuilder,
) -> None:
    built = builder.build(
        {
            "acts": [
                {
                    "act_type": "sentence",
                    "people": [
                        {
                            "name": "A B",
                            "gender": "woman",
                            "status": "convicted",
                            "member_of": "A Movement",
                            "sentences": [
                                {"kind": "community_service", "amount": 240, "unit": "hours"}
                            ],
                        }
                    ],
                }
            ]
        }
    )
    part = of_kind(built, "involvement")[0]
    assert part.status == "convicted"
    assert part.sentences[0].amount == 240
    person = next(p for p in of_kind(built, "party") if p.gender == "woman")
    movement = next(p for p in of_kind(built, "party") if p.party_kind == "organisation")
    assert person.member_of == (movement.record_id,)


@pytest.mark.parametrize(
    "written", ["Article 388-1.1.1", "maddə 388.1.1", "ст. 388-1.1.1", "388-1.1.1", "388.1.1"]
)
def test_spellings_of_an_article_are_one_provision(builder: EntryBuilder, written: str) -> None:
    built = builder.build(
        {
            "acts": [
                {"act_type": "fine", "citations": [{"citation": "388.1.1", "instrument": "Code"}]},
                {"act_type": "fine", "citations": [{"citation": written, "instrument": "Code"}]},
            ]
        }
    )
    (provision,) = of_kind(built, "provision")
    assert provision.citation == "388.1.1"
    assert provision.path == ("388", "1", "1")
    assert provision.jurisdiction == "QV"
    assert [c.as_cited for c in of_kind(built, "citation")] == ["388.1.1", written]


def test_a_recorded_provision_is_used_again(builder: EntryBuilder) -> None:
    built = builder.build(
        {"acts": [{"act_type": "fine", "citations": [{"citation": "9-1", "instrument": "Code"}]}]}
    )
    assert not of_kind(built, "provision")
    assert of_kind(built, "citation")[0].provision == "recorded-provision"


def test_an_indicator_written_as_reports_write_it_is_kept_as_the_address(
    builder: EntryBuilder,
) -> None:
    written = {"indicator_type": "phishing_url", "value": "hxxps://voice-login[.]example/a"}
    built = builder.build({"title": "A network", "takedowns": [{"indicators": [written]}]})
    (indicator,) = of_kind(built, "indicator")
    assert indicator.value == "https://voice-login.example/a"


def test_indicators_of_a_network_become_records(builder: EntryBuilder) -> None:
    built = builder.build(
        {
            "takedowns": [
                {
                    "name": "N",
                    "indicators": [
                        {"indicator_type": "domain_name", "value": "a.example"},
                        "recorded-indicator",
                    ],
                }
            ]
        }
    )
    (indicator,) = of_kind(built, "indicator")
    (network,) = of_kind(built, "takedown")
    assert network.indicators == (indicator.record_id, "recorded-indicator")
    assert network.incident == built[0].record_id


def test_parts_can_be_added_to_a_recorded_incident(builder: EntryBuilder) -> None:
    built = builder.build({"acts": ["release"], "sources": ["New"]}, incident_id="recorded-entry")
    assert not of_kind(built, "incident")
    assert of_kind(built, "act")[0].incident == "recorded-entry"
    assert builder.added["sources"] == [of_kind(built, "source")[0].record_id]


@pytest.mark.parametrize(
    ("document", "error", "words"),
    [
        ({"acts": [{"act_type": "questionning"}]}, UnknownTermError, "acts[0]"),
        (
            {"acts": [{"act_type": "fine", "people": [{"name": "A", "status": "gone"}]}]},
            UnknownTermError,
            "acts[0].people[0]",
        ),
        ({"acts": [{"act_type": "fine", "start": "2031-02-31"}]}, InputError, "acts[0]"),
        ({"acts": [{"act_type": "fine", "colour": "red"}]}, InputError, "acts[0]"),
        ({"acts": [{"act_type": "fine"}, 7]}, InvalidValueError, "acts[1]"),
        ({"acts": {"act_type": "fine"}}, InvalidValueError, "acts"),
        (
            {"acts": [{"act_type": "fine", "citations": [{"instrument": "Code"}]}]},
            InvalidValueError,
            "acts[0].citations[0]",
        ),
        (
            {
                "acts": [
                    {"act_type": "fine", "related": [{"link": "follows", "record": "nowhere"}]}
                ]
            },
            UnknownKeyError,
            "nowhere",
        ),
        ({"claims": [{"about": {"name": "A"}, "statement": "x"}]}, InvalidValueError, "claims[0]"),
        (
            {"acts": [{"act_type": "fine", "people": [{"role": "victim"}]}]},
            InvalidValueError,
            "acts[0].people[0]",
        ),
    ],
)
def test_errors_name_the_place(
    builder: EntryBuilder, document: dict[str, Any], error: type[InputError], words: str
) -> None:
    with pytest.raises(error) as raised:
        builder.build(document)
    assert words in raised.value.sentence


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 40) | st.sampled_from(["", "x", "fine", "2031"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                [
                    "acts",
                    "people",
                    "name",
                    "key",
                    "claims",
                    "about",
                    "citations",
                    "citation",
                    "title",
                    "sources",
                    "start",
                    "related",
                    "place",
                    "member_of",
                    "takedowns",
                    "indicators",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    document=st.dictionaries(
        st.sampled_from(
            ["acts", "claims", "sources", "title", "takedowns", "updates", "place", "lang"]
        ),
        _JUNK,
    )
)
def test_no_document_breaks_the_builder(document: dict[str, Any]) -> None:
    ids = iter(f"id-{n}" for n in range(10_000))
    book = PartyBook(namesakes=lambda _: (), known=lambda _: False, new_id=lambda: next(ids))
    made = EntryBuilder(
        parties=book,
        new_id=lambda: next(ids),
        provision_id=lambda *_: None,
        known=lambda _: False,
    )
    try:
        built = made.build(document)
    except InputError:
        return
    assert built[0].kind == "incident"
    assert len({record.record_id for record in built}) == len(built)
