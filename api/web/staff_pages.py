"""Pages for staff: nhsuk-frontend's components, drawn on the server, without any script."""

from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader
from starlette.responses import HTMLResponse, RedirectResponse

from api.errors import BumplineError
from api.origin import is_ours
from api.typed import refusing
from api.web.static_files import FOLDER, static_url

LONDON = ZoneInfo("Europe/London")
SIGN_IN = "/sign-in"
HEADERS = {"Referrer-Policy": "same-origin"}


class FromElsewhere(BumplineError):
    status = 403
    code = "from_another_site"


@cache
def environment() -> Environment:
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(FOLDER.parent / "templates"), PackageLoader("nhsuk_frontend_jinja")]),
        undefined=ChainableUndefined,  # what nhsuk-frontend-jinja asks for
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(static=static_url)
    made.filters["clock"] = clock
    return made


def clock(moment: datetime) -> str:
    """A moment as the clock in Leicester shows it: "26 November 2026, 08:00"."""
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B %Y, %H:%M}"


def staff_page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page `template` of templates/staff for whoever is signed in (request.state.visitor)."""
    settings = request.app.state.parts.settings
    html = (
        environment()
        .get_template(f"staff/{template}")
        .render(
            visitor=getattr(request.state, "visitor", None),
            path=request.url.path,
            is_demonstration=not settings.is_production,
            **values,
        )
    )
    return HTMLResponse(html, status_code=status, headers=HEADERS)


def staff_text(template: str, **values: Any) -> str:
    """A plain text of templates/staff, for an e-mail: nothing in it is escaped."""
    return environment().get_template(f"staff/{template}").render(**values).strip()


class StaffRoute(APIRoute):
    """Refuses forms of other sites; a failure ends as a page that says what to do, a missing sign-in as its form."""

    def get_route_handler(self) -> Any:
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                base = request.app.state.parts.settings.public_base_url
                if request.method == "POST" and not is_ours(request.headers, base):
                    raise FromElsewhere(
                        "This form works only from its own page. Open the page again and send it there."
                    )
                with refusing():
                    answer: Response = await inner(request)
                return answer
            except BumplineError as error:
                if error.status == 401 and request.method == "GET":
                    return _sign_in_first(request)
                return _problem(request, error.message, error.status)
            except RequestValidationError as error:
                first = error.errors()[0]
                return _problem(request, f"{first['loc'][-1]}: {first['msg']}.", 422)

        return handler


def _sign_in_first(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    target = request.url.replace(scheme="", netloc="", path=SIGN_IN, query="").include_query_params(
        next=f"{request.url.path}{query}"
    )
    return RedirectResponse(str(target), status_code=303, headers=HEADERS)


def _problem(request: Request, message: str, status: int) -> HTMLResponse:
    return staff_page(request, "problem.html", status=status, message=message)
