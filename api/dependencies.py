"""What every endpoint may ask for."""

from fastapi import Request

from api.conversations.assembly import Parts


def parts(request: Request) -> Parts:
    """The assembled application of this process."""
    assembled: Parts = request.app.state.parts
    return assembled
