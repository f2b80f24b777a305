"""The English lexicon held against the ratings of single words that ship beside it.

`python -m generator.brief.lexicon.check` prints the entries whose moods lie on another side of pleasant than people
rate the word, the farthest apart first, and how far both agree.
"""

from generator.brief.lexicon import backing, entries
from generator.mood import MOODS

APART = 0.3
"""How far from 0 a rating must lie to say on which side it is."""


def implied() -> dict[str, tuple[float, float]]:
    """Valence and arousal that an entry's moods stand for, of the entries that are rated words."""
    return {
        entry.text: (
            sum(weight * MOODS[name].valence for name, weight in entry.moods) / entry.weight + entry.valence,
            sum(weight * MOODS[name].arousal for name, weight in entry.moods) / entry.weight + entry.arousal,
        )
        for entry in entries("en")
        if entry.moods and entry.text in backing()
    }


def outliers() -> list[tuple[str, float, float]]:
    """Entries, their valence and the rated one, where the two lie clearly on different sides."""
    found = [(text, valence, backing()[text][0]) for text, (valence, _) in implied().items()]
    apart = [row for row in found if row[1] * row[2] < 0 and abs(row[2]) >= APART]
    return sorted(apart, key=lambda row: -abs(row[1] - row[2]))


def main() -> None:
    """Prints the outliers and the agreement."""
    rows = implied()
    for text, valence, rated in outliers():
        print(f"{text}\t{valence:+.2f}\trated {rated:+.2f}")
    clear = [text for text in rows if abs(backing()[text][0]) >= APART]
    print(f"{len(rows)} entries are rated words; {len(clear)} clearly so, {len(outliers())} of them on the other side")


if __name__ == "__main__":
    main()
