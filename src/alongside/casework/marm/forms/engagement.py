"""What was tried to get in touch with the person a case is about."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.marm.forms.fields import has_been, one_of, words_field
from alongside.casework.marm.presenters.engagement import CAME_OF_IT, TRIED
from alongside.casework.marm.rules.engagement import CameOfIt, Engagement, Tried


class EngagementForm(forms.Form):
    """One try, what came of it, and what worked."""

    on = DateField(
        label=gettext_lazy("When?"),
        help_text=gettext_lazy("For example, 27 3 2026."),
        error_messages={"required": gettext_lazy("Enter the day you tried")},
    )
    tried = one_of(gettext_lazy("How did you try?"), TRIED, gettext_lazy("Choose how you tried"))
    words = words_field(
        gettext_lazy("What did you do and say?"),
        owed=gettext_lazy("Say what you tried"),
        hint=gettext_lazy("What happened, not what you think of it."),
    )
    came = one_of(gettext_lazy("What came of it?"), CAME_OF_IT, gettext_lazy("Choose what came of it"))
    worked = words_field(
        gettext_lazy("What worked, or might work next time?"),
        hint=gettext_lazy("A time, a place, a person, a way of speaking. Everybody sees this first."),
        longest=2_000,
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self._today = today

    def clean_on(self) -> date:
        """Refuse a day that is still to come."""
        return has_been(self.cleaned_data["on"], self._today)

    def said(self) -> Engagement:
        """Return what was said."""
        given = self.cleaned_data
        return Engagement(
            on=given["on"], tried=Tried(given["tried"]), words=given["words"], came=CameOfIt(given["came"]),
            worked=given["worked"],
        )  # fmt: skip
