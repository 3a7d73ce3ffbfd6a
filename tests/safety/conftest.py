from pathlib import Path

import pytest

from api.safety import RedFlagScreen, load_screen
from tests.safety.small_screen import build_small_screen

RED_FLAGS = Path(__file__).parents[2] / "content" / "red_flags"


@pytest.fixture(scope="session")
def screen() -> RedFlagScreen:
    return load_screen(RED_FLAGS)


@pytest.fixture(scope="session")
def small_screen(tmp_path_factory: pytest.TempPathFactory) -> RedFlagScreen:
    return build_small_screen(tmp_path_factory.mktemp("red_flags"))
