"""How well the reader of texts reads what it has not learned from."""

import statistics
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch import Tensor

from generator.brief.reader import TextReader
from generator.brief.text_checkpoint import TextCheckpoint
from generator.brief.tokens import hashes
from generator.training.texts import Labelled, Texts
from generator.training.texts_bag import summaries
from generator.training.texts_finish import correlation, macro_f1
from generator.training.texts_heads import held_out, korean, label_table, said_of, value_table

TIMED = 300
"""Texts of each language by which the speed is taken."""


@dataclass(frozen=True)
class TextFigure:
    """One figure: of which data, which network, what is measured, on how many held-out texts."""

    data: str
    network: str
    measure: str
    value: float
    texts: int

    @property
    def brief(self) -> dict[str, str | float | int]:
        """The figure as a line of JSON has it."""
        return {**asdict(self), "value": round(self.value, 4)}


def measure_texts(checkpoint: TextCheckpoint, texts: Texts) -> Iterator[TextFigure]:
    """All figures, one after another, each on the part of its data that nothing has learned from.

    Raises:
        ValueError: the checkpoint learned from other texts than those at hand, so that it may know what is held out.
    """
    if checkpoint.training.get("dataset") != texts.fingerprint:
        raise ValueError(
            "the reader learned from other texts than those at hand, and may know what is held out of them"
        )
    reader = TextReader(checkpoint)
    yield from _polarity(reader, texts)
    for data, language, entries, names in (
        ("KOTE", "ko", texts.kote, texts.kote_names),
        ("GoEmotions", "en", texts.goemotions, texts.goemotions_names),
    ):
        yield from _labels(reader, data, language, held_out(entries), len(names))
    yield from _felt(reader, texts)
    yield from _speed(reader, texts)


def _polarity(reader: TextReader, texts: Texts) -> Iterator[TextFigure]:
    reviews = texts.reviews.test
    positive = torch.tensor([review.positive for review in reviews])
    bare = reader.checkpoint.training.get("bare")
    if bare is not None:
        # Measured on the same reviews when it had learned; its weights do not ship.
        yield TextFigure("NSMC", "Bi-LSTM without word2vec", "accuracy", float(bare), len(reviews))
    with torch.inference_mode():
        odds, _, _ = korean(reader, [review.text for review in reviews])
    called = {
        "bilstm 1": "Bi-LSTM with word2vec",
        "bilstm 2": "Bi-LSTM with word2vec, another seed",
        "bag": "bag of n-grams",
        "all": "all together, as served",
    }
    for name, network in ((name, called.get(name, name)) for name in odds):
        right = float(((odds[name] > 0) == positive).float().mean())
        yield TextFigure("NSMC", network, "accuracy", right, len(reviews))


def _labels(
    reader: TextReader, data: str, language: str, entries: list[Labelled], labels: int
) -> Iterator[TextFigure]:
    network = "lines of n-grams and Bi-LSTMs" if language == "ko" else "lines of n-grams"
    said, given = said_of(reader, entries, language), label_table(entries, labels)
    by = torch.tensor(list(reader.thresholds(language).values()))
    yield TextFigure(data, network, "macro-F1", macro_f1(said >= by, given), len(entries))
    yield TextFigure(data, network, "macro-F1, at one half for all labels", macro_f1(said >= 0.5, given), len(entries))


def _felt(reader: TextReader, texts: Texts) -> Iterator[TextFigure]:
    sentences = held_out(texts.emobank)
    readings = reader.read([entry.text for entry in sentences], "en")
    said = torch.tensor([[reading.valence, reading.arousal] for reading in readings])
    yield from _correlations("EmoBank", "bag, lines and rated words", said, value_table(sentences))
    words = held_out(texts.glasgow)
    bag = reader.checkpoint.model.bag
    with torch.inference_mode():
        rated = bag.heads["glasgow"](
            summaries(bag, [np.array(hashes(entry.text, "en"), np.uint32) for entry in words])
        )
    yield from _correlations("Glasgow Norms", "bag of n-grams", rated, value_table(words))


def _correlations(data: str, network: str, said: Tensor, values: Tensor) -> Iterator[TextFigure]:
    for column, scale in enumerate(("valence", "arousal")):
        yield TextFigure(data, network, f"r of {scale}", correlation(said[:, column], values[:, column]), len(values))


def _speed(reader: TextReader, texts: Texts) -> Iterator[TextFigure]:
    """Texts a second on one core, one by one: the median of their times."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        for data, language, some in (
            ("NSMC", "ko", [review.text for review in texts.reviews.test[:TIMED]]),
            ("GoEmotions", "en", [entry.text for entry in held_out(texts.goemotions)[:TIMED]]),
        ):
            if some:
                reader.read(some[:8], language)
                times = [_seconds(reader, text, language) for text in some]
                yield TextFigure(data, "all", "texts a second, one by one", 1 / statistics.median(times), len(some))
    finally:
        torch.set_num_threads(threads)


def _seconds(reader: TextReader, text: str, language: str) -> float:
    start = time.perf_counter()
    reader.read([text], language)
    return time.perf_counter() - start
