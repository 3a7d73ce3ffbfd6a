"""A page, or the part of it that a script asked for: the same templates make both."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from api.channels.web.formatting import blocks, dialled
from api.channels.web.labels import language_of
from api.channels.web.service_cards import number, site, whereabouts
from api.channels.web.talking import Greeting, Turn
from api.channels.web.urgency import call_for
from api.channels.web.visits import Visit
from api.channels.web.words import Words
from api.conversations.assembly import Parts
from api.conversations.schemas import TEXT_LIMIT
from api.web.static_files import FOLDER, static_url

EXIT = "https://www.bbc.co.uk/weather"
REASONS = {
    "not_my_question": "feedback_not_my_question",
    "unclear": "feedback_unclear",
    "wrong": "feedback_wrong",
    "language": "feedback_language",
    "other": "reason_other",
}
"""Why an answer did not help, and the word of the pages for it."""
HEADERS = {"Referrer-Policy": "same-origin"}
"""Other sites learn nothing of where a reader came from; our own forms still say that they are ours."""


@dataclass(frozen=True)
class Problem:
    """What went wrong, as a key of the interface words, and the HTTP status."""

    key: str
    status: int
    count: int = 0


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER.parent / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        blocks=blocks,
        call_for=call_for,
        language_of=language_of,
        static=static_url,
        exit_url=EXIT,
        limit=TEXT_LIMIT,
        reasons=REASONS,
    )
    made.filters.update(dialled=dialled, number=number, site=site, whereabouts=whereabouts)
    return made


def chat_page(
    assembled: Parts,
    visit: Visit,
    *,
    greeting: Greeting | None,
    turns: Sequence[Turn],
    problem: Problem | None = None,
    kept: str = "",
    deleted: bool = False,
    status: int = 200,
) -> HTMLResponse:
    """The whole page. `kept` is what was typed and must not be lost. `status`: unless a problem has its own."""
    values = {"greeting": greeting, "turns": turns, "problem": problem, "kept": kept, "deleted": deleted}
    return page("chat.html", assembled, visit, status=problem.status if problem else status, **values)


def problem_shown(assembled: Parts, visit: Visit, problem: Problem, kept: str) -> HTMLResponse:
    """`problem` without touching the database: alone for a script, else with the box and what was typed."""
    if visit.wants_fragment:
        return page("fragments/problem.html", assembled, visit, status=problem.status, problem=problem)
    return chat_page(assembled, visit, greeting=None, turns=[], problem=problem, kept=kept)


def page(template: str, assembled: Parts, visit: Visit, *, status: int = 200, **values: Any) -> HTMLResponse:
    catalogue = assembled.catalogue
    words = Words(catalogue.interface, catalogue.languages, visit.language)
    made = environment().get_template(f"families/{template}")
    html = made.render(
        w=words,
        visit=visit,
        place=visit.place,
        languages=catalogue.languages,
        is_demonstration=not assembled.settings.is_production,
        **values,
    )
    return HTMLResponse(html, status_code=status, headers=HEADERS)
