"""What is asked about what a person chose about sharing."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from alongside.casework.accounts.purposes import declared
from alongside.casework.design.dates import DateField
from alongside.casework.design.offering import offer
from alongside.casework.sharing.models import SharingChoice
from alongside.casework.sharing.presenters.choices import EXPLAINED, TOPICS
from alongside.casework.sharing.rules.choices import Answer, Statement, Topic


class ChoiceForm(forms.Form):
    """What is asked whether they agree or not."""

    answer: ClassVar[Answer]

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=list(TOPICS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what it is about")},
    )
    exactly = forms.CharField(
        label=gettext_lazy("What exactly, as it was put to them?"),
        help_text=gettext_lazy("One or two plain sentences. This is what they said yes or no to."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        error_messages={"required": gettext_lazy("Say exactly what it is about")},
    )
    words = forms.CharField(
        label=gettext_lazy("What did they say?"),
        help_text=gettext_lazy("Their own words, as they said them."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
        required=False,
    )
    said_on = DateField(
        label=gettext_lazy("When did they say it?"),
        error_messages={"required": gettext_lazy("Enter the day they said it")},
    )
    method = forms.ChoiceField(
        label=gettext_lazy("How did they say it?"),
        choices=SharingChoice.Method.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how they said it")},
    )
    explained = forms.MultipleChoiceField(
        label=gettext_lazy("How was it explained to them?"),
        choices=list(EXPLAINED.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    explained_how = forms.CharField(
        label=gettext_lazy("Anything else that helped"), max_length=500, required=False
    )
    language = forms.CharField(
        label=gettext_lazy("In which language?"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"classes": "govuk-input--width-20"}),
    )
    capacity = forms.ChoiceField(
        label=gettext_lazy("Can they decide this?"),
        help_text=gettext_lazy("A choice that others find unwise is still a choice."),
        choices=SharingChoice.Capacity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether they can decide this")},
    )
    evidence = forms.CharField(
        label=gettext_lazy("What shows that they said so?"),
        help_text=gettext_lazy("For example, a form they signed or a note of a call."),
        max_length=500,
        required=False,
    )

    def __init__(self, *given: Any, organisations: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "recipients", organisations, for_everybody=True)

    def said(self) -> Statement:
        """Return what was said, as the command takes it, once the form is valid."""
        given = self.cleaned_data | {
            "answer": self.answer,
            "topics": tuple(map(Topic, self.cleaned_data["topics"])),
            "recipients": frozenset(map(UUID, self.cleaned_data["recipients"])),
            "explained": tuple(self.cleaned_data["explained"]),
        }
        return Statement(**given)


class AgreesForm(ChoiceForm):
    """They agree that something is shared."""

    answer = Answer.AGREES

    recipients = forms.MultipleChoiceField(
        label=gettext_lazy("Who may be told?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose who may be told: nobody can agree to everybody being told")
        },
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What for?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is for")},
    )
    free = forms.CharField(
        label=gettext_lazy("Why could they have said no without losing anything?"),
        help_text=gettext_lazy("For example: the support continues either way, and they know that."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2_000,
        error_messages={"required": gettext_lazy("Say why they could have said no without losing anything")},
    )
    expires_on = DateField(
        label=gettext_lazy("Until when?"),
        help_text=gettext_lazy("No later than a year after they said it. Then they are asked again."),
        error_messages={"required": gettext_lazy("Enter the last day for which they agree")},
    )
    field_order = (
        "recipients", "topics", "purpose", "exactly", "words", "said_on", "expires_on", "method", "explained",
        "explained_how", "language", "capacity", "free", "evidence",
    )  # fmt: skip

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "purpose", [(each.code, each.title) for each in declared()], for_everybody=True)


class RefusesForm(ChoiceForm):
    """They ask that something is not shared."""

    answer = Answer.REFUSES

    recipients = forms.MultipleChoiceField(
        label=gettext_lazy("Who must not be told?"),
        help_text=gettext_lazy("Choose none if they said that nobody must be told."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = (
        "words", "recipients", "topics", "exactly", "said_on", "method", "explained", "explained_how",
        "language", "capacity", "evidence",
    )  # fmt: skip


class TakeBackForm(forms.Form):
    """They take a choice back."""

    words = forms.CharField(
        label=gettext_lazy("What did they say?"),
        help_text=gettext_lazy("Their own words, as they said them. They do not have to give a reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
        required=False,
    )
    on = DateField(
        label=gettext_lazy("When did they take it back?"),
        error_messages={"required": gettext_lazy("Enter the day they took it back")},
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How did they say it?"),
        choices=SharingChoice.Method.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how they said it")},
    )
    effect_told = forms.CharField(
        label=gettext_lazy("What did you tell them about what this does?"),
        help_text=gettext_lazy(
            "From now on nothing more is shared because of it. What has already been shared cannot be taken "
            "back: say what they can ask of those who know."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        error_messages={"required": gettext_lazy("Say what you told them about what this does")},
    )
