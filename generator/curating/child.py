"""The process in which an uploaded MIDI file is read: `python -m generator.curating.child PARENT WHAT_FOR < FILE`.

It prints one JSON object, `{"checked": …}` or `{"refused": {"code": …, "message": …}}`.
"""

import json
import sys

from generator.curating.confined import OUT_OF_MEMORY, confine_self
from generator.curating.limits import LARGEST_FILE, TO_EDIT, TO_LEARN_FROM, Bounds
from generator.curating.refusal import MidiRefused


def main() -> None:
    """Confines this process, then checks what stdin holds."""
    confine_self(int(sys.argv[1]))
    bounds = {"learning": TO_LEARN_FROM, "editing": TO_EDIT}[sys.argv[2]]
    try:
        print(json.dumps(_verdict(sys.stdin.buffer.read(LARGEST_FILE + 1), bounds)))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def _verdict(data: bytes, bounds: Bounds) -> dict[str, object]:
    # numpy comes with this import, and must come under the limits.
    from generator.curating.melody_finding import checked_piece

    try:
        return {"checked": checked_piece(data, bounds).to_json()}
    except MidiRefused as refused:
        return {"refused": {"code": refused.code.value, "message": refused.message}}


if __name__ == "__main__":
    main()
