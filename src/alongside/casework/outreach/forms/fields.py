"""Fields and answers that several forms of outreach share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alongside.casework.outreach.rules import Priority

Words = Any
"""Words, or words that are translated when they are shown."""
Choices = Iterable[tuple[Any, str]]
PRIORITIES = (
    (Priority.TODAY, gettext_lazy("Today")),
    (Priority.THIS_WEEK, gettext_lazy("This week")),
    (Priority.ROUTINE, gettext_lazy("In turn")),
)
YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


class InWords(forms.CharField):
    """Several lines of text, kept as written."""

    def __init__(
        self, label: Words, *, longest: int = 5_000, required: bool = True, hint: Words = ""
    ) -> None:
        super().__init__(
            label=label,
            max_length=longest,
            required=required,
            help_text=hint,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )


class HowSoon(forms.TypedChoiceField):
    """How soon the organisation asked should look; it may be left open."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("How soon should somebody look into it?"),
            help_text=gettext_lazy(
                "If you do not choose, it is as soon as was said for your own list, or else this week. If it "
                "cannot wait, phone them as well."
            ),
            choices=PRIORITIES,
            coerce=lambda told: Priority(int(told)),
            required=False,
            empty_value=None,
            widget=forms.RadioSelect,
        )
