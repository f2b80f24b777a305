"""What a creator may choose of a track's shape: the style in sight, the rest folded away."""

import re
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from emotionmusic.studio.shape import Shape
from emotionmusic.studio.shape_fields import CurveField, HitsField
from generator.melody.melody import FLAT_TONICS, SHARP_TONICS, Mode
from generator.melody.metre import METRE_NAMES
from generator.mood import MOODS
from generator.plan import make_plan
from generator.request import FASTEST_TEMPO, SLOWEST_TEMPO, BadRequest, Ending, Request
from generator.styles import STYLES

_OWN = ("", _("The mood's own"))
_TEMPO_RANGE = format_lazy(
    _("{slowest} to {fastest} quarter notes a minute."), slowest=f"{SLOWEST_TEMPO:g}", fastest=f"{FASTEST_TEMPO:g}"
)
_TONICS = [
    (sharp, sharp if sharp == flat else f"{sharp[0]}♯ / {flat[0]}♭")
    for sharp, flat in zip(SHARP_TONICS, FLAT_TONICS, strict=True)
]
_ENDINGS = [
    (Ending.RING.value, _("Rings out")),
    (Ending.LOOP.value, _("Goes round, as a loop")),
    (Ending.FADE.value, _("Fades away")),
]
_NO_BAR_AT = re.compile(r"no bar can begin at (\S+) s; (?:the nearest that can be is (\S+) s|leave this hit out)")


def style_choices() -> list[tuple[str, str]]:
    """The styles, each with what it is like, in the page's language."""
    said = [(style.name, gettext(style.name), gettext(style.sentence)) for style in STYLES.values()]
    return [(value, f"{name[:1].upper()}{name[1:]} – {sentence}") for value, name, sentence in said]


def _style_or_own() -> list[tuple[str, Any]]:
    return [_OWN, *style_choices()]


def tempo_field(help_text: Any) -> forms.FloatField:
    """A tempo that may be left out."""
    return forms.FloatField(
        label=_("Tempo"),
        required=False,
        min_value=SLOWEST_TEMPO,
        max_value=FASTEST_TEMPO,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), format_lazy(_("Tempo is a number: {range}"), range=_TEMPO_RANGE)
        ),
    )


def _choice(label: Any, choices: Any, wrong: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, error_messages={"invalid_choice": wrong}, **more
    )


class ShapeForm(forms.Form):
    """Style, tempo, key, metre, energy, hits and ending of a track; each may be left as it is.

    It is part of a wish, whose form has mood, intensity, seconds and seed too.
    """

    style = _choice(
        _("Style"), _style_or_own, _("There is no such style. Choose one of the list."), help_text=_("Who plays it.")
    )
    tempo = tempo_field(format_lazy(_("{range} Met as closely as the length allows."), range=_TEMPO_RANGE))
    tonic = _choice(_("Key"), [_OWN, *_TONICS], _("There is no such key. Choose one of the list."))
    mode = _choice(
        _("Major or minor"),
        [_OWN, (Mode.MAJOR.value, _("Major")), (Mode.MINOR.value, _("Minor"))],
        _("Choose major or minor."),
    )
    metre = _choice(
        _("Metre"),
        [_OWN, *((name, name) for name in METRE_NAMES)],
        _("There is no such metre. Choose one of the list."),
    )
    ending = _choice(_("Ending"), _ENDINGS, _("Choose one of the three endings."), initial=Ending.RING.value)
    curve = CurveField(
        label=_("Energy"),
        required=False,
        help_text=_("How full it sounds, from 0 to 1, as seconds:energy with commas, such as 0:0.2, 20:0.9, 30:0.4."),
    )
    hits = HitsField(
        label=_("Hits"),
        required=False,
        help_text=_("Moments that the music lands on, in seconds with commas, such as 12.5, 20."),
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
            self.add_error("tonic", gettext("Choose a key to go with it, or leave major and minor to the mood."))
        seconds = chosen.get("seconds")
        moments = {"hits": chosen.get("hits", ()), "curve": [second for second, _ in chosen.get("curve", ())]}
        for name, times in moments.items():
            if seconds and times and times[-1] > seconds:
                said = gettext("The track ends at %(end)s s, but this goes to %(last)s s.")
                self.add_error(name, said % {"end": f"{seconds:g}", "last": f"{times[-1]:g}"})
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
            self.add_error("hits" if wish["hits"] else None, _said_of(fault))

    def _mode(self) -> str:
        """The mode that was chosen, else the mood's."""
        return str(self.cleaned_data["mode"] or MOODS[self.cleaned_data["mood"]].mode)


def _said_of(fault: BadRequest) -> str:
    """Why it cannot be made: of a hit in the page's language, for fields have refused all else before."""
    found = _NO_BAR_AT.fullmatch(str(fault))
    if found is None:
        return f"{str(fault)[:1].upper()}{str(fault)[1:]}."
    hit, nearest = found.groups()
    if nearest is None:
        return gettext("No bar can begin at %(hit)s s; leave this hit out.") % {"hit": hit}
    said = gettext("No bar can begin at %(hit)s s; the nearest that can be is %(nearest)s s.")
    return said % {"hit": hit, "nearest": nearest}
