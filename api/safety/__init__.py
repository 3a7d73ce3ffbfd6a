"""Red-flag screen: does this message say that someone may be in danger? In-process, every language and script."""

from api.safety.phrase_files import Approved, RedFlagFileIsWrong
from api.safety.screen import Finding, RedFlagScreen, load_screen
from api.safety.signs import FOR_THE_UNIT, LOSS, MOVES_LESS

__all__ = [
    "FOR_THE_UNIT",
    "LOSS",
    "MOVES_LESS",
    "Approved",
    "Finding",
    "RedFlagFileIsWrong",
    "RedFlagScreen",
    "load_screen",
]
