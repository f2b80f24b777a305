"""How long a minute takes in each style from its melody to a playable MP3 file, and FluidSynth's own share of it."""

import io
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import mido
import soundfile

from generator.arranging.arrange import arranged
from generator.melody.melody import Melody
from generator.plan import MusicPlan
from generator.rendering.fluid import Synth
from generator.rendering.midi import DRUM_CHANNEL, TICKS_PER_QUARTER, score_to_midi
from generator.rendering.pieces import Piece, timed_messages
from generator.rendering.render import render
from generator.rendering.sound import SAMPLE_RATE
from generator.rendering.soundfont import find_soundfont
from generator.rendering.synthesis import CHANNELS, SYNTH_GAIN, load_synthesizer, send
from generator.styles import STYLES

SECONDS = 60.0
FLUIDSYNTH = "fluidsynth"
SHORT = 0.1
"""Seconds of a piece that shows how long FluidSynth takes to load its soundfont."""
_USUAL_TEMPO = 500_000
"""Microseconds a quarter note, where a MIDI file names no tempo."""


@dataclass(frozen=True)
class StyleSpeed:
    """What a minute in a style takes; the soundfont is loaded already, and of all runs the quickest counts.

    Attributes:
        style: its name.
        parts, notes: of the piece.
        seconds: by the clock, from the melody to the MP3 file.
        processor: of all processes, in seconds.
        megabytes: the peak of the process's memory (VmHWM), soundfont and libraries included, ffmpeg left aside.
        synthesis: seconds by the clock of our synthesis alone, which two threads share.
        fluidsynth: those of FluidSynth for as long a sound, loading left aside.
        own_program: whether that was its command line; if it is not installed, its library in a plain loop.
    """

    style: str
    parts: int
    notes: int
    seconds: float
    processor: float
    megabytes: float
    synthesis: float
    fluidsynth: float
    own_program: bool

    @property
    def real_time(self) -> float:
        """The share of the piece's length that making it takes."""
        return self.seconds / SECONDS

    @property
    def ratio(self) -> float:
        """Our synthesis against FluidSynth's own."""
        return self.synthesis / self.fluidsynth

    @property
    def facts(self) -> dict[str, Any]:
        """All of it as JSON takes it."""
        figures = asdict(self) | {"real_time_factor": self.real_time, "times_fluidsynth": self.ratio}
        return {name: round(value, 4) if type(value) is float else value for name, value in figures.items()}


def style_speeds(
    melody: Melody, plan: MusicPlan, styles: Sequence[str], runs: int, done: Callable[[], None]
) -> Iterator[StyleSpeed]:
    """Each style in a process of its own, so that its peak of memory is its own too; `plan` is of SECONDS.

    Raises:
        SoundfontUnusable, EncodingFailed.
    """
    for style in styles:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:
            yield child.submit(measure, melody, plan, style, runs).result()
        done()


def measure(melody: Melody, plan: MusicPlan, style: str, runs: int) -> StyleSpeed:
    """One style, in this process."""
    load_synthesizer(find_soundfont())
    score = arranged(melody, plan, STYLES[style], style)
    midi = score_to_midi(score)
    with tempfile.TemporaryDirectory() as folder:
        taken = [_melody_to_mp3(melody, plan, style, Path(folder)) for _ in range(runs)]
        megabytes = peak_megabytes()
        own_program = shutil.which(FLUIDSYNTH) is not None
        reference = _by_program if own_program else _by_library
        alone = [_clock(partial(_synthesis, midi)) for _ in range(runs)]
        return StyleSpeed(
            style=style,
            parts=len(score.parts),
            notes=sum(len(part.notes) for part in score.parts),
            seconds=min(seconds for seconds, _ in taken),
            processor=min(processor for _, processor in taken),
            megabytes=megabytes,
            synthesis=min(alone),
            fluidsynth=reference(midi, Path(folder), runs),
            own_program=own_program,
        )


def peak_megabytes() -> float:
    """The most memory that this process has held, in MiB; from resource usage where there is no /proc."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _melody_to_mp3(melody: Melody, plan: MusicPlan, style: str, folder: Path) -> tuple[float, float]:
    """Seconds by the clock, and of the processor with ffmpeg's."""
    clock, processor = time.perf_counter(), _processor()
    score = arranged(melody, plan, STYLES[style], style)
    render(
        score_to_midi(score),
        seconds=SECONDS,
        title=style,
        soundfont=find_soundfont(),
        wav=folder / "track.wav",
        mp3=folder / "track.mp3",
    )
    return time.perf_counter() - clock, _processor() - processor


def _processor() -> float:
    """Seconds of the processor so far, with those of programs that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _clock(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _synthesis(midi: bytes) -> None:
    for _ in load_synthesizer(find_soundfont()).blocks(midi, SECONDS):
        pass


def _by_program(midi: bytes, folder: Path, runs: int) -> float:
    """FluidSynth's command line, less what it takes for next to nothing, for SECONDS of the sound that it makes."""
    piece, short, file = folder / "piece.mid", folder / "short.mid", folder / "fluidsynth.wav"
    piece.write_bytes(midi)
    short.write_bytes(_nothing())
    chorus = "1" if Piece.of(midi, SECONDS, lead=True).chorus else "0"
    command = [FLUIDSYNTH, "-ni", "-q", "-r", str(SAMPLE_RATE), "-g", str(SYNTH_GAIN), "-C", chorus, "-F", str(file)]

    def taken(what: Path) -> tuple[float, float]:
        words = [*command, str(find_soundfont()), str(what)]
        play = partial(subprocess.run, words, check=True, capture_output=True, timeout=600)
        return min(_clock(play) for _ in range(runs)), soundfile.info(file).duration

    loading, little = taken(short)
    whole, sounding = taken(piece)
    return (whole - loading) / (sounding - little) * SECONDS


def _nothing() -> bytes:
    """A MIDI file without a note, of SHORT."""
    end = mido.MetaMessage("end_of_track", time=round(mido.second2tick(SHORT, TICKS_PER_QUARTER, _USUAL_TEMPO)))
    written = io.BytesIO()
    mido.MidiFile(type=0, ticks_per_beat=TICKS_PER_QUARTER, tracks=[mido.MidiTrack([end])]).save(file=written)
    return written.getvalue()


def _by_library(midi: bytes, folder: Path, runs: int) -> float:
    """FluidSynth's library, asked for samples from one message to the next and nothing done with them."""
    return min(_by_library_once(midi) for _ in range(runs))


def _by_library_once(midi: bytes) -> float:
    chorus = {"synth.chorus.active": int(Piece.of(midi, SECONDS, lead=True).chorus)}
    synth = Synth(gain=SYNTH_GAIN, samplerate=float(SAMPLE_RATE), **chorus)
    font, here = synth.sfload(str(find_soundfont())), 0
    for channel in range(CHANNELS):
        synth.program_select(channel, font, 128 if channel == DRUM_CHANNEL else 0, 0)
    start = time.perf_counter()
    for at, message in [*timed_messages(midi), (SECONDS, None)]:
        synth.get_samples(max(0, round(at * SAMPLE_RATE) - here))
        here = max(here, round(at * SAMPLE_RATE))
        if message is not None:
            send(synth, message)
    taken = time.perf_counter() - start
    synth.delete()
    return taken
