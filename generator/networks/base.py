"""What every network of the bench has in common."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from generator.melody.events import EVENT_COUNT
from generator.networks.context import Context

REPEAT_ONE_BAR = EVENT_COUNT
REPEAT_TWO_BARS = EVENT_COUNT + 1
LABEL_COUNT = EVENT_COUNT + 2
"""The labels of the lookback networks: the events, and "what stood one bar ago" and "two bars ago"."""


class MelodyNetwork(nn.Module, ABC):
    """Predicts the event of each step from its context.

    `config` holds the numbers the network is built from; with them and the weights it is whole.
    """

    name: ClassVar[str]

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self.config = config

    @abstractmethod
    def forward(self, context: Context, state: Any) -> tuple[Tensor, Any]:
        """Logits (B, T, labels) of the context's steps, and the state after them; None is the start."""

    @staticmethod
    @abstractmethod
    def detach(state: Any) -> Any:
        """The state cut off from the gradients of the steps before it."""

    @property
    def parameter_count(self) -> int:
        return sum(parameter.numel() for parameter in self.parameters())


def event_log_probabilities(logits: Tensor, context: Context) -> Tensor:
    """The log probability of each event, (B, T, EVENT_COUNT), from logits over events or labels.

    A label that says "repeat" stands for the event found at that distance, so an event's probability is
    the sum over all labels that spell it. Networks with and without such labels are thus compared, and
    trained, on one measure.
    """
    log_labels = torch.log_softmax(logits, dim=-1)
    if logits.shape[-1] == EVENT_COUNT:
        return log_labels
    events = log_labels[..., :EVENT_COUNT]
    choices = [events]
    for label, found in ((REPEAT_ONE_BAR, context.one_bar), (REPEAT_TWO_BARS, context.two_bars)):
        # Where nothing stood at that distance the label spells no-event, as in Magenta's melody_rnn.
        spelled = torch.full_like(events, float("-inf"))
        choices.append(spelled.scatter(-1, found.clamp(min=0).unsqueeze(-1), log_labels[..., label : label + 1]))
    return torch.logsumexp(torch.stack(choices), dim=0)
