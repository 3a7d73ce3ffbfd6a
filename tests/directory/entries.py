"""An entry that says everything an entry can say."""

from datetime import date, timedelta
from typing import Any

from api.directory.entry import ServiceEntry

TOMORROW = date.today() + timedelta(days=1)
EVERYTHING: dict[str, Any] = {
    "id": "everything",
    "name": "Everything Centre",
    "organisation": "Leicester City Council",
    "status": "active",
    "summary": "Help with everything.",
    "alert": "The lift is broken.",
    "needs": ["baby_items", "housing"],
    "categories": ["Midwife and maternity"],
    "area": ["city", "rutland"],
    "referral": "professional",
    "referrers": "midwife or health visitor",
    "eligibility": "Families with a baby",
    "minimum_age": 16,
    "maximum_age": 25,
    "from_week": 12,
    "to_week": 40,
    "phones": [
        {"number": "0116 496 0001", "note": "reception", "hours": "weekdays"},
        {"number": "0116 496 0002", "note": "at night"},
    ],
    "text_numbers": [
        {"number": "07700 900001", "note": "in office hours"},
        {"number": "66777", "keyword": "ready"},
    ],
    "email": "help@everything.example",
    "url": "https://everything.example/help",
    "contacts": [{"title": "Duty worker", "phone": "0116 496 0003", "email": "duty@everything.example"}],
    "locations": [
        {"name": "Oakham room", "address": "1 Far Street, Oakham", "postcode": "LE15 6AA"},
        {
            "address": "2 Near Street, Leicester",
            "postcode": "LE1 5WW",
            "accessibility": [
                {"description": "Ramp", "details": "at the back", "url": "https://everything.example/ramp"}
            ],
        },
    ],
    "schedules": [
        {"byday": ["MO", "WE"], "opens_at": "09:00", "closes_at": "12:30", "note": "drop in"},
        {"byday": ["MO"], "opens_at": "18:00", "closes_at": "24:00"},
        {"byday": ["2TH"], "freq": "MONTHLY", "opens_at": "10:00", "closes_at": "11:00"},
        {"byday": ["FR"], "opens_at": "07:00", "closes_at": "08:00", "valid_to": "2020-01-01"},
    ],
    "special_days": [{"on": TOMORROW.isoformat(), "note": "training"}, {"on": "2020-01-02"}],
    "bank_holidays": "closed",
    "hours": "Ring the bell after six",
    "cost": "free for most",
    "cost_options": [{"option": "Crib hire", "amount": 12.5, "note": "a month"}, {"option": "Talk", "amount": 0}],
    "languages": ["gu", "en"],
    "interpreters": "by phone",
    "provenance": {
        "sources": ["https://everything.example/source", "a leaflet"],
        "confidence": "low",
        "gaps": "Who answers at night",
    },
}


def everything(**changed: Any) -> ServiceEntry:
    """EVERYTHING, with fields `changed`."""
    return ServiceEntry.model_validate({**EVERYTHING, **changed})
