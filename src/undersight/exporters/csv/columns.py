"""The columns of the tables: stable names, declared once, read by codebook and data package.

Names, order and meaning of a published column never change; a new one goes to the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["string", "integer", "number", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one table.

    Args:
        name: Its name.
        about: One English sentence.
        kind: Type of its values.
        vocabulary: Vocabulary of its values, where they are ids.
        is_list: Whether a cell can hold several values, separated by "; ".
    """

    name: str
    about: str
    kind: Kind = "string"
    vocabulary: str = ""
    is_list: bool = False


def _several(name: str, about: str, vocabulary: str = "") -> Column:
    return Column(name, about, vocabulary=vocabulary, is_list=True)


ACTS: Final = (
    Column("event_id", "Public id of the entry, else its record id."),
    Column("act_id", "Record id of the act."),
    Column("act_type", "What was done.", vocabulary="act_type"),
    Column("date_edtf", "When it began, in the Extended Date/Time Format (EDTF)."),
    Column("date_earliest", "First possible day.", "date"),
    Column("date_latest", "Last possible day.", "date"),
    Column("date_basis", "How the date is known.", vocabulary="date_basis"),
    Column("country", "ISO 3166-1 alpha-2 code, or the name of a country without one."),
    Column("admin1", "Region."),
    Column("locality", "Town or village."),
    Column("place_precision", "How exactly the place is known.", vocabulary="place_precision"),
    Column("victim_id", "Record id of the person or group; empty for an act without a victim."),
    Column("victim_label", "Name, or the label that stands for it."),
    Column(
        "victim_count",
        "How many people, at least; empty for outlets and offices. A range stands in the notes.",
        "integer",
    ),
    _several("occupation", "What the person does.", "occupation"),
    Column("gender", "As the person states it."),
    _several("actor_type", "What those are who are said to have done it.", "party_kind"),
    _several("actor_name", "Their names, in the order of actor_type."),
    _several("role", "Their parts, in the order of actor_type.", "involvement_role"),
    _several("platform", "Where online.", "platform"),
    _several("account_handle", "Accounts acted upon, as far as they may be shown."),
    _several("item_state", "State of the posts acted upon.", "item_state"),
    Column("stated_ground", "The ground that the authorities gave."),
    Column("believed_ground", "The ground that others believe."),
    _several("provision_normalised", "Text and article, one spelling for each."),
    _several("provision_as_cited", "Citations as written."),
    _several("sentence_kind", "Penalties of this person for this act.", "sentence_kind"),
    Column(
        "sentence_days",
        "Longest penalty of time in days; a month counts 30 and a year 365.",
        "integer",
    ),
    Column("status_at_end", "Where the act left the person.", vocabulary="liberty_status"),
    Column(
        "official_position",
        "Response of the authorities, derived from what they said: none_known, acknowledged, "
        "partly_acknowledged, denied, partly_denied, responsibility_denied, other_explanation, "
        "declined_comment, contradictory. none_known is silence, not agreement.",
    ),
    Column("verification", "How far the entry is verified.", vocabulary="verification"),
    Column("n_sources", "Sources of the entry and of claims about the act.", "integer"),
    _several("sources", "Their addresses, else titles, else publishers and days."),
    Column("first_published", "When the entry was first published (EDTF)."),
    Column("last_updated", "Day of the last change of the entry or addition to it.", "date"),
    Column("n_updates", "Additions to the entry.", "integer"),
    _several("rights_affected", "Provisions cited as violated rights."),
    _several("notes", "What has no column of its own, as key=value."),
    Column("detail", "The act in words."),
    Column("threatened_consequence", "What was threatened otherwise."),
    _several("offences", "Offences named, in words."),
    _several("quantities", "Numbers given: what=amount unit, with what stands against them."),
    _several("loss", "What was lost with an account or page, as key=value."),
    _several("sentences", "All penalties of this person: kind, amount and unit."),
    _several("related_acts", "Links to other acts and entries: kind and id."),
    Column("event_title", "Headline of the entry."),
    Column("event_summary", "The entry in words."),
    _several("periods", "Times of war, election and the like: kind, begin/end and name."),
    _several("provision_capacity", "In what capacity each provision was used: capacity and law."),
    Column("status_since", "Since when the person's status holds (EDTF)."),
)

CLAIMS: Final = (
    Column("claim_id", "Record id of the claim."),
    Column("event_id", "Public id of the entry it belongs to, else its record id."),
    Column("about_id", "Record id of what is spoken of."),
    Column("about_kind", "Kind of that record."),
    Column("field", "The field spoken of; empty for the record as a whole."),
    Column("value", "The value claimed, as JSON where it is not text."),
    Column("stance", "What is done with the field.", vocabulary="claim_stance"),
    Column("statement", "What is said."),
    Column("statement_lang", "Language of the statement."),
    Column("speaker_id", "Record id of the speaker."),
    Column("speaker_label", "Name or label of the speaker."),
    Column("connection", "How the speaker is tied to the matter.", vocabulary="connection"),
    Column("said_edtf", "When it was said (EDTF)."),
    Column("source", "Address of the source that reports it, else its title."),
    Column("source_reliability", "Admiralty code, A to F.", vocabulary="reliability"),
    Column("credibility", "Admiralty code, 1 to 6.", vocabulary="credibility"),
    Column("status", "Where the claim stands.", vocabulary="claim_status"),
    Column("status_note", "Why, in words."),
    _several("speaker_alternatives", "Who else may have spoken."),
)

UPDATES: Final = (
    Column("update_id", "Record id of the addition."),
    Column("event_id", "Public id of the entry, else its record id."),
    Column("number", "Running number in the entry.", "integer"),
    Column("published_edtf", "When it was published (EDTF)."),
    Column("update_kind", "Why.", vocabulary="update_kind"),
    Column("note", "What is new."),
    Column("note_lang", "Language of the note."),
)

TAKEDOWNS: Final = (
    Column("takedown_id", "Record id of the removed network as one report gives it."),
    Column("event_id", "Public id of the entry, else its record id."),
    Column("name", "Name of the network."),
    Column("reporter", "Who reports it."),
    Column("published_edtf", "When the report came out (EDTF)."),
    _several("origins", "Countries it was run from."),
    _several("targets", "Countries or people addressed."),
    Column("scope", "Whom it addressed.", vocabulary="scope"),
    Column("accounts", "Accounts removed.", "integer"),
    Column("pages", "Pages removed.", "integer"),
    Column("groups", "Groups removed.", "integer"),
    Column("instagram", "Instagram accounts removed.", "integer"),
    Column("channels", "Channels removed.", "integer"),
    Column("domains", "Domains removed.", "integer"),
    Column("other", "Other assets removed.", "integer"),
    _several("attributed_to", "Who is said to be behind it."),
    Column(
        "attribution_confidence", "How sure.", vocabulary="attribution_confidence"
    ),
    Column("official_position", "Response of the authorities or of those named; see acts."),
    _several("tactics", "How it worked.", "tactic"),
    _several("techniques", "Framework, version and id of techniques."),
    _several("disarm", "DISARM ids that the tactics stand for, with the edition read."),
    Column("n_contradictions", "Numbers on which the reports of the entry differ.", "integer"),
    _several("followers", "Followers of what was removed: what=amount unit."),
    _several("ad_spend", "Money spent: what=amount currency."),
    _several("indicators", "Indicators published with it, so written that nobody opens them."),
    Column("summary", "The report in words."),
    Column("report_period_edtf", "The time the report is about (EDTF)."),
    Column("active_from_edtf", "Active since (EDTF)."),
)  # fmt: skip

TABLES: Final[Mapping[str, tuple[Column, ...]]] = {
    "acts": ACTS,
    "claims": CLAIMS,
    "updates": UPDATES,
    "takedowns": TAKEDOWNS,
}
PRIMARY_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "claims": ("claim_id",),
    "updates": ("update_id",),
    "takedowns": ("takedown_id",),
}
ABOUT: Final[Mapping[str, str]] = {
    "acts": "One row for each act and each person or group acted upon.",
    "claims": "Who says what about which field.",
    "updates": "Dated additions to entries.",
    "takedowns": "Removed networks, one row for each report.",
}
