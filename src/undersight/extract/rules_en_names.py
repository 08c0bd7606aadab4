"""English: names, roles and claims."""

from __future__ import annotations

from undersight.extract.claims import ClaimWords
from undersight.extract.names import NameWords
from undersight.extract.roles import RoleWords

OCCUPATIONS = (
    "journalist", "reporter", "correspondent", "editor", "editor-in-chief", "chief editor",
    "blogger", "vlogger", "activist", "activists", "human rights defender", "rights defender",
    "human rights activist", "lawyer", "attorney", "advocate", "politician", "party member",
    "academic", "scholar", "professor", "lecturer", "historian", "economist", "teacher", "student",
    "artist", "musician", "rapper", "singer", "poet", "writer", "author", "satirist", "cartoonist",
    "comedian", "actor", "actress", "photographer", "filmmaker", "theologian", "imam", "pastor",
    "priest", "believer", "soldier", "veteran", "entrepreneur", "businessman", "businesswoman",
    "farmer", "driver", "worker", "pensioner", "doctor", "nurse", "engineer", "researcher",
    "analyst", "expert", "pundit", "dissident", "critic", "user", "users", "resident", "citizen",
    "influencer", "youtuber", "tiktoker", "streamer", "podcaster", "designer", "programmer",
    "translator", "publisher", "presenter", "host", "cameraman", "videographer", "freelancer",
    "freelance journalist", "whistleblower", "volunteer", "campaigner", "member", "leader",
    "founder", "co-founder", "head", "director", "chairman", "chairwoman", "chairperson", "chair",
    "coordinator", "administrator", "admin", "moderator", "owner", "colleague", "colleagues",
    "wife", "husband", "mother", "father", "brother", "sister", "son", "daughter", "cousin",
    "uncle", "aunt", "fiancé", "fiancée", "friend", "partner", "neighbour", "neighbor", "witness",
    "prisoner", "detainee", "man", "woman", "teenager", "youth", "girl", "boy", "chess player",
    "athlete", "footballer", "sociologist", "political scientist", "ecologist", "environmentalist",
    "unionist", "trade unionist", "courier", "taxi driver", "shopkeeper", "baker", "hairdresser",
    "accountant", "physician", "deputy editor", "video editor", "presenter", "newsreader", "mr",
    "mrs", "ms", "dr", "prof", "named", "called", "user named", "activist and blogger", "exile",
)  # fmt: skip
OFFICES = (
    "spokesman", "spokeswoman", "spokesperson", "press secretary", "press officer", "head of press",
    "head of press relations", "head of the press service", "prosecutor", "prosecutor general",
    "deputy prosecutor", "investigator", "detective", "judge", "minister", "deputy minister",
    "prime minister", "president", "vice-president", "vice president", "governor", "mayor",
    "police chief", "chief of police", "police officer", "officer", "inspector", "sergeant",
    "lieutenant", "captain", "major", "colonel", "general", "lieutenant colonel", "commander",
    "senator", "mp", "member of parliament", "lawmaker", "deputy", "ambassador", "consul",
    "commissioner", "ombudsman", "ombudswoman", "secretary", "adviser", "advisor", "speaker",
    "chief", "official", "regulator", "rector", "dean", "deputy head", "deputy chairman",
    "chairman", "chairwoman", "chairperson", "deputy director", "director general", "aide",
    "presidential aide", "head of department", "head of the department", "district head",
    "warden", "presidential adviser", "chief of staff", "bailiff", "attorney general",
    "state secretary", "undersecretary", "councillor", "party leader", "vice-chairman",
)  # fmt: skip
_KIN = (
    r"(?:wife|husband|mother|father|brother|sister|son|daughter|cousin|uncle|aunt|parents"
    r"|relative|niece|nephew|fianc[ée]e?|widow|grandmother|grandfather|mother-in-law)"
)

COMMON = frozenset(
    (
        "a an the and but or nor so yet if then than that this these those there here when while "
        "where who whom whose which what why how as at by for from in into of off on onto out over "
        "to under up upon with without within about above across after against along also although "
        "among around because before behind below beneath beside besides between beyond both "
        "despite down during each either else even every except few first second third fourth "
        "fifth former further he her hers him his however i it its itself last later latest least "
        "less like local many may me meanwhile more moreover most much my near neither next no none "
        "not nothing now once one only other others our own per rather same several she since some "
        "soon still such their them they though through throughout thus together too toward towards "
        "until unlike very via was we well were whether will would yes you your zero two three four "
        "five six seven eight nine ten eleven twelve twenty thirty hundred thousand dozens scores "
        "hundreds thousands all another any anyone back be been being did do does done had has have "
        "is are am ago again almost already always ever never often just nobody nowhere perhaps "
        "according accused activist activists additionally agents apparently arrested asked "
        "attackers authorities blogger bloggers called charges civil clearly comments concerning "
        "court courts critics currently cyber days detained detention detentions earlier editor "
        "eventually evidence eyewitnesses family fast finally following foreign fortunately general "
        "given government hackers hacker human immediately independent initially inside instead "
        "interestingly internet investigators journalist journalists judge judges known lawyer "
        "lawyers mass media men members months morning monitors neighbours news notably observers "
        "officers official officials online operation opposition originally overnight overall owing "
        "page pages parents people phone photographs plain-clothed plain-clothes police political "
        "politicians post posts previous previously prison prisoners prosecutor prosecutors pro-government "
        "protest protesters public recently regarding relatives reportedly reporters rights says "
        "security seeing separately shortly similarly simultaneously slander social source sources "
        "speaking speech state states statement students subsequently suddenly supporters "
        "surveillance suspended suspension taken terminology then today tomorrow tonight traffic "
        "trial two-year unable under unfortunately unknown update updated updates users video videos "
        "voters warned weeks whoever witnesses women workers world year years yesterday young "
        "accounts account behavior behaviour campaign coordinated group groups network networks "
        "report reports article articles section sections part paragraph code codes criminal "
        "administrative offences offenses constitution convention law laws penal act bill chapter "
        "amendment protocol decree tax labour labor civil procedure "
        "january february march april may june july august september october november december "
        "monday tuesday wednesday thursday friday saturday sunday summer autumn winter spring "
        "sms id ids ip vpn url usb pdf cib fgi ddos ttp ttps tv ngo ngos ceo faq it html pin "
        "android ios iphone islam islamic christian muslim covid covid-19 god easter ramadan "
        "english russian azerbaijani turkish georgian armenian arabic french german polish spanish "
        "persian kurdish european american british chinese ukrainian western eastern northern "
        "southern central soviet arab iranian israeli indian french kazakh uzbek belarusian "
        "azeri caucasus mr mrs ms dr prof sir "
        "asking being coming doing getting going having including leaving making moving noting "
        "offering opening posting quoting reading saying sharing showing starting stopping taking "
        "talking telling trying using waiting working writing assured asked based born brought "
        "caught compared confronted convinced described faced fearing forced found gone held hit "
        "left let met moved named none noted published questioned reached released removed searched "
        "seized sent shocked shot shown summoned surprised threatened told tried used worried wrote "
        "nervous nervousness ample absolutely unlike whereas likewise regardless far late early "
        "access activists, allegedly anonymous appeal appeals arrests asset attack attacks blog "
        "brigading bribe bribes calls case cases censorship charge child children citizens comment "
        "company content date day defence defense demands department editors election elections "
        "email end exile facts fake fewer fine followers free freedom friends half handcuffs hate "
        "hearing hearings home hour hours how house hunger incident incidents information interview "
        "jail jailed letter life live logs man message messages minister ministry money month names "
        "neither newspaper newsroom note notice notices number objects office only operator "
        "operators parliament passport password phishing photo platform platforms please prime "
        "profile profiles programme project questions raids reason records referendum release "
        "residents review right satirist school search searches sentence service silence site sites "
        "some staff station story strangers strike student subject suspected system teacher term "
        "terms threat threats time torture translation trolls truth university usually verdict "
        "verification violence voice war warning warnings website websites week whose woman word "
        "words "
    ).split()
)

NAMES = NameWords(
    lang="en",
    heads={
        "agency": (
            "Ministry",
            "Department",
            "Service",
            "Court",
            "Police",
            "Agency",
            "Committee",
            "Commission",
            "Council",
            "Parliament",
            "Prosecutor",
            "Office",
            "Directorate",
            "Bureau",
            "Inspectorate",
            "Authority",
            "Administration",
            "Cabinet",
            "Assembly",
            "Senate",
            "Duma",
            "Guard",
            "Army",
            "Customs",
            "Prosecution",
            "Ombudsman",
            "Municipality",
            "Regulator",
            "Inspection",
            "Tribunal",
            "Gendarmerie",
            "Ministries",
            "Registry",
            "Bar",
        ),
        "organisation": (
            "Party",
            "Movement",
            "Union",
            "League",
            "Front",
            "Association",
            "Foundation",
            "Fund",
            "Center",
            "Centre",
            "Institute",
            "Initiative",
            "Coalition",
            "Alliance",
            "Group",
            "Club",
            "Society",
            "Federation",
            "House",
            "Watch",
            "Network",
            "Forum",
            "Organization",
            "Organisation",
            "Company",
            "Inc",
            "Ltd",
            "LLC",
            "University",
            "Academy",
            "Collective",
            "Helpline",
            "Project",
            "Campaign",
            "Partnership",
            "Congress",
            "Bank",
            "Observatory",
            "Telecom",
            "Mobile",
            "Brotherhood",
            "Bloc",
            "Defenders",
            "Lab",
            "Solidarity",
        ),
        "outlet": (
            "News",
            "TV",
            "Radio",
            "Media",
            "Times",
            "Post",
            "Gazette",
            "Herald",
            "Magazine",
            "Newspaper",
            "Channel",
            "Journal",
            "Tribune",
            "Daily",
            "Weekly",
            "Press",
            "Telegraph",
            "Guardian",
            "Observer",
            "Chronicle",
            "Courier",
            "Express",
            "Mirror",
            "Today",
            "FM",
            "Broadcasting",
            "Newspapers",
            "Newsroom",
            "Television",
            "Bulletin",
            "Monitor",
            "News Agency",
            "Press Agency",
            "Information Agency",
            "Review",
            "Dispatch",
            "Examiner",
            "Sentinel",
            "Inquirer",
            "Argus",
            "Broadcaster",
            "Online",
            "Reporter",
        ),
        "place": (
            "City",
            "Region",
            "District",
            "Province",
            "Street",
            "Square",
            "River",
            "Village",
            "Airport",
            "Prison",
            "Avenue",
            "County",
            "Peninsula",
            "Island",
            "Mountains",
            "Bridge",
            "Park",
            "Boulevard",
            "Colony",
            "Republic",
        ),
    },
    linked_heads=(
        "Center",
        "Centre",
        "Institute",
        "Committee",
        "Foundation",
        "Fund",
        "Service",
        "Agency",
        "Commission",
        "Union",
        "Partnership",
        "Ministry",
        "Department",
        "Council",
        "Movement",
        "Initiative",
        "Coalition",
        "Office",
        "Bureau",
        "Directorate",
        "Authority",
        "Association",
    ),
    links=r"[ ](?:of|for|on|against|to)[ ]",
    bodies={
        "agency": (
            r"(?:traffic|riot|secret|border|cyber|road|financial|religious|morality|military|tax)"
            r" police",
            r"road patrol service",
            r"(?:state )?security services?",
            r"border (?:guards?|service)",
            r"interior ministry",
            r"ministry of the interior",
            r"defen[cs]e ministry",
            r"foreign ministry",
            r"counter-terrorism (?:police|unit)",
            r"presidential administration",
        ),
    },
    kind_words={
        "outlet": (
            "website",
            "news website",
            "site",
            "outlet",
            "news outlet",
            "media outlet",
            "newspaper",
            "newsroom",
            "news agency",
            "agency",
            "weekly",
            "daily",
            "magazine",
            "broadcaster",
            "news portal",
            "portal",
            "news platform",
            "news site",
            "online newspaper",
            "channel",
            "state channel",
            "tv channel",
            "television channel",
            "radio station",
            "radio",
            "television",
            "publication",
            "online outlet",
            "platform",
            "podcast",
            "news service",
            "online media",
            "media",
            "state broadcaster",
            "online magazine",
            "state television",
        ),
        "organisation": (
            "movement",
            "party",
            "union",
            "organisation",
            "organization",
            "association",
            "ngo",
            "initiative",
            "coalition",
            "foundation",
            "collective",
            "youth union",
            "group",
            "human rights group",
            "rights group",
            "company",
            "operator",
            "mobile operator",
            "non-governmental organization",
            "political movement",
            "party of",
            "helpline",
            "think tank",
            "charity",
            "opposition party",
            "ruling party",
            "youth movement",
        ),
        "account": (
            "page",
            "facebook page",
            "telegram channel",
            "instagram page",
            "youtube channel",
            "facebook group",
            "public page",
            "pages",
            "profile",
            "account",
            "community",
            "handle",
            "facebook profile",
            "instagram account",
            "twitter account",
            "tiktok account",
        ),
        "place": (
            "town",
            "city",
            "village",
            "district",
            "region",
            "prison",
            "airport",
            "street",
            "square",
            "province",
            "town of",
            "city of",
            "village of",
            "polytechnic",
            "university",
            "hospital",
            "colony",
            "settlement",
            "county",
            "capital",
            "suburb",
            "border",
            "valley",
        ),
    },
    kind_before=r",?(?: (?:called|named|known as))?,? [\"']?",
    apposition=r"[\"']?,? (?:\d\d, )?(?:an? |the |one of the |our |its |his |her |which is an? |who is an? "
    r"|who was an? |the country's )(?:[\w'-]+ ){0,4}?",
    titles=tuple(dict.fromkeys((*OCCUPATIONS, *OFFICES, "mr.", "mrs.", "ms.", "dr."))),
    common=COMMON,
    place_prepositions=r"\b(?:in|from|at|near|outside|inside|around|across|to the (?:town|city) of"
    r"|capital,|the town of|the city of|resident of|residents of|towards|via) $",
    source_cues=r"\b(?:told|reported by|quoted by|published by|interview (?:with|to|for)|speaking to|spoke"
    r" to|speaking with|comment to|informed|statement to|cited by|said to|article (?:in|by)|published in"
    r"|report by|reports? in|reporting by|reported in|wrote in|writes in|broadcast by|aired by) (?:the )?$",
    reports_after=r" (?:reports?|reported|wrote|writes|quoted|quotes|published|first reported|has reported|had"
    r" reported|learned|cited|revealed|broadcast)(?! to (?:the )?police)\b",
    article_the=r"\bthe $",
)

_SAY = (
    r"(?:said|says|told|tells|wrote|writes|explained|noted|added|stated|claimed|claims|insisted|recalled"
    r"|confirmed|denied|denies|rejected|rejects|refuted|dismissed|dismisses|disputed|disputes|argued|argues"
    r"|announced|declared|admitted|acknowledged|believes|alleged|alleges|stressed|complained|commented"
    r"|reported|described|pointed out|called|maintains|maintained|responded|replied|answered|asserted"
    r"|asserts|contradicts|contradicted|retracted|withdrew|declined|refused|would not|did not|thinks"
    r"|suspects|considers|linked|attributed|warned that|accused|remarked|posted that|conceded|concedes"
    r"|put it|hung up|speaks of|spoke of|counters|countered|objected|objects|went on|continued|recounted)"
)

ROLES = RoleWords(
    before={
        "lawyer": r"\b(?:lawyers?|attorneys?|advocates?|counsel|defen[cs]e (?:counsel|lawyers?))"
        r"(?: (?:of|for) [^,.;]{2,40})?,? (?:[\w-]+ and )?$",
        "relative": rf"\b{_KIN}(?: of [^,.;]{{2,40}})?,? $",
        "official": rf"\b(?:{'|'.join(sorted(OFFICES, key=len, reverse=True))})"
        r"(?: (?:of|at|for|in|on|from|with)(?: the)? [^.;:]{2,70}?)?,? (?:[\w.]+ )?$"
        r"|\bhead of (?:the )?[^.;:,]{0,20}(?:press|ministry|department|police|service|agency|office"
        r"|committee|administration|directorate|inspectorate|prosecut)[^.;:]{0,60},? $",
        "complainant": r"\b(?:complaint (?:by|from|of|lodged by|filed by)|sued by|request of|lawsuit by"
        r"|suit (?:by|brought by|filed by)|complainant,?|plaintiff,?) (?:the )?(?:[\w-]+ ){0,2}$",
        "reporter": r"\b(?:reported by|investigation by|report by|according to (?:the )?(?:journalist"
        r"|reporter|correspondent)|(?:reporter|correspondent)) (?:journalist |reporter |correspondent )?$",
        "witness": r"\b(?:witness(?:es)?|eyewitness|according to|neighbou?r|told by),? $",
    },
    after={
        "lawyer": r",? (?:(?:his|her|their|the|a|an|[\w-]+'s) )(?:[\w-]+ ){0,2}(?:lawyer|attorney|advocate"
        r"|counsel)\b|,? who (?:represents|defends)\b",
        "relative": rf",? (?:(?:his|her|their|the|a|[\w-]+'s) )(?:[\w-]+ ){{0,2}}{_KIN}\b",
        "official": rf",? (?:(?:the|a|an|its|their|who is|who heads) )(?:[\w'-]+ ){{0,4}}(?:"
        rf"{'|'.join(sorted(OFFICES, key=len, reverse=True))})\b(?! of the (?:movement|party))",
        "complainant": r" (?:has |had )?(?:filed|lodged|submitted|brought) (?:a |an )?(?:[\w-]+ ){0,3}"
        r"(?:complaint|lawsuit|suit|claim) (?:against|about)|,? (?:has |had )?sued\b|, who (?:filed|lodged|"
        r"submitted|brought|sued)",
        "reporter": r",? (?:who|a reporter who|a journalist who)?,?(?: looked into| looked at| investigated"
        r"| reported| documented| who reported)\b",
        "witness": rf",? (?:(?:[^.;]{{0,50}}, )|(?:who [^,.;]{{2,60}},? )|(?:also|has|had|later|then) )?"
        rf"(?:{_SAY}|saw|watched|witnessed)\b",
    },
    office=r"\b(?:ministry|police|prosecut|state|government|department)",
    not_office=r"\b(?:movement|party|union of|newsroom|website|newspaper|outlet|ngo|foundation|association"
    r"|union|former|ex-|organi[sz]ation|editor|front|student|association|centre|center|institute|club|group)\b",
    speaks_before=r"\b(?:according to|told by|as|explained|noted|said|added|wrote|recalled|stated|told"
    r"|interview with|colleague of|against the complaint of|for) (?:the |his |her )?(?:[\w-]+ ){0,1}$",
    speaks_after=rf",?(?: also| later| then| has| had)? {_SAY}\b",
    source_before=r"\b(?:told|reported by|by|according to|interview with|speaking to|to|quoted by|reporting"
    r" by|report by|informed|with|reports?|in) (?:the )?$",
    joined=r",? (?:and )?(?:his |her |their )?(?:[\w-]+ ){0,3}|,|,? as well as (?:[\w-]+ ){0,2}| & ",
    barrier=r"[;:]|\b(?:who|which|that|said|told|according|because|after|while|but)\b",
    acts_on_bodies=frozenset(
        (
            "site_hack hijack_page hijack_account ddos site_blocking registration_refused outlet_closure "
            "search fine suspension content_removal followers_lost content_wipe comment_flooding brigading "
            "mass_reporting termination account_lock verification_rejected demonetisation demotion "
            "feature_limit impersonation fake_page phishing malware account_restored civil_suit "
            "investigation criminal_complaint geoblock official_warning smear_campaign threat "
            "official_statement surveillance spyware charge device_seizure forced_deletion sms_interception"
        ).split()
    ),
    pronoun_before=r"\b(?:he|she|they)(?: \w+){0,4} $",
    doer_before=r"\bby (?:the )?(?:[\w-]+ ){0,2}$",
)

CLAIMS = ClaimWords(
    lang="en",
    stances={
        "declines_comment": (
            r"declin(?:ed|es|ing) to (?:comment|answer|say|speak|explain|respond)",
            r"(?:would|did|could|has|have|had|does|do) not (?:comment|respond|answer|reply|responded"
            r"|answered|replied|commented)(?: (?:to|on))?",
            r"refus(?:ed|es|ing) to (?:comment|answer|say|speak|respond|explain)",
            r"(?:no|without) (?:comment|response|reply|answer) (?:from|by|was|on)",
            r"hung up",
            r"(?:not|never) (?:answer|answered|returned?|return) (?:<w3>)(?:calls?|questions?"
            r"|requests?|messages?|e-?mails?)",
            r"could not be reached",
            r"wouldn't comment",
            r"(?:left|leaving) (?:<w3>)unanswered",
            r"didn't (?:respond|answer|reply|comment)",
        ),
        "retracts": (
            r"retract(?:ed|s|ing)",
            r"withdrew (?:<w3>)(?:statement|testimony|words|accusations?|claim)",
            r"took back (?:<w3>)(?:statement|words|testimony)",
            r"(?:later )?recanted",
        ),
        "partly_denies": (
            r"(?:partly|partially) (?:denied|denies|rejected|rejects|disputed)",
            r"(?:confirmed|acknowledged|admitted) [^.;]{3,80} but (?:denied|rejected|said [^.;]{0,30}not)",
        ),
        "acknowledges_denies_responsibility": (
            r"(?:acknowledged|admitted|confirmed) [^.;]{3,80} but (?:<w3>)(?:responsib|no fault|blame)\w*",
        ),
        "denies": (
            r"den(?:ied|ies|y|ying)(?! (?:entry|access|bail|permission|medical))",
            r"refut(?:ed|es|ing)",
            r"reject(?:ed|s|ing) (?:<w3>)(?:claims?|accusations?|allegations?|charges?|account|reports?"
            r"|findings?|version|suggestion|it|this|that|as|the blogger's|the journalist's|idea)",
            r"dismiss(?:ed|es|ing)? (?:<w5>)(?:claims?|accusations?|allegations?|reports?|findings?|charges?"
            r"|version|it|them|as|story)",
            r"disput(?:ed|es|ing)",
            r"contradict(?:ed|s|ing)",
            r"(?:called|calls|calling|described) (?:<w5>)(?:as )?\"?(?:<w2>)(?:false|fictitious|fiction"
            r"|baseless|groundless|unfounded|fake|lies?|a lie|untrue|fabricat\w+|slander|absurd|nonsense|"
            r"fantasy|invention|provocation|disinformation|libel)",
            r"(?:said|says|told|insists?|insisted|stated|maintains?|claims?|claimed)[^.;]{0,120}(?:not true|"
            r"untrue|false|fictitious|fiction|baseless|groundless|unfounded|fabricated|a lie|fantasy|no such"
            r"|had never|has never|have never|was never|never (?:worked|wrote|said|paid|been|happened|took)"
            r"|nothing unusual|did not (?:write|happen|take|commit|correspond|reflect)|was not insulting|not"
            r" slanderous|not guilty|does not correspond|nothing to do with|not theirs|no one (?:was|had)"
            r"|nobody (?:was|had)|was not (?:questioned|detained|beaten|summoned|forced|involved|him|her|true"
            r"|her|his|an?)|were not|wrote something else|nothing (?:slanderous|illegal|insulting))",
            r"plead(?:ed|s)? not guilty",
            r"did not (?:accept|admit) (?:<w3>)(?:guilt|charges?|accusations?)",
            r"nothing of the (?:kind|sort)",
        ),
        "gives_other_explanation": (
            r"(?:explained|explains|attributed|attributes|blamed|blames) [^.;]{0,80}(?:by|to|on) (?:<w3>)"
            r"(?:technical|maintenance|malfunction|failure|error|overload|accident|fall|health|cable|repair"
            r"\w*|mistake)",
            r"(?:said|says|claimed|claims)[^.;]{0,80}(?:technical (?:reasons|fault|problems?|failure|issue)|"
            r"maintenance|routine|preventive|had fallen|fell (?:down|from)|by mistake|an error|coincidence"
            r"|for (?:his|her|their) own (?:safety|protection)|drunk|unrelated|another matter|other reasons"
            r"|different (?:case|matter|reason))",
        ),
        "acknowledges": (
            r"(?:admitted|admits|acknowledged|acknowledges|conceded|concedes)(?! to)",
            r"confirm(?:ed|s) (?:that|the|to|it|his|her|having)",
        ),
        "asserts": (rf"{_SAY}", r"according to", r"in (?:his|her) words"),
    },
    speaker_before=r"(?:\b(?:according to|in the words of)|[,\"”] ?(?:said|says|told|noted|explained|added"
    r"|wrote|writes|recalled|stated|insisted|asked|remarked|commented)(?: (?:[^\s,.;]+ ){1,4})?,?(?: (?:his|her"
    r"|their|the|a)(?: [\w'-]+){1,4},?)?|\b(?:said|explained|noted|added|wrote|told)(?: (?:his|her|the)"
    r" (?:[\w'-]+ ){0,2}(?:lawyer|wife|husband|colleague|mother|father|brother|sister|spokesman"
    r"|spokeswoman|head|director|chairman),?)?) $",
    speaker_after=rf"(?:'s? (?:[\w-]+ ){{0,3}}(?:lawyer|office|press service|spokes\w+|representative)s?)?"
    rf"[\"')]*,?(?: who [^.;]{{2,60}},?| [^.;,]{{2,60}},|, (?:[^.;,]{{2,60}}),)?(?: (?:also|has|had|later|then"
    rf"|himself|herself|however|for (?:his|her) part,?|in turn,?|repeatedly|flatly|himself))? {_SAY}\b",
    listener_before=r"\b(?:told|to|interview with|asked by|informed|with|by) (?:the )?$",
    subjects={
        "pressure_on_relatives": (
            r"(?:parents|mother|father|relatives|family|wife|husband|brother)(?: had"
            r"| were| was)? (?:been )?(?:<w3>)(?:summoned|called|questioned)",
            r"together with (?:his|her) (?:parents|mother|father|wife)",
        ),
        "ill_treatment": (r"tortur\w*", r"ill-treat\w*", r"mistreat\w*"),
        "assault": (r"beat(?:en|ing|ings)?", r"force (?:was|had been) used", r"assault\w*"),
        "forced_deletion": (r"(?:delete|remove|take down)\b",),
        "questioning": (r"question(?:ed|ing)", r"interrogat\w+"),
        "detention": (r"detain\w*", r"detention"),
        "takedown": (
            r"findings?",
            r"report was",
            r"network",
            r"pages? (?:were|are)",
            r"paid anyone",
        ),
        "sms_interception": (r"sms", r"text messages"),
        "offence": (r"(?:guilty|insult|slander|the charges?|charge)",),
        "evidence_planted": (r"planted", r"drugs"),
        "service_blocking": (r"block(?:ed|ing)", r"slow(?:ed|ing)", r"access"),
        "surveillance": (r"surveillance", r"follow(?:ed|ing)", r"wiretap\w*"),
    },
    bodies=(
        r"(?:the )?(?:<w2>)?(?:ministry|police|prosecutors?|prosecution|government|court|platform|company"
        r"|authorities|department|operator|embassy)(?:'s? (?:press (?:office|service)|spokes\w+|office"
        r"|representative))?(?= (?:\w+ )?(?:said|says|denied|denies|declined|would not|did not|rejected"
        r"|dismissed|refused|was quick to|called|calls|admitted|confirmed|refuted|acknowledged|has not))",
    ),
    pronoun=r"(?:he|she)(?= (?:\w+ )?" + _SAY + r")",
    macros={"w2": r"(?:[\w'-]+ ){0,2}", "w3": r"(?:[\w'-]+ ){0,3}", "w5": r"(?:[\w'-]+ ){0,5}"},
)
