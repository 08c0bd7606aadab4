"""The words people read, in their language.

Every string shown to a reader of a report, site or board is English in the source and goes
through a translator; errors and logs stay English, because they are quoted to each other by
people who do not share a language. Catalogues live in ``locale/<lang>/LC_MESSAGES`` and are
brought up to date by ``make locale``.
"""

from __future__ import annotations

import functools
import gettext
from importlib import resources
from typing import Final

from undersight.errors import UnknownLanguageError

LANGUAGES: Final = ("en", "az", "ru", "tr")
"""The languages of the interface; English is the source and needs no catalogue."""

NAMES: Final = {"en": "English", "az": "Azərbaycanca", "ru": "Русский", "tr": "Türkçe"}
"""What each language calls itself."""

DOMAIN: Final = "undersight"


def _(message: str) -> str:
    """Mark a string for translation where no translator is at hand yet; returns it unchanged."""
    return message


@functools.cache
def translator(lang: str) -> gettext.NullTranslations:
    """Return the translations of one language; what has none yet stays English.

    Args:
        lang: One of ``LANGUAGES``.

    Raises:
        UnknownLanguageError: Any other language.
    """
    if lang not in LANGUAGES:
        raise UnknownLanguageError(lang, LANGUAGES)
    if lang == "en":
        return gettext.NullTranslations()
    place = resources.files("undersight").joinpath("locale", lang, "LC_MESSAGES", f"{DOMAIN}.mo")
    with place.open("rb") as file:
        return gettext.GNUTranslations(file)
