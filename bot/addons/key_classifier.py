"""Which question a message asks: n-grams of what is written and of how it sounds, into a linear classifier.

Rasa's own LogisticRegressionClassifier takes 118 s and does not converge at the size this data will
have (docs/decisions/0003); this is the thinnest component over scikit-learn that does.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Optional

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RESPONSE_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

from addons.concepts import Lexicon, read_lexicon
from addons.sound import skeleton, sounds
from addons.text import plain

BOT = Path(__file__).parents[1]
FILE = "key_classifier.joblib"
PROCESSES = 2
SEEN_IN = 2  # an n-gram of one example alone teaches nothing about others


@dataclass
class Model:
    """What is kept of a trained classifier. `weights`: features x keys, in 16 bits: there are many of them.

    A message has a few hundred features, so only their rows are read.
    """

    features: FeatureUnion
    weights: np.ndarray[Any, Any]
    bias: np.ndarray[Any, Any]
    keys: list[str]

    @classmethod
    def fitted(cls, texts: list[str], keys: list[str], config: dict[str, Any], lexicon: Lexicon) -> Model:
        """A key's score is its own margin and a share of its topic's: both are linear, so they become one table."""
        features, topics_of = _features(lexicon), [_topic(key) for key in keys]
        counted = features.fit_transform(texts).astype(np.float64)  # what liblinear wants
        by_key = _fit(counted, keys, config["C"])
        by_topic = _fit(counted, topics_of, config["C"])
        names = [str(key) for key in by_key.classes_]
        topics = np.searchsorted(by_topic.classes_, [_topic(key) for key in names])
        share = config["topic_share"]
        weights = (_weights(by_key) + share * _weights(by_topic)[topics]).T
        bias = _bias(by_key) + share * _bias(by_topic)[topics]
        return cls(features, np.ascontiguousarray(weights, dtype=np.float16), bias.astype(np.float32), names)

    def confidences(self, text: str, temperature: float) -> list[float]:
        """Margins into shares of one: a softmax whose temperature is chosen by cross-validation (decision 0003)."""
        row = self.features.transform([text]).tocsr()
        margins = (row.data @ self.weights[row.indices].astype(np.float32) + self.bias) * temperature
        raised = np.exp(margins - margins.max())
        return [float(share) for share in raised / raised.sum()]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class KeyClassifier(GraphComponent):
    """Names the key (`topic/question`) of a message, with a confidence for every key it knows."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model: Optional[Model] = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"C": 0.5, "topic_share": 0.5, "temperature": 7.0, "ranking_length": 10, "lexicon": "data/concepts"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> KeyClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> KeyClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model = joblib.load(folder / FILE)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        texts, keys = [m.get(TEXT) for m in examples], [_full_key(m) for m in examples]
        self._model = Model.fitted(texts, keys, self._config, read_lexicon(BOT / self._config["lexicon"]))
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / FILE, compress=3)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        if self._model is None or not text.strip():
            return
        confidences = self._model.confidences(text, self._config["temperature"])
        best_first = np.argsort(confidences)[::-1].tolist()[: self._config["ranking_length"]]
        keys = self._model.keys
        ranking = [{INTENT_NAME_KEY: str(keys[i]), PREDICTED_CONFIDENCE_KEY: confidences[i]} for i in best_first]
        _write(message, ranking)
        danger = sum(c for key, c in zip(keys, confidences, strict=True) if str(key).startswith("urgent/"))
        message.set("danger", float(danger), add_to_output=True)


def _fit(counted: Any, labels: list[str], strength: float) -> OneVsRestClassifier:
    """One margin a label, two at a time: with 70,000 examples this is most of the training (docs/decisions/0010)."""
    return OneVsRestClassifier(LinearSVC(C=strength, tol=1e-3), n_jobs=PROCESSES).fit(counted, labels)


def _weights(fitted: OneVsRestClassifier) -> np.ndarray[Any, Any]:
    return np.vstack([estimator.coef_ for estimator in fitted.estimators_])


def _bias(fitted: OneVsRestClassifier) -> np.ndarray[Any, Any]:
    return np.concatenate([np.ravel(estimator.intercept_) for estimator in fitted.estimators_])


def _features(lexicon: Lexicon) -> FeatureUnion:
    """What is counted: letters and words as written, the same as they sound, and what they mean (decision 0010)."""
    return FeatureUnion(
        [
            ("letters", _counted(plain, "char_wb", 2, 4)),
            ("words", _counted(plain, "word", 1, 2)),
            ("sounds", _counted(sounds, "char_wb", 2, 5)),
            ("skeletons", _counted(skeleton, "char_wb", 1, 4)),
            ("skeleton_words", _counted(skeleton, "word", 1, 2)),
            ("concepts", TfidfVectorizer(analyzer=lexicon, sublinear_tf=True, dtype=np.float32, min_df=SEEN_IN)),
        ]
    )


def _counted(reading: Callable[[str], str], unit: str, shortest: int, longest: int) -> TfidfVectorizer:
    return TfidfVectorizer(
        preprocessor=reading,
        analyzer=unit,
        token_pattern=r"\S+",
        ngram_range=(shortest, longest),
        sublinear_tf=True,
        dtype=np.float32,
        min_df=SEEN_IN,
    )


def _topic(key: str) -> str:
    return key.split("/", 1)[0] if "/" in key else "conversation"


def _full_key(message: Message) -> str:
    return str(message.get(INTENT_RESPONSE_KEY) or message.get(INTENT))


def _write(message: Message, ranking: list[dict[str, Any]]) -> None:
    """Says the best key the way Rasa's retrieval intents expect it: intent `topic`, response `topic/question`."""
    best = ranking[0]
    key = best[INTENT_NAME_KEY]
    topic = key.split("/", 1)[0]
    message.set(INTENT, {**best, INTENT_NAME_KEY: topic}, add_to_output=True)
    message.set("intent_ranking", ranking, add_to_output=True)
    if "/" in key:
        message.set("response_selector", retrieval(key), add_to_output=True)


def retrieval(key: str) -> dict[str, Any]:
    """What Rasa's ActionRetrieveResponse reads to say `utter_<key>`."""
    topic = key.split("/", 1)[0]
    response = {"intent_response_key": key, "utter_action": f"utter_{key}", "responses": []}
    return {"all_retrieval_intents": [topic], topic: {"response": response, "ranking": []}}
