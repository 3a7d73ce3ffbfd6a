"""`make run`: prepares what is missing, starts bot, actions and api, and stops every one of them again."""

import os
import signal
import sys
from pathlib import Path

from api.accounts.demonstration import demonstration_people
from api.accounts.service import Accounts
from api.cli import derive, load_content, migrate
from api.content.languages import offered
from api.database import Database
from api.errors import BumplineError
from api.launch.model import BOT, train_if_changed
from api.launch.ports import free_port, refuse_taken_port
from api.launch.processes import Stack
from api.launch.progress import Progress
from api.launch.swapping import JOURNAL, undo_interrupted
from api.settings import ROOT, Settings, get_settings

STEPS = 5


def main() -> int:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _interrupted)
    progress = Progress(STEPS)
    try:
        return _run(progress, int(os.environ.get("PORT", "8000")))
    except BumplineError as error:
        progress.failed(error.message)
    except OSError as error:
        progress.failed(_in_one_sentence(error))
    except KeyboardInterrupt:
        progress.say("Stopped.")
        return 0
    return 1


def _run(progress: Progress, port: int) -> int:
    refuse_taken_port(port)
    with progress.step("Database"):
        (ROOT / "var").mkdir(exist_ok=True)
        migrate(get_settings())
    with progress.step("Starter pack") as note:
        undo_interrupted(BOT, JOURNAL)  # before the derived files are written anew
        derive(get_settings(), check=False)
        note(load_content(get_settings()))
    with progress.step("Model") as note:
        note(train_if_changed(progress.waiting))
    # Without Twilio no real text goes out: then /dev/sms may use the numbers kept for fiction.
    extra = {} if get_settings().has_twilio else {"SMS_ALLOW_FICTION_NUMBERS": "true"}
    stack = Stack(port, free_port(), free_port(), ROOT / "var" / "logs", extra)
    with stack:
        with progress.step("Starting bot, actions and api"):
            stack.start()
            stack.wait_until_ready(progress.waiting)
        progress.ready(stack.url, _demonstration_accounts(get_settings()))
        return stack.wait()


def _demonstration_accounts(settings: Settings) -> list[str]:
    """Who may sign in, with what, and what for; nobody in production."""
    if settings.is_production:
        return []
    database = Database(settings.database_url)
    try:
        with database.read() as session:
            languages = list(offered(session, settings.content_folder))
        people = demonstration_people(Accounts(database, is_production=False), languages)
    finally:
        database.close()
    return [f"{person.email}  {person.password}  ({', '.join(person.roles)})" for person in people]


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def _in_one_sentence(error: OSError) -> str:
    if error.errno == 28:
        return f"The disk is full: free at least 1 GB where {Path.cwd()} lies, then run `make run` again."
    return f"{error.strerror or error}: {error.filename or 'no file named'}. Mend that, then run `make run` again."


if __name__ == "__main__":
    sys.exit(main())
