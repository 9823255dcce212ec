"""What is asked before another organisation is told about a person, and about its answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.fields import by_rule, no_opens, one, sentences
from alongside.casework.design.offering import offer
from alongside.casework.people.models import KnownTo

SAFE, UNSAFE = "yes", "no"


class SafeToKnow(forms.Form):
    """Whether it is safe for the person to know what is sent. No answer is preselected."""

    safe = by_rule(
        no_opens(
            one(
                gettext_lazy("Is it safe for the person to know about this?"),
                [(SAFE, gettext_lazy("Yes")), (UNSAFE, gettext_lazy("No: it is not safe for them to know"))],
                "",
                hint=gettext_lazy("They may read it, and so may anybody looking over their shoulder."),
            )
        )
    )
    why_not_safe = by_rule(
        sentences(gettext_lazy("Why is it not safe for them to know?"), rows=2, most=2_000)
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["safe"].required = False

    def clean(self) -> dict[str, Any]:
        """Return the fields; of these two only the reason, which is empty if it is safe.

        Raises:
            ValidationError: nobody said whether it is safe, or it is not and nothing says why.
        """
        given = super().clean() or {}
        safe = given.pop("safe", "")
        if not safe and "safe" not in self.errors and self.something_is_sent(given):
            self.add_error("safe", _("Choose whether it is safe for the person to know"))
        if safe == UNSAFE and not given.get("why_not_safe") and "why_not_safe" not in self.errors:
            self.add_error("why_not_safe", _("Enter why it is not safe for them to know"))
        if safe != UNSAFE and "why_not_safe" in given:
            given["why_not_safe"] = ""
        return given

    def something_is_sent(self, given: dict[str, Any]) -> bool:  # noqa: ARG002
        """Whether these answers send anything the person could learn of; if so, safety must be answered."""
        return True


class AskForm(SafeToKnow):
    """Whether a person is known to another agency."""

    asked_of = forms.ChoiceField(label=gettext_lazy("Which organisation"))
    why = forms.CharField(
        label=gettext_lazy("Why you are asking"),
        help_text=gettext_lazy("They see this, the person's name and date of birth, and nothing else."),
        widget=forms.Textarea,
        max_length=1000,
    )

    def __init__(self, *given: Any, organisations: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.order_fields(["asked_of", "why"])
        offer(self, "asked_of", organisations)


class AnswerForm(forms.Form):
    """The answer to such a question."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Is this person known to you?"),
        choices=KnownTo.Answer.choices,
        widget=forms.RadioSelect,
    )
    worker_name = forms.CharField(
        label=gettext_lazy("Who they should talk to"), max_length=200, required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Anything they should know"),
        help_text=gettext_lazy("Not what you hold about the person: only what they should do next."),
        widget=forms.Textarea,
        max_length=1000,
        required=False,
    )
