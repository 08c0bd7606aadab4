"""English: acts. Triggers by vocabulary id, and what makes a trigger no act."""

from __future__ import annotations

from undersight.extract.acts import ActWords

MACROS = {
    "w2": r"(?:[\w'-]+ ){0,2}",
    "w3": r"(?:[\w'-]+ ){0,3}",
    "w5": r"(?:[\w'-]+ ){0,5}",
    "to5": r"(?:[^\s.;]+ ){0,5}",
    "pos": r"(?:his|her|their|its|my|our|the|a|an|this|that|both|all|[\w-]+'s|[\w-]+s')",
    "him": r"(?:him|her|them|me|us)",
    "be": r"(?:was|were|is|are|been|being|be|got|had been|has been|have been)",
    "item": r"(?:posts?|publications?|videos?|photos?|photographs?|pictures?|images?|articles?"
    r"|comments?|stor(?:y|ies)|reports?|materials?|footage|interviews?|recordings?|clips?"
    r"|drawings?|cartoons?|texts?|tweets?|reels?|statuses|status|poems?|songs?|broadcasts?|it"
    r"|them|threads?|caricatures?|messages?|investigations?|podcasts?|livestreams?|entr(?:y|ies))",
    "account": r"(?:accounts?|profiles?|e-?mail(?: account)?s?|mailbox(?:es)?|inbox)",
    "page": r"(?:pages?|groups?|channels?|communit(?:y|ies))",
    "asset": r"(?:accounts?|profiles?|pages?|groups?|channels?)",
    "home": r"(?:homes?|houses?|flats?|apartments?|offices?|newsrooms?|premises|editorial offices?"
    r"|studios?|cars?|rooms?|dormitory room|belongings|archives?)",
    "device": r"(?:(?:mobile |cell )?phones?|computers?|laptops?|cameras?|devices?|equipment|hard"
    r" drives?|memory cards?|notebooks?|flash drives?|tablets?|documents?|recorders?|servers?"
    r"|passports?)",
    "office": r"(?:police(?: station| department| headquarters| office)?|prosecutors?(?:'s? office)?"
    r"|prosecution|(?:state )?security (?:service|services)|investigators?|department|ministry"
    r"|station|precinct|district (?:office|police)|military office|dean's office|committee)",
    "kin": r"(?:parents?|mother|father|wife|husband|brothers?|sisters?|sons?|daughters?|relatives?"
    r"|family|family members|cousins?|uncles?|aunts?|children|grandmother|grandfather|in-laws)",
    "service": r"(?:facebook|instagram|youtube|tiktok|telegram|whatsapp|twitter|x|vk|vkontakte"
    r"|signal|skype|messengers?|social (?:media|networks?)|wikipedia|voip services?)",
    "out": r"(?:away|out|in|down|off|up)",
}

VERBS = {
    "questioning": [r"questioned", r"interrogated"],
    "detention": [
        r"detained",
        r"apprehended",
        r"rounded up",
        r"whisked (?:away|off)",
        r"(?:held|kept) (?:at|in) (?:the |a )?(?:<w2>)(?:police|station|precinct|custody)",
        r"taken (?:away|off|in|into custody)(?! for questioning)",
        r"taken (?:away )?by (?:the )?(?:<w2>)(?:police|officers|men|agents)",
        r"picked up by (?:the )?(?:<w2>)(?:police|officers|men|agents)",
        r"dragged (?:into|out of|to|away)",
        r"bundled into",
        r"pulled (?:off|out of) (?:a|an|the|his|her) (?:<w2>)(?:bus|car|taxi|train|flight|plane)",
    ],
    "arrest": [
        r"arrested",
        r"remanded(?: in custody)?",
        r"(?:placed|put|sent|held|ordered|kept) (?:<w2>)(?:in|into|to) (?:pre-?trial|remand)"
        r"(?: detention| custody| prison)?",
    ],
    "administrative_detention": [
        r"administratively (?:detained|arrested)",
        r"(?:placed|put) (?:under|in) administrative (?:arrest|detention)",
    ],
    "house_arrest": [
        r"(?:placed|put|held|kept|transferred|moved|sent) (?:<w2>)(?:under|to|in) house arrest",
    ],
    "official_warning": [
        r"(?:officially |formally )?warned(?! that| of| about| against a)",
        r"cautioned",
        r"reprimanded",
    ],
    "summons": [
        r"summoned",
        r"subpoenaed",
        r"called (?:<w2>)(?:in|to|into|before|back to) (?:see |visit )?(?:the |a |an )?"
        r"(?:<w3>)<office>",
        r"invited (?:<w2>)to (?:visit |come to )?(?:the |a )?(?:<w3>)<office>",
        r"(?:asked|told|ordered|required) (?:<him> )?to (?:visit|come to|appear (?:at|before)|report"
        r" to|present (?:him|her)self (?:at|to)) (?:the |a )?(?:<w3>)<office>",
        r"called in(?! for questioning| to questioning| question)",
    ],
    "charge": [r"charged(?! \$)", r"indicted", r"formally accused"],
    "sentence": [
        r"sentenced",
        r"convicted",
        r"jailed",
        r"imprisoned",
        r"sent to (?:prison|jail|a penal colony)",
        r"given (?=(?:a |an )?(?:[\w.-]+ ){1,3}(?:in (?:prison|jail)|suspended|sentence|years|months"
        r"|days))",
    ],
    "fine": [r"fined"],
    "release": [
        r"freed",
        r"set free",
        r"let go",
        r"released(?! (?:a|an|its|the|their|on|new|this|another|in its|two|three|data|findings|by"
        r" (?:the )?platform) ?(?:<w3>)(?:report|video|statement|footage|recording|study|findings"
        r"|data|list|documentary|song|film|clip|album|report|photo|photos|pictures|numbers|figures))",
    ],
    "deportation": [r"deported", r"extradited", r"expelled from (?:the )?country"],
    "assault": [
        r"beaten(?: up| unconscious)?",
        r"assaulted",
        r"punched",
        r"kicked",
        r"stabbed",
        r"physically attacked",
        r"attacked(?= by (?:<w3>)(?:men|people|assailants|persons|thugs|strangers|youths|man))",
        r"hit (?:<him> )?(?:on|in|over) the (?:head|face)",
        r"beat(?: up)?(?= )",
    ],
    "ill_treatment": [
        r"tortured",
        r"ill-treated",
        r"mistreated",
        r"humiliated",
        r"given electric shocks",
        r"denied (?:<w2>)(?:medical|medicine|medication|treatment|insulin)",
    ],
    "abduction": [r"abducted", r"kidnapped"],
    "killing": [r"killed", r"murdered", r"shot dead", r"assassinated"],
    "dismissal": [
        r"sacked",
        r"fired(?! (?:at|shots|on))",
        r"laid off",
        r"dismissed (?:from|as|without|by|after|over)(?= )",
        r"expelled from (?:the |his |her )?(?:<w2>)(?:university|school|institute|college|academy"
        r"|party|union)",
        r"suspended from (?:his|her|work|teaching|the (?:university|school|post|job))",
    ],
    "conscription": [
        r"conscripted",
        r"drafted (?:into|to the)",
        r"called up(?: for| to| into)?(?= (?:military|the army|service|reserve|mobili))",
        r"mobili[sz]ed (?:into|to the)",
    ],
    "travel_ban": [
        r"(?:banned|barred|prohibited|prevented|stopped|forbidden|kept) from (?:leaving|travel"
        r"l?ing|boarding|flying|crossing|exiting|going abroad)",
        r"(?:not (?:been )?allowed|forbidden|unable|not permitted) to (?:leave|travel|board|cross)",
        r"turned back at (?:the )?(?:<w2>)(?:border|airport|checkpoint)",
    ],
    "surveillance": [
        r"wiretapped",
        r"(?:followed|watched|filmed|trailed|tailed|shadowed|tracked) by (?:<w3>)(?:men|car|cars|officers"
        r"|people|agents|persons|police|strangers)",
        r"(?:kept|placed|put|been) under (?:constant |police |covert )?surveillance",
        r"bugged",
        r"eavesdropped",
    ],
    "impersonation": [r"impersonated"],
    "doxxing": [r"doxx?ed"],
    "demotion": [
        r"down-?ranked",
        r"shadow-?banned",
        r"throttled(?= by (?:facebook|meta|the platform))",
    ],
    "demonetisation": [r"demoneti[sz]ed"],
    "threat": [
        r"threatened(?! (?:to|with) (?:<w2>)(?:sue|strike|go on|resign))",
        r"intimidated",
        r"blackmailed",
    ],
    "spyware": [r"infected with (?:<w2>)(?:spyware|pegasus|predator)"],
    "acquittal": [
        r"acquitted",
        r"cleared of (?:all )?(?:<w2>)(?:charges?|accusations)",
        r"found not guilty",
        r"exonerated",
    ],
}

BEFORE = {
    "questioning": [
        r"called (?:back |again )?(?:in|into|in for|in to|back in for|for|to) (?:the |another |a )?"
        r"(?:<w2>)(?:questioning|interrogation)",
        r"(?:taken|brought|invited|escorted|driven|hauled) (?:<w3>)(?:for|to) (?:<w2>)?"
        r"(?:questioning|interrogation|a (?:preventive )?(?:talk|conversation|chat))",
        r"called (?:in|back) (?:again )?(?:<w5>)(?:for|to) (?:<w2>)(?:questioning|interrogation)",
        r"(?:underwent|gave|subjected to|faced) (?:<w2>)(?:questioning|interrogation)",
        r"taken in again",
        r"(?:spent|was) (?:<w2>)(?:hours|minutes) (?:being questioned|under questioning"
        r"|answering questions)",
        r"had to (?:explain|account for|answer for) (?:<w3>)(?:at|to|before) (?:<w2>)<office>",
    ],
    "official_warning": [
        r"(?:received|got|given|served with|issued with|handed|signed|made to sign) (?:<w2>)"
        r"(?:warnings?|caution|reprimand|undertaking)",
    ],
    "summons": [
        r"received (?:a |an |another |two )?(?:<w2>)(?:summons|subpoena|notice to appear)",
        r"had received a summons(?: of <pos> own)?",
    ],
    "enforced_disappearance": [
        r"(?:disappeared|went missing|gone missing|vanished)",
        r"whereabouts (?:are|remain|were|is|was) (?:still )?(?:unknown|not known|unclear)",
        r"not been (?:seen|heard from) since",
    ],
    "detention": [r"(?:remains?|remained|still|been|spent (?:<w3>)) in (?:police )?custody"],
    "charge_dropped": [
        r"(?:charges?|case|proceedings?|prosecution|investigation|accusations?) (?:against (?:<w3>))?"
        r"(?:<be> )?(?:dropped|closed|dismissed|terminated|withdrawn|discontinued|thrown out)",
    ],
    "charge_changed": [
        r"(?:<be> )?reclassified",
        r"charges? (?:<w3>)?(?:<be> )?(?:aggravated|changed|replaced|upgraded|amended|increased"
        r"|reduced|toughened|made (?:graver|heavier)|softened)",
    ],
    "trial": [
        r"(?:went|is|are|was|were|been|stood|stands|put|goes|go) (?:up )?(?:on|to) trial",
        r"(?:stood|stands) trial",
        r"appeared (?:in|before) (?:<w3>)(?:court|judge)",
        r"pleaded not guilty",
    ],
    "sentence": [
        r"found (?:<him> )?guilty",
        r"received (?:a |an )?(?=(?:[\w.-]+ ){1,4}(?:sentence|in prison|imprisonment|behind bars"
        r"|suspended|in jail|in detention))",
        r"got (?=(?:[\w.-]+ ){1,3}(?:days|months|years))",
    ],
    "fine": [r"ordered to pay (?:a fine|(?:<w2>)in fines?)"],
    "house_arrest": [r"under house arrest"],
    "search": [
        r"<home> (?:<w3>)?(?:<be> )(?:<w2>)?(?:searched|raided|turned upside down|ransacked)",
        r"had (?:<pos> )(?:<w2>)<home> (?:searched|raided)",
    ],
    "device_seizure": [
        r"<device> (?:and (?:<w2>)<device> )?(?:<be> )(?:<w2>)?(?:seized|confiscated|taken(?: away)?"
        r"|not returned)",
        r"had (?:<pos> )(?:<w2>)<device> (?:seized|confiscated|taken)",
    ],
    "suspension": [
        r"<asset> (?:of (?:<w3>))?(?:<be> )(?:<w2>)?(?:suspended|disabled|blocked|deactivated|restricted"
        r"|banned|frozen|switched off|unpublished)",
    ],
    "termination": [
        r"<asset> (?:<be> )(?:<w2>)?(?:permanently (?:\w+)|closed for good|terminated)",
    ],
    "account_lock": [r"locked out(?: of)?", r"<asset> (?:<be> )(?:<w2>)?locked"],
    "content_removal": [
        r"<item> (?:<be> )(?:<w3>)?(?:removed|deleted|taken down|pulled)(?= by| for| from| after|,|\.|"
        r" without| on| over| within| under)",
    ],
    "lawyer_denied": [
        r"(?:denied|refused|without|no) (?:<w2>)access to (?:a |his |her |their |the )?(?:<w2>)"
        r"(?:lawyers?|counsel|attorneys?)",
        r"(?:not allowed|unable|not permitted|refused permission) to (?:see|meet|call|contact) (?:<w2>)"
        r"(?:lawyers?|counsel|attorneys?)",
        r"lawyers? (?:<be> )?(?:not (?:allowed|let|admitted)|turned away|kept out|refused)",
    ],
    "followers_lost": [
        r"(?:lost|losing|down by) (?=(?:[^.;]{0,40} )?(?:followers|subscribers))",
        r"(?:followers|subscribers) (?:<be> )?(?:<w2>)?(?:removed|deleted|gone|purged|wiped)",
    ],
    "content_wipe": [
        r"(?:lost|losing) (?=(?:[^.;]{0,60} )?(?:posts|content|publications|videos|archive))",
        r"(?:everything|all) (?:it|he|she|they) had (?:posted|published|ever posted)",
        r"(?:<be> )?(?:emptied of|wiped|cleared of|stripped of)(?: (?:<w3>)(?:posts?|content|videos))?",
        r"(?:posts|content|archive|videos) (?:<be> )?(?:<w3>)?(?:wiped|erased|gone)",
    ],
    "account_restored": [
        r"(?:access|control|page|account|profile|channel|it) (?:to (?:<w3>))?(?:<be> )(?:<w3>)?"
        r"(?:restored|given back|returned|recovered|reinstated|unblocked|back)(?! to (?:<w2>)home)",
        r"(?:regained|recovered|got back|won back|retrieved) (?:access|control|<pos>)(?: (?:<w2>)"
        r"<asset>)?",
        r"(?:got|has|have) <pos> (?:<w2>)<asset> back",
        r"came back(?= (?:the|on|after|within|a|online))",
    ],
    "hijack_account": [
        r"<account> (?:of (?:<w3>))?(?:<be> )?(?:<w2>)?(?:hacked|hijacked|compromised|taken over"
        r"|broken into|stolen|breached|hit)",
        r"(?:lost|losing) (?:access|control) (?:to|of|over) (?:<pos> )(?:<w2>)(?:facebook |instagram )?"
        r"<account>",
        r"had (?:<pos> )(?:<w2>)<account> (?:hacked|hijacked|compromised|taken over|stolen)",
    ],
    "hijack_page": [
        r"<page> (?:of (?:<w3>))?(?:<be> )?(?:<w2>)?(?:hacked|hijacked|compromised|taken over|stolen"
        r"|seized by hackers)",
        r"(?:lost|losing) (?:access|control) (?:to|of|over) (?:<pos> )(?:<w2>)<page>",
        r"had (?:<pos> )(?:<w2>)<page> (?:hacked|hijacked|compromised|taken over|stolen)",
    ],
    "site_hack": [
        r"(?:web)?sites? (?:of (?:<w3>))?(?:<be> )(?:<w2>)?(?:hacked|defaced|broken into|compromised)",
    ],
    "site_blocking": [
        r"(?:web)?sites? (?:of (?:<w3>))?(?:<be> )(?:<w2>)?(?:blocked|inaccessible|unreachable inside)",
        r"(?:web)?sites? (?:became|has become|have become|remains?) (?:inaccessible|unavailable)"
        r"(?: (?:in|from|within|inside))?",
    ],
    "ddos": [
        r"(?:knocked|taken|forced) offline",
        r"(?:came|<be>) under (?:a |an )?(?:<w2>)(?:ddos|"
        r"denial[- ]of[- ]service) attack",
    ],
    "verification_rejected": [
        r"(?:request|application|bid)s? (?:for|to) (?:<to5>)(?:verif\w+|badge|blue tick|check ?mark)"
        r"(?:<to5>) ?(?:<be> )?(?:rejected|denied|refused|turned down|declined)",
        r"(?:verification|badge|blue tick)(?: request)? (?:<be> )?(?:rejected|denied|refused|turned"
        r" down)",
        r"(?:denied|refused) (?:a |the )?(?:<w2>)(?:verification|verified badge|blue badge|blue tick)",
    ],
    "demotion": [
        r"(?:reach|visibility|audience|views) (?:of (?:<w5>))?(?:<to5>)?((?:fell|dropped|collapsed|"
        r"plummeted|sank|shrank|went down|halved|declined|been (?:cut|reduced|limited)))",
        r"reach (?:<be> )(?:<w2>)?(?:reduced|limited|cut|restricted)",
    ],
    "feature_limit": [
        r"(?:barred|blocked|banned|prevented|restricted|stopped) from (?:posting|commenting|going live"
        r"|livestreaming|advertising|publishing on|messaging|broadcasting|boosting)",
        r"(?:could|can) (?:no longer|not) (?:post|comment|go live|advertise|publish posts)",
    ],
    "outlet_closure": [
        r"(?:offices?|newsroom|bureau|doors|studio) (?:<be> )(?:<w2>)?(?:sealed|shut(?: down)?|closed)",
        r"(?:forced|ordered) to (?:close|shut down|cease (?:operations|publication|broadcasting))",
    ],
    "registration_refused": [
        r"(?:registration|accreditation|licen[cs]e|application to register) (?:<w3>)?(?:<be> )?(?:<w2>)?"
        r"(?:refused|rejected|denied|revoked|withdrawn|annulled|turned down|suspended|cancelled)",
        r"(?:denied|refused|stripped of) (?:<w2>)(?:registration|accreditation|a licen[cs]e)",
        r"(?:struck|removed|excluded) (?:off|from) the (?:<w2>)(?:register|registry)",
    ],
    "death_in_custody": [
        r"(?:died|dead|found dead|death) (?:<w2>)in (?:<w3>)(?:custody|prison|detention|cell|jail"
        r"|police station|colony)",
    ],
    "forced_apology": [
        r"(?:forced|made|pressured|compelled|ordered|told|had) (?:<him> )?to (?:<w2>)?(?:apologi[sz]e"
        r"|repent|confess|ask for forgiveness|record (?:an apology|a confession|a video))",
        r"(?:publicly )?apologi[sz]ed on (?:camera|state tv|television|video)",
    ],
    "forced_deletion": [
        r"(?:forced|made|pressured|compelled|ordered|told|asked|instructed|obliged|required|advised"
        r"|had|pushed) (?:<him> )?(?:to )(?:<w2>)?(?:delete|remove|take|hide|erase|pull|unpublish|wipe"
        r"|clear)(?: (?:<w3>)<item>)?(?: down| off)?",
        r"made (?:<him> )?(?:delete|remove|take down|hide|erase)(?: (?:<w3>)<item>)?",
    ],
    "forced_post": [
        r"(?:forced|made|ordered|told|pressured) (?:<him> )?(?:to )?(?:publish|repost|share|write|post"
        r"|hand over (?:<pos> )(?:<w2>)<asset>)",
    ],
    "password_demand": [
        r"(?:forced|made|ordered|told|asked|pressured|required) (?:<him> )?(?:to )(?:unlock|hand over|give"
        r"(?: up)?|reveal|disclose|tell|enter|surrender|provide) (?:<w5>)(?:passwords?|phones?|pin|"
        r"passcodes?|credentials|login|code)",
    ],
    "wanted_notice": [
        r"(?:put|placed|declared|added|included) (?:<w3>)?(?:wanted|on (?:<w3>)wanted list)",
    ],
    "investigation": [
        r"(?:is|are|was|were) (?:being |placed |put )?(?:investigated|under (?:criminal )?investigation)",
    ],
    "pretrial_extension": [
        r"(?:detention|custody|arrest|remand|term) (?:<be> |has been |had been )(?:<w2>)?(?:extended"
        r"|prolonged)",
    ],
    "self_censorship": [
        r"(?:stopped|ceased|gave up|quit|suspended) (?:writing|publishing|posting|reporting|work)",
    ],
    "appeal": [
        r"(?:has |have |had )?appealed(?= (?:against|the|to|his|her|both|on|in))",
        r"(?:filed|lodged|submitted) an appeal(?= (?:against|with|to|on|before|at))",
    ],
}

AFTER = {
    "detention": [r"detains?", r"took (?:away|into custody)", r"rounds? up"],
    "arrest": [r"arrests", r"issued an arrest warrant for"],
    "questioning": [
        r"(?:brought|called) in for questioning",
        r"questions(?= activist| blogger| editor"
        r"| journalist)",
    ],
    "sentence": [
        r"sentences(?! of| in| were| are| that)",
        r"jails(?= )",
        r"(?:handed|gave) (?:down )?(?="
        r"(?:<w3>)(?:a |an )?(?:[\w.-]+ ){0,3}(?:sentence|term|verdict))",
    ],
    "charge": [
        r"(?:brought|filed|pressed|laid|opened|announced|lodged) (?:<w3>)?(?:charges?)(?: against)?",
        r"(?:as a private )?criminal charges? against",
    ],
    "charge_changed": [
        r"reclassif(?:ied|ying) (?:the )?charges?",
        r"(?:changed|replaced|amended|added"
        r" to) the charges?",
    ],
    "charge_dropped": [
        r"(?:dropped|closed|dismissed|withdrew|discontinued|terminated) (?:<w3>)(?:"
        r"charges?|case|investigation|proceedings)(?: against)?"
    ],
    "criminal_complaint": [
        r"(?:filed|lodged|submitted|made|brought|filing) (?:a |an |another |two )?(?:<w3>)complaints?"
        r" (?:against|about)",
        r"(?:reported|denounced) (?:<him>|[\w'-]+) to (?:the )?(?:police|prosecutors?)",
        r"complaints? (?:<w2>)against",
    ],
    "civil_suit": [
        r"(?:filed|brought|lodged) (?:a |an )?(?:<w3>)(?:lawsuit|suit|claim)(?: against)?",
        r"(?:sued|suing|sues)",
        r"(?:lawsuit|civil suit|civil case|civil claim) (?:<w2>)against",
    ],
    "investigation": [
        r"(?:opened|launched|initiated|started|began|instituted) (?:a |an |two |another )?(?:<w3>)"
        r"(?:case|investigation|inquiry|probe|proceedings|check)(?: against| into| over)?",
        r"criminal (?:case|proceedings) (?:<be> )?(?:opened|launched|initiated|started|instituted)"
        r"(?: against)?",
    ],
    "official_warning": [
        r"(?:issued|handed out|gave|sent) (?:<w3>)(?:official |formal )?warnings?"
        r"(?: to)?"
    ],
    "search": [
        r"(?:searched|raided|stormed|ransacked|broke into) (?:<pos> )(?:<w3>)<home>",
        r"(?:search(?:es)?|raids?) (?:of|at|in|on) (?:<pos> )(?:<w3>)<home>",
        r"(?:carried out|conducted) (?:a |the )?(?:<w2>)(?:search(?:es)?|raids?)",
    ],
    "device_seizure": [
        r"(?:seized|confiscated|took(?: away)?) (?:<pos> )?(?:<w2>)<device>",
        r"(?:seizure|confiscation) of (?:<w3>)<device>",
    ],
    "threat": [r"(?:death )?threats? (?:to|against)", r"threatens"],
    "release": [r"releases(?= )", r"let (?=[\w'-]+ go\b)"],
    "forced_deletion": [
        r"(?:forced|made|pressured|ordered|told|asked|asking|demanded|demanding|pressed|wanted) (?:that"
        r" )?(?:[\w'-]+ ){1,3}(?:to )?(?:delete|remove|take down|hide|erase)(?: (?:<w3>)<item>)?(?:"
        r" down)?",
        r"(?:asking|demanding|insisting)(?: <him>)? (?:to|that (?:he|she|they)) (?:delete|remove|take"
        r" down|hide|erase)(?: (?:<w3>)<item>)?",
        r"demand(?:ed|ing) (?:the )?(?:deletion|removal) of",
    ],
    "password_demand": [
        r"(?:demanded|asked for|wanted|extracted) (?:<w3>)(?:passwords?|passcode|pin"
        r" code)"
    ],
    "killing": [r"(?:murder|killing|assassination) of"],
    "suspension": [
        r"(?:suspended|disabled|blocked|blocking|suspends|deactivated|banned) (?:<pos> |all (?:of )?)"
        r"(?:<w3>)<asset>",
    ],
    "content_removal": [
        r"(?:removed|deleted|took down|taken down|pulled) (?:<pos> )(?:<w3>)(?:posts?|videos?|photos?"
        r"|articles?|cartoons?|drawings?|reels?)",
    ],
    "content_wipe": [
        r"(?:deleted|wiped|erased) (?:all|everything|years|hundreds|thousands|the entire)"
        r"(?: (?:<w3>)(?:posts|content|videos|publications|archive))?"
    ],
    "hijack_page": [
        r"(?:took over|hacked|hijacked|seized control of|broke into|seized|stole|gained control (?:of"
        r"|over)|taking over) (?:<pos> )?(?:<w3>)<page>",
        r"hack(?:ing)? of (?:<w3>)<page>",
    ],
    "hijack_account": [
        r"(?:took over|hacked|hijacked|seized control of|broke into|gained (?:access|control) (?:to|of"
        r"|over)|stole|hacking) (?:<pos> )?(?:<w3>)<account>",
        r"hack(?:ing)? of (?:<w3>)<account>",
    ],
    "site_hack": [r"(?:hacked|defaced|broke into) (?:<pos> )?(?:<w3>)(?:web)?site"],
    "outlet_closure": [
        r"(?:shut down|sealed|closed(?: down)?) (?:<pos> )(?:<w3>)(?:offices?|newsroom|newspaper|outlet"
        r"|channel|station|bureau)",
    ],
    "pretrial_extension": [
        r"(?:extended|prolonged|extends) (?:<pos> )(?:<w3>)(?:detention|custody|arrest|remand)",
    ],
    "wanted_notice": [
        r"(?:issued|put out) (?:an |a )?(?:<w3>)(?:arrest warrant|red notice|wanted"
        r" notice)(?: for)?"
    ],
    "call_for_prosecution": [
        r"(?:called|calls|calling) (?:on (?:<w3>)to|for) (?:<w3>)(?:arrest|prosecut\w+|punish\w*|jail"
        r"|imprison\w*|prosecution)(?: of)?",
        r"(?:demanded|demands?|demanding|urged|urges|asked) (?:that |the |prosecutors? to |for the )?(?:<w3>)"
        r"(?:arrest|prosecut\w+|be (?:arrested|prosecuted|punished|jailed|tried))(?: of)?",
    ],
    "evidence_planted": [
        r"planted (?:<w3>)(?:drugs?|weapons?|ammunition|heroin|cartridges?|grenades?|marijuana|"
        r"evidence)(?: (?:on|in))?",
        r"(?:drugs?|weapons?|evidence|narcotics) (?:<be> |said to have been )?planted(?: (?:on|in))?",
    ],
    "smear_campaign": [
        r"(?:smear|defamation|discrediting|slander) campaign(?: against| on)?",
        r"(?:smeared|discredited|vilified)",
    ],
    "fake_page": [
        r"(?:fake|false|clone|cloned|counterfeit|look-?alike) (?:<w2>)(?:pages?|accounts?|profiles?"
        r"|channels?)(?: in (?:the name of|(?:<pos> )name))?(?= (?:<w5>)(?:name|of|appeared|was|were"
        r"|created|opened))",
        r"(?:page|profile|account|channel)s? (?:<w3>)in (?:the name of|(?:<pos> )name)",
    ],
    "impersonation": [
        r"(?:posing|posed|poses|pretend(?:ing|ed)?) (?:as|to be)(?! (?:people|users|ordinary|women|men))",
        r"impersonating",
    ],
    "doxxing": [
        r"(?:published|posted|leaked|shared|spread) (?:<pos> )(?:<w3>)(?:home address|address|phone"
        r" numbers?|personal data|private data|passport)",
        r"doxx?ing(?: of)?",
    ],
    "private_material_leak": [
        r"(?:published|posted|leaked|leaking|shared|spread|circulated|released) (?:<w5>)(?:intimate|private"
        r"|nude|compromising) (?:<w2>)(?:photos?|photographs?|videos?|images?|messages?|correspondence"
        r"|recordings?|material|footage|pictures?|chats?)",
        r"(?:intimate|private|nude) (?:<w2>)(?:photos?|photographs?|videos?|images?|messages"
        r"|correspondence|recordings?|footage|pictures?) (?:<w3>)?(?:<be> )?(?:leaked|published|posted"
        r"|appeared|shared|circulated|spread)",
    ],
    "threat_to_family": [
        r"threatened (?:<pos> )(?:<w2>)<kin>",
        r"threats? (?:to|against) (?:<pos> )(?:<w2>)<kin>",
    ],
    "account_restored": [
        r"(?:restored|returned|reinstated|gave back|giving back|restore) (?:access|control"
        r"|<pos>)(?: (?:<w3>)(?:<asset>|access))?"
    ],
    "phishing": [
        r"sent (?:<w3>)(?:false|fake|phishing|fraudulent) (?:<w3>)(?:pages?|links?|messages?"
        r"|e-?mails?)(?: to)?"
    ],
    "malware": [
        r"(?:installed|sent|planted|found) (?:<w3>)(?:malware|malicious (?:\w+)|trojan|virus)"
    ],
    "site_blocking": [
        r"(?:blocked|restricted|cut off|ordered the blocking of) (?:access to )?(?:<pos> )?"
        r"(?:<w3>)(?:web)?sites?"
    ],
}

EITHER = {
    "assault": [r"(?:beating|assault) (?:of|on)", r"beatings?"],
    "enforced_disappearance": [r"(?:forced|enforced) disappearance"],
    "comment_flooding": [
        r"flood(?:ed|ing)(?: (?:with|by))?(?= (?:<w5>)(?:comments?|pages|bots?|messages|insults))",
        r"(?:comments?|replies) (?:<w2>)?(?:<be> )?(?:flooded|poured in|arrived|rained)",
        r"flood of (?:<w3>)(?:comments?|messages|insults|replies)",
        r"comment flooding",
        r"this was flooding()",
    ],
    "brigading": [
        r"brigad(?:ing|ed)",
        r"coordinated (?:<w2>)(?:harassment|attack|trolling)",
        r"targeted by (?:<w3>)(?:trolls|bots|fake accounts)",
        r"troll(?:ing)? attacks?",
    ],
    "mass_reporting": [
        r"mass[- ]report(?:ed|ing|s)?",
        r"reported (?:en masse|by hundreds|by thousands)",
        r"(?:reports?|complaints?) (?:<be> )?(?:<w2>)?(?:filed|lodged|submitted|sent|poured in)"
        r"(?= (?:within|in an|in one|against|at|over|during|together|from))",
        r"(?:wave|flood|hundreds|thousands|barrage) of (?:<w2>)(?:reports|complaints)",
        r"received multiple complaints",
    ],
    "sms_interception": [
        r"sms interception",
        r"intercept(?:ed|ing|ion) (?:of )?(?:<w3>)(?:sms|text messages?|codes?|messages)",
    ],
    "phishing": [r"phishing (?:attack|attempt|message|e-?mail|link|campaign)s?"],
    "spyware": [
        r"(?:pegasus|predator|spyware) (?:<w3>)?(?:infection|attack|found|discovered|on)",
        r"traces of (?:<w3>)(?:spyware|pegasus|predator)",
    ],
    "ddos": [r"ddos(?:[- ]attack)?s?(?:ed)?", r"denial[- ]of[- ]service attacks?"],
    "death_in_custody": [r"death in custody"],
    "property_damage": [
        r"(?:car|house|office|camera|windows?|tyres?|tires?|door|equipment) (?:<be> )?(?:<w2>)?(?:vandali"
        r"[sz]ed|damaged|set on fire|burned|burnt|smashed|slashed|destroyed|broken)",
        r"(?:smashed|broke|destroyed|burned|slashed|torched|vandali[sz]ed) (?:<pos> )(?:<w2>)(?:car|house"
        r"|office|camera|windows?|tyres?|tires?|door|equipment)",
    ],
    "pressure_on_relatives": [
        r"<kin>(?: (?:and|or) (?:<pos> )?<kin>)?(?: [\w'-]+)?(?: [\w'-]+)? (?:<be>|had been) (?:<w2>)?(?:summoned"
        r"|called in|called to|questioned|detained|dismissed|fired|sacked|taken|visited|pressured"
        r"|interrogated|threatened|warned|arrested)",
        r"(?:summoned|questioned|pressured|visited|dismissed|interrogated|called in|detained|went to)"
        r" (?:<pos> )(?:<w2>)<kin>",
        r"pressure (?:on|against) (?:<pos> )(?:<w2>)<kin>",
    ],
    "pressure_through_employer": [
        r"(?:employer|director|rector|dean|headmaster|school|university|boss|principal) (?:<w3>)?(?:<be> )?"
        r"(?:asked|told|pressured|warned|called|pressed|urged|advised|demanded) (?:<him>|to|that)",
        r"pressure (?:through|via|from) (?:<pos> )(?:<w2>)(?:employer|university|school|workplace)",
    ],
    "dismissal": [
        r"lost (?:<pos> )(?:<w2>)(?:job|post|position|place at)",
        r"(?:dismissal|firing) of",
    ],
    "bribe_demand": [
        r"(?:demanded|asked for|wanted|requested|asking for) (?:a |an )?(?:<w3>)(?:bribe|money|payment|"
        r"fee|cash)",
        r"(?:a )?(?:fee|money|bribe|payment) in (?:an )?exchange",
        r"extort(?:ed|ing|ion)",
    ],
    "offer": [
        r"offered (?:<him> )?(?:<w3>)(?:money|jobs?|work|post|flat|apartment|deal|leniency|help|"
        r"cooperation|to (?:close|drop|help|cooperate|stop|return))(?! in the)",
    ],
    "lawyer_denied": [r"(?:was |been )?disbarred"],
    "closed_hearing": [
        r"(?:behind closed doors|closed (?:hearing|trial|session|court)|in camera"
        r"|closed to (?:the )?(?:public|press|media|journalists))",
        r"(?:trial|hearing|session)s? (?:<be> )(?:<w2>)?closed",
    ],
    "travel_ban": [r"travel ban", r"ban on (?:leaving|travel)"],
    "wanted_notice": [r"wanted list", r"red notice", r"international(?:ly)? wanted"],
    "deportation": [r"(?:refused|denied) entry", r"(?:deportation|extradition) (?:of|to)"],
    "appeal_decision": [
        r"(?:upheld|overturned|quashed|annulled|confirmed|reduced|left in force|left unchanged|set aside"
        r"|increased|cut|shortened) (?:<w3>)(?:decision|verdict|ruling|sentences?|conviction|judg"
        r"e?ment|terms?|order|fine|arrest|detention)",
        r"(?:rejected|dismissed|turned down|threw out|granted|denied|partly granted) (?:<w3>)appeals?",
        r"appeals? (?:<be> )(?:<w2>)?(?:rejected|dismissed|turned down|granted|denied|upheld)",
        r"(?:verdict|decision|sentence|ruling|conviction) (?:<be> )(?:<w2>)?(?:upheld|overturned|quashed"
        r"|annulled|reduced|left (?:unchanged|in force))",
    ],
    "trial": [
        r"(?:preliminary |court |first |closed |final |main )(?:hearing|session)(?! of parliament)",
        r"(?:the )?trial (?:of (?:<w3>))?(?:<be> )?(?:<w2>)?(?:began|begins|opened|opens|started|starts"
        r"|continued|resumed|held|postponed|adjourned|under way)",
        r"hearing (?:<be> )?(?:<w2>)?(?:held|took place|postponed|adjourned)",
    ],
    "charge": [r"(?:faces|facing|face) (?:new |criminal |additional )?charges"],
    "official_warning": [r"official warnings?", r"preventive (?:talk|conversation)s?"],
    "official_statement": [
        r"(?:announced|declared|proclaimed) (?:the guilt|that (?:<w3>)(?:guilty|responsible))",
        r"(?:issued|released|published|put out) (?:a |an )?(?:<w2>)(?:statement|press release)",
        r"publicly (?:accused|named|blamed|denounced)",
        r"called (?:<him> |[\w'-]+ )(?:an? )?(?:\"?)(?:traitor|enemy|agent|spy|criminal|foreign agent)s?",
    ],
}

NONE = {
    "service_blocking": [
        r"<service> (?:<be> |had been )(?:<w2>)?(?:blocked|throttled|slowed(?: down)?|restricted|"
        r"inaccessible|cut off)",
        r"(?:blocked|throttled|slowed(?: down)?|restricted|blocks|cut off|blocking of) (?:access to )?"
        r"<service>(?! (?:accounts?|profiles?|pages?|groups?))",
        r"access to <service> (?:<be> )?(?:<w2>)?(?:blocked|restricted|limited|cut)",
    ],
    "internet_shutdown": [
        r"internet (?:access |connection |service |connections )?(?:<be> )(?:<w2>)?(?:shut down|cut(?:"
        r" off)?|switched off|disrupted|blocked|down|disconnected|slowed)",
        r"(?:shut down|cut off|switched off|cut|turned off) (?:the )?(?:mobile )?internet",
        r"internet (?:shutdown|blackout|outage)s?",
    ],
    "monitoring_announced": [
        r"(?:announced|said|declared|says|confirmed|stated) (?:<to5>)((?:is |are |would |will )?(?:monitor"
        r"(?:s|ing|ed)?|watch(?:es|ing)?|keeping an eye on|tracking) (?:<w5>)(?:social (?:media|networks)"
        r"|posts|what|comments|users|internet|online|pages))",
        r"(?:monitors?|monitoring|monitored) (?:of )?(?:<w2>)(?:social (?:media|networks)|what (?:people|"
        r"users|citizens) (?:write|post|say)|users)",
    ],
    "legislation": [
        r"(?:draft (?:law|bill|decree|amendments?)|bill)(?= (?:<w5>)?(?:that|would|to|on|was|were|has|"
        r"provid|requir|introduc|oblig|giv|allow|mak|impos|is|which))",
        r"(?:adopted|passed|approved|signed|tabled|submitted|introduced|voted(?: for)?|amended|presented)"
        r" (?:<w5>)(?:law|bill|amendments?|act|code|decree|legislation)",
        r"(?:law|amendments?|bill|decree|rules?) (?:<w5>)?(?:came into force|entered into force|took "
        r"effect|<be> (?:adopted|passed|approved|signed))",
    ],
    "geoblock": [
        r"geo-?block(?:ed|ing)",
        r"(?:withheld|unavailable|restricted|not available|hidden) (?:with)?in (?:the country|[\w-]+)"
        r"(?= (?:at|on|following|after|because|due|based|upon))",
    ],
}

ACTS = ActWords(
    lang="en",
    verbs=VERBS,
    before=BEFORE,
    after=AFTER,
    either=EITHER,
    none=NONE,
    passive=r"(?:^|\W)(?:was|were|is|are|been|being|be|got|gets|get)(?: (?:\w+ly|also|again|then|first|twice"
    r"|once more|yet|later|himself|herself|all|both|now|in turn|themselves|not|never|once|soon|even"
    r"|still|either|just)){0,3} $",
    follows_passive=r"(?: (?:by|on|in|at|over|for|after|while|during|under|without|again|near|outside"
    r"|yesterday|today|until|before|from|following|along|together|with|because|as|upon|twice|when|to"
    r"|and|that|there|early|late|inside|since|between|around|about|too|the (?:same|next|following|previous)"
    r"|this|last|immediately|shortly|later|once|pending|until|elsewhere|alongside|out)\b|[.,;:)\"\n]|$| -)",
    negation=r"(?:\b(?:not|never|nor|without being|no longer|nobody|no one|neither|rather than|instead of"
    r"|den(?:y|ies|ied) (?:that|being|having)|no)|n't)(?: [\w'-]+){0,3} $",
    unreal=r"\b(?:could|may|might|would|should|can|if|unless|whether|faces?|facing|risk(?:s|ed|ing)?"
    r"|threaten(?:s|ed|ing)? (?:[\w'-]+ )?(?:to|with)|threats? (?:to|of)|fear(?:s|ed|ing)?|afraid|called"
    r" for|calls? for|calling for|demand(?:s|ed|ing)?|wants?|wanted|ask(?:s|ed|ing)? (?:[\w'-]+ ){0,3}"
    r"(?:for|to)|urg(?:es|ed|ing)|seek(?:s|ing)?|sought|plan(?:s|ned) to|possible|potential|avoid(?:ed"
    r"|ing)?|must|in order to|about to|ready to|supposed to|refus(?:ed|es|ing) to|propos\w+|like to"
    r"|will|'ll|feared that|in case|so that|used to|able to|trying to (?:get|have)|next to be|or be)"
    r"(?: [\w'\",-]+){0,5} $",
    unreal_after=r" (?:would|could|may|might|is expected|was expected|should)\b",
    repeated=r"\b(?:again|another|second|once more|also|third|too|further|new|next)\b",
    macros=MACROS,
)
