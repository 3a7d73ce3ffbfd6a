"""Which language to answer in: the family's choice wins, and no message changes it silently. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.content.languages import Language
from api.content.scripts import LATIN, is_written_in, script_of

ASK_AFTER = 2


@dataclass(frozen=True)
class Heard:
    """The language a message seems to be in. `sure` is false for one word, digits, a postcode.

    `answer` says that the guess, though not sure, is good enough for this one reply.
    """

    code: str | None
    script: str
    sure: bool
    answer: bool = False


@dataclass(frozen=True)
class Settled:
    """`answer_in` now; `keep` from now on (None: open); `ask_about` another, after two messages in it.

    `ask_script`: the other language that sounds the same in Latin letters.
    """

    answer_in: str
    keep: str | None
    other: str | None
    other_count: int
    ask_about: str | None = None
    ask_script: str | None = None


def hear_script(text: str, languages: Mapping[str, Language]) -> Heard:
    """What the letters alone say, for when the bot is silent."""
    script = script_of(text)
    fitting = [language for language in languages.values() if is_written_in(script, language.script)]
    if script == LATIN or not fitting:
        return Heard(None, script, False)
    if len(fitting) == 1:
        return Heard(fitting[0].code, script, True)
    best = max(fitting, key=lambda language: (_own_letters(text, language), -len(language.letters)))
    found = best if _own_letters(text, best) else _alone_before(fitting)
    return Heard(found.code if found else None, script, False, answer=found is not None)


def _alone_before(fitting: Sequence[Language]) -> Language | None:
    """The first offered, if it names no letters of its own: it was alone in its script before another was added."""
    return None if fitting[0].letters else fitting[0]


def fits(code: str, script: str, languages: Mapping[str, Language]) -> bool:
    """Whether a text in `script` can be in the language; in Latin letters people write every one."""
    return code in languages and (script == LATIN or is_written_in(script, languages[code].script))


def _own_letters(text: str, language: Language) -> int:
    return sum(letter in language.letters for letter in text)


def settle(
    heard: Heard,
    *,
    kept: str | None,
    other: str | None,
    other_count: int,
    default: str,
    languages: Mapping[str, Language],
) -> Settled:
    """The family's language after a message that was heard as `heard`."""
    alike = _alike(heard, languages)
    if kept is None:
        answer_in = heard.code if heard.sure or heard.answer else None
        ask = alike[0] if heard.sure and alike else None
        return Settled(answer_in or default, heard.code if heard.sure else None, None, 0, ask_script=ask)
    is_kept = heard.code == kept or kept in alike
    if not heard.sure or heard.code is None or is_kept:
        return Settled(kept, kept, None if is_kept else other, 0 if is_kept else other_count)
    count = other_count + 1 if heard.code == other else 1
    ask = heard.code if count == ASK_AFTER else None
    return Settled(kept, kept, heard.code, count, ask)


def _alike(heard: Heard, languages: Mapping[str, Language]) -> list[str]:
    """Languages on offer that nobody can tell from the one heard, because it came in Latin letters."""
    if heard.script != LATIN or heard.code is None or heard.code not in languages:
        return []
    return [code for code in languages[heard.code].sounds_like if code in languages]
