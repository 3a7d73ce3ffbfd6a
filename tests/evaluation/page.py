"""The evaluation as a page to look at: one file, no script, nothing fetched."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

HERE = Path(__file__).parent
KINDS = ("right", "asked", "lost", "wrong", "false_alarm")


@dataclass(frozen=True)
class Target:
    """A figure of design quality, as a share; `at_most` says which way is good."""

    name: str
    words: str
    bound: float
    at_most: bool = False
    worst: float | None = None

    def is_met(self, share: float | None) -> bool | None:
        return None if share is None else self._holds(share, self.bound)

    def holds_in(self, share: float | None) -> bool | None:
        """For one language, which may be a little worse than all together."""
        return None if share is None or self.worst is None else self._holds(share, self.worst)

    def _holds(self, share: float, bound: float) -> bool:
        return share <= bound if self.at_most else share >= bound


TARGETS = (
    Target("right", "Questions answered right", 0.85, worst=0.78),
    Target("right_or_asked", "Right, or asked back with the right one offered", 0.95, worst=0.90),
    Target("wrong", "Wrong answer given", 0.04, at_most=True, worst=0.07),
    Target("caught", "Urgent messages caught", 0.98, worst=0.95),
    Target("gravest_caught", "The 999 kinds caught", 0.99),
    Target("right_key", "Urgent: right key", 0.92),
    Target("near_urgent_false_alarms", "False alarms on alarming words that are not urgent", 0.08, at_most=True),
    Target("false_alarms", "False alarms on ordinary questions", 0.015, at_most=True),
    Target("out_of_scope_kept", "Out of scope not answered with a health message", 0.92),
    Target("native_language_right", "Language named right, native script", 0.98),
    Target("latin_language_right", "Language named right, Latin letters", 0.85),
    Target("loss_recognised", "Baby loss recognised", 0.97),
)


def write_page(report: dict[str, Any], out: Path) -> Path:
    """Writes `report` (see figures.summarise) as HTML to `out`."""
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=select_autoescape(["j2"]))
    environment.filters["percent"] = lambda share: "" if share is None else f"{share * 100:.1f} %"
    page = environment.get_template("page.html.j2").render(
        report=report,
        targets=TARGETS,
        kinds=KINDS,
        languages=sorted(report["by_language"].items()),
        topics=sorted(report["by_topic"].items()),
        weakest=_weakest(report["by_key"]),
        urgent={key: shares for key, shares in report["by_key"].items() if "caught" in shares},
    )
    out.write_text(page, encoding="utf-8")
    return out


def _weakest(by_key: dict[str, dict[str, float]], shown: int = 25) -> list[tuple[str, dict[str, float]]]:
    asked = [(key, shares) for key, shares in by_key.items() if "right" in shares]
    return sorted(asked, key=lambda entry: entry[1]["right"])[:shown]
