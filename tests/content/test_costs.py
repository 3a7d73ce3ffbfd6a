"""The price of a message in each language."""

import pytest

from api.content.commands import price
from api.content.costs import costs, table
from api.content.languages import load_languages
from api.settings import ROOT

WORDS = {"a/b": {"en": "x" * 161, "gu": "ક" * 71}, "a/c": {"en": "x"}}


def test_segments_and_pence() -> None:
    found = costs(WORDS, 4.0)
    assert found.segments == {"a/b": {"en": 2, "gu": 2}, "a/c": {"en": 1}}
    assert (found.total("en"), found.mean("en"), found.mean("gu"), found.mean("ur")) == (3, 6.0, 8.0, 0.0)


def test_the_table_has_a_row_a_message_and_a_column_a_language() -> None:
    lines = table(costs(WORDS, 4.0), ["en", "gu"]).splitlines()
    assert lines[0].split() == ["segments", "en", "gu"]
    assert lines[2].split() == ["a/c", "1", "-"]


@pytest.mark.parametrize("pence", [1.0, 7.5])
def test_the_pack_is_priced_in_every_language(pence: float) -> None:
    lines = price(ROOT / "content", ROOT / "locales", pence).splitlines()
    assert lines[0].split()[1:] == list(load_languages(ROOT / "content"))
    assert not [line for line in lines[1:-4] if " - " in line]
    assert f"{pence:g} pence a segment" in lines[-1]
