"""Training in several processes: `torchrun --nproc-per-node N -m generator train …`, on GPUs or on CPU cores.

Every process holds the whole network and learns from its rows of each batch; gradients are added up before each
step. The split leaves the sums as they are, so that the loss falls as in one process; only dropout draws differently.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, distributed, nn


@dataclass(frozen=True)
class Processes:
    """Which of how many processes this is, and the device it computes on."""

    rank: int
    count: int
    device: torch.device

    @property
    def leads(self) -> bool:
        """Whether this is the one that writes and reports."""
        return self.rank == 0

    def own_rows(self, rows: int) -> tuple[Tensor, Tensor]:
        """The rows of a batch that are this process's, and whether each is there at all.

        A batch of fewer rows than processes has one row for each all the same, which then counts for nothing.
        """
        own = torch.arange(self.rank, max(rows, self.count), self.count)
        return own % rows, own < rows

    def total(self, number: float) -> float:
        """The sum of a number over all processes."""
        if self.count == 1:
            return number
        summed = torch.tensor(number, dtype=torch.float64, device=self.device)
        distributed.all_reduce(summed)
        return summed.item()

    def add_gradients(self, network: nn.Module) -> None:
        """Add up the gradients of all processes."""
        if self.count > 1:
            for parameter in network.parameters():
                if parameter.grad is not None:
                    distributed.all_reduce(parameter.grad)


@contextmanager
def processes() -> Iterator[Processes]:
    """This process among those that torchrun started, alone without it."""
    rank, count = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
    on_gpu = torch.cuda.is_available()
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0"))) if on_gpu else torch.device("cpu")
    if count == 1:
        yield Processes(rank, count, device)
        return
    distributed.init_process_group("nccl" if on_gpu else "gloo")
    try:
        yield Processes(rank, count, device)
    finally:
        distributed.destroy_process_group()
