"""What is asked when a case ends, and when somebody asks afterwards how things are going."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.area.marm_models import ClosureReason
from alongside.casework.design.dates import DateField
from alongside.casework.design.offering import offer
from alongside.casework.marm.forms.by_id import BoxesByIdForm
from alongside.casework.marm.forms.fields import has_been, one_of, words_field
from alongside.casework.marm.presenters.ending import BECOMES
from alongside.casework.marm.presenters.words import MET, REMAINS, RISK
from alongside.casework.marm.rules.ending import (
    Agreed,
    Becomes,
    Closing,
    Met,
    Risk,
    wrong_with,
    wrong_with_actions,
)


class ReasonForm(forms.Form):
    """Why a case ends: a reason from the area pack."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why does it end?"),
        help_text=gettext_lazy("Not engaging is not a reason to end a case: try another way."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why it ends")},
    )

    def __init__(self, *args: Any, reasons: Iterable[ClosureReason], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "reason", [(each.code, each.title) for each in reasons], for_everybody=True)


class ClosingForm(BoxesByIdForm):
    """How a case ends for one reason: the person's view first, what the reason needs, and what remains."""

    BOXES: ClassVar = {"action_{}": BECOMES, "action_{}_words": {}}
    CHANGED = gettext_lazy(
        "The actions still to do have changed since you opened this form, so the case has not ended. What "
        "you typed is below: check what happens to each action, then end the case again."
    )
    NO_LONGER = gettext_lazy("No longer to do: %(name)s.")

    met = one_of(
        gettext_lazy("Did what the person wanted happen, in their view?"),
        MET,
        gettext_lazy("Choose what they say"),
    )
    own_view = words_field(gettext_lazy("What do they say about it?"), longest=10_000, by_rule=True)
    no_view_why = words_field(
        gettext_lazy("If they were not asked, or did not say: why?"), longest=2_000, lines=2, by_rule=True
    )
    risk = one_of(
        gettext_lazy("What became of the risk?"), RISK, gettext_lazy("Choose what became of the risk")
    )
    who_knows = words_field(gettext_lazy("Who knows about what remains?"), by_rule=True)
    reopens = words_field(gettext_lazy("What would reopen the case?"), by_rule=True)
    who_notices = words_field(gettext_lazy("Who would notice, by name and agency?"), by_rule=True)
    THE_PERSON = ("met", "own_view", "no_view_why")
    WHAT_REMAINS = ("risk", "who_knows", "reopens", "who_notices")

    def __init__(
        self, *args: Any, reason: ClosureReason, actions: Iterable[tuple[UUID, str]] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.reason, self.things = reason, list(actions)
        for key, words in self.things:
            self.fields[f"action_{key}"] = one_of(
                words, BECOMES, _("Choose what happens to it: %(action)s") % {"action": words}
            )
            self.fields[f"action_{key}_words"] = words_field(
                _("Who will make sure it happens, or why does it stop?"),
                owed=_("Say who will see to it, or why it stops: %(action)s") % {"action": words},
                longest=2_000,
                lines=2,
            )
        for place, need in enumerate(reason.needs):
            self.fields[f"need_{place}"] = words_field(need, owed=_("Enter this: %(need)s") % {"need": need})

    @property
    def needs(self) -> list[str]:
        """The names of the fields that the reason asks for."""
        return [f"need_{place}" for place, _need in enumerate(self.reason.needs)]

    @property
    def still_to_do(self) -> list[str]:
        """The names of the fields about actions that are still to do."""
        return [name for key, _words in self.things for name in self.names_about(key)]

    def clean(self) -> dict[str, Any]:
        """Say what is missing in combination: their view or why there is none, and what remains."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            closing = self.closing()
            owed = wrong_with(closing, self.reason)
            owed |= wrong_with_actions(closing, [key for key, _words in self.things])
            for name, said in owed.items():
                self.add_error(name, said)
        return given

    def closing(self) -> Closing:
        """Return what was said."""
        given = self.cleaned_data
        plain = ("own_view", "no_view_why", "who_knows", "reopens", "who_notices")
        return Closing(
            reason=self.reason.code,
            needs={need: given[f"need_{place}"] for place, need in enumerate(self.reason.needs)},
            met=Met(given["met"]),
            risk=Risk(given["risk"]),
            actions={
                key: Becomes(given[f"action_{key}"] == "goes_on", given[f"action_{key}_words"])
                for key, _words in self.things
            },
            **{name: given[name] for name in plain},
        )


class CheckBackForm(forms.Form):
    """How things are going, some time after a case ended."""

    words = words_field(
        gettext_lazy("How are things going?"),
        hint=gettext_lazy("In the person's own words, where you can."),
        owed=gettext_lazy("Say how things are going"),
    )
    on = DateField(
        label=gettext_lazy("When did you ask?"),
        error_messages={"required": gettext_lazy("Enter the day you asked")},
    )

    def __init__(self, *args: Any, today: date, ended_on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today, self.ended_on = today, ended_on

    def clean_on(self) -> date:
        """Refuse a day that is still to come, or before the case ended."""
        day = has_been(self.cleaned_data["on"], self.today)
        if day < self.ended_on:
            raise forms.ValidationError(_("The day must be on or after the day the case ended"))
        return day


class RemainsForm(forms.Form):
    """What the reader's agency says about what remains of a risk."""

    agrees = one_of(
        gettext_lazy("Does your organisation agree that this is what remains, and who holds it?"),
        REMAINS,
        gettext_lazy("Choose whether your organisation agrees"),
    )
    words = words_field(
        gettext_lazy("If not, why not, and what are you asking for?"), longest=5_000, by_rule=True
    )

    def clean(self) -> dict[str, Any]:
        """Ask why, if it does not agree."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("agrees") == Agreed.NOT_AGREED and not given["words"].strip():
            self.add_error("words", _("Say why your organisation does not agree"))
        return given
