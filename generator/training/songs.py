"""The songs with the chords of their pianos, read once into one compact file."""

import hashlib
import inspect
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from generator import chords
from generator.chords import Quality, steps_per_chord
from generator.melody.melody import Melody
from generator.melody.written import melody_fields, melody_of_fields
from generator.training import accompanied, analysing
from generator.training.accompanied import read_accompanied
from generator.training.analysing import ChordName, basses_in, chords_in
from generator.training.cache import keep_lines, kept_lines
from generator.training.corpora import Corpus, Source
from generator.training.dataset import Part, part_of
from generator.training.extracting import Unusable

SONGS = "openscore-lieder"
"""The source whose pieces have a piano."""

ChordNames = tuple[ChordName | None, ...]


@dataclass(frozen=True)
class HarmonisedSong:
    """A melody and what its composer put under it.

    Attributes:
        identity: that of the piece in the corpus.
        melody: in its own key.
        chords: the chord of each `steps_per_chord` of the melody, None where there is none.
        beats: that of each beat; where a beat alone holds none, the one of the stretch that it begins in.
        basses: the pitch class that is lowest in each `steps_per_chord`, None where nothing is struck.
    """

    identity: str
    melody: Melody
    chords: ChordNames
    beats: ChordNames
    basses: tuple[int | None, ...]


def song_of(path: Path, identity: str) -> HarmonisedSong:
    """The song in a file.

    Raises:
        Unusable: with the named reason.
    """
    song = read_accompanied(path)
    melody, metre = song.melody, song.melody.metre
    stretch, beat = steps_per_chord(metre), metre.steps_per_beat
    wide = chords_in(song.piano, melody.steps, stretch)
    narrow = chords_in(song.piano, melody.steps, beat)
    beats = (wide[number * beat // stretch] if chord is None else chord for number, chord in enumerate(narrow))
    return HarmonisedSong(
        identity, melody, tuple(wide), tuple(beats), tuple(basses_in(song.piano, melody.steps, stretch))
    )


def load_songs(source: Source, cache: Path, *, limit: int | None = None) -> tuple[list[HarmonisedSong], Counter[str]]:
    """The songs of `source`, of its first `limit` files, and how many were dropped under which reason.

    What is read is kept in `cache` and read again only when a file or the reading itself has changed.
    """
    files = source.files()[:limit]
    stamp = _stamp(files)
    path = cache / f"{source.name}-harmony{'' if limit is None else f'-first-{limit}'}.jsonl.gz"
    if (kept := _from_cache(path, stamp)) is not None:
        return kept
    songs: list[HarmonisedSong] = []
    dropped: Counter[str] = Counter()
    for file in tqdm(files, desc=f"{source.name}, harmony", unit="file", disable=None):
        try:
            songs.append(song_of(file, f"{source.name}/{file.stem}"))
        except Unusable as fault:
            dropped[str(fault)] += 1
    keep_lines(path, stamp, [json.dumps(dropped), *map(_song_to_json, songs)])
    return songs, dropped


def songs_of(songs: Sequence[HarmonisedSong], corpus: Corpus, part: Part) -> list[HarmonisedSong]:
    """The songs whose melody stands in that part of the corpus's split; one that the corpus dropped is in none."""
    identities = {entry.piece.identity for entry in corpus.pieces if part_of(entry) == part}
    return [song for song in songs if song.identity in identities]


def _stamp(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for module in (accompanied, analysing, chords):
        digest.update(inspect.getsource(module).encode())
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _from_cache(path: Path, stamp: str) -> tuple[list[HarmonisedSong], Counter[str]] | None:
    try:
        dropped, *songs = kept_lines(path, stamp) or []
        return [_song_from_json(line) for line in songs], Counter(json.loads(dropped))
    except (KeyError, TypeError, ValueError):
        return None


def _song_to_json(song: HarmonisedSong) -> str:
    fields = {"identity": song.identity, "chords": song.chords, "beats": song.beats, "basses": song.basses}
    return json.dumps(fields | melody_fields(song.melody), separators=(",", ":"))


def _song_from_json(line: str) -> HarmonisedSong:
    fields = json.loads(line)
    wide, beats = (
        tuple(None if chord is None else (int(chord[0]), Quality(chord[1])) for chord in fields[name])
        for name in ("chords", "beats")
    )
    return HarmonisedSong(fields["identity"], melody_of_fields(fields), wide, beats, tuple(fields["basses"]))
