"""People in the person's network that a case is also about."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alongside.casework.design.offering import offer
from alongside.casework.marm.forms.fields import words_field
from alongside.casework.marm.rules.family import FamilyRiskSaid, wrong_with_family


class FamilyRiskForm(forms.Form):
    """The risk from somebody, and to them, and who says so."""

    contact = forms.ChoiceField(
        label=gettext_lazy("Who is it?"),
        help_text=gettext_lazy("People in their network."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who it is")},
    )
    from_them = words_field(gettext_lazy("What risk is there from them?"), by_rule=True)
    to_them = words_field(
        gettext_lazy("What risk is there to them?"),
        hint=gettext_lazy("What may happen to them, including from caring for the person."),
        by_rule=True,
    )
    says = words_field(
        gettext_lazy("Who says so, and how do they know?"),
        owed=gettext_lazy("Say who says so, and how they know"),
        longest=2_000,
        lines=2,
    )

    def __init__(self, *args: Any, contacts: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "contact", list(contacts))

    def clean(self) -> dict[str, Any]:
        """Say what is missing in combination: a risk from them, or to them."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for name, said in wrong_with_family(self.said()).items():
                self.add_error(name, said)
        return given

    def said(self) -> FamilyRiskSaid:
        """Return what was said."""
        return FamilyRiskSaid(**{name: self.cleaned_data[name] for name in ("from_them", "to_them", "says")})
