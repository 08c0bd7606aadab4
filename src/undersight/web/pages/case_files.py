"""A log that was kept elsewhere moves in: tables of cases, feeds, WordPress, Word, web pages."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from undersight.errors import NothingSentError
from undersight.i18n import LANGUAGES, NAMES, _
from undersight.model.vocabulary import label, vocabulary
from undersight.text import fold
from undersight.web.case_words import CASE_COLUMN_WORDS
from undersight.web.jobs import table_of
from undersight.web.page import Page
from undersight.workbench import case_files, taking_back
from undersight.workbench.table_rows import vocabulary_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit
    from undersight.workbench.case_files import CaseFile

page = Page(
    "case_files",
    title=_("Move a log in"),
    about=_(
        "Bring in entries that were kept elsewhere: a table, a feed, WordPress, Word, a web page."
    ),
)
UPLOAD_BYTES = 256 * 1024**2
MOST_FILES = 20
_N_CONSTANTS = 3
_MOST_WORDS = 100
_IN_WORDS = "-"
"""What a form sends for words that stay words, whatever is taken besides."""
_COLUMN, _TERM = re.compile(r"column-(\d{1,4})"), re.compile(r"term-(p?\d{1,4})")


@page.get("/case-files")
def show(visit: Visit) -> Response:
    """Show what waits and what was brought in."""
    with visit.reading() as workspace:
        return visit.render(
            "case_files.html",
            waiting=case_files.waiting(workspace),
            brought=case_files.brought_in(workspace),
            most_bytes=UPLOAD_BYTES,
        )


@page.post("/case-files", needs="draft", most_bytes=UPLOAD_BYTES, most_files=MOST_FILES)
def hand_in(visit: Visit) -> Response:
    """Seal files that were sent; each is looked at before anything of it is stored."""
    given = [(one.file, one.filename) for one in visit.form.files.get("files", ()) if one.filename]
    if not given:
        raise NothingSentError
    with visit.writing() as workspace:
        digests = [case_files.hold(workspace, stream, name) for stream, name in given]
    if len(digests) > 1:
        return visit.go(
            "/case-files", said=visit.t("Sealed. Look at each file before it is used.")
        )
    return visit.go(f"/case-files/{digests[0]}")


@page.get("/case-files/{case_digest}")
def look(visit: Visit, case_digest: str) -> Response:
    """Show the first entries of a file as they would be stored."""
    return _looked_at(visit, case_digest, {})


@page.post("/case-files/{case_digest}", needs="draft")
def look_again(visit: Visit, case_digest: str) -> Response:
    """Show the same with what a person said about it; nothing is stored."""
    return _looked_at(visit, case_digest, _given(visit))


@page.post("/case-files/{case_digest}/bring-in", needs="draft")
def bring_in(visit: Visit, case_digest: str) -> Response:
    """Store a file's entries as they were shown, as a job."""
    given = _given(visit)
    options = _options(given)
    if given.get("seen", "") != _mark(options):
        # Something was changed since: it is shown as it would be stored now.
        return _looked_at(visit, case_digest, given, is_shown_again=True)
    arguments = {
        "digest": case_digest,
        "options": options,
        "how": given.get("how", "rows"),
        "is_partial_allowed": "is_partial_allowed" in given,
    }
    job = table_of(visit.access).add("case-file", arguments, visit.who)
    return visit.go(f"/jobs/{job.job_id}")


@page.post("/case-files/{case_digest}/discard", needs="draft")
def discard(visit: Visit, case_digest: str) -> Response:
    """Erase a file of which nothing was stored."""
    with visit.writing() as workspace:
        case_files.throw_away(workspace, case_digest)
    said = visit.t("Erased. The custody log keeps that it was here.")
    return visit.go("/case-files", said=said)


@page.post("/case-files/{case_digest}/take-back")
def take_back(visit: Visit, case_digest: str) -> Response:
    """Take back all entries of a file."""
    with visit.writing() as workspace:
        why = visit.form.text("why", "taken back")
        done = taking_back.take_back(workspace, case_digest, why=why)
    said = visit.t("Entries taken back: %(gone)s. Kept, since somebody worked on them: %(kept)s.")
    return visit.go("/case-files", said=said % {"gone": done.n_entries, "kept": done.n_kept})


def _given(visit: Visit) -> dict[str, str]:
    return {name: visit.form.raw(name) for name in visit.form.fields}


def _looked_at(
    visit: Visit, digest: str, given: dict[str, str], *, is_shown_again: bool = False
) -> Response:
    """A form may hold words of the file, so it is sent and no address holds it."""
    options = _options(given)
    with visit.reading() as workspace:
        seen = case_files.look(workspace, digest, case_files.options_of(options))
        is_waiting = digest in {one.digest for one in case_files.waiting(workspace)}
    guessed = {
        given.get(f"name-{name.removeprefix('guess-')}", ""): meaning
        for name, meaning in given.items()
        if name.startswith("guess-")
    }
    return visit.render(
        "case_file.html",
        seen=seen,
        is_shown_again=is_shown_again,
        given=given,
        is_waiting=is_waiting,
        columns=[
            {
                "name": one.name,
                "examples": one.examples,
                "guess": guessed.get(one.name, one.meaning),
                "meaning": options["roles"].get(one.name, one.meaning),
            }
            for one in seen.columns
        ],
        words=_words(visit, seen, given),
        proposals=_proposals(visit, seen, given),
        most_words=_MOST_WORDS,
        names={one.meaning: one.name for one in seen.columns},
        constants=[
            (given.get(f"constant-{n}", ""), given.get(f"constant-value-{n}", ""))
            for n in range(_N_CONSTANTS)
        ],
        mark=_mark(options),
        meanings=[(one, visit.t(CASE_COLUMN_WORDS.get(one, one))) for one in _meanings()],
        tongues=[(code, NAMES[code]) for code in LANGUAGES],
    )


def _meanings() -> list[str]:
    return [meaning for meaning, _about in case_files.meanings()]


def _words(visit: Visit, seen: CaseFile, given: dict[str, str]) -> list[dict[str, Any]]:
    """Words of the file without a term, and those that a person gave one."""
    proposed = {(one.meaning, one.value) for one in seen.proposed}
    told = {(meaning, word): (term, 0) for meaning, word, term in _told(given)}
    found = {words: term for words, term in told.items() if words not in proposed}
    found |= {(one.meaning, one.value): ("", one.n_rows) for one in seen.unmapped[:_MOST_WORDS]}
    return [
        {
            "meaning": meaning,
            "label": visit.t(CASE_COLUMN_WORDS.get(meaning, meaning)),
            "value": value,
            "term": term,
            "n_rows": n_rows,
            "terms": _terms(visit, vocabulary_of(meaning)),
        }
        for (meaning, value), (term, n_rows) in found.items()
    ]


def _proposals(visit: Visit, seen: CaseFile, given: dict[str, str]) -> list[dict[str, Any]]:
    """Words that say more than the act read in them; of many, those a person decided first."""
    told = {(meaning, word): term for meaning, word, term in _told(given)}
    listed = seen.proposed
    if len(listed) > _MOST_WORDS:
        listed = tuple(sorted(listed, key=lambda one: (one.meaning, one.value) not in told))
    n_shown = max(_MOST_WORDS, len(told))
    return [
        {
            "meaning": one.meaning,
            "value": one.value,
            "proposed": one.term,
            "read": label(vocabulary_of(one.meaning), one.term, visit.lang),
            "term": told.get((one.meaning, one.value), ""),
            "terms": _terms(visit, vocabulary_of(one.meaning)),
        }
        for one in listed[:n_shown]
    ]


def _told(given: dict[str, str]) -> list[tuple[str, str, str]]:
    """Meaning, word and the term that a person chose for it, or that it stays a word."""
    return [
        (given.get(f"of-{found[1]}", ""), given.get(f"word-{found[1]}", ""), term)
        for name, term in given.items()
        if (found := _TERM.fullmatch(name)) and term
    ]


def _terms(visit: Visit, vocabulary_id: str) -> list[tuple[str, str]]:
    if not vocabulary_id:
        return []
    terms = vocabulary(vocabulary_id).terms.values()
    return [(term.term_id, term.in_language(visit.lang)) for term in terms]


def _options(given: dict[str, str]) -> dict[str, Any]:
    """What the form says about columns and words, as a job keeps it."""
    roles: dict[str, str] = {}
    for name, value in given.items():
        # What nobody changed is left to be guessed: a table that tells nothing is refused.
        if (found := _COLUMN.fullmatch(name)) and value != given.get(f"guess-{found[1]}"):
            roles[given.get(f"name-{found[1]}", "")] = value
    constants = {
        given[f"constant-{n}"]: given.get(f"constant-value-{n}", "").strip()
        for n in range(_N_CONSTANTS)
        if given.get(f"constant-{n}") and given.get(f"constant-value-{n}", "").strip()
    }
    return {
        "roles": roles,
        "terms": sorted(
            [meaning, fold(word), "" if term == _IN_WORDS else term]
            for meaning, word, term in _told(given)
        ),
        "constants": constants,
        "is_day_first": {"day": True, "month": False}.get(given.get("day_first", "")),
        "lang": given.get("tongue", ""),
        "format_id": "",
        "is_proposal_taken": given.get("proposals") == "taken",
    }


def _mark(options: dict[str, Any]) -> str:
    """Which way of reading a page has shown."""
    return hashlib.sha256(json.dumps(options, sort_keys=True).encode()).hexdigest()[:16]
