"""Names of columns that people put together: what is asked, and of whom or what.

A sheet says “name of journalist”, “ФИО задержанного”, “müdahale türü”: a few words of the one kind
with a few of the other. All pairs are known, and nothing else is: no name is matched by likeness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# Meaning, what is asked, of what; "{}" stands for the second.
_PAIRS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "victim",
        (
            "name of {} | name of the {} | names of {} | {} name | {} names | {}'s name | full "
            "name of {} | {} full name"
        ),
        (
            "victim | journalist | activist | person | detainee | prisoner | blogger | target |"
            " individual | defendant | user | affected person | person affected | targeted "
            "person"
        ),
    ),
    (
        "victim",
        "{}",
        "affected person | person affected | person targeted | blogger | activist",
    ),
    (
        "victim",
        (
            "имя {} | фио {} | ф.и.о. {} | имя и фамилия {} | имя, фамилия {} | фамилия и имя "
            "{} | фамилия, имя {} | фамилия имя {} | фамилия имя отчество {} | фамилия, имя, "
            "отчество {}"
        ),
        (
            " | пострадавшего | потерпевшего | задержанного | преследуемого | журналиста | "
            "активиста | жертвы | лица | человека | осужденного | заключенного | обвиняемого | "
            "блогера | гражданина"
        ),
    ),
    (
        "victim",
        (
            "{} adı | {} adı, soyadı | {} adı və soyadı | {} adı soyadı | {} soyadı, adı | {} "
            "ad, soyad | {} ad soyad | {} soyadı, adı, atasının adı | {} adı, soyadı, ata adı |"
            " {} s.a.a. | {} a.s.a."
        ),
        (
            " | şəxsin | zərərçəkənin | zərərçəkmiş şəxsin | jurnalistin | saxlanılanın | "
            "saxlanılan şəxsin | həbs olunanın | həbs edilən şəxsin | fəalın | blogerin | "
            "bloqerin | məhbusun | təqib olunanın | təqib olunan şəxsin | vətəndaşın"
        ),
    ),
    (
        "victim",
        (
            "{} adı | {} ismi | {} adı soyadı | {} adı, soyadı | {} adı ve soyadı | {} ad soyad"
            " | {} isim soyisim"
        ),
        (
            "mağdurun | mağdur | gazetecinin | gazeteci | kişinin | kişi | gözaltına alınanın |"
            " gözaltına alınan kişinin | tutuklunun | tutuklanan kişinin | aktivistin | "
            "avukatın | şüphelinin | sanığın"
        ),
    ),
    (
        "date",
        "date of {} | date of the {} | {} date | day of {} | day of the {}",
        (
            "incident | event | attack | violation | arrest | detention | case | threat | "
            "occurrence | questioning | raid | blocking | summons"
        ),
    ),
    (
        "date",
        "дата {} | день {} | дата и время {} | время {}",
        (
            "события | инцидента | происшествия | случая | нарушения | задержания | ареста | "
            "допроса | обыска | нападения | атаки | преследования | вызова | блокировки | "
            "угрозы"
        ),
    ),
    (
        "date",
        "{} tarixi | {} günü | {} vaxtı | {} tarixi və vaxtı",
        (
            "hadisə | hadisənin | pozuntu | pozuntunun | saxlanma | saxlanılma | həbs | həbsin "
            "| tutulma | dindirilmə | təqibin | hücumun | axtarış | çağırış | bloklanma"
        ),
    ),
    (
        "date",
        "{} tarihi | {} günü | {} tarihi ve saati",
        (
            "olay | olayın | ihlal | ihlalin | gözaltı | tutuklama | tutuklanma | saldırı | "
            "saldırının | müdahale | müdahalenin | ifade | baskın | engelleme | vaka"
        ),
    ),
    (
        "act",
        (
            "type of {} | kind of {} | form of {} | nature of {} | category of {} | {} type | "
            "{} category | {} form"
        ),
        (
            "attack | violation | incident | threat | harassment | abuse | repression | event |"
            " case | restriction | pressure | persecution | act | rights violation"
        ),
    ),
    (
        "act",
        "вид {} | тип {} | форма {} | характер {} | категория {}",
        (
            "нарушения | нарушений | преследования | давления | инцидента | события | атаки | "
            "нападения | угрозы | воздействия | репрессий | репрессии | случая"
        ),
    ),
    (
        "act",
        "{} növü | {} forması | {} tipi | {} kateqoriyası",
        (
            "pozuntu | pozuntunun | hüquq pozuntusunun | təzyiq | təzyiqin | təqib | təqibin | "
            "hadisə | hadisənin | hücum | hücumun | müdaxilə | müdaxilənin | repressiya"
        ),
    ),
    (
        "act",
        "{} türü | {} tipi | {} şekli | {} biçimi | {} kategorisi",
        (
            "ihlal | ihlalin | hak ihlali | müdahale | müdahalenin | olay | olayın | baskı | "
            "baskının | saldırı | saldırının | vaka | yaptırım"
        ),
    ),
    (
        "place",
        (
            "place of {} | location of {} | location of the {} | place of the {} | {} location "
            "| {} place | city of {}"
        ),
        "incident | event | attack | violation | arrest | occurrence",
    ),
    (
        "place",
        "место {} | город {}",
        "события | инцидента | происшествия | случая | нарушения | нападения | действия",
    ),
    (
        "place",
        "{} yeri | {} baş verdiyi yer",
        "hadisə | hadisənin | pozuntu | pozuntunun | hücumun",
    ),
    (
        "place",
        "{} yeri | {} yaşandığı yer",
        "olay | olayın | ihlal | ihlalin | saldırının",
    ),
    (
        "sentence",
        "{}",
        (
            "срок | срок наказания | мера наказания | вид наказания | назначенное наказание | "
            "наказание | verilən cəza | cəza müddəti | təyin edilən cəza | təyin olunan cəza | "
            "cəza tədbiri | cəzanın müddəti | verilen ceza | ceza miktarı | ceza süresi | "
            "sentence imposed | sentence length | length of sentence | prison term | prison "
            "sentence"
        ),
    ),
    (
        "agency",
        "{}",
        (
            "орган, принявший решение | кем принято решение | кем задержан | кто задержал | "
            "исполнитель | нарушитель | субъект нарушения | кто нарушил | qərarı verən orqan | "
            "qərar qəbul edən orqan | saxlayan orqan | kim saxlayıb | pozan tərəf | təqib edən "
            "orqan | kararı veren kurum | karar veren kurum | kararı veren merci | karar mercii"
            " | karar veren merci | uygulayan kurum | gözaltına alan birim | ihlali "
            "gerçekleştiren | responsible party | perpetrators | state agency | authority "
            "responsible | agency responsible | arresting agency | responsible agency | "
            "responsible authorities"
        ),
    ),
    (
        "source",
        "{}",
        (
            "источник информации | источник сведений | məlumat mənbəyi | məlumatın mənbəyi | "
            "informasiya mənbəyi | haber kaynağı | bilgi kaynağı | source of information | "
            "information source | news source"
        ),
    ),
    (
        "url",
        "{}",
        (
            "линк | ссылка на новость | ссылка на пост | ссылка на статью | адрес страницы | "
            "xəbərin linki | mənbənin linki | istinad linki | haberin linki | bağlantı adresi |"
            " url adresi | link to article | link to the article | link to news | article link "
            "| news link | web link | hyperlink | reference link | source url"
        ),
    ),
    (
        "platform",
        "{}",
        (
            "площадка | интернет-площадка | социальные сети | соцсети | интернет-платформа | "
            "sosial media | sosial media platforması | sosial şəbəkənin adı | platformanın adı "
            "| sosyal medya platformu | sosyal medya mecrası | mecra | sosyal ağ | platform adı"
            " | social media platform | online platform | platform used | platform name"
        ),
    ),
    (
        "status",
        "{}",
        (
            "текущее положение | нынешний статус | статус на сегодня | нынешнее положение | son"
            " vəziyyət | son vəziyyəti | cari vəziyyət | indiki vəziyyəti | güncel durum | "
            "güncel durumu | mevcut durum | mevcut durumu | hukuki durum | hukuki durumu | "
            "current situation | latest status | case outcome"
        ),
    ),
    (
        "provision",
        "{}",
        (
            "статья обвинения | правовое основание | нормы закона | статья кодекса | ittiham "
            "maddəsi | tətbiq edilən maddə | qanunun maddəsi | suçlama maddesi | isnat edilen "
            "madde | ilgili kanun maddesi | applicable law | legal provision | statute | law "
            "invoked"
        ),
    ),
    (
        "occupation",
        "{}",
        (
            "должность | занятие | деятельность | кем является | görevi | mesleki durumu | job "
            "title | position"
        ),
    ),
)


def phrases() -> Iterator[tuple[str, str]]:
    """Yield every name of a column that is put together, with its meaning."""
    for role, asked, of_whom in _PAIRS:
        for whom in of_whom.split(" | "):
            for words in asked.split(" | "):
                yield " ".join(words.replace("{}", whom.strip()).split()), role
