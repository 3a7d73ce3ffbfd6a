"""Languages that staff speak, named to families in their own."""

import pytest

from api.content.interface import locale
from api.content.language_names import language_name
from api.content.languages import load_languages
from api.settings import ROOT

LANGUAGES = load_languages(ROOT / "content")


@pytest.mark.parametrize("reader", LANGUAGES)
def test_no_language_is_named_as_a_country(reader: str) -> None:
    countries = {name.casefold() for name in locale(reader).territories.values()}
    names = {code: language_name(code, reader, LANGUAGES) for code in LANGUAGES}
    assert [name for name in names.values() if name.casefold() in countries] == []
    assert len(set(names.values())) == len(LANGUAGES)


def test_a_language_can_be_a_key() -> None:
    assert len({hash(language) for language in LANGUAGES.values()}) == len(LANGUAGES)


def test_bengali_is_no_country_in_somali_and_kurdish() -> None:
    assert language_name("bn", "so", LANGUAGES) == "Bengali"
    assert language_name("bn", "ckb", LANGUAGES) == "بەنگالی"
    assert language_name("bn", "pl", LANGUAGES) == "bengalski"
    assert language_name("xx", "pl", LANGUAGES) == "xx"
