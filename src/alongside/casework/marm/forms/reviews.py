"""What is asked of whoever reviews requests that were declined."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alongside.area.marm_models import Forum
from alongside.casework.design.offering import offer
from alongside.casework.marm.forms.fields import one_of, words_field
from alongside.casework.marm.presenters.words_of_waiting import OUTCOME
from alongside.casework.marm.rules.reviews import Outcome, Reviewed, wrong_with


class ReviewForm(forms.Form):
    """The outcome, with reasons; if the answers stand, somewhere else to go."""

    outcome = one_of(
        gettext_lazy("What is the outcome?"), OUTCOME, gettext_lazy("Choose the outcome"),
        gettext_lazy("Before you choose, read what the person said in each request."),
    )  # fmt: skip
    why = words_field(gettext_lazy("Why?"), owed=gettext_lazy("Say why"))
    advice = words_field(
        gettext_lazy("What can those who asked do now, or what more do you need from them?"),
        hint=gettext_lazy("Not needed if a case is opened."),
        by_rule=True,
    )
    route = forms.ChoiceField(
        label=gettext_lazy("Where could it go?"),
        help_text=gettext_lazy("Only if the answers stand."),
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, forums: Iterable[Forum], **more: Any) -> None:
        super().__init__(*args, **more)
        known = list(forums)
        field = self.fields["route"]
        offer(self, "route", [(each.code, each.title) for each in known], for_everybody=True)
        field.choice_hints = {each.code: each.when for each in known}  # type: ignore[attr-defined]
        field.owed_by_rule = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Report what is missing."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for name, said in wrong_with(self.reviewed()).items():
                self.add_error(name, said)
        return given

    def reviewed(self) -> Reviewed:
        """Return what was entered; advice and route only where they apply."""
        given = self.cleaned_data
        outcome = Outcome(given["outcome"])
        return Reviewed(
            outcome=outcome,
            why=given["why"],
            advice="" if outcome is Outcome.OPENED else given["advice"],
            route=given["route"] if outcome is Outcome.UPHELD else "",
        )
