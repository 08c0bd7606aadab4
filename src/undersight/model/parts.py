"""Values that live inside records: names, places, penalties, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.schema import (
    count,
    date,
    flag,
    line,
    lines,
    localised,
    number,
    prose,
    ref,
    term,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """One spelling of a party's name."""

    value: str = line("The name as written.", is_personal=True)
    lang: str = line("Language code of the spelling.")
    script: str = line("ISO 15924 script code (Latn, Cyrl, Arab...).")
    use: str = term("name_use", "What this form is used for.", default="known_as")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a person agreed to, when, and who was told."""

    scope: str = line("What was agreed (name, photograph, account, everything).")
    given_on: FuzzyDate | None = date("When consent was given.")
    given_to: str = line("Staff id that received it.", is_internal=True)
    withdrawn_on: FuzzyDate | None = date("When it was taken back.")
    note: str = prose("How it was given.", is_internal=True, is_personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something happened, as far as known."""

    country: str = line("ISO 3166-1 alpha-2 code, or the name of a country without one.")
    admin1: str = line("Region.")
    locality: str = line("Town or village.")
    site: str = line("Building, station, court, prison.")
    precision: str = term("place_precision", "How exactly it is known.", default="unknown")
    as_text: str = line("The words as written.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """A user name or address of an account, for a time."""

    value: str = line("The handle or address as shown.", is_personal=True)
    since: FuzzyDate | None = date("From when.")
    until: FuzzyDate | None = date("Until when.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What an account looked like when somebody looked."""

    at: FuzzyDate | None = date("When it was seen.")
    followers: int | None = count("Followers then.", unit="followers")
    posts: int | None = count("Posts then.", unit="posts")
    state: str = term("account_state", "State then.", default="unknown")
    source: str = ref("source", about="Who reported it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number that a source gives, with what it counts.

    ``n_listed`` stands beside the amount when the source's own list has another length.
    """

    what: str = term("quantity", "What is counted.")
    amount: float | None = number("The amount, or its lower bound.")
    amount_max: float | None = number("The upper bound of a range.")
    unit: str = term("unit", "What one is.")
    currency: str = line("ISO 4217 code, for money.")
    is_rounded: bool = flag("The source rounds or says about, over, at least.")
    n_listed: int | None = count("How many the source's own list has, where it differs.")
    of_total: float | None = number("The total that a sample was taken from.")
    source: str = ref("source", about="Who gives the number.")
    as_text: str = line("The words as written.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A penalty, as pronounced."""

    kind: str = term("sentence_kind", "What penalty.")
    amount: float | None = number("How much; nothing for life or unknown.")
    unit: str = term("unit", "Of what (days, months, years, hours, a currency).")
    currency: str = line("ISO 4217 code, for fines.")
    is_suspended: bool = flag("Not to be served on conditions.")
    pronounced_on: FuzzyDate | None = date("When it was pronounced.")
    from_on: FuzzyDate | None = date("From when the term counts.")
    as_text: str = line("The words as written.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What the person acted upon did in turn."""

    response: str = term("response", "What was done.")
    at: FuzzyDate | None = date("When.")
    note: str = prose("In words.", is_personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedTo:
    """A typed link to another act or incident."""

    link: str = term("link_type", "How this follows from the other.")
    record: str = ref("act", "incident", "takedown", about="The other.")
    note: str = prose("In words.", is_personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration:
    """That a profile administers a page: if the profile falls, the page falls with it."""

    profile: str = ref("account", about="The administering profile.")
    party: str = ref("party", about="The person, where the profile is not recorded.")
    since: FuzzyDate | None = date("From when.")
    until: FuzzyDate | None = date("Until when.")
    is_only_one: bool = flag("No other administrator is known.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One accusation inside a proceeding, with its standing on a day."""

    provision: str = ref("provision", about="The provision charged under.")
    as_cited: str = line("The citation as written.")
    status: str = term("charge_status", "Where it stands.", default="pending")
    status_on: FuzzyDate | None = date("Since when.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """One hearing of a proceeding."""

    at: FuzzyDate | None = date("When.")
    is_closed: bool = flag("Closed to the public or the press.")
    note: str = prose("What happened.", is_personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreePartTest:
    """The test of Articles 8 to 11 of the European Convention on Human Rights, as a note.

    A restriction must be prescribed by law, pursue a legitimate aim and be necessary in a
    democratic society. The program asks the three questions; a person answers.
    """

    prescribed_by_law: str = term("test_finding", "Prescribed by law?", default="not_examined")
    legitimate_aim: str = term("test_finding", "A legitimate aim?", default="not_examined")
    necessary: str = term("test_finding", "Necessary and proportionate?", default="not_examined")
    note: Mapping[str, str] = localised("The reasoning.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStep:
    """One message to or from a platform."""

    at: FuzzyDate | None = date("When.")
    channel: str = term("case_channel", "How.")
    is_from_platform: bool = flag("Whether the platform wrote.")
    reference: str = line("Reference number.")
    text: str = prose("What was written.", is_personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day by which something must be done, and why."""

    rule: str = line("Id of the deadline rule, or empty for one set by hand.")
    due: FuzzyDate | None = date("By when.")
    basis: str = line("Where the deadline comes from.")
    is_done: bool = flag("Whether it has been met.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a platform said, following the DSA statement of reasons."""

    received_on: FuzzyDate | None = date("When it came.")
    lang: str = line("Language of the notice.")
    is_own_language: bool = flag("Whether the person reads that language.")
    rule_named: str = line("The rule that the platform named.")
    rule_version: str = line("Version of the rule in force.")
    decision: tuple[str, ...] = lines("DSA decision codes (CONTENT_REMOVED...).")
    ground: str = line("DSA decision ground.")
    is_automated: bool = flag("Said to be automated.")
    is_state_request_disclosed: bool = flag("Says that a state asked for it.")
    text: str = prose("The notice as written.", is_personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What was lost with an account or page."""

    followers_before: int | None = count("Followers before.", unit="followers")
    followers_after: int | None = count("Followers after.", unit="followers")
    posts_lost: int | None = count("Posts lost.", unit="posts")
    posts_lost_since: FuzzyDate | None = date("Posts since then are gone.")
    reach_lost_percent: float | None = number("Reach lost, of a hundred.", unit="percent")
    observed_by: str = term("observed_by", "How the loss of reach was observed.")
    days_down: int | None = count("Days without access.", unit="days")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetCounts:
    """How many assets of each kind a report says were removed."""

    accounts: int | None = count("Facebook accounts, or accounts of the platform named.")
    pages: int | None = count("Pages.")
    groups: int | None = count("Groups.")
    instagram: int | None = count("Instagram accounts.")
    channels: int | None = count("Channels.")
    domains: int | None = count("Domains.")
    other: int | None = count("Other assets.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Technique:
    """A technique of a public framework, with the version it was read in."""

    framework: str = term("framework", "Whose id.")
    version: str = line("Version of the framework.")
    technique_id: str = line("The id, as that version writes it.")
    label: str = line("Its name, for readers.")
