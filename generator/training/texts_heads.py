"""What the reader says, fitted on what its networks see: polarity of both, labels of KOTE, valence and arousal."""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor

from generator.brief.reader import TextReader
from generator.brief.text_checkpoint import TextCheckpoint
from generator.brief.text_ratings import Ratings, rating
from generator.brief.tokens import hashes, plain_hashes
from generator.training.texts import Labelled, Texts
from generator.training.texts_bag import Hashes
from generator.training.texts_finish import fit_labels, fit_mix, fit_ridge, thresholds
from generator.training.texts_lines import fit_label_lines, fit_value_lines

SHOWN = 512
"""Texts that are looked at together."""

KOTE_WORDS: Mapping[str, tuple[str, ...]] = {
    "불평/불만": ("upset", "blame"),
    "환영/호의": ("welcome",),
    "감동/감탄": ("inspire", "admire"),
    "지긋지긋": ("bored",),
    "고마움": ("grateful",),
    "슬픔": ("sad",),
    "화남/분노": ("anger",),
    "존경": ("respect",),
    "기대감": ("anticipation", "hope"),
    "우쭐댐/무시함": ("arrogant",),
    "안타까움/실망": ("disappointed",),
    "비장함": ("determined", "brave"),
    "의심/불신": ("suspicion", "doubt"),
    "뿌듯함": ("proud",),
    "편안/쾌적": ("comfortable",),
    "신기함/관심": ("curious", "interest"),
    "아껴주는": ("care",),
    "부끄러움": ("shame",),
    "공포/무서움": ("fear",),
    "절망": ("despair",),
    "한심함": ("foolish", "useless"),
    "역겨움/징그러움": ("disgust",),
    "짜증": ("irritate",),
    "어이없음": ("absurd", "ridiculous"),
    "패배/자기혐오": ("defeat", "loser"),
    "귀찮음": ("lazy", "bother"),
    "힘듦/지침": ("tired", "exhausted"),
    "즐거움/신남": ("fun", "joy"),
    "깨달음": ("discover", "wisdom"),
    "죄책감": ("guilt",),
    "증오/혐오": ("hate",),
    "흐뭇함(귀여움/예쁨)": ("cute",),
    "당황/난처": ("confused", "awkward"),
    "경악": ("shock",),
    "부담/안_내킴": ("burden", "pressure"),
    "서러움": ("sorrow",),
    "재미없음": ("boring", "dull"),
    "불쌍함/연민": ("pity",),
    "놀람": ("surprise",),
    "행복": ("happy",),
    "불안/걱정": ("worry", "anxious"),
    "기쁨": ("joy",),
    "안심/신뢰": ("relieved", "trust"),
}
"""English words for what KOTE's annotators could name; "없음", none, has no word and stands at neither end."""


def finish(checkpoint: TextCheckpoint, texts: Texts) -> None:
    """Fit the layers of the checkpoint's model that speak from its networks, in place.

    The mix of polarities learns from validation reviews, thresholds from calibrating texts, all else from the texts
    that are neither held out nor calibrating.
    """
    reader, model = TextReader(checkpoint), checkpoint.model
    goemotions, kote, emobank = (learned(entries) for entries in (texts.goemotions, texts.kote, texts.emobank))
    model.goemotions_lines = fit_label_lines(
        [hashed(plain_hashes(entry.text, "en")) for entry in goemotions],
        label_table(goemotions, len(model.names.goemotions)),
    )
    kote_labels = label_table(kote, len(model.names.kote))
    model.kote_lines = fit_label_lines([hashed(plain_hashes(entry.text, "ko")) for entry in kote], kote_labels)
    with torch.no_grad():
        odds, _, _ = korean(reader, [review.text for review in texts.reviews.validation])
        _, seen, _ = korean(reader, [entry.text for entry in kote])
        felt = english_seen(reader, [entry.text for entry in emobank])
    positive = torch.tensor([review.positive for review in texts.reviews.validation])
    model.mix.copy_(fit_mix(torch.stack([odds[name] for name in odds if name != "all"], dim=1), positive))
    model.kote.load_state_dict(fit_labels(seen, kote_labels).state_dict())
    values, groups = value_table(emobank), [entry.group for entry in emobank]
    feeling, told = fit_ridge(felt, values, groups)
    model.feeling.load_state_dict(feeling.state_dict())
    model.feeling_lines = fit_value_lines(
        [hashed(hashes(entry.text, "en")) for entry in emobank], values - told, groups, rarest=3
    )
    model.kote_points.copy_(label_points(model.names.kote, checkpoint.ratings))
    for entries, language, table in (
        (calibrating(texts.goemotions), "en", model.goemotions_from),
        (calibrating(texts.kote), "ko", model.kote_from),
    ):
        if entries:
            table.copy_(thresholds(said_of(reader, entries, language), label_table(entries, len(table))))


def hashed(numbers: Sequence[int]) -> Hashes:
    """Hashes as an array of 32 bits each."""
    return np.array(numbers, np.uint32)


def korean(reader: TextReader, texts: Sequence[str]) -> tuple[dict[str, Tensor], Tensor, Tensor]:
    """`TextReader.korean_odds` of many texts."""
    parts = [reader.korean_odds(texts[start : start + SHOWN]) for start in range(0, len(texts), SHOWN)]
    odds = {name: torch.cat([part[0][name] for part in parts]) for name in parts[0][0]}
    return odds, torch.cat([part[1] for part in parts]), torch.cat([part[2] for part in parts])


def english_seen(reader: TextReader, texts: Sequence[str]) -> Tensor:
    """What valence and arousal of English texts are told from, (texts, n)."""
    parts = [reader.english_seen(texts[start : start + SHOWN])[0] for start in range(0, len(texts), SHOWN)]
    return torch.cat(parts)


def said_of(reader: TextReader, entries: Sequence[Labelled], language: str) -> Tensor:
    """The probabilities of every label for texts, (texts, labels)."""
    return torch.tensor(
        [list(reading.emotions.values()) for reading in reader.read([e.text for e in entries], language)]
    )


def learned(entries: Sequence[Labelled]) -> list[Labelled]:
    """Those that the networks may learn from."""
    return [entry for entry in entries if not entry.held_out and not entry.calibrating]


def calibrating(entries: Sequence[Labelled]) -> list[Labelled]:
    """Those that thresholds are set by."""
    return [entry for entry in entries if entry.calibrating]


def held_out(entries: Sequence[Labelled]) -> list[Labelled]:
    """Those that are measured on."""
    return [entry for entry in entries if entry.held_out]


def label_table(entries: Sequence[Labelled], labels: int) -> Tensor:
    """(texts, labels), 1 where a label is given."""
    table = torch.zeros(len(entries), labels)
    for row, entry in enumerate(entries):
        table[row, list(entry.labels)] = 1
    return table


def value_table(entries: Sequence[Labelled]) -> Tensor:
    """(texts, values)."""
    return torch.tensor([entry.values for entry in entries])


def label_points(names: Sequence[str], ratings: Ratings) -> Tensor:
    """Valence and arousal of KOTE's labels, (labels, 2): the mean of its words' ratings, nought without any."""
    points = torch.zeros(len(names), 2)
    for row, name in enumerate(names):
        found = [value for word in KOTE_WORDS.get(name, ()) if (value := rating(word, ratings))]
        if found:
            points[row] = torch.tensor(np.array(found, np.float32).mean(0))
    return points
