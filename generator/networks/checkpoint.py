"""The one form of a checkpoint: safetensors with everything needed to use, check and cite it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import safetensors
from safetensors.torch import load_file, save_file

from generator.melody.attributes import ATTRIBUTE_NAMES, AttributeScale
from generator.melody.melody import HIGHEST_PITCH, LOWEST_PITCH
from generator.melody.metre import METRES, STEPS_PER_QUARTER
from generator.networks.attention_rnn import AttentionRNN, AttentionRNNConfig
from generator.networks.base import MelodyNetwork
from generator.networks.basic_rnn import BasicRNN, BasicRNNConfig
from generator.networks.context import FARTHEST_END, PHRASE_BARS
from generator.networks.conv1d import Conv1D, Conv1DConfig
from generator.networks.conv1d_lstm import Conv1DLSTM, Conv1DLSTMConfig
from generator.networks.emogen import EmoGen, EmoGenConfig
from generator.networks.lb_attention import LBAttention, LBAttentionConfig
from generator.networks.lookback_rnn import LookbackRNN
from generator.networks.lstm import LSTM, StackedLSTMConfig
from generator.networks.lstm_1 import LSTM1, MunkhbatConfig
from generator.networks.lstm_2 import LSTM2
from generator.networks.lstm_3 import LSTM3

SERVED = Path(__file__).parent.parent / "checkpoints" / "lb_attention.safetensors"
"""The checkpoint that the composer loads."""

ENCODING: dict[str, Any] = {
    "lowest_pitch": LOWEST_PITCH,
    "highest_pitch": HIGHEST_PITCH,
    "steps_per_quarter": STEPS_PER_QUARTER,
    "metres": {name: metre.steps_per_bar for name, metre in METRES.items()},
    "phrase_bars": PHRASE_BARS,
    "farthest_end": FARTHEST_END,
    "attributes": list(ATTRIBUTE_NAMES),
}
"""How melodies are written as numbers. A checkpoint trained on another encoding is refused."""


class CheckpointRefused(Exception):
    """A checkpoint cannot be used; the message says why in the user's words."""


@dataclass(frozen=True)
class Training:
    """What a checkpoint's weights have been through.

    Attributes:
        dataset: hash of every piece of the corpus, in hexadecimal.
        counts: pieces a source.
        licences: the licence of each source.
        epochs: passes over the training part.
        losses: mean nats a step on the parts "train", "validation" and "test".
        history: the losses on "train" (with dropout, as it learned) and "validation" after every epoch.
        seconds: of learning, all epochs together, evaluation left out.
        seed: of the initial weights, the order and the dropout.
    """

    dataset: str
    counts: dict[str, int]
    licences: dict[str, str]
    epochs: int
    losses: dict[str, float]
    history: list[list[float]]
    seconds: float
    seed: int


@dataclass(frozen=True)
class Checkpoint:
    """A network ready to use, with the scale its emotions were measured on.

    `identity` is the network's name and the first twelve hex digits of the SHA-256 of the file.
    """

    identity: str
    network: MelodyNetwork
    scale: AttributeScale
    training: Training


_NETWORKS: dict[str, tuple[type[MelodyNetwork], type]] = {
    network.name: (network, config)
    for network, config in (
        (BasicRNN, BasicRNNConfig),
        (LookbackRNN, BasicRNNConfig),
        (AttentionRNN, AttentionRNNConfig),
        (LSTM1, MunkhbatConfig),
        (LSTM2, MunkhbatConfig),
        (LSTM3, MunkhbatConfig),
        (LSTM, StackedLSTMConfig),
        (Conv1D, Conv1DConfig),
        (Conv1DLSTM, Conv1DLSTMConfig),
        (EmoGen, EmoGenConfig),
        (LBAttention, LBAttentionConfig),
    )
}
NETWORK_NAMES = tuple(_NETWORKS)


def network_class(name: str) -> type[MelodyNetwork]:
    """The network of that name.

    Raises:
        CheckpointRefused: there is none.
    """
    if name not in _NETWORKS:
        raise CheckpointRefused(f"there is no network named {name!r}; known are {', '.join(NETWORK_NAMES)}")
    return _NETWORKS[name][0]


def build_network(name: str, config: dict[str, Any] | None = None) -> MelodyNetwork:
    """A new network of that name, at its own default sizes unless `config` gives others.

    Raises:
        CheckpointRefused: no such network, or a config that is not its own.
    """
    network, sizes = network_class(name), _NETWORKS[name][1]
    try:
        return network(sizes(**config or {}))
    except TypeError as fault:
        raise CheckpointRefused(f"the checkpoint's config is not one of {name}: {fault}") from fault


def save_checkpoint(path: Path, network: MelodyNetwork, scale: AttributeScale, training: Training) -> None:
    """Write the checkpoint at once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    metadata = {
        "network": network.name,
        "config": json.dumps(network.config),
        "encoding": json.dumps(ENCODING),
        "scale": json.dumps(asdict(scale)),
        "training": json.dumps(asdict(training)),
    }
    save_file(network.state_dict(), unfinished, metadata)
    unfinished.replace(path)


def load_checkpoint(path: Path = SERVED) -> Checkpoint:
    """The checkpoint in `path`, its network in evaluation mode.

    Raises:
        CheckpointRefused: the file is missing, is no safetensors file (a pickle, say), or belongs to
            another network, config or encoding.
    """
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
        weights = load_file(path)
    except FileNotFoundError as fault:
        raise CheckpointRefused(f"there is no checkpoint at {path}") from fault
    except (OSError, safetensors.SafetensorError) as fault:
        raise CheckpointRefused(f"{path.name} is no safetensors file; pickled checkpoints are not loaded") from fault
    try:
        encoding = json.loads(metadata["encoding"])
        network = build_network(metadata["network"], json.loads(metadata["config"]))
        scale = AttributeScale(**json.loads(metadata["scale"]))
        training = Training(**json.loads(metadata["training"]))
    except (KeyError, TypeError, json.JSONDecodeError) as fault:
        raise CheckpointRefused(f"{path.name} lacks the description of its network") from fault
    if encoding != ENCODING:
        raise CheckpointRefused(f"{path.name} writes melodies as other numbers than this composer does")
    try:
        network.load_state_dict(weights)
    except RuntimeError as fault:
        raise CheckpointRefused(f"{path.name} holds weights of another config than it names") from fault
    network.eval()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Checkpoint(f"{network.name}-{digest[:12]}", network, scale, training)
