"""What a creator may choose of a track's shape: the style in sight, the rest folded away."""

from typing import Any

from django import forms

from emotionmusic.studio.shape import Shape
from emotionmusic.studio.shape_fields import CurveField, HitsField
from generator.melody.melody import FLAT_TONICS, SHARP_TONICS, Mode
from generator.melody.metre import METRE_NAMES
from generator.mood import MOODS
from generator.plan import make_plan
from generator.request import FASTEST_TEMPO, SLOWEST_TEMPO, BadRequest, Ending, Request
from generator.styles import STYLES

STYLE_CHOICES = [(style.name, f"{style.name.capitalize()} – {style.sentence}") for style in STYLES.values()]
_OWN = ("", "The mood's own")
_TEMPO_HELP = f"{SLOWEST_TEMPO:g} to {FASTEST_TEMPO:g} quarter notes a minute."
_TONICS = [
    (sharp, sharp if sharp == flat else f"{sharp[0]}♯ / {flat[0]}♭")
    for sharp, flat in zip(SHARP_TONICS, FLAT_TONICS, strict=True)
]
_ENDINGS = [
    (Ending.RING.value, "Rings out"),
    (Ending.LOOP.value, "Goes round, as a loop"),
    (Ending.FADE.value, "Fades away"),
]


def tempo_field(help_text: str) -> forms.FloatField:
    """A tempo that may be left out."""
    return forms.FloatField(
        required=False,
        min_value=SLOWEST_TEMPO,
        max_value=FASTEST_TEMPO,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), f"Tempo is a number: {_TEMPO_HELP}"),
    )


def _choice(label: str, choices: list[tuple[str, str]], wrong: str, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, error_messages={"invalid_choice": wrong}, **more
    )


class ShapeForm(forms.Form):
    """Style, tempo, key, metre, energy, hits and ending of a track; each may be left as it is.

    It is part of a wish, whose form has mood, intensity, seconds and seed too.
    """

    style = _choice(
        "Style", [_OWN, *STYLE_CHOICES], "There is no such style. Choose one of the list.", help_text="Who plays it."
    )
    tempo = tempo_field(f"{_TEMPO_HELP} Met as closely as the length allows.")
    tonic = _choice("Key", [_OWN, *_TONICS], "There is no such key. Choose one of the list.")
    mode = _choice(
        "Major or minor", [_OWN, *((mode.value, mode.value.capitalize()) for mode in Mode)], "Choose major or minor."
    )
    metre = _choice(
        "Metre", [_OWN, *((name, name) for name in METRE_NAMES)], "There is no such metre. Choose one of the list."
    )
    ending = _choice("Ending", _ENDINGS, "Choose one of the three endings.", initial=Ending.RING.value)
    curve = CurveField(
        label="Energy",
        required=False,
        help_text="How full it sounds, from 0 to 1, as seconds:energy with commas, such as 0:0.2, 20:0.9, 30:0.4.",
    )
    hits = HitsField(
        label="Hits",
        required=False,
        help_text="Moments that the music lands on, in seconds with commas, such as 12.5, 20.",
    )

    FOLDED = ("tempo", "tonic", "mode", "metre", "ending", "curve", "hits")

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """What is folded away, in order."""
        return [self[name] for name in self.FOLDED]

    @property
    def unfolds(self) -> bool:
        """Whether something of it was filled in, or is wrong."""
        return any(field.errors or field.value() not in (None, "", field.initial) for field in self.folded_fields)

    @property
    def shape(self) -> Shape:
        """What was chosen, once the form is valid."""
        chosen = self.cleaned_data
        return Shape(
            style=chosen["style"],
            tempo=chosen["tempo"],
            key=f"{chosen['tonic']} {self._mode()}" if chosen["tonic"] else "",
            metre=chosen["metre"],
            curve=chosen["curve"],
            hits=chosen["hits"],
            ending=Ending(chosen["ending"] or Ending.RING),
        )

    def clean(self) -> dict[str, Any]:
        """What fits together, and can be planned."""
        chosen = super().clean() or self.cleaned_data
        if chosen.get("mode") and chosen.get("tonic") == "":
            self.add_error("tonic", "Choose a key to go with it, or leave major and minor to the mood.")
        seconds = chosen.get("seconds")
        moments = {"hits": chosen.get("hits", ()), "curve": [second for second, _ in chosen.get("curve", ())]}
        for name, times in moments.items():
            if seconds and times and times[-1] > seconds:
                self.add_error(name, f"The track ends at {seconds:g} s, but this goes to {times[-1]:g} s.")
        if not self.errors:
            self._plan()
        return chosen

    def _plan(self) -> None:
        """Find out whether it can be made: of hits, only a plan can tell."""
        wish = self.cleaned_data
        try:
            make_plan(
                Request.of(wish["mood"], wish["intensity"], wish["seconds"], wish["seed"], **self.shape.choices())
            )
        except BadRequest as fault:
            said = f"{str(fault)[:1].upper()}{str(fault)[1:]}."
            self.add_error("hits" if wish["hits"] else None, said)

    def _mode(self) -> str:
        """The mode that was chosen, else the mood's."""
        return str(self.cleaned_data["mode"] or MOODS[self.cleaned_data["mood"]].mode)
