"""The languages on offer: an administrator proposes one, or a change of one, and a second person approves it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.responses import RedirectResponse

from api.accounts.service import Forbidden, Visitor
from api.accounts.visiting import Admin, go, same_form
from api.content.known_languages import addable, begun
from api.content.language_rules import CODE, weaker
from api.content.languages import KIND, Language
from api.content.scripts import scripts
from api.conversations.assembly import Parts
from api.editors import reviewed
from api.editors.languages.form import LABELS, Typed, differences, read, shown
from api.editors.languages.judging import problems_of
from api.editors.languages.standing import needs, rows
from api.editors.reviewed import DONE, Verb
from api.editors.visiting import Assembled, Decider, Reader
from api.errors import BumplineError, NotFound, Unusable
from api.versions import repository as versions
from api.versions.service import Proposal, ProposedMeanwhile
from api.web.staff_pages import HEADERS, StaffRoute, staff_page

LANGUAGES = "/editors/languages"
router = APIRouter(prefix=LANGUAGES, tags=["editors"], route_class=StaffRoute, include_in_schema=False)
Code = Annotated[str, Path(max_length=20)]
Short = Annotated[str, Query(max_length=20)]
Filled = Annotated[Typed, Depends()]


@router.get("")
def listing(request: Request, assembled: Assembled, visitor: Reader) -> Response:
    with assembled.database.read() as session:
        listed = rows(session, assembled)
    return staff_page(request, "editors/languages.html", rows=listed, may_propose="admin" in visitor.roles)


@router.get("/add-one")
def choose(request: Request, assembled: Assembled, visitor: Admin, code: Short = "", other: Short = "") -> Response:
    """CLDR's languages to choose from, and a box for a code that it does not have."""
    wanted = (other or code).strip().casefold()
    if CODE.fullmatch(wanted):
        return go(f"{LANGUAGES}/{wanted}")
    problem = "Choose a language, or write its code of two or three letters." if wanted else ""
    return staff_page(
        request,
        "editors/language_add.html",
        status=422 if problem else 200,
        choices=addable(assembled.catalogue.languages),
        problem=problem,
        other=other,
    )


@router.get("/{language}")
def one(request: Request, assembled: Assembled, visitor: Reader, language: Code, done: Short = "") -> Response:
    """What counts, what waits, what is missing; for an administrator a form, begun from CLDR for a new language."""
    return _page(request, assembled, visitor, language, done=done)


@router.post("/{language}", dependencies=[Depends(same_form)])
def propose(request: Request, assembled: Assembled, visitor: Admin, language: Code, filled: Filled) -> Response:
    wanted = read(language, filled.fields)
    with assembled.database.read() as session:
        problems = problems_of(session, assembled, wanted)
    before = assembled.catalogue.languages.get(language)
    lost = weaker(before, wanted)
    if lost and not filled.is_weaker:
        problems["weaker"] = f"{', '.join(lost)} would no longer end texts. Tick it if you mean it."
    if problems:
        return _page(request, assembled, visitor, language, fields=filled.fields, problems=problems, filled=filled)
    body = wanted.model_dump(mode="json")
    try:
        if before == wanted:
            raise Unusable("Nothing is different, so there is nothing to save.")
        with assembled.database.write() as session:
            proposal = Proposal(KIND, language, body, filled.base, filled.reason)
            reviewed.propose(session, visitor, proposal, before.model_dump(mode="json") if before else None)
    except (Unusable, ProposedMeanwhile) as error:
        return _page(
            request, assembled, visitor, language, fields=filled.fields, filled=filled,
            problems={"form": error.message}, status=error.status,
        )  # fmt: skip
    return RedirectResponse(f"{LANGUAGES}/{language}?done=proposed", status_code=303, headers=HEADERS)


@router.post("/{language}/{number}/{decision}", dependencies=[Depends(same_form)])
def decide(
    request: Request, assembled: Assembled, visitor: Decider, language: Code, number: int, decision: Verb
) -> Response:
    """Looks at it once more: another language may have been approved since it was proposed."""
    before = assembled.catalogue.languages.get(language)
    try:
        with assembled.database.write() as session:
            row = reviewed.numbered(session, KIND, language, number)
            problems = (
                problems_of(session, assembled, Language.model_validate(row.body)) if decision == "approve" else {}
            )
            if problems:
                raise Unusable(" ".join(f"{LABELS.get(field, field)}: {told}" for field, told in problems.items()))
            reviewed.decide(session, visitor, row, decision, before.model_dump(mode="json") if before else None)
    except (NotFound, Forbidden):
        raise
    except BumplineError as error:
        return _page(request, assembled, visitor, language, problems={"decide": error.message}, status=error.status)
    assembled.conversations.keep_up()
    target = f"{LANGUAGES}/{language}" if language in assembled.catalogue.languages else LANGUAGES
    return RedirectResponse(f"{target}?done={DONE[decision]}", status_code=303, headers=HEADERS)


def _page(
    request: Request,
    assembled: Parts,
    visitor: Visitor,
    code: str,
    *,
    fields: dict[str, Any] | None = None,
    problems: dict[str, str] | None = None,
    filled: Typed | None = None,
    status: int = 422,
    done: str = "",
) -> Response:
    counting = assembled.catalogue.languages.get(code)
    with assembled.database.read() as session:
        history = versions.history(session, KIND, code)
        waiting = reviewed.waiting(history)
        _refuse_unknown(visitor, code, is_there=bool(counting or history))
        newest = Language.model_validate(waiting.body) if waiting else counting or begun(code)
        return staff_page(
            request,
            "editors/language.html",
            status=status if problems else 200,
            code=code,
            counting=counting,
            newest=newest,
            fields=fields or shown(newest),
            problems=problems or {},
            filled=filled,
            base=reviewed.newest_number(history),
            history=history,
            waiting=waiting,
            differences=differences(counting, newest) if waiting else [],
            weaker=weaker(counting, newest) if waiting else [],
            needs=needs(session, assembled, newest) if counting else [],
            scripts=scripts(),
            languages=assembled.catalogue.languages,
            may_propose="admin" in visitor.roles,
            may_decide=visitor.may("approver", "admin"),
            is_own=waiting is not None and waiting.author_id == visitor.account_id,
            done=done,
        )


def _refuse_unknown(visitor: Visitor, code: str, *, is_there: bool) -> None:
    if not is_there and not ("admin" in visitor.roles and CODE.fullmatch(code)):
        raise NotFound(f"There is no language {code[:20]}.")
