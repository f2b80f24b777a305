"""What a creator can fill in in the library."""

from django import forms
from django.utils.translation import gettext_lazy as _

from emotionmusic.library.services import LONGEST_TITLE


class RenameForm(forms.Form):
    """A track's new title."""

    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        error_messages={
            "required": _("Give the track a title."),
            "max_length": _("A title has at most %(limit_value)d characters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_title(self) -> str:
        """The title on one line, without control characters."""
        title = "".join(c if c.isprintable() else " " for c in self.cleaned_data["title"])
        title = " ".join(title.split())
        if not title:
            raise forms.ValidationError(_("Give the track a title."))
        return title
