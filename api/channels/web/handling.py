"""What a family can do on the page, the same in the widget: look, say, choose a language, delete, leave."""

from collections.abc import Sequence
from dataclasses import replace

from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.channels.web import talking
from api.channels.web.failures import problem_of
from api.channels.web.showing import HEADERS, Problem, chat_page, page
from api.channels.web.talking import Turn
from api.channels.web.visits import CONVERSATION, LANGUAGE, Visit, remember
from api.conversations.assembly import Parts
from api.errors import NotFound, TextEmpty, TextTooLong

LATEST = "#latest"
LEFT_BEHIND = '"cache", "storage"'


def look(assembled: Parts, visit: Visit, *, deleted: bool = False) -> HTMLResponse:
    """The page with everything said so far. Looking stores nothing."""
    return _shown(assembled, visit, talking.turns(assembled, visit.conversation), deleted=deleted)


def look_in(assembled: Parts, visit: Visit, language: str) -> HTMLResponse:
    """The page for someone who came by a link or a printed code that names a language; the browser remembers it."""
    shown = look(assembled, visit)
    if language in assembled.catalogue.languages:
        remember(shown, assembled, LANGUAGE, language)
    return shown


def say(assembled: Parts, visit: Visit, text: str, choice: str) -> Response:
    """Answers, then shows: the new turn to a script, else the page."""
    try:
        turn = talking.ask(assembled, visit.conversation, choice or text, _language_to_start_in(assembled, visit))
    except (TextEmpty, TextTooLong) as error:
        return _typed_wrongly(assembled, visit, problem_of(error, text.replace("\r\n", "\n")), text)
    conversation = turn.reply.conversation_id
    language = talking.language_after(assembled, conversation or None, visit.language)
    seen = replace(visit, conversation=conversation or None, language=language)
    if visit.wants_fragment:
        response = _fragment(assembled, replace(seen, language=visit.language), turn, language)
    else:
        response = _page_after(assembled, seen, turn)
    if conversation and not visit.place.is_widget:
        remember(response, assembled, CONVERSATION, conversation)
    return response


def choose_language(assembled: Parts, visit: Visit, language: str) -> Response:
    """The family's own choice, for the page and for the conversation if there is one."""
    if language not in assembled.catalogue.languages:
        return look(assembled, visit)
    kept = _set_language(assembled, visit, language)
    if visit.place.is_widget:
        return look(assembled, replace(visit, language=language, conversation=kept))
    there = LATEST if kept and talking.turns(assembled, kept) else ""
    response = RedirectResponse(f"{visit.place.home}{there}", status_code=303, headers=HEADERS)
    remember(response, assembled, LANGUAGE, language)
    return response


def confirm_deletion(assembled: Parts, visit: Visit) -> Response:
    language = talking.language_after(assembled, visit.conversation, visit.language)
    return page("delete.html", assembled, replace(visit, language=language))


def delete(assembled: Parts, visit: Visit) -> Response:
    language = talking.language_after(assembled, visit.conversation, visit.language)
    _erase(assembled, visit)
    if visit.place.is_widget:
        return look(assembled, replace(visit, language=language, conversation=None), deleted=True)
    response = RedirectResponse("/?deleted=1", status_code=303, headers=HEADERS)
    response.delete_cookie(CONVERSATION, path="/")
    remember(response, assembled, LANGUAGE, language)
    return response


def forget(assembled: Parts, visit: Visit) -> Response:
    """For someone who leaves in a hurry: nothing stays here or in the browser."""
    _erase(assembled, visit)
    response = Response(status_code=204, headers={**HEADERS, "Clear-Site-Data": LEFT_BEHIND})
    response.delete_cookie(CONVERSATION, path="/")
    response.delete_cookie(LANGUAGE, path="/")
    return response


def privacy(assembled: Parts, visit: Visit) -> HTMLResponse:
    language = talking.language_after(assembled, visit.conversation, visit.language)
    answer = talking.answer(assembled, talking.PRIVACY, language)
    return page("privacy.html", assembled, replace(visit, language=language), answer=answer)


def _shown(
    assembled: Parts,
    visit: Visit,
    turns: Sequence[Turn],
    *,
    problem: Problem | None = None,
    kept: str = "",
    deleted: bool = False,
) -> HTMLResponse:
    seen = replace(visit, language=talking.language_after(assembled, visit.conversation, visit.language))
    greeting = talking.greeting(assembled, seen.language)
    return chat_page(assembled, seen, greeting=greeting, turns=turns, problem=problem, kept=kept, deleted=deleted)


def _page_after(assembled: Parts, visit: Visit, turn: Turn) -> Response:
    """Back to the page; an answer that could not be stored is shown at once, or it would be lost."""
    if not talking.is_kept(assembled, turn):
        return chat_page(assembled, visit, greeting=None, turns=[turn])
    if visit.place.is_widget:
        return look(assembled, visit)
    return RedirectResponse(f"{visit.place.home}{LATEST}", status_code=303, headers=HEADERS)


def _fragment(assembled: Parts, visit: Visit, turn: Turn, language: str) -> Response:
    """`language` is told apart: when it is no longer the page's, the script asks for the page again."""
    response = page("fragments/turn.html", assembled, visit, turn=turn)
    response.headers["Bumpline-Language"] = language
    if visit.place.is_widget:
        response.headers["Bumpline-Conversation"] = turn.reply.conversation_id
    return response


def _typed_wrongly(assembled: Parts, visit: Visit, problem: Problem, text: str) -> Response:
    if visit.wants_fragment:
        return page("fragments/problem.html", assembled, visit, status=problem.status, problem=problem)
    turns = talking.turns(assembled, visit.conversation)
    return _shown(assembled, visit, turns, problem=problem, kept=text)


def _language_to_start_in(assembled: Parts, visit: Visit) -> str | None:
    """A page that already speaks another language decides; else the first message may."""
    is_default = visit.language == assembled.settings.default_language
    return None if is_default and not visit.chosen else visit.language


def _set_language(assembled: Parts, visit: Visit, language: str) -> str | None:
    """The conversation it was set in. The widget has no cookie, so there the choice starts one."""
    if visit.conversation is not None:
        try:
            assembled.conversations.set_language(visit.conversation, language)
            return visit.conversation
        except NotFound:
            pass
    if visit.place.is_widget:
        return assembled.conversations.start(language=language, channel="web").conversation_id
    return None


def _erase(assembled: Parts, visit: Visit) -> None:
    if visit.conversation is not None:
        assembled.conversations.erase(visit.conversation)
