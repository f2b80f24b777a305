"""How the files of a track are written that take longer. Sound is played again: the same notes give the same."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from django.conf import settings
from django.utils.text import slugify

from emotionmusic.library.kinds import ALL, PARTS, Kind
from emotionmusic.library.models import Track
from emotionmusic.library.naming import file_name
from emotionmusic.library.tagging import tags_of
from emotionmusic.library.written_at_once import WRITTEN_AT_ONCE
from generator.rendering.encoding import encode
from generator.rendering.formats import FORMATS, LISTENING_MP3, AudioFormat
from generator.rendering.musicxml import musicxml
from generator.rendering.packaging import archive
from generator.rendering.render import between, render_master
from generator.rendering.sound import float_wav_blocks
from generator.rendering.stems import stems

STEM_FORMAT = FORMATS["wav-24-44"]
PLAYED_SHARE, SOUNDS_SHARE = 0.3, 0.7
"""Where playing ends, and where, of everything, the sound files do."""
_BELOW_CLIPPING_DB = 0.1

Progress = Callable[[float], None]


def write_file(track: Track, kind: Kind, folder: Path, progress: Progress) -> Path:
    """Write the file of that kind, or the folder of PARTS, into `folder`, which is left littered.

    `progress` is told the share that is done, 0..1, and may raise to stop.

    Raises:
        SoundfontUnusable, EncodingFailed, NotOurs.
    """
    writer = _Writer(track, folder, between(progress, 0, PLAYED_SHARE))
    target = folder / kind.name
    making = between(progress, PLAYED_SHARE, 1)
    if kind.audio:
        writer.sound(kind.audio, target, making)
    elif kind == PARTS:
        writer.parts(target, making)
    elif kind.name == "stems":
        archive(writer.stems(making), target)
    elif kind.name == "everything":
        archive(writer.everything(making), target)
    else:
        target.write_bytes(writer.notation())
    return target


class _Writer:
    """Writes files of one track; its sound is played once, when it is first needed."""

    def __init__(self, track: Track, folder: Path, playing: Progress) -> None:
        self._track, self._folder, self._playing = track, folder, playing
        self._midi, self._tags = track.midi.read_bytes(), tags_of(track)
        # Tracks that were rendered before the gain was kept have it measured again.
        self._gain_db: float | None = track.facts.get("gain_db")

    def sound(self, audio: AudioFormat, target: Path, progress: Progress) -> None:
        """The whole piece in a format."""
        encode(self._master(), audio, target, self._tags, progress)

    def notation(self) -> bytes:
        """Sheet music."""
        return musicxml(self._midi, self._track.title)

    def stems(self, progress: Progress) -> dict[str, Path]:
        """A WAV file a part by its name: as loud as in the piece, or all less by the same, so that none clips."""
        played = self._played_stems(0, between(progress, 0, 0.4))
        if (loudest := _peak_db(played)) > -_BELOW_CLIPPING_DB:
            played = self._played_stems(loudest + _BELOW_CLIPPING_DB, between(progress, 0.4, 0.6))
        return self._encoded(played, STEM_FORMAT, between(progress, 0.6, 1))

    def parts(self, target: Path, progress: Progress) -> None:
        """A folder of small files, a part each, as loud as in the piece, called by their places from 1."""
        target.mkdir()
        encoded = self._encoded(
            self._played_stems(0, between(progress, 0, 0.5)), LISTENING_MP3, between(progress, 0.5, 1)
        )
        for place, path in enumerate(encoded.values(), 1):
            path.rename(target / str(place))

    def everything(self, progress: Progress) -> dict[str, Path | bytes]:
        """All files by their names in the archive."""
        sounds = [kind for kind in ALL if kind.audio]
        files: dict[str, Path | bytes] = {}
        for number, kind in enumerate(sounds):
            assert kind.audio
            path = self._folder / f"whole-{kind.name}"
            share = SOUNDS_SHARE / len(sounds)
            self.sound(kind.audio, path, between(progress, number * share, (number + 1) * share))
            files[file_name(self._track, kind.suffix)] = path
        for kind in ALL:
            if kind.name in WRITTEN_AT_ONCE:
                files[file_name(self._track, kind.suffix)] = WRITTEN_AT_ONCE[kind.name](self._track)
            elif kind.name == "musicxml":
                files[file_name(self._track, kind.suffix)] = self.notation()
        return files | {f"stems/{name}": path for name, path in self.stems(between(progress, SOUNDS_SHARE, 1)).items()}

    def _master(self) -> Path:
        path = self._folder / "master.wav"
        if not path.exists():
            self._gain_db = render_master(
                self._midi,
                seconds=self._track.seconds,
                soundfont=settings.SOUNDFONT,
                master=path,
                progress=self._playing,
            ).gain_db
        return path

    def _played_stems(self, less_db: float, progress: Progress) -> dict[str, Path]:
        if self._gain_db is None:
            self._master()
        assert self._gain_db is not None
        return stems(
            self._midi, seconds=self._track.seconds, soundfont=settings.SOUNDFONT, folder=self._folder,
            gain_db=self._gain_db - less_db, progress=progress,
        )  # fmt: skip

    def _encoded(self, played: dict[str, Path], audio: AudioFormat, progress: Progress) -> dict[str, Path]:
        files = {}
        for number, (name, path) in enumerate(played.items()):
            target = self._folder / f"part-{number}"
            tags = replace(self._tags, title=f"{self._track.title}, {name}")
            encode(path, audio, target, tags, between(progress, number / len(played), (number + 1) / len(played)))
            files[f"{number + 1:02}-{slugify(name)}{audio.extension}"] = target
        return files


def _peak_db(files: dict[str, Path]) -> float:
    """The highest sample of all of them, in dB of full scale."""
    peak = max(float(np.abs(block).max()) for path in files.values() for block in float_wav_blocks(path))
    return float(20 * np.log10(max(peak, 1e-9)))
