"""What is entered about somebody on a list: what is thought of a flag, who contacts them, how soon."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.design.offering import offer
from alongside.casework.outreach.forms.fields import PRIORITIES, YES_NO, Choices, InWords
from alongside.casework.outreach.rules import Priority, Result, Verdict

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

VERDICTS = (
    (Verdict.AGREE, gettext_lazy("I agree: this is worth a conversation")),
    (Verdict.DISAGREE, gettext_lazy("I disagree")),
    (Verdict.UNSURE, gettext_lazy("I am unsure")),
)
RESULTS = (
    (Result.SPOKE, gettext_lazy("We spoke")),
    (Result.DECLINED_NOW, gettext_lazy("We spoke, and they said no for now")),
    (Result.LEFT_SAFE_MESSAGE, gettext_lazy("I left a message that is safe for anybody to hear")),
    (Result.NOT_REACHED, gettext_lazy("I did not reach them")),
    (Result.UNSAFE, gettext_lazy("It was not safe to get in touch")),
    (Result.WRONG_PERSON, gettext_lazy("It was somebody else")),
)


class JudgeForm(forms.Form):
    """What a professional says of a flag."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Do you agree with the flag?"), choices=VERDICTS, widget=forms.RadioSelect
    )
    why = InWords(gettext_lazy("Why"), hint=gettext_lazy("What do you know that these sources do not?"))


class AttemptForm(forms.Form):
    """One try to get in touch."""

    result = forms.ChoiceField(
        label=gettext_lazy("What came of it?"), choices=RESULTS, widget=forms.RadioSelect
    )
    note = InWords(gettext_lazy("What happened"), required=False)
    next_offer = InWords(
        gettext_lazy("If they said no: what will you offer instead?"), longest=2_000, required=False
    )
    try_next_on = DateField(label=gettext_lazy("When will you try again?"), required=False)


class WhyForm(forms.Form):
    """A reason, a note, or what came of something: one box of words."""

    words = InWords(gettext_lazy("In words"))

    def __init__(self, *given: Any, label: "StrOrPromise" = "", **more: Any) -> None:
        super().__init__(*given, **more)
        if label:
            self.fields["words"].label = label


class PriorityForm(forms.Form):
    """How soon, and why."""

    priority = forms.TypedChoiceField(
        label=gettext_lazy("How soon?"),
        choices=PRIORITIES,
        coerce=lambda told: Priority(int(told)),
        widget=forms.RadioSelect,
    )
    why = InWords(gettext_lazy("Why"))


class SkillsForm(forms.Form):
    """What whoever contacts the person must be able to do."""

    skills = forms.MultipleChoiceField(
        label=gettext_lazy("What must whoever contacts them be able to do?"),
        help_text=gettext_lazy(
            "These are the skills that members of your organisation have. Only those who have all you choose "
            "can be given this person. Somebody who covers for a colleague is told which of them they lack."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *given: Any, skills: Iterable[str], **more: Any) -> None:
        super().__init__(*given, **more)
        offered = [(each, each) for each in skills]
        offer(self, "skills", offered)
        if not offered:
            self.fields["skills"].help_text = _(
                "No skill is recorded for anybody here yet. A manager records them under Members."
            )


class MemberForm(forms.Form):
    """Another member, and why."""

    member = forms.TypedChoiceField(label=gettext_lazy("Who?"), coerce=UUID)
    why = InWords(gettext_lazy("Why, and what should they know?"), longest=2_000)

    def __init__(self, *given: Any, members: Choices, reason: bool = True, **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "member", list(members))
        if not reason:
            del self.fields["why"]


class CoverForm(forms.Form):
    """Whose items go to which member."""

    away = forms.TypedChoiceField(label=gettext_lazy("Who is away?"), coerce=UUID)
    to = forms.TypedChoiceField(label=gettext_lazy("Who takes all of their items?"), coerce=UUID)

    def __init__(self, *given: Any, away: Choices, to: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        # nobody is chosen in advance: it would be easy to move the first member's items by mistake
        offer(self, "away", [("", _("Choose somebody")), *away])
        offer(self, "to", [("", _("Choose somebody")), *to])


class HandOverAnswerForm(forms.Form):
    """Whether the member takes it over."""

    accepted = forms.ChoiceField(
        label=gettext_lazy("Will you take it over?"), choices=YES_NO, widget=forms.RadioSelect
    )
    why = InWords(gettext_lazy("If not, why?"), longest=2_000, required=False)


class NeedsForm(forms.Form):
    """What the person may need, from the partnership's list."""

    needs = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What they may need help with"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *given: Any, needs: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "needs", list(needs), for_everybody=True)
