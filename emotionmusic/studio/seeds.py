"""Seeds for whoever names none."""

import secrets

from generator.request import LARGEST_SEED


def drawn_seed() -> int:
    """Another one every time."""
    return secrets.randbelow(LARGEST_SEED + 1)
