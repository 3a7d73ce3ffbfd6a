"""Danger nobody taught: the classifier trained without one urgent sign, asked about that sign.

`python -m tests.evaluation.screened | bot/.venv/bin/python tests/evaluation/signs.py` prints, for each sign, the
share of its cases that a classifier which never saw the sign still takes for danger, and the share with the screen on.
Runs in the bot's environment; the screen's answers come by the pipe.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "bot"))

concepts, key_classifier = import_module("addons.concepts"), import_module("addons.key_classifier")
THRESHOLD = 0.15  # DANGER_THRESHOLD
Row = dict[str, Any]


def main() -> None:
    texts, keys = _examples()
    cases: list[Row] = json.loads(sys.stdin.read())
    lexicon = concepts.read_lexicon(ROOT / "bot" / "data" / "concepts")
    config = key_classifier.KeyClassifier.get_default_config()
    print(f"{'sign left out':<32}{'cases':>6}{'classifier':>12}{'with screen':>13}")
    for sign in sorted({case["key"] for case in cases}):
        kept = [place for place, key in enumerate(keys) if key != sign]
        model = key_classifier.Model.fitted([texts[i] for i in kept], [keys[i] for i in kept], config, lexicon)
        own = [case for case in cases if case["key"] == sign]
        seen = [_danger(model, case["text"], config["temperature"]) >= THRESHOLD for case in own]
        both = [by_classifier or case["screened"] for by_classifier, case in zip(seen, own, strict=True)]
        print(f"{sign:<32}{len(own):>6}{sum(seen) / len(own):>12.3f}{sum(both) / len(own):>13.3f}", flush=True)


def _examples() -> tuple[list[str], list[str]]:
    texts, keys = [], []
    for file in sorted((ROOT / "bot" / "data" / "nlu").rglob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            if "examples" in block and "metadata" in block:
                lines = [line[2:] for line in block["examples"].splitlines() if line.startswith("- ")]
                texts += lines
                keys += [block["intent"]] * len(lines)
    return texts, keys


def _danger(model: Any, text: str, temperature: float) -> float:
    shares = zip(model.keys, model.confidences(text, temperature), strict=True)
    return float(sum(share for key, share in shares if key.startswith("urgent/")))


if __name__ == "__main__":
    main()
