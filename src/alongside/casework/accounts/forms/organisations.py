"""Organisations and their teams."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.accounts.models import Organisation
from alongside.casework.design.clashes import ChangeableForm
from alongside.casework.design.offering import offer

LONGEST_TEXT = 4000


class ProfileForm(ChangeableForm):
    """What an organisation says about itself."""

    remit = forms.CharField(
        label=gettext_lazy("What we do, and for whom"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    thresholds = forms.CharField(
        label=gettext_lazy("When we can act"),
        help_text=gettext_lazy(
            "What has to be true before you can open a case, in words another agency will understand."
        ),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    how_we_work = forms.CharField(
        label=gettext_lazy("How we work"),
        help_text=gettext_lazy(
            "Your hours, how quickly you reply, and what to do if somebody disagrees with you."
        ),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    what_we_can_offer = forms.CharField(
        label=gettext_lazy("What we can offer"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    telephone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "classes": "govuk-input--width-20"}
        ),
    )
    opened = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class NewOrganisationForm(forms.Form):
    """An organisation that joins the partnership, and its first lead."""

    name = forms.CharField(
        label=gettext_lazy("Name of the organisation"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter the name of the organisation")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of organisation is it?"),
        choices=Organisation.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what kind of organisation it is")},
    )
    code = forms.SlugField(
        label=gettext_lazy("Short code"),
        max_length=50,
        help_text=gettext_lazy(
            "As in the area pack, or else in lower case letters and underscores, such as riverside_carers. "
            "It cannot be changed later."
        ),
        error_messages={"required": gettext_lazy("Enter a short code")},
    )
    lead_name = forms.CharField(
        label=gettext_lazy("Name of its lead"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter the lead's name")},
    )
    lead_email = forms.EmailField(
        label=gettext_lazy("E-mail address of its lead"),
        error_messages={"required": gettext_lazy("Enter the lead's e-mail address")},
    )

    def __init__(self, *given: Any, not_here_yet: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        if not_here_yet:
            named = ", ".join(f"{code} ({name})" for code, name in not_here_yet)
            more_help = _("In the area pack and not here yet: %(codes)s.") % {"codes": named}
            self.fields["code"].help_text = f"{self.fields['code'].help_text} {more_help}"


class TeamForm(forms.Form):
    """A team to form."""

    name = forms.CharField(
        label=gettext_lazy("Name of the team"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter a name for the team")},
    )
    telephone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "classes": "govuk-input--width-20"}),
    )
    capacity_per_week = forms.IntegerField(
        label=gettext_lazy("How many people can it take on in a week?"),
        min_value=0,
        max_value=10_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "classes": "govuk-input--width-4"}),
    )
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Which of these does the team do?"),
        help_text=gettext_lazy("People who are released for one of these come to this team's list."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *given: Any, services: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "services", list(services))
