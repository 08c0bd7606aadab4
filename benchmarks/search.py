"""How fast search answers: invented incidents with claims, p50 and p95 over varied queries.

python benchmarks/search.py                          10^4 incidents with 10^5 claims
python benchmarks/search.py --incidents 100000       the size that is promised (some minutes)
python benchmarks/search.py --database FILE          keep the casebook, or use the one kept
python benchmarks/search.py --encrypted              under SQLCipher
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from undersight.casebook import Casebook  # noqa: E402
from undersight.model.fuzzy_date import FuzzyDate  # noqa: E402
from undersight.model.parts import PersonName, Place  # noqa: E402
from undersight.model.records import (  # noqa: E402
    Act,
    Claim,
    Incident,
    Involvement,
    Party,
    Record,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = bytes(32)
GIVEN = (
    "Aysel",
    "Tural",
    "Leyla",
    "Rəşad",
    "Günel",
    "Elçin",
    "Nərmin",
    "Orxan",
    "Səbinə",
    "Kamran",
)
ROOTS = ("Quli", "Əli", "Həsən", "Məmməd", "Rza", "İsmayıl", "Abbas", "Nağı", "Şükür", "Cəfər")
ENDINGS = ("yev", "ov", "yeva", "ova", "li", "zadə")
PLACES = ("Sarnak", "Velim", "Tarqun", "Üçbulaq", "Mirəli", "Qarabel", "Şonqar", "Daşkənd-i-Nev")
ACTS = ("detention", "summons", "official_warning", "search", "threat", "hijack_account")
PLATFORMS = ("facebook", "telegram", "instagram", "youtube", "x")
STATUSES = ("detained_held", "questioned_released", "released_served", "convicted", "unknown")
COMMON = ("police", "post", "comment", "video", "court", "statement", "lawyer", "night", "phone")
CLAIMS_PER_INCIDENT = 10
SLICE = 150_000  # records to a transaction


def words(chance: random.Random, vocabulary: list[str], n_words: int) -> str:
    """Running text: common words often, rare ones seldom."""
    return " ".join(
        chance.choice(COMMON)
        if chance.random() < 0.4
        else vocabulary[int(len(vocabulary) * chance.random() ** 3)]
        for _ in range(n_words)
    )


def vocabulary_of(chance: random.Random) -> list[str]:
    """Twenty thousand invented words."""
    syllables = [a + b for a in "bcdfgklmnprstvzşçğxq" for b in "aeəiıouüö"]
    return ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(20_000)]


def name(chance: random.Random) -> str:
    """One of some thousands of names."""
    family = chance.choice(ROOTS) + chance.choice(ENDINGS)
    middle = chance.choice(("", "", chance.choice(GIVEN) + " "))
    return f"{chance.choice(GIVEN)} {middle}{family}"


def records(n_incidents: int, seed: int = 1) -> Iterator[Record]:
    """Yield invented incidents, each with an act, a person and ten claims."""
    chance = random.Random(seed)  # noqa: S311 - invented data
    vocabulary = vocabulary_of(chance)
    offices = [f"o{i:04d}" for i in range(50)]
    for office in offices:
        names = (PersonName(value=f"Ministry {words(chance, vocabulary, 2)}", lang="en"),)
        yield Party(record_id=office, party_kind="public_body", names=names)
    for number in range(n_incidents):
        key = f"{number:07d}"
        day = FuzzyDate(f"20{chance.randint(21, 31)}-{chance.randint(1, 12):02d}-11")
        person = name(chance)
        yield Party(record_id=f"p{key}", names=(PersonName(value=person, lang="az"),))
        yield Source(record_id=f"s{key}", title=words(chance, vocabulary, 6))
        yield Incident(
            record_id=f"i{key}",
            title={"az": f"{person} {words(chance, vocabulary, 4)}"},
            summary={"az": words(chance, vocabulary, 30), "en": words(chance, vocabulary, 30)},
            place=Place(country="QV", locality=chance.choice(PLACES)),
            sources=(f"s{key}",),
        )
        yield Act(
            record_id=f"a{key}",
            incident=f"i{key}",
            act_type=chance.choice(ACTS),
            start=day,
            platforms=(chance.choice(PLATFORMS),),
        )
        yield Involvement(
            record_id=f"v{key}", act=f"a{key}", party=f"p{key}", status=chance.choice(STATUSES)
        )
        for claim in range(CLAIMS_PER_INCIDENT):
            yield Claim(
                record_id=f"c{key}{claim:02d}",
                about=f"a{key}",
                speaker=chance.choice(offices),
                carried_by=f"s{key}",
                statement={"az": words(chance, vocabulary, 15)},
            )


def queries() -> list[tuple[str, dict[str, str]]]:
    """Rare, common and very common terms; names in other spellings; facets; phrases."""
    chance = random.Random(2)  # noqa: S311
    vocabulary = vocabulary_of(random.Random(1))  # noqa: S311
    plain: list[tuple[str, dict[str, str]]] = [(word, {}) for word in COMMON]
    plain += [(f"{a} {b}", {}) for a in COMMON for b in COMMON[:4]]
    plain += [(vocabulary[int(20_000 * chance.random())], {}) for _ in range(40)]
    plain += [(vocabulary[int(20_000 * chance.random() ** 3)][:3], {}) for _ in range(20)]
    plain += [(spelling, {}) for spelling in ("eliyev", "aliyev", "Алиев", "Гасанов", "kulieva")]
    plain += [(f"{given.lower()} eliyev", {}) for given in GIVEN]
    plain += [("police", {"act_type": act}) for act in ACTS]
    plain += [("court", {"year": str(year), "place": "Sarnak"}) for year in range(2021, 2032)]
    plain += [("", {"platform": platform}) for platform in PLATFORMS]
    plain += [('"police court"', {}), ("police -court", {}), ("", {}), ("sarnak ministry", {})]
    return plain


def measure(casebook: Casebook) -> None:
    """Print times over all queries, the first look at the file included."""
    asked = queries()
    random.Random(3).shuffle(asked)  # noqa: S311
    times = []
    for text, facets in asked:
        start = time.perf_counter()
        found = casebook.search(text, facets=facets)
        times.append((time.perf_counter() - start, text, facets, found.total))
    times.sort(key=lambda entry: entry[0])
    for share in (50, 95, 100):
        took, text, facets, total = times[min(len(times) * share // 100, len(times) - 1)]
        print(f"p{share:<4}{took * 1000:8.1f} ms   “{text}” {facets or ''} total={total}")


def main() -> None:
    """Load, then search."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--incidents", type=int, default=10_000)
    parser.add_argument("--database", type=Path)
    parser.add_argument("--encrypted", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.database or Path(folder) / "casebook.db"
        is_new = not path.exists()
        cipher_key = KEY if given.encrypted else None
        with Casebook.open(
            path, record_wrapping_key=KEY, cipher_key=cipher_key, author="bench"
        ) as casebook:
            if is_new:
                start = time.perf_counter()
                n_records = 0
                everything = records(given.incidents)
                while n_loaded := casebook.load(itertools.islice(everything, SLICE)):
                    n_records += n_loaded
                took = time.perf_counter() - start
                print(f"loaded {n_records} records in {took:.0f} s ({n_records / took:.0f}/s)")
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"file {path.stat().st_size / 1e6:.0f} MB, peak memory {peak:.0f} MB")
            measure(casebook)


if __name__ == "__main__":
    main()
