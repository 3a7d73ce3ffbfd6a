"""Words that are said every day, and so cannot be made a sign for anything. Pure."""

from functools import lru_cache

from babel.units import format_unit

from api.content.interface import locale
from api.content.languages import plain_words

_SAID = """
    yes no y n ok okay yeah yep nope hi hello hey help menu more next back thanks thank you please sorry good bad baby
    mum dad midwife doctor gp today now haan han nahi nahin nai ji tak nie da nu sim nao si haa maya na3am naam la ha
"""
EVERYDAY = frozenset(_SAID.split())
"""What families answer or ask with, as whole texts; of the languages of the starter pack too."""
_OF_A_CHILD = """
    a am an and are at be been for from had has have he her him his i in is it its me my of old on our she so than that
    the their they this to was we were with age aged ago after before day days month months year years hour hours minute
    minutes time times date birth born newborn babies child children kid kids son sons daughter daughters boy girl twin
    twins toddler infant mother father brother sister wife husband milk feed feeds sleep bottle
    bebe bebeh bebek bacha bachcha bacca baccha bachhe balak baal shishu babu kuzhandai dziecko dziecka niemowle synek
    copil copilul bebelus crianca filho filha ilmo ilmaha canug cunug tifl mindal
    બાળક બેબી શિશુ ਬੱਚਾ ਬੱਚੇ ਬੇਬੀ बच्चा बच्चे बच्ची शिशु बेबी بچہ بچے بچی بچه نوزاد কচি শিশু বাচ্চা குழந்தை பேபி
    طفل طفلي رضيع بيبي بيبى منداڵ مناڵ کۆرپە
"""
OF_A_CHILD = EVERYDAY | {plain_words(word) for word in _OF_A_CHILD.split()}
"""What families say of a baby that is born, or of anything: none of it says that somebody is pregnant."""
UNITS = ("minute", "hour", "day", "month", "year")
_COUNTS = (1, 2, 3, 5, 11, 100)
"""One for each plural form that CLDR's languages have."""
_SHORTEST = 3


@lru_cache(200)
def other_times(code: str) -> frozenset[str]:
    """How CLDR says days, months and the like in a language: all that is no week. Not their abbreviations."""
    said = [
        plain_words(format_unit(count, f"duration-{unit}", length, locale=locale(code)))
        for unit in UNITS
        for count in _COUNTS
        for length in ("long", "short")
    ]
    return frozenset(word for text in said for word in text.split() if len(word) >= _SHORTEST and not word.isdigit())
