"""The words of `compose` that shape a piece by hand: its frame, its notes, and the file that it goes on from."""

import argparse
import math
import re
from argparse import ArgumentTypeError
from dataclasses import dataclass, replace
from pathlib import Path

from generator.cli import shape_words
from generator.cli.words import number, whole_number
from generator.composing.editing import Edit, seconds_of
from generator.curating.checked import CheckedPiece
from generator.curating.checking import check_midi_file
from generator.curating.refusal import MidiRefused
from generator.melody.attributes import ATTRIBUTE_NAMES
from generator.melody.metre import METRE_NAMES, METRES
from generator.melody.transforms import with_metre
from generator.request import (
    FASTEST_TEMPO,
    LONGEST_SECONDS,
    MOST_CANDIDATES,
    SHORTEST_SECONDS,
    SLOWEST_TEMPO,
    USUAL_CANDIDATES,
    BadRequest,
)
from generator.styles import STYLES


@dataclass(frozen=True)
class Source:
    """The piece that is gone on from, and the path it was read from."""

    path: Path
    piece: CheckedPiece

    def edit(self, options: argparse.Namespace, seed: int) -> Edit:
        """What the words ask to be done with it.

        Raises:
            BadRequest: it has no such bars, or the share lies outside its range.
        """
        melody = self.piece.melody
        if options.keep:
            edit = Edit.keep(melody, *options.keep)
        elif options.redo:
            edit = Edit.redo(melody, *options.redo)
        elif options.vary is not None:
            edit = Edit.vary(melody, options.vary, seed)
        else:
            edit = Edit.anew(melody)
        return replace(edit, instrument=self.piece.part)


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the words."""
    parser.add_argument("--metre", metavar="METRE", help=", ".join(METRE_NAMES))
    parser.add_argument("--key", metavar="KEY", help='such as "D minor"')
    parser.add_argument("--tempo", type=number, help=f"quarter notes a minute, {SLOWEST_TEMPO:g} to {FASTEST_TEMPO:g}")
    parser.add_argument("--style", metavar="STYLE", help=f"{', '.join(STYLES)}; the mood's own if none is named")
    parser.add_argument(
        "--candidates", type=whole_number, default=USUAL_CANDIDATES,
        help=f"melodies to choose the best from, 1 to {MOST_CANDIDATES}",
    )  # fmt: skip
    parser.add_argument(
        "--attributes", type=shares, default={}, metavar="NAME=SHARE,...",
        help=f"share 0 to 1 of the training tunes that have less of it: {', '.join(ATTRIBUTE_NAMES)}",
    )  # fmt: skip
    source = parser.add_argument_group(
        "going on from a MIDI file, in its metre, key, tempo and length if none are named"
    )
    source.add_argument(
        "--from", dest="source", type=Path, metavar="FILE.mid", help="alone: all bars anew in its form"
    )
    what = source.add_mutually_exclusive_group()
    what.add_argument("--keep", type=bars, metavar="BARS", help="keep these bars, such as 1-4, and compose the others")
    what.add_argument("--redo", type=bars, metavar="BARS", help="compose these bars, such as 5-8, and keep the others")
    what.add_argument("--vary", type=number, metavar="SHARE", help="vary a share 0 to 1 of the bars, keep the others")


def read_source(options: argparse.Namespace) -> Source | None:
    """The piece that --from names, None without it.

    Raises:
        BadRequest: there is no such file, it holds no melody, or what is to be done with it is named without it.
    """
    if options.source is None:
        named = [word for word in ("keep", "redo", "vary") if getattr(options, word) is not None]
        if named:
            raise BadRequest(f"--{named[0]} needs --from FILE.mid, the piece that it is to be done with")
        return None
    if not options.source.is_file():
        raise BadRequest(f"--from must name a MIDI file, and there is none at {options.source}")
    try:
        return Source(options.source, check_midi_file(options.source, "editing"))
    except MidiRefused as refused:
        raise BadRequest(f"--from {options.source}: {refused.message}") from None


def tempo_and_seconds(options: argparse.Namespace, source: Source | None) -> tuple[float | None, float]:
    """The tempo, if it is settled, and the length.

    Raises:
        BadRequest: none is asked for and the source's own cannot be had.
    """
    if source is None:
        return options.tempo, 30.0 if options.seconds is None else options.seconds
    tempo = source.piece.tempo if options.tempo is None else options.tempo
    if not SLOWEST_TEMPO <= tempo <= FASTEST_TEMPO:
        whose = "the file's tempo" if options.tempo is None else "--tempo"
        raise BadRequest(f"{whose} is {tempo:g}; name one from {SLOWEST_TEMPO:g} to {FASTEST_TEMPO:g} with --tempo")
    if options.seconds is not None:
        return tempo, options.seconds
    melody = with_metre(source.piece.melody, METRES.get(options.metre, source.piece.melody.metre))
    # Rounded up: a length that is a little short would lose the last bar.
    seconds = math.ceil(seconds_of(melody, tempo, shape_words.ending_of(options)) * 1000) / 1000
    if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
        raise BadRequest(
            f"at {tempo:g} quarter notes a minute the file's melody lasts {seconds:.1f} seconds; "
            f"name --seconds, {SHORTEST_SECONDS:g} to {LONGEST_SECONDS:g}, or another --tempo"
        )
    return tempo, seconds


def bars(word: str) -> tuple[int, int]:
    """The first and the last of some bars, such as 5-8, or one, such as 5."""
    found = re.fullmatch(r"(\d{1,4})(?:-(\d{1,4}))?", word, re.ASCII)
    if not found:
        raise ArgumentTypeError(f"must be bars such as 5-8, or one such as 5, not {word!r}")
    return int(found[1]), int(found[2] or found[1])


def shares(words: str) -> dict[str, float]:
    """Attributes and their shares, such as density=0.7,range=0.4."""
    named: dict[str, float] = {}
    for word in words.split(","):
        name, _, share = word.partition("=")
        try:
            named[name.strip()] = float(share)
        except ValueError:
            raise ArgumentTypeError(
                f"must be names with a share 0 to 1 each, such as density=0.7,range=0.4, not {words!r}"
            ) from None
    return named
