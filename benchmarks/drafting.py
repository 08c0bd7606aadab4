"""How well drafts read logs: precision, recall and F1 per kind and language.

python benchmarks/drafting.py                  annotated logs of invented people
python benchmarks/drafting.py --spent          logs that were held out until rules were widened
python benchmarks/drafting.py --second         logs by another hand, since learned from
python benchmarks/drafting.py --third          logs by a third hand; `--batch a` or `b`: one half
python benchmarks/drafting.py --fourth         logs by a fourth hand; `--batch c` or `d`
python benchmarks/drafting.py --fifth          logs by a fifth hand; `--batch e` or `f`
python benchmarks/drafting.py --sixth          logs by a sixth hand; `--batch g` or `h`
python benchmarks/drafting.py --seventh        logs by a seventh hand; `--batch i` or `j`
python benchmarks/drafting.py --eighth         logs by an eighth hand; `--batch k` or `l`
python benchmarks/drafting.py --ninth          logs by a ninth hand; `--batch n`, or m: it judges
python benchmarks/drafting.py --tenth          logs by a tenth hand; `--batch o` or `p`
python benchmarks/drafting.py --eleventh       logs by an eleventh hand; `--batch q` or `r`
python benchmarks/drafting.py --twelfth        logs by a twelfth hand; `--batch s` or `t`
python benchmarks/drafting.py --thirteenth     by a thirteenth hand; `--batch u`, or v: it judges
python benchmarks/drafting.py --fourteenth     by a fourteenth hand; `--batch w` or `x`
python benchmarks/drafting.py --fifteenth      by a fifteenth hand: batch y
python benchmarks/drafting.py --sixteenth      by a sixteenth hand: batch z, it judges
python benchmarks/drafting.py --seventeenth    by a seventeenth hand: batch k
python benchmarks/drafting.py --eighteenth     by an eighteenth hand; `--batch n`, or o: it judges
python benchmarks/drafting.py --heldout        logs whose errors no rule's author has read
python benchmarks/drafting.py --unread         all logs that judge, together
python benchmarks/drafting.py --real DIR       real entries with a hand-made key of values
python benchmarks/drafting.py --errors en      what was missed or is wrong (not of what judges)
python benchmarks/drafting.py --speed          seconds for a log of 100 kB
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "extract")]

from markup import MarkedLog, load_log  # noqa: E402 - found by the path above
from scoring import Scores, errors, score, table  # noqa: E402 - found by the path above

from undersight.extract import draft  # noqa: E402 - found by the path above

_FIRST_BATCH = {
    "third": "a",
    "fourth": "c",
    "fifth": "e",
    "sixth": "g",
    "seventh": "i",
    "eighth": "k",
    "ninth": "m",
    "tenth": "o",
    "eleventh": "q",
    "twelfth": "s",
    "thirteenth": "u",
    "fourteenth": "w",
    "fifteenth": "y",
    "sixteenth": "z",
    "seventeenth": "k",
    "eighteenth": "n",
}

_JUDGES = ("heldout", "thirteenth/*_v", "sixteenth/*_z", "eighteenth/*_o")


def main() -> None:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    folder = parser.add_mutually_exclusive_group()
    folder.add_argument("--spent", dest="folder", action="store_const", const="spent")
    folder.add_argument("--second", dest="folder", action="store_const", const="second_hand")
    folder.add_argument("--third", dest="folder", action="store_const", const="third")
    folder.add_argument("--fourth", dest="folder", action="store_const", const="fourth")
    folder.add_argument("--fifth", dest="folder", action="store_const", const="fifth")
    folder.add_argument("--sixth", dest="folder", action="store_const", const="sixth")
    folder.add_argument("--seventh", dest="folder", action="store_const", const="seventh")
    folder.add_argument("--eighth", dest="folder", action="store_const", const="eighth")
    folder.add_argument("--ninth", dest="folder", action="store_const", const="ninth")
    folder.add_argument("--tenth", dest="folder", action="store_const", const="tenth")
    folder.add_argument("--eleventh", dest="folder", action="store_const", const="eleventh")
    folder.add_argument("--twelfth", dest="folder", action="store_const", const="twelfth")
    folder.add_argument("--thirteenth", dest="folder", action="store_const", const="thirteenth")
    folder.add_argument("--fourteenth", dest="folder", action="store_const", const="fourteenth")
    folder.add_argument("--fifteenth", dest="folder", action="store_const", const="fifteenth")
    folder.add_argument("--sixteenth", dest="folder", action="store_const", const="sixteenth")
    folder.add_argument("--seventeenth", dest="folder", action="store_const", const="seventeenth")
    folder.add_argument("--eighteenth", dest="folder", action="store_const", const="eighteenth")
    folder.add_argument("--heldout", dest="folder", action="store_const", const="heldout")
    folder.add_argument("--unread", dest="folder", action="store_const", const="unread")
    parser.add_argument("--real", type=Path, metavar="DIR")
    parser.add_argument("--errors", metavar="LANG")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--batch", choices=tuple("abcdefghijklmnopqrstuvwxyz"))
    parser.add_argument("--lang", choices=("en", "az", "ru", "tr"))
    parser.set_defaults(folder="logs")
    asked = parser.parse_args()
    if asked.folder in _FIRST_BATCH:
        batch = asked.batch or _FIRST_BATCH[asked.folder]
        asked.folder = f"{asked.folder}/*_{batch}"
    if asked.errors and asked.folder in (*_JUDGES, "unread"):
        parser.error("errors on held-out logs are not shown: a rule written by them spends them")
    if asked.real:
        print_real(asked.real)
    elif asked.speed:
        print_speed()
    elif asked.errors:
        print_errors(asked.folder, asked.errors)
    else:
        print_tables(asked.folder, asked.lang)


def logs_in(folder: str, lang: str | None = None) -> list[MarkedLog]:
    """Load annotated logs."""
    if folder == "unread":
        return [log for judge in _JUDGES for log in logs_in(judge, lang)]
    name, _, batch = folder.partition("/")
    places = sorted((ROOT / "tests" / "extract" / name).glob(f"{batch or '*'}.log"))
    return [load_log(p) for p in places if lang is None or p.name.startswith(lang)]


def drafted(log: MarkedLog) -> dict[str, object]:
    """Draft one log, its language told by the program."""
    return draft(log.text, context_date=dt.date.fromisoformat(log.context_date)).to_json()


def print_tables(folder: str, lang: str | None) -> None:
    """Print a table per language and one for all."""
    total = Scores.empty()
    by_lang: dict[str, Scores] = {}
    for log in logs_in(folder, lang):
        scores = score(log.key, drafted(log))
        by_lang.setdefault(log.lang, Scores.empty()).add(scores)
        total.add(scores)
    for name, scores in sorted(by_lang.items()):
        print(f"### {name}\n\n{table(scores)}\n")
    if len(by_lang) > 1:
        print(f"### all languages\n\n{table(total)}\n")


def print_errors(folder: str, lang: str) -> None:
    """Print every error on the logs that rules may be written by."""
    for log in logs_in(folder, lang):
        print(f"## {log.style}")
        print("\n".join(errors(log.key, drafted(log), log.text)))


def print_real(folder: Path) -> None:
    """Print what of the hand-made key the draft has."""
    from real_key import facts, real_table

    text = (folder / "log-2022.txt").read_text(encoding="utf-8")
    key = facts(folder / "key.json")
    print(real_table(key, draft(text, context_date=dt.date(2022, 12, 5)).to_json()))


def print_speed() -> None:
    """Print the seconds that a log of 100 kB takes, rules loaded."""
    logs = logs_in("logs", "en")
    text = "\n\n\n".join(log.text for log in logs)
    while len(text) < 100_000:
        text = f"{text}\n\n\n{text}"
    text = text[:100_000]
    day = dt.date(2024, 1, 1)
    draft(text, context_date=day)  # compiles what it needs
    started = time.process_time()
    draft(text, context_date=day)
    print(f"{time.process_time() - started:.2f} s of processor time for {len(text):,} characters")


if __name__ == "__main__":
    main()
