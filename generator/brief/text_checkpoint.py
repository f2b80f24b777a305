"""The one file of the reader of texts: both networks, what is said from them, and the provenance, as safetensors.

Large tables are kept in 8 bits with a scale a row, all else in 16 or 32.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from generator.brief.checkpoint_files import ReaderRefused, open_checkpoint
from generator.brief.eight_bits import from_eight_bits, to_eight_bits
from generator.brief.subwords import SubWords
from generator.brief.text_lines import Lines
from generator.brief.text_networks import Bag, BagConfig, BiLSTM, BiLSTMConfig
from generator.brief.text_ratings import SIGNS, Ratings
from generator.brief.tokens import READING

SERVED_TEXT = Path(__file__).parent.parent / "checkpoints" / "text_reader.safetensors"
"""The checkpoint that reads texts."""

_TABLES = ("table.weight", "embeddings.weight", "lines.weights")
_MIDDLE = 1 << 31
"""Of the hashes: less that they are kept in 32 bits with a sign."""
_LARGE = 1 << 16
"""Numbers in a table from which on it is kept in 8 bits."""


@dataclass(frozen=True)
class Names:
    """The labels of English and of Korean texts, in the order of their probabilities."""

    goemotions: tuple[str, ...]
    kote: tuple[str, ...]


class TextModel(nn.Module):
    """Both networks, and the linear layers that speak from what they see.

    Attributes:
        bilstms: one, or several that learned from other seeds.
        mix: weights of the log odds of the Bi-LSTMs and of the bag, and what is added, (Bi-LSTMs + 2,).
        goemotions_lines, kote_lines: from a text's n-grams to the log odds of the labels.
        kote: from what the Bi-LSTMs see of a text to the log odds of KOTE's labels.
        feeling: from the bag's summary, the log odds of GoEmotions and a text's rated words to valence and arousal.
        feeling_lines: what a text's n-grams add to that.
        goemotions_from, kote_from: the probability from which on each label is taken for given.
        kote_points: valence and arousal of each of KOTE's labels, (labels, 2).
    """

    mix: Tensor
    goemotions_from: Tensor
    kote_from: Tensor
    kote_points: Tensor

    def __init__(
        self,
        bilstm: BiLSTMConfig,
        bag: BagConfig,
        names: Names,
        members: int = 1,
        known: Mapping[str, int] | None = None,
    ) -> None:
        """Untrained, with so many Bi-LSTMs, and lines that know so many n-grams each."""
        super().__init__()
        self.names, self.bilstm_config = names, bilstm
        self.bilstms = nn.ModuleList(BiLSTM(bilstm) for _ in range(members))
        self.bag = Bag(bag)
        known = known or {}
        self.goemotions_lines = Lines(known.get("goemotions_lines", 0), len(names.goemotions))
        self.kote_lines = Lines(known.get("kote_lines", 0), len(names.kote))
        self.feeling_lines = Lines(known.get("feeling_lines", 0), 2)
        self.kote = nn.Linear(4 * bilstm.hidden * members, len(names.kote))
        self.feeling = nn.Linear(bag.width + len(names.goemotions) + SIGNS, 2)
        self.register_buffer("mix", torch.tensor([*[1.0] * (members + 1), 0.0]) / (members + 1))
        self.register_buffer("goemotions_from", torch.full((len(names.goemotions),), 0.5))
        self.register_buffer("kote_from", torch.full((len(names.kote),), 0.5))
        self.register_buffer("kote_points", torch.zeros(len(names.kote), 2))

    @property
    def members(self) -> list[BiLSTM]:
        """The Bi-LSTMs."""
        return [member for member in self.bilstms if isinstance(member, BiLSTM)]

    @property
    def known(self) -> dict[str, int]:
        """How many n-grams each of the lines knows."""
        return {name: len(part.known) for name, part in self.named_children() if isinstance(part, Lines)}


@dataclass(frozen=True)
class TextCheckpoint:
    """All that reading takes. `identity` is "text_reader" and the first twelve hex digits of the file's SHA-256.

    `training` tells what the weights have been through: sources with licences and counts, settings, seeds.
    """

    identity: str
    model: TextModel
    subwords: SubWords
    ratings: Ratings
    training: dict[str, Any]


def save_text_checkpoint(
    path: Path, model: TextModel, subwords: SubWords, ratings: Ratings, training: dict[str, Any]
) -> None:
    """Write the checkpoint at once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors: dict[str, Tensor] = {}
    for name, tensor in model.state_dict().items():
        tensors |= _small(name, tensor)
    words = list(ratings)
    tensors["ratings"] = torch.tensor([ratings[word] for word in words]).reshape(len(words), 2)
    tensors["text"] = _as_tensor(
        {"signs": list(subwords.signs), "merges": [" ".join(pair) for pair in subwords.merges], "rated": words}
    )
    metadata = {
        "network": "text_reader",
        "reading": json.dumps(READING),
        "bilstm": json.dumps(asdict(model.bilstm_config)),
        "members": json.dumps(len(model.bilstms)),
        "known": json.dumps(model.known),
        "bag": json.dumps(asdict(model.bag.config)),
        "names": json.dumps(asdict(model.names)),
        "training": json.dumps(training),
    }
    unfinished = path.with_suffix(".tmp")
    save_file(tensors, unfinished, metadata)
    unfinished.replace(path)


def load_text_checkpoint(path: Path = SERVED_TEXT) -> TextCheckpoint:
    """The checkpoint in `path`, its networks in evaluation mode.

    Raises:
        ReaderRefused: the file is missing, is no safetensors file, or holds another network or another way of
            reading texts as numbers.
    """
    metadata, tensors = open_checkpoint(path, "make train-text")
    try:
        if metadata["network"] != "text_reader" or json.loads(metadata["reading"]) != READING:
            raise ReaderRefused(f"{path.name} reads texts as other numbers than this version: run `make train-text`")
        model = TextModel(
            BiLSTMConfig(**json.loads(metadata["bilstm"])),
            BagConfig(**json.loads(metadata["bag"])),
            Names(**{name: tuple(labels) for name, labels in json.loads(metadata["names"]).items()}),
            json.loads(metadata["members"]),
            json.loads(metadata["known"]),
        )
        training = json.loads(metadata["training"])
        text = json.loads(bytes(tensors.pop("text").tolist()).decode())
        subwords = SubWords(text["signs"], [tuple(pair.split(" ")) for pair in text["merges"]])
        values = tensors.pop("ratings").tolist()
        ratings = {word: (valence, arousal) for word, (valence, arousal) in zip(text["rated"], values, strict=True)}
        model.load_state_dict(_large(tensors))
    except (KeyError, TypeError, ValueError, RuntimeError, AttributeError) as fault:
        raise ReaderRefused(f"{path.name} is no reader of texts: `make train-text` makes one") from fault
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return TextCheckpoint(f"text_reader-{digest[:12]}", model.eval(), subwords, ratings, training)


def _small(name: str, tensor: Tensor) -> dict[str, Tensor]:
    """A tensor as it is kept: a large table in 8 bits and its scales, (rows,), other tables in 16."""
    if name.endswith(".known"):
        return {name: (tensor - _MIDDLE).int()}
    if tensor.dim() == 2 and tensor.numel() >= _LARGE and name.endswith(_TABLES):
        kept, scales = to_eight_bits(tensor)
        return {name: kept, f"{name}.scale": scales}
    return {name: tensor.half().contiguous() if tensor.dim() == 2 else tensor.contiguous()}


def _large(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    scales = {name.removesuffix(".scale"): tensors[name] for name in tensors if name.endswith(".scale")}
    large = {name: tensor.float() for name, tensor in tensors.items() if not name.endswith((".scale", ".known"))}
    for name, scale in scales.items():
        large[name] = from_eight_bits(tensors[name], scale)
    return large | {name: tensors[name].long() + _MIDDLE for name in tensors if name.endswith(".known")}


def _as_tensor(text: dict[str, list[str]]) -> Tensor:
    encoded = json.dumps(text, ensure_ascii=False, separators=(",", ":")).encode()
    return torch.frombuffer(bytearray(encoded), dtype=torch.uint8)
