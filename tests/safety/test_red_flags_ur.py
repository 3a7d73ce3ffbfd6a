import pytest

from api.safety import RedFlagScreen

URGENT = [
    ("میرا بچہ سانس نہیں لے رہا", "baby_not_breathing"),
    ("bache ke hont neele ho gaye hain saans ruk ruk ke aa rahi hai", "baby_not_breathing"),
    ("بچی بالکل ڈھیلی پڑ گئی ہے اٹھ نہیں رہی", "baby_not_breathing"),
    ("bachay ke galay mein kuch phans gaya hai saans nahi aa raha", "baby_not_breathing"),
    ("بیٹے کو جھٹکے لگ رہے ہیں", "baby_fit"),
    ("beti ko dora para hai aankhen upar chali gai", "baby_fit"),
    ("میری بیوی بے ہوش ہو گئی ہے وہ حاملہ ہے", "mother_very_ill"),
    ("seene mein bohat dard hai aur saans phool raha hai delivery ko 1 hafta hua", "mother_very_ill"),
    ("میرا شوہر مجھے مار رہا ہے", "danger_from_someone"),
    ("wo kehta hai jaan se maar dega mujhe bachao", "danger_from_someone"),
    ("میں جینا نہیں چاہتی", "suicide_or_self_harm"),
    ("khudkushi karne ka dil karta hai", "suicide_or_self_harm"),
    ("mujhe dar hai main apne bache ko nuqsan pohncha dungi", "suicide_or_self_harm|baby_injury"),
    ("بچہ بیڈ سے گر گیا سر پر چوٹ لگی ہے", "baby_injury"),
    ("bache par garam chai gir gai jal gaya", "baby_injury"),
    ("میں حاملہ ہوں اور خون آ رہا ہے", "bleeding_in_pregnancy"),
    ("teesra mahina hai aur khoon aa raha hai", "bleeding_in_pregnancy"),
    ("pregnant hun bleeding ho rahi hai bohat", "bleeding_in_pregnancy"),
    ("دو ماہ کے بچے کو تیز بخار ہے", "baby_very_ill"),
    ("baby ko 39 bukhar hai doodh bhi nahi pee raha", "baby_very_ill"),
    ("صبح سے پیشاب نہیں کیا اور بہت سست ہے", "baby_very_ill"),
    ("میرا پانی نکل گیا ہے ابھی 34 ہفتے ہیں", "waters_or_labour"),
    ("har 5 minute baad dard uth rahi hai 39 weeks", "waters_or_labour"),
    ("sar mein shadeed dard hai aur dhundla nazar aa raha hai", "pre_eclampsia"),
    ("اچانک چہرہ اور ہاتھ سوج گئے ہیں", "pre_eclampsia"),
    ("subah se bacha pait mein nahi hila", "baby_moves_less"),
    ("بچے کی حرکت محسوس نہیں ہو رہی", "baby_moves_less"),
]

HARMLESS = [
    "بچے کے کمرے کا درجہ حرارت کتنا ہونا چاہیے",
    "bache ko kaise sulana chahiye",
    "دودھ پلاتے وقت نپل میں درد ہوتا ہے",
    "cigarette kaise choron hamal mein",
    "bacha pait mein kab hilna shuru karta hai",
    "کیا حمل میں چائے پی سکتے ہیں",
    "mujhe cot chahiye paise nahi hain",
    "midwife ki appointment kaise leni hai",
    "خون کا ٹیسٹ کب ہوتا ہے",
    "ramzan mein roza rakh sakti hun pregnant hun",
    "میرے شوہر گھر میں سگریٹ پیتے ہیں",
    "bacha raat ko bohat rota hai kya karun",
    "شوگر میں کیا کھانا چاہیے",
    "doodh poora ho raha hai ya nahi kaise pata chale",
    "اردو میں بات کریں",
    "sari raat latein marta hai pait mein haha neend nahi aati",
    "کیا بچہ میرے ساتھ بستر میں سو سکتا ہے",
    "khoon nahi aa raha sab theek hai appointment kab hogi",
    "din mein kitna pani peena chahiye",
    "ڈیلیوری کے بعد بہت اداس رہتی ہوں",
    "sar dard mein panadol le sakti hun",
    "لیبر کی علامات کیا ہوتی ہیں",
    "paan khana nuqsan deta hai?",
    "وزن کتنا بڑھنا چاہیے",
    "gp nahi hai kya karun",
    "مجھے انگریزی نہیں آتی مترجم چاہیے",
]


@pytest.mark.parametrize(("message", "kinds"), URGENT)
def test_an_urgent_urdu_message_is_caught(screen: RedFlagScreen, message: str, kinds: str) -> None:
    finding = screen.screen(message)
    assert finding is not None
    assert {f"urgent/{kind}" for kind in kinds.split("|")} & set(finding.all_keys)


@pytest.mark.parametrize("message", HARMLESS)
def test_a_harmless_urdu_message_is_let_through(screen: RedFlagScreen, message: str) -> None:
    assert screen.screen(message) is None
