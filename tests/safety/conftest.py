from pathlib import Path

import pytest

from api.safety import RedFlagScreen, load_screen

RED_FLAGS = Path(__file__).parents[2] / "content" / "red_flags"


@pytest.fixture(scope="session")
def screen() -> RedFlagScreen:
    return load_screen(RED_FLAGS)
