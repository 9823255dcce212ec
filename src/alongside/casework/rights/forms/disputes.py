"""Forms about something that is said to be wrong."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.design.fields import one, sentences, short
from alongside.casework.design.offering import offer
from alongside.casework.rights.models import AccessRequest, Dispute
from alongside.casework.rights.rules.disputes import OF_A_ROW, OUTCOMES


class SaidForm(forms.Form):
    """Who says something, when, and how they told us."""

    said_by = one(gettext_lazy("Who says so?"), Dispute.SaidBy.choices, gettext_lazy("Choose who says so"))
    said_by_name = short(gettext_lazy("If it is not the person, their name"))
    received_on = DateField(
        label=gettext_lazy("When did they say it?"),
        help_text=gettext_lazy("We must answer within a month of this day."),
        error_messages={"required": gettext_lazy("Enter the day they said it")},
    )
    how = one(
        gettext_lazy("How did they tell us?"),
        AccessRequest.How.choices,
        gettext_lazy("Choose how they told us"),
    )

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: somebody else says so and is not named.
        """
        given = super().clean() or {}
        if given.get("said_by") == Dispute.SaidBy.ADVOCATE and not given.get("said_by_name"):
            self.add_error("said_by_name", _("Enter the name of whoever speaks for them"))
        return given


class DisputeForm(SaidForm):
    """What is said to be wrong, by whom and when."""

    says = one(
        gettext_lazy("What do they say about it?"),
        [(each.value, each.label) for each in Dispute.OF_A_ROW],
        gettext_lazy("Choose what they say about it"),
    )
    words = sentences(
        gettext_lazy("What is wrong, and what would be right?"),
        gettext_lazy("Enter what is wrong, in their words"),
        hint=gettext_lazy("In their words."),
        most=5_000,
    )
    field_order = ("says", "words")


class AnswerDisputeForm(forms.Form):
    """What the outcome is, why, and who is told."""

    outcome = one(
        gettext_lazy("What is the outcome?"),
        [(each.value, OUTCOMES[each]) for each in OF_A_ROW],
        gettext_lazy("Choose the outcome"),
    )
    why = sentences(
        gettext_lazy("Why?"),
        gettext_lazy("Enter the reason: the person and anybody who looks at this later will read it"),
        hint=gettext_lazy(
            "If you refuse, tell the person these reasons, and that they can complain to you or to the "
            "Information Commissioner, or go to court."
        ),
        most=5_000,
    )
    statement = sentences(
        gettext_lazy("What does the person want shown beside it?"),
        hint=gettext_lazy("In their words. They can always add this, whatever the outcome."),
        most=5_000,
    )
    changed = sentences(
        gettext_lazy("What has changed?"),
        hint=gettext_lazy(
            "Those who were told it before will read these words. If it was put right or erased, they must "
            "be told."
        ),
        most=5_000,
    )
    tell = forms.MultipleChoiceField(
        label=gettext_lazy("Who else was told it, and should be told now?"),
        help_text=gettext_lazy(
            "From the log of what was shared. Whoever was told this exact thing is told in any case."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    told_on = DateField(
        label=gettext_lazy("When was the person told?"),
        error_messages={"required": gettext_lazy("Enter the day they were told")},
    )
    told_how = forms.CharField(
        label=gettext_lazy("How were they told?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Enter how they were told")},
    )

    def __init__(self, *given: Any, told: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        choices = list(told)
        if choices:
            offer(self, "tell", choices)
        else:
            del self.fields["tell"]
