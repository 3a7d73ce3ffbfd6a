"""The one application. Rooms are plugged in here and nowhere else."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from api import health
from api.accounts import routes as accounts
from api.accounts.visiting import prepare
from api.channels.sms import rooms as sms
from api.channels.sms.letters import letters
from api.channels.web import endpoints as web
from api.channels.web import pages
from api.conversations.assembly import assemble
from api.directory import endpoints as directory
from api.directory import feed
from api.editors.directory import desk, editing, importing
from api.editors.families import examples, feedback, unanswered
from api.editors.languages import pages as languages
from api.editors.messages import approvals, decisions, facts, files, overview, suggestions, trying
from api.editors.messages import desk as message_desk
from api.editors.red_flags import deciding, listing
from api.editors.red_flags import overview as red_flags
from api.editors.topics import pages as topics
from api.editors.words import desk as words_desk
from api.editors.words import history as words_history
from api.editors.words import review as words_review
from api.logs import strike_out_everywhere
from api.middleware import RateLimit, add_error_handlers, add_middleware
from api.reminders import endpoints as reminders
from api.settings import Settings, get_settings
from api.signposting import endpoints as signposting
from api.signposting import texting
from api.worker import EmbeddedWorker


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application with `settings`, or those of the environment."""
    chosen = settings or get_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        strike_out_everywhere()
        app.state.parts = assemble(chosen)
        app.state.letters = letters(chosen)
        prepare(app, chosen)
        app.state.parts.conversations.prepare()
        # What is loaded stays: the collector need not walk it again and again (pauses of 150 ms were measured).
        gc.collect()
        gc.freeze()
        worker = EmbeddedWorker(app.state.parts) if chosen.worker_embedded else None
        if worker:
            worker.start()
        yield
        if worker:
            worker.stop()
        app.state.parts.close()

    app = FastAPI(title="Bumpline", lifespan=lifespan, docs_url=None, redoc_url=None, redirect_slashes=False)
    limited = [Depends(RateLimit(chosen.rate_limit_per_minute, chosen.bot_token))]
    app.include_router(health.router)
    app.include_router(web.router, dependencies=limited)
    app.include_router(directory.router, dependencies=limited)
    app.include_router(feed.router, dependencies=limited)
    app.include_router(pages.router, dependencies=limited)
    app.include_router(accounts.router, dependencies=limited)
    for room in (
        signposting,
        texting,
        importing,
        desk,
        editing,
        overview,
        files,
        approvals,
        decisions,
        approvals,
        suggestions,
        facts,
        message_desk,
        trying,
        reminders,
        feedback,
        unanswered,
        examples,
        words_desk,
        words_review,
        words_history,
        red_flags,
        listing,
        deciding,
        languages,
        topics,
    ):
        app.include_router(room.router, dependencies=limited)
    pages.mount_static(app)
    sms.add_routes(app, chosen)
    add_error_handlers(app)
    add_middleware(app, frame_ancestors=chosen.embed_origins or "'self'")
    return app
