"""What every network of the bench has in common."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import torch
from torch import Tensor, nn

from generator.melody.events import EVENT_COUNT
from generator.networks.context import Context, Places

REPEAT_ONE_BAR = EVENT_COUNT
REPEAT_TWO_BARS = EVENT_COUNT + 1
LOOKBACK_LABEL_COUNT = EVENT_COUNT + 2
"""The labels of the lookback networks: the events, and "what stood one bar ago" and "two bars ago"."""
REPEAT_ECHO = EVENT_COUNT + 2
LABEL_COUNT = EVENT_COUNT + 3
"""The labels of LB-Attention: those of lookback, and "what stood in the bar that this one takes up"."""


@dataclass(frozen=True)
class Recipe:
    """How a network learns, where its paper says so: the optimizer and its highest learning rate."""

    optimizer: Literal["adamw", "rmsprop", "adamax"] = "adamw"
    learning_rate: float = 2e-3


class MelodyNetwork(nn.Module, ABC):
    """Predicts the event of each step from its context.

    `config` holds the numbers the network is built from; with them and the weights it is whole.
    """

    name: ClassVar[str]
    recipe: ClassVar[Recipe] = Recipe()
    tiny: ClassVar[dict[str, Any]] = {"units": 16}
    """A config that learns in seconds: it shows that the road works, not that the music is good."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self.config = config

    @abstractmethod
    def forward(self, context: Context, state: Any) -> tuple[Tensor, Any]:
        """Logits (B, T, labels) of the context's steps, and the state after them; None or `opening` is the start.

        Every tensor of a state begins with the dimension of the melodies, as `networks.state` has it.
        """

    def opening(self, places: Places) -> Any:
        """The state before the first of these steps; it may hold what is known of all of them beforehand."""
        return None

    @property
    def parameter_count(self) -> int:
        return sum(parameter.numel() for parameter in self.parameters())


def event_log_probabilities(logits: Tensor, context: Context) -> Tensor:
    """The log probability of each event, (B, T, EVENT_COUNT), from logits over events or labels.

    A label that says "repeat" stands for the event found at that distance, so an event's probability is
    the sum over all labels that spell it. Networks with and without such labels are thus compared, and
    trained, on one measure.
    """
    repeats = logits.shape[-1] - EVENT_COUNT
    if not repeats:
        return torch.log_softmax(logits, dim=-1)
    labels = torch.softmax(logits, dim=-1, dtype=torch.float32)
    # Where nothing stood at that distance the label spells no-event, as in Magenta's melody_rnn.
    spelled = context.seen[..., 1 : 1 + repeats].clamp(min=0)
    events = labels[..., :EVENT_COUNT].scatter_add(-1, spelled, labels[..., EVENT_COUNT:])
    return events.clamp(min=torch.finfo(events.dtype).tiny).log()
