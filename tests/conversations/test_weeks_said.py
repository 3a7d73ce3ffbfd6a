"""How far a pregnancy is, as families write it: too few weeks by mistake would hide the Maternity Assessment Unit."""

from datetime import date

import pytest

from api.content.languages import load_languages
from api.conversations.pregnancy import first_day_said, weeks_on
from api.settings import ROOT

TODAY = date(2026, 11, 26)
LANGUAGES = load_languages(ROOT / "content")


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("im 9 weeks pregnant", 9),
        ("12+3 weeks pregnant", 12),
        ("12 weeks 3 days pregnant", 12),
        ("pregnant, week 24", 24),
        ("my baby is 6 weeks", None),
        ("pregnant with my 6 weeks old's brother, 30 weeks", None),
        ("Am 24 de săptămâni de sarcină", 24),
        ("Am 24 de săptămâni de sarcină și de 2 săptămâni mă doare spatele", None),
        ("săptămâna 24 de sarcină", 24),
        ("gravida aos 15 sem apoio", None),
        ("grávida de 30 semanas", 30),
        ("मेरी प्रेग्नेंसी 12 हफ्ते की है", 12),
        ("મારી પ્રેગ્નન્સીને 12 અઠવાડિયાં થયાં", 12),
        ("আমার প্রেগনেন্সি ১২ সপ্তাহ", 12),
        ("أنا حامل في الأسبوع 12", 12),
        ("هفته 12 بارداری هستم", 12),
        ("7 هفتم باردارم", None),
        ("دووگیانم ٩ هەفتەیە", 9),
        ("میں امید سے ہوں 10 ہفتے", 10),
        ("12 வாரக் கர்ப்பம்", 12),
        ("uurkaygu waa 9 toddobaad", 9),
        ("ami 12 shoptaher pregnant", 12),
    ],
)
def test_weeks_of_pregnancy_are_read_as_they_are_written(text: str, weeks: int | None) -> None:
    assert weeks_on(TODAY, first_day_said(text, LANGUAGES, TODAY)) == weeks
