import pytest

from api.safety import RedFlagScreen

URGENT = [
    ("moje dziecko nie oddycha", "baby_not_breathing"),
    ("synek zsiniał i ledwo łapie powietrze", "baby_not_breathing"),
    ("mala sie zakrztusila i nie moze zlapac oddechu", "baby_not_breathing"),
    ("nie moge jej dobudzic jest cala wiotka", "baby_not_breathing"),
    ("córka ma drgawki pomocy", "baby_fit"),
    ("zesztywnial caly i oczy mu ucieklo do gory trzesie sie", "baby_fit"),
    ("żona zemdlała, jest w 32 tygodniu", "mother_very_ill"),
    ("bol w klatce piersiowej i nie moge oddychac tydzien po porodzie", "mother_very_ill"),
    ("mąż mnie bije, boję się", "danger_from_someone"),
    ("on grozi ze mnie zabije jestem zamknieta w lazience", "danger_from_someone"),
    ("nie chce mi sie juz zyc", "suicide_or_self_harm"),
    ("myślę o tym żeby się zabić", "suicide_or_self_harm"),
    ("boje sie ze zrobie krzywde mojemu dziecku", "suicide_or_self_harm|baby_injury"),
    ("maluch spadl z lozka uderzyl sie w glowe i wymiotuje", "baby_injury"),
    ("mała oparzyła się gorącą herbatą", "baby_injury"),
    ("jestem w ciazy i krwawie", "bleeding_in_pregnancy"),
    ("leci mi krew 10 tydzień ciąży", "bleeding_in_pregnancy"),
    ("noworodek ma 38.7 goraczki", "baby_very_ill"),
    ("wysypka nie znika jak przycisne szklanka", "baby_very_ill"),
    ("od wczoraj sucha pieluszka i nie chce jesc wcale", "baby_very_ill"),
    ("odeszly mi wody a to dopiero 34 tydzien", "waters_or_labour"),
    ("mam skurcze co 5 minut", "waters_or_labour"),
    ("strasznie boli mnie glowa i mam mroczki przed oczami 36 tydzien", "pre_eclampsia"),
    ("nagle spuchła mi twarz i ręce", "pre_eclampsia"),
    ("od rana nie czuje ruchow dziecka", "baby_moves_less"),
    ("dziecko przestało kopać w brzuchu", "baby_moves_less"),
]

HARMLESS = [
    "jaka temperatura powinna byc w pokoju dziecka",
    "czy dziecko moze spac na brzuchu",
    "bola mnie sutki przy karmieniu i troche krwawia",
    "jak rzucic palenie w ciazy",
    "kiedy poczuje pierwsze ruchy dziecka",
    "czy moge pic kawe w ciąży",
    "potrzebuje łóżeczka, nie mam pieniędzy",
    "jak umówić się do położnej",
    "czy badanie krwi jest na czczo",
    "umieram z głodu cały czas, co mogę jeść w ciąży",
    "mąż pali w domu, czy to szkodzi dziecku",
    "jak długo karmić piersią",
    "czy moge brac paracetamol na bol glowy",
    "kopie mnie cala noc haha jak mam spac",
    "ile wody pić w ciąży",
    "nie krwawię i nic mnie nie boli, kiedy pierwsza wizyta",
    "jakie sa objawy porodu",
    "ile mokrych pieluch dziennie to norma",
    "czy moge pościć w ciąży",
    "czuję się smutna po porodzie",
    "gdzie kupić niebieski kocyk do łóżeczka",
    "nie mówię po angielsku, potrzebuję tłumacza",
    "dziecko płacze wieczorami i nie chce spać w swoim łóżku",
    "ile powinnam przytyć w ciąży",
    "czy mogę ćwiczyć na siłowni w ciąży",
    "mam cukrzycę ciążową co jeść",
]


@pytest.mark.parametrize(("message", "kinds"), URGENT)
def test_an_urgent_polish_message_is_caught(screen: RedFlagScreen, message: str, kinds: str) -> None:
    finding = screen.screen(message)
    assert finding is not None
    assert {f"urgent/{kind}" for kind in kinds.split("|")} & set(finding.all_keys)


@pytest.mark.parametrize("message", HARMLESS)
def test_a_harmless_polish_message_is_let_through(screen: RedFlagScreen, message: str) -> None:
    assert screen.screen(message) is None
