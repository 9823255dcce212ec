"""Forms before something is kept longer, held or deleted."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.design.fields import one, sentences
from alongside.casework.rights.forms.requests import FindForm
from alongside.casework.rights.rules.retention import HOLD_REASONS, HoldReason


class KeepForm(forms.Form):
    """How long it is kept, and why."""

    until = DateField(
        label=gettext_lazy("Keep it until"), error_messages={"required": gettext_lazy("Enter the day")}
    )
    why = sentences(
        gettext_lazy("Why is it needed for longer?"),
        gettext_lazy("Enter why it is needed for longer"),
        most=2_000,
    )


class HoldForm(forms.Form):
    """Why nothing about a person may be deleted."""

    reason = one(
        gettext_lazy("Why must it be held?"),
        [(each.value, HOLD_REASONS[each]) for each in HoldReason],
        gettext_lazy("Choose why it must be held"),
    )
    words = sentences(
        gettext_lazy("What is it for?"),
        gettext_lazy("Enter what it is for"),
        hint=gettext_lazy("Such as the claim reference, and who asked."),
        most=2_000,
    )


class FindAndHoldForm(FindForm, HoldForm):
    """The same for somebody with nothing on the list, starting with whose record it is."""

    field_order: tuple[str, ...] = (*FindForm.field_order, "reason", "words")


class LiftForm(forms.Form):
    """Why a hold is no longer needed."""

    why = sentences(
        gettext_lazy("Why is the hold no longer needed?"),
        gettext_lazy("Enter why the hold is no longer needed"),
        most=2_000,
    )


class ConfirmForm(forms.Form):
    """Confirmation that exactly these may be deleted."""

    marked = forms.CharField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=gettext_lazy("I have looked at each of these, and they can be deleted"),
        error_messages={"required": gettext_lazy("Confirm that you have looked at each one, or go back")},
    )

    def clean_marked(self) -> list[UUID]:
        """Return the ids that were shown.

        Raises:
            ValidationError: they are not ids.
        """
        try:
            return [UUID(each) for each in self.cleaned_data["marked"].split(",")]
        except ValueError as error:
            raise ValidationError(_("Go back to the list, and confirm from there")) from error
