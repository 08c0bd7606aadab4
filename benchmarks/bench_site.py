"""How long a large log takes to become a site, and how much memory: 10 000 entries, two languages.

Run: python benchmarks/bench_site.py [N_ENTRIES]
"""

from __future__ import annotations

import datetime as dt
import platform
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from undersight import __version__
from undersight.model import records as r
from undersight.model.dossier import Dossier, Masthead
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.parts import PersonName, Place
from undersight.reports.site import Site

_ACTS = ("questioning", "official_warning", "detention", "charge", "hijack_page", "search")
_TOWNS = ("Sarnak", "Ormel", "Vask", "Tirren", "Quolle")
_SYLLABLES = ("tar", "vin", "mel", "os", "kel", "de", "ri", "quor", "una", "bes", "lo", "ist")


def log(n_entries: int, seed: int = 7) -> Dossier:
    """Return a public log of an invented country with one person and two acts an entry."""
    chance = random.Random(seed)  # noqa: S311 - a made-up log, not a secret
    found: list[r.Record] = [
        r.Party(record_id="office", party_kind="public_body", names=(PersonName(value="Office"),)),
        r.Party(record_id="outlet", party_kind="outlet", names=(PersonName(value="Sarnak Hour"),)),
        r.Provision(record_id="law", jurisdiction="QV", instrument="Code", citation="388.1"),
        r.Source(record_id="source", title="Report", publisher="outlet"),
    ]
    for number in range(n_entries):
        found += _entry(number, chance)
    masthead = Masthead(title={"en": "Qaravel log"}, jurisdiction="QV", languages=("en", "ru"))
    return Dossier(masthead=masthead, records=found, as_of=dt.date(2031, 12, 1), audience="public")


def _entry(number: int, chance: random.Random) -> list[r.Record]:
    day = dt.date(2021, 1, 1) + dt.timedelta(days=chance.randrange(3980))
    date = FuzzyDate.of_day(day) if number % 5 else FuzzyDate.parse(day.isoformat()[:7])
    name = " ".join("".join(chance.sample(_SYLLABLES, 3)).title() for _ in range(2))
    key, town = f"{number:06d}", chance.choice(_TOWNS)
    words = " ".join("".join(chance.sample(_SYLLABLES, 2)) for _ in range(40))
    first, second = (chance.choice(_ACTS) for _ in range(2))
    made: list[r.Record] = [
        r.Incident(record_id=f"i{key}", public_id=f"QV-{key}", title={"en": f"{name}: {first}"},
                   summary={"en": words}, place=Place(locality=town), sources=("source",)),
        r.Party(record_id=f"p{key}", names=(PersonName(value=name),)),
        r.Update(record_id=f"u{key}", incident=f"i{key}", number=1, published=date,
                 note={"en": words[:80]}),
        r.Citation(record_id=f"c{key}", provision="law", act=f"a{key}-0"),
    ]  # fmt: skip
    for index, act_type in enumerate((first, second)):
        act_id = f"a{key}-{index}"
        made += [
            r.Act(record_id=act_id, incident=f"i{key}", act_type=act_type, start=date),
            r.Involvement(record_id=f"v{key}-{index}", act=act_id, party=f"p{key}"),
            r.Claim(record_id=f"q{key}-{index}", about=act_id, stance="denies", speaker="office",
                    statement={"en": words[:60]}, carried_by="source"),
        ]  # fmt: skip
    return made


def main() -> int:
    """Write the site once and print what it took."""
    n_entries = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    dossier = log(n_entries)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        files = Site().write(dossier, Path(folder) / "site")
        took_s = time.perf_counter() - begun
        size_mb = sum(path.stat().st_size for path in files) / 1e6
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"undersight {__version__}, Python {platform.python_version()}, {platform.machine()}")
    print(f"{n_entries} entries, 2 languages: {len(files)} files, {size_mb:.0f} MB")
    print(f"{took_s:.1f} s, peak memory {peak_mb:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
