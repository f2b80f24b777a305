"""The originality of a melody: whether it may be given away, and what is told of it."""

from dataclasses import asdict, dataclass, field
from typing import Any

from generator.composing.earlier import EarlierRun, EarlierTracks, NoEarlierTracks
from generator.composing.originality import RUN_MOVES, RunIndex, SharedRun
from generator.composing.people import people_like
from generator.melody.melody import Melody

MOST_NOTES_SHARED = RUN_MOVES
"""Notes in a row of a training tune that a melody may have, common property left aside."""
MOST_NOTES_OF_EARLIER = 16
"""Notes in a row of somebody else's earlier track that a melody may have: what 95 of 100 excerpts of 64 notes by
people stay within, compared with other tunes."""


@dataclass(frozen=True)
class Originality:
    """What melodies are compared with: the tunes that were learned from, and the tracks that were made before."""

    index: RunIndex
    earlier: EarlierTracks = field(default_factory=NoEarlierTracks)

    def over_limit(self, melody: Melody) -> bool:
        """Whether the melody shares too much to be given to anyone.

        That is nine notes in a row of a training tune that are not common property, or more than
        MOST_NOTES_OF_EARLIER of an earlier track of anyone else.
        """
        if self.index.copied_runs(melody):
            return True
        earlier = self.earlier.longest_shared(melody)
        return earlier is not None and earlier.notes > MOST_NOTES_OF_EARLIER

    def facts(self, melody: Melody) -> dict[str, Any]:
        """What is told of the melody, ready for JSON.

        - `longest_run`, `longest_uncommon_run`: with a training tune; the second leaves common property aside. Each
          has `notes`, `at_bar`, `common` and `shared_with` (`identity`, `title`, `source`, `bar`), or is None.
        - `people`: what tunes by people share, by PeopleShare's names; None if there is nothing to compare with.
        - `earlier_track`, `own_earlier_track`: `notes` and `at_bar` of the longest run shared with an earlier track of
          anyone else and of the same creator; None below nine notes.
        """
        people = people_like(self.index.people, len(melody.notes))
        return {
            "longest_run": _told(self.index.longest_shared(melody)),
            "longest_uncommon_run": _told(self.index.longest_uncommon(melody)),
            "people": asdict(people) if people else None,
            "earlier_track": _earlier(self.earlier.longest_shared(melody)),
            "own_earlier_track": _earlier(self.earlier.longest_own(melody)),
        }


def _told(run: SharedRun | None) -> dict[str, Any] | None:
    if run is None:
        return None
    return {
        "notes": run.notes,
        "at_bar": run.at_bar,
        "common": run.common,
        "shared_with": {"identity": run.identity, "title": run.title, "source": run.source, "bar": run.bar},
    }


def _earlier(run: EarlierRun | None) -> dict[str, Any] | None:
    return asdict(run) if run else None
