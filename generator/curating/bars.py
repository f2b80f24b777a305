"""The bars of a file: the longest stretch in one metre and key signature."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.curating.midi_reading import MidiSong
from generator.curating.refusal import MidiRefused, Refusal
from generator.melody.metre import METRES, STEPS_PER_QUARTER, Metre

_SAME_BAR_LENGTH = {"2/2": "4/4"}


@dataclass(frozen=True)
class _Section:
    """From tick `start` to `end` nothing changes in metre or signature (sharps, if stated)."""

    start: int
    end: int
    metre: str
    sharps: int | None

    @property
    def ticks(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Stretch:
    """A stretch of a file, laid out in bars.

    `sections` are (first tick, tick after the last, position) in order of time; positions are in ticks from
    the first bar line. `sharps` is the stated key signature, if there is one.
    """

    metre: Metre
    sharps: int | None
    sections: tuple[tuple[int, int, int], ...]

    @property
    def start(self) -> int:
        return self.sections[0][0]

    @property
    def end(self) -> int:
        return self.sections[-1][1]


def longest_stretch(song: MidiSong, end: int) -> Stretch:
    """The longest stretch before tick `end` in one metre that the composer knows and one key signature.

    A section shorter than a bar, as programs write for a pick-up or at a repeat, belongs to the stretch
    about it: at its start it is moved to the end of the first bar.

    Raises:
        MidiRefused: the composer knows none of the metres.
    """
    sections = list(_sections(song, end))
    lengths: Counter[tuple[str, int | None]] = Counter()
    for section in sections:
        lengths[section.metre, section.sharps] += section.ticks
    known = [kind for kind in lengths if kind[0] in METRES]
    if not known:
        stated = ", ".join(sorted({section.metre for section in sections})[:3])
        raise MidiRefused(Refusal.UNKNOWN_METRE, f"The piece is in {stated}; the composer knows {', '.join(METRES)}.")
    name, sharps = max(known, key=lambda kind: lengths[kind])
    metre = METRES[name]
    bar = metre.steps_per_bar * song.division // STEPS_PER_QUARTER

    def belongs(section: _Section) -> bool:
        return section.sharps == sharps and (section.metre == name or section.ticks < bar)

    stretches = [list(members) for inside, members in groupby(sections, belongs) if inside]
    longest = max(stretches, key=lambda members: sum(section.ticks for section in members))
    return Stretch(metre, sharps, tuple(_laid_out(longest, name, bar)))


def _sections(song: MidiSong, end: int) -> Iterator[_Section]:
    """The sections before tick `end`; a metre is 4/4 until one is stated, a signature the first stated."""
    metre, sharps = "4/4", song.signatures[0][1] if song.signatures else None
    changes: list[tuple[int, str | None, int | None]] = [
        *((tick, f"{numerator}/{denominator}", None) for tick, (numerator, denominator) in song.metres),
        *((tick, None, stated) for tick, stated in song.signatures),
    ]
    start = 0
    for tick, stated_metre, stated_sharps in sorted(changes, key=lambda change: change[0]):
        if tick >= end:
            break
        following = metre if stated_metre is None else _SAME_BAR_LENGTH.get(stated_metre, stated_metre)
        signature = sharps if stated_sharps is None else stated_sharps
        if (following, signature) != (metre, sharps):
            if tick > start:
                yield _Section(start, tick, metre, sharps)
                start = tick
            metre, sharps = following, signature
    yield _Section(start, end, metre, sharps)


def _laid_out(sections: Sequence[_Section], metre: str, bar: int) -> Iterator[tuple[int, int, int]]:
    position = bar - sections[0].ticks if len(sections) > 1 and sections[0].ticks < bar else 0
    for section in sections:
        if section.metre == metre:
            position += -position % bar
        yield section.start, section.end, position
        position += section.ticks
