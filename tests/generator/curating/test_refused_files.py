"""Every kind of broken or hostile file, and the name under which it is refused."""

import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from generator.curating.checking import check_midi_file
from generator.curating.refusal import MidiRefused, Refusal
from generator.melody.melody import Note
from tests.generator.curating.files import (
    END,
    meta,
    midi_bytes,
    scale_events,
    scale_file,
    wav_bytes,
    write_midi,
)

HUGE_DELTA = midi_bytes(b"\xff\xff\xff\x7f\x90\x3c\x40\x83\x60\x3c\x00" + END)
PROGRAM_CHANGES = b"\x00\xc0\x00" + b"\x00\x00" * 490_000 + END
DRUM_SCALE = scale_events().replace(b"\x90", b"\x99").replace(b"\x80", b"\x89")

REFUSED = {
    "nothing at all": (b"", Refusal.EMPTY),
    "over a megabyte": (scale_file() + bytes(1_000_000), Refusal.TOO_LARGE),
    "a text": (b"Dear curator, here is my tune.", Refusal.NOT_MIDI),
    "a WAV named .mid": (wav_bytes(), Refusal.NOT_MIDI),
    "random bytes": (random.Random(7).randbytes(20_000), Refusal.NOT_MIDI),
    "a header broken off": (scale_file()[:11], Refusal.TRUNCATED),
    "a header of 4 GB": (b"MThd\xff\xff\xff\xff" + scale_file()[8:], Refusal.TRUNCATED),
    "a header of 0 bytes": (b"MThd\0\0\0\0" + scale_file()[8:], Refusal.UNREADABLE),
    "a track broken off": (scale_file()[:80], Refusal.TRUNCATED),
    "fewer tracks than announced": (midi_bytes(scale_events(), announced=2), Refusal.TRUNCATED),
    "an event broken off": (midi_bytes(b"\x00\x90\x3c"), Refusal.TRUNCATED),
    "a text longer than its track": (scale_file(b"\x00\xff\x01\x8f\xff\xff\x7f"), Refusal.TRUNCATED),
    "a sysex longer than its track": (scale_file(b"\x00\xf0\xff\xff\xff\x7f"), Refusal.TRUNCATED),
    "37 bytes with one huge delta": (HUGE_DELTA, Refusal.TOO_LONG),
    "a huge delta before the end": (midi_bytes(scale_events()[:-4] + b"\xff\xff\xff\x7f" + END[1:]), Refusal.TOO_LONG),
    "65,535 empty tracks": (midi_bytes(*[b""] * 65_535), Refusal.TOO_MANY_TRACKS),
    "490,000 events": (midi_bytes(PROGRAM_CHANGES), Refusal.TOO_MANY_EVENTS),
    "245,000 sysex events": (midi_bytes(b"\x00\xf0\x00" * 245_000 + END), Refusal.TOO_MANY_EVENTS),
    "25,000 notes": (midi_bytes(b"\x01\x90\x3c\x40\x01\x3c\x00" * 25_000 + END), Refusal.TOO_MANY_NOTES),
    "division 0": (midi_bytes(scale_events(), division=0), Refusal.BAD_DIVISION),
    "SMPTE division": (midi_bytes(scale_events(), division=0xE728), Refusal.BAD_DIVISION),
    "tempo 0": (scale_file(meta(0x51, b"\0\0\0")), Refusal.BAD_TEMPO),
    "60 million quarters a minute": (scale_file(meta(0x51, b"\0\0\x01")), Refusal.BAD_TEMPO),
    "a tempo of no bytes": (scale_file(meta(0x51, b"")), Refusal.BAD_TEMPO),
    "metre 0/4": (scale_file(meta(0x58, b"\x00\x02\x18\x08")), Refusal.BAD_METRE),
    "metre 4/0": (scale_file(meta(0x58, b"\x04\xff\x18\x08")), Refusal.BAD_METRE),
    "a metre of one byte": (scale_file(meta(0x58, b"\x04")), Refusal.BAD_METRE),
    "metre 5/4": (scale_file(meta(0x58, b"\x05\x02\x18\x08")), Refusal.UNKNOWN_METRE),
    "an endless number": (midi_bytes(b"\xff" * 500_000), Refusal.UNREADABLE),
    "running status without a status": (midi_bytes(b"\x00\x3c\x40" + END), Refusal.UNREADABLE),
    "a status where a value belongs": (midi_bytes(b"\x00\x90\x3c\x90" + END), Refusal.UNREADABLE),
    "a status that no file may hold": (midi_bytes(b"\x00\xf4" + END), Refusal.UNREADABLE),
    "format 2": (midi_bytes(scale_events(), form=2), Refusal.SEPARATE_SEQUENCES),
    "no tracks": (midi_bytes(), Refusal.NO_NOTES),
    "no notes": (midi_bytes(END), Refusal.NO_NOTES),
    "only notes of no length": (midi_bytes(b"\x00\x90\x3c\x40\x00\x3c\x00" * 40 + END), Refusal.NO_NOTES),
    "only drums": (midi_bytes(DRUM_SCALE), Refusal.NO_NOTES),
    "eight notes": (midi_bytes(scale_events(8)), Refusal.TOO_FEW_NOTES),
    "three bars": (midi_bytes(scale_events(24)), Refusal.TOO_SHORT),
    "161 bars": (midi_bytes(scale_events(161 * 8)), Refusal.TOO_LONG),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_each_broken_file_is_refused_by_name_and_in_words(tmp_path: Path, data: bytes, code: Refusal) -> None:
    path = tmp_path / "upload.mid"
    path.write_bytes(data)
    with pytest.raises(MidiRefused) as refused:
        check_midi_file(path)
    assert refused.value.code is code
    assert refused.value.message.endswith(".")


def test_the_file_with_one_huge_delta_is_as_small_as_it_was_found() -> None:
    assert len(HUGE_DELTA) == 37


def test_a_melody_of_more_than_two_octaves_is_refused(tmp_path: Path) -> None:
    notes = [Note(4 * number, 4, 50 + 25 * (number % 2)) for number in range(32)]
    with pytest.raises(MidiRefused, match="25 semitones") as refused:
        check_midi_file(write_midi(tmp_path / "wide.mid", notes))
    assert refused.value.code is Refusal.RANGE_TOO_WIDE


def test_triplets_are_refused_as_off_the_grid(tmp_path: Path) -> None:
    pitches = [60 + number % 5 for number in range(60)]
    triplets = b"".join(b"\x00\x90" + bytes([pitch, 80]) + b"\x81\x20" + bytes([pitch, 0]) for pitch in pitches)
    path = tmp_path / "triplets.mid"
    path.write_bytes(midi_bytes(triplets + END))
    with pytest.raises(MidiRefused, match="sixteenth") as refused:
        check_midi_file(path)
    assert refused.value.code is Refusal.OFF_GRID


def test_a_missing_file_and_a_folder_are_refused_like_any_other(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.mid", tmp_path):
        with pytest.raises(MidiRefused) as refused:
            check_midi_file(path)
        assert refused.value.code is Refusal.UNREADABLE


def test_a_refused_recording_is_told_what_it_looks_like(tmp_path: Path) -> None:
    path = tmp_path / "song.mid"
    path.write_bytes(wav_bytes())
    with pytest.raises(MidiRefused, match="WAV"):
        check_midi_file(path)


@pytest.mark.parametrize("seed", range(4))
def test_no_damage_to_a_good_file_raises_anything_else(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    good = scale_file(meta(0x03, b"A tune"), meta(0x58, b"\x04\x02\x18\x08"), meta(0x51, b"\x07\xa1\x20"))
    path = tmp_path / "damaged.mid"
    for _ in range(3):
        damaged = bytearray(good)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            check_midi_file(path)
        except MidiRefused as refused:
            assert refused.message  # noqa: PT017


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of ru_maxrss differs, and only Linux limits memory")
def test_no_file_takes_more_than_512_megabytes(tmp_path: Path) -> None:
    for number, (data, _) in enumerate(REFUSED.values()):
        (tmp_path / f"{number}.mid").write_bytes(data)
    # A small process asks, since a child's peak includes that of the process it was started from.
    asking = (
        "import resource, sys; from pathlib import Path\n"
        "from generator.curating.checking import check_midi_file\n"
        "from generator.curating.refusal import MidiRefused\n"
        "for path in Path(sys.argv[1]).iterdir():\n"
        "    try: check_midi_file(path)\n"
        "    except MidiRefused: pass\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", asking, str(tmp_path)], capture_output=True, text=True, check=True)
    assert 0 < int(done.stdout) < 512 * 1024 * 1024


def test_the_process_that_asked_keeps_its_own_limits(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)
    check_midi_file(write_midi(tmp_path / "good.mid", [Note(4 * n, 4, 60 + n % 5) for n in range(32)]))
    assert (resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)) == before
