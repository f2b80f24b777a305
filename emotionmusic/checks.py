"""System checks of what the site needs around it; `manage.py check` names each by its id."""

import ctypes.util
import os
import shutil
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from emotionmusic import env
from emotionmusic.operations import redis_address, redis_state
from generator.harmonies import HABITS_PATH
from generator.targets import TargetsRefused, load_targets


@register("emotionmusic")
def soundfont(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E001: the General MIDI soundfont can be read and is one (RIFF, form type sfbk)."""
    path = settings.SOUNDFONT
    try:
        with open(path, "rb") as file:
            head = file.read(12)
    except OSError as error:
        hint = "Install fluid-soundfont-gm, or set SOUNDFONT to a General MIDI .sf2 file."
        return [Error(f"The soundfont {path} cannot be read: {error.strerror}.", hint=hint, id="emotionmusic.E001")]
    if head[:4] == b"RIFF" and head[8:] == b"sfbk":
        return []
    hint = "Set SOUNDFONT to a General MIDI .sf2 file."
    return [Error(f"{path} is not a SoundFont 2 file.", hint=hint, id="emotionmusic.E001")]


@register("emotionmusic")
def ffmpeg(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E002: ffmpeg, which encodes the previews, is on the PATH."""
    if shutil.which("ffmpeg"):
        return []
    return [Error("ffmpeg is not on the PATH.", hint="Install ffmpeg.", id="emotionmusic.E002")]


@register("emotionmusic")
def fluidsynth(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E003: the FluidSynth library, which plays the scores, is installed."""
    if any(ctypes.util.find_library(name) for name in ("fluidsynth", "fluidsynth-3", "libfluidsynth-3")):
        return []
    hint = "Install libfluidsynth3 (Debian, Ubuntu) or fluid-synth (Homebrew)."
    return [Error("The FluidSynth library is not installed.", hint=hint, id="emotionmusic.E003")]


@register("emotionmusic")
def media(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E004: tracks can be written."""
    folder = settings.MEDIA_ROOT
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The media folder {folder} cannot be made: {error.strerror}."
        return [Error(message, hint="Set EMOTIONMUSIC_VAR to a folder of your own.", id="emotionmusic.E004")]
    if os.access(folder, os.W_OK | os.X_OK):
        return []
    return [Error(f"The media folder {folder} cannot be written.", hint="Change its owner.", id="emotionmusic.E004")]


@register("emotionmusic")
def checkpoint(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E005: the trained weights are there, and what was learned of harmony."""
    hints = {
        settings.CHECKPOINT: "Check them out again, or train them: make train.",
        HABITS_PATH: "Check them out again, or learn them: python -m generator harmony --learn.",
    }
    return [
        Error(f"The composer's weights {path} are missing.", hint=hint, id="emotionmusic.E005")
        for path, hint in hints.items()
        if not path.is_file()
    ]


@register("emotionmusic")
def targets(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E006: what the moods were learned to ask for, if anything was, can be read."""
    try:
        load_targets()
    except TargetsRefused as fault:
        return [Error(f"{str(fault)[:1].upper()}{str(fault)[1:]}.", id="emotionmusic.E006")]
    return []


@register("emotionmusic")
def redis_named(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """W001: this process knows a Redis, by REDIS_URL or because the supervisor runs one."""
    if env.text("REDIS_URL") or redis_address.note(settings.VAR).exists():
        return []
    hint = "Start the site with `make run`, which brings a Redis of its own, or set REDIS_URL."
    message = f"REDIS_URL is not set and no embedded Redis runs; {redis_address.USUAL} will be tried."
    return [Warning(message, hint=hint, id="emotionmusic.W001")]


@register("emotionmusic", deploy=True)
def redis_answers(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """W002, only with --deploy and in the supervisor: Redis answers within a second."""
    problem = redis_state.problem(settings.REDIS_URL)
    if problem is None:
        return []
    hint = "Start it, or unset REDIS_URL to use the embedded one."
    return [Warning(f"Redis does not answer: {problem}", hint=hint, id="emotionmusic.W002")]
