"""What is asked after a death or serious harm: danger to others first."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.area.marm_models import Forum
from alongside.casework.design.dates import DateField
from alongside.casework.design.offering import offer
from alongside.casework.marm.commands.harm import SentToReview
from alongside.casework.marm.forms.fields import has_been, one_of, words_field
from alongside.casework.marm.presenters.harm import HARM, IN_DANGER
from alongside.casework.marm.rules.harm import Happened, Harm, InDanger, wrong_with_harm

NONE = "none"


class HarmForm(forms.Form):
    """What happened: first, whether others are in danger."""

    others = one_of(
        gettext_lazy("Is anybody else in danger?"),
        IN_DANGER,
        gettext_lazy("Choose whether anybody else is in danger"),
        gettext_lazy("Ring 999 first if somebody is."),
    )
    others_words = words_field(
        gettext_lazy("If somebody is, what is being done for them, and by whom?"), lines=2, by_rule=True
    )
    harm = one_of(gettext_lazy("What happened?"), HARM, gettext_lazy("Choose what happened"))
    words = words_field(
        gettext_lazy("How did it happen, as far as you know?"),
        hint=gettext_lazy("What is known, and what is not. Nobody is blamed here."),
        owed=gettext_lazy("Say what happened, as far as you know"),
        longest=10_000,
    )
    happened_on = DateField(label=gettext_lazy("On which day, if you know?"), required=False)
    learned_on = DateField(
        label=gettext_lazy("When did you learn of it?"),
        error_messages={"required": gettext_lazy("Enter the day you learned of it")},
    )
    learned_from = words_field(
        gettext_lazy("Who did you learn it from?"),
        owed=gettext_lazy("Say who you learned it from"),
        longest=2_000,
        lines=2,
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Say what is missing in combination, and which day is impossible."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for name, said in wrong_with_harm(self.happened(), day=self.today).items():
                self.add_error(name, said)
        return given

    def happened(self) -> Happened:
        """Return what was said."""
        given = self.cleaned_data
        return Happened(
            others=InDanger(given["others"]), others_words=given["others_words"], harm=Harm(given["harm"]),
            words=given["words"], happened_on=given["happened_on"], learned_on=given["learned_on"],
            learned_from=given["learned_from"],
        )  # fmt: skip


class ReviewForm(forms.Form):
    """Whether a review is asked for, and why."""

    asks = forms.ChoiceField(
        label=gettext_lazy("Are you asking for somebody to look back at how agencies worked together?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether you are asking for a review")},
    )
    why = words_field(
        gettext_lazy("Why, or why not?"),
        hint=gettext_lazy("The board decides whether there is a review. You say what you saw."),
        owed=gettext_lazy("Say why, or why not"),
    )
    sent_to = forms.CharField(
        label=gettext_lazy("If yes, who was it sent to?"), max_length=200, required=False
    )
    sent_on = DateField(label=gettext_lazy("If yes, when was it sent?"), required=False)
    reference = forms.CharField(label=gettext_lazy("Their reference"), max_length=100, required=False)

    def __init__(self, *args: Any, forums: Iterable[Forum], today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        for name in ("sent_to", "sent_on"):
            self.fields[name].owed_by_rule = True  # type: ignore[attr-defined]
        asked = [(each.code, _("Yes: %(board)s") % {"board": each.title}) for each in forums]
        offer(self, "asks", [*asked, (NONE, _("No"))])

    def clean_sent_on(self) -> date | None:
        """Refuse a day that is still to come."""
        day: date | None = self.cleaned_data["sent_on"]
        return has_been(day, self.today) if day else None

    def clean(self) -> dict[str, Any]:
        """Ask where and when it was sent, if it was."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and given["asks"] != NONE:
            if not given["sent_to"].strip():
                self.add_error("sent_to", _("Say who it was sent to"))
            if given["sent_on"] is None:
                self.add_error("sent_on", _("Enter the day it was sent"))
        return given

    def sent(self) -> SentToReview | None:
        """Return where it was sent; None if no review is asked for."""
        given = self.cleaned_data
        if given["asks"] == NONE:
            return None
        return SentToReview(given["asks"], given["sent_to"], given["sent_on"], given["reference"])
