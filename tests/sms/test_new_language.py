"""A language approved while the worker runs: its letters are heard, and its words for STOP and START obeyed."""

from api.content.known_languages import begun
from api.person import Person
from api.versions import service as versions
from api.versions.service import Proposal
from tests.sms.conftest import Room

TIGRINYA = begun("ti").model_copy(update={"stop": ("ኣቋርጽ",), "start": ("ጀምር",)})
HELLO = "ሰላም ከመይ ኣለኹም"


def approve(room: Room) -> None:
    with room.parts.database.write() as session:
        proposal = Proposal("language", "ti", TIGRINYA.model_dump(mode="json"), 0)
        made = versions.propose(session, proposal, Person("An Admin", "a1"))
        versions.approve(session, made.id, Person("An Approver", "a2"))


def test_a_family_texts_in_it_stops_and_starts_again(room: Room) -> None:
    assert room.answer("ኣቋርጽ"), "before, it is a text like any other"
    assert not room.is_suppressed()
    approve(room)
    answer = " ".join(room.answer(HELLO))
    assert "not in your language yet" in answer
    assert len(room.answer("ኣቋርጽ")) == 1
    assert room.is_suppressed()
    assert room.answer(HELLO) == []
    assert "999" in room.answer("my baby is not breathing")[0]
    assert room.is_suppressed()
    assert room.answer("ጀምር")
    assert not room.is_suppressed()
    assert room.answer("STOP")
    assert room.is_suppressed()
