"""What is asked about an action: what, who and by when; and how it is going."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.design.offering import offer
from alongside.casework.marm.forms.fields import one_of, words_field
from alongside.casework.marm.presenters.words_of_actions import AGREES, ENDS_AS, KIND
from alongside.casework.marm.rules.actions import (
    Agrees,
    Kind,
    Planned,
    Stands,
    Status,
    wrong_with_action,
    wrong_with_where_it_stands,
)


def _member_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Who does it?"),
        help_text=gettext_lazy("Choose one worker. They will be asked to accept it, unless it is you."),
        error_messages={"required": gettext_lazy("Choose who does it")},
    )


def _offer_members(form: forms.Form, members: Iterable[tuple[Any, str, str]]) -> None:
    named = [(str(key), f"{name} ({organisation})") for key, name, organisation in members]
    offer(form, "member", [("", _("Choose")), *named])


class PlanForm(forms.Form):
    """An action: what the person wants of it first, then who does what by when."""

    wanted = words_field(
        gettext_lazy("What does the person want from this?"),
        hint=gettext_lazy("In their own words."),
        owed=gettext_lazy("Say what the person wants from this, in their words"),
        longest=2_000,
        lines=2,
    )
    risk = words_field(
        gettext_lazy("Which risk does it reduce?"),
        owed=gettext_lazy("Say which risk it reduces"),
        longest=2_000,
        lines=2,
    )
    kind = one_of(
        gettext_lazy("Who will make the change?"), KIND, gettext_lazy("Choose who will make the change")
    )
    words = words_field(
        gettext_lazy("What will be done?"),
        hint=gettext_lazy(
            "Something you will be able to see has been done. Monitoring alone is not an action."
        ),
        owed=gettext_lazy("Say what will be done"),
        longest=2_000,
    )
    member = _member_field()
    due = DateField(
        label=gettext_lazy("When must it be done by?"),
        error_messages={"required": gettext_lazy("Enter the date it must be done by")},
    )
    review = DateField(
        label=gettext_lazy("When will you check whether it is helping?"),
        error_messages={"required": gettext_lazy("Enter the date when you will check whether it is helping")},
    )
    agrees = one_of(
        gettext_lazy("Does the person agree?"), AGREES, gettext_lazy("Choose whether the person agrees")
    )

    def __init__(self, *args: Any, members: Iterable[tuple[Any, str, str]], today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        _offer_members(self, members)

    def clean(self) -> dict[str, Any]:
        """Refuse dates that have passed, and an action that only monitors."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for name, said in wrong_with_action(self.planned(), self.today).items():
                self.add_error(name, said)
        return given

    def planned(self) -> Planned:
        """Return what was entered."""
        given = self.cleaned_data
        return Planned(
            words=given["words"],
            kind=Kind(given["kind"]),
            risk=given["risk"],
            wanted=given["wanted"],
            agrees=Agrees(given["agrees"]),
            due=given["due"],
            review=given["review"],
        )


class StandsForm(forms.Form):
    """How an action is going."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput)
    status = one_of(
        gettext_lazy("Where do things stand?"), ENDS_AS, gettext_lazy("Choose where things stand")
    )
    words = words_field(
        gettext_lazy("What was done, or why can it not be done?"),
        owed=gettext_lazy("Say what was done, or why it cannot be done"),
    )
    instead = words_field(
        gettext_lazy("If the person declined it, what was offered instead?"), longest=2_000, lines=2
    )
    agrees = one_of(
        gettext_lazy("Does the person agree now?"), AGREES, gettext_lazy("Choose whether the person agrees")
    )
    review = DateField(
        label=gettext_lazy("When will you look at it again?"),
        error_messages={"required": gettext_lazy("Enter the date when you will look at it again")},
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Ask for a reason, for what was offered instead, and for a review date that has not passed."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for name, said in wrong_with_where_it_stands(self.stands(), day=self.today).items():
                self.add_error(name, said)
        return given

    def stands(self) -> Stands:
        """Return what was entered."""
        given = self.cleaned_data
        return Stands(
            status=Status(given["status"]),
            words=given["words"],
            agrees=Agrees(given["agrees"]),
            review=given["review"],
            instead=given["instead"],
        )


class HandOverForm(forms.Form):
    """Who does it from now on, and why."""

    member = _member_field()
    why = words_field(
        gettext_lazy("Why should somebody else do it?"),
        owed=gettext_lazy("Say why somebody else should do it"),
    )

    def __init__(self, *args: Any, members: Iterable[tuple[Any, str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        _offer_members(self, members)
