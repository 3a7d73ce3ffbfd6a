"""What is wrong with a language as it was written down: its own rules, and what it would do to families' texts."""

from itertools import product

from sqlalchemy.orm import Session

from api.content import repository
from api.content.language_rules import Around, faults
from api.content.languages import Language
from api.conversations.assembly import Parts
from api.conversations.language_probes import misread

STOPS = "conversation/stop_messages"
"""The message whose choice ends texts: a word for STOP may be its title."""


def problems_of(session: Session, assembled: Parts, wanted: Language) -> dict[str, str]:
    """Field -> what is wrong with it."""
    languages = assembled.catalogue.languages
    others = {code: language for code, language in languages.items() if code != wanted.code}
    titles = repository.titles(session)
    around = Around(
        others,
        lambda word: assembled.conversations.understanding.danger_in(word) is not None,
        _needs(assembled) | {title for key, title in titles if key != STOPS},
        {title for key, title in titles if key == STOPS},
        languages.get(wanted.code),
    )
    return {**misread(wanted, others), **faults(wanted, around)}


def _needs(assembled: Parts) -> set[str]:
    catalogue = assembled.catalogue
    wanted = product(catalogue.taxonomy, list(catalogue.languages))
    return {catalogue.interface.text(f"need.{term}", code) for term, code in wanted}
