"""What is asked before another organisation is told about a person, and about its answer."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.fields import Words, by_rule, no_opens, one, sentences
from alongside.casework.design.offering import offer
from alongside.casework.people.models import KnownTo

SAFE, UNSAFE = "yes", "no"
ONLY_BETWEEN_TWO = gettext_lazy("Only the organisation that asked and your own read this.")
_ONLY_NEXT = gettext_lazy("Not what you hold about the person: only what they should do next.")


def safe_field(label: Words) -> forms.ChoiceField:
    """Return the question whether it is safe for the person to know; a no opens the next field, for why."""
    asked = one(
        label,
        [(SAFE, gettext_lazy("Yes")), (UNSAFE, gettext_lazy("No: it is not safe for them to know"))],
        "",
        hint=gettext_lazy("They may read it, and so may anybody looking over their shoulder."),
    )
    asked.required = False
    return by_rule(no_opens(asked))


def why_not_safe_field() -> forms.CharField:
    """Return the box for why it is not safe."""
    return by_rule(sentences(gettext_lazy("Why is it not safe for them to know?"), rows=2, most=2_000))


class SafeToKnow(forms.Form):
    """Whether it is safe for the person to know what is sent. No answer is preselected."""

    safe = safe_field(gettext_lazy("Is it safe for the person to know about this?"))
    why_not_safe = why_not_safe_field()

    def clean(self) -> dict[str, Any]:
        """Return the fields; of these two only the reason, which is empty if it is safe.

        Raises:
            ValidationError: nobody said whether it is safe, or it is not and nothing says why.
        """
        given = super().clean() or {}
        self.settle_safety(given, "safe", "why_not_safe", owed=self.something_is_sent(given))
        return given

    def settle_safety(self, given: dict[str, Any], asked: str, why: str, *, owed: bool) -> None:
        """Leave only the reason of one such question, empty if it is safe; note what is missing as errors.

        Args:
            given: the cleaned fields, of which the answer is taken out.
            asked: name of the question.
            why: name of the box for the reason.
            owed: whether it must be answered.
        """
        safe = given.pop(asked, "")
        if not safe and asked not in self.errors and owed:
            self.add_error(asked, _("Choose whether it is safe for the person to know"))
        if safe == UNSAFE and not given.get(why) and why not in self.errors:
            self.add_error(why, _("Enter why it is not safe for them to know"))
        if safe != UNSAFE and why in given:
            given[why] = ""

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
        help_text=gettext_lazy("Every organisation that sees this record reads this answer."),
        choices=KnownTo.Answer.choices,
        widget=forms.RadioSelect,
    )
    worker_name = forms.CharField(
        label=gettext_lazy("Who they should talk to"),
        help_text=ONLY_BETWEEN_TWO,
        max_length=200,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Anything they should know"),
        help_text=format_lazy("{} {}", _ONLY_NEXT, ONLY_BETWEEN_TWO),
        widget=forms.Textarea,
        max_length=1000,
        required=False,
    )
