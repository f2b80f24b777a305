"""The files that are written while the visitor waits."""

from emotionmusic.library.models import Track
from emotionmusic.library.tagging import tags_of
from generator.rendering.markers import markers, markers_csv
from generator.rendering.reading import score_of
from generator.rendering.tags import tagged_midi


def midi_file(track: Track) -> bytes:
    """Every note, with the tags."""
    return tagged_midi(track.midi.read_bytes(), tags_of(track))


def marker_table(track: Track) -> bytes:
    """Bars and chords by the second.

    Raises:
        NotOurs: the track is older than what its MIDI file has to say for this.
    """
    return markers_csv(markers(score_of(track.midi.read_bytes()))).encode()


WRITTEN_AT_ONCE = {"midi": midi_file, "markers": marker_table}
"""By the kind's name."""
