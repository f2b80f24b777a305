"""What every file says of itself: its title, how it was made, and that a machine made it."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import mido

DISCLOSURE = "AI-generated music"
PRODUCER = "EmotionMusic"
DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""IPTC's word for media made by a trained model (NewsCodes, scheme digitalsourcetype; the name begins with http). C2PA
has it in its actions, schema.org as TrainedAlgorithmicMediaDigitalSource."""
LONGEST_TEXT = 300


@dataclass(frozen=True)
class Tags:
    """What a file is told of its music.

    The disclosure is always there and in words that machines read: Article 50(2) of the European AI Act asks for it,
    and China's measures on labelling generated content of 2025, with their standard GB 45438-2025, for the field AIGC,
    one JSON object with the names, the order and the strings of the standard's implicit label. In MP3 files ffmpeg
    writes a name that is none of ID3's own frames as a TXXX frame of that description (libavformat/id3v2enc.c); the
    label of other services stands there too, as `TXXX:AIGC`. In FLAC and Opus files it is a Vorbis comment.

    Attributes:
        title: for people; control characters and what is over LONGEST_TEXT are left out.
        mood: its name, or the spelling of a blend.
        seed: that it was composed with, None if there is none.
        model: the checkpoint that composed it.
        licence: the address of its licence, or nothing.
        number: what the producer knows the piece by, or nothing.
    """

    title: str
    mood: str = ""
    seed: int | None = None
    model: str = ""
    licence: str = ""
    number: str = ""

    @classmethod
    def of_facts(cls, title: str, facts: Mapping[str, Any], *, licence: str = "", number: str = "") -> Self:
        """Of a track's facts, as composing gives them; those that are missing are left out."""
        seed = facts.get("seed")
        return cls(
            title=title,
            mood=str(facts.get("mood", "")),
            seed=None if seed is None else int(seed),
            model=str(facts.get("checkpoint", "")),
            licence=licence,
            number=number,
        )

    def fields(self) -> dict[str, str]:
        """By the names that ffmpeg knows, and by their own where it knows none; empty ones are left out.

        WAV files take the title, the genre, the copyright and the comment alone, so the comment repeats the rest.
        """
        own = {
            "mood": self.mood,
            "seed": "" if self.seed is None else str(self.seed),
            "model": self.model,
            "license": self.licence,
            "ai_generated": "true",
            "digital_source_type": DIGITAL_SOURCE,
            "AIGC": self._aigc(),
        }
        said = "; ".join(f"{name}={text}" for name, text in own.items() if text)
        fields = {
            "title": _plain(self.title)[:LONGEST_TEXT],
            "artist": PRODUCER,
            "genre": self.mood,
            "copyright": self.licence,
            "comment": f"{DISCLOSURE}; {said}",
            **own,
        }
        return {name: text for name, raw in fields.items() if (text := _plain(raw))}

    def _aigc(self) -> str:
        """The standard's implicit label; 1 says that the content is generated, 2 would be perhaps, 3 suspected.

        The producer is a name or a registered code, and its number whatever it knows the content by, in printable
        ASCII. The reserved codes are for whoever seals the label, the propagator's fields for whoever hands it on.
        """
        label = {
            "Label": "1",
            "ContentProducer": PRODUCER,
            "ProduceID": self.number,
            "ReservedCode1": "",
            "ContentPropagator": "",
            "PropagateID": "",
            "ReservedCode2": "",
        }
        return json.dumps(label, separators=(",", ":"))


def tagged_midi(midi: bytes, tags: Tags) -> bytes:
    """The MIDI file with the tags as text events at the head of its first track; its notes are untouched."""
    # Latin-1 reads and writes any bytes as they are, whatever encoding the texts of the file are in.
    file = mido.MidiFile(file=io.BytesIO(midi), charset="latin-1")
    fields = tags.fields()
    texts = [
        mido.MetaMessage("text", text=_utf8(f"{name}: {text}"))
        for name, text in fields.items()
        if name not in ("title", "genre", "copyright")
    ]
    if "copyright" in fields:
        texts.append(mido.MetaMessage("copyright", text=_utf8(fields["copyright"])))
    track = file.tracks[0]
    named = next((place + 1 for place, message in enumerate(track[:1]) if message.type == "track_name"), 0)
    track[named:named] = texts
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _plain(text: str) -> str:
    """The text on one line, without control characters."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()


def _utf8(text: str) -> str:
    return text.encode().decode("latin-1")
