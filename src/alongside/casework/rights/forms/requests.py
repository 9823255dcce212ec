"""Forms about requests for access. They check whether what was typed makes sense; commands save it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.design.fields import one, sentences, short
from alongside.casework.rights.models import AccessRequest, Given
from alongside.casework.rights.rules.withholding import GROUNDS, HINTS, Ground, Reasoned, lacks


class TakeForm(forms.Form):
    """A person's request for what is held about them."""

    asked_by = one(
        gettext_lazy("Who is asking?"), AccessRequest.AskedBy.choices, gettext_lazy("Choose who is asking")
    )
    asked_by_name = short(
        gettext_lazy("If somebody is asking on their behalf, who?"),
        hint=gettext_lazy("Such as a solicitor, a parent or somebody with a power of attorney."),
    )
    authority = sentences(
        gettext_lazy("What have you seen that allows them to ask?"),
        hint=gettext_lazy("Such as the person's own letter, or the power of attorney and its date."),
        most=1_000,
    )
    received_on = DateField(
        label=gettext_lazy("When did they ask?"),
        help_text=gettext_lazy("The day it reached anybody in the partnership. The month counts from then."),
        error_messages={"required": gettext_lazy("Enter the day they asked")},
    )
    how = one(
        gettext_lazy("How did they ask?"), AccessRequest.How.choices, gettext_lazy("Choose how they asked")
    )
    wanted = sentences(
        gettext_lazy("What do they want?"),
        hint=gettext_lazy("In their words, if they want only part of it. Leave empty if they want it all."),
        most=2_000,
    )

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: somebody asks on their behalf, without saying who or what allows them to.
        """
        given = super().clean() or {}
        if given.get("asked_by") == AccessRequest.AskedBy.FOR_THEM:
            if not given.get("asked_by_name"):
                self.add_error("asked_by_name", _("Enter who is asking on their behalf"))
            if not given.get("authority"):
                self.add_error("authority", _("Enter what you have seen that allows them to ask"))
        return given


class FindForm(forms.Form):
    """Whose record it is, for a member who cannot see the person."""

    surname = forms.CharField(
        label=gettext_lazy("Surname of the person it is about"),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter the surname")},
    )
    date_of_birth = DateField(
        label=gettext_lazy("Date of birth"),
        help_text=gettext_lazy("As they gave it. If they did not, ask them."),
        error_messages={"required": gettext_lazy("Enter the date of birth")},
    )
    postcode = forms.CharField(
        label=gettext_lazy("Postcode where they live"),
        help_text=gettext_lazy("If more than one record matches"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"classes": "govuk-input--width-10"}),
    )
    field_order: tuple[str, ...] = ("surname", "date_of_birth", "postcode")


class FindAndTakeForm(FindForm, TakeForm):
    """The same for a member who cannot see the person, starting with whose record it is."""

    field_order = FindForm.field_order


class DayForm(forms.Form):
    """A day."""

    on = DateField(label=gettext_lazy("When?"), error_messages={"required": gettext_lazy("Enter the day")})


class IdentityForm(DayForm):
    """How it is known who is asking."""

    how = sentences(
        gettext_lazy("How do you know who is asking?"),
        gettext_lazy("Enter how you know who is asking"),
        hint=gettext_lazy(
            "For example, their worker knows them and spoke to them, or which document was seen and by whom. "
            "Ask for no more than you need, and do not keep a copy."
        ),
        most=1_000,
    )


class AskedForm(DayForm):
    """What the person was asked."""

    asked = sentences(
        gettext_lazy("What did you ask them?"), gettext_lazy("Enter what you asked them"), most=2_000
    )


class AnswerForm(DayForm):
    """What they answered."""

    answer = sentences(
        gettext_lazy("What did they answer?"), gettext_lazy("Enter what they answered"), most=2_000
    )


class ExtendForm(DayForm):
    """Why it will take longer."""

    on = DateField(
        label=gettext_lazy("When were they told?"), error_messages={"required": gettext_lazy("Enter the day")}
    )
    why = sentences(
        gettext_lazy("What reason were they given for needing longer?"),
        gettext_lazy("Enter the reason they were given"),
        hint=gettext_lazy("Only if the request is complex, or they have made a number of requests."),
        most=2_000,
    )


class CloseForm(forms.Form):
    """Why a request ends without a bundle."""

    why = sentences(
        gettext_lazy("What reason was the person given?"),
        gettext_lazy("Enter the reason the person was given"),
        hint=gettext_lazy(
            "They withdrew it, or it was refused and they were told why, and that they can complain to you "
            "or to the Information Commissioner, or go to court."
        ),
        most=2_000,
    )


class WithholdForm(forms.Form):
    """What is withheld from a line, and on which ground."""

    ALL, WORDS = "all", "words"
    how_much = one(
        gettext_lazy("What do you want to withhold?"),
        [(WORDS, gettext_lazy("Some words")), (ALL, gettext_lazy("The whole line"))],
        gettext_lazy("Choose whether to withhold some words or the whole line"),
    )
    words = sentences(
        gettext_lazy("Which words?"),
        hint=gettext_lazy("Copy them from the line. They are withheld wherever they appear in it."),
        rows=2,
        most=2_000,
    )
    ground = one(
        gettext_lazy("On which ground?"),
        [(each.value, GROUNDS[each]) for each in Ground],
        gettext_lazy("Choose the ground"),
    )
    why = sentences(
        gettext_lazy("Why?"),
        gettext_lazy("Enter the reason, for anybody who looks at this again"),
        hint=gettext_lazy(
            "For anybody who looks at this again. The person does not see it. If it is about somebody else: "
            "were they asked, did they agree, and what would it mean for each of them?"
        ),
        most=2_000,
    )
    professional = short(
        gettext_lazy("Health only: whose opinion is it?"),
        hint=gettext_lazy("Name and job title of the health professional."),
    )
    opinion_on = DateField(label=gettext_lazy("Health only: the day of their opinion"), required=False)
    unnamed = forms.BooleanField(
        label=gettext_lazy("Do not name the ground in the bundle"),
        help_text=gettext_lazy("Only if naming it would itself give away what is withheld."),
        required=False,
    )

    def __init__(self, *given: Any, today: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.today = today
        self.fields["ground"].choice_hints = HINTS  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: there are no words to withhold, or the ground lacks something.
        """
        given = super().clean() or {}
        if given.get("how_much") == self.WORDS and not given.get("words"):
            self.add_error("words", _("Copy the words from the line"))
        if given.get("ground") and given.get("why"):
            for name, why in lacks(self.reasoned(given), today=self.today).items():
                self.add_error(name, str(why))
        return given

    @staticmethod
    def reasoned(given: dict[str, Any]) -> Reasoned:
        """Return the ground and what was said for it."""
        return Reasoned(
            ground=Ground(given["ground"]),
            why=given.get("why", ""),
            professional=given.get("professional", ""),
            opinion_on=given.get("opinion_on"),
            named=not given.get("unnamed"),
        )


class LookForm(forms.Form):
    """Confirmation that somebody has looked at a line."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For example, the sister agreed to be named, by phone on 3 November."),
        max_length=1_000,
        required=False,
    )


class ReleaseForm(forms.Form):
    """A detail that identifies the person and is not on the screen."""

    date_of_birth = DateField(label=gettext_lazy("The person's date of birth"), required=False)
    reference = forms.CharField(
        label=gettext_lazy("Or their request reference"),
        help_text=gettext_lazy("From the letter they were sent, such as AR-7K2M-9QDX."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"classes": "govuk-input--width-20", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: neither was given.
        """
        given = super().clean() or {}
        if not self.errors and not given.get("date_of_birth") and not given.get("reference"):
            self.add_error("date_of_birth", _("Enter the date of birth, or the reference"))
        return given

    @property
    def typed(self) -> date | str:
        """What was given, once the form is valid."""
        born: date | None = self.cleaned_data["date_of_birth"]
        return born or str(self.cleaned_data["reference"])


class GivenForm(forms.Form):
    """Confirmation that the bundle reached somebody."""

    on = DateField(label=gettext_lazy("When?"), error_messages={"required": gettext_lazy("Enter the day")})
    to = short(
        gettext_lazy("Who was it given to?"),
        hint=gettext_lazy("The person, or whoever asked on their behalf."),
        missing=gettext_lazy("Enter who it was given to"),
    )
    how = one(gettext_lazy("How?"), Given.How.choices, gettext_lazy("Choose how"))
    form = one(gettext_lazy("In what format?"), Given.Form.choices, gettext_lazy("Choose the format"))
