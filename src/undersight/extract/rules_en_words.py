"""English: closed lists - manner, response, tactic, platform, offence."""

from __future__ import annotations

MACROS = {
    "w2": r"(?:[\w'-]+ ){0,2}",
    "w3": r"(?:[\w'-]+ ){0,3}",
    "w5": r"(?:[\w'-]+ ){0,5}",
    "pos": r"(?:his|her|their|its|the|a|an|[\w-]+'s)",
    "kin": r"(?:parents?|mother|father|wife|husband|brother|sister|son|daughter|relatives?|family)",
    "item": r"(?:posts?|publications?|videos?|photos?|pictures?|articles?|comments?|tweets?|stor(?:y|ies)|it"
    r"|them|clip|drawing|status|reel|account|page)",
}

PLATFORMS = {
    "facebook": (r"facebook", r"fb"),
    "instagram": (r"instagram", r"insta"),
    "youtube": (r"you ?tube",),
    "x": (r"twitter", r"x \(?formerly twitter\)?", r"(?:on|his|her|their|'s|an) (x)(?=[ .,;]|$)(?! -)",
          r"(x) (?:account|post|profile|\(twitter\))"),
    "tiktok": (r"tik ?tok",),
    "telegram": (r"telegram",),
    "whatsapp": (r"whatsapp",),
    "vk": (r"vkontakte", r"vk"),
    "odnoklassniki": (r"odnoklassniki", r"ok\.ru"),
    "threads": (r"(?:on|to) (threads)",),
    "bluesky": (r"bluesky",),
    "mastodon": (r"mastodon",),
    "linkedin": (r"linkedin",),
    "signal": (r"(?:on|via|over|through|app) (signal)", r"(signal) (?:group|chat|messages?|messenger)"),
    "google": (r"google",),
}  # fmt: skip

MANNERS = {
    "plain_clothes": (
        r"plain-?\s?cloth(?:ed|es)(?: (?:<w2>)(?:officers|policemen|men|agents|people))?",
        r"(?:men|people|officers|persons|agents|policemen) in (?:civilian|plain) cloth(?:es|ing)",
        r"in civilian clothes", r"not in uniform", r"without uniforms?", r"out of uniform",
    ),
    "masked_officers": (
        r"masked (?:<w2>)(?:men|officers|police|people|persons|agents)", r"(?:in|wearing) (?:<w2>)?(?:masks|balaclavas)",
        r"(?:covered|hidden) faces", r"masked men", r"faces covered",
    ),
    "no_letter": (
        r"(?:no|without (?:an?|any)|neither) (?:<w2>)?(?:official )?(?:letter|summons|subpoena|warrant|court order|written"
        r" (?:notice|order|summons)|order|papers|document)(?: from)?", r"(?:did not|didn't|refused to|never) (?:show|present|produce)"
        r" (?:<w3>)(?:warrant|order|documents?|papers|summons)", r"without (?:showing|presenting) (?:<w3>)(?:warrant|order|id|documents)",
        r"orally", r"by word of mouth", r"nothing in writing", r"in writing nothing",
    ),
    "by_telephone": (
        r"(?:by|over the|on the|via) (?:tele)?phone", r"(?:a|the|one) (?:<w2>)?(?:phone|telephone) calls?",
        r"(?:rung|phoned|telephoned|rang)(?: up)?", r"(?:received|got) (?:a |several )?(?:<w2>)?calls? from", r"an? unknown number",
    ),
    "by_message": (
        r"(?:by|via|in|through|over) (?:a |an )?(?:<w2>)?(?:text message|sms|messages?|messenger|whatsapp|telegram message|"
        r"direct message)", r"(?:text|whatsapp|direct|private|voice) messages?(?= (?:from|saying|telling|asking|threat))",
    ),
    "at_home": (
        r"(?:at|from|in|to|outside) (?:his|her|their|the) (?:<w2>)?(?:homes?|house|flat|apartment|doorstep|dacha)"
        r"(?! (?:was|were|town))", r"(?:came|come|turned up|broke) (?:to|into|at) (?:his|her|their) (?:home|house|door|flat)", r"knocked on (?:his"
        r"|her|their) door",
    ),
    "at_workplace": (
        r"(?:at|from|in|outside) (?:his|her|their) (?:<w2>)?(?:workplace|work|office|school|university|faculty|shop|place of"
        r" (?:work|study)|newsroom|desk)", r"at (?:his |her |their )?work", r"in (?:front of|the middle of) (?:his|her) (?:class|pupils|colleagues|students)",
        r"(?:from|during|out of) (?:a |his |her )?(?:lecture|lesson|class|shift)",
    ),
    "at_airport": (
        r"(?:at|from|in|outside) (?:the |[\w-]+ |[\w-]+ [\w-]+ )?(?:international )?airport(?: of [\w-]+)?", r"at (?:the |a )?(?:<w2>)?(?:border(?: crossing| checkpoint)?"
        r"|passport control|checkpoint)", r"(?:off|from|boarding|before boarding) (?:a|the|his|her) (?:<w2>)?(?:plane|flight|train)", r"in the queue for (?:<w3>)flight",
    ),
    "in_street": (
        r"(?:in|on|off) the (?:open )?streets?", r"(?:on|near|outside) (?:a|the) (?:bus stop|metro|metro station|pavement|sidewalk|square)",
        r"(?:near|outside|in front of) (?:his|her|their) (?:house|home|building|office|block|apartment)", r"in broad daylight", r"on (?:his|her|their) way (?:home|to work|to (?:the )?(?:office|shop|school"
        r"|university|lawyer))", r"at a bus stop", r"in a (?:caf[eé]|restaurant|teahouse|park|market|supermarket)",
    ),
    "at_protest": (
        r"(?:at|during|on (?:his|her|their) way to|from) (?:a|an|the) (?:<w2>)?(?:protest|rally|picket|demonstration|march|vigil)",
        r"(?:while|for) (?:holding|staging) (?:a |an )?(?:<w2>)?(?:protest|picket|placard|rally)",
    ),
    "at_night": (
        r"(?:at|during the|in the middle of the|that|the same|late at|one) night", r"(?:at|around|about|shortly before|just before|after|past|until) (?:midnight|"
        r"(?:one|two|three|four|five) in the morning|\d (?:a\.?m\.?|in the morning))", r"(?:before|at) dawn", r"in the (?:early|small) hours(?: of the (?:night|morning))?", r"overnight(?! to)",
    ),
    "lured": (
        r"lured(?: (?:<w5>))?", r"(?:had )?asked (?:him|her|them) to come (?:down|out)(?: and (?:[\w'-]+ ){1,4}[\w-]+)?", r"under (?:the|a|some) pretext(?: of| that)?", r"pos(?:ing|ed) as (?:a |an )?(?:<w2>)?"
        r"(?:customers?|clients?|couriers?|buyers?|neighbou?rs?|plumbers?|electricians?)", r"pretending to (?:be|have|deliver|need|want)", r"tricked into",
        r"invited (?:<w3>)under", r"on the pretext (?:of|that)", r"cut(?:ting)? (?:off )?(?:his|her|the) electricity",
    ),
    "reason_withheld": (
        r"(?:given|told|gave|offered|stated|without) (?:(?:him|her|them) )?(?:no|any|a|without any) (?:reason|explanation|grounds?|cause)s?",
        r"(?:without|no) (?:any )?(?:explanation|reason|reasons)(?: (?:was|were) given)?", r"(?:on what grounds|why|the reasons?|grounds?) (?:<w3>)?(?:remains?|is|was|are) (?:still )?"
        r"(?:unclear|unknown|not known|not (?:told|explained|given|disclosed))", r"(?:not|never) (?:been )?told (?:why|the reason|what for)", r"(?:did not|refused to|would not) (?:say|explain|tell (?:<w2>)) (?:why|the reason)",
        r"without (?:being told|saying|explaining) why", r"no grounds", r"(?:reason|grounds) (?:was|were) (?:not )?(?:given|withheld|disclosed)",
    ),
    "whereabouts_withheld": (
        r"(?:whereabouts|location) (?:<w2>)?(?:withheld|unknown|not (?:disclosed|known)|kept secret)", r"(?:not|nobody|no one|never) (?:<w3>)?(?:told|knew|informed|know) where",
        r"incommunicado", r"(?:did not|refused to|would not) (?:say|tell (?:<w3>)) where", r"without (?:telling|informing) (?:<w3>)(?:relatives|family|lawyer|wife|mother)",
    ),
    "without_lawyer": (
        r"without (?:a |his |her |their |the |any )?(?:<w2>)?(?:lawyer|counsel|attorney)(?: present)?", r"(?:no|neither) lawyer (?:<w2>)?(?:present|allowed|was|there|let)",
        r"in the absence of (?:a |his |her )?(?:lawyer|counsel)", r"(?:a |the |his |her )?lawyer was not (?:let in|allowed|admitted|present)", r"lawyer (?:<w3>)?(?:arrived|learned) (?:only )?(?:after|later)",
    ),
    "use_of_force": (
        r"(?:with|used?|using|by) (?:physical )?(?:force|violence|truncheons|batons|tear gas)", r"handcuffed", r"(?:twisted|twisting) (?:his|her|their) arms?", r"pushed to the ground",
        r"dragged", r"violently", r"thrown (?:to|against|into|on)", r"knocked (?:down|to the ground)", r"force was used", r"by the (?:hair|arms|collar)",
    ),
    "questions_on_family": (
        r"(?:asked|questions?|questioned|interrogated|quizzed|wanted to know) (?:(?:him|her|them) )?(?:mostly |only |mainly )?(?:about|on|regarding) (?:<w2>)?(?:family|relatives|parents|wife|husband|children|brothers?|sisters?|"
        r"marriage|divorce)", r"who (?:his|her) (?:relatives|parents|brothers) (?:are|were)",
    ),
    "questions_on_religion": (
        r"(?:asked|questions?|questioned|interrogated|quizzed|wanted to know) (?:(?:him|her|them) )?(?:<w3>)?(?:about|on|regarding|whether|which|how often|if) (?:<w5>)?(?:religio\w+|beliefs?|pray(?:s|ed|er|ing)?|faith|mosque|church|fasts?|hijab|worship)",
        r"(?:whether|why|how often) (?:he|she|they) (?:prays?|prayed|fasts?|goes to|went to|wears?|wore)(?: (?:<w3>))?",
    ),
    "questions_on_contacts": (
        r"(?:asked|questions?|questioned|interrogated|quizzed|wanted to know) (?:(?:him|her|them) )?(?:<w3>)?(?:about|on|regarding|who|which) (?:<w3>)?(?:colleagues|contacts|sources?|friends|network|subscribers|ties|links|connections|acquaintances|wrote)",
        r"(?:name|naming|names of|identity of) (?:<w2>)?(?:sources?|contacts|colleagues)", r"who (?:<w3>)?(?:finances|financed|paid|pays|ordered|told|runs|administers)",
    ),
    "threat_as_condition": (
        r"or else(?: (?:[\w'-]+ ){0,8}[\w'-]+)?", r"(?:unless|if) (?:he|she|they|the [\w-]+) (?:<w2>)?(?:did not|didn't|does not|doesn't|refused|failed to|deleted?|removed?|took|apologi[sz]ed?|stopped|stops|signed|kept|continued|agreed|wrote|would not|published)"
        r"(?: [^.;]{0,50})?", r"otherwise,? (?:he|she|they)(?: [^.;]{0,50})?", r"threatened (?:to|with) [^.;]{3,60}(?:unless|if|less) (?:he|she|they)", r"on (?:the )?condition (?:that|of)",
    ),
    "on_camera": (r"on camera", r"(?:filmed|recorded|videotaped)(?: (?:by|on|him|her|while))?(?= )", r"in front of (?:a |the )?cameras?", r"(?:in|on) (?:a )?video(?= (?:recorded|shot|released|made))"),
    "in_public_media": (
        r"(?:on|in|by|through) (?:the )?(?:state|official|pro-government|public)(?: |-)(?:run |controlled )?(?:tv|television|media|news agency|channel|radio|newspaper|broadcaster)s?",
        r"(?:shown|aired|broadcast) on (?:<w2>)?(?:tv|television)",
    ),
    "with_relatives": (r"(?:together |along )?with (?:his|her|their) (?:<kin>)(?: and (?:<kin>))?", r"this time together with", r"in (?:the )?(?:presence|front) of (?:his|her|their) (?:<kin>|children)"),
    "device_checked": (
        r"(?:went through|looked through|checked|searched|inspected|examined|scrolled through|read through|copied) (?:<pos> )(?:<w2>)?(?:phones?|telephones?|accounts?|messages|chats?|correspondence|contacts|gallery|laptop|computer)",
        r"(?:phones?|laptop|accounts?|messages) (?:was|were) (?:<w2>)?(?:checked|inspected|examined|copied|looked through|searched|read)",
    ),
    "repeated": (
        r"(?:not|was not|is not|wasn't) (?:the |his |her |their |its )?first (?:time|such)?(?: [\w-]+)?", r"(?:for )?the (?:second|third|fourth|fifth|sixth) (?:time|such|attack|summons|arrest|detention|case)(?: (?:attack|case))?", r"(?:once|yet) (?:again|more)", r"repeatedly",
        r"(?:twice|three times|several times|many times|on several occasions)",
    ),
}  # fmt: skip

RESPONSES = {
    "complied": (
        r"(?:he|she|they|which he|which she|and|[\w-]+) (complied|obeyed)", r"(did (?:so|as (?:he|she|they) (?:was|were) told|as told|what (?:he|she|they) (?:was|were) (?:told|asked)))", r"agreed to (?:delete|remove|sign|come|cooperate|apologi[sz]e|take)", r"gave (?:in|way)",
        r"had no choice but to", r"signed (?:the|a|it)(?: [\w-]+)?",
    ),
    "refused": (
        r"refused(?! (?:entry|to (?:comment|register|say|answer questions from)))(?: to (?:go|come|sign|delete|remove|testify|give|unlock|answer|attend|appear|cooperate|apologi[sz]e|hand|open|leave|do so|talk|pay|obey)(?: [\w'-]+)?)?", r"did not (?:go|comply|open|delete|remove|sign|attend|appear|agree|give in|obey|turn up|show up)(?: the [\w-]+)?",
        r"would not (?:go|sign|delete|remove|open|hand|give|apologi[sz]e)(?: [\w'-]+)?", r"turned (?:it|the offer|them) down", r"declined to (?:go|sign|delete|attend|come|hand)", r"ignored the (?:summons|demand|warning|call|message)", r"never opened",
    ),
    "hid": (
        r"(?:hid|hide|hidden|hiding) (?:the|his|her|their|it|all|both) ?(?:<w2>)?(?:posts?|videos?|page|comments?|photos?|profile|account|publication|from)?", r"(?:made|set|switched|turned) (?:<w3>)(?:private|invisible|visible only to|\"only me\")",
        r"archived (?:the|his|her|it)",
    ),
    "deleted": (
        r"(?:deleted|removed|erased|took down|taken down) (?:the|his|her|their|it|them|both|all|that|two|three|every)(?: (?:<w3>)(?:posts?|videos?|photos?|comments?|tweets?|page|account|publication|footage|recording|articles?|stor(?:y|ies)|clip|drawing))?(?: down)?",
        r"took (?:it|them|the (?:<w2>)(?:post|video|photo|clip|page|comment|drawing)) down",
    ),
    "reposted": (
        r"(?:re-?posted|re-?published|re-?uploaded|re-?shared)", r"(?:posted|published|shared|uploaded|put) (?:<w5>)(?:again|back|once more|up again|a second time|anew|back up|back online)", r"shared another (?:<w2>)?post",
    ),
    "appealed": (
        r"(?:filed|lodged|submitted|filing) an appeal(?: (?:against|with|through|to))?",
        r"(?:has |have |had |be |is )?appeal(?:ed|ing)(?: (?:against|the (?:decision|verdict|ruling|sentence)))?",
        r"(?:will|would|plans? to|intends? to|is going to|are going to) appeal",
    ),
    "hunger_strike": (r"hunger[- ]strike", r"(?:refus(?:ed|es|ing)|stopped) (?:all )?(?:food|eating|to eat)", r"refusing food"),
    "filed_complaint": (
        r"(?:filed|lodged|submitted|made|sent|wrote|brought) (?:a |an |another |several |two )?(?:<w2>)?complaints?(?: (?:with|to|about|over|at))?(?! against (?:him|her))", r"complained to (?:the )?(?:<w2>)?(?:police|court|prosecut\w+|ombuds\w+|ministry|platform|facebook|meta|commission|un|regulator|committee)",
        r"(?:turned|appealed|applied|wrote) to (?:the )?(?:<w2>)?(?:police|prosecut\w+|ombuds\w+|ministry|platform|european court)", r"(?:reported|reporting) (?:it|the (?:attack|hack|theft|incident|matter|threats?|hijacking|page)) to", r"sued the (?:police|ministry|state|prosecut\w+|platform|company|operator)",
    ),
    "went_public": (
        r"(?:told|informed|spoke to|speaking to|talked to|turned to|alerted) (?:the )?(?:local |independent |foreign )?(?:media|press|journalists|reporters|public|followers|news outlets)(?: about (?:it|the [\w-]+|this))?", r"went public", r"(?:had )?told reporters about it",
        r"(?:wrote|posted|published|described|recounted|shared) (?:about )?(?:<w5>)(?:on (?:his|her|their) (?:<w2>)?(?:page|facebook|profile|channel|account|wall))", r"(?:made|making) (?:it|the [\w-]+) public",
    ),
    "apologised": (r"(?<!to )apologi[sz]ed", r"asked for forgiveness", r"made an apology", r"offered (?:an |his |her )?apolog(?:y|ies)"),
    "left_country": (r"(?:left|fled|leaving|fleeing) (?:the country|[\w-]+ (?:for|abroad|altogether))", r"went (?:abroad|into exile)", r"(?:moved|gone|emigrated|escaped) (?:abroad|to exile|into exile)", r"fled (?:abroad|to)", r"is now in exile"),
    "went_into_hiding": (r"(?:went|gone|going|is|are|been|was) (?:in|into) hiding", r"has not (?:slept|been) at home", r"hid(?:es|ing)? from (?:the )?(?:police|authorities)"),
    "stopped_publishing": (
        r"(?:stopped|ceased|gave up|given up|paused|suspended|quit|halted|no longer) (?:writ(?:es|ing)|publish(?:es|ing)|post(?:s|ing)|report(?:s|ing)|work|operations|broadcast(?:s|ing)|(?:its|his|her) work)(?: [\w-]+)?", r"(?:closed|shut|deactivated) (?:his|her|its|their) (?:<w2>)?(?:page|account|profile|channel|blog)",
        r"has not (?:posted|published|written)(?: anything)? since", r"stopped (?:the )?publication",
    ),
    "denied_accusation": (
        r"(?:den(?:ied|ies)|reject(?:ed|s)|refut(?:ed|es)|disput(?:ed|es)) (?:the |all |any |these |this |his |her |both )?(?:<w2>)?(?:accusations?|charges?|allegations?|guilt|wrongdoing|it|everything|being|having)", r"pleaded not guilty", r"(?:says?|said|insists?|insisted|maintains?) (?:that )?(?:he|she|they) (?:wrote something else|(?:is|was|were|are) (?:innocent|not guilty)|(?:did not|had not|never|had never) [\w-]+)",
        r"(?:did not|does not|refused to) (?:admit|plead|accept) (?:<w2>)?(?:guilt|guilty|charges?)", r"said in (?:his|her) defen[cs]e", r"denied the accusation",
    ),
    "confessed": (r"confessed", r"pleaded guilty", r"admitted (?:guilt|the charges?|everything|to (?:having|writing))", r"(?:signed|gave|made) (?:a |the )?(?:<w2>)?confession"),
    "silent": (r"(?:kept|remained|stayed|keeps|chose to remain) silent", r"(?:declined|refused) to (?:testify|answer(?: any)? questions|speak|give (?:evidence|testimony))", r"said nothing(?= (?:to|at|about|during|in|until|more))?", r"(?:invoked|used) (?:<w3>)right to (?:silence|remain silent)"),
}  # fmt: skip

TACTICS = {
    "credential_phishing": (r"credential phishing", r"phish(?:ed|ing) (?:for )?(?:credentials|passwords|logins?)", r"(?:fake|false|spoofed) login pages?", r"giv(?:e|ing) away (?:<w3>)credentials"),
    "phishing": (r"phishing(?: (?:messages?|e-?mails?|links?|attacks?|pages?))?", r"(?:a |an )?(?:message|e-?mail|letter)s? that (?:seemed|appeared|pretended|purported|claimed) to (?:come|be) from (?:the )?(?:<w3>)(?:support|facebook|meta|instagram|team|security)?"),
    "social_engineering": (r"social engineering", r"posing as (?:<w3>)?(?:support|employee|technician|student)s?"),
    "hacking": (r"hacking", r"brute[- ]forc(?:e|ed|ing)"),
    "malware": (r"malware", r"malicious (?:tools?|software|files?|applications?|apps?|attachments?|code|links?)", r"trojans?", r"keyloggers?"),
    "spyware": (r"spyware", r"pegasus", r"predator", r"surveillance software"),
    "sms_interception": (r"sms interception", r"intercept(?:ed|ing|ion) (?:of )?(?:<w3>)?(?:sms(?:es)?|text messages?|codes?)", r"(?:text messages?|sms|codes?) (?:<w5>)?(?:was|were|went|had been|being) (?:<w2>)?(?:intercepted|read|redirected|to someone else|to another|diverted)", r"sim[- ]swap(?:ping|ped)?"),
    "account_compromise": (
        r"compromis(?:ed|ing) (?:<w2>)?(?:accounts?|profiles?)(?: and websites)?", r"(?:hacking|hacked|taking over|through|via|using|from|by way of) ((?:one |an |the |a )?(?:<w2>)?(?:employee|administrator|admin|editor|staff member|manager|moderator)(?:'s)? (?:<w2>)?(?:profile|account))",
        r"(?:personal |own |private )?(?:profile|account) of (?:an?|one of (?:the|its)|the) (?:<w2>)?(?:employee|administrator|admin|editor|video editor|staff member|moderator|journalist|manager)s?",
        r"(?:employee|administrator|admin|editor|moderator)'s (?:<w3>)?(?:profile|account)", r"compromised accounts",
    ),
    "site_compromise": (r"compromised (?:and spoofed )?(?:web)?sites?", r"watering[- ]hole"),
    "spoofed_site": (r"spoofed (?:web)?sites?", r"(?:fake|look-?alike|cloned|mirror) (?:copies of )?(?:web)?sites?", r"typosquat\w*"),
    "coordinated_inauthentic_behaviour": (r"coordinated inauthentic behaviou?r(?: \(cib\)| \[cib\])?", r"cib", r"inauthentic (?:network|activity|behaviou?r)"),
    "brigading": (r"brigading",),
    "mass_reporting": (r"mass[- ]report(?:ing|s|ed)", r"coordinated (?:reports|complaints|reporting)"),
    "comment_flooding": (r"comment flooding", r"flood(?:ed|ing) (?:<w3>)?(?:with )?comments", r"flood of comments"),
    "fake_accounts": (r"(?:used |using |through |hundreds of |dozens of |thousands of |by )?(?:fake|inauthentic|bot|sock-?puppet|duplicate|newly created|dummy) (?:facebook |twitter |instagram )?(?:accounts?|profiles?)", r"\bbots\b", r"sock-?puppets?", r"bot (?:farm|network)s?", r"troll (?:farm|factory)"),
    "pages_posing_as_people": (r"pages (?:<w3>)?(?:dressed up as|posing as|pretending to be|disguised as|that (?:<w3>)?(?:look(?:ed|s)?|pose[ds]?) (?:like|as)|designed to look like|created to look like|made to look like|masquerading as|that look like) (?:<w3>)?(?:people|profiles|persons|users|individuals|women|men)", r"pages with (?:<w3>)?(?:women's|people's|personal|first) names"),
    "fake_followers": (r"(?:fake|bought|purchased|paid) (?:followers|likes|engagement|subscribers)", r"fake engagement"),
    "impersonation": (r"impersonat(?:ed|ing|ion)",),
    "identity_document_fraud": (r"(?:copy|copies|photo|scan|photograph|sent)(?: of)? (?:<w3>)?(?:id|passport|identity card|identity documents?|identity papers|national ids?)(?: card)?(?= (?:to|was|were|had|in))", r"(?:identity documents?|identity papers|passport|id card)s? (?:<w3>)?(?:to the (?:platform|company)|to (?:facebook|meta))", r"forged (?:identity )?(?:documents?|id|passport)"),
    "advertising": (r"(?:paid |political |facebook )?(?:advertis(?:ing|ements?)|ads)(?! spend)",),
    "doxxing": (r"doxx?ing",),
    "ddos": (r"ddos(?: attacks?)?", r"denial[- ]of[- ]service(?: attacks?)?"),
    "trolling": (r"troll(?:ing|s)", ),
    "shift_work": (r"(?:regular )?(?:working )?shifts(?: during working hours)?", r"(?:in|during|from) (?:office|working|business) hours", r"from (?:nine|eight|ten|9|8|10)(?: a\.?m\.?)? to (?:five|six|seven|5|6|7|17|18)(?: [^.;,]{0,40}lunch)?", r"(?:with|except for) (?:a |an |one )?(?:<w2>)?(?:hour's )?(?:lunch break|break for lunch|pause for lunch)"),
}  # fmt: skip

OFFENCES = {
    "slander": (r"slander(?:ing)?(?: of a serious crime)?(?! campaign)",),
    "insult": (r"insult(?:ing)?(?! (?:to|or|comments?))(?: (?:the )?(?:president|an official|a public official))?",),
    "defamation": (r"defamation(?! campaign)", r"criminal libel", r"libel"),
    "hooliganism": (r"(?:petty |minor )?hooliganism",),
    "disobeying police": (r"(?:disobey(?:ing)?|disobedience (?:to|of)|resisting|failure to obey|failing to obey|non-compliance with|resistance to) (?:(?:a |an |the )?(?:lawful |legal )?(?:orders?|demands?|requests?|instructions?) of )?(?:a |the )?(?:police|officers?|authorities|representative of authority|police officers?|authority)(?: officer)?",),
    "extremism": (r"extremism", r"extremist (?:activity|activities|materials?|organi[sz]ation|calls?)"),
    "treason": (r"(?:high |state )?treason",),
    "espionage": (r"espionage(?! (?:and|to|operation|campaign|emerg))", r"\bspying\b"),
    "terrorism": (r"terrorism", r"(?:financing|propaganda|justification|glorification|promotion) of terrorism", r"terrorist propaganda"),
    "separatism": (r"separatism",),
    "smuggling": (r"(?:currency |cash )?smuggling(?: of (?:foreign )?currency)?",),
    "money laundering": (r"money laundering",),
    "tax evasion": (r"tax evasion",),
    "fraud": (r"(?<!document )\bfraud\b",),
    "extortion": (r"extortion", r"blackmail(?!ed)"),
    "bribery": (r"bribery",),
    "illegal entrepreneurship": (r"illegal (?:entrepreneurship|business(?: activity)?)",),
    "abuse of power": (r"abuse of (?:power|office|authority|official powers?)",),
    "drug possession": (r"(?:possession|trafficking|storage|sale|dealing) (?:of|in) (?:illegal )?(?:drugs|narcotics)", r"drug (?:possession|trafficking|dealing|charges?)"),
    "false information": (r"(?:spreading|disseminat(?:ing|ion of)|publishing|distributing|sharing|distribution of|publication of) (?:knowingly )?(?:false|fake|misleading|prohibited|untrue|unverified|unconfirmed|deliberately false) (?:information|news|reports?|rumou?rs)(?: [^.;,\"()]{0,50}?)?(?=[.,;:\"()]| (?:under|on|for|over|in|and|after|by|which|that)|$)", r"fake news"),
    "prohibited information": (r"(?:placing|posting|dissemination of|spreading) (?:prohibited|banned|forbidden) information(?: on the internet| online)?",),
    "discrediting the army": (r"discredit(?:ing|ation of) (?:the )?(?:armed forces|army|military)",),
    "incitement to mass disorder": (r"incit(?:ement|ing)(?: to| of)? (?:mass )?(?:disorders?|riots?|unrest)", r"(?:organi[sz]ing|participation in) mass (?:disorders?|riots?)"),
    "incitement to hatred": (r"incit(?:ement|ing)(?: to| of)? (?:<w2>)?(?:hatred|hostility|enmity|strife|animosity)", r"hate speech"),
    "incitement": (r"incitement", r"(?:public )?calls? (?:for|to) (?:<w2>)?(?:overthrow|seizure of power|violence|sedition)"),
    "insulting the president": (r"insult(?:ing)? the (?:president|head of state)",),
    "insulting a public official": (r"insult(?:ing)? (?:a |an |the )?(?:public official|representative of (?:the )?(?:authorities|power)|officer|official|police officer|judge|civil servant|policeman)",),
    "violation of privacy": (r"(?:violation|invasion|breach) of (?:privacy|private life)",),
    "unauthorised protest": (r"(?:unauthori[sz]ed|unsanctioned|illegal) (?:protest|rally|assembly|picket|gathering|demonstration)(?=[.,;\"]| (?:under|by))", r"violat(?:ing|ion of) (?:the )?(?:rules|procedure) (?:of|for|on) (?:<w3>)(?:rall(?:y|ies)|assembl(?:y|ies)|protests?|public events?)"),
    "foreign agent": (r"foreign agents? (?:law|rules|obligations)", r"(?:evading|evasion of|failure to comply with) (?:<w3>)foreign agents?"),
    "public order": (r"(?:breach(?:ing)?|violation|disturbing|disturbance|violating) (?:of )?(?:the )?public (?:order|peace)",),
    "contempt of court": (r"contempt of court",),
    "sedition": (r"sedition",),
    "blasphemy": (r"blasphemy", r"insult(?:ing)? (?:religious )?(?:feelings|religion|believers)(?: of believers)?"),
    "coup": (r"(?:attempt(?:ed|ing)?|plotting|conspir\w+) (?:to )?(?:a )?(?:coup|seize power|overthrow)",),
    "unauthorised access": (r"(?:unauthori[sz]ed|illegal) access(?: to (?:computer|information)(?: \w+)?)?",),
    "draft evasion": (r"(?:draft|conscription|military service) evasion", r"evad(?:ing|ion of) (?:military )?(?:service|conscription|the draft)"),
}  # fmt: skip
