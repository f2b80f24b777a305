"""What a creator hands in to say what a video is about."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from emotionmusic.studio.brief_models import VIDEO_SUFFIXES
from emotionmusic.studio.brief_services import MEGABYTE
from emotionmusic.studio.forms import NumberedForm
from generator.request import LONGEST_SECONDS, SHORTEST_SECONDS

WORD_SUFFIXES = (".txt", ".md", ".docx", ".srt", ".vtt", ".csv", ".tsv", ".json")
SUFFIXES = (*WORD_SUFFIXES, *VIDEO_SUFFIXES)
_SHOWN = ".txt .md .docx .srt .vtt .csv .info.json .mp4 .mov .webm .mkv"
_LENGTH_WRONG = format_lazy(
    _("Write a number of seconds from {shortest} to {longest}, or leave it empty."),
    shortest=f"{SHORTEST_SECONDS:g}",
    longest=f"{LONGEST_SECONDS:g}",
)


class BriefForm(NumberedForm):
    """Words, or a file; with a video both."""

    words = forms.CharField(
        label=_("In your words"),
        required=False,
        help_text=_("A few sentences, a script, or a list of shots with their times. English, Korean or Chinese."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={"invalid": _("The file did not arrive. Choose it again.")},
    )
    seconds = forms.FloatField(
        label=_("Seconds of music"),
        required=False,
        min_value=SHORTEST_SECONDS,
        max_value=LONGEST_SECONDS,
        help_text=_("For words without times; subtitles and videos know theirs. You can change it later."),
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal", "placeholder": "30"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _LENGTH_WRONG),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Its fields stand beside those of the moods on one page, so they have names of their own."""
        super().__init__(*args, prefix="brief", **kwargs)

    def clean_file(self) -> "UploadedFile[Any] | None":
        """The file, of a kind that can be read and not too large."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return None
        name = (file.name or "").lower()
        if not name.endswith(SUFFIXES):
            raise forms.ValidationError(gettext("This kind of file cannot be read. Upload one of %s.") % _SHOWN)
        most = settings.VIDEO_MB if name.endswith(VIDEO_SUFFIXES) else settings.WORDS_MB
        if (file.size or 0) > most * MEGABYTE:
            raise forms.ValidationError(gettext("The file is larger than %d MB. Upload a smaller one.") % most)
        if not file.size:
            raise forms.ValidationError(gettext("The file is empty. Choose another."))
        return file

    def clean(self) -> dict[str, Any]:
        """Something to read, and only one thing with words of its own."""
        chosen = super().clean() or self.cleaned_data
        if self.errors:
            return chosen
        has_words, file = bool(chosen["words"].strip()), chosen["file"]
        if not has_words and file is None:
            self.add_error("words", gettext("Say what your video is about, or choose a file."))
        elif has_words and file is not None and not file.name.lower().endswith(VIDEO_SUFFIXES):
            self.add_error("file", gettext("Write it or upload it: only with a video are your own words read too."))
        return chosen

    @property
    def brief(self) -> dict[str, Any]:
        """What was handed in, once the form is valid."""
        chosen = self.cleaned_data
        return {
            "submission": chosen["submission"],
            "words": chosen["words"],
            "upload": chosen["file"],
            "seconds": chosen["seconds"],
        }
