"""What is asked about a concern, because of one, and about what was sent on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.marm.forms.fields import has_been, one_of, words_field
from alongside.casework.marm.presenters.words import CAME, LIMB, SAID
from alongside.casework.marm.rules.onward import Came
from alongside.casework.marm.rules.screening import DomesticAbuse, Limb, Said
from alongside.casework.people.forms import SafeToKnow


class ConcernForm(SafeToKnow):
    """A concern, in two minutes: danger first, then the words, then whether it is safe to know."""

    immediate_danger = forms.BooleanField(
        label=gettext_lazy("Somebody is hurt, or about to be. I rang 999."), required=False
    )
    words = words_field(
        gettext_lazy("What are you worried about?"),
        hint=gettext_lazy("What you saw or heard, and when. Write as you speak. Small things count."),
        owed=gettext_lazy("Say what you are worried about"),
        longest=10_000,
        lines=5,
    )
    talked_through = forms.BooleanField(
        label=gettext_lazy("I talked about it with the person"), required=False
    )

    field_order = ("immediate_danger", "words", "safe", "why_not_safe", "talked_through")


class ScreeningForm(forms.Form):
    """What every screening asks besides its own questions."""

    words = words_field(
        gettext_lazy("What makes you answer this way?"),
        owed=gettext_lazy("Say what makes you answer this way"),
    )

    def __init__(self, *args: Any, questions: Iterable[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.codes = [code for code, _ask in questions]
        for code, ask in questions:
            self.fields[code] = one_of(ask, SAID, gettext_lazy("Choose yes, no or not known"))
        self.order_fields([*(name for name in self.fields if name != "words"), "words"])

    def asked(self) -> dict[str, Any]:
        """Return the answers, by the argument of the command that takes them."""
        return {"answers": {code: Said(self.cleaned_data[code]) for code in self.codes}}


class LimbsForm(ScreeningForm):
    """The three limbs of section 42, side by side."""

    def __init__(self, *args: Any, **more: Any) -> None:
        limbs = [(limb.value, str(said)) for limb, said in LIMB.items()]
        super().__init__(*args, **more | {"questions": limbs})

    def asked(self) -> dict[str, Any]:
        """Return the answer to each limb."""
        return {"limbs": {limb: Said(self.cleaned_data[limb.value]) for limb in Limb}}


class DomesticAbuseForm(ScreeningForm):
    """What is known about domestic abuse. The checklist itself is the agency's own."""

    count = forms.IntegerField(
        label=gettext_lazy("How many times was the answer yes in your risk checklist?"),
        help_text=gettext_lazy(
            "Use the checklist your agency is trained in. Leave it empty if none was used."
        ),
        required=False,
        min_value=0,
        max_value=99,
        widget=forms.NumberInput(),
    )
    judgement = forms.BooleanField(
        label=gettext_lazy("I judge the risk to be high, whatever the number says"),
        help_text=gettext_lazy("Your judgement can raise what a number says. It never lowers it."),
        required=False,
    )
    events = forms.IntegerField(
        label=gettext_lazy("How many times did something happen in the last year?"),
        required=False,
        min_value=0,
        max_value=999,
        widget=forms.NumberInput(),
    )
    since_marac = forms.BooleanField(
        label=gettext_lazy("There was a MARAC in the last year, and something happened since"), required=False
    )

    def asked(self) -> dict[str, Any]:
        """Return what is known."""
        given = self.cleaned_data
        known = DomesticAbuse(
            count=given["count"],
            judgement=given["judgement"],
            events=given["events"] or 0,
            since_marac=given["since_marac"],
        )
        return {"known": known}


class OnwardForm(forms.Form):
    """Something sent to another process."""

    sent_to = forms.CharField(
        label=gettext_lazy("Who was it sent to?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say who it was sent to")},
    )
    why = words_field(gettext_lazy("Why?"), owed=gettext_lazy("Say why"))
    sent_on = DateField(
        label=gettext_lazy("When was it sent?"),
        error_messages={"required": gettext_lazy("Enter the day it was sent")},
    )
    reference = forms.CharField(label=gettext_lazy("Their reference"), max_length=100, required=False)

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean_sent_on(self) -> date:
        """Refuse a day that is still to come."""
        return has_been(self.cleaned_data["sent_on"], self.today)


class CameForm(forms.Form):
    """What another process answered."""

    came = one_of(gettext_lazy("What came of it?"), CAME, gettext_lazy("Choose what came of it"))
    on = DateField(
        label=gettext_lazy("When did you hear?"),
        error_messages={"required": gettext_lazy("Enter the day you heard")},
    )
    words = words_field(
        gettext_lazy("What did they say?"),
        hint=gettext_lazy("If it was not taken on: their reason, and what they advise."),
        owed=gettext_lazy("Say what they said"),
    )

    def __init__(self, *args: Any, today: date, sent_on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today, self.sent_on = today, sent_on

    def clean_on(self) -> date:
        """Refuse a day that is still to come, or before it was sent."""
        day = has_been(self.cleaned_data["on"], self.today)
        if day < self.sent_on:
            raise forms.ValidationError(_("That is before it was sent"))
        return day

    def clean_came(self) -> Came:
        """Return it as the rules know it."""
        return Came(self.cleaned_data["came"])
