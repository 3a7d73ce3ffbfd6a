"""Which lists of phrases there are, what counts in each, and what a change of it begins from."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

from api.content.languages import Language, plain_words
from api.conversations.assembly import RED_FLAGS, Parts
from api.conversations.live_screen import KIND
from api.errors import NotFound
from api.safety.phrase_files import LISTS, NOT_DANGER, SCRIPTS, Body, in_full, read_bodies
from api.versions import repository, service
from api.versions.models import Version

ADDRESS = "/editors/red-flags"
TITLES = {
    "urgent/baby_not_breathing": "Baby not breathing, blue or choking",
    "urgent/baby_fit": "Baby has a fit",
    "urgent/mother_very_ill": "Mother very ill",
    "urgent/danger_from_someone": "Danger from someone",
    "urgent/suicide_or_self_harm": "Suicide or self-harm",
    "urgent/baby_injury": "Baby injured",
    "urgent/bleeding_in_pregnancy": "Bleeding in pregnancy",
    "urgent/baby_very_ill": "Baby very ill",
    "urgent/waters_or_labour": "Waters broken or labour",
    "urgent/pre_eclampsia": "Signs of pre-eclampsia",
    "support/baby_loss": "Loss of a baby",
    "urgent/baby_moves_less": "Baby moves less",
    "harmless": "Harmless: sounds like danger and is none",
    "spelt_right": "Spelt right: no misspelling of a word of danger",
    "negations": "Negations: undo a harmless phrase they stand before",
}
SLUGS = {name.rpartition("/")[2]: name for name in LISTS}


@dataclass(frozen=True)
class PhraseList:
    """One list of one language."""

    language: Language
    name: str

    @property
    def subject(self) -> str:
        return f"{self.language.code} {self.name}"

    @property
    def title(self) -> str:
        return TITLES[self.name]

    @property
    def address(self) -> str:
        return f"{ADDRESS}/{self.language.code}/{self.name.rpartition('/')[2]}"


@dataclass(frozen=True)
class Standing:
    """`rows`: newest first. `counting`: what messages are screened with. `base`: number of the newest version, or 0."""

    rows: list[Version]
    file: Body
    counting: Body
    waiting: Version | None
    base: int

    @property
    def start(self) -> Body:
        """What a change begins from: what waits for approval, since saving takes its place, else what counts."""
        return in_full(self.waiting.body) if self.waiting else self.counting

    def body(self, number: int) -> Body:
        """Of a version; 0 is the file's. Raises NotFound."""
        return in_full(self.version(number).body) if number else self.file

    def version(self, number: int) -> Version:
        """Raises NotFound."""
        found = next((row for row in self.rows if row.number == number), None)
        if found is None:
            raise NotFound("There is no such version.")
        return found

    def before(self, number: int) -> Body:
        """What counted, or counts, when `number` was or is decided on."""
        earlier = service.counting([row for row in self.rows if row.number < number])
        return in_full(earlier.body) if earlier else self.file


def the_list(assembled: Parts, code: str, slug: str) -> PhraseList:
    """Raises NotFound."""
    language, name = languages(assembled).get(code), SLUGS.get(slug)
    if language is None or name is None:
        raise NotFound("There is no such list of phrases.")
    return PhraseList(language, name)


def languages(assembled: Parts) -> dict[str, Language]:
    """Those offered to families, then those that only have a file."""
    offered = assembled.catalogue.languages
    files = sorted(file.stem for file in folder_of(assembled).glob("*.yml"))
    unknown = {
        code: Language(code=code, name_in_english=code, name=code, direction="auto", script="")
        for code in files
        if code not in offered
    }
    return {**offered, **unknown}


def stops(assembled: Parts, chosen: PhraseList) -> frozenset[str]:
    """Every language's plain words for STOP, which are obeyed and not screened; none when the list is of no danger."""
    if chosen.name in NOT_DANGER:
        return frozenset()
    return frozenset(plain_words(word) for language in languages(assembled).values() for word in language.stop)


def standing(session: Session, folder: Path, chosen: PhraseList) -> Standing:
    rows = repository.history(session, KIND, chosen.subject)
    file = _of_file(folder, chosen)
    counting = service.counting(rows)
    waiting = next((row for row in rows if row.decision is None), None)
    return Standing(rows, file, in_full(counting.body) if counting else file, waiting, rows[0].number if rows else 0)


def counts(session: Session, assembled: Parts) -> dict[tuple[str, str], int]:
    """(Language, list) -> how many phrases count."""
    found: dict[tuple[str, str], int] = {}
    for file in folder_of(assembled).glob("*.yml"):
        found |= {(file.stem, name): size for name, size in _sizes(file, file.stat().st_mtime_ns)}
    for subject, body in service.current(session).get(KIND, {}).items():
        language, _, name = subject.partition(" ")
        found[language, name] = sum(map(len, in_full(body).values()))
    return found


def folder_of(assembled: Parts) -> Path:
    return assembled.settings.content_folder / RED_FLAGS


def has_native(chosen: PhraseList, body: Body) -> bool:
    """Whether phrases in letters other than Latin are asked for."""
    return chosen.language.script != "Latn" or bool(body[SCRIPTS[0]])


def _of_file(folder: Path, chosen: PhraseList) -> Body:
    file = folder / f"{chosen.language.code}.yml"
    return in_full(read_bodies(file).get(chosen.name, {}) if file.exists() else {})


@lru_cache(maxsize=64)
def _sizes(file: Path, _: int) -> list[tuple[str, int]]:
    """Reading megabytes for every look at the overview would be slow; a file that changed is read again."""
    return [(name, sum(map(len, body.values()))) for name, body in read_bodies(file).items()]
