"""What curators fill in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from emotionmusic.curation.models import Licence, TrainingPiece
from generator.mood import MOODS

MOST_FILES = 50


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One or many files; each is judged later, for itself, an empty one too."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        if not chosen:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(chosen) > MOST_FILES:
            raise forms.ValidationError(
                f"These are {len(chosen)} files; up to {MOST_FILES} can be uploaded at once.", code="too_many"
            )
        return list(chosen)


class MoodField(forms.ChoiceField):
    """One of the sixteen moods, or none."""

    def __init__(self) -> None:
        super().__init__(
            label="Mood",
            required=False,
            choices=[("", "No label"), *((name, name.capitalize()) for name in MOODS)],
            help_text="What listeners feel in it, if that is clear. From labelled pieces the composer learns what a "
            "mood asks of the notes.",
            error_messages={"invalid_choice": "There is no such mood. Choose one of the list, or no label."},
        )


class UploadForm(forms.Form):
    """MIDI files of one origin and licence, and of one mood if they are labelled."""

    midi = SeveralFilesField(
        label="MIDI files",
        widget=SeveralFilesInput(attrs={"accept": ".mid,.midi,audio/midi"}),
        help_text=f"Up to {MOST_FILES} at once, each up to 1 MB. One melody a file: its best single line is taken.",
        error_messages={"required": "Choose at least one MIDI file."},
    )
    source = forms.CharField(
        label="Source",
        max_length=TrainingPiece._meta.get_field("source").max_length,
        help_text="Where the files are from: the collection, its address, who transcribed it.",
        error_messages={"required": "Say where these files are from."},
    )
    licence = forms.ChoiceField(
        label="Licence",
        choices=[("", "Choose one"), *Licence.choices],
        help_text="Non-commercial licences are not offered: what the composer learns is used in commerce.",
        error_messages={"required": "Choose the licence of these files."},
    )
    mood = MoodField()


class ApprovalForm(forms.Form):
    """The last word on the title and the mood."""

    title = forms.CharField(
        label="Title",
        max_length=TrainingPiece._meta.get_field("title").max_length,
        error_messages={"required": "A piece needs a title."},
    )
    mood = MoodField()


class LabelForm(forms.Form):
    """Another mood for an approved piece."""

    mood = MoodField()


class RejectionForm(forms.Form):
    """Why a piece is rejected, or an approved one withdrawn."""

    reason = forms.CharField(
        label="Reason",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why; the uploader reads it."},
    )
