"""What is asked when a person was given their statement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.rights.forms.requests import Words
from alongside.casework.rights.models import StatementGiven


class StatementGivenForm(forms.Form):
    """That the person read or was given their statement."""

    safe = forms.BooleanField(
        label=gettext_lazy("I looked at how it is safe to reach them, and who else could read it"),
        error_messages={"required": gettext_lazy("Look at how it is safe to reach them first")},
    )
    on = DateField(label=gettext_lazy("When?"), error_messages={"required": gettext_lazy("Enter the day")})
    how = forms.ChoiceField(
        label=gettext_lazy("How?"),
        choices=StatementGiven.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how")},
    )
    form = forms.ChoiceField(
        label=gettext_lazy("As what?"),
        choices=StatementGiven.Form.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say as what")},
    )
    language = forms.CharField(
        label=gettext_lazy("In which language was it explained?"),
        max_length=60,
        error_messages={"required": gettext_lazy("Say in which language")},
    )
    interpreter = forms.CharField(label=gettext_lazy("Interpreter"), max_length=200, required=False)
    explained_by = forms.CharField(
        label=gettext_lazy("Who explained it?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say who explained it")},
    )
    said = Words(
        gettext_lazy("What did they say of it?"),
        help_text=gettext_lazy("In their words."),
        longest=2_000,
        required=False,
    )

    def columns(self) -> dict[str, Any]:
        """Return what is kept: not that the warning was looked at, without which nothing is."""
        return {name: value for name, value in self.cleaned_data.items() if name != "safe"}
