"""What a creator asks for in the studio."""

import uuid
from math import ceil, floor
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from emotionmusic.library.templatetags.player import feeling
from emotionmusic.studio.seeds import drawn_seed
from emotionmusic.studio.shape_forms import ShapeForm, style_choices, tempo_field
from generator.composing.editing import seconds_of, tempo_of
from generator.melody.melody import Melody
from generator.mood import MOODS
from generator.request import LARGEST_SEED, LONGEST_SECONDS, SHORTEST_SECONDS, Ending

_RANGE = {"shortest": f"{SHORTEST_SECONDS:g}", "longest": f"{LONGEST_SECONDS:g}"}
_SECONDS_HELP = format_lazy(_("{shortest} to {longest} seconds."), **_RANGE)
_SEED_HELP = format_lazy(
    _(
        "A whole number from 0 to {largest}. The same wish with the same seed gives the same music; "
        "leave it empty for something new."
    ),
    largest=LARGEST_SEED,
)


def mood_choices() -> list[tuple[str, str]]:
    """The moods with their names in the page's language."""
    return [(name, feeling(name)) for name in MOODS]


class NumberedForm(forms.Form):
    """A form with a number of its own: sent twice, it is one wish."""

    submission = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", uuid.uuid4())

    def clean_submission(self) -> uuid.UUID:
        """The form's number; a client that sends none gets one, and no protection against a second click."""
        try:
            return uuid.UUID(self.cleaned_data["submission"])
        except ValueError:
            return uuid.uuid4()


class MoodForm(NumberedForm):
    """Mood and intensity."""

    mood = forms.ChoiceField(
        label=_("Mood"),
        choices=mood_choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a mood."),
            "invalid_choice": _("There is no such mood. Choose one of those below."),
        },
    )
    intensity = forms.FloatField(
        label=_("Intensity"),
        min_value=0,
        max_value=1,
        initial=0.8,
        help_text=_("From a hint of the mood to its full character."),
        widget=forms.NumberInput(attrs={"type": "range", "step": "0.05", "min": "0", "max": "1"}),
        error_messages={
            "required": _("Say how strong the mood should be, from 0 to 1."),
            "invalid": _("Intensity is a number from 0 to 1."),
            "min_value": _("Intensity is at least 0."),
            "max_value": _("Intensity is at most 1."),
        },
    )


class WishForm(MoodForm, ShapeForm):
    """Mood, intensity, length, style and, for those who care, the rest of its shape and the seed."""

    seconds = forms.FloatField(
        label=_("Length in seconds"),
        min_value=SHORTEST_SECONDS,
        max_value=LONGEST_SECONDS,
        initial=30,
        help_text=_SECONDS_HELP,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        error_messages={
            "required": format_lazy(_("Say how long the track should be: {range}"), range=_SECONDS_HELP),
            "invalid": format_lazy(_("Length is a number: {range}"), range=_SECONDS_HELP),
            "min_value": format_lazy(_("A track is at least {shortest} seconds long."), **_RANGE),
            "max_value": format_lazy(_("A track is at most {longest} seconds long."), **_RANGE),
        },
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        required=False,
        min_value=0,
        max_value=LARGEST_SEED,
        help_text=_SEED_HELP,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": format_lazy(_("A seed is a whole number from 0 to {largest}."), largest=LARGEST_SEED),
            "min_value": _("A seed is at least 0."),
            "max_value": format_lazy(_("A seed is at most {largest}."), largest=LARGEST_SEED),
        },
    )

    def clean_seed(self) -> int:
        """The seed, drawn here if none was given: whether hits can be met hangs on it."""
        seed = self.cleaned_data["seed"]
        return drawn_seed() if seed is None else seed

    @property
    def wish(self) -> dict[str, Any]:
        """What was asked for, once the form is valid."""
        plain = {name: self.cleaned_data[name] for name in ("submission", "mood", "intensity", "seconds", "seed")}
        return {**plain, "shape": self.shape}


class OtherMoodForm(MoodForm):
    """The same melody in another mood."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mood"].widget = forms.Select(choices=mood_choices())


class BarsForm(NumberedForm):
    """Which of so many bars are to be composed anew, counted from 1."""

    def __init__(self, *args: Any, bars: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrong = format_lazy(_("Name a bar from 1 to {bars}, as a whole number."), bars=bars)
        for name, label in (("first_bar", _("From bar")), ("last_bar", _("To bar"))):
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=1,
                max_value=bars,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
            )

    def clean_last_bar(self) -> int:
        """The last bar, which is not before the first."""
        last: int = self.cleaned_data["last_bar"]
        if last < self.cleaned_data.get("first_bar", last):
            raise forms.ValidationError(gettext("The last bar cannot come before the first."))
        return last


class ArrangementForm(NumberedForm):
    """The style and the tempo that the same melody is arranged in."""

    style = forms.ChoiceField(
        label=_("Style"),
        choices=style_choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the styles.")),
    )

    def __init__(
        self, *args: Any, melody: Melody, tempo: float, seconds: float, ending: Ending, **kwargs: Any
    ) -> None:
        """`tempo`, `seconds` and `ending` are those of the track that it is made from."""
        super().__init__(*args, **kwargs)
        self.melody, self.tempo, self.seconds, self.ending = melody, tempo, seconds, ending
        self.fields["tempo"] = tempo_field(
            format_lazy(_("{tempo} quarter notes a minute now; leave it empty to keep them."), tempo=f"{tempo:.0f}")
        )

    def clean_tempo(self) -> float:
        """The tempo, at which the melody is neither too short for a track nor too long."""
        tempo: float | None = self.cleaned_data["tempo"]
        if tempo is None:
            return self.tempo
        seconds = seconds_of(self.melody, tempo, self.ending)
        if SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
            return tempo
        told: dict[str, Any] = {**_RANGE, "seconds": f"{seconds:.1f}"}
        if seconds < SHORTEST_SECONDS:
            told["tempo"] = floor(tempo_of(self.melody, SHORTEST_SECONDS, self.ending))
            said = gettext(
                "At that tempo the melody lasts {seconds} seconds, but a track has {shortest} to {longest} seconds. "
                "Choose {tempo} or less."
            )
        else:
            told["tempo"] = ceil(tempo_of(self.melody, LONGEST_SECONDS, self.ending))
            said = gettext(
                "At that tempo the melody lasts {seconds} seconds, but a track has {shortest} to {longest} seconds. "
                "Choose {tempo} or more."
            )
        raise forms.ValidationError(said.format(**told))

    @property
    def new_seconds(self) -> float:
        """How long the new track is, once the form is valid."""
        tempo: float = self.cleaned_data["tempo"]
        return self.seconds if tempo == self.tempo else seconds_of(self.melody, tempo, self.ending)
