"""What members choose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

CHOICES = [
    ("yes", _("Yes, tell me by e-mail, at most once an hour")),
    ("no", _("No, I will check my Today page myself")),
]


class NoticesForm(forms.Form):
    """Whether a member wants notices."""

    wanted = forms.ChoiceField(
        label=_("Do you want an e-mail when something is waiting for you?"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )

    def __init__(self, *given: Any, gets: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["wanted"].initial = "yes" if gets else "no"
