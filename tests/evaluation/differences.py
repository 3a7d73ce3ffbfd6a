"""The comparison of two models as tables in plain text: pure."""

from collections.abc import Iterator, Sequence

from tests.evaluation.comparing import FIGURES, SHOWN, Pair, by_language, counts, newly_wrong

COLUMNS = {
    "right": "right",
    "asked": "asked",
    "wrong": "wrong",
    "lost": "lost",
    "caught": "caught",
    "gravest_caught": "999 kinds",
    "right_key": "right key",
    "loss_recognised": "loss",
    "language_right": "language",
}
ALARMS = ("false_alarms", "near_urgent_false_alarms")


def overall(pairs: Sequence[Pair]) -> Iterator[str]:
    old, new = counts([pair.old for pair in pairs]), counts([pair.new for pair in pairs])
    yield f"{'':<36}{'cases':>7}{'in use':>16}{'new':>16}{'change':>9}"
    for name, figure in FIGURES.items():
        (had, among), (has, _) = old[name], new[name]
        yield f"{figure.words:<36}{among:>7}{_share(had, among):>16}{_share(has, among):>16}{_change(had, has):>9}"


def languages(pairs: Sequence[Pair]) -> Iterator[str]:
    """How many of the new model's answers are so, and how many more or fewer than before."""
    yield f"{'':<6}{'cases':>6}" + "".join(f"{head:>12}" for head in COLUMNS.values()) + f"{'false alarms':>14}"
    for code, own in by_language(pairs).items():
        old, new = counts([pair.old for pair in own]), counts([pair.new for pair in own])
        cells = [_cell(old[name][0], new[name][0]) for name in COLUMNS]
        alarms = _cell(sum(old[name][0] for name in ALARMS), sum(new[name][0] for name in ALARMS))
        yield f"{code:<6}{len(own):>6}" + "".join(f"{cell:>12}" for cell in cells) + f"{alarms:>14}"


def examples(pairs: Sequence[Pair]) -> Iterator[str]:
    """Up to 20 cases that the model in use answered better, the gravest first."""
    found = newly_wrong(pairs)
    yield f"{len(found)} cases are answered worse than before{':' if found else '.'}"
    for pair in found[:SHOWN]:
        was, now = pair.old.verdict, pair.new.verdict
        said = f"{was.outcome} before, now {now.outcome} ({now.said})"
        yield f"  {pair.case.lang} {pair.case.key}: {said}: {pair.case.text}"
    if len(found) > SHOWN:
        yield f"  and {len(found) - SHOWN} more"


def _share(held: int, among: int) -> str:
    return f"{held} {held / among:>7.2%}" if among else "-"


def _change(old: int, new: int) -> str:
    return f"{new - old:+d}" if new != old else "="


def _cell(old: int, new: int) -> str:
    return f"{new} ({new - old:+d})" if new != old else str(new)
