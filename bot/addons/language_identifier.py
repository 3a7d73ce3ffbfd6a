"""Which language a message is in: its script first, then character n-grams for Latin letters.

Libraries name 0 of 20 messages right when Gujarati or Urdu is typed in Latin letters; training on the
families' own examples does better (docs/decisions/0004).
"""

from __future__ import annotations

import re
from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC

from addons.text import LATIN, as_typed, script_of

FILE = "language_identifier.joblib"
_LETTERS = re.compile(r"[^\W\d_]+")
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*(\d[a-z]{2})?\b", re.IGNORECASE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Sets `language` on a message: `{"code", "script", "confidence", "sure"}`."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._by_script: dict[str, Pipeline | str] = {}

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"ngrams": [1, 4], "C": 0.3, "temperature": 4.0, "sure": 0.7, "fewest_words": 2, "fewest_letters": 6}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageIdentifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._by_script = joblib.load(folder / FILE)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        texts: dict[str, list[tuple[str, str]]] = {}
        for message in training_data.intent_examples:
            text, code = message.get(TEXT) or "", _language_of(message)
            if text and code:
                texts.setdefault(script_of(text), []).append((text, code))
        self._by_script = {script: self._fitted(pairs) for script, pairs in texts.items()}
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._by_script, folder / FILE, compress=3)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            message.set("language", self._identify(message.get(TEXT) or ""), add_to_output=True)
        return messages

    def _identify(self, text: str) -> dict[str, Any]:
        script = script_of(text)
        known = self._by_script.get(script)
        if known is None:
            return {"code": None, "script": script, "confidence": 0.0, "sure": False}
        if isinstance(known, str):
            return {"code": known, "script": script, "confidence": 1.0, "sure": True}
        confidences = _shares(known.decision_function([text]), self._config["temperature"])
        best = int(confidences.argmax())
        confidence = float(confidences[best])
        sure = confidence >= self._config["sure"] and self._is_long_enough(text, script)
        return {"code": str(known.classes_[best]), "script": script, "confidence": confidence, "sure": sure}

    def _is_long_enough(self, text: str, script: str) -> bool:
        words = _LETTERS.findall(_POSTCODE.sub(" ", text)) if script == LATIN else text.split()
        letters = sum(len(word) for word in words)
        return bool(len(words) >= self._config["fewest_words"] and letters >= self._config["fewest_letters"])

    def _fitted(self, pairs: list[tuple[str, str]]) -> Pipeline | str:
        codes = {code for _, code in pairs}
        if len(codes) == 1:
            return codes.pop()
        letters = TfidfVectorizer(
            preprocessor=as_typed,
            analyzer="char_wb",
            ngram_range=tuple(self._config["ngrams"]),
            sublinear_tf=True,
            min_df=2,
            dtype=np.float32,
        )
        model = LinearSVC(C=self._config["C"], class_weight="balanced")
        return make_pipeline(letters, model).fit([text for text, _ in pairs], [code for _, code in pairs])


def _shares(margins: np.ndarray[Any, Any], temperature: float) -> np.ndarray[Any, Any]:
    """Margins into shares of one. Of two languages scikit-learn gives one margin, for the second."""
    spread = margins[0] if margins.ndim == 2 else np.array([-margins[0], margins[0]])
    raised = np.exp((spread - spread.max()) * temperature)
    return np.asarray(raised / raised.sum())


def _language_of(message: Message) -> str | None:
    metadata = message.get("metadata") or {}
    return (metadata.get("intent") or {}).get("language")
