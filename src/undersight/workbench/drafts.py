"""From a file or pasted text to a draft, with what this workspace has learned."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from undersight.errors import TextTooLongError, WorkspaceNotFoundError
from undersight.model.intake import Article, Link
from undersight.workbench.heading_people import with_people_above

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from undersight.extract import Gazetteer, HintSource
    from undersight.model.draft import Draft, DraftEntry, DraftField
    from undersight.model.fuzzy_date import FuzzyDate
    from undersight.model.intake import Importer
    from undersight.workbench.session import Workspace

MOST_BYTES = 5_000_000  # some years of a log; minutes of work
_SURE_OF_LANGUAGE = 0.9
LEARNED_NAME = "learned-names.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A text and what was understood of it.

    Args:
        text: The text that the draft's offsets count in.
        draft: The proposed entries.
        lang: Language of the text.
        url: Where the text stood, if its file says so.
        links: Where its words lead to.
        published: When it was published, if its file says so.
        context_date: The day that yearless and relative dates were counted from, if known.
        origin: Digest of the imported record, so that it enters once.
        origin_locator: Digest of the sealed file, # and the place.
    """

    text: str
    draft: Draft
    lang: str
    url: str = ""
    links: tuple[Link, ...] = ()
    published: FuzzyDate | None = None
    context_date: dt.date | None = None
    origin: str = ""
    origin_locator: str = ""

    @property
    def source(self) -> dict[str, Any]:
        """Where the text stood, as a source of an entry; empty where its file does not say."""
        if not self.url:
            return {}
        day = {"published": self.published.to_json()} if self.published else {}
        return {"url": self.url, **day}


def importer_for(raw: bytes, name: str, format_id: str = "") -> type[Importer]:
    """Return the importer that a person named, or that recognises a file.

    Args:
        raw: The file's first bytes, or all of them.
        name: The file's name.
        format_id: The importer's id; empty to find it out.

    Raises:
        UnknownFormatError: None does.
    """
    from undersight.errors import UnknownFormatError
    from undersight.importers import IMPORTERS

    for importer in IMPORTERS:
        is_named = importer.importer_id == format_id
        if is_named or (not format_id and importer.recognises(raw[:65536], name)):
            return importer
    raise UnknownFormatError(name, tuple(importer.importer_id for importer in IMPORTERS))


def read_text(raw: bytes, name: str) -> Article:
    """Return the one text in a file: plain text as given, or a page's or document's text."""
    from undersight.errors import DamagedFileError, TableNotTextError

    importer = importer_for(raw, name)
    parts = [part for part in importer().parse(io.BytesIO(raw)) if isinstance(part, Article)]
    if not parts and importer.importer_id == "spreadsheet":
        raise TableNotTextError(name)
    if not parts:
        raise DamagedFileError("line 1", "there is no text in it")
    if len(parts) == 1:
        return parts[0]
    text, links = "", list[Link]()
    for part in parts:
        text += "\n\n\n" if text else ""
        title = f"{part.title}\n\n" if part.title else ""
        links += _shifted(part.links, len(text) + len(title))
        text += title + part.text
    return Article(locator=parts[0].locator, text=text, lang=parts[0].lang, links=tuple(links))


def _shifted(links: Iterable[Link], n_characters: int) -> list[Link]:
    return [
        replace(link, start=link.start + n_characters, end=link.end + n_characters)
        for link in links
    ]


def propose(
    raw: bytes,
    *,
    name: str,
    context_date: dt.date | None = None,
    lang: str | None = None,
    gazetteer: Gazetteer | None = None,
    local_model: str | None = None,
) -> Proposal:
    """Return what is understood of a file's text; nothing is stored.

    Args:
        raw: The file's bytes.
        name: The file's name, to recognise its format.
        context_date: Day of publication; a page's own day if it states one.
        lang: Language code; found out if not given.
        gazetteer: Names that this workspace has confirmed.
        local_model: Address of a model server on this computer, with ``#`` and the name of the
            model; asked only if given.

    Raises:
        TextTooLongError: More than a few years of a log.
        InvalidDraftError: These are proposals already, without the text they were read from.
    """
    if len(raw) > MOST_BYTES:
        raise TextTooLongError(name, MOST_BYTES)
    _refuse_proposals(raw)
    article = read_text(raw, name)
    return propose_article(
        article,
        context_date=context_date,
        lang=lang,
        gazetteer=gazetteer,
        local_model=local_model,
    )


def _refuse_proposals(raw: bytes) -> None:
    """Refuse what `incident draft --json` printed: read as a log it would become an entry."""
    from undersight.errors import InvalidDraftError

    if raw.lstrip()[:1] != b"{":
        return
    given: Any = None
    with contextlib.suppress(ValueError):  # text that only begins like it
        given = json.loads(raw)
    entries = given.get("entries") if isinstance(given, dict) else None
    if isinstance(entries, list) and all(isinstance(e, dict) and "fields" in e for e in entries):
        raise InvalidDraftError(
            "entries",
            "these are proposals, without the text that they were read from; give that text",
        )


def propose_article(
    article: Article,
    *,
    context_date: dt.date | None = None,
    lang: str | None = None,
    gazetteer: Gazetteer | None = None,
    local_model: str | None = None,
) -> Proposal:
    """Return what is understood of one article."""
    from undersight.extract import draft

    title = article.title.strip()
    has_title = not title or article.text.lstrip().startswith(title)
    text = article.text if has_title else f"{title}\n\n{article.text}"
    published = article.published.earliest if article.published else None
    chosen = lang or language_of(article)
    hints = _model_hints(local_model)
    proposed = draft(
        text,
        context_date=context_date or published,
        lang=lang,
        gazetteer=with_people_above(text, gazetteer),
        hints=hints,
    )
    links = article.links if has_title else _shifted(article.links, len(title) + 2)
    return Proposal(
        text=text,
        draft=proposed,
        lang=chosen,
        url=article.url,
        links=tuple(links),
        published=article.published,
        context_date=context_date or published,
    )


def passage_digest(text: str, entry: DraftEntry) -> str:
    """Return a digest of the words that an entry was drafted from, so that it enters once.

    Args:
        text: The text that was drafted from.
        entry: The proposed entry.
    """
    words = " ".join(text[entry.start : entry.end].split())
    return hashlib.sha256(f"undersight/passage/v1\x00{words}".encode()).hexdigest()


def recorded_as(workspace: Workspace, origin: str) -> str:
    """Return the id that people cite of the entry that came from something; empty for none.

    Args:
        workspace: The workspace.
        origin: Digest of what it came from.
    """
    found = [*workspace.casebook.all("incident", origin=origin)]
    return str(getattr(found[0], "public_id", "") or found[0].record_id) if found else ""


def language_of(article: Article, usual: str = "") -> str:
    """Return the language that a text is in, told by its own words where they tell.

    What a file says of itself comes second: sites and feeds name their program's language there.

    Args:
        article: The text.
        usual: What to take where neither tells; the best guess if empty.
    """
    from undersight.text import detect_language

    guess = detect_language(f"{article.title}\n\n{article.text}")
    if guess.confidence >= _SURE_OF_LANGUAGE:
        return guess.lang
    return article.lang or usual or guess.lang


def _model_hints(local_model: str | None) -> tuple[HintSource, ...]:
    if local_model is None:
        return ()
    from undersight.extract.local_model import LocalModel

    address, _, model = local_model.rpartition("#")
    return (LocalModel(address or model, model if address else "default"),)


# --- what was confirmed before --------------------------------------------------------------


def load_gazetteer(workspace: Workspace) -> Gazetteer:
    """Return the names that were confirmed in this workspace."""
    from undersight.extract import Gazetteer

    stored = workspace.keyring.item(LEARNED_NAME)
    return Gazetteer.from_json(json.loads(bytes(stored))) if stored else Gazetteer()


def learn(workspace: Workspace, confirmed: Iterable[DraftField]) -> None:
    """Remember names that a person confirmed, for the next text."""
    _keep(workspace, load_gazetteer(workspace).learn(confirmed))


def forget(workspace: Workspace, names: Iterable[str]) -> None:
    """Know nobody of these names any more: they were withdrawn."""
    known = load_gazetteer(workspace)
    left = known.without(names)
    if left != known:
        _keep(workspace, left)


def _keep(workspace: Workspace, gazetteer: Gazetteer) -> None:
    text = json.dumps(gazetteer.to_json(), ensure_ascii=False, sort_keys=True)
    workspace.keyring.put_item(LEARNED_NAME, text.encode("utf-8"))


@contextlib.contextmanager
def gazetteer_near(named: Path | None) -> Iterator[Gazetteer | None]:
    """Give the gazetteer of a plain workspace around here; drafting alone asks no passphrase."""
    from undersight.settings import find_workspace
    from undersight.vault.keyring import is_plain_keyring
    from undersight.workbench.session import Workspace

    try:
        layout = find_workspace(named=named)
    except WorkspaceNotFoundError:
        if named is not None:
            raise
        yield None
        return
    if not is_plain_keyring(layout.keyring):
        yield None
        return
    with Workspace.open(layout.root) as workspace:
        yield load_gazetteer(workspace)
