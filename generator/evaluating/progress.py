"""How long work tells how far it is."""

from collections.abc import Callable

Told = Callable[[float], None]
"""Is told the share that is done, 0..1."""


def silent(share: float) -> None:
    """Tells no one."""
