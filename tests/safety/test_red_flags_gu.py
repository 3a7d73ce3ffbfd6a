import pytest

from api.safety import RedFlagScreen

URGENT = [
    ("મારું બાળક શ્વાસ નથી લેતું", "baby_not_breathing"),
    ("baby na hoth vadli thai gaya che shvas leva ma taklif che", "baby_not_breathing"),
    ("chokru jagtu nathi ekdam dhilu padi gayu che", "baby_not_breathing"),
    ("બાબાના ગળામાં કંઈક ફસાઈ ગયું છે શ્વાસ રૂંધાય છે", "baby_not_breathing"),
    ("દીકરીને આંચકી આવે છે", "baby_fit"),
    ("baby ne khench aavi aankho upar chadi gai", "baby_fit"),
    ("મારી પત્ની બેભાન થઈ ગઈ છે ગર્ભવતી છે", "mother_very_ill"),
    ("mane chhati ma bahu dukhe che ane shvas nathi levato", "mother_very_ill"),
    ("મારા પતિ મને મારે છે મને બીક લાગે છે", "danger_from_someone"),
    ("maro var mane mari nakhshe bachavo", "danger_from_someone"),
    ("મારે હવે જીવવું નથી", "suicide_or_self_harm"),
    ("mane mari javanu man thay che", "suicide_or_self_harm"),
    ("બાળક પલંગ પરથી પડી ગયું માથામાં વાગ્યું છે", "baby_injury"),
    ("baby par garam cha padi dazi gayu", "baby_injury"),
    ("હું ગર્ભવતી છું અને લોહી નીકળે છે", "bleeding_in_pregnancy"),
    ("pregnant chu ne lohi pade che", "bleeding_in_pregnancy"),
    ("bleeding thay che 3 mahina thaya che", "bleeding_in_pregnancy"),
    ("બે મહિનાના બાળકને બહુ તાવ છે", "baby_very_ill"),
    ("baby ne 39 tav che dudh pan nathi pitu", "baby_very_ill"),
    ("સવારથી પેશાબ નથી કર્યો અને બહુ સુસ્ત છે બાળક", "baby_very_ill"),
    ("મારું પાણી પડી ગયું છે 34 અઠવાડિયા છે", "waters_or_labour"),
    ("pani tuti gayu che hospital javu pade?", "waters_or_labour"),
    ("દર પાંચ મિનિટે દુખાવો ઉપડે છે", "waters_or_labour"),
    ("mathu bahu dukhe che ane aankhe jhankhu dekhay che", "pre_eclampsia"),
    ("અચાનક મોઢું અને હાથ સોજી ગયા છે", "pre_eclampsia"),
    ("savar thi baby pet ma farakyu nathi", "baby_moves_less"),
    ("બાળક પેટમાં હલતું નથી", "baby_moves_less"),
]

HARMLESS = [
    "બાળકના રૂમમાં કેટલું તાપમાન રાખવું",
    "baby ne kai rite suvadavu",
    "ધાવણ આપતાં નીપલ દુખે છે",
    "sigaret kevi rite chhodvi pregnancy ma",
    "baby pet ma kyare farakva lage",
    "ગર્ભાવસ્થામાં ચા પી શકાય?",
    "mare cot joie che paisa nathi",
    "midwife ni appointment kevi rite levi",
    "લોહીની તપાસ ક્યારે કરવાની હોય",
    "pregnancy ma upvas kari shakay?",
    "મારા પતિ ઘરમાં બીડી પીએ છે",
    "baby raat ma bahu rade che shu karu",
    "ડાયાબિટીસમાં શું ખાવું",
    "dudh puratu aave che ke nahi kem khabar pade",
    "ગુજરાતીમાં વાત કરો",
    "pet ma aakhi raat laat mare che haha kem suvu",
    "બાળક મારી સાથે પલંગમાં સૂઈ શકે?",
    "lohi nathi padtu badhu barabar che appointment kyare",
    "ketlu pani pivu joie divas ma",
    "હું બહુ ઉદાસ રહું છું ડિલિવરી પછી",
    "mathu dukhe to paracetamol lai shakay",
    "પ્રસૂતિના લક્ષણો શું હોય છે",
    "pan masala khavanu nuksan kare?",
    "વજન કેટલું વધવું જોઈએ",
    "gp nathi mare shu karvu",
    "મને અંગ્રેજી નથી આવડતું દુભાષિયો જોઈએ",
]


@pytest.mark.parametrize(("message", "kinds"), URGENT)
def test_an_urgent_gujarati_message_is_caught(screen: RedFlagScreen, message: str, kinds: str) -> None:
    finding = screen.screen(message)
    assert finding is not None
    assert {f"urgent/{kind}" for kind in kinds.split("|")} & set(finding.all_keys)


@pytest.mark.parametrize("message", HARMLESS)
def test_a_harmless_gujarati_message_is_let_through(screen: RedFlagScreen, message: str) -> None:
    assert screen.screen(message) is None
