"""The files of what reads texts, opened or refused."""

from pathlib import Path

import safetensors
from safetensors.torch import load_file
from torch import Tensor


class ReaderRefused(Exception):
    """A reader cannot be used; the message says why, and what to do."""


def open_checkpoint(path: Path, command: str) -> tuple[dict[str, str], dict[str, Tensor]]:
    """Metadata and tensors of a safetensors file that `command` makes.

    Raises:
        ReaderRefused: it is missing, or is no safetensors file.
    """
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
        return metadata, load_file(path)
    except FileNotFoundError as fault:
        raise ReaderRefused(f"there is no {path}: `{command}` makes it") from fault
    except (OSError, safetensors.SafetensorError) as fault:
        raise ReaderRefused(f"{path.name} is no safetensors file: `{command}` makes it anew") from fault
