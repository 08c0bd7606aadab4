"""What speakers say: a denial or admission as opinion, everything else as note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.exporters.naming import incident_of, party_label, source_label, text_in
from undersight.exporters.stix.objects import identifier, our_extension
from undersight.model.records import Takedown
from undersight.model.vocabulary import label

if TYPE_CHECKING:
    from undersight.exporters.stix.objects import Objects
    from undersight.model.records import Claim

_OPINIONS: Final = {
    "denies": "strongly-disagree",
    "partly_denies": "disagree",
    "gives_other_explanation": "disagree",
    "declines_comment": "neutral",
    "acknowledges_denies_responsibility": "agree",
    "acknowledges": "strongly-agree",
}


def put_claim(objects: Objects, claim: Claim) -> tuple[str, str]:
    """Add a claim; return its id and that of what it is about, both empty if that is not there."""
    about = _about(objects, claim)
    if about not in objects.by_id:
        objects.losses.add("a claim about a record without an object", "claim.about",
                           claim.record_id)  # fmt: skip
        return "", ""
    dossier = objects.dossier
    statement, lang = text_in(claim.statement, dossier.masthead.languages)
    speaker = party_label(dossier, claim.speaker) or claim.speaker_as_text
    source = dossier.source(claim.carried_by)
    common = {
        "object_refs": [about],
        "authors": [speaker] if speaker else [],
        "lang": lang,
        "external_references": [objects.reference(source)] if source else [],
        "extensions": our_extension(
            about=claim.about,
            field=claim.field,
            stance=claim.stance,
            status=claim.status,
            said_edtf=claim.said.edtf if claim.said else "",
            connection=claim.connection,
        ),
    }
    if claim.stance in _OPINIONS:
        words = statement or label("claim_stance", claim.stance)
        opinion = _OPINIONS[claim.stance]
        made = objects.put("opinion", claim.record_id, claim.record_id, opinion=opinion,
                           explanation=words, **common)  # fmt: skip
    else:
        words = statement or _value(claim, source_label(dossier, source) if source else "")
        made = objects.put("note", claim.record_id, claim.record_id, content=words, **common)
    return made, about


def _about(objects: Objects, claim: Claim) -> str:
    """Return the id of the campaign or incident a claim is about."""
    record = objects.dossier.get(claim.about)
    if isinstance(record, Takedown):
        return identifier("campaign", record.record_id)
    return identifier("incident", incident_of(objects.dossier, record))


def _value(claim: Claim, source: str) -> str:
    words = label("claim_stance", claim.stance)
    about = claim.field or "the record as a whole"
    value = f" = {claim.value}" if claim.value is not None else ""
    return f"{words}: {about}{value}" + (f" ({source})" if source else "")
