"""From texts to the reader's checkpoint, stage by stage; what is done is kept, so that it can be broken off."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import safetensors
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from generator.brief.subwords import SubWords
from generator.brief.text_checkpoint import Names, TextCheckpoint, TextModel, save_text_checkpoint
from generator.brief.text_networks import BagConfig, BiLSTM, BiLSTMConfig
from generator.brief.tokens import READING, hashes
from generator.training.texts import NEGATIVE, Review, Texts
from generator.training.texts_bag import BagSettings, Task, learn_bag
from generator.training.texts_heads import finish, hashed, label_table, learned, value_table
from generator.training.texts_polarity import PolaritySettings, Rated, accuracy, learn_polarity, odds_of
from generator.training.texts_subwords import learn_subwords
from generator.training.texts_word2vec import Word2VecSettings, learn_embeddings

SOURCES = {
    "NSMC, Naver film reviews": "CC0 1.0",
    "GoEmotions": "Apache-2.0",
    "KOTE": "MIT",
    "EmoBank": "CC BY-SA 4.0",
    "Glasgow Norms": "CC BY 4.0",
}

Report = Callable[[str], None]
Part = Literal["train", "validation", "test"]


@dataclass(frozen=True)
class ReaderSettings:
    """Sizes and courses of all stages.

    There is a Bi-LSTM for each setting of `polarity`; `bare` has the first learn without word2vec too, to be set
    beside.
    """

    units: int = 16_000
    hidden: int = 128
    buckets: int = 1 << 18
    bag_width: int = 24
    bare: bool = True
    word2vec: Word2VecSettings = field(default_factory=Word2VecSettings)
    polarity: tuple[PolaritySettings, ...] = (PolaritySettings(),)
    bag: BagSettings = field(default_factory=BagSettings)


TINY_READER = ReaderSettings(
    units=120,
    hidden=8,
    buckets=512,
    bag_width=8,
    word2vec=Word2VecSettings(width=8, negatives=8, epochs=1, batch=256),
    polarity=(
        PolaritySettings(epochs=2, batch=16, bfloat16=False),
        PolaritySettings(epochs=1, batch=16, bfloat16=False, seed=2),
    ),
    bag=BagSettings(epochs=2, batch=16),
)
"""Small enough to learn in seconds: it shows that the road works, not that the reader is good."""


def learn_reader(texts: Texts, settings: ReaderSettings, out: Path, progress: Path, report: Report) -> dict[str, Any]:
    """Learn everything and write the checkpoint to `out`; what it says of its training.

    Every stage is kept in the folder `progress`, the Bi-LSTM every epoch, and is not done again there while texts and
    settings are the same.

    Raises:
        ValueError: `progress` holds half a stage of another training.
    """
    stages = _Stages(progress, texts.fingerprint, report)
    reviews = texts.reviews
    subwords = _subwords(stages, reviews.train, settings)

    @cache
    def rated(part: Part) -> list[Rated]:
        # Cut only for a stage that is still to be done.
        return [Rated(tuple(subwords.numbers(review.text)), review.rating) for review in getattr(reviews, part)]

    before = (settings.units, asdict(settings.word2vec))
    embeddings = stages.done(
        "word2vec",
        before,
        lambda: {
            "of": learn_embeddings(
                [review.units for review in rated("train")], len(subwords), settings.word2vec, report
            )
        },
    )["of"]
    config = BiLSTMConfig(len(subwords), settings.word2vec.width, settings.hidden)

    def bilstm(name: str, begin: Tensor | None, course: PolaritySettings) -> BiLSTM:
        half = progress / f"{name}.progress.pt"
        weights = stages.done(
            name,
            (*before, asdict(config), asdict(course)),
            lambda: learn_polarity(
                rated("train"), rated("validation"), begin, config, course, half, report
            ).state_dict(),
        )
        half.unlink(missing_ok=True)
        network = BiLSTM(config)
        network.load_state_dict(weights)
        return network.eval()

    networks = [bilstm(f"bilstm-{n + 1}", embeddings, course) for n, course in enumerate(settings.polarity)]
    bare = {}
    if settings.bare:
        network = bilstm("bare", None, settings.polarity[0])
        test = rated("test")
        bare = {"bare": accuracy(odds_of(network, [review.units for review in test]), test)}
    names = Names(tuple(texts.goemotions_names), tuple(texts.kote_names))
    bag_config = BagConfig(
        settings.buckets,
        settings.bag_width,
        {"nsmc": 1, "goemotions": len(names.goemotions), "kote": len(names.kote), "glasgow": 2},
    )
    bag = stages.done(
        "bag",
        (asdict(bag_config), asdict(settings.bag), READING),
        lambda: learn_bag(_tasks(texts), bag_config, settings.bag, report).state_dict(),
    )
    model = TextModel(config, bag_config, names, len(networks)).eval()
    for member, network in zip(model.members, networks, strict=True):
        member.load_state_dict(network.state_dict())
    model.bag.load_state_dict(bag)
    ratings = {entry.text: (entry.values[0], entry.values[1]) for entry in texts.glasgow}
    finish(TextCheckpoint("unfinished", model, subwords, ratings, {}), texts)
    training = {
        "licences": SOURCES,
        "counts": {
            "reviews for word2vec": len(reviews.train),
            "reviews of two classes": sum(_of_class(review) for review in reviews.train),
            **{name: len(learned(getattr(texts, name))) for name in ("goemotions", "kote", "emobank", "glasgow")},
        },
        "settings": asdict(settings),
        "dataset": texts.fingerprint,
        **bare,
    }
    save_text_checkpoint(out, model, subwords, ratings, training)
    report(f"{out}: {out.stat().st_size / 1e6:.1f} MB")
    return training


class _Stages:
    """What each stage gave, kept under the texts that it learned from and all the settings that it hangs on."""

    def __init__(self, folder: Path, fingerprint: str, report: Report) -> None:
        self._folder, self._fingerprint, self._report = folder, fingerprint, report

    def done(self, name: str, settings: Any, do: Callable[[], dict[str, Tensor]]) -> dict[str, Tensor]:
        """What the stage gave before, or gives now."""
        path = self._folder / f"{name}.safetensors"
        identity = f"{self._fingerprint} {json.dumps(settings)}"
        if path.exists():
            with safetensors.safe_open(path, framework="pt") as file:
                same = (file.metadata() or {}).get("identity") == identity
            if same:
                self._report(f"{name}: kept from before")
                return load_file(path)
        start = time.perf_counter()
        given = {key: tensor.contiguous() for key, tensor in do().items()}
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".tmp")
        save_file(given, unfinished, {"identity": identity})
        unfinished.replace(path)
        self._report(f"{name}: {time.perf_counter() - start:.0f} s")
        return given


def _subwords(stages: _Stages, reviews: Sequence[Review], settings: ReaderSettings) -> SubWords:
    def learn() -> dict[str, Tensor]:
        found = learn_subwords((review.text for review in reviews), settings.units)
        text = json.dumps([found.signs, found.merges], ensure_ascii=False).encode()
        return {"text": torch.frombuffer(bytearray(text), dtype=torch.uint8)}

    kept = stages.done("subwords", settings.units, learn)["text"]
    signs, merges = json.loads(bytes(kept.tolist()).decode())
    return SubWords(signs, [(first, second) for first, second in merges])


def _tasks(texts: Texts) -> dict[str, Task]:
    """What the bag learns, by head."""
    reviews = [review for review in texts.reviews.train if _of_class(review)]
    goemotions, kote, glasgow = (learned(entries) for entries in (texts.goemotions, texts.kote, texts.glasgow))
    return {
        "nsmc": Task(
            [hashed(hashes(review.text, "ko")) for review in reviews],
            torch.tensor([[float(review.positive)] for review in reviews]),
            chances=True,
            balanced=True,
        ),
        "goemotions": Task(
            [hashed(hashes(entry.text, "en")) for entry in goemotions],
            label_table(goemotions, len(texts.goemotions_names)),
            chances=True,
        ),
        "kote": Task(
            [hashed(hashes(entry.text, "ko")) for entry in kote],
            label_table(kote, len(texts.kote_names)),
            chances=True,
            times=2,
        ),
        "glasgow": Task(
            [hashed(hashes(entry.text, "en")) for entry in glasgow], value_table(glasgow), chances=False, times=6
        ),
    }


def _of_class(review: Review) -> bool:
    return review.rating in NEGATIVE or review.positive
