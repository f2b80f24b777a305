"""Large tables kept in 8 bits, with a scale a row in 16."""

import torch
from torch import Tensor


def to_eight_bits(table: Tensor) -> tuple[Tensor, Tensor]:
    """A table (rows, columns) as whole numbers -127..127 and the scales of its rows, (rows,)."""
    scales = (table.abs().amax(1) / 127).clamp(min=1e-6).half()
    kept = (table / scales.float().unsqueeze(1)).round().clamp(-127, 127).to(torch.int8)
    return kept, scales


def from_eight_bits(kept: Tensor, scales: Tensor) -> Tensor:
    """The table (rows, columns) again, to half a step of its rows."""
    return kept.float() * scales.float().unsqueeze(1)
