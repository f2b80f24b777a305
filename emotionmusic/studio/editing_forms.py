"""The forms on a track's page that make a new track from it."""

from dataclasses import dataclass

from django.http import QueryDict

from emotionmusic.library.models import Track
from emotionmusic.library.queries import melody_of
from emotionmusic.studio.forms import ArrangementForm, BarsForm, NumberedForm, OtherMoodForm
from emotionmusic.studio.models import EditKind
from emotionmusic.studio.queries import shape_of
from generator.composing.editing import whole_bars

USUAL_LAST_BAR = 4


@dataclass(frozen=True)
class EditForms:
    """One form a kind of edit, and the number of whole bars that the track has."""

    another: NumberedForm
    mood: OtherMoodForm
    bars_form: BarsForm
    arrangement: ArrangementForm
    bars: int

    def of(self, kind: EditKind) -> NumberedForm:
        """The form of that kind."""
        return {
            EditKind.ANOTHER: self.another,
            EditKind.MOOD: self.mood,
            EditKind.BARS: self.bars_form,
            EditKind.ARRANGEMENT: self.arrangement,
        }[kind]


def edit_forms(track: Track, kind: EditKind | None = None, sent: QueryDict | None = None) -> EditForms | None:
    """The forms of a track, that of `kind` filled in with what was sent; None if the track cannot be gone on from."""
    melody = melody_of(track)
    if melody is None:
        return None
    bars, shape = whole_bars(melody), shape_of(track)
    usual = {"first_bar": 1, "last_bar": min(USUAL_LAST_BAR, bars)}
    data = {kind: sent}
    return EditForms(
        another=NumberedForm(data.get(EditKind.ANOTHER), auto_id="another-%s"),
        mood=OtherMoodForm(
            data.get(EditKind.MOOD), auto_id="other-%s", initial={"mood": track.mood, "intensity": track.intensity}
        ),
        bars_form=BarsForm(data.get(EditKind.BARS), auto_id="bars-%s", bars=bars, initial=usual),
        arrangement=ArrangementForm(
            data.get(EditKind.ARRANGEMENT),
            auto_id="arrange-%s",
            melody=melody,
            tempo=track.facts["tempo"],
            seconds=track.facts["seconds_asked"],
            ending=shape.ending,
            initial={"style": shape.style},
        ),
        bars=bars,
    )
