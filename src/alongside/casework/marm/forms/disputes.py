"""What is asked when agencies disagree, and when a step in settling it is over."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.offering import offer
from alongside.casework.marm.forms.fields import one_of, words_field
from alongside.casework.marm.presenters.disputes import ABOUT, ENDS_AS
from alongside.casework.marm.rules.disputes import About, CameOf, Differs


class RaiseForm(forms.Form):
    """What the agency sees differently; and first, what happens meanwhile for the person."""

    meanwhile = words_field(
        gettext_lazy("What happens meanwhile, so that the person is not left waiting?"),
        hint=gettext_lazy("Who carries on doing what. Nothing in the case stops because agencies disagree."),
        owed=gettext_lazy("Say what happens meanwhile, so that the person is not left waiting"),
    )
    against = forms.ChoiceField(
        label=gettext_lazy("Which agency do you disagree with?"),
        error_messages={"required": gettext_lazy("Choose the agency you disagree with")},
    )
    about = one_of(gettext_lazy("What is it about?"), ABOUT, gettext_lazy("Choose what it is about"))
    words = words_field(
        gettext_lazy("What does your organisation see differently, and what are you asking for?"),
        hint=gettext_lazy("A few words, about the matter and not about colleagues. Both agencies read them."),
        owed=gettext_lazy("Say what your organisation sees differently"),
    )
    who = words_field(
        gettext_lazy("Who will speak to whom, by name and agency?"),
        owed=gettext_lazy("Say who will speak to whom, by name and agency"),
        longest=2_000,
        lines=2,
    )

    def __init__(self, *args: Any, others: Iterable[tuple[UUID, str]], first: str, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "against", [("", _("Choose")), *((str(key), name) for key, name in others)])
        if first:
            self.fields["who"].help_text = _("The first step here is the lowest: %(step)s.") % {"step": first}

    def differs(self) -> Differs:
        """Return what was said."""
        given = self.cleaned_data
        return Differs(About(given["about"]), given["words"], given["meanwhile"], given["who"])


class SettleForm(forms.Form):
    """How it was settled; at the last step, or that it was decided there."""

    opened_rung = forms.IntegerField(widget=forms.HiddenInput)
    came = one_of(gettext_lazy("How did it end?"), ENDS_AS, gettext_lazy("Choose how it ended"))
    words = words_field(
        gettext_lazy("What was agreed, or decided?"),
        hint=gettext_lazy("Who does what from now on, for the person."),
        owed=gettext_lazy("Say what was agreed, or decided"),
    )

    def __init__(self, *args: Any, last: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not last:  # a lower step settles or passes on; it never decides
            del self.fields["came"]

    def came_of(self) -> CameOf:
        """Return how it ended."""
        return CameOf(self.cleaned_data.get("came", CameOf.SETTLED))


class TakeUpForm(forms.Form):
    """Why it goes on to the next step, and who speaks there."""

    opened_rung = forms.IntegerField(widget=forms.HiddenInput)
    why = words_field(
        gettext_lazy("Why was it not settled at this step?"), owed=gettext_lazy("Say why it was not settled")
    )
    who = words_field(
        gettext_lazy("Who will speak to whom now, by name and agency?"),
        owed=gettext_lazy("Say who will speak now, by name and agency"),
        longest=2_000,
        lines=2,
    )
