"""What this room needs of whoever carries texts. The SMS room fits; `main` plugs it in."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from api.conversations.schemas import MessageOut, ServiceOut


class Previewed(Protocol):
    @property
    def body(self) -> str: ...
    @property
    def segments(self) -> int: ...
    @property
    def encoding(self) -> str: ...


class Letters(Protocol):
    """`written`: a number as typed. Methods that take one raise Unusable when it cannot be texted."""

    def number_hash(self, written: str) -> str: ...

    def preview(self, messages: Sequence[MessageOut], services: Sequence[ServiceOut]) -> Sequence[Previewed]: ...

    def has_opted_out(self, session: Session, number_hash: str) -> bool: ...

    def goes_at(self) -> datetime | None: ...

    def send(
        self, session: Session, written: str, messages: Sequence[MessageOut], services: Sequence[ServiceOut], batch: str
    ) -> None: ...

    def states(self, session: Session, batches: Collection[str]) -> dict[str, list[str]]: ...
