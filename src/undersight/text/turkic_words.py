"""Words and stems that tell Azerbaijani from Turkish, folded, so that bare ASCII counts too."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# words of one Turkic language and not of the other, folded, so that texts typed without the
# letters of the language count too
AZERBAIJANI_WORDS = _words(
    """
    men sen biz siz deyil ucun hebs olunub edib edilib olub bele nece niye indi hemin olan
    haqqinda haqda edir edirler edirem ederek etdi etdiler bildirib deyib saxlanilib polis
    istintaq mehkeme sutka gun gunde ise ile o onun onlar bizim sizin menim senin cox az
    hec yox var yoxdur sonra evvel qeder kimi lakin amma ancaq hem de ki bu bir ve ya eger
    olar oldu olsun olacaq sehifesinde paylasdi paylasib yazdi yazib jurnalist feal
    cagirilib rayon seher azerbaycan qardas sag ol allah xeber xalq dovlet hokumet heyat
    isteyir gedir gelir gelib adamlar elesin eliyir vere bilmez bilmirem qoy basa dusmur
    necesen niyede ozu ozunu oz artiq axi hele belke daha neyse inzibati mecellesi maddesi
    teyin qerar vekil dindirilib buraxilib sahibi teskilat siyasi partiya seher polise
    idaresi nazirliyi
    """
)
TURKISH_WORDS = _words(
    """
    ben degil icin tutuklandi gozaltina alindi olarak ama cok sey seyi simdi gibi kadar
    ile daha neden nasil evet hayir hakkinda cunku sonra once artik bunu sunu olan oldugu
    etti yapti yapiyor ediyor geliyor gidiyor istiyor biliyor diyor dedi soyledi mahkeme
    karar verdi gazeteci avukat tutuklu serbest birakildi ceza hapis turkiye istanbul
    ankara yok var mi mu ne bu bir ve de ki her hic kimse zaman gun gunu biz siz onlar
    bizim sizin benim senin onun kendi baskani cumhurbaskani haber paylasim paylasti
    hesabi polis emniyet sorusturma savci sosyal medya uzerinden nedeniyle tarafindan gore
    kadin guzel iyi kotu o ise oz az oldu teskilat ya bi hem eger resmen belli
    boyle soyle oyle bile yine adam insan allah olsun razi polis
    """
)
# and stems, for what case endings and verb forms hide
AZERBAIJANI_STEM = re.compile(
    r"\b(?:mehkem|hebs|qardas|saxla|cagir[di]l|musahib|hokum|azerbayc|teskil|nazir|xeber|azadliq"
    r"|danis|isten|isdiz|xalq|vetend|olke|oldur|dindir|jurnalist|feall|azad|muraciet|sikayet"
    r"|siyasi|muxalif|seyfe|sehif|yeyir|utanin|duse|gonder|evind|yaxsi|cox|gozel)"
)
TURKISH_STEM = re.compile(
    r"\b(?:tutuk|gozalt|kardes|sorustur|vatan|guzel|tesekkur|turk|gazete|soyle|birak|calis"
    r"|bekle|hakk|mahkum|konus|suclu|hesab|paylas|savci|avukat|mahkeme|cumhur|yasasin t"
    r"|eylesin|herkes|yazik|lutfen|acik|ulke|halk|hukumet|ozgur|muhalif|oldur)"
)
ONLY_AZERBAIJANI = AZERBAIJANI_WORDS - TURKISH_WORDS
ONLY_TURKISH = TURKISH_WORDS - AZERBAIJANI_WORDS
