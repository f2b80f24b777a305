"""From what a creator handed in to a mood timeline."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from generator.brief.feeling import Feeling, Point, felt, together
from generator.brief.language import KOREAN, NOTHING, OTHER, SIMPLIFIED, TRADITIONAL, language_of
from generator.brief.material import Material, Passage
from generator.brief.named_emotions import GOEMOTIONS, KOTE, Shares
from generator.brief.reader import TextReading, load_reader
from generator.brief.refusal import BriefRefused, Refusal
from generator.brief.scenes import read_scene
from generator.brief.segmenting import Stretch, segmented
from generator.brief.taught import load_taught
from generator.brief.timeline import MoodTimeline
from generator.brief.video import VideoReading, video_prior

USUAL_SECONDS = 30.0
"""Length of the music where neither the words nor the creator tell one."""
WINDOW_SECONDS = 10.0
"""Passages with times are read together until so many seconds are full: a single subtitle says too little."""
LATE = 1.5
"""How much more the last stretch weighs in the whole than the first; what stays is how it ends."""
CLEAR = 0.75
"""The share of a text's words that the scene lexicon knows, from which the networks are not asked."""
LIKELY = 0.15
"""The least probability of a named emotion that counts."""
_SENTENCE = re.compile(r"(?<=[.!?。！？…])\s+|(?<=[。！？])|\n+")
_LEXICON_OF = {KOREAN: "ko", SIMPLIFIED: "zh", TRADITIONAL: "zh"}
_LABELS: Mapping[str, Mapping[str, Shares]] = {"en": GOEMOTIONS, "ko": KOTE}


def describe(
    material: Material | None, seconds: float | None = None, video: VideoReading | None = None
) -> MoodTimeline:
    """The timeline of words, of a video, or of both; the words lead.

    Args:
        material: the words; those inside the video if None.
        seconds: the asked length, where neither words nor video have times of their own.
        video: what was read from the picture and the sound.

    Raises:
        BriefRefused: there are neither words nor a video, or the words are in a language that is not read here.
        ReaderRefused: the networks that read texts are missing or broken.
    """
    material = material or (video.material if video else None)
    language = language_of(material.text) if material else NOTHING
    if language == OTHER and video is None:
        raise BriefRefused(Refusal.OTHER_LANGUAGE)
    pictures = video_prior(video) if video else []
    if material and language not in (OTHER, NOTHING):
        whole = video.seconds if video else material.seconds or seconds
        timed = [passage for passage in material.passages if passage.start is not None]
        windows = _windows(timed, whole) if timed else _spread(_sentences(material), whole or USUAL_SECONDS)
        said = feel(
            [text for _, _, text in windows], language, [_picture(pictures, *window[:2]) for window in windows]
        )
        overall = None if timed else feel([material.text], language, [_picture(pictures, 0.0, windows[-1][1])])[0]
    elif pictures:
        language, overall = NOTHING, None
        windows = [(start, end, "") for start, end, *_ in pictures]
        said = [felt(picture=Point(valence, arousal)) for _, _, valence, arousal in pictures]
    else:
        raise BriefRefused(Refusal.NO_WORDS)
    stretches = [Stretch(start, end, feeling, text) for (start, end, text), feeling in zip(windows, said, strict=True)]
    return MoodTimeline(
        language,
        overall or _overall(stretches),
        segmented(stretches),
        windows[-1][1],
        tuple(video.cuts) if video else (),
    )


def feel(texts: Sequence[str], language: str, pictures: Sequence[Point | None] | None = None) -> list[Feeling]:
    """What each text in that language feels like, with the pictures that go with it."""
    lexicon = _LEXICON_OF.get(language, "en")
    scenes = [read_scene(text, lexicon) for text in texts]
    unclear = [number for number, scene in enumerate(scenes) if scene.coverage < CLEAR]
    readings = dict(zip(unclear, load_reader().read([texts[number] for number in unclear], lexicon), strict=True))
    taught = load_taught()
    feelings = [
        felt(
            scene,
            _point(readings[number]) if number in readings else None,
            _named(readings[number], lexicon) if number in readings else None,
            picture,
            learned,
        )
        for number, (scene, picture, learned) in enumerate(
            zip(scenes, pictures or [None] * len(texts), taught.read(texts, lexicon), strict=True)
        )
    ]
    return [
        feeling if feeling.why else replace(feeling, why=taught.telling(text, lexicon, feeling.mood))
        for feeling, text in zip(feelings, texts, strict=True)
    ]


def _picture(pictures: Sequence[tuple[float, float, float, float]], start: float, end: float) -> Point | None:
    """What the pictures between two seconds suggest together."""
    inside = [
        (min(end, until) - max(start, since), valence, arousal)
        for since, until, valence, arousal in pictures
        if since < end and until > start
    ]
    whole = sum(length for length, _, _ in inside)
    if not whole:
        return None
    return Point(
        sum(length * valence for length, valence, _ in inside) / whole,
        sum(length * arousal for length, _, arousal in inside) / whole,
    )


def _point(reading: TextReading) -> Point | None:
    """Where the networks place the text. Polarity is left aside: it says what is praised, and that may be sad."""
    return Point(reading.valence, reading.arousal) if reading.emotions else None


def _named(reading: TextReading, language: str) -> Mapping[str, float] | None:
    """The shares of moods by the emotions that were likely enough."""
    shares: dict[str, float] = {}
    for label, moods in _LABELS.get(language, {}).items():
        chance = reading.emotions.get(label, 0.0)
        if chance >= LIKELY:
            for name, share in moods.items():
                shares[name] = shares.get(name, 0.0) + share * chance
    whole = sum(shares.values())
    return {name: share / whole for name, share in shares.items()} if whole else None


def _sentences(material: Material) -> list[str]:
    parts = (part.strip() for passage in material.passages for part in _SENTENCE.split(passage.text))
    return [part for part in parts if part] or [material.text]


def _spread(sentences: Sequence[str], seconds: float) -> list[tuple[float, float, str]]:
    """The sentences over the length, each as long as its share of the letters."""
    lengths = [len(sentence) for sentence in sentences]
    borders = [seconds * at / sum(lengths) for at in accumulate(lengths, initial=0)]
    return [(start, end, text) for (start, end), text in zip(pairwise(borders), sentences, strict=True)]


def _windows(timed: Sequence[Passage], seconds: float | None) -> list[tuple[float, float, str]]:
    """Passages with times, end to end over the whole length and read together where they are short."""
    ordered = sorted(timed, key=lambda passage: passage.start or 0.0)
    last = max(max(passage.end or 0.0, passage.start or 0.0) for passage in ordered)
    whole = max(seconds or 0.0, last)
    starts: list[float] = []
    texts: list[list[str]] = []
    for passage in ordered:
        start = passage.start or 0.0
        if not starts or start - starts[-1] >= WINDOW_SECONDS:
            starts.append(start if starts else 0.0)
            texts.append([])
        texts[-1].append(passage.text)
    borders = [*starts, max(whole, starts[-1] + 1e-3)]
    return [(start, end, " ".join(said)) for (start, end), said in zip(pairwise(borders), texts, strict=True)]


def _overall(stretches: Sequence[Stretch]) -> Feeling:
    """All stretches together, each by how long it lasts and the late ones more."""
    whole = stretches[-1].end
    return together(
        [
            (stretch.feeling, (stretch.end - stretch.start) * (1 + (LATE - 1) * stretch.end / whole))
            for stretch in stretches
        ]
    )
