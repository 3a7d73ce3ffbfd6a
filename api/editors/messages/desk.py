"""One message in one language: its English beside it, what is wrong with it, and what families would see."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse

from api.accounts import audit
from api.accounts.service import Forbidden, Visitor
from api.accounts.visiting import same_form
from api.content import authoring, drafting, repository
from api.content.approving import english_for
from api.content.authoring import CHANGES, Words, WrittenMeanwhile
from api.content.files import suggesting
from api.content.glossary import load_glossary
from api.content.languages import ENGLISH, Language
from api.content.models import Message, Revision
from api.content.questions import first_words
from api.content.service import revision, words_of
from api.content.source import FIELDS
from api.content.standing import standings
from api.conversations.assembly import Parts
from api.editors.messages import offered
from api.editors.messages.original import original
from api.editors.messages.overview import MESSAGES, queue_length
from api.editors.messages.panel import Panel, panel
from api.editors.messages.rights import may_approve, may_write
from api.editors.visiting import Assembled, Reader
from api.errors import BumplineError, NotFound, Unusable
from api.person import Person
from api.web.staff_pages import HEADERS, StaffRoute, environment, staff_page

router = APIRouter(prefix=MESSAGES, tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Said = Annotated[str, Form(max_length=5000)]
Number = Annotated[int, Form(ge=0)]


class Typed:
    """What came with the form."""

    def __init__(
        self, title: Said = "", web: Said = "", sms: Said = "", base: Number = 0, english: Number = 0,
        change: Said = "", sure: Said = "", action: Said = "save", suggestion: Number = 0,
    ) -> None:  # fmt: skip
        # A browser ends the lines of a form with a carriage return too.
        self.fields = {n: text.replace("\r\n", "\n") for n, text in (("title", title), ("web", web), ("sms", sms))}
        self.base, self.english, self.action, self.is_sure = base, english, action, bool(sure)
        self.suggestion = suggestion
        self.change = next((known for known in CHANGES if known == change), None)


Filled = Annotated[Typed, Depends()]


@router.get("/{topic}/{question}/{language}")
def desk(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    topic: str,
    question: str,
    language: str,
    done: str = "",
    suggestion: offered.Chosen = 0,
) -> Response:
    """The newest words, one's own draft of them, or the words of a suggestion, put into the form."""
    key, own = f"{topic}/{question}", the_language(assembled, language)
    with assembled.database.read() as session:
        held = drafting.draft(session, visitor.account_id, key, own.code)
        chosen = suggesting.suggestion(session, key, own.code, suggestion) if suggestion else None
        draft = None if chosen else held
        newest = repository.newest(session, key, own.code)
        begun = chosen or draft
        fields = begun.words if begun else words_of(newest) if newest else _unwritten(session, key, own)
        base = draft.base if draft else newest.number if newest else 0
        shown: dict[str, Any] = {"draft": draft, "held": held, "suggestion": suggestion, "done": done[:20]}
        return _page(request, assembled, session, visitor, key, own, fields, base=base, **shown)


@router.post("/{topic}/{question}/{language}", dependencies=[Depends(same_form)])
def save(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    topic: str,
    question: str,
    language: str,
    filled: Filled,
) -> Response:
    """Saves a revision: errors block, warnings ask once. `check` only shows; `keep` keeps it as one's own draft."""
    key, own = f"{topic}/{question}", the_language(assembled, language)
    refuse_stranger(visitor, own)
    try:
        if filled.action == "keep":
            return _kept(assembled, visitor, key, own, filled)
        if filled.action == "save":
            return _saved(assembled, visitor, key, own, filled)
        problem = None
    except (Unusable, WrittenMeanwhile) as error:
        problem = error
    with assembled.database.read() as session:
        shown: dict[str, Any] = {"base": filled.base, "problem": problem, "change": filled.change}
        shown["suggestion"] = filled.suggestion
        if isinstance(problem, WrittenMeanwhile):
            shown |= {"base": problem.newest.number, "theirs": problem.newest}
        return _page(request, assembled, session, visitor, key, own, filled.fields, **shown)


@router.post("/{topic}/{question}/{language}/look", dependencies=[Depends(same_form)])
def look(assembled: Assembled, visitor: Reader, topic: str, question: str, language: str, filled: Filled) -> Response:
    """Keeps what is typed as a draft, and answers with the panel beside it: for the page's own script."""
    key, own = f"{topic}/{question}", the_language(assembled, language)
    refuse_stranger(visitor, own)
    with assembled.database.write() as session:
        drafting.keep(session, visitor.account_id, key, own.code, filled.fields, filled.base)
        beside = _panel(assembled, session, key, own, filled.fields)
    html = environment().get_template("staff/editors/panel.html").render(panel=beside, own=own, kept=True)
    return HTMLResponse(html, headers=HEADERS)


def _unwritten(session: Session, key: str, own: Language) -> dict[str, str]:
    return first_words(session, key) if own.code == ENGLISH else dict.fromkeys(FIELDS, "")


def _saved(assembled: Parts, visitor: Visitor, key: str, own: Language, filled: Typed) -> Response:
    words = Words(key, own, filled.fields, filled.base, filled.english, filled.change)
    with assembled.database.write() as session:
        beside = _panel(assembled, session, key, own, filled.fields)
        if beside.warnings and not beside.errors and not filled.is_sure:
            raise Unusable(
                "Something looks doubtful. Look at each warning, then tick that it is right, and save again."
            )
        before = repository.newest(session, key, own.code)
        glossary = load_glossary(assembled.settings.content_folder)
        made = authoring.save(session, words, Person(visitor.name, visitor.account_id), glossary)
        drafting.forget(session, visitor.account_id, key, own.code)
        audit.record(
            session,
            by=visitor,
            what="message.written",
            subject=f"{key} ({own.code}), revision {made.number}",
            before=words_of(before) if before else None,
            after=words_of(made) | {"change": made.change},
        )
        offered.take(session, visitor, made, filled.suggestion)
    return RedirectResponse(f"{MESSAGES}/{key}/{own.code}?done=saved", status_code=303, headers=HEADERS)


def _kept(assembled: Parts, visitor: Visitor, key: str, own: Language, filled: Typed) -> Response:
    with assembled.database.write() as session:
        drafting.keep(session, visitor.account_id, key, own.code, filled.fields, filled.base)
    return RedirectResponse(f"{MESSAGES}/{key}/{own.code}?done=kept", status_code=303, headers=HEADERS)


@router.post("/{topic}/{question}/{language}/forget", dependencies=[Depends(same_form)])
def forget(assembled: Assembled, visitor: Reader, topic: str, question: str, language: str) -> Response:
    """Throws away one's own draft."""
    key, own = f"{topic}/{question}", the_language(assembled, language)
    with assembled.database.write() as session:
        drafting.forget(session, visitor.account_id, key, own.code)
    return RedirectResponse(f"{MESSAGES}/{key}/{own.code}", status_code=303, headers=HEADERS)


def _page(
    request: Request,
    assembled: Parts,
    session: Session,
    visitor: Visitor,
    key: str,
    own: Language,
    fields: Mapping[str, str],
    *,
    base: int,
    problem: BumplineError | None = None,
    **values: Any,
) -> Response:
    message = the_message(session, key)
    newest = repository.newest(session, key, own.code)
    found = standings(session, list(assembled.catalogue.languages), None if own.code != ENGLISH else [key])
    beside, english = _panel(assembled, session, key, own, fields), original(session, key, own, newest)
    return staff_page(
        request,
        "editors/message.html",
        status=problem.status if problem else 200,
        message=message,
        own=own,
        languages=assembled.catalogue.languages,
        cells=found.cells,
        left=queue_length(found, own.code) if own.code != ENGLISH else 0,
        progress=found.progress(own.code),
        fields=fields,
        base=base,
        newest=newest,
        panel=beside,
        problem=problem.message if problem else "",
        english=english,
        suggestions=offered.offers(session, key, own, newest, english["fields"] if english else {}),
        effects=_effects(session, key, own, newest),
        may_write=may_write(visitor, own.code),
        may_approve=may_approve(visitor, own.code, message.level),
        is_own=newest is not None and newest.author_id == visitor.account_id,
        **values,
    )


def _effects(session: Session, key: str, own: Language, newest: Revision | None) -> dict[str, Any]:
    """Kind of change -> what it does to each translation; told before an editor saves."""
    if own.code != ENGLISH or newest is None:
        return {}
    return {change: authoring.effects(session, key, change) for change in CHANGES}


def _panel(
    assembled: Parts,
    session: Session,
    key: str,
    own: Language,
    fields: Mapping[str, str],
) -> Panel:
    english = fields
    if own.code != ENGLISH:
        read = english_for(session, key)
        english = words_of(revision(session, key, ENGLISH, read.number)) if read else fields
    return panel(key, fields, english, own, assembled.settings.content_folder)


def the_message(session: Session, key: str) -> Message:
    """Raises NotFound."""
    message = repository.message(session, key)
    if message is None:
        raise NotFound(f"There is no message {key}.")
    return message


def the_language(assembled: Parts, code: str) -> Language:
    """Raises NotFound."""
    language = assembled.catalogue.languages.get(code)
    if language is None:
        raise NotFound(f"There is no language {code}.")
    return language


def refuse_stranger(visitor: Visitor, own: Language) -> None:
    """Raises Forbidden for who may not write in a language."""
    if not may_write(visitor, own.code):
        raise Forbidden(f"You may read this, and not write in {own.name_in_english}. Ask your administrator.")
