"""What is asked of an agency that steps back, and of the lead about that."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.marm.forms.fields import one_of, words_field
from alongside.casework.marm.presenters.stepping_back import ACCEPTS
from alongside.casework.marm.rules.disputes import About, Differs, wrong_with_dispute
from alongside.casework.marm.rules.stepping_back import Accepts, SteppingBack


class LeaveForm(forms.Form):
    """Why an agency steps back; and, while the case is open, who holds what it held and who it told."""

    why = words_field(
        gettext_lazy("Why is your organisation stepping back?"),
        hint=gettext_lazy("It stays on the case, and the person can read it."),
        owed=gettext_lazy("Say why"),
        longest=2_000,
    )
    who_holds = words_field(
        gettext_lazy("Who now holds what you held, by name and agency?"),
        hint=gettext_lazy("If nobody does yet, say so: the lead will answer this."),
        owed=gettext_lazy("Say who now holds what you held, or that nobody does yet"),
    )
    person_told = words_field(
        gettext_lazy("When did you tell the person, and what did they say?"),
        hint=gettext_lazy("If you did not, say why."),
        owed=gettext_lazy("Say when you told the person, or why you did not"),
    )
    agencies_told = words_field(
        gettext_lazy("When did you tell the other agencies, and who did you tell?"),
        owed=gettext_lazy("Say when you told the other agencies, and who you told"),
        lines=2,
    )

    def __init__(self, *args: Any, is_open: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not is_open:
            for name in ("who_holds", "person_told", "agencies_told"):
                del self.fields[name]

    def said(self) -> SteppingBack:
        """Return what was said."""
        return SteppingBack(**self.cleaned_data)


class AnswerLeavingForm(forms.Form):
    """Whether it is right that an agency left; if not, what agencies disagree about."""

    accepts = one_of(gettext_lazy("Is that right?"), ACCEPTS, gettext_lazy("Choose whether that is right"))
    words = words_field(
        gettext_lazy("Who now holds what they held? Or what is not right, and what are you asking for?"),
        owed=gettext_lazy("Say who now holds what they held, or what is not right"),
    )
    meanwhile = words_field(
        gettext_lazy("If it is not right, what happens meanwhile, so that the person is not left waiting?"),
        by_rule=True,
    )
    who = words_field(
        gettext_lazy("If it is not right, who will speak to whom, by name and agency?"),
        longest=2_000,
        lines=2,
        by_rule=True,
    )

    def __init__(self, *args: Any, first: str, **more: Any) -> None:
        super().__init__(*args, **more)
        if first:
            self.fields["who"].help_text = _("The first step here is the lowest: %(step)s.") % {"step": first}

    def clean(self) -> dict[str, Any]:
        """Ask for what a dispute needs, if it is not accepted."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and (differs := self.differs()):
            for name, said in wrong_with_dispute(differs).items():
                self.add_error(name, said)
        return given

    def differs(self) -> Differs | None:
        """Return what a dispute says; None if it is accepted."""
        given = self.cleaned_data
        if given["accepts"] != Accepts.NOT_ACCEPTED:
            return None
        return Differs(About.NOT_TAKING_PART, given["words"], given["meanwhile"], given["who"])
