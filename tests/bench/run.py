"""`make bench`: how fast, how big. Prints a table, writes bench-report.json. Never part of `make test`."""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx2

from api.content import service as content
from api.content.shelf import Shelf
from api.database import Database
from api.directory import service as directory
from api.directory.search import Wanted
from api.directory.trust import Trust
from api.launch.model import train_if_changed
from api.launch.processes import Stack
from api.safety import load_screen
from api.settings import ROOT
from tests.bench.pages import first_open, one_turn, widget
from tests.bench.places import BUDGET, timings
from tests.conftest import prepare, whole_stack

ASKED = [
    "can my baby sleep in our bed", "શું મારું બાળક અમારા પલંગમાં સૂઈ શકે?", "is vaping ok in pregnancy",
    "czy dziecko może spać z nami w łóżku", "bacha mere sath so sakta hai bed mein", "how warm should the room be",
    "what foods should i avoid", "مجھے دائی سے کب ملنا چاہیے", "jak rzucic palenie", "mane dhavan ma madad joiye che",
]  # fmt: skip
LONG = "my mum says he should sleep on his side but the midwife said back and i am so tired " * 4


@dataclass(frozen=True)
class Figure:
    """One measured thing beside its budget; `unit` says what the numbers are."""

    name: str
    p50: float
    p95: float
    unit: str
    budget: str


def main() -> int:
    train_if_changed(print)
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        prepare(f"sqlite:///{template}")
        figures = [*_pure(template), *_places()]
        with whole_stack(Path(folder), template, {}, credentials="credentials.bench.yml") as stack:
            figures += _replies(stack)
            figures += _sizes(stack)
    _print(figures)
    (ROOT / "bench-report.json").write_text(json.dumps([asdict(f) for f in figures], indent=2) + "\n")
    return 0


def _pure(template: Path) -> list[Figure]:
    screen = load_screen(ROOT / "content" / "red_flags")
    database = Database(f"sqlite:///{template}")
    with database.read() as session:
        key = "safer_sleep/bed_sharing"
        near = directory.locate(session, "LE5 4PW")
        figures = [
            _timed("red-flag screen, 300 characters", lambda: screen.screen(LONG[:300]), 2000, "p95 0.3 ms"),
            _timed(
                "render one message",
                lambda: content.render(Shelf(True).open(session), key, language="gu", channel="web"),
                500,
                "p95 1 ms",
            ),
            _timed(
                "nearest services of the starter pack",
                lambda: directory.find(session, Wanted(need="maternity", near=near), trust=Trust(drafts_allowed=True)),
                300,
                BUDGET,
            ),
        ]
    database.close()
    return figures


def _places() -> list[Figure]:
    return [
        Figure(f"ten of 10,000 services, {t.engine}: {t.search}", round(t.p50, 2), round(t.p95, 2), "ms", BUDGET)
        for t in timings()
    ]


def _replies(stack: Stack) -> list[Figure]:
    """Ours and Rasa's own bare REST webhook, message by message in turn, with the same model in the same run."""
    ours, bare = httpx2.Client(base_url=stack.url), httpx2.Client(base_url=stack.bot_url)
    started = ours.post("/api/v1/conversations", json={"language": "en"}).json()["conversation_id"]
    path, times = f"/api/v1/conversations/{started}/messages", {"ours": [0.0], "bare": [0.0]}
    for turn in range(240):
        text = ASKED[turn % len(ASKED)]
        times["ours"].append(_milliseconds(lambda: ours.post(path, json={"text": text})))  # noqa: B023
        body = {"sender": "bench", "message": text}
        times["bare"].append(_milliseconds(lambda: bare.post("/webhooks/rest/webhook", json=body)))  # noqa: B023
    mine, theirs = _figure("whole reply, one client", times["ours"][41:]), _figure("", times["bare"][41:])
    ratio = round(mine.p50 / theirs.p50, 2)
    return [
        Figure("whole reply, one client", mine.p50, mine.p95, "ms", "p50 20 ms, p95 50 ms"),
        Figure("Rasa's bare REST webhook, same run", theirs.p50, theirs.p95, "ms", "(peer)"),
        Figure("ours against bare Rasa, p50", ratio, ratio, "times", "at most 1.5"),
        _load(stack),
    ]


def _load(stack: Stack, seconds: float = 10.0, clients: int = 4) -> Figure:
    def work(_: int) -> list[float]:
        client = httpx2.Client(base_url=stack.url, timeout=10)
        path = client.post("/api/v1/conversations", json={"language": "en"}).json()["conversation_id"]
        until = time.monotonic() + seconds
        times: list[float] = []
        while time.monotonic() < until:
            text = ASKED[len(times) % len(ASKED)]
            url = f"/api/v1/conversations/{path}/messages"
            times.append(_milliseconds(lambda: client.post(url, json={"text": text}).raise_for_status()))  # noqa: B023
        return times

    with ThreadPoolExecutor(clients) as pool:
        times = [taken for found in pool.map(work, range(clients)) for taken in found]
    done = _figure("", times)
    name = f"sustained load, {clients} clients: {len(times) / seconds:.0f} messages/s"
    return Figure(name, done.p50, done.p95, "ms", "60 messages/s, p95 150 ms")


def _sizes(stack: Stack) -> list[Figure]:
    weights = [
        ("chat page, first open", first_open(stack.url), "30 KB"),
        ("widget JS and CSS, gzip", widget(stack.url), "15 KB"),
        ("one turn, gzip", one_turn(stack.url), "2 KB"),
    ]
    memory = [
        (f"memory of {name}", _resident(process.pid), "800 MB" if name == "bot" else "150 MB")
        for name, process in stack.processes.items()
    ]
    return [Figure(name, round(size, 1), round(size, 1), "KB", budget) for name, size, budget in weights] + [
        Figure(name, round(size), round(size), "MB", budget) for name, size, budget in memory
    ]


def _resident(pid: int) -> float:
    """Resident memory in MB (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def _timed(name: str, work: Callable[[], object], times: int, budget: str) -> Figure:
    for _ in range(times // 10):
        work()
    done = _figure(name, [_milliseconds(work) for _ in range(times)])
    return Figure(name, done.p50, done.p95, "ms", budget)


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _figure(name: str, times: list[float]) -> Figure:
    p95 = statistics.quantiles(times, n=20)[-1]
    return Figure(name, round(statistics.median(times), 2), round(p95, 2), "ms", "")


def _print(figures: list[Figure]) -> None:
    print(f"\n{'what':<62}{'p50':>10}{'p95':>10}  unit   budget")
    for figure in figures:
        print(f"{figure.name:<62}{figure.p50:>10}{figure.p95:>10}  {figure.unit:<6} {figure.budget}")


if __name__ == "__main__":
    sys.exit(main())
