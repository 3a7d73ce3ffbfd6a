"""One message in one language: its English beside it, what is wrong with it, and what families would see."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse

from api.accounts import audit
from api.accounts.colleagues import colleagues
from api.accounts.service import Visitor
from api.accounts.visiting import same_form
from api.content import authoring, drafting, repository
from api.content.approving import english_for
from api.content.authoring import CHANGES, Words, WrittenMeanwhile
from api.content.files import suggesting
from api.content.glossary import load_glossary
from api.content.languages import ENGLISH
from api.content.models import Revision
from api.content.questions import first_words
from api.content.service import revision, words_of
from api.content.source import FIELDS
from api.content.standing import standings
from api.conversations.assembly import Parts
from api.editors.messages import offered
from api.editors.messages.at import At, Here, refuse_stranger, the_message
from api.editors.messages.original import original
from api.editors.messages.overview import MESSAGES, queue_length
from api.editors.messages.panel import Before, Panel, panel
from api.editors.visiting import Assembled, Reader
from api.errors import BumplineError, Unusable
from api.person import Person
from api.rights import may_approve, may_write
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
    here: Here,
    done: str = "",
    suggestion: offered.Chosen = 0,
) -> Response:
    """The newest words, one's own draft of them, or the words of a suggestion, put into the form."""
    with assembled.database.read() as session:
        held = drafting.draft(session, visitor.account_id, here.key, here.code)
        chosen = suggesting.suggestion(session, here.key, here.code, suggestion) if suggestion else None
        draft = None if chosen else held
        newest = repository.newest(session, here.key, here.code)
        begun = chosen or draft
        fields = begun.words if begun else words_of(newest) if newest else _unwritten(session, here)
        base = draft.base if draft else newest.number if newest else 0
        shown: dict[str, Any] = {"draft": draft, "held": held, "suggestion": suggestion, "done": done[:20]}
        return _page(request, assembled, session, visitor, here, fields, base=base, **shown)


@router.post("/{topic}/{question}/{language}", dependencies=[Depends(same_form)])
def save(
    request: Request,
    assembled: Assembled,
    visitor: Reader,
    here: Here,
    filled: Filled,
) -> Response:
    """Saves a revision: errors block, warnings ask once. `check` only shows; `keep` keeps it as one's own draft."""
    refuse_stranger(visitor, here.language)
    try:
        if filled.action == "keep":
            return _kept(assembled, visitor, here, filled)
        if filled.action == "save":
            return _saved(assembled, visitor, here, filled)
        problem = None
    except (Unusable, WrittenMeanwhile) as error:
        problem = error
    with assembled.database.read() as session:
        shown: dict[str, Any] = {"base": filled.base, "problem": problem, "change": filled.change}
        shown["suggestion"] = filled.suggestion
        if isinstance(problem, WrittenMeanwhile):
            shown |= {"base": problem.newest.number, "theirs": problem.newest}
        return _page(request, assembled, session, visitor, here, filled.fields, **shown)


@router.post("/{topic}/{question}/{language}/look", dependencies=[Depends(same_form)])
def look(assembled: Assembled, visitor: Reader, here: Here, filled: Filled) -> Response:
    """Keeps what is typed as a draft, and answers with the panel beside it: for the page's own script."""
    refuse_stranger(visitor, here.language)
    with assembled.database.write() as session:
        drafting.keep(session, visitor.account_id, here.key, here.code, filled.fields, filled.base)
        beside = _panel(assembled, session, here, filled.fields)
    html = environment().get_template("staff/editors/panel.html").render(panel=beside, own=here.language, kept=True)
    return HTMLResponse(html, headers=HEADERS)


def _unwritten(session: Session, here: At) -> dict[str, str]:
    return first_words(session, here.key) if here.code == ENGLISH else dict.fromkeys(FIELDS, "")


def _saved(assembled: Parts, visitor: Visitor, here: At, filled: Typed) -> Response:
    words = Words(here.key, here.language, filled.fields, filled.base, filled.english, filled.change)
    with assembled.database.write() as session:
        beside = _panel(assembled, session, here, filled.fields)
        if beside.warnings and not beside.errors and not filled.is_sure:
            raise Unusable(
                "Something looks doubtful. Look at each warning, then tick that it is right, and save again."
            )
        before = repository.newest(session, here.key, here.code)
        glossary = load_glossary(assembled.settings.content_folder)
        made = authoring.save(session, words, Person(visitor.name, visitor.account_id), glossary)
        drafting.forget(session, visitor.account_id, here.key, here.code)
        audit.record(
            session,
            by=visitor,
            what="message.written",
            subject=f"{here.key} ({here.code}), revision {made.number}",
            before=words_of(before) if before else None,
            after=words_of(made) | {"change": made.change},
        )
        offered.take(session, visitor, made, filled.suggestion)
    return RedirectResponse(f"{MESSAGES}/{here.key}/{here.code}?done=saved", status_code=303, headers=HEADERS)


def _kept(assembled: Parts, visitor: Visitor, here: At, filled: Typed) -> Response:
    with assembled.database.write() as session:
        drafting.keep(session, visitor.account_id, here.key, here.code, filled.fields, filled.base)
    return RedirectResponse(f"{MESSAGES}/{here.key}/{here.code}?done=kept", status_code=303, headers=HEADERS)


@router.post("/{topic}/{question}/{language}/forget", dependencies=[Depends(same_form)])
def forget(assembled: Assembled, visitor: Reader, here: Here) -> Response:
    """Throws away one's own draft."""
    with assembled.database.write() as session:
        drafting.forget(session, visitor.account_id, here.key, here.code)
    return RedirectResponse(f"{MESSAGES}/{here.key}/{here.code}", status_code=303, headers=HEADERS)


def _page(
    request: Request,
    assembled: Parts,
    session: Session,
    visitor: Visitor,
    here: At,
    fields: Mapping[str, str],
    *,
    base: int,
    problem: BumplineError | None = None,
    **values: Any,
) -> Response:
    message = the_message(session, here.key)
    newest = repository.newest(session, here.key, here.code)
    found = standings(session, list(assembled.catalogue.languages), None if here.code != ENGLISH else [here.key])
    beside, english = _panel(assembled, session, here, fields), original(session, here.key, here.language, newest)
    return staff_page(
        request,
        "editors/message.html",
        status=problem.status if problem else 200,
        message=message,
        own=here.language,
        languages=assembled.catalogue.languages,
        cells=found.cells,
        left=queue_length(found, here.code) if here.code != ENGLISH else 0,
        progress=found.progress(here.code),
        fields=fields,
        base=base,
        newest=newest,
        panel=beside,
        problem=problem.message if problem else "",
        english=english,
        suggestions=offered.offers(session, here.key, here.language, newest, english["fields"] if english else {}),
        effects=_effects(session, here, newest),
        may_write=may_write(visitor, here.code),
        may_approve=may_approve(visitor, here.code, message.level),
        approvers=_approvers(session, assembled, here, message.level, newest),
        is_own=newest is not None and newest.author_id == visitor.account_id,
        **values,
    )


def _approvers(session: Session, assembled: Parts, here: At, level: str, newest: Revision | None) -> list[str]:
    """Names of those who can approve the newest words: who wrote them cannot."""
    people = colleagues(session, assembled.settings.is_production)
    author_id = newest.author_id if newest else None
    return [one.name for one in people if one.account_id != author_id and may_approve(one, here.code, level)]


def _effects(session: Session, here: At, newest: Revision | None) -> dict[str, Any]:
    """Kind of change -> what it does to each translation; told before an editor saves."""
    if here.code != ENGLISH or newest is None:
        return {}
    return {change: authoring.effects(session, here.key, change) for change in CHANGES}


def _panel(assembled: Parts, session: Session, here: At, fields: Mapping[str, str]) -> Panel:
    english = fields
    if here.code != ENGLISH:
        read = english_for(session, here.key)
        english = words_of(revision(session, here.key, ENGLISH, read.number)) if read else fields
    newest = repository.newest(session, here.key, here.code)
    before = Before(words_of(newest), newest.made_from) if newest else None
    return panel(here.key, fields, english, here.language, assembled.settings.content_folder, before)
