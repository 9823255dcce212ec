"""What one organisation asks of another, or tells it, and what that one answers."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.fields import by_rule
from alongside.casework.design.offering import offer
from alongside.casework.outreach.forms.fields import PRIORITIES, Choices, HowSoon, InWords
from alongside.casework.outreach.rules import AGREES, Priority
from alongside.casework.people.forms import SafeToKnow


class ReferForm(SafeToKnow):
    """A referral to an organisation that was chosen, with what it does in view."""

    why = InWords(gettext_lazy("What are you asking for, and why?"))
    priority = HowSoon()
    person_agrees = forms.ChoiceField(
        label=gettext_lazy("What did the person say about it?"),
        choices=tuple(AGREES.items()),
        widget=forms.RadioSelect,
    )
    hands_over = forms.BooleanField(label=gettext_lazy("They should take over everything"), required=False)

    field_order = ("why", "priority", "person_agrees")


class _AnswerForm(forms.Form):
    """Words that go to the other organisation; or none, and that no more can be said."""

    cannot_say = forms.BooleanField(
        label=gettext_lazy("We cannot say more; talk to us"),
        help_text=gettext_lazy(
            "Nothing else is sent. Tick this if the person asked that they are told nothing."
        ),
        required=False,
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.boxes = [name for name in self.fields if name != "cannot_say"]
        self.order_fields(self.boxes)
        for name in self.boxes:
            by_rule(self.fields[name]).required = False

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: words are missing; or are given where no more can be said.
        """
        told = super().clean() or {}
        for name in self.boxes:
            if told.get("cannot_say") and told.get(name, "").strip():
                self.add_error(name, _("Nothing else is sent if you cannot say more: leave this empty"))
            if not told.get("cannot_say") and not told.get(name, "x").strip():
                self.add_error(
                    name, _("Not answered yet: %(question)s") % {"question": self.fields[name].label}
                )
        return told


class DeclineForm(_AnswerForm):
    """A no, with its reason and another way."""

    why = InWords(gettext_lazy("Why not?"), longest=2_000)
    other_route = InWords(gettext_lazy("Where can the person go instead?"), longest=2_000)


class CompleteForm(_AnswerForm):
    """What was done."""

    words = InWords(gettext_lazy("What was done? The organisation that referred will read it."))


class TakeBackForm(_AnswerForm):
    """Why a referral is taken back."""

    why = InWords(
        gettext_lazy("Why are you taking it back?"),
        longest=2_000,
        hint=gettext_lazy(
            "The organisation you asked will read this. Say no more about the person than it needs to know."
        ),
    )


class WorryForm(SafeToKnow):
    """A worry, in as few words as possible."""

    known_as = forms.CharField(
        label=gettext_lazy("What do you call them?"),
        help_text=gettext_lazy("A first name is enough, or what people know them by."),
        max_length=200,
    )
    words = InWords(
        gettext_lazy("What worries you?"),
        longest=4_000,
        hint=gettext_lazy("As you would say it on the phone."),
    )
    how_to_find = forms.CharField(
        label=gettext_lazy("Where can somebody find them?"),
        help_text=gettext_lazy(
            "A street, a place they go to, a number they answer. Leave it empty if you do not know."
        ),
        max_length=300,
        required=False,
    )
    priority = forms.TypedChoiceField(
        label=gettext_lazy("How soon should somebody look into it?"),
        choices=PRIORITIES,
        coerce=lambda told: Priority(int(told)),
        widget=forms.RadioSelect,
    )
    person_agrees = forms.ChoiceField(
        label=gettext_lazy("Do they know that you are telling us?"),
        choices=[
            ("yes", gettext_lazy("Yes, and they agree")),
            ("no", gettext_lazy("Yes, and they do not agree")),
            ("not_asked", gettext_lazy("Not yet")),
        ],
        widget=forms.RadioSelect,
    )
    to = forms.TypedChoiceField(
        label=gettext_lazy("Who should hear about it?"), coerce=UUID, required=False, empty_value=None
    )

    field_order = ("known_as", "words", "how_to_find", "priority", "person_agrees")

    def __init__(self, *given: Any, contacts: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        named = list(contacts)
        if len(named) > 1:
            offer(self, "to", named)
            self.fields["to"].required = True
        else:
            del self.fields["to"]
