"""What columns of people's own tables are called, in four languages, by what they mean.

Names seen in public tables of the field and in monitors' sheets; compared whole. A name that can
mean two things in a table of cases stands nowhere ("victims": names, or how many; "il": a year in
one language, a province in another).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADINGS: Final[Mapping[str, str]] = {
    "id": (
        "s.no | sl no | sr no | serial no | alert | case ref | case reference | sıra nömrəsi | "
        "kayıt numarası | номер записи | порядковый номер | sıra no | s/s | № п/п | п/п | case "
        "id | ref | reference | incident id | incident no | incident number | id no | id | "
        "case_no | case_id | no | nr | № | record_id | number | номер | sıra | case | record | "
        "case number | n | qeyd no | kayıt no"
    ),
    "title": "title | headline | event | subject | başlıq | başlık | заголовок",
    "summary": (
        "body | case background | background of the case | case summary | описание дела | суть "
        "дела | işin mahiyyəti | davanın özeti | brief description | brief summary | what "
        "happened to them | details of incident | summary of incident | описание инцидента | "
        "содержание | qısa məzmun | olayın kısa özeti | ne yaşandı | summary | description | "
        "notes | background | details | narrative | comment | təsvir | açıklama | описание | "
        "комментарий | what happened | incident | incident description | description of "
        "incident | short description | case description | что произошло | что случилось | "
        "описание события | описание случая | суть | суть события | обстоятельства | краткое "
        "описание | nə baş verib | hadisə | hadisənin təsviri | qısa təsvir | ne oldu | olay | "
        "olayın özeti | olay açıklaması | özet"
    ),
    "date": (
        "date arrested/detained | date of arrest/detention | arrest/detention date | date of "
        "imprisonment | imprisoned since | detained since | in prison since | in custody since "
        "| held since | под стражей с | в заключении с | под арестом с | дата задержания/ареста "
        "| дата заключения под стражу | дата лишения свободы | tutulduğu tarix | həbs edildiyi "
        "tarix | həbs edilmə tarixi | saxlanıldığı gün | gözaltına alındığı tarih | "
        "tutuklandığı tarih | cezaevine girdiği tarih | incident date (dd/mm/yyyy) | date of "
        "violation | date of attack | date/time | дата происшествия | дата и время | olay "
        "tarihi ve saati | ihlal tarihi | pozuntu tarixi | hadisə günü | date | start_date | "
        "start date | event_date | arrest_date | date of arrest | detention_date | tarix | "
        "tarih | дата | дата задержания | başlama tarixi | date of incident | incident date | "
        "date of event | date of the incident | date of detention | date detained | date "
        "arrested | when | when did it happen | дата события | дата инцидента | дата случая | "
        "дата нарушения | дата ареста | когда | когда произошло | hadisənin tarixi | hadisə "
        "tarixi | hadisənin baş verdiyi tarix | saxlanma tarixi | həbs tarixi | həbs olunduğu "
        "tarix | saxlanıldığı tarix | nə vaxt | olay tarihi | olayın tarihi | gözaltı tarihi | "
        "tutuklama tarihi | ne zaman"
    ),
    "end": (
        "дата выхода на свободу | end_date | end date | release_date | date of release | дата "
        "освобождения | date released | released on | дата окончания | bitmə tarixi | azad "
        "edilmə tarixi | azadlığa çıxma tarixi | bitiş tarihi | tahliye tarihi"
    ),
    "act": (
        "type of shutdown | shutdown type | categories | threat type | type of threat | type of "
        "attack | attack type | violation(s) | type(s) of violation | form of harassment | "
        "форма давления | форма преследования | что сделали | вид давления/преследования | nə "
        "edilib | ne yapıldı | baskı türü | saldırı türü | müdaxilə növü | act | type | "
        "act_type | event_type | type of death | тип | növ | tür | violation | category | type "
        "of incident | incident type | type of violation | violation type | type of event | "
        "what was done | вид нарушения | тип нарушения | тип события | тип инцидента | вид "
        "преследования | вид давления | нарушение | pozuntunun növü | pozuntu | hadisənin növü "
        "| təzyiqin növü | təzyiq növü | ihlal türü | ihlal | olay türü | olayın türü"
    ),
    "victim": (
        "attacked person or entity | attacked person | targeted journalists | targeted "
        "journalist | political prisoner | inmate | name and surname | name, surname | surname, "
        "name | surname and name | name/surname | first and last name | media worker | "
        "арестованный | заключенный | политзаключенный | политзаключённый | осужденный | "
        "осуждённый | tutuklu gazeteci | mahpus | məhbus | siyasi məhbus | şəxsin adı, soyadı | "
        "individual or organisation targeted | individual or organization targeted | targeted "
        "individual | target of attack | victim(s) | name of victim(s) | name(s) of victim(s) | "
        "name of journalist | journalist/blogger | journalist / blogger | journalist name | фио "
        "преследуемого | фио пострадавшего | фио задержанного | имя журналиста | имя "
        "пострадавшего | преследуемый | журналист/блогер | журналист / блогер | jurnalist / "
        "bloger | jurnalist/bloger | jurnalistin adı | jurnalistin adı, soyadı | zərərçəkənin "
        "adı | zərərçəkənin adı, soyadı | mağdurun adı soyadı | mağdurun adı | mağdur adı | "
        "gazetecinin adı | gazeteci adı | gözaltına alınan kişi | victim | name | full name | "
        "person | victim_label | имя | фио | ad | ad soyad | ad, soyad | journalist | who | "
        "victim name | name of victim | victim's name | person name | targeted person | "
        "detainee | name of detainee | prisoner | пострадавший | пострадавшие | потерпевший | "
        "задержанный | фамилия имя | фамилия, имя | фамилия и имя | имя и фамилия | имя, "
        "фамилия | ф.и.о | ф. и. о | кто | kim | zərərçəkən | zərərçəkmiş | şəxs | adı | "
        "adı, soyadı | adı, soyadı, atasının adı | soyadı, adı, atasının adı | adı soyadı | "
        "ad və soyad | soyad, ad | soyadı, adı | soyad ad | s.a.a | mağdur | kişi | isim | "
        "isim soyisim | ad ve soyad | журналист | jurnalist | gazeteci | first name | "
        "given name | given names"
    ),
    "surname": "surname | last name | family name | фамилия | soyad | soyadı | soyisim",
    "victim_count": (
        "total | victim_count | number of people | detained | total detained | всего | "
        "количество | sayı | number of victims | количество пострадавших | число пострадавших | "
        "количество задержанных | zərərçəkənlərin sayı | saxlanılanların sayı | kişi sayısı | "
        "mağdur sayısı"
    ),
    "occupation": (
        "profession/occupation | кто это | кем работает | mesleği/görevi | vəzifəsi | "
        "occupation | profession | job | профессия | peşə | meslek | role of victim | род "
        "занятий | род деятельности | peşəsi | fəaliyyəti | mesleği"
    ),
    "gender": "gender | sex | пол | cins | cinsiyet",
    "member_of": (
        "organisation | organization | organizator | organizer | affiliation | организация | "
        "təşkilat | movement | партия | партия/движение | partiya | parti"
    ),
    "status": (
        "процессуальный статус | правовой статус | prosessual status | hüquqi statusu | hukuki "
        "statü | hukuki statüsü | legal status | detention status | situation | status of case "
        "| case status | статус дела | состояние дела | işin vəziyyəti | davanın durumu | "
        "akıbeti | status | arrest_status | status_at_end | статус | outcome | current status | "
        "чем закончилось | итог | текущий статус | vəziyyət | vəziyyəti | hazırkı vəziyyət | "
        "hazırkı vəziyyəti | hazırkı statusu | nəticə | durum | durumu | sonuç | son durum"
    ),
    "country": "country | ölkə | ülke | страна",
    "region": (
        "county | district | vilayət | valilik | admin1 | region | province | state | регион | "
        "bölgə | район | область | rayon | ilçe"
    ),
    "place": (
        "нас. пункт | город/село | şəhər/rayon | il/ilçe | place | city | town | locality | "
        "area_name | location | место | город | yer | şəhər | şehir | where | location of "
        "incident | place of incident | населенный пункт | населённый пункт | место события | "
        "harada | hadisə yeri | olay yeri | nerede"
    ),
    "site": (
        "колония | сизо | сизо/ик | место лишения свободы | место отбывания наказания | место "
        "отбывания | saxlandığı yer | saxlandığı müəssisə | saxlanıldığı müəssisə | cəzaçəkmə "
        "müəssisəsi | həbsxana | bulunduğu cezaevi | tutulduğu cezaevi | kaldığı cezaevi | "
        "detention facility | detention place | place of imprisonment | prison/facility | where "
        "held | held at | place_of_detention | prison | site | facility | saxlanıldığı yer | "
        "saxlanma yeri | место содержания | место заключения | tutulduğu yer | cezaevi"
    ),
    "agency": (
        "perpetrator | alleged perpetrator | perpetrator(s) | alleged perpetrator(s) | кто "
        "преследует | кто преследовал | кем | kim tərəfindən | kimin tərəfindən | təqib edən | "
        "ihlali yapan | fail | müdahale eden kurum | agency | arresting_authority | ordered_by "
        "| decision_maker | authority | state body | responsible authority | responsible body | "
        "орган | ведомство | госорган | кто задержал | məsul orqan | dövlət orqanı | orqan | "
        "kurum | sorumlu kurum | yetkili kurum"
    ),
    "outlet": "outlet | publisher | media | publication | организация сми",
    "source": (
        "source | info_source | источник | mənbə | kaynak | sources | источники | mənbələr | "
        "kaynaklar"
    ),
    "url": (
        "source link | link link | ссылка link | источник link | mənbə link | kaynak link | "
        "haber link | xəbər link | url(s) | link(s) | source(s) link | ссылка(и) | ссылка на "
        "публикацию | haber linki | xəbər linki | url | link | news_link | info_source_link | "
        "source_url | links | source links | ссылка | link to source | link to the source | "
        "evidence link | "
        "proof | proof / link | ссылки | ссылка на источник | linklər | keçid | mənbə linki | "
        "bağlantı | bağlantılar | kaynak linki"
    ),
    "provision": (
        "charge(s) / law | law / article | law/article | law(s) used | dayanak madde | dayanak "
        "kanun | yasal dayanak | норма закона | qanun | hüquqi əsas | provision | "
        "criminal_code_articles | article | articles | charges_articles | статья | maddə | "
        "madde | law | law used | legal basis | article of law | criminal code article | статья "
        "ук | статьи | статьи ук | статья закона | maddələr | cm maddəsi | qanun maddəsi | tck "
        "maddesi | kanun maddesi | maddeler"
    ),
    "stated_ground": (
        "official justification | stated justification | justification given | stated_ground | "
        "official_just | gov_justification | stated reason | official reason | reason given | "
        "официальная причина | rəsmi səbəb | resmi gerekçe"
    ),
    "believed_ground": (
        "за что | причина преследования | nəyə görə | believed_ground | actual_cause | believed "
        "reason | motive | real reason | настоящая причина | предполагаемая причина | əsl səbəb "
        "| gerçek neden"
    ),
    "offence": "offence | charge | charges | обвинение | ittiham | suçlama",
    "platform": (
        "platform | services_affected | платформа | social network | social media | platforms | "
        "соцсеть | социальная сеть | платформы | platforma | sosial şəbəkə | sosyal medya"
    ),
    "sentence": (
        "sentence/penalty | verdict | вердикт | sentence | приговор | hökm | ceza | penalty | "
        "punishment | наказание | срок | cəza | cəzası | cezası"
    ),
    "official_statement": (
        "official_statement | gov_ack_quote | official response | government response | gov. "
        "response | gov response | official version | официальная версия | официальная позиция "
        "| позиция властей | ответ властей | реакция властей | rəsmi mövqe | rəsmi cavab | "
        "rəsmi reaksiya | resmi açıklama"
    ),
    "topic": "topic | tags | keywords | тема | tag | теги | mövzu | konu",
}
