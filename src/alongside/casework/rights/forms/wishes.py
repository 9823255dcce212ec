"""Forms for a person who objects, or who wants everything held about them erased."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.design.fields import by_rule, one, sentences
from alongside.casework.design.offering import offer
from alongside.casework.rights.forms.disputes import SaidForm
from alongside.casework.rights.forms.requests import FindForm
from alongside.casework.rights.models import AccessRequest
from alongside.casework.rights.queries.wishes import Speaks
from alongside.casework.rights.rules.disputes import Outcome
from alongside.casework.rights.rules.wishes import (
    ANSWERS,
    GROUNDS,
    HINTS,
    MAY_BE_REFUSED_FOR,
    WISHES,
    Wish,
    closed,
    outcomes_of,
)


class WishForm(SaidForm):
    """What they want done with everything that is held, who says so and when."""

    wish = one(gettext_lazy("What do they want?"), WISHES, gettext_lazy("Choose what they want"))
    words = sentences(
        gettext_lazy("What do they say?"),
        gettext_lazy("Enter what they want, in their words"),
        hint=gettext_lazy(
            "In their words. If they object, also what it is about their situation that matters here."
        ),
        most=5_000,
    )
    field_order: tuple[str, ...] = ("wish", "words")


class FindAndWishForm(FindForm, WishForm):
    """The same for a member who cannot see the person, starting with whose record it is."""

    field_order: tuple[str, ...] = (*FindForm.field_order, *WishForm.field_order)


class TakeBackForm(forms.Form):
    """What they say when they withdraw an objection."""

    words = sentences(
        gettext_lazy("What do they say?"),
        gettext_lazy("Enter what they say, in their words"),
        hint=gettext_lazy("In their words. They must not be talked into it."),
        most=5_000,
    )
    said_on = DateField(
        label=gettext_lazy("When did they say it?"),
        error_messages={"required": gettext_lazy("Enter the day they said it")},
    )
    how = one(
        gettext_lazy("How did they tell us?"),
        AccessRequest.How.choices,
        gettext_lazy("Choose how they told us"),
    )


class AnswerWishForm(forms.Form):
    """What the answer is, on which ground and why, and how the person was told."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What is your answer?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose your answer")},
    )
    ground = by_rule(
        forms.ChoiceField(
            label=gettext_lazy("If you refuse, on which ground?"), widget=forms.RadioSelect, required=False
        )
    )
    why = sentences(
        gettext_lazy("What reason was the person given?"),
        gettext_lazy("Enter the reason: the person and anybody who looks at this later will read it"),
        hint=gettext_lazy(
            "If you refuse, tell them these reasons, and that they can complain to you or to the "
            "Information Commissioner, or go to court."
        ),
        most=5_000,
    )
    changed = by_rule(
        sentences(
            gettext_lazy("If you agree, what will the message to those with whom something was shared say?"),
            hint=gettext_lazy("They will read these words, and must confirm that they have erased it too."),
            most=5_000,
        )
    )
    told_on = DateField(
        label=gettext_lazy("When was the person told?"),
        error_messages={"required": gettext_lazy("Enter the day they were told")},
    )
    told_how = forms.CharField(
        label=gettext_lazy("How were they told?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say how they were told")},
    )

    def __init__(self, *given: Any, wish: Wish, speaks: Speaks, told: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        grounds = MAY_BE_REFUSED_FOR[wish]
        shut = {each: closed(each, in_touch=speaks.in_touch, holds=speaks.holds) for each in grounds}
        offer(self, "outcome", [(each.value, ANSWERS[each]) for each in outcomes_of(wish)])
        offer(self, "ground", [(each.value, GROUNDS[each]) for each in grounds])
        self.fields["ground"].choice_hints = {  # type: ignore[attr-defined]
            each.value: _("Not available here. %(why)s") % {"why": shut[each]} if shut[each] else HINTS[each]
            for each in grounds
        }
        if not (told and wish is Wish.ERASE):
            del self.fields["changed"]

    def clean(self) -> dict[str, Any]:
        """Return the fields; a ground is only for a refusal, and a radio once chosen cannot be unchosen."""
        given = super().clean() or {}
        if given.get("outcome") != Outcome.REFUSED:
            given["ground"] = ""
        return given
