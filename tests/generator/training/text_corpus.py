"""A tiny corpus of texts in the form of the real one, written by the tests themselves."""

import gzip
import random
from pathlib import Path

GOOD = ("최고", "감동", "재밌다", "추천", "행복")
BAD = ("최악", "지루", "쓰레기", "실망", "돈아까움")
PLAIN = ("영화", "배우", "정말", "오늘", "그냥", "연기", "시간", "내용")
LABELS = ("joy", "fear", "neutral")
KOREAN_LABELS = ("기쁨", "슬픔", "없음")
WORDS = {0: ("happy", "delight", "fun"), 1: ("scary", "dark", "horror"), 2: ("table", "spoon", "paper")}
POINTS = {0: (4.2, 3.4), 1: (1.8, 3.8), 2: (3.0, 2.8)}


def write_corpus(folder: Path, reviews: int = 400, others: int = 120) -> Path:
    """Write all files below `folder`/text, whose words tell their labels; the folder above is given back."""
    chance = random.Random(1)
    text = folder / "text"
    text.mkdir(parents=True)
    with gzip.open(text / "nsmc_reviews.tsv.gz", "wt", encoding="utf-8") as out:
        out.write("id\trating\treview\n")
        for number in range(reviews):
            rating = chance.choice((1, 2, 5, 9, 10))
            said = chance.choices(GOOD if rating > 5 else BAD, k=2) + chance.choices(PLAIN, k=4)
            chance.shuffle(said)
            out.write(f"{number}\t{rating}\t{' '.join(said)}\n")

    def english(label: int) -> str:
        return " ".join([*chance.choices(WORDS[label], k=2), *chance.choices(("the", "a", "it", "was", "day"), k=5)])

    for part, count in (("train", others), ("dev", others // 3)):
        rows = [(english(label := chance.randrange(3)), label, n) for n in range(count)]
        (text / f"goemotions_{part}.tsv").write_text("".join(f"{said}\t{label}\tr{n}\n" for said, label, n in rows))
    (text / "goemotions_labels.txt").write_text("\n".join(LABELS) + "\n")
    rows = []
    for number in range(others):
        label = chance.randrange(3)
        words = {0: GOOD, 1: BAD, 2: PLAIN}[label]
        rows.append(f"{number}\t{' '.join(chance.choices(words, k=3) + chance.choices(PLAIN, k=3))}\t{label}\n")
    (text / "kote.tsv").write_text("".join(rows), encoding="utf-8")
    (text / "kote_labels.txt").write_text("\n".join(KOREAN_LABELS) + "\n", encoding="utf-8")
    lines = ["id,split,V,A,D,text\n"]
    for number in range(others):
        label = chance.randrange(3)
        valence, arousal = POINTS[label]
        lines.append(f"doc{number // 4}_{number}_9,train,{valence},{arousal},3.0,{english(label)}\n")
    (text / "emobank.csv").write_text("".join(lines))
    rated = [
        f"{word},{POINTS[label][0] * 2 - 1},2,{POINTS[label][1] * 2 - 1},2,5,2\n"
        for label in WORDS
        for word in WORDS[label]
    ]
    rated += [f"{word},{valence},2,5,2,5,2\n" for word, valence in (("joy", 8.1), ("sad", 2.2))]
    rated += [f"word{number},5,2,5,2,5,2\n" for number in range(20)]
    header = "Word,Valence,ValenceSD,Arousal,ArousalSD,Dominance,DominanceSD\n"
    (text / "glasgow_norms.csv").write_text(header + "".join(rated))
    return folder
