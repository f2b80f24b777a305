"""What a score says beside its sounding notes, in an event of the MIDI file that programs keep to themselves."""

import json
from typing import Any

from generator.melody.written import WRITTEN_MARK, melody_fields
from generator.request import Ending
from generator.score import Score


class NotOurs(ValueError):
    """A MIDI file that this generator did not write, or that was changed since."""


def written_fields(score: Score) -> dict[str, Any]:
    """The melody, the harmony and what else cannot be told from sounding notes, ready for JSON."""
    assert score.melody is not None
    return {
        **melody_fields(score.melody),
        "chords": [
            [chord.onset, chord.duration, chord.root, chord.quality.value, chord.inversion] for chord in score.chords
        ],
        "swing": score.timing.swing,
        "hits": list(score.hits),
        "ending": score.ending.value,
    }


def read_fields(midi: bytes) -> dict[str, Any]:
    """The fields that stand in a MIDI file.

    Raises:
        NotOurs: there are none.
    """
    _, mark, rest = midi.partition(WRITTEN_MARK)
    # JSON is ASCII and ends by itself; what follows is MIDI again.
    try:
        fields, _ = json.JSONDecoder().raw_decode(rest.decode("ascii", "replace"))
    except (ValueError, RecursionError) as fault:
        raise NotOurs("this MIDI file does not say how its music is written") from fault
    if not mark or not isinstance(fields, dict):
        raise NotOurs("this MIDI file does not say how its music is written")
    return fields


def goes_round(midi: bytes) -> bool:
    """Whether the piece in a MIDI file is to be repeated without an end; only ours can say so."""
    try:
        return read_fields(midi).get("ending") == Ending.LOOP
    except NotOurs:
        return False
