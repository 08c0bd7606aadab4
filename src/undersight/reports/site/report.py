"""The public log as a static site that opens from disk or stands on any host."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, ClassVar, Final

from undersight.i18n import NAMES, translator
from undersight.presentation.pages import environment
from undersight.reports.site import fold_table
from undersight.reports.site.edition import Edition, site_title
from undersight.reports.site.folder import ReplacedFolder
from undersight.reports.site.history import kept_days
from undersight.reports.site.plan import plan_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from undersight.model.dossier import Dossier

_STATIC: Final = ("site.css", "search.js", "icon.svg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The public log as a static site: no server, no network, works without scripts.

    Args:
        n_per_page: Entries on one page of the log.
    """

    report_id: ClassVar[str] = "site"
    about: ClassVar[str] = (
        "The public log as a static site in each language, with search and counts."
    )

    n_per_page: int = 100

    def write(
        self,
        dossier: Dossier,
        out: Path,
        *,
        versions: Mapping[str, tuple[tuple[dt.date, Dossier], ...]] | None = None,
    ) -> list[Path]:
        """Write the site; an older one in the same folder is replaced as a whole.

        Args:
            dossier: What the audience may see.
            out: The folder; missing, empty, or written by this report before.
            versions: By entry, snapshots of earlier days on which it was published.

        Returns:
            The files, by name.

        Raises:
            ForeignFolderError: The folder holds files of others.
            UnknownLanguageError: The masthead names a language without an interface.
            BackendError: The disk refused; an older site stands.
        """
        with ReplacedFolder(out) as folder:
            for name, content in self.pages(dossier, versions or {}):
                folder.write(name, content)
        return list(folder.files)

    def pages(
        self,
        dossier: Dossier,
        versions: Mapping[str, tuple[tuple[dt.date, Dossier], ...]],
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the name and content of every file."""
        yield from _static()
        languages = dossier.masthead.languages
        for lang in languages:
            translator(lang)  # refuses a language without an interface before anything is made
        plan = plan_of(dossier, kept_days(dossier, versions))
        for lang in languages:
            edition = Edition(dossier, plan, lang, self.n_per_page)
            for name, content in edition.pages(versions):
                yield f"{lang}/{name}", content.encode()
        yield "index.html", _chooser(dossier).encode()


def _static() -> Iterator[tuple[str, bytes]]:
    place = resources.files("undersight.reports").joinpath("static")
    for name in _STATIC:
        yield f"static/{name}", place.joinpath(name).read_bytes()
    yield "static/fold.js", fold_table.script().encode()


def _chooser(dossier: Dossier) -> str:
    languages = [
        {"code": lang, "name": NAMES[lang], "title": site_title(dossier, lang)}
        for lang in dossier.masthead.languages
    ]
    main = dossier.masthead.languages[0]
    template = environment("undersight.reports", main).get_template("site/chooser.html")
    return template.render(languages=languages, site_title=site_title(dossier, main))
