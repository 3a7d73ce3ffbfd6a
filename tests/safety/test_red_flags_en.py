import pytest

from api.safety import RedFlagScreen

URGENT = [
    ("my son isnt breathing properly his lips have gone blue pls help", "baby_not_breathing"),
    ("she has stopped breathing omg", "baby_not_breathing"),
    ("baby choking on a grape cant get it out", "baby_not_breathing"),
    (
        "hi sorry to bother, hes 6 weeks and he is grunting and his ribs are sucking in every breath",
        "baby_not_breathing",
    ),
    ("shes gone floppy and I cannot wake her", "baby_not_breathing"),
    ("my little girl is having a seizure", "baby_fit"),
    ("his whole body went stiff then jerking and his eyes rolled back", "baby_fit"),
    ("my wife collapsed in the bathroom shes 30 weeks gone", "mother_very_ill"),
    ("bad pains in my chest and i cant catch my breath, gave birth 5 days ago", "mother_very_ill"),
    ("i gave birth last week and im soaking a pad every half hour", "mother_very_ill|bleeding_in_pregnancy"),
    ("he just punched me in the stomach im 5 months pregnant", "danger_from_someone"),
    ("my husband says he will kill me if i leave, hes outside the door now", "danger_from_someone"),
    ("I dont want to be here anymore, everyone would be better off without me", "suicide_or_self_harm"),
    ("keep thinking about ending my life since the baby came", "suicide_or_self_harm"),
    ("I'm scared i am going to hurt my baby", "suicide_or_self_harm|baby_injury"),
    ("baby rolled off the changing table and hit her head on the tiles, shes been sick twice", "baby_injury"),
    ("hot tea spilled all over my babys arm its blistering", "baby_injury"),
    ("8 weeks pregnant and passing big clots", "bleeding_in_pregnancy"),
    ("theres bright red blood when i wipe im 12 weeks", "bleeding_in_pregnancy"),
    ("newborn temperature 38.5 what do i do", "baby_very_ill"),
    ("she has a rash that wont go away when i press a glass on it", "baby_very_ill"),
    ("no wet nappy since last night and hes too sleepy to feed", "baby_very_ill"),
    ("I think my waters have gone and I am only 33 weeks", "waters_or_labour"),
    ("contractions every 4 minutes", "waters_or_labour"),
    ("really bad headache and flashing lights infront of my eyes 35 weeks", "pre_eclampsia"),
    ("face and hands swollen up suddenly and my vision is blurry", "pre_eclampsia"),
    ("I havnt felt her kick at all today", "baby_moves_less"),
    ("baby has been really quiet in my tummy not moving like normal", "baby_moves_less"),
]

HARMLESS = [
    "what temperature should the babys room be at night",
    "can my baby sleep with a blanket",
    "my nipples are cracked and bleeding when i feed her",
    "how do I stop smoking im 12 weeks pregnant",
    "when will i first feel the baby move",
    "do I need a blood test for diabetes",
    "which car seat fits a newborn",
    "is it ok to drink coffee while breastfeeding",
    "where can i get a free cot my baby is due in may",
    "I could murder a curry, is spicy food ok in pregnancy",
    "how do I book a midwife appointment",
    "my partner smokes in the house and it gets on my nerves",
    "is paracetamol ok for a headache",
    "he kicks me all night long, where should he sleep",
    "does breathing cigarette smoke harm the baby",
    "baby cries when i put her down in the moses basket",
    "what are the signs of labour",
    "how many nappies a day is normal",
    "my midwife told me to take iron, my blood count is low",
    "this heat is killing me, can I use a fan in the baby's room",
    "can I hit the gym when pregnant",
    "when do babies start walking",
    "I feel low since having the baby",
    "he bought blue blankets and a floppy bunny for the cot is that safe",
    "can I fast in ramadan if im breastfeeding",
    "my waters app says drink 2 litres of water a day, is it right",
    "I had some bleeding last year with my first but all fine now, when do I book this one",
]


@pytest.mark.parametrize(("message", "kinds"), URGENT)
def test_an_urgent_english_message_is_caught(screen: RedFlagScreen, message: str, kinds: str) -> None:
    finding = screen.screen(message)
    assert finding is not None
    assert {f"urgent/{kind}" for kind in kinds.split("|")} & set(finding.all_keys)


@pytest.mark.parametrize("message", HARMLESS)
def test_a_harmless_english_message_is_let_through(screen: RedFlagScreen, message: str) -> None:
    assert screen.screen(message) is None
