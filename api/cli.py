"""Commands for the people who run Bumpline: `python -m api.cli --help`."""

import argparse
import getpass
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.accounts.service import ROLES, Accounts
from api.content import approving
from api.content import commands as words
from api.content import service as content
from api.content.derived import bot_files
from api.content.findings import SHOWN
from api.content.languages import offered
from api.content.loading import load
from api.content.source import made_from, read_po, read_questions
from api.conversations.assembly import RED_FLAGS
from api.conversations.live_screen import KIND
from api.database import Database
from api.directory import exporting
from api.directory.importing import commands as imports
from api.directory.loading import load_postcodes, load_services
from api.directory.summaries import Summary
from api.errors import BumplineError, NotFound
from api.person import Person
from api.reminders import rooms as reminders
from api.safety import phrase_writing
from api.settings import ROOT, Settings, get_settings
from api.versions import service as versions

PENCE = 4.0
"""An example price of one SMS segment; ask your provider for yours."""


def migrate(settings: Settings) -> None:
    """Brings the database to the newest structure."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "api" / "migrations"))
    config.set_main_option("sqlalchemy.url", settings.database_url.replace("%", "%%"))
    command.upgrade(config, "head")


def load_content(settings: Settings) -> str:
    """Loads words, postcodes and services; says what it did in one line."""
    database = Database(settings.database_url)
    try:
        with database.write() as session:
            languages = offered(session, settings.content_folder)
            report = load(
                session, content=settings.content_folder, locales=settings.locales_folder, languages=languages
            )
            postcodes = load_postcodes(session, settings.content_folder)
            summaries = {code: _summaries(settings.locales_folder, code) for code in languages}
            places = load_services(session, settings.content_folder, summaries)
    finally:
        database.close()
    decided = len(report.kept) + len(places.kept)
    kept = f", {decided} left as a person decided" if decided else ""
    gone = f"; still served, though in no file: {', '.join(report.gone)} (withdraw them)" if report.gone else ""
    return (
        f"{report.messages} messages, {report.added} new revisions{kept}, {places.services} services, "
        f"{postcodes} new postcodes{gone}{_incomplete(report.incomplete)}"
    )


def _incomplete(names: list[str]) -> str:
    """Families read the earlier words, else English: whoever loads must know."""
    if not names:
        return ""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"; not loaded, because a part is not translated: {', '.join(names[:SHOWN])}{more} (make content-check)"


def derive(settings: Settings, *, check: bool) -> list[Path]:
    """Writes the derived bot files; with `check` only returns those that are not fresh."""
    stale = []
    for name, text in bot_files(read_questions(settings.content_folder)).items():
        path = ROOT / "bot" / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path)
            if not check:
                path.write_text(text, encoding="utf-8")
    return stale


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    try:
        message = str(asked.run(get_settings(), asked))
    except BumplineError as error:
        print(error.message, file=sys.stdout if asked.run is _check else sys.stderr)
        return 1
    except SQLAlchemyError as error:
        print(f"The database cannot be used ({type(error).__name__}). Run `make load` first.", file=sys.stderr)
        return 1
    print(message)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api.cli", description=__doc__)
    commands = parser.add_subparsers(required=True)
    commands.add_parser("migrate", help="create or update the database").set_defaults(run=_migrate)
    commands.add_parser("load", help="load content/ and locales/ into the database").set_defaults(run=_load)
    derived = commands.add_parser("derive", help="write the bot's derived domain and rules")
    derived.add_argument("--check", action="store_true", help="only say whether they are fresh")
    derived.set_defaults(run=_derive)
    checked = commands.add_parser("check", help="check every word of content/ and locales/")
    checked.add_argument("--warnings", action="store_true", help="also list what a person should look at")
    checked.set_defaults(run=_check)
    export = commands.add_parser("export", help="write messages, translations, services and red flags back into files")
    export.add_argument("folder", type=Path, help="where content/ and locales/ are written")
    export.set_defaults(run=_export)
    commands.add_parser("update", help="bring the PO files up to today's English").set_defaults(run=_update)
    commands.add_parser("extract", help="write the English as gettext templates").set_defaults(run=_extract)
    priced = commands.add_parser("costs", help="SMS segments and pence of every message")
    priced.add_argument("--pence", type=float, default=PENCE, help=f"price of a segment, at first {PENCE}")
    priced.set_defaults(run=_costs)
    imported = commands.add_parser("import", help="a dry run of an Open Referral UK feed or a table into the directory")
    imported.add_argument("source", metavar="FILE_OR_URL")
    imported.add_argument("--apply", action="store_true", help="write it, if no record has an error")
    imported.add_argument("--leave-out-errors", action="store_true", help="with --apply: write the records without")
    imported.set_defaults(run=_import)
    account = commands.add_parser("account", help="add a member of staff; asks for the password")
    account.add_argument("email")
    account.add_argument("--name", default="", help="as colleagues know them")
    account.add_argument("--role", action="append", required=True, choices=ROLES, help="may be given more than once")
    account.add_argument("--language", action="append", default=[], help="of a translator; may be given more than once")
    account.set_defaults(run=_account)
    reminded = commands.add_parser("remind", help="e-mail everybody what waits for them, once a week at most")
    reminded.add_argument("--dry-run", action="store_true", help="only say who would get what")
    reminded.set_defaults(run=_remind)
    for name, run in (("approve", _approve), ("withdraw", _withdraw)):
        decision = commands.add_parser(name, help=f"{name} one revision of a message")
        decision.add_argument("key")
        decision.add_argument("language")
        decision.add_argument("number", type=int)
        decision.add_argument("--by", required=True, help="the name of the person who decides")
        decision.set_defaults(run=run)
    return parser


def _migrate(settings: Settings, _: argparse.Namespace) -> str:
    migrate(settings)
    return "The database is up to date."


def _load(settings: Settings, _: argparse.Namespace) -> str:
    return load_content(settings)


def _derive(settings: Settings, asked: argparse.Namespace) -> str:
    stale = derive(settings, check=asked.check)
    names = ", ".join(path.name for path in stale)
    if asked.check and stale:
        raise BumplineError(f"Not fresh: {names}. Run `make derive`.")
    return f"Wrote {names}." if stale else "The derived files are fresh."


def _check(settings: Settings, asked: argparse.Namespace) -> str:
    return words.check(settings.content_folder, settings.locales_folder, with_warnings=asked.warnings)


def _export(settings: Settings, asked: argparse.Namespace) -> str:
    with Database(settings.database_url).read() as session:
        places = exporting.exported(session)
        own = words.approved(session, settings.content_folder, settings.locales_folder, exporting.summaries(session))
        flags = red_flag_files(session, settings.content_folder)
        written = words.export(session, settings.content_folder, asked.folder, {**places, **own, **flags})
    folders = [settings.content_folder / "services", asked.folder / exporting.SERVICES]
    gone = exporting.left_over(places, folders)
    return f"{written} In files, but no longer in the database: {', '.join(gone)}." if gone else written


def red_flag_files(session: Session, content: Path) -> dict[str, str]:
    """Path -> the phrases of danger of one language as they count now."""
    approved = versions.current(session).get(KIND, {})
    files = phrase_writing.exported(content / RED_FLAGS, approved)
    return {f"content/{RED_FLAGS}/{name}": text for name, text in files.items()}


def _update(settings: Settings, _: argparse.Namespace) -> str:
    return words.update(settings.content_folder, settings.locales_folder)


def _extract(settings: Settings, _: argparse.Namespace) -> str:
    return words.extract(settings.content_folder, settings.locales_folder)


def _costs(settings: Settings, asked: argparse.Namespace) -> str:
    return words.price(settings.content_folder, settings.locales_folder, asked.pence)


def _import(settings: Settings, asked: argparse.Namespace) -> str:
    return imports.run(settings, asked.source, is_applied=asked.apply, leave_out_errors=asked.leave_out_errors)


def _account(settings: Settings, asked: argparse.Namespace) -> str:
    """The password comes from the keyboard, or from standard input when that is no keyboard."""
    database = Database(settings.database_url)
    with database.read() as session:
        languages = offered(session, settings.content_folder)
    if unknown := set(asked.language) - set(languages):
        raise NotFound(f"There is no language {', '.join(sorted(unknown))}; on offer are {', '.join(languages)}.")
    typed = getpass.getpass("Password (12 characters or more): ") if sys.stdin.isatty() else sys.stdin.readline()
    accounts = Accounts(database, settings.is_production)
    password = typed.rstrip("\n")
    accounts.add(email=asked.email, name=asked.name, roles=asked.role, password=password, languages=asked.language)
    return f"{asked.email} can sign in as {', '.join(asked.role)}."


def _remind(settings: Settings, asked: argparse.Namespace) -> str:
    return reminders.remind(settings, is_dry=asked.dry_run)


def _approve(settings: Settings, asked: argparse.Namespace) -> str:
    with Database(settings.database_url).write() as session:
        language = offered(session, settings.content_folder).get(asked.language)
        if language is None:
            raise NotFound(f"There is no language {asked.language}; see content/languages.yml and /editors/languages.")
        approving.approve(session, key=asked.key, language=language, number=asked.number, by=Person(asked.by))
        words = content.words_of(content.revision(session, asked.key, asked.language, asked.number))
    shown = "\n\n".join(words.values())
    return f"{shown}\n\nApproved {asked.key} ({asked.language}), revision {asked.number}, by {asked.by}."


def _withdraw(settings: Settings, asked: argparse.Namespace) -> str:
    with Database(settings.database_url).write() as session:
        approving.withdraw(session, key=asked.key, language=asked.language, number=asked.number, by=Person(asked.by))
    return f"Withdrew {asked.key} ({asked.language}), revision {asked.number}, by {asked.by}."


def _summaries(locales: Path, language: str) -> dict[str, Summary]:
    path = locales / language / "LC_MESSAGES" / "services.po"
    if not path.exists():
        return {}
    entries = (entry for entry in read_po(path) if entry.msgstr and entry.msgctxt and not entry.obsolete)
    return {entry.msgctxt: Summary(entry.msgstr, made_from(entry), entry.fuzzy) for entry in entries}


if __name__ == "__main__":
    sys.exit(main())
