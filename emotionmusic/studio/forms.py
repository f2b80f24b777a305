"""What a creator asks for in the studio."""

import uuid
from typing import Any

from django import forms

from generator.mood import MOODS
from generator.request import LARGEST_SEED, LONGEST_SECONDS, SHORTEST_SECONDS

_SECONDS_HELP = f"{SHORTEST_SECONDS:g} to {LONGEST_SECONDS:g} seconds."
_SEED_HELP = (
    f"A whole number from 0 to {LARGEST_SEED}. The same wish with the same seed gives the same music; "
    "leave it empty for something new."
)


class WishForm(forms.Form):
    """Mood, intensity, length and, for those who care, the seed."""

    mood = forms.ChoiceField(
        choices=[(mood.name, mood.name.capitalize()) for mood in MOODS.values()],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a mood.",
            "invalid_choice": "There is no such mood. Choose one of those below.",
        },
    )
    intensity = forms.FloatField(
        min_value=0,
        max_value=1,
        initial=0.8,
        help_text="From a hint of the mood to its full character.",
        widget=forms.NumberInput(attrs={"type": "range", "step": "0.05", "min": "0", "max": "1"}),
        error_messages={
            "required": "Say how strong the mood should be, from 0 to 1.",
            "invalid": "Intensity is a number from 0 to 1.",
            "min_value": "Intensity is at least 0.",
            "max_value": "Intensity is at most 1.",
        },
    )
    seconds = forms.FloatField(
        label="Length in seconds",
        min_value=SHORTEST_SECONDS,
        max_value=LONGEST_SECONDS,
        initial=30,
        help_text=_SECONDS_HELP,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        error_messages={
            "required": f"Say how long the track should be: {_SECONDS_HELP}",
            "invalid": f"Length is a number: {_SECONDS_HELP}",
            "min_value": f"A track is at least {SHORTEST_SECONDS:g} seconds long.",
            "max_value": f"A track is at most {LONGEST_SECONDS:g} seconds long.",
        },
    )
    seed = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=LARGEST_SEED,
        help_text=_SEED_HELP,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": f"A seed is a whole number from 0 to {LARGEST_SEED}.",
            "min_value": "A seed is at least 0.",
            "max_value": f"A seed is at most {LARGEST_SEED}.",
        },
    )
    submission = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", uuid.uuid4())

    def clean_submission(self) -> uuid.UUID:
        """The form's number; a client that sends none gets one, and no protection against a second click."""
        try:
            return uuid.UUID(self.cleaned_data["submission"])
        except ValueError:
            return uuid.uuid4()
