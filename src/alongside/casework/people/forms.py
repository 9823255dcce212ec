"""Forms about people. They say whether what was typed makes sense; commands save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.casework.design.dates import DateField
from alongside.casework.people.models import ChronologyEntry, Contact, EmergencyAccess, Involvement, KnownTo
from alongside.casework.people.rules import (
    JUSTIFIED,
    NOT_JUSTIFIED,
    SECTION_TITLES,
    UNCLEAR,
    Section,
    nhs_number_holds,
)

OTHER_DATE = "For example, 27 3 1951. Leave it empty if it is not known."


class SearchForm(forms.Form):
    """Whom somebody looks for. Sent by POST: a name does not belong in an address."""

    words = forms.CharField(
        label="Name, date of birth or NHS number",
        help_text="Spelling need not be right. Only people your organisation may see are found.",
        max_length=200,
    )


class DetailsForm(forms.Form):
    """What is known of a person."""

    known_as = forms.CharField(label="What they like to be called", max_length=200)
    forename = forms.CharField(max_length=100, required=False)
    surname = forms.CharField(max_length=100, required=False)
    other_names = forms.CharField(
        label="Other names", help_text="Former names, other spellings", max_length=300, required=False
    )
    pronouns = forms.CharField(max_length=60, required=False)
    self_description = forms.CharField(
        label="How they describe themselves",
        help_text="In their words. It stands before any label a service uses.",
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )
    date_of_birth = DateField(label="Date of birth", help_text=OTHER_DATE, required=False)
    nhs_number = forms.CharField(label="NHS number", help_text="10 digits", max_length=12, required=False)
    language = forms.CharField(label="First language", max_length=60, required=False)
    interpreter = forms.CharField(
        label="Interpreter", help_text="Needed or not, and which", max_length=200, required=False
    )
    how_to_communicate = forms.CharField(
        label="How to communicate with them", widget=forms.Textarea, max_length=2000, required=False
    )
    adjustments = forms.CharField(
        label="Adjustments they need", widget=forms.Textarea, max_length=2000, required=False
    )
    safe_contact = forms.CharField(
        label="How and when it is safe to be in touch",
        help_text="Where somebody might look over their shoulder, say what must not be done.",
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )
    telephone = forms.CharField(max_length=40, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    address = forms.CharField(max_length=300, required=False)
    postcode = forms.CharField(max_length=10, required=False)
    address_protected = forms.BooleanField(label="Their address must be kept from others", required=False)

    def clean_nhs_number(self) -> str:
        """Return the ten digits, or nothing.

        Raises:
            ValidationError: they are not ten, or fail the check.
        """
        digits = "".join(str(self.cleaned_data["nhs_number"]).split())
        if digits and not nhs_number_holds(digits):
            raise forms.ValidationError("This is not an NHS number: check the ten digits, or leave it empty.")
        return digits


class ChangeForm(DetailsForm):
    """What is known of a person, and the version that was open when it was changed."""

    opened_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class WordsForm(forms.Form):
    """What the person said."""

    section = forms.ChoiceField(
        label="What it is about", choices=[(each.value, SECTION_TITLES[each]) for each in Section]
    )
    words = forms.CharField(
        label="Their own words",
        help_text="Word for word, as they said it. Nobody can change this afterwards, nor can you.",
        widget=forms.Textarea,
        max_length=10_000,
        strip=False,
    )
    said_on = DateField(label="When they said it")
    how = forms.CharField(
        label="How they said it",
        help_text="In person, in writing, by signs, through an interpreter or an advocate",
        max_length=200,
        required=False,
    )


class OwnWordsForm(forms.Form):
    """What the person writes themself."""

    section = forms.ChoiceField(
        label=_("What you want to write about"),
        choices=[(each.value, SECTION_TITLES[each]) for each in Section],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        widget=forms.Textarea,
        max_length=10_000,
        strip=False,
        error_messages={"required": _("Write something, or give the device back")},
    )


class TakeBackForm(forms.Form):
    """The password of whoever handed their device over."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        error_messages={"required": _("Enter your password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class ContactForm(forms.Form):
    """Somebody in the person's life."""

    name = forms.CharField(max_length=200)
    relationship = forms.CharField(label="Who they are to the person", max_length=100)
    how_to_reach = forms.CharField(label="How to reach them", max_length=200, required=False)
    permission = forms.ChoiceField(
        label="Does the person let us speak with them?",
        choices=Contact.Permission.choices,
        widget=forms.RadioSelect,
    )
    permission_words = forms.CharField(
        label="What the person said about it", widget=forms.Textarea, max_length=1000, required=False
    )
    poses_risk = forms.BooleanField(
        label="The person, or somebody else, is at risk from them", required=False
    )

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: "only if" without the condition.
        """
        given = super().clean() or {}
        if given.get("permission") == Contact.Permission.ONLY_IF and not given.get("permission_words"):
            self.add_error("permission_words", "Say what the condition is, in the person's words")
        return given


class InvolvementForm(forms.Form):
    """That one's agency is in touch."""

    service = forms.CharField(label="Service or team", max_length=100, required=False)
    worker_name = forms.CharField(label="Named worker", max_length=200, required=False)
    since = DateField(label="Since when", required=False, help_text="Leave it empty if it is not known.")
    how_often = forms.CharField(
        label="How often", help_text="For example, weekly", max_length=100, required=False
    )
    intensity = forms.ChoiceField(
        label="How much", choices=Involvement.Intensity.choices, widget=forms.RadioSelect
    )


class EndInvolvementForm(forms.Form):
    """That one's agency is no longer in touch."""

    on = DateField(
        label="Last day of our involvement",
        help_text="See first who else is in touch with the person: nobody should be left without anybody.",
    )


class ChronologyForm(forms.Form):
    """What happened."""

    happened_on = DateField(label="When it happened")
    kind = forms.ChoiceField(
        label="What sort of thing",
        choices=[each for each in ChronologyEntry.Kind.choices if each[0] != ChronologyEntry.Kind.CORRECTION],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="What happened",
        help_text="What was seen and said, and by whom; keep what is known apart from what is thought.",
        widget=forms.Textarea,
        max_length=10_000,
    )


class CorrectionForm(forms.Form):
    """What is right of an entry of the chronology."""

    happened_on = DateField(
        label=_("When it happened"), error_messages={"required": _("Enter the day it happened")}
    )
    words = forms.CharField(
        label=_("What is right"),
        help_text=_(
            "The whole of it, so that it can be read by itself. What was written first stays beside it."
        ),
        widget=forms.Textarea,
        max_length=10_000,
        error_messages={"required": _("Write what is right")},
    )
    why = forms.CharField(
        label=_("Why it is corrected"),
        help_text=_("How it came to be wrong, or how you know what is right."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("Write why it is corrected")},
    )


class AskForm(forms.Form):
    """Whether a person is known to another agency."""

    asked_of = forms.ChoiceField(label="Which organisation")
    why = forms.CharField(
        label="Why you ask",
        help_text="They see this, the person's name and date of birth, and nothing else.",
        widget=forms.Textarea,
        max_length=1000,
    )

    def __init__(self, *given: Any, organisations: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        choice = self.fields["asked_of"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - for the type checker
        choice.choices = organisations


class AnswerForm(forms.Form):
    """The answer to such a question."""

    answer = forms.ChoiceField(
        label="Is this person known to you?", choices=KnownTo.Answer.choices, widget=forms.RadioSelect
    )
    worker_name = forms.CharField(label="Whom they should talk to", max_length=200, required=False)
    note = forms.CharField(
        label="Anything they should know",
        help_text="Not what you hold about the person: only how to go on.",
        widget=forms.Textarea,
        max_length=1000,
        required=False,
    )


class MergeForm(forms.Form):
    """That two records are one person."""

    other = forms.UUIDField(label="Which record")
    reason = forms.CharField(
        label="Why you are sure they are one person", widget=forms.Textarea, max_length=1000
    )


class PartForm(forms.Form):
    """Why two records are two people's after all."""

    why = forms.CharField(max_length=1000, required=False)


class EmergencyForm(forms.Form):
    """Whose record must be opened now, and why."""

    surname = forms.CharField(max_length=100)
    date_of_birth = DateField(label="Date of birth", required=False)
    nhs_number = forms.CharField(
        label="NHS number",
        help_text=_("If you do not know the date of birth"),
        max_length=12,
        required=False,
    )
    postcode = forms.CharField(
        label=_("Postcode where they live"),
        help_text=_("If you know neither of the two"),
        max_length=10,
        required=False,
    )
    reason = forms.CharField(
        label="What the emergency is",
        help_text=_(
            "A sentence that somebody else can follow. The information governance lead will read it, and "
            "so will the agencies that work with the person."
        ),
        widget=forms.Textarea,
        max_length=1000,
    )

    clean_nhs_number = DetailsForm.clean_nhs_number

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: the surname alone: that may be many people's.
        """
        given = super().clean() or {}
        if not self.errors and not any(
            given.get(each) for each in ("date_of_birth", "nhs_number", "postcode")
        ):
            self.add_error(
                "date_of_birth",
                _("Give the date of birth, or the NHS number, or the postcode where they live"),
            )
        return given


class ReviewForm(forms.Form):
    """What somebody thinks of an emergency access afterwards."""

    verdict = forms.ChoiceField(
        label="Was it justified?",
        choices=[
            (JUSTIFIED, "Yes"),
            (NOT_JUSTIFIED, _("No: if it is still open, it closes now")),
            (UNCLEAR, _("I cannot tell yet: it stays on the list")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Why", widget=forms.Textarea, max_length=1000)
    person_told = forms.ChoiceField(
        label=_("Does the person know that their record was opened?"),
        choices=EmergencyAccess.Told.choices,
        widget=forms.RadioSelect,
    )
