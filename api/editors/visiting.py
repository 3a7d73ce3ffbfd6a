"""What every page for editors asks for."""

from typing import Annotated

from fastapi import Depends, Form

from api.accounts.service import Visitor
from api.accounts.visiting import require
from api.conversations.assembly import Parts
from api.dependencies import parts

Assembled = Annotated[Parts, Depends(parts)]
Editor = Annotated[Visitor, Depends(require("editor", "admin"))]
Typed = Annotated[str, Form(max_length=500)]
Keeper = Annotated[Visitor, Depends(require("editor", "approver", "admin"))]
Reader = Annotated[Visitor, Depends(require("editor", "translator", "approver", "admin"))]
