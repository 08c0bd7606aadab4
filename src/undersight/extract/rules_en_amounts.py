"""English: provisions, penalties, quantities, takedowns."""

from __future__ import annotations

from undersight.extract.numbers import NumberWords
from undersight.extract.penalties import PenaltyWords
from undersight.extract.provisions import ProvisionWords
from undersight.extract.quantities import QuantityWords
from undersight.extract.takedowns import TakedownWords

NUMBERS = NumberWords(
    ones={
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
        "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
        "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
        "eighty": 80, "ninety": 90, "a dozen": 12, "a hundred": 100, "a thousand": 1000,
    },
    scales={"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "hundred": 100},
    half=r" and a half",
)  # fmt: skip
TIME_UNITS = {
    "years": r"years?",
    "months": r"months?",
    "weeks": r"weeks?",
    "days": r"days?",
    "hours": r"hours?",
}
CURRENCIES = {
    "AZN": r"azn|manats?|₼",
    "RUB": r"rub|roubles?|rubles?|₽",
    "TRY": r"try|(?:turkish )?liras?|₺",
    "USD": r"usd|(?:us )?dollars?|us\$|\$",
    "EUR": r"eur|euros?|€",
    "GEL": r"gel|(?:georgian )?lari|₾",
    "GBP": r"gbp|pounds?(?: sterling)?|£",
    "money": r"tenge|soms?|drams?|hryvnias?|dinars?|dirhams?|rials?|riyals?|rupees?|yuan|yen|pesos?"
    r"|francs?|kroner|kronor|zloty(?:s|ch)?|forints?|shillings?|naira|rand|baht|crowns?|marks|somoni",
}
_MACROS = {
    "w2": r"(?:[\w'-]+ ){0,2}",
    "w3": r"(?:[\w'-]+ ){0,3}",
    "about": r"(?:about |around |some |nearly |almost |over |more than |at least |roughly |approximately"
    r" |only |another |another )?",
}

PROVISIONS = ProvisionWords(
    lang="en",
    before=(
        r"articles? ",
        r"arts?\. ?",
        r"sections? ",
        r"§§? ?",
        r"clauses? ",
        r"paragraphs? (?=\d+ of)",
    ),
    joints=r",? (?:and|or|to|through|&) (?:article |section )?|, (?:article )?",
    part_behind=r",? \(?(?:part|paragraph|para\.?|clause|item|section|point) (\d{1,3}(?:\.\d+)*)\)?",
    part_before=r"(?:part|paragraph|para\.?|clause|item|section) (\d{1,3}(?:\.\d+)*) of (?:the )?$",
    sequel=r"(?:reclassified|changed|upgraded|amended|requalified|replaced)(?: [\w-]+){0,3} (?:to|with|as|by|under)"
    r" (?:article |section )?(\d{1,4}(?:[-.]\d{1,3})+)",
    instruments={
        "criminal_code": (r"criminal code", r"penal code"),
        "administrative_code": (
            r"code of administrative offen[cs]es",
            r"administrative (?:offen[cs]es )?code",
        ),
        "constitution": (r"constitution",),
        "treaty": (r"european convention", r"convention", r"covenant"),
        "law": (r"\blaw on\b", r"\bact\b", r"the law\b"),
        "decree": (r"decree",),
    },
)

_UNREAL = (
    r"\b(?:up to|faces?|facing|could|may|might|would|demanded|demanding|asked for|asks for|requested|requesting"
    r"|sought|seeking|maximum|maximum of|carries|carry|punishable|punished|provides? for|provided for|between"
    r"|risk\w*|threaten\w*|as much as|called for|minimum|from|whether|if|envisages?|foresees?|stipulates?)"
    r"(?: [\w'$-]+){0,6} $"
)

PENALTIES = PenaltyWords(
    lang="en",
    numbers=NUMBERS,
    units=TIME_UNITS,
    with_months=r"(?:,? and <num> months?)",
    kinds={
        "administrative_detention": (
            r"(<amount>(?: (?:of|in|under))? administrative (?:detention|arrest|custody))",
            r"administrative (?:detention|arrest) (?:of|for) (<amount>)",
            r"administratively (?:detained|arrested) for (<amount>)",
        ),
        "suspended": (
            r"(<amount>[ -]suspended(?: (?:prison )?(?:sentence|term))?)",
            r"suspended (?:prison )?(?:sentence|term) of (<amount>)",
            r"(<amount>(?:(?: in prison| imprisonment| of imprisonment| prison sentence| sentence| in jail"
            r"))?,? (?:all of it )?(?:suspended|on probation|conditionally|conditional))",
        ),
        "probation": (
            r"(<amount>(?:'s?)?(?: of)? (?:probation|restricted (?:freedom|liberty)|restriction of"
            r" (?:freedom|liberty)|limited freedom))",
            r"(?:probation|restriction of (?:freedom|liberty)) (?:of|for) (<amount>)",
        ),
        "house_arrest": (r"house arrest for (<amount>)", r"(<amount>(?: of| under) house arrest)"),
        "pretrial_detention": (
            r"(?:remanded|pre-?trial (?:detention|custody|arrest)|remand|detention centre|into custody|arrested|"
            r"in custody|arrest)(?: (?:him|her|them|in custody))?(?: (?:<w3>))?for (<amount>)",
            r"(<amount>(?:'s?)?(?: of| in)? (?:pre-?trial (?:detention|custody|arrest)|remand))",
            r"(?:detention|custody|arrest|remand) (?:<w3>)?(?:extended|prolonged) (?:by|for) (<amount>)",
        ),
        "community_service": (
            r"(<amount>(?: of)? ?(?:community service|compulsory (?:labour|labor|works?)|public works?|unpaid"
            r" work|community work|mandatory (?:labour|labor|work)))",
        ),
        "corrective_work": (r"(<amount>(?: of)? corrective (?:labou?r|work))",),
        "ban": (
            r"(?:banned|barred|prohibited|ban) (?:(?:him|her|them) )?(?:from|on) [^.;]{3,60} for (<amount>)",
            r"(<amount>(?: |-)(?:travel )?ban)",
        ),
        "prison": (
            r"(<amount>(?:'s?)? (?:in|of|behind|at) (?:a |an )?(?:<w3>)?(?:prison|jail|bars|imprisonment|colony"
            r"|penal colony|labour camp|incarceration))",
            r"(<amount>[ -](?:prison|jail|penal)(?: (?:sentence|term))?)",
            r"(<amount> imprisonment)",
            r"(?:imprisonment|prison (?:sentence|term)|jail (?:sentence|term)) (?:of|for) (<amount>)",
            r"imprisoned for (<amount>)",
        ),
    },
    by_unit={
        "days": "administrative_detention",
        "weeks": "administrative_detention",
        "months": "prison",
        "years": "prison",
        "hours": "community_service",
    },
    bare=(
        r"sentenced (?:[^\s.;,]+ ){0,6}to (?:<about>)(<amount>)",
        r"(?:jailed|locked up) (?:[^\s.;,]+ ){0,4}for (<amount>)",
        r"(?:gave|given|handed|received|got|serving|imposed|handed down)(?: (?:him|her|them|[\w'-]+ [\w'-]+))? "
        r"(?:<about>)(?:a |an )?(<amount>)(?=(?: sentence| term|[.,;]|$| for| on| of| in (?:jail|prison)| each"
        r"| instead| under| after| by| \())",
        r"sentence of (<amount>)",
        r"(<amount>[ -](?:sentence|term))",
        r"sentenced (?:[^\s.;,]+ ){0,6}to (<amount>)",
    ),
    money={
        "fine": (
            r"fined (?:[^\s.;]+ ){0,5}(<money>)",
            r"fines? of (?:<about>)(<money>)",
            r"(<money> (?:fine|in fines))",
            r"pay (?:a fine of )?(?:<about>)(<money>)",
            r"(<money>)[- ]fine",
        ),
    },
    currencies=CURRENCIES,
    fixed={"life": (r"(life (?:imprisonment|in prison|sentence))", r"sentenced to (life)")},
    unreal=_UNREAL,
    unreal_after=r" (?:is demanded|was demanded|if convicted|is possible)",
    macros=_MACROS,
)

_ASSETS = r"(?:accounts?|profiles?|pages?|groups?|channels?|websites?|sites?)"
_PEOPLE = (
    r"(?:people|persons|users|activists|journalists|bloggers|men|women|citizens|protesters|students|members"
    r"|residents|believers|reporters|others|individuals|demonstrators|supporters|administrators|officers"
    r"|teachers|lawyers|social media users|commenters|readers|subscribers to)"
)

QUANTITIES = QuantityWords(
    lang="en",
    numbers=NUMBERS,
    time_units=TIME_UNITS,
    currencies=CURRENCIES,
    counted=(
        (
            "inauthentic_comments",
            "comments",
            r"(<num>) (?:out )?of (?:the |its |those )?(?:top |first )?<num>",
        ),
        (
            "sampled_comments",
            "comments",
            r"<num> (?:out )?of (?:the |its |those )?(?:top |first )?(<num>"
            r"(?: (?:top )?comments)?)",
        ),
        (
            "inauthentic_comments",
            "comments",
            r"(<num>)(?: of (?:them|these|those))?,? (?:<w2>)?(?:came from"
            r"|were (?:by|from|written by|inauthentic|fake)|are (?:fake|inauthentic))",
        ),
        (
            "sampled_comments",
            "comments",
            r"(?:top|first|sample of|sampled|analy[sz]ed|looked at|examined|read)"
            r" (?:the )?(?:top |first )?(<num>(?: comments)?)",
        ),
        ("inauthentic_comments", "comments", r"(<num> (?:inauthentic|fake|bot) comments)"),
        (
            "followers_lost",
            "followers",
            r"(?:lost|losing|shed|cost (?:it|him|her|them)) (?:[^.;]{0,40} and )?"
            r"(<about><num>(?: (?:of (?:its|his|her|their) )?(?:<w2>)?(?:followers|subscribers))?)"
            r"(?= ?(?:$|of|followers|subscribers|and|,|\.|on|after))",
        ),
        (
            "followers_lost",
            "followers",
            r"without (?:the |its |her |his )?(<num> (?:followers|subscribers))",
        ),
        (
            "followers_lost",
            "followers",
            r"(<num> (?:of (?:its|his|her|their) )?(?:followers|subscribers)) (?:were"
            r"|had been|disappeared|vanished|are|was) (?:lost|removed|deleted|gone|purged)?",
        ),
        ("followers", "followers", r"(<num> (?:followers|subscribers|members))"),
        ("followers", "followers", r"followed by (<about><num>(?: (?:people|users|accounts))?)"),
        (
            "followers",
            "followers",
            r"(<about><num>(?: (?:accounts|people|users))?)(?= (?:followed|follow|joined"
            r"|were following) )",
        ),
        ("comments", "comments", r"(<about><num> (?:<w2>)?(?:comments|replies))"),
        ("reports_filed", "items", r"(<about><num> (?:<w2>)?(?:reports|complaints))"),
        ("views", "items", r"(<about><num> (?:<w2>)?(?:views|times viewed))"),
        ("views", "items", r"(?:viewed|watched|seen|played) (<about><num>(?: times)?)"),
        (
            "reach_lost",
            "percent",
            r"(?:reach|views|audience|traffic|visibility|engagement)[^.;]{0,60}?(?:fell|dropped"
            r"|declined|fallen|down|decreased|collapsed|sank|plummeted|plunged|shrank|reduced|cut)[^.;]{0,30}?"
            r"(<num> ?(?:percent|per cent|%))",
        ),
        (
            "reach_lost",
            "percent",
            r"(<num> ?(?:percent|per cent|%)) (?:<w3>)(?:drop|fall|decrease|decline|less"
            r"|lower|loss)",
        ),
        (
            "content_lost",
            "posts",
            r"(?:lost|deleted|wiped|erased|losing) (?:[^.;]{0,30} and )?(<about><num>"
            r" (?:<w2>)?(?:posts|videos|publications|photos|articles|items))",
        ),
        (
            "content_lost",
            "posts",
            r"(<num> (?:<w2>)?(?:posts|videos|publications|photos)) (?:<w2>)?(?:were|was|had"
            r" been|disappeared|vanished)? ?(?:deleted|lost|wiped|erased|removed|gone)",
        ),
        ("accounts_affected", "pages", r"(<num> (?:<w2>)?pages)"),
        ("accounts_affected", "accounts", rf"(<num> (?:<w2>)?{_ASSETS})"),
    ),
    timed=(
        (
            "time_to_appeal",
            r"(<duration>)(?: \w+)? (?:to|in which to|within which to) (?:submit |file |lodge )?"
            r"(?:an )?(?:appeal|disagree|challenge|request|contest|object)",
        ),
        (
            "time_to_appeal",
            r"(?:appeal|challenge|contest|object)(?:ed)? (?:it |this |the decision )?(?:within|in)"
            r" (<duration>)",
        ),
        (
            "content_lost",
            r"(<duration>['s]* worth of (?:<w3>)(?:content|posts|publications|videos|archive))",
        ),
        (
            "duration",
            r"(?:for|within|lasted|took|lasting|after|spent|some|about|around|nearly|almost|over|more"
            r" than) (<duration>)(?! ago| later| (?:of|in) (?:<w2>)(?:prison|jail|detention|arrest|work|service))",
        ),
        ("duration", r"(<num>[- ]hour)(?= )"),
    ),
    paid=(
        (
            "ad_spend",
            r"(<about><money>) (?:<w3>)?(?:in|on|for|was spent on|had been spent on|of) (?:<w2>)?(?:ads?"
            r"|advertising|advertisements?|promotion|spending for ads)",
        ),
        (
            "ad_spend",
            r"(?:spending|spent|ad spend|spend)(?: (?:<w3>))?(?:came to|was|of|amounted to|totalled|totaled"
            r"|at|on ads|to)? ?(<about><money>)",
        ),
        ("damages", r"(<money>) (?:in|as|of) (?:<w3>)?(?:damages|compensation)"),
        ("damages", r"(?:damages|compensation) of (<money>)"),
        ("bribe", r"bribe of (<money>)"),
        (
            "bribe",
            r"(?:demanded|asked (?:\w+ )?for|wanted|offered|extorted)(?: (?:him|her|them))? (?:<w2>)?(<money>)",
        ),
        ("bribe", r"(<money>) (?:<w2>)?(?:bribe|fee|in exchange|in return)"),
    ),
    people=rf"(?:about |around |some |at least |another )?<num> (?:other |more |of (?:the |these |his |her )?|<w2>)?{_PEOPLE}",
    people_acts={
        "people_warned": r"\bwarn\w*|caution\w*",
        "people_detained": r"\bdetain\w*|\barrest\w*|rounded up|taken away|custody",
        "people_questioned": r"question(?:ed|ing)|interrogat\w+|summon\w*",
        "people_charged": r"\bcharged|\bcharges|indicted|prosecut(?:ed|ion)\b",
        "people_affected": r"\bfined|beaten|injured|affected|blocked|refused|turned down|denied|lost|targeted|fired"
        r"|dismissed|expelled|sentenced|jailed|deported|attacked|searched|leaked",
    },
    macros=_MACROS,
)

TAKEDOWNS = TakedownWords(
    lang="en",
    numbers=NUMBERS,
    assets={
        "instagram": (
            r"<num> (?:other )?(?:accounts? on instagram|instagram accounts?|instagram profiles?)",
            r"<num> on instagram",
        ),
        "accounts": (
            r"<num> (?:other )?(?:inauthentic |fake )?(?:facebook )?(?:accounts?|profiles?)"
            r"(?! on instagram)(?: on facebook)?",
            r"<num> (?:twitter|x|youtube|tiktok) (?:accounts?|channels?)",
        ),
        "pages": (r"<num> (?:facebook )?pages?",),
        "groups": (r"<num> (?:facebook )?groups?",),
    },
    removal=(
        r"(?:removed|took down|taken down|takes down|removes|disabled|deleted|dismantled|banned|purged|shut"
        r" down|taking down|removing|removal of|takedown of|eliminated|suspended)",
    ),
    findings=(
        r"(?:disrupted|dismantled|took down|removed|uncovered|identified|exposed|taken action against) (?:an? |the )?"
        r"\"?(?:[\w'-]+ ){0,4}(?:network|operation|campaign)(?: (?:run|operated|linked|tied|originating|based) (?:by|to|from|in)"
        r" (?:the )?(?:[\w'-]+ ?){1,8})?",
    ),
    release=(
        r"(?:network|coordinated inauthentic|press release|quarterly report|adversarial|takedown|operation)",
    ),
    reporters=r"\b(?:meta|facebook|instagram|twitter|google|youtube|tiktok|telegram|microsoft|openai|x corp"
    r"|linkedin|reddit|vkontakte)(?=(?:'s)?\b)",
    attribution=r"(?:linked|tied|connected|attributed|traced|attribut\w+|ties|links|link) (?:it |them |the network |between"
    r" the accounts |this (?:network|activity|operation) )?(?:back )?(?:to|with) ([^.,;:\"()\[\]]{3,90})"
    r"|(?:associated with|run(?:,? it says,?)? by|operated by|on behalf of|managed by|orchestrated by|conducted by"
    r"|run, (?:it|the company) says?, by|controlled by|worked for|work of) ([^.,;:\"()\[\]]{3,90})",
    macros=_MACROS,
)
