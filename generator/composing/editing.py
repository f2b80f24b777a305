"""From a melody that is there already to the plan of its continuation, its variation or the bars to be redone."""

import random
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np

from generator.composing.fixed import FREE, NO_MODEL, Fixed, keeping, start_of
from generator.frames import best_frame, exact_frame, ring_of, seconds_for
from generator.melody.events import melody_to_events
from generator.melody.form import Echo, Form, Likeness, form_of
from generator.melody.melody import Key, Melody, to_common_tonic
from generator.melody.metre import METRES, STEPS_PER_QUARTER
from generator.melody.transforms import with_metre, with_mode
from generator.plan import MusicPlan, make_plan, plan_in
from generator.request import BadRequest, Ending, Request


@dataclass(frozen=True)
class Edit:
    """What is to be done with a melody that is there.

    Attributes:
        source: the melody, in any key.
        kept: numbers of the bars that stay to the note, counted from 0; a pick-up's bar counts as one.
        varied: numbers of the bars that are composed anew on the model of what stands there; all others are
            composed anew, those of them that the source has in its form.
        likeness: how closely a bar that is composed anew may take up a kept one, whatever the source's form has.
        closes: whether the last bar of a piece shorter than the source takes up the source's last one, whatever
            stands there, so that it does not break off.
        instrument: the name of what played the source, which goes on where it suits the mood; empty if unknown.
    """

    source: Melody
    kept: Set[int]
    varied: Set[int]
    likeness: Likeness = Likeness.VARIED
    closes: bool = True
    instrument: str = ""

    @classmethod
    def anew(cls, source: Melody) -> "Edit":
        """Compose all bars anew, in the source's metre, key and form."""
        return cls(source, frozenset(), frozenset(), closes=False)

    @classmethod
    def keep(cls, source: Melody, first: int, last: int) -> "Edit":
        """Keep the whole bars `first` to `last`, counted from 1, the pick-up before the first with it.

        Raises:
            BadRequest: the melody has no such bars.
        """
        return cls(source, _bars(source, first, last), frozenset(), closes=False)

    @classmethod
    def redo(cls, source: Melody, first: int, last: int) -> "Edit":
        """Compose the whole bars `first` to `last`, counted from 1, anew and keep all others.

        A bar that repeated a kept one keeps its rhythm at most: whoever asks for other bars wants no repeat.

        Raises:
            BadRequest: the melody has no such bars.
        """
        kept = frozenset(range(source.bars)) - _bars(source, first, last)
        return cls(source, kept, frozenset(), likeness=Likeness.RHYTHM)

    @classmethod
    def vary(cls, source: Melody, share: float, seed: int, bars: int | None = None) -> "Edit":
        """Vary a share 0..1 of the bars, chosen by `seed`, at least one of them if it is above 0.

        Of a longer source only the first `bars` are meant, a pick-up's bar counted as one.

        Raises:
            BadRequest: the share lies outside its range.
        """
        if not 0 <= share <= 1:
            raise BadRequest(f"the share of bars to vary must lie between 0 and 1, not {share:g}")
        among = source.bars if bars is None else min(bars, source.bars)
        most = max(round(share * among), 1 if share else 0)
        varied = frozenset(random.Random(f"vary {seed}").sample(range(among), most))
        return cls(source, frozenset(range(source.bars)) - varied, varied)


def seconds_of(source: Melody, tempo: float, ending: Ending = Ending.RING) -> float:
    """How long a piece of the source's bars lasts at `tempo` quarter notes a minute, the last note's ring included."""
    return seconds_for(_sounding_quarters(source) * 60 / tempo, ending)


def tempo_of(source: Melody, seconds: float, ending: Ending = Ending.RING) -> float:
    """The tempo at which the source's bars fill `seconds`, the last note's ring included."""
    return _sounding_quarters(source) * 60 / (seconds - ring_of(seconds, ending))


def whole_bars(source: Melody) -> int:
    """The number of bars as they are counted by hand, which leaves a pick-up out."""
    return source.bars - bool(pick_up_of(source))


def pick_up_of(melody: Melody) -> int:
    """Steps of the first bar that sound, if it does not begin on the beat; else 0."""
    silent = melody.notes[0].onset
    return -silent % melody.metre.steps_per_bar


def plan_anew(request: Request) -> tuple[MusicPlan, Fixed]:
    """The plan of a piece that starts from nothing; only its beginning is fixed."""
    plan = make_plan(request)
    return plan, start_of(plan)


def plan_edit(request: Request, edit: Edit) -> tuple[MusicPlan, Fixed]:
    """The plan of an edit, and what is fixed in it.

    The source's metre, key and pick-up hold where the request names no others; the request must name the tempo.
    With more seconds than the source has bars for, the melody goes on; with fewer it is cut short.

    Raises:
        BadRequest: the request names no tempo, it leaves no room for two bars, no bar can begin at one of its hits,
            it is to go round in spite of a pick-up, or the melody's range is too wide.
    """
    key = request.key or Key(edit.source.tonic, edit.source.mode)
    metre = METRES[request.metre] if request.metre else edit.source.metre
    source = to_common_tonic(with_metre(with_mode(edit.source, key.mode), metre))
    if source is None:
        raise BadRequest("the melody's range is too wide to be worked on; two octaves and a half are the most")
    pick_up = _pick_up_in(source, request)
    if not request.tempo or not exact_frame(request.seconds, request.tempo, metre, pick_up):
        raise BadRequest("the melody needs a tempo that leaves room for at least two bars")
    frame, _ = best_frame(request, metre, pick_up)
    chance = random.Random(f"edit {request.seed}")
    drawn = plan_in(frame, replace(request, key=key), _nearest(edit.source, source, key), chance)
    kept, models = _taken(edit, drawn.bars)
    plan = replace(drawn, form=_form(drawn, source, edit.likeness, kept, models))
    keeps = keeping(source, kept, plan.steps)
    beginning = start_of(plan).events
    events = np.where(keeps == FREE, beginning, keeps)
    return plan, Fixed(events, melody_to_events(source) if models else NO_MODEL)


def plan_arrangement(request: Request, melody: Melody) -> MusicPlan:
    """The plan in which `melody` stands as it is, in its own metre, key and number of bars.

    Raises:
        BadRequest: no bar can begin at one of the hits, or it is to go round in spite of a pick-up.
    """
    pick_up = _pick_up_in(melody, request)
    frame, _ = best_frame(request, melody.metre, pick_up, whole_bars(melody))
    own_key = replace(request, key=Key(melody.tonic, melody.mode))
    return plan_in(frame, own_key, melody.tonic, random.Random(f"arrangement {request.seed}"))


def edit_facts(edit: Edit, plan: MusicPlan) -> dict[str, Any]:
    """What was done with the source, ready for JSON; bars are counted from 1, a pick-up apart."""
    kept, models = _taken(edit, plan.bars)
    new = set(range(plan.bars)) - kept - set(models)
    return {
        "kept_bars": _in_words(kept, plan),
        "varied_bars": _in_words(set(models), plan),
        "new_bars": _in_words(new, plan),
        "source_key": edit.source.key_name,
        "source_metre": edit.source.metre.name,
        "source_bars": whole_bars(edit.source),
    }


def _pick_up_in(melody: Melody, request: Request) -> int:
    """The steps of the melody's pick-up, which what goes round cannot have."""
    pick_up = pick_up_of(melody)
    if pick_up and request.ending is Ending.LOOP:
        raise BadRequest("a melody that begins with a pick-up cannot go round; let it ring out or fade")
    return pick_up


def _taken(edit: Edit, bars: int) -> tuple[set[int], dict[int, int]]:
    """Of the bars of a piece those that are kept, and of those that are varied the bar of the source they take up."""
    kept = {bar for bar in edit.kept if bar < bars}
    models = {bar: bar for bar in edit.varied if bar < bars}
    if bars < edit.source.bars and edit.closes:
        models[bars - 1] = edit.source.bars - 1
    return kept - set(models), models


def _form(plan: MusicPlan, source: Melody, most: Likeness, kept: Set[int], models: Mapping[int, int]) -> Form:
    """The source's form, the plan's own beyond its end; bars to be varied take up the source itself.

    New bars that take up kept ones do so no more closely than `most`. The source lies beyond the last bar of the
    plan, so that its bar n is the plan's bar `plan.bars` + n.
    """
    form = [*form_of(source)[: plan.bars], *plan.form[source.bars :]]
    for bar, echo in enumerate(form[: source.bars]):
        if echo.model in kept and bar not in kept:
            form[bar] = replace(echo, likeness=min(echo.likeness, most))
    for bar, model in models.items():
        form[bar] = Echo(Likeness.VARIED, plan.bars + model)
    return tuple(form)


def _in_words(bars: Set[int], plan: MusicPlan) -> str:
    """Numbers of bars such as "pick-up, 1-4, 7"."""
    before = bool(plan.pick_up)
    words = ["pick-up"] if before and 0 in bars else []
    numbers = sorted(bar + 1 - before for bar in bars if bar >= before)
    for number in numbers:
        if number - 1 not in numbers:
            last = next(bar for bar in count(number) if bar + 1 not in numbers)
            words.append(f"{number}-{last}" if last > number else f"{number}")
    return ", ".join(words)


def _sounding_quarters(melody: Melody) -> float:
    return (melody.steps - melody.notes[0].onset) / STEPS_PER_QUARTER


def _nearest(original: Melody, common: Melody, key: Key) -> int:
    """Semitones from the common tonic to the key, in the octave nearest to where the melody was."""
    before = original.notes[0].pitch - common.notes[0].pitch
    up = (key.tonic - before) % 12
    return before + (up if up <= 6 else up - 12)


def _bars(melody: Melody, first: int, last: int) -> frozenset[int]:
    """The numbers, from 0, of the whole bars `first` to `last`, from 1, with a pick-up before the first of all."""
    whole = whole_bars(melody)
    before = melody.bars - whole
    if not 1 <= first <= last <= whole:
        raise BadRequest(f"bars must lie between 1 and {whole}, the first before the last, not {first}-{last}")
    return frozenset(range(0 if first == 1 else first - 1 + before, last + before))
