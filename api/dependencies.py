"""What every endpoint may ask for."""

from fastapi import Request

from api.conversations.assembly import Parts


async def parts(request: Request) -> Parts:
    """The assembled application of this process. Async, as every dependency that does not wait: a thread costs more."""
    assembled: Parts = request.app.state.parts
    return assembled
