"""What was done to one person or outlet in all entries: in order, how it grew, how long held."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.i18n import LANGUAGES
from undersight.model.derived.custody import custody
from undersight.model.derived.repeat import ladder_of, series_of
from undersight.model.records import Incident
from undersight.presentation.derived_words import vanished_lines, voice_of
from undersight.presentation.phrases import capitalised
from undersight.presentation.presenter import Presenter
from undersight.presentation.wording import custody_sentence, ladder_sentence
from undersight.workbench import dossiers
from undersight.workbench.showing import title_of

if TYPE_CHECKING:
    from undersight.model.derived.repeat import Occurrence
    from undersight.workbench.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ActAgainst:
    """One act against a party.

    Args:
        act_type: Its type.
        what: Its type in words.
        when: When it began, in words; empty where that is not known.
        edtf: The same as EDTF.
        incident_id: The entry it stands in.
        title: Title of that entry.
    """

    act_type: str
    what: str
    when: str
    edtf: str
    incident_id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsAgainst:
    """All that was done to one party, as far as it is recorded.

    Args:
        acts: The acts, oldest first, undated last.
        n_entries: In how many entries they stand.
        ladder: How it grew, in words; empty where it did not.
        custody: Time in custody, in words; empty where there was none.
        vanished: Posts that vanished while their author was in custody, in words.
    """

    acts: tuple[ActAgainst, ...]
    n_entries: int
    ladder: str
    custody: str
    vanished: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return dataclasses.asdict(self)


def told(workspace: Workspace, party_id: str, *, lang: str) -> ActsAgainst:
    """Return what was done to a party; for one that was merged, to all that it stands for.

    Args:
        workspace: The workspace.
        party_id: The party.
        lang: Language of the words.
    """
    kept_id, dossier = dossiers.of_party(workspace, party_id)
    words = Presenter(dossier, lang if lang in LANGUAGES else "en")
    series, held = series_of(dossier, kept_id), custody(dossier, kept_id)
    ladder = ladder_of(series)
    voice = voice_of(words)
    return ActsAgainst(
        acts=tuple(_act(one, words) for one in series.occurrences),
        n_entries=len(series.incidents),
        ladder=capitalised(ladder_sentence(ladder, voice), words.lang) if ladder else "",
        custody=capitalised(custody_sentence(held, voice), words.lang) if held else "",
        vanished=vanished_lines(words.vanished, words),
    )


def _act(one: Occurrence, words: Presenter) -> ActAgainst:
    incident = words.dossier.find(Incident, one.incident)
    return ActAgainst(
        act_type=one.act_type,
        what=capitalised(words.term("act_type", one.act_type), words.lang),
        when=words.date(one.when) if one.when else "",
        edtf=one.when.edtf if one.when else "",
        incident_id=one.incident,
        title=title_of(incident, words.lang) if incident else "",
    )
