"""What is asked when an agency is brought in, or answers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.offering import offer
from alongside.casework.marm.forms.cases import WhyForm
from alongside.casework.marm.forms.fields import one_of, words_field
from alongside.casework.marm.rules.invitations import WHY_NOT, WhyNot


class InviteForm(WhyForm):
    """Which agency is invited, and why."""

    organisation = forms.ChoiceField(
        label=gettext_lazy("Which organisation?"),
        error_messages={"required": gettext_lazy("Choose an organisation")},
    )
    why = words_field(
        gettext_lazy("Why are they invited?"),
        hint=gettext_lazy(
            "They see this and the person's name before they accept. Write what they need to know."
        ),
        owed=gettext_lazy("Say why they are invited"),
    )
    field_order = ("organisation", "why")

    def __init__(self, *args: Any, others: Iterable[tuple[UUID, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "organisation", [("", _("Choose")), *((str(key), name) for key, name in others)])


class WhyNotForm(forms.Form):
    """Why an agency does not take part."""

    why_not = one_of(gettext_lazy("Why not?"), WHY_NOT, gettext_lazy("Choose why not"))
    words = words_field(
        gettext_lazy("In a sentence"),
        hint=gettext_lazy("What would need to change, or who could take part instead."),
        owed=gettext_lazy("Say why, in a sentence"),
        longest=2_000,
    )

    def clean_why_not(self) -> WhyNot:
        """Return it as the type the rules use."""
        return WhyNot(self.cleaned_data["why_not"])
