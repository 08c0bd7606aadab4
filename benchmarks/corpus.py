"""How long an import takes and how much memory: invented posts in a CSV file.

python benchmarks/corpus.py                      10^5 rows of each shape
python benchmarks/corpus.py --rows 1000000       the size that is promised (some minutes)
python benchmarks/corpus.py --shape comments     one shape only
python benchmarks/corpus.py --encrypted          as in a workspace with a passphrase

``actions`` has four columns and no text; ``comments`` has Azerbaijani text, links, people to
pseudonymise; in ``strangers`` hardly anybody comments twice. CPU is that of the process;
``parse`` alone is the importer's share.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from undersight.corpus import Corpus, CorpusKeys, LoadRequest  # noqa: E402
from undersight.importers import POST_IMPORTERS  # noqa: E402
from undersight.integrity.secret import new_key  # noqa: E402
from undersight.model.corpus_rows import ColumnChoice  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS = tuple(
    "bu mahnı çox gözəldir hamı bilməlidir sabah meydanda görüşərik yaşasın Sarnak".split()  # noqa: SIM905
)


def actions(n_rows: int, chance: random.Random) -> Iterator[str]:
    """CooRTweet's four columns."""
    yield "object_id,account_id,content_id,timestamp_share\n"
    for row in range(n_rows):
        second = 1_900_000_000 + row
        yield f"o{chance.randrange(n_rows // 20 + 1)},a{chance.randrange(9000)},c{row},{second}\n"


def comments(n_rows: int, chance: random.Random, n_people: int = 9000) -> Iterator[str]:
    """Comments under one page, a tenth with a link."""
    yield "comment_id,author_id,author_name,platform,time,text,parent_id\n"
    for row in range(n_rows):
        who = chance.randrange(n_people)
        text = " ".join(chance.choices(WORDS, k=9))
        link = f" https://example.org/{chance.randrange(500)}" if row % 10 == 0 else ""
        yield f"c{row},a{who},Ad {who},facebook,2031-05-02T10:00:00Z,{text}{link},p1\n"


def strangers(n_rows: int, chance: random.Random) -> Iterator[str]:
    """Comments of whom hardly anybody comments twice."""
    yield from comments(n_rows, chance, n_people=n_rows * 50)


SHAPES: dict[str, Callable[[int, random.Random], Iterator[str]]] = {
    "actions": actions,
    "comments": comments,
    "strangers": strangers,
}


def peak_mb() -> float:
    """Most memory so far, MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def measure(shape: str, n_rows: int, folder: Path, *, is_encrypted: bool) -> None:
    """Write a file of one shape, parse it, load it, and print what it took."""
    path = folder / f"{shape}.csv"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(SHAPES[shape](n_rows, random.Random(7)))  # noqa: S311 - no secret
    with path.open("rb") as stream:
        head = stream.read(65_536)
    importer = next(one for one in POST_IMPORTERS if one.recognises(head, path.name))
    start, before_mb = time.process_time(), peak_mb()
    with path.open("rb") as stream:
        n_parts = sum(1 for _ in importer().parse(stream, ColumnChoice()))
    parse_s = time.process_time() - start
    keys = CorpusKeys(wrapping=new_key() if is_encrypted else None, pseudonyms=new_key())
    corpus = Corpus(folder / f"{shape}-corpus", keys)
    request = LoadRequest(
        import_digest="ab" * 32,
        name=path.name,
        importer_id=importer.importer_id,
        importer_version=importer.version,
    )

    def parts() -> Iterator[object]:
        with path.open("rb") as stream:
            yield from importer().parse(stream, ColumnChoice())

    start = time.process_time()
    made = corpus.load(request, parts)  # type: ignore[arg-type]
    load_s = time.process_time() - start
    load_mb = peak_mb()
    start = time.process_time()
    corpus.scan("posts").aggregate("count(*)").fetchall()
    scan_s = time.process_time() - start
    size_mb = sum(one.stat().st_size for one in corpus.folder.rglob("*.parquet")) / 1e6
    print(
        f"{shape:9} {importer.importer_id:16} rows {made.n_records:>9,}  parts {n_parts:>9,}  "
        f"parse {parse_s:6.1f} s  load {load_s:6.1f} s ({load_s / n_rows * 1e6:.0f} µs/row)  "
        f"scan {scan_s:.2f} s  peak {before_mb:.0f} → {load_mb:.0f} MB  file {size_mb:.1f} MB"
    )
    corpus.close()


def main() -> None:
    """Measure the shapes asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--shape", choices=sorted(SHAPES))
    asked.add_argument("--encrypted", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for shape in [given.shape] if given.shape else sorted(SHAPES):
            measure(shape, given.rows, Path(folder), is_encrypted=given.encrypted)


if __name__ == "__main__":
    main()
