"""A large casebook of an invented country, for the benchmarks of search, pages and writers.

python -m benchmarks.large_casebook FOLDER --incidents 100000

An incident has an act, a person, a source and ten claims; half of them have updates and a law,
some a court case. Nearly all are public and closed; what is open is the last months' work, as in
a real log. Names come from some hundred thousand, so that few people share one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.grown_casebook import grow
from benchmarks.process_cost import cost_of
from undersight.model import records as r
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.parts import PersonName, Place
from undersight.settings import Profile
from undersight.workbench.session import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.casebook import Casebook

GIVEN = ("Aysel", "Tural", "Leyla", "Rəşad", "Günel", "Elçin", "Nərmin", "Orxan", "Səbinə",
         "Kamran")  # fmt: skip
ROOTS = ("Quli", "Əli", "Həsən", "Məmməd", "Rza", "İsmayıl", "Abbas", "Nağı", "Şükür", "Cəfər")
ENDINGS = ("yev", "ov", "yeva", "ova", "li", "zadə")
PLACES = ("Sarnak", "Velim", "Tarqun", "Üçbulaq", "Mirəli", "Qarabel", "Şonqar", "Daşkənd-i-Nev")
ACTS = ("detention", "summons", "official_warning", "search", "threat", "hijack_account")
PLATFORMS = ("facebook", "telegram", "instagram", "youtube", "x")
STATUSES = ("questioned_released", "released_served", "convicted", "unknown", "case_dropped")
COMMON = ("police", "post", "comment", "video", "court", "statement", "lawyer", "night", "phone")
CLAIMS_PER_INCIDENT = 10
SLICE = 150_000  # records to a transaction
_LAST_DAY = dt.date(2026, 11, 20)
_N_DAYS = 3600
_N_OPEN_SHARE = 0.03
N_TYPED = 5000
"""How many incidents are loaded as records are; more are copies of these."""

FAMILY_NAMES = tuple(root + ending for root in ROOTS for ending in ENDINGS)
_SYLLABLES = [a + b for a in "bcdfgklmnprstvzşçğxq" for b in "aeəiıouüö"]


def vocabulary_of(chance: random.Random) -> list[str]:
    """Twenty thousand invented words."""
    return ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(20_000)]


def words(chance: random.Random, vocabulary: list[str], n_words: int) -> str:
    """Running text: common words often, rare ones seldom."""
    return " ".join(
        chance.choice(COMMON)
        if chance.random() < 0.4
        else vocabulary[int(len(vocabulary) * chance.random() ** 3)]
        for _ in range(n_words)
    )


class Country:
    """Draws people, words and days of one invented country.

    Args:
        seed: The same seed draws the same.
    """

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - invented data
        self.vocabulary = vocabulary_of(self.chance)
        draw = random.Random(seed + 1)  # noqa: S311
        self._given = ["".join(draw.choices(_SYLLABLES, k=2)).title() for _ in range(150)]
        self._roots = ["".join(draw.choices(_SYLLABLES, k=3)).title() for _ in range(400)]

    def words(self, n_words: int) -> str:
        """Return running text."""
        return words(self.chance, self.vocabulary, n_words)

    def name(self) -> str:
        """Return a name; one in ten is of the few that queries look for."""
        chance = self.chance
        is_usual = chance.random() < 0.1
        given = chance.choice(GIVEN if is_usual else self._given)
        root = chance.choice(ROOTS if is_usual else self._roots)
        middle = f"{chance.choice(self._given)} " if is_usual or chance.random() < 0.7 else ""
        return f"{given} {middle}{root}{chance.choice(ENDINGS)}"

    def day(self) -> dt.date:
        """Return a day of the last ten years."""
        return _LAST_DAY - dt.timedelta(days=self.chance.randrange(_N_DAYS))


def records(n_incidents: int, seed: int = 1) -> Iterator[r.Record]:
    """Yield invented incidents, what a record points at before it."""
    country = Country(seed)
    for number in range(50):
        names = (PersonName(value=f"Ministry {country.words(2)}", lang="en"),)
        yield r.Party(
            record_id=f"o{number:04d}", party_kind="public_body", names=names, visibility="public"
        )
    for number in range(40):
        citation = f"{100 + number}.1"
        yield r.Provision(
            record_id=f"l{number:04d}", jurisdiction="QV", instrument="Code", citation=citation,
            visibility="public",
        )  # fmt: skip
    for number in range(n_incidents):
        yield from _incident(country, f"{number:07d}")


def _incident(country: Country, key: str) -> Iterator[r.Record]:
    chance, person, day = country.chance, country.name(), country.day()
    is_open = chance.random() < _N_OPEN_SHARE
    seen = "internal" if is_open else "public"
    yield r.Party(record_id=f"p{key}", names=(PersonName(value=person, lang="az"),),
                  public_exposure="already_public", naming_reason="known", visibility=seen,
    )  # fmt: skip
    yield r.Source(record_id=f"s{key}", title=country.words(6), visibility=seen)
    yield r.Incident(
        record_id=f"i{key}",
        public_id="" if is_open else f"QV-{day.year}-{key}",
        title={"az": f"{person} {country.words(4)}"},
        summary={"az": country.words(30), "en": country.words(30)},
        place=Place(country="QV", locality=chance.choice(PLACES)),
        sources=(f"s{key}",),
        monitoring_status="active" if is_open else "closed",
        visibility=seen,
    )
    yield from _act(country, key, day, seen=seen, is_open=is_open)
    for claim in range(CLAIMS_PER_INCIDENT):
        yield r.Claim(
            record_id=f"c{key}{claim:02d}",
            about=f"a{key}",
            speaker=f"o{chance.randrange(50):04d}",
            carried_by=f"s{key}",
            stance=chance.choice(("asserts", "denies", "asserts")),
            statement={"az": country.words(15)},
            visibility=seen,
        )


def _act(
    country: Country, key: str, day: dt.date, *, seen: str, is_open: bool
) -> Iterator[r.Record]:
    chance = country.chance
    act_type, start = chance.choice(ACTS), FuzzyDate.of_day(day)
    is_held = is_open and act_type == "detention"
    end = None if is_held else FuzzyDate.of_day(day + dt.timedelta(days=chance.randrange(20)))
    yield r.Act(record_id=f"a{key}", incident=f"i{key}", act_type=act_type, start=start, end=end,
                platforms=(chance.choice(PLATFORMS),), visibility=seen,
    )  # fmt: skip
    yield r.Involvement(
        record_id=f"v{key}", act=f"a{key}", party=f"p{key}", visibility=seen,
        status="detained_held" if is_held else chance.choice(STATUSES),
    )  # fmt: skip
    if chance.random() < 0.5:
        yield r.Update(record_id=f"u{key}", incident=f"i{key}", number=1, published=start,
                       note={"az": country.words(12)}, visibility=seen,
        )  # fmt: skip
        yield r.Citation(record_id=f"t{key}", provision=f"l{chance.randrange(40):04d}",
                         act=f"a{key}", visibility=seen,
        )  # fmt: skip
    if chance.random() < 0.1:
        soon = _LAST_DAY + dt.timedelta(days=chance.randrange(60))
        yield r.Proceeding(record_id=f"q{key}", incident=f"i{key}", party=f"p{key}",
                           next_date=FuzzyDate.of_day(soon) if is_open else None, visibility=seen,
        )  # fmt: skip


def load(casebook: Casebook, n_incidents: int) -> None:
    """Load the country into an empty casebook, copies beyond some thousands; say how fast.

    Args:
        casebook: An empty one.
        n_incidents: How many; a multiple of ``N_TYPED`` where it is more than that.
    """
    n_typed = min(n_incidents, N_TYPED)
    _load_typed(casebook, n_typed)
    if n_incidents > n_typed:
        took = cost_of(
            lambda: grow(
                casebook, n_typed, n_incidents // n_typed - 1, frozenset(GIVEN + FAMILY_NAMES)
            )
        )
        print(f"copied to {n_incidents} incidents in {took.wall_s:.0f} s ({took.cpu_s:.0f} s)")


def _load_typed(casebook: Casebook, n_incidents: int) -> None:
    begun, cpu, n_records = time.perf_counter(), time.process_time(), 0
    everything = records(n_incidents)
    while n_loaded := casebook.load(itertools.islice(everything, SLICE)):
        n_records += n_loaded
    took, cpu = time.perf_counter() - begun, time.process_time() - cpu
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"loaded {n_records} records in {took:.0f} s ({cpu:.0f} s of processor time), "
        f"peak memory {peak_mb:.0f} MB"
    )


def workspace(folder: Path, n_incidents: int) -> Path:
    """Return a plain workspace's folder with the country in it, made where there is none."""
    if not (folder / "undersight.toml").exists():
        profile = Profile(title="Qaravel log", jurisdiction="QV", languages=("en", "az"))
        with Workspace.create(folder, profile, passphrase=None) as made:
            load(made.casebook, n_incidents)
    return folder


def main() -> None:
    """Make a workspace."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--incidents", type=int, default=10_000)
    given = parser.parse_args()
    print(workspace(given.folder, given.incidents))


if __name__ == "__main__":
    main()
