"""From a finished track to the next one: another like it, the same in another mood, or some of its bars anew."""

from dataclasses import dataclass, replace
from typing import Any

from generator.composing.editing import Edit, pick_up_of, tempo_of
from generator.frames import best_frame
from generator.melody.melody import Key, Melody
from generator.request import Ending, Request

SHARE_VARIED = 0.5
"""Of the bars, when a melody is to be in another mood and still be known again."""


@dataclass(frozen=True)
class Wish:
    """What is asked of the new track.

    Attributes:
        mood: its name, or a blend such as "happy:0.6,peaceful:0.4".
        intensity: 0..1.
        seconds: its length, the source's own.
        seed: of all chances.
        style: name of the style that it is arranged in; the mood's own if None.
        curve, hits, ending: as in Request, what the source has.
    """

    mood: str
    intensity: float
    seconds: float
    seed: int
    style: str | None = None
    curve: tuple[tuple[float, float], ...] = ()
    hits: tuple[float, ...] = ()
    ending: Ending = Ending.RING

    def request(self, **frame: Any) -> Request:
        """The request for it, in a frame of what else a request names.

        Raises:
            BadRequest: something in the wish cannot be made.
        """
        return Request.of(
            self.mood, self.intensity, self.seconds, self.seed, style=self.style, curve=self.curve, hits=self.hits,
            ending=self.ending, **frame,
        )  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A track to go on from: its melody as it is written, and the name of the instrument that played it."""

    melody: Melody
    instrument: str = ""


def another_like(source: Source, wish: Wish) -> tuple[Request, Edit]:
    """All bars anew in the same metre, key, tempo and form.

    Raises:
        BadRequest: something in the wish cannot be made.
    """
    return _in_the_same_frame(source, wish), _by(source, Edit.anew(source.melody))


def bars_redone(source: Source, wish: Wish, first: int, last: int) -> tuple[Request, Edit]:
    """The whole bars `first` to `last`, counted from 1, anew, all others to the note.

    Raises:
        BadRequest: as above, or the melody has no such bars.
    """
    return _in_the_same_frame(source, wish), _by(source, Edit.redo(source.melody, first, last))


def in_another_mood(source: Source, wish: Wish) -> tuple[Request, Edit]:
    """The same melody in the mood's mode on its old tonic, half of its bars varied, at about the mood's tempo.

    The length stays and so does the metre: a slower mood has fewer bars, and the melody is cut short; a quicker one
    has more, and it goes on.

    Raises:
        BadRequest: something in the wish cannot be made.
    """
    melody = source.melody
    free = wish.request(metre=melody.metre.name)
    frame, _ = best_frame(free, melody.metre, pick_up_of(melody))
    edit = Edit.vary(melody, SHARE_VARIED, wish.seed, bars=frame.bars)
    return replace(free, key=Key(melody.tonic, free.mood.mode), tempo=frame.tempo), _by(source, edit)


def _in_the_same_frame(source: Source, wish: Wish) -> Request:
    return wish.request(tempo=tempo_of(source.melody, wish.seconds, wish.ending))


def _by(source: Source, edit: Edit) -> Edit:
    return replace(edit, instrument=source.instrument)
