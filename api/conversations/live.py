"""What staff change while the program runs: read anew as soon as a second person has approved it.

Each reply asks for one number. Only when it has gone up are the approved versions read and handed to the followers,
each of which takes what is its own.
"""

import logging
import time
from collections.abc import Callable, Sequence
from threading import Lock

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.database import Database
from api.versions import repository, service
from api.versions.service import Current

log = logging.getLogger(__name__)
Follower = Callable[[Current], None]
QUIET = 30.0
"""Seconds in which a database that failed is not asked again by a page: somebody in danger may wait behind it."""


class Live:
    """`followers` must leave what they have as it is when they fail: a family is answered with the earlier state."""

    def __init__(self, followers: Sequence[Follower] = ()) -> None:
        self._followers = followers
        self._seen = 0
        self._lock = Lock()
        self._quiet_until = float("-inf")

    def keep_up(self, database: Database) -> None:
        """`follow` for a page: a database that fails leaves all as it is."""
        if time.monotonic() < self._quiet_until:
            return
        try:
            with database.read() as session:
                self.follow(session)
        except SQLAlchemyError as error:
            self._quiet_until = time.monotonic() + QUIET
            log.error("approved data could not be read: %s", type(error).__name__)

    def follow(self, session: Session) -> None:
        count = repository.count_approved(session)
        if count == self._seen:
            return
        with self._lock:
            if count != self._seen:
                current = service.current(session)
                for follower in self._followers:
                    _hand_over(current, follower)
                self._seen = count


def _hand_over(current: Current, follower: Follower) -> None:
    try:
        follower(current)
    except Exception as error:
        log.error("approved data could not be taken over: %s", type(error).__name__)
