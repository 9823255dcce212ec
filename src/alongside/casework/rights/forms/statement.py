"""The form for noting that a person was given their statement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.design.fields import one, sentences, short
from alongside.casework.rights.models import StatementGiven


class StatementGivenForm(forms.Form):
    """How the person read or was given their statement."""

    safe = forms.BooleanField(
        label=gettext_lazy("I have checked how it is safe to reach them, and who else could read it"),
        error_messages={"required": gettext_lazy("First check how it is safe to reach them")},
    )
    on = DateField(label=gettext_lazy("When?"), error_messages={"required": gettext_lazy("Enter the day")})
    how = one(gettext_lazy("How?"), StatementGiven.How.choices, gettext_lazy("Choose how"))
    form = one(
        gettext_lazy("In what format?"), StatementGiven.Form.choices, gettext_lazy("Choose the format")
    )
    language = forms.CharField(
        label=gettext_lazy("In which language was it explained?"),
        max_length=60,
        error_messages={"required": gettext_lazy("Enter the language")},
    )
    interpreter = short(gettext_lazy("Interpreter"))
    explained_by = short(gettext_lazy("Who explained it?"), missing=gettext_lazy("Enter who explained it"))
    said = sentences(
        gettext_lazy("What did they say about it?"), hint=gettext_lazy("In their words."), most=2_000
    )

    def columns(self) -> dict[str, Any]:
        """Return what is kept: everything but the safety check, without which nothing is saved."""
        return {name: value for name, value in self.cleaned_data.items() if name != "safe"}
