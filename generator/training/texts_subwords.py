"""Sub-words learned from texts, by byte-pair encoding (Sennrich, Haddow & Birch 2016)."""

import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable

from generator.brief.subwords import SubWords, joined, spelled
from generator.brief.tokens import jamo, pieces


def learn_subwords(texts: Iterable[str], size: int, *, rarest_sign: int = 30, rarest_piece: int = 3) -> SubWords:
    """The units of normalised texts, about `size` of them.

    Args:
        texts: what to learn from.
        size: units wanted, single signs among them; fewer come where nothing is left to be joined.
        rarest_sign: a sign that comes less often is no unit.
        rarest_piece: a piece that comes less often has no say in what is joined.
    """
    counts = Counter(piece for text in texts for piece in pieces(text))
    signs: Counter[str] = Counter()
    for piece, count in counts.items():
        for sign in piece:
            signs[sign] += count
    known = {sign for sign, count in signs.items() if count >= rarest_sign}
    # So that every syllable can be spelled, whether or not its letters come alone.
    known |= {letter for sign in signs for letter in jamo(sign) if jamo(sign) != sign}
    words = {piece: count for piece, count in sorted(counts.items()) if count >= rarest_piece}
    merges = _merges(words, frozenset(known), size - len(known))
    return SubWords(sorted(known), merges)


def _merges(words: dict[str, int], known: frozenset[str], wanted: int) -> list[tuple[str, str]]:
    spellings = [spelled(word, known) for word in words]
    counts = list(words.values())
    pairs: Counter[tuple[str, str]] = Counter()
    where: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for number, units in enumerate(spellings):
        for pair in itertools.pairwise(units):
            pairs[pair] += counts[number]
            where[pair].add(number)
    queue = [(-count, pair) for pair, count in pairs.items()]
    heapq.heapify(queue)
    merges: list[tuple[str, str]] = []
    while queue and len(merges) < wanted:
        count, pair = heapq.heappop(queue)
        if -count != pairs[pair]:
            # The count has changed since it was queued; the true one is in the queue as well.
            continue
        merges.append(pair)
        changed: set[tuple[str, str]] = set()
        for number in where.pop(pair):
            before, after = spellings[number], joined(spellings[number], pair)
            for units, sign in ((before, -1), (after, 1)):
                for other in itertools.pairwise(units):
                    pairs[other] += sign * counts[number]
                    changed.add(other)
                    if sign > 0:
                        where[other].add(number)
            spellings[number] = after
        for other in changed:
            if pairs[other] > 0:
                heapq.heappush(queue, (-pairs[other], other))
    return merges
