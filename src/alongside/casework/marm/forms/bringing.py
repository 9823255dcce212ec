"""What the member's own agency brings to a case."""

from django import forms
from django.utils.translation import gettext_lazy

from alongside.casework.marm.forms.fields import words_field


class BringsForm(forms.Form):
    """What it brings; ``opened`` is what it said when the form was opened."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    brings = words_field(
        gettext_lazy("What does your organisation bring, and what will it do?"),
        hint=gettext_lazy("Time, money, skills, powers, a key worker; also what it cannot do."),
        owed=gettext_lazy("Say what your organisation brings"),
        longest=2_000,
        lines=5,
    )
