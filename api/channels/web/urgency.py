"""Which number a family in danger should tap: pure."""

from dataclasses import dataclass

from api.channels.web.formatting import dialled, numbers_in

EMERGENCY = "999"
ADVICE = "111"
ADVICE_OPTION = {"111_option_2": "2"}


@dataclass(frozen=True)
class Call:
    """The number to show, the same as a tel: link wants it, and the menu option to choose after."""

    number: str
    dialled: str
    option: str | None = None


def call_for(contact: str, text: str) -> Call:
    """The call for `contact`; a unit's own number is read from the approved text, and without one it is 999."""
    if contact in (EMERGENCY, ADVICE):
        return Call(contact, contact)
    if contact in ADVICE_OPTION:
        return Call(ADVICE, ADVICE, ADVICE_OPTION[contact])
    own = next((number for number in numbers_in(text) if len(dialled(number)) > len(EMERGENCY)), EMERGENCY)
    return Call(own, dialled(own))
