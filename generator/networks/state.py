"""What networks carry from step to step: tensors of (B, ...) in nested tuples, each network's own."""

from collections.abc import Callable
from typing import Any

from torch import Tensor


def detached(state: Any) -> Any:
    """The state cut off from the gradients of the steps before it."""
    return _each(state, Tensor.detach)


def of_rows(state: Any, rows: Tensor) -> Any:
    """The state of some of the melodies alone."""
    return _each(state, lambda part: part[rows])


def _each(state: Any, change: Callable[[Tensor], Tensor]) -> Any:
    if isinstance(state, Tensor):
        return change(state)
    if not isinstance(state, tuple):
        return state
    parts = [_each(part, change) for part in state]
    return type(state)(*parts) if hasattr(state, "_fields") else tuple(parts)
