"""What a page says of a brief: what was understood, or why nothing was."""

from typing import Any

from django.utils.translation import gettext

from emotionmusic.library.templatetags.player import feeling
from emotionmusic.studio.brief_models import LONGEST_NAME, Brief
from generator.brief.refusal import TEMPLATES, Refusal

WORDS_NAMED = 4
UNSURE_BELOW = 0.25
"""The share of the likeliest mood below which we say that we are not sure; of sixteen equal ones each has 0.06."""


def name_of(brief: Brief) -> str:
    """What a creator knows a brief by."""
    return brief.file_name or " ".join(brief.words[:LONGEST_NAME].split())


def understood(timeline: dict[str, Any]) -> list[str]:
    """What was understood, in a few sentences."""
    overall = timeline["overall"]
    mood = feeling(overall["mood"]).lower()
    words = ", ".join(f"“{word}”" for word in _reasons(timeline)[:WORDS_NAMED])
    if words:
        said = [gettext("On the whole it feels %(mood)s, going by %(words)s.") % {"mood": mood, "words": words}]
    elif timeline["language"]:
        said = [gettext("On the whole it feels %(mood)s.") % {"mood": mood}]
    else:
        said = [gettext("Going by picture and sound alone, it feels %(mood)s.") % {"mood": mood}]
    if len(timeline["segments"]) > 1:
        course = " → ".join(feeling(part["mood"]).lower() for part in timeline["segments"])
        said.append(gettext("It goes %(course)s.") % {"course": course})
    if overall["confidence"] < UNSURE_BELOW:
        said.append(gettext("We are not sure of it, so look it over."))
    return said


def _reasons(timeline: dict[str, Any]) -> list[str]:
    """The words for the mood of the whole: those of the stretches that have it, where some have."""
    overall = timeline["overall"]
    having = [part["why"] for part in timeline["segments"] if part["mood"] == overall["mood"]]
    return list(dict.fromkeys(word for why in having for word in why)) or list(overall["why"])


def refused(brief: Brief) -> str:
    """Why a brief was not read, and what to do instead."""
    try:
        template = TEMPLATES[Refusal(brief.refusal["reason"])]
    except (KeyError, ValueError):
        return gettext("Something went wrong on our side while reading it. Please try again.")
    # Some values are words themselves, such as what a file was found to be.
    values = brief.refusal["values"].items()
    told = {name: gettext(value) if value and isinstance(value, str) else value for name, value in values}
    return gettext(template).format(**told)
