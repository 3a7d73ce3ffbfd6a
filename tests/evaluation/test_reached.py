"""What has been reached is held: per language the best landed figure less one point, urgent ones less half a point.

`python -m tests.evaluation.reached` raises reached.json after a better evaluation; it never lowers it.
"""

from pathlib import Path

import pytest

from tests.conftest import whole_stack
from tests.evaluation.figures import Result, shares
from tests.evaluation.reached import HELD, ROOM, at_least, read_reached
from tests.evaluation.run import ask_all, read_cases

CASES = read_cases(Path(__file__).parent)
pytestmark = pytest.mark.timeout(1200)  # every case is asked once, before the first of these
LANGUAGES = sorted({case.lang for case in CASES})


@pytest.fixture(scope="module")
def results(model: None, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Result]]:
    unlimited = {"RATE_LIMIT_PER_MINUTE": "1000000"}
    with whole_stack(tmp_path_factory.mktemp("evaluation"), sqlite_template, unlimited) as stack:
        asked = ask_all(stack.url, CASES)
    return {code: [result for result in asked if result.case.lang == code] for code in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_is_understood_worse_than_it_was(results: dict[str, list[Result]], language: str) -> None:
    reached, now = read_reached()[language], shares(results[language])
    fallen = {
        name: f"{now[name]} after {reached[name]}"
        for name in HELD
        if name in reached and not at_least(now[name], reached[name], name)
    }
    assert fallen == {}, f"more than {ROOM} worse"
