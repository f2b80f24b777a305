"""The small words that tell languages in Latin letters apart, and the few others that short briefs are made of."""

import re
from collections.abc import Mapping


def _words(together: str) -> frozenset[str]:
    return frozenset(together.split())


ENGLISH = _words(
    "the of and to a in is it you that he was for on are as with his they i at be this have from or had by but not "
    "what all were we when your can said there an each which she do how their if will up other about out many then "
    "them these so some her would make like him into has look two more go see no way could people my than been who "
    "its now find down day did get come made may over after before under between through during without within "
    "our us me am i'm it's don't can't won't isn't that's let's never always again very just only every where why "
    "because while until still too also one first last night love life home city beach sunset morning young old "
    "happy sad slow fast dark bright alone together walking running looking video music shot scene "
    "boy girl man woman friends family summer winter"
)

OTHERS: Mapping[str, frozenset[str]] = {
    language: _words(words)
    for language, words in {
        "es": "el la los las un una unos unas de del al y o en con por para que se su sus mi tu es son era fue "
        "está están hay no sin sobre entre muy más pero como cuando donde este esta esto ese esa todo toda "
        "nos ella ellos yo te lo le me ya sol playa mar noche día amor vida ciudad niño niña amigos "
        "atardecer amanecer camino verano hombre mujer solo sola triste feliz lluvia bajo casa",
        "fr": "le la les un une des du de et ou en dans avec pour par sur sous que qui ne pas ce cette ces son sa "
        "ses mon ma mes ton ta tes il elle nous vous ils elles je tu est sont était au aux mais comme quand "
        "où tout tous très plus sans chez leur y se l'amour d'un d'une c'est soleil coucher plage mer nuit "
        "jour amour vie ville enfant amis matin soir homme femme seul seule pluie sous maison rue",
        "de": "der die das den dem des ein eine einen einem einer und oder in im am an auf aus bei mit nach von "
        "vom zu zum zur für über unter durch ist sind war nicht kein keine ich du er sie es wir ihr mein "
        "dein sein auch aber wie wenn wo was sehr nur noch schon alle sonne sonnenuntergang strand meer "
        "nacht tag liebe leben stadt kind freunde morgen abend mann frau allein regen haus wald ihre seine",
        "it": "il lo la gli le un una uno di del della dei delle al alla e o in con per da dal dalla che non si "
        "su nel nella è sono era ma come quando dove questo questa tutto molto più senza tra mio mia suo "
        "sua io noi sole tramonto spiaggia mare notte giorno amore vita città bambino amici mattina uomo "
        "donna pioggia casa sotto",
        "pt": "o a os as um uma de do da dos das no na nos nas ao à e ou em com por para que se seu sua meu minha "
        "é são não mais mas como quando onde este esta isso tudo muito sem sobre entre ele ela eles nós "
        "você sol praia mar noite dia amor vida cidade menino menina amigos pôr manhã homem mulher sozinho "
        "chuva casa sob",
        "nl": "de het een en of in op aan met van voor naar uit bij is zijn was niet geen ik je jij hij zij we "
        "wij mijn jouw haar ook maar als wanneer waar heel nog alle deze dit dat zonsondergang strand zee "
        "nacht dag liefde leven stad kind vrienden ochtend regen huis door over",
        "id": "yang dan di ke dari untuk dengan pada adalah ini itu tidak ada akan kami kita saya aku kamu dia "
        "mereka dalam oleh atau juga sudah bisa karena seperti saat ketika sangat lebih tanpa matahari "
        "terbenam pantai laut malam hari cinta hidup kota anak teman pagi sendiri hujan rumah sebuah "
        "seorang jalan orang bersama menuju",
        "vi": "và là của có không được trong cho với một những các này đó khi trên dưới người tôi anh em chúng ta "
        "đi đến ra vào rất mot nguoi khong cua trong tren bien hoang hon đêm ngày yêu",
        "tr": "ve bir bu şu o da de ile için gibi çok ama ben sen biz siz onlar değil var yok ne mi en daha her "
        "güneş plaj deniz gece gün aşk hayat şehir çocuk batımı altında yağmur",
        "pl": "i w na z do nie się to jest są był była o po za od przez dla jak ale co gdy gdzie ten ta tak "
        "bardzo już tylko zachód słońca plaża noc dzień miłość życie miasto nad pod",
        "sv": "och att det en ett den som på är av för med till inte om jag du han hon vi de var har kan men när "
        "här solnedgång strand hav natt dag kärlek liv stad barn ikke og er til af jeg",
        "tl": "ang ng sa mga na ay ko mo siya kami tayo sila ito iyon hindi at para kung may wala lang din araw "
        "gabi dagat paglubog buhay",
        "ro": "și în la de cu pe din un o nu este sunt era care pentru mai dar când unde foarte soare apus plajă "
        "noapte",
        "fi": "ja on ei se hän minä sinä me te he oli että kun mutta myös auringonlasku rannalla yö päivä rakkaus",
        "cs": "a v na se je že s z do to jsou byl ale jak když kde velmi západ slunce pláž noc den láska",
        "hu": "a az és egy nem is hogy van volt de ha mint csak már naplemente tengerpart éjszaka szerelem",
    }.items()
}

SHARED = frozenset(word for words in OTHERS.values() for word in words if word in ENGLISH or word in {"son", "die"})
"""Words that are English and another language's too: half a mark for either."""

UNENGLISH_ENDINGS = re.compile(
    r"(?:cion|ciones|dad|mente|ando|iendo|zione|ções|keit|heit|ungen|schaft|lich|isch|eux|euse|aient|ij[a-z]?n|oon|uur"
    r"|nya|kan|lar|ler|owa|ego|ski|nych|ção|ismo|ista|eau|aux|elle|ette|ezza|tà)$"
)
