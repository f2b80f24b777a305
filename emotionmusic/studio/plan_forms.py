"""What is to be composed to a brief that was understood: its timeline, as its creator would have it."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from emotionmusic.library.templatetags.player import clock
from emotionmusic.studio.brief_models import Brief
from emotionmusic.studio.brief_timeline import Stretch, laid_out, music_seconds
from emotionmusic.studio.forms import NumberedForm, mood_choices
from emotionmusic.studio.sections import Section, joined, mood_of_all
from emotionmusic.studio.seeds import drawn_seed
from emotionmusic.studio.shape_fields import too_many_hits
from emotionmusic.studio.shape_forms import ShapeForm
from generator.plan import make_plan
from generator.request import LONGEST_SECONDS, MOST_HITS, SHORTEST_SECONDS, BadRequest, Request

AT_THE_SEAM = 0.05
"""Seconds around the beginning of a section within which a hit needs no asking: a bar begins there anyway."""
_LENGTH = format_lazy(
    _("{shortest} to {longest} seconds."), shortest=f"{SHORTEST_SECONDS:g}", longest=f"{LONGEST_SECONDS:g}"
)


class PlanForm(NumberedForm, ShapeForm):
    """Mood and intensity of every stretch, the cuts to land on, the length where it is free, and the shape."""

    def __init__(self, *args: Any, brief: Brief, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brief = brief
        timeline = brief.timeline
        assert timeline is not None
        if not brief.timed:
            self.fields["seconds"] = _seconds_field(music_seconds(timeline["seconds"]))
        self.laid_out = laid_out(timeline, timed=brief.timed, seconds=self._sent_seconds())
        for number, stretch in enumerate(self.laid_out.stretches):
            self.fields[f"mood_{number}"] = _mood_field(stretch.mood)
            self.fields[f"intensity_{number}"] = _intensity_field(stretch.intensity)
        if self.laid_out.cuts:
            self.fields["cuts"] = _cuts_field(self.laid_out.cuts)

    @property
    def rows(self) -> list[tuple[Stretch, forms.BoundField, forms.BoundField]]:
        """The stretches with their fields for mood and intensity."""
        return [
            (stretch, self[f"mood_{number}"], self[f"intensity_{number}"])
            for number, stretch in enumerate(self.laid_out.stretches)
        ]

    def clean(self) -> dict[str, Any]:
        """What was chosen as a whole: `sections`, and the fields that a wish has."""
        chosen = self.cleaned_data
        if self.brief.timed:
            chosen["seconds"] = self.laid_out.seconds
        if not any(name.startswith(("mood_", "intensity_", "seconds")) for name in self.errors):
            assert self.brief.timeline is not None
            chosen["sections"] = joined(self._sections())
            chosen["mood"], chosen["intensity"] = mood_of_all(
                chosen["sections"], self.brief.timeline["overall"]["mood"]
            )
        chosen["seed"] = drawn_seed()
        if "hits" in chosen:
            hits = sorted({*chosen["hits"], *map(float, chosen.get("cuts", ()))})
            chosen["hits"] = tuple(hit for hit in hits if not self._is_at_a_seam(hit))
            if len(chosen["hits"]) > MOST_HITS:
                self.add_error("hits", too_many_hits())
        return super().clean()

    @property
    def wish(self) -> dict[str, Any]:
        """What is to be composed, once the form is valid."""
        plain = {name: self.cleaned_data[name] for name in ("submission", "mood", "intensity", "seconds", "seed")}
        sections = self.cleaned_data["sections"]
        several = [section.fields() for section in sections] if len(sections) > 1 else []
        return {**plain, "shape": self.shape, "sections": several, "brief": self.brief}

    def _plan(self) -> None:
        """Find out whether each section can be made: of hits, only a plan can tell."""
        chosen = self.cleaned_data
        if len(chosen["sections"]) == 1:
            super()._plan()
            return
        choices = {name: value for name, value in self.shape.choices().items() if name != "curve"}
        for section in chosen["sections"]:
            inside = tuple(
                round(hit - section.start, 3) for hit in chosen["hits"] if section.start <= hit < section.end
            )
            asked = choices | ({"hits": inside} if "hits" in choices else {})
            try:
                make_plan(Request.of(section.mood, section.intensity, section.seconds, chosen["seed"], **asked))
            except BadRequest:
                self.add_error("hits" if inside else None, _cannot_be_made(section, bool(inside)))

    def _sections(self) -> list[Section]:
        return [
            Section(
                stretch.start,
                stretch.end,
                self.cleaned_data[f"mood_{number}"],
                self.cleaned_data[f"intensity_{number}"],
            )
            for number, stretch in enumerate(self.laid_out.stretches)
        ]

    def _is_at_a_seam(self, hit: float) -> bool:
        return any(abs(hit - section.start) < AT_THE_SEAM for section in self.cleaned_data.get("sections", ()))

    def _sent_seconds(self) -> float | None:
        """The length that was sent, where it is one: the stretches are laid out over it."""
        if not self.is_bound or self.brief.timed:
            return None
        try:
            return float(self.fields["seconds"].clean(self.data.get("seconds")))
        except forms.ValidationError:
            return None


def _seconds_field(initial: float) -> forms.FloatField:
    return forms.FloatField(
        label=_("Length in seconds"),
        min_value=SHORTEST_SECONDS,
        max_value=LONGEST_SECONDS,
        initial=f"{initial:g}",
        help_text=_LENGTH,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _LENGTH),
    )


def _mood_field(mood: str) -> forms.ChoiceField:
    wrong = dict.fromkeys(("required", "invalid_choice"), _("Choose one of the moods."))
    return forms.ChoiceField(label=_("Mood"), choices=mood_choices, initial=mood, error_messages=wrong)


def _intensity_field(intensity: float) -> forms.FloatField:
    wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("Intensity is a number from 0 to 1."))
    slider = forms.NumberInput(attrs={"type": "range", "step": "0.05", "min": "0", "max": "1"})
    return forms.FloatField(
        label=_("Intensity"),
        min_value=0,
        max_value=1,
        initial=f"{round(intensity * 20) / 20:g}",
        widget=slider,
        error_messages=wrong,
    )


def _cuts_field(cuts: tuple[float, ...]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Cuts"),
        required=False,
        choices=[(f"{cut:g}", _moment(cut)) for cut in cuts],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("There is no such cut. Choose among those below.")},
    )


def _moment(second: float) -> str:
    """A moment to the hundredth of a second: 1:04.52."""
    minutes, seconds = divmod(round(second * 100), 6000)
    return f"{minutes}:{seconds / 100:05.2f}"


def _cannot_be_made(section: Section, has_hits: bool) -> str:
    between = {"start": clock(section.start), "end": clock(section.end)}
    if has_hits:
        return (
            gettext("Between %(start)s and %(end)s no bars can begin at all of the hits. Leave one of them out.")
            % between
        )
    return gettext("What lies between %(start)s and %(end)s cannot be made like this. Choose another tempo.") % between
