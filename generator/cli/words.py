"""Words of the command line read as numbers, with errors that say what would be right."""

from argparse import ArgumentTypeError


def number(word: str) -> float:
    """A number, such as 0.8."""
    try:
        return float(word)
    except ValueError:
        raise ArgumentTypeError(f"must be a number, not {word!r}") from None


def whole_number(word: str) -> int:
    """A whole number, such as 7."""
    try:
        return int(word)
    except ValueError:
        raise ArgumentTypeError(f"must be a whole number, not {word!r}") from None
