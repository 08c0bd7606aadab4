"""Whoever is meant by a text is among those looked up for it, and stays so as names change."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tests.casebook.conftest import WRAPPING_KEY, Clock
from undersight.casebook import Casebook, tables
from undersight.casebook.mention_index import maybe_mentioned
from undersight.casebook.mentions import Mentions

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = ("Aysel", "Əli", "Rəşad", "Rauf", "Айсель", "O", "Həsən", "Bəxtiyar oğlu")
FAMILY = ("Quliyeva", "Əliyev", "Алиев", "Məmmədov", "Rza-zadə", "Həsənov")
BETWEEN = ("polis", "bəy", "A.", "I", "Rzayev", "aldı", "Əlinin", "oğlu", "-", ".", "@aysel_q")


def written(chance: random.Random) -> str:
    words = [chance.choice((*GIVEN, *FAMILY, *BETWEEN)) for _ in range(chance.randint(2, 16))]
    ended = [w + chance.choice(("", "", "nın", "dan", "ım")) for w in words]
    return "".join(
        (w.lower() if chance.random() < 0.2 else w) + chance.choice((" ", " ", ", ", "-"))
        for w in ended
    )


def made(casebook: Casebook, chance: random.Random, n_people: int) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for _ in range(n_people):
        told = [
            " ".join(chance.sample((chance.choice(GIVEN), chance.choice(FAMILY)), 2))
            for _ in range(chance.randint(1, 2))
        ]
        names[casebook.create("party", names=[{"value": one} for one in told]).record_id] = told
    return names


def test_whoever_is_found_in_a_text_is_looked_up_for_it(casebook: Casebook) -> None:
    chance = random.Random(1)  # noqa: S311
    names = made(casebook, chance, 15)
    finder = Mentions(names)
    n_found = 0
    for _ in range(60):
        text = written(chance)
        meant = {one.party_id for one in finder(text)}
        n_found += len(meant)
        assert meant <= maybe_mentioned(casebook, [text]), text
    assert n_found > 20


def test_a_user_name_gives_its_account_and_a_name_in_one_word_its_party(
    casebook: Casebook,
) -> None:
    person = casebook.create("party", names=[{"value": "Aysel Quliyeva"}]).record_id
    account = casebook.create("account", handles=[{"value": "@roads.of.sarnak"}]).record_id
    assert maybe_mentioned(casebook, ["see @Roads.of.Sarnak."]) == {account}
    assert maybe_mentioned(casebook, ["at x.example/ayselquliyeva"]) == {person}
    assert maybe_mentioned(casebook, ["Aysel came", "Quliyeva went"]) == set()


def test_a_name_that_changes_is_looked_up_as_it_is_now(casebook: Casebook) -> None:
    person = casebook.create("party", names=[{"value": "Aysel Quliyeva"}]).record_id
    assert maybe_mentioned(casebook, ["Aysel Quliyeva"]) == {person}
    casebook.update(person, {"names": [{"value": "Leyla Rzayeva"}]}, "corrected")
    assert maybe_mentioned(casebook, ["Aysel Quliyeva"]) == set()
    assert maybe_mentioned(casebook, ["Leyla Rzayeva"]) == {person}
    other = casebook.create("party", names=[{"value": "Aysel Quliyeva"}]).record_id
    assert maybe_mentioned(casebook, ["Quliyeva, Aysel"]) == {other}
    casebook.withdraw(other, "asked for it")
    assert maybe_mentioned(casebook, ["Quliyeva, Aysel"]) == set()


def test_a_casebook_of_an_older_program_gets_the_index_when_it_is_opened(tmp_path: Path) -> None:
    place = tmp_path / "casebook.db"

    def opened() -> Casebook:
        return Casebook.open(
            place, record_wrapping_key=WRAPPING_KEY, author="s-ada", clock=Clock()
        )

    with opened() as casebook:
        person = casebook.create("party", names=[{"value": "Aysel Quliyeva"}]).record_id
        casebook.create("account", handles=[{"value": "@roads.of.sarnak"}])
        with casebook.database.reading() as connection:
            rows = {tuple(row) for row in connection.execute(sa.select(tables.MENTION_KEY))}
        with casebook.database.writing() as connection:
            tables.MENTION_KEY.drop(connection)
            connection.execute(sa.delete(tables.META).where(tables.META.c.name == "mention_index"))
    with opened() as casebook:
        with casebook.database.reading() as connection:
            assert {
                tuple(row) for row in connection.execute(sa.select(tables.MENTION_KEY))
            } == rows
        assert maybe_mentioned(casebook, ["Aysel Quliyeva"]) == {person}
