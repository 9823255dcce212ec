"""Forms about a person's record."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.clashes import LONGEST, Beside, ChangeableForm, Clash
from alongside.casework.design.dates import DateField
from alongside.casework.people.models import ChronologyEntry, Contact, Involvement
from alongside.casework.people.rules import SECTION_TITLES, Section, nhs_number_holds

OTHER_DATE = gettext_lazy("For example, 27 3 1951. Leave it empty if it is not known.")


WHERE_THEY_LIVE = ("address", "postcode")


class SearchForm(forms.Form):
    """Who somebody is looking for. Sent by POST, because a name does not belong in a URL."""

    words = forms.CharField(
        label=gettext_lazy("Name, date of birth or NHS number"),
        help_text=gettext_lazy(
            "The spelling need not be exact. You only find people your organisation may see."
        ),
        max_length=200,
    )


class DetailsForm(forms.Form):
    """What is known about a person."""

    known_as = forms.CharField(label=gettext_lazy("What they like to be called"), max_length=200)
    forename = forms.CharField(label=gettext_lazy("Forename"), max_length=100, required=False)
    surname = forms.CharField(label=gettext_lazy("Surname"), max_length=100, required=False)
    other_names = forms.CharField(
        label=gettext_lazy("Other names"),
        help_text=gettext_lazy("Former names, other spellings"),
        max_length=300,
        required=False,
    )
    pronouns = forms.CharField(label=gettext_lazy("Pronouns"), max_length=60, required=False)
    self_description = forms.CharField(
        label=gettext_lazy("How they describe themselves"),
        help_text=gettext_lazy("In their own words. It is shown before any label a service uses."),
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )
    date_of_birth = DateField(label=gettext_lazy("Date of birth"), help_text=OTHER_DATE, required=False)
    nhs_number = forms.CharField(
        label=gettext_lazy("NHS number"), help_text=gettext_lazy("10 digits"), max_length=12, required=False
    )
    language = forms.CharField(label=gettext_lazy("First language"), max_length=60, required=False)
    interpreter = forms.CharField(
        label=gettext_lazy("Interpreter"),
        help_text=gettext_lazy("Whether they need one, and for which language"),
        max_length=200,
        required=False,
    )
    how_to_communicate = forms.CharField(
        label=gettext_lazy("How to communicate with them"),
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )
    adjustments = forms.CharField(
        label=gettext_lazy("Adjustments they need"), widget=forms.Textarea, max_length=2000, required=False
    )
    safe_contact = forms.CharField(
        label=gettext_lazy("How and when it is safe to contact them"),
        help_text=gettext_lazy("If somebody might look over their shoulder, say what must not be done."),
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )
    telephone = forms.CharField(max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    address = forms.CharField(max_length=300, required=False)
    postcode = forms.CharField(max_length=10, required=False)
    address_protected = forms.BooleanField(
        label=gettext_lazy("Their address must be kept from others"), required=False
    )

    def clean_date_of_birth(self) -> date | None:
        """Return the day, or None if it is not known.

        Raises:
            ValidationError: it is in the future.
        """
        born: date | None = self.cleaned_data["date_of_birth"]
        if born and born > timezone.localdate():
            raise forms.ValidationError(_("The date of birth must be today or in the past"))
        return born

    def clean_nhs_number(self) -> str:
        """Return the ten digits, or nothing.

        Raises:
            ValidationError: there are not ten, or they fail the check.
        """
        digits = "".join(str(self.cleaned_data["nhs_number"]).split())
        if digits and not nhs_number_holds(digits):
            raise forms.ValidationError(_("Enter a valid 10-digit NHS number, or leave this empty"))
        return digits


class ChangeForm(ChangeableForm, DetailsForm):
    """What is known about a person, and the record and its version that were open when it was changed.

    ``kept_back`` is what is recorded in boxes that are empty because it is protected. ``kept_back_as`` holds
    keyed marks of it: whoever is not shown an address must not find it by hashing every one in a street.
    """

    died_on = DateField(
        label=gettext_lazy("Date of death"),
        help_text=gettext_lazy(
            "Only if the person has died. Their page then says so first, and reminders to contact them stop."
        ),
        required=False,
    )
    opened_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    opened_record = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kept_back_as = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kept_back: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kept_back = kept_back or {}
        self.initial["kept_back_as"] = " ".join(map(self._mark_of_kept_back, self.kept_back))
        if self.kept_back:
            for name in self.kept_back:
                self.fields[name].help_text = _(
                    "This is protected, so it is not shown here. Leave it empty to keep what is recorded, or "
                    "enter what is right now."
                )
            self.fields["address_protected"].help_text = _(
                "If you no longer select this, everybody who can see this record will see the address."
            )

    def beside(self, sentence: str) -> Beside:
        """Return the same as any form does, without calling an address that is kept back nothing.

        Where it was kept back when the form was opened too, it is empty both times: only its marks tell
        whether somebody has changed it.
        """
        found = super().beside(sentence)
        told = [each for each in found.clashes if each.name not in self.kept_back]
        return replace(found, clashes=[*told, *self._kept_back_clashes(found)])

    def _kept_back_clashes(self, found: Beside) -> Iterator[Clash]:
        """Each box whose words are kept back and were changed meanwhile, where this member typed some too."""
        opened = self.cleaned_data["kept_back_as"].split()
        for name in self.kept_back:
            typed = found.initial[name]
            if typed and self._mark_of_kept_back(name) not in opened:
                label = str(self.fields[name].label or name.capitalize())
                yield Clash(name, label, _("Protected, so it is not shown"), typed)

    def _mark_of_kept_back(self, name: str) -> str:
        """A mark that only this box of this record with these words has, and only this server can make."""
        marked = f"{self.initial.get('opened_record')}\n{name}\n{self.kept_back[name]}"
        return salted_hmac("alongside:kept-back", marked, algorithm="sha256").hexdigest()[:16]

    def changed(self) -> dict[str, Any]:
        """Return what is in the boxes of a valid form; an empty box whose words were kept back says nothing.

        Whether they were is told by how the form was opened too: the address may have stopped being protected
        meanwhile, and an empty box would take it off the record.
        """
        return {
            name: value
            for name, value in self.given().items()
            if value or name not in WHERE_THEY_LIVE or not (self.kept_back or self.is_as_opened(name))
        }

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: they died in the future, or before they were born.
        """
        given = super().clean() or {}
        born, died = given.get("date_of_birth"), given.get("died_on")
        if died and died > timezone.localdate():
            self.add_error("died_on", _("The date of death must be today or in the past"))
        elif died and born and died < born:
            self.add_error("died_on", _("The date of death must be on or after the date of birth"))
        return given


class WordsForm(forms.Form):
    """What the person said."""

    section = forms.ChoiceField(
        label=gettext_lazy("What it is about"),
        choices=[(each.value, SECTION_TITLES[each]) for each in Section],
    )
    words = forms.CharField(
        label=gettext_lazy("Their own words"),
        help_text=gettext_lazy(
            "Word for word, as they said it. Nobody can change this afterwards, not even you."
        ),
        widget=forms.Textarea,
        max_length=10_000,
        strip=False,
    )
    said_on = DateField(label=gettext_lazy("When they said it"))
    how = forms.CharField(
        label=gettext_lazy("How they said it"),
        help_text=gettext_lazy("In person, in writing, by signs, through an interpreter or an advocate"),
        max_length=200,
        required=False,
    )


class OwnWordsForm(forms.Form):
    """What the person writes themself."""

    section = forms.ChoiceField(
        label=gettext_lazy("What you want to write about"),
        choices=[(each.value, SECTION_TITLES[each]) for each in Section],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is about")},
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        widget=forms.Textarea,
        max_length=10_000,
        strip=False,
        error_messages={"required": gettext_lazy("Write something, or give the device back")},
    )


class TakeBackForm(forms.Form):
    """The password of the member who handed their device over."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter your password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class ContactForm(forms.Form):
    """Somebody in the person's life."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    relationship = forms.CharField(label=gettext_lazy("Who they are to the person"), max_length=100)
    how_to_reach = forms.CharField(label=gettext_lazy("How to reach them"), max_length=200, required=False)
    permission = forms.ChoiceField(
        label=gettext_lazy("Has the person agreed that we may speak with them?"),
        choices=Contact.Permission.choices,
        widget=forms.RadioSelect,
    )
    permission_words = forms.CharField(
        label=gettext_lazy("What the person said about it"),
        widget=forms.Textarea,
        max_length=1000,
        required=False,
    )
    poses_risk = forms.BooleanField(
        label=gettext_lazy("The person, or somebody else, is at risk from them"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: "only if" without the condition.
        """
        given = super().clean() or {}
        if given.get("permission") == Contact.Permission.ONLY_IF and not given.get("permission_words"):
            self.add_error("permission_words", _("Enter the condition, in the person's words"))
        return given


class InvolvementForm(forms.Form):
    """The member's own agency is in touch."""

    service = forms.CharField(label=gettext_lazy("Service or team"), max_length=100, required=False)
    worker_name = forms.CharField(label=gettext_lazy("Named worker"), max_length=200, required=False)
    since = DateField(
        label=gettext_lazy("Since when"),
        required=False,
        help_text=gettext_lazy("Leave it empty if it is not known."),
    )
    how_often = forms.CharField(
        label=gettext_lazy("How often"),
        help_text=gettext_lazy("For example, weekly"),
        max_length=100,
        required=False,
    )
    intensity = forms.ChoiceField(
        label=gettext_lazy("How much"), choices=Involvement.Intensity.choices, widget=forms.RadioSelect
    )


class EndInvolvementForm(forms.Form):
    """The member's own agency is no longer in touch."""

    on = DateField(
        label=gettext_lazy("Last day of our involvement"),
        help_text=gettext_lazy(
            "Check first who else is in touch with the person: nobody should be left without support."
        ),
    )


class ChronologyForm(forms.Form):
    """What happened."""

    happened_on = DateField(label=gettext_lazy("When it happened"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What sort of entry it is"),
        choices=[each for each in ChronologyEntry.Kind.choices if each[0] != ChronologyEntry.Kind.CORRECTION],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("What happened"),
        help_text=gettext_lazy("What was seen and said, and by whom. Keep facts separate from opinions."),
        widget=forms.Textarea,
        max_length=10_000,
    )
    readers = forms.ChoiceField(
        label=gettext_lazy("Who may read it?"),
        help_text=gettext_lazy(
            "Whatever you choose, the person may ask to read it. You cannot change this afterwards. Tell "
            "every organisation no more than all of them need to know."
        ),
        choices=ChronologyEntry.Readers.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who may read it")},
    )


class CorrectionForm(forms.Form):
    """The correct version of an entry in the chronology."""

    happened_on = DateField(
        label=gettext_lazy("When it happened"),
        error_messages={"required": gettext_lazy("Enter the day it happened")},
    )
    words = forms.CharField(
        label=gettext_lazy("Correct version"),
        help_text=gettext_lazy(
            "Write the whole entry, so that it can be read on its own. The original stays beside it."
        ),
        widget=forms.Textarea,
        max_length=10_000,
        error_messages={"required": gettext_lazy("Enter the correct version")},
    )
    why = forms.CharField(
        label=gettext_lazy("Why you are correcting it"),
        help_text=gettext_lazy("How it came to be wrong, or how you know what is right."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": gettext_lazy("Enter why you are correcting it")},
    )


class MergeForm(forms.Form):
    """Two records are one person."""

    other = forms.UUIDField(label=gettext_lazy("Which record"))
    reason = forms.CharField(
        label=gettext_lazy("Why you are sure they are the same person"),
        widget=forms.Textarea,
        max_length=1000,
    )
