"""Forms about opening a person's record in an emergency, and about looking at that afterwards."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.people.forms.records import DetailsForm
from alongside.casework.people.models import EmergencyAccess
from alongside.casework.people.rules import JUSTIFIED, NOT_JUSTIFIED, UNCLEAR


class EmergencyForm(forms.Form):
    """Whose record must be opened now, and why."""

    surname = forms.CharField(max_length=100)
    date_of_birth = DateField(label=gettext_lazy("Date of birth"), required=False)
    nhs_number = forms.CharField(
        label=gettext_lazy("NHS number"),
        help_text=gettext_lazy("If you do not know the date of birth"),
        max_length=12,
        required=False,
    )
    postcode = forms.CharField(
        label=gettext_lazy("Postcode where they live"),
        help_text=gettext_lazy("If you do not know either of these"),
        max_length=10,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("What the emergency is"),
        help_text=gettext_lazy(
            "A sentence that somebody else can understand. The information governance lead will read it, "
            "and so will the agencies that work with the person."
        ),
        widget=forms.Textarea,
        max_length=1000,
    )

    clean_nhs_number = DetailsForm.clean_nhs_number

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: only a surname was given, which many people may share.
        """
        given = super().clean() or {}
        if not self.errors and not any(
            given.get(each) for each in ("date_of_birth", "nhs_number", "postcode")
        ):
            self.add_error(
                "date_of_birth",
                _("Enter the date of birth, the NHS number or the postcode where they live"),
            )
        return given


class ReviewForm(forms.Form):
    """What somebody thinks of an emergency access afterwards."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Was it justified?"),
        choices=[
            (JUSTIFIED, gettext_lazy("Yes")),
            (NOT_JUSTIFIED, gettext_lazy("No: if it is still open, close it now")),
            (UNCLEAR, gettext_lazy("I cannot tell yet: it stays on the list")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("Why"), widget=forms.Textarea, max_length=1000)
    person_told = forms.ChoiceField(
        label=gettext_lazy("Does the person know that their record was opened?"),
        choices=EmergencyAccess.Told.choices,
        widget=forms.RadioSelect,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    """When it was last looked at before this page was opened."""
