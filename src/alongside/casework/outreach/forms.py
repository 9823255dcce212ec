"""What is entered on the pages of outreach. Forms check it and never save."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.design.fields import by_rule
from alongside.casework.design.offering import offer
from alongside.casework.outreach.commands.talking import Came
from alongside.casework.outreach.rules import (
    LONGEST_ANSWER,
    OutcomeKind,
    Priority,
    Result,
    Verdict,
)
from alongside.casework.people.forms import SafeToKnow
from alongside.casework.people.forms.asking import SAFE, UNSAFE

Words = Any
"""Words, or words that are translated when they are shown."""
if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = Iterable[tuple[Any, str]]
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
PRIORITIES = (
    (Priority.TODAY, gettext_lazy("Today")),
    (Priority.THIS_WEEK, gettext_lazy("This week")),
    (Priority.ROUTINE, gettext_lazy("In turn")),
)
AGREES = (
    ("yes", gettext_lazy("They agree")),
    ("no", gettext_lazy("They do not agree")),
    ("not_asked", gettext_lazy("They have not been asked yet")),
)
YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


class _Words(forms.CharField):
    """Several lines of text, kept as written."""

    def __init__(
        self, label: Words, *, longest: int = 5_000, required: bool = True, hint: Words = ""
    ) -> None:
        super().__init__(
            label=label,
            max_length=longest,
            required=required,
            help_text=hint,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )


class JudgeForm(forms.Form):
    """What a professional says of a flag."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Do you agree with the flag?"), choices=VERDICTS, widget=forms.RadioSelect
    )
    why = _Words(gettext_lazy("Why"), hint=gettext_lazy("What do you know that these sources do not?"))


class AttemptForm(forms.Form):
    """One try to get in touch."""

    result = forms.ChoiceField(
        label=gettext_lazy("What came of it?"), choices=RESULTS, widget=forms.RadioSelect
    )
    note = _Words(gettext_lazy("What happened"), required=False)
    next_offer = _Words(
        gettext_lazy("If they said no: what will you offer instead?"), longest=2_000, required=False
    )
    try_next_on = DateField(label=gettext_lazy("When will you try again?"), required=False)


class WhyForm(forms.Form):
    """A reason, a note, or what came of something: one box of words."""

    words = _Words(gettext_lazy("In words"))

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
    why = _Words(gettext_lazy("Why"))


class SkillsForm(forms.Form):
    """What whoever contacts the person must be able to do."""

    skills = forms.MultipleChoiceField(
        label=gettext_lazy("What must whoever contacts them be able to do?"),
        help_text=gettext_lazy(
            "These are the skills that members of your organisation have. Only those who have all you choose "
            "can be given this person."
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
    why = _Words(gettext_lazy("Why, and what should they know?"), longest=2_000)

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
    why = _Words(gettext_lazy("If not, why?"), longest=2_000, required=False)


class DangerForm(forms.Form):
    """The first question of every conversation."""

    danger = forms.ChoiceField(
        label=gettext_lazy("Is somebody in immediate danger now?"), choices=YES_NO, widget=forms.RadioSelect
    )


class _HowSoon(forms.TypedChoiceField):
    """How soon the organisation asked should look; it may be left open."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("How soon should somebody look into it?"),
            help_text=gettext_lazy(
                "If you do not choose, it is as soon as was said for your own list, or else this week. If it "
                "cannot wait, phone them as well."
            ),
            choices=PRIORITIES,
            coerce=lambda told: Priority(int(told)),
            required=False,
            empty_value=None,
            widget=forms.RadioSelect,
        )


class ReferForm(SafeToKnow):
    """A referral to an organisation that was chosen, with what it does in view."""

    why = _Words(gettext_lazy("What are you asking for, and why?"))
    priority = _HowSoon()
    person_agrees = forms.ChoiceField(
        label=gettext_lazy("What did the person say about it?"), choices=AGREES, widget=forms.RadioSelect
    )
    hands_over = forms.BooleanField(label=gettext_lazy("They should take over everything"), required=False)

    field_order = ("why", "priority", "person_agrees")


class _AnswerForm(forms.Form):
    """Words that go back to the referrer; or none, and that no more can be said."""

    cannot_say = forms.BooleanField(
        label=gettext_lazy("We cannot say more; talk to us"),
        help_text=gettext_lazy(
            "Nothing else is sent. Tick this if the person asked that they are told nothing."
        ),
        required=False,
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.boxes = [name for name in self.fields if name != "cannot_say"]
        self.order_fields(self.boxes)
        for name in self.boxes:
            by_rule(self.fields[name]).required = False

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: words are missing; or are given where no more can be said.
        """
        told = super().clean() or {}
        for name in self.boxes:
            if told.get("cannot_say") and told.get(name, "").strip():
                self.add_error(name, _("Nothing else is sent if you cannot say more: leave this empty"))
            if not told.get("cannot_say") and not told.get(name, "x").strip():
                self.add_error(
                    name, _("Not answered yet: %(question)s") % {"question": self.fields[name].label}
                )
        return told


class DeclineForm(_AnswerForm):
    """A no, with its reason and another way."""

    why = _Words(gettext_lazy("Why not?"), longest=2_000)
    other_route = _Words(gettext_lazy("Where can the person go instead?"), longest=2_000)


class CompleteForm(_AnswerForm):
    """What was done."""

    words = _Words(gettext_lazy("What was done? The organisation that referred will read it."))


class FinishForm(SafeToKnow):
    """What came of a conversation. Each part may be empty; all of them may not."""

    next_steps = _Words(gettext_lazy("The person's own next steps, in their words"), required=False)
    service_name = forms.CharField(
        label=gettext_lazy("A service you pointed them to"),
        help_text=gettext_lazy("One that is not in the directory. For one that is, use the search."),
        max_length=200,
        required=False,
    )
    service_telephone = forms.CharField(
        label=gettext_lazy("Its telephone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    on_paper = forms.BooleanField(
        label=gettext_lazy("The person wants the service on the page they keep"),
        required=False,
        help_text=gettext_lazy("Others at home may read that page. Ask first."),
    )
    advice = _Words(gettext_lazy("What you advised"), longest=LONGEST_ANSWER, required=False)
    refer_to = forms.TypedChoiceField(
        label=gettext_lazy("Refer them to"), coerce=UUID, required=False, empty_value=None
    )
    refer_why = _Words(gettext_lazy("What you are asking for, and why"), required=False)
    refer_soon = _HowSoon()
    person_agrees = forms.ChoiceField(
        label=gettext_lazy("What the person said about the referral"),
        choices=AGREES,
        required=False,
        widget=forms.RadioSelect,
    )
    concern = _Words(gettext_lazy("Something that worries you"), longest=LONGEST_ANSWER, required=False)
    talked_through = forms.ChoiceField(
        label=gettext_lazy("Have you talked through what worries you with the person?"),
        help_text=gettext_lazy(
            "Ask them before you ask colleagues, unless that would put somebody in danger."
        ),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("Not yet"))],
        required=False,
        widget=forms.RadioSelect,
    )

    field_order = (
        "next_steps", "service_name", "service_telephone", "on_paper", "advice", "refer_to", "refer_why",
        "refer_soon", "person_agrees",
    )  # fmt: skip

    def __init__(self, *given: Any, organisations: Choices, died: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        self.died = died
        self.fields["safe"].label = _("Is it safe for the person to know about the referral?")
        offer(self, "refer_to", [("", _("Nobody")), *organisations])

    def clean(self) -> dict[str, Any]:
        """Refuse half a signpost and half a referral, but of somebody who has died keep what there is."""
        if self.died:
            self._keep_from_them()
            return super().clean() or {}
        told = super().clean() or {}
        if told.get("service_telephone") and not told.get("service_name"):
            self.add_error("service_name", _("Enter the name of the service this number belongs to."))
        if bool(told.get("refer_to")) != bool((told.get("refer_why") or "").strip()):
            self.add_error("refer_to", _("Choose an organisation and enter what you are asking it for."))
        return told

    def something_is_sent(self, given: dict[str, Any]) -> bool:
        """Whether somebody is referred: a talk that ends without that sends nothing."""
        return bool(given.get("refer_to")) and not self.died

    def _keep_from_them(self) -> None:
        """Take what nobody called safe as not safe: the record that they died may be wrong."""
        given = self.cleaned_data
        if given.get("safe") == SAFE:
            return
        written = any(given.get(name) for name in ("refer_to", "refer_why", "why_not_safe"))
        given["safe"] = UNSAFE if written else ""
        if written and not given.get("why_not_safe"):
            given["why_not_safe"] = _("Nobody wrote whether it is safe for them to know, or why it is not.")

    def refers_to(self) -> UUID | None:
        """Return who a referral would go to; None where nobody is referred."""
        return self.cleaned_data.get("refer_to")

    def came(self) -> list[Came]:
        """Return what came of it. Of somebody who has died, a part of a referral counts as one."""
        told, came = self.cleaned_data, []
        if name := told["service_name"] or told["service_telephone"]:
            signpost = {each: told[each] for each in ("service_telephone", "on_paper")}
            came.append(Came(OutcomeKind.SIGNPOST, service_name=name, **signpost))
        if told["advice"].strip():
            came.append(Came(OutcomeKind.ADVICE, words=told["advice"]))
        unsent = self.died and bool(told.get("why_not_safe"))
        if told["refer_to"] or told["refer_why"].strip() or unsent:
            came.append(
                Came(
                    OutcomeKind.REFERRAL,
                    words=told["refer_why"],
                    organisation_id=told["refer_to"],
                    person_agrees=told["person_agrees"] or "not_asked",
                    why_not_safe=told.get("why_not_safe", ""),
                    priority=told["refer_soon"],
                )
            )
        if told["concern"].strip():
            talked = told["talked_through"] == "yes"
            came.append(Came(OutcomeKind.CONCERN, words=told["concern"], talked_through=talked))
        return came


class WorryForm(SafeToKnow):
    """A worry, in as few words as possible."""

    known_as = forms.CharField(
        label=gettext_lazy("What do you call them?"),
        help_text=gettext_lazy("A first name is enough, or what people know them by."),
        max_length=200,
    )
    words = _Words(
        gettext_lazy("What worries you?"),
        longest=4_000,
        hint=gettext_lazy("As you would say it on the phone."),
    )
    how_to_find = forms.CharField(
        label=gettext_lazy("Where can somebody find them?"),
        help_text=gettext_lazy(
            "A street, a place they go to, a number they answer. Leave it empty if you do not know."
        ),
        max_length=300,
        required=False,
    )
    priority = forms.TypedChoiceField(
        label=gettext_lazy("How soon should somebody look into it?"),
        choices=PRIORITIES,
        coerce=lambda told: Priority(int(told)),
        widget=forms.RadioSelect,
    )
    person_agrees = forms.ChoiceField(
        label=gettext_lazy("Do they know that you are telling us?"),
        choices=[
            ("yes", gettext_lazy("Yes, and they agree")),
            ("no", gettext_lazy("Yes, and they do not agree")),
            ("not_asked", gettext_lazy("Not yet")),
        ],
        widget=forms.RadioSelect,
    )
    to = forms.TypedChoiceField(
        label=gettext_lazy("Who should hear about it?"), coerce=UUID, required=False, empty_value=None
    )

    field_order = ("known_as", "words", "how_to_find", "priority", "person_agrees")

    def __init__(self, *given: Any, contacts: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        named = list(contacts)
        if len(named) > 1:
            offer(self, "to", named)
            self.fields["to"].required = True
        else:
            del self.fields["to"]


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


class OwnPageForm(forms.Form):
    """What goes on the person's own page."""

    parts = forms.MultipleChoiceField(
        label=gettext_lazy("What do they want on it?"),
        help_text=gettext_lazy("Go through it with them. Others at home may read it."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *given: Any, parts: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "parts", list(parts))
