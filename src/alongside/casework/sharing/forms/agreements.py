"""What is asked about an agreement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alongside.casework.accounts.purposes import declared
from alongside.casework.design.clashes import ChangeableForm
from alongside.casework.design.dates import DateField
from alongside.casework.design.offering import offer
from alongside.casework.sharing.presenters.agreements import DATA, EXTENT
from alongside.casework.sharing.rules.agreements import Extent, Terms, dates_are_wrong
from alongside.casework.sharing.rules.basis import DataClass


class AgreementForm(forms.Form):
    """What an agreement says."""

    title = forms.CharField(
        label=gettext_lazy("What it is about, in a few words"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say in a few words what it is about")},
    )
    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Which organisations signed it?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least two organisations")},
    )
    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("For which purposes?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one purpose")},
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Which kinds of data?"),
        choices=list(DATA.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one kind of data")},
    )
    extent = forms.ChoiceField(
        label=gettext_lazy("How much can be shared?"),
        choices=list(EXTENT.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how much can be shared")},
    )
    owner = forms.CharField(
        label=gettext_lazy("Which post is responsible for it?"),
        help_text=gettext_lazy("A post, such as Head of Adult Safeguarding, because people move on."),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter the post that is responsible for it")},
    )
    signed = DateField(
        label=gettext_lazy("When was it signed?"),
        error_messages={"required": gettext_lazy("Enter the day it was signed")},
    )
    begins = DateField(
        label=gettext_lazy("First day"), error_messages={"required": gettext_lazy("Enter its first day")}
    )
    ends = DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Those who keep agreements are told 60 days before."),
        error_messages={"required": gettext_lazy("Enter its last day")},
    )
    review = DateField(
        label=gettext_lazy("Review by"),
        error_messages={"required": gettext_lazy("Enter the day by which it must be reviewed")},
    )

    def __init__(self, *given: Any, organisations: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        for name, choices in (
            ("parties", organisations),
            ("purposes", [(each.code, each.title) for each in declared()]),
        ):
            offer(self, name, choices, for_everybody=True)

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: the dates do not fit, or only one organisation signed.
        """
        given = super().clean() or {}
        if all(given.get(name) for name in ("signed", "begins", "ends", "review")):
            for name, why in dates_are_wrong(self.terms(given)).items():
                self.add_error(name, why)
        if len(given.get("parties", [])) == 1:
            self.add_error("parties", self.fields["parties"].error_messages["required"])
        return given

    @staticmethod
    def terms(given: dict[str, Any]) -> Terms:
        """Return what was signed, from fields that hold all the dates."""
        return Terms(
            **{name: given[name] for name in ("signed", "begins", "ends", "review")},
            parties=frozenset(given.get("parties", [])),
            purposes=frozenset(given.get("purposes", [])),
            kinds=frozenset(map(DataClass, given.get("kinds", []))),
            extent=Extent(given.get("extent") or Extent.EXISTENCE),
        )


class NewAgreementForm(AgreementForm):
    """The same, with its reference."""

    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        help_text=gettext_lazy(
            "As written on the agreement, such as ISA-RIV-007. It cannot be changed later."
        ),
        max_length=60,
        widget=forms.TextInput(attrs={"classes": "govuk-input--width-20"}),
        error_messages={"required": gettext_lazy("Enter its reference")},
    )
    field_order = ("reference",)


class ChangeAgreementForm(ChangeableForm, AgreementForm):
    """The same, with the version that was opened."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput)
