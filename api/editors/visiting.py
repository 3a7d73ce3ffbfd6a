"""What every page for editors asks for."""

from typing import Annotated, Any, ClassVar

from fastapi import Depends, Form, Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from api.accounts.service import Visitor
from api.accounts.visiting import accounts, anyone, require
from api.conversations.assembly import Parts
from api.dependencies import parts
from api.web.staff_pages import StaffRoute

Assembled = Annotated[Parts, Depends(parts)]
EDITORS = ("editor", "admin")
READERS = ("editor", "translator", "approver", "admin")
Editor = Annotated[Visitor, Depends(require(*EDITORS))]
Typed = Annotated[str, Form(max_length=500)]
Keeper = Annotated[Visitor, Depends(require("editor", "approver", "admin"))]
Decider = Annotated[Visitor, Depends(require("approver", "admin"))]
Reader = Annotated[Visitor, Depends(require(*READERS))]


class AskedFirst(APIRoute):
    """Asks who is there before the body is read: nobody but `roles` may make us take in a large file."""

    roles: ClassVar[tuple[str, ...]] = EDITORS

    def get_route_handler(self) -> Any:
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            visitor = await run_in_threadpool(anyone, request, accounts(request))
            require(*self.roles)(visitor)
            answer: Response = await inner(request)
            return answer

        return handler


class PhrasesRoute(StaffRoute, AskedFirst):
    """Lists of phrases of danger come in large forms."""

    roles: ClassVar[tuple[str, ...]] = READERS
