"""The check that every uploaded MIDI file goes through."""

import json
import logging
from pathlib import Path
from typing import Literal

from generator.curating.checked import CheckedPiece
from generator.curating.confined import ConfinedProcessFailed, End, run_confined
from generator.curating.limits import WALL_SECONDS
from generator.curating.refusal import MidiRefused, Refusal

log = logging.getLogger(__name__)

_MODULE = "generator.curating.child"
_FAILURES = {
    End.TIME: (
        Refusal.TOOK_TOO_LONG,
        f"Reading the file took longer than {WALL_SECONDS} seconds. Upload a shorter or simpler file.",
    ),
    End.MEMORY: (Refusal.TOO_MUCH_MEMORY, "Reading the file took too much memory. Upload a simpler file."),
    End.CRASH: (
        Refusal.UNREADABLE,
        "The file could not be read. Open it in a music program and save it as MIDI again.",
    ),
}


def check_midi_file(path: Path, what_for: Literal["learning", "editing"] = "learning") -> CheckedPiece:
    """The piece in the file at `path`, whatever it holds, read in a process with limits.

    A melody to be edited may be shorter, longer and wider than one to be learned from.

    Raises:
        MidiRefused: always this, whatever is wrong with the file; also where there is none.
    """
    try:
        with path.open("rb") as source:
            answer = json.loads(run_confined(_MODULE, source, what_for, wall_seconds=WALL_SECONDS))
    except OSError as fault:
        log.warning("%s: %s", path, fault)
        raise MidiRefused(Refusal.UNREADABLE, "The file is no longer here. Upload it again.") from fault
    except ConfinedProcessFailed as failed:
        log.warning("%s: %s", path, failed)
        raise MidiRefused(*_FAILURES[failed.end]) from failed
    if "refused" in answer:
        raise MidiRefused(Refusal(answer["refused"]["code"]), answer["refused"]["message"])
    return CheckedPiece.from_json(answer["checked"])
