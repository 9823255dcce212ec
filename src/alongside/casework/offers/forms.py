"""What people are asked about offers. Forms validate and never save."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.design.offering import offer
from alongside.casework.offers.presenters.words import (
    ANSWER,
    EXPLAINED,
    KIND,
    KNOWN,
    NOT_OFFERED,
    PUT_OFF,
    UNDERSTOOD,
    VERDICT,
)
from alongside.casework.offers.rules.assessment import Known, Refused
from alongside.casework.offers.rules.not_offered import NotOfferedWhy, Verdict, wrong_with_not_offered
from alongside.casework.offers.rules.offering import (
    Answer,
    Explained,
    Kind,
    Made,
    PutOff,
    Told,
    Understood,
    wrong_with_offer,
    wrong_with_reply,
)

Choice = TypeVar("Choice", bound=str)
Words = Any
"""Words, or words to be translated when they are shown."""


def _choices(words: Mapping[Choice, Promise]) -> list[tuple[str, Promise]]:
    return [(str(code), said) for code, said in words.items()]


class _Words(forms.CharField):
    """A few lines of text; ``owed`` is what to say if they are required but missing."""

    def __init__(
        self, label: Words, *, longest: int = 1_000, owed: Words = "", hint: Words = "", lines: int = 3
    ) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            max_length=longest,
            required=bool(owed),
            error_messages={"required": owed},
            widget=forms.Textarea(attrs={"rows": lines}),
        )


class OfferForm(forms.Form):
    """What was offered, and how it was explained."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What sort of help?"),
        choices=_choices(KIND),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what sort of help it was")},
    )
    what = _Words(
        gettext_lazy("What was offered?"),
        hint=gettext_lazy("As it was put to the person: what, how often, who from and at what cost."),
        owed=gettext_lazy("Enter what was offered"),
    )
    service_id = forms.TypedChoiceField(
        label=gettext_lazy("Is it a service in the directory?"), coerce=UUID, empty_value=None, required=False
    )
    instead_of_id = forms.TypedChoiceField(
        label=gettext_lazy("Was it offered instead of something earlier?"),
        coerce=UUID,
        empty_value=None,
        required=False,
    )
    urgent = forms.BooleanField(label=gettext_lazy("It is needed urgently, or to stay alive"), required=False)
    offered_on = DateField(
        label=gettext_lazy("When was it offered?"),
        error_messages={"required": gettext_lazy("Enter the day it was offered")},
    )
    explained = forms.MultipleChoiceField(
        label=gettext_lazy("How was it explained?"),
        choices=_choices(EXPLAINED),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose how it was explained")},
    )
    explained_words = _Words(
        gettext_lazy("More about how it was explained"),
        hint=gettext_lazy("Which language, who interpreted, what was shown or left with them."),
    )
    understood = forms.ChoiceField(
        label=gettext_lazy("Did they understand it?"),
        choices=_choices(UNDERSTOOD),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether they understood it, or choose Not known")},
    )
    understood_how = _Words(
        gettext_lazy("How do you know?"),
        hint=gettext_lazy("What they said or did that showed it, such as repeating it in their own words."),
    )

    def __init__(
        self,
        *given: Any,
        today: date,
        services: Iterable[tuple[str, str]],
        earlier: Iterable[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        self.today = today
        setattr(self.fields["understood_how"], "owed_by_rule", True)  # noqa: B010 - as in the reply's form
        for name, choices in (("service_id", services), ("instead_of_id", earlier)):
            offer(self, name, [("", _("No")), *choices])

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: the rules find something wrong with the offer.
        """
        given = super().clean() or {}
        if all(given.get(name) for name in ("kind", "offered_on", "understood")):
            _add(self, wrong_with_offer(self.made(given), today=self.today))
        return given

    @staticmethod
    def made(given: dict[str, Any]) -> Made:
        """Return the offer, from the fields that have a value."""
        words = ("what", "understood_how", "explained_words")
        return Made(
            kind=Kind(given["kind"]),
            offered_on=given["offered_on"],
            explained=frozenset(map(Explained, given.get("explained", []))),
            understood=Understood(given["understood"]),
            urgent=given.get("urgent", False),
            service_id=given.get("service_id"),
            instead_of_id=given.get("instead_of_id"),
            **{name: given.get(name, "") for name in words},
        )


class OpenedForm(forms.Form):
    """The newest reply when the form was opened."""

    opened_after = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ReplyForm(forms.Form):
    """What came of an offer."""

    answer = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=_choices(ANSWER),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what came of it")},
    )
    on = DateField(
        label=gettext_lazy("When was that?"),
        error_messages={"required": gettext_lazy("Enter the day of the answer")},
    )
    own_words = forms.CharField(
        label=gettext_lazy("What did the person say, in their own words?"),
        help_text=gettext_lazy(
            "Word for word. It comes first on the page, and nobody can change it afterwards, not even you."
        ),
        widget=forms.Textarea,
        max_length=10_000,
        strip=False,
        required=False,
    )
    no_words_why = _Words(
        gettext_lazy("If there are none of their own words, why not?"),
        hint=gettext_lazy("For example: they shook their head, or their daughter spoke for them."),
        lines=2,
    )
    put_off = forms.MultipleChoiceField(
        label=gettext_lazy("What put them off?"),
        help_text=gettext_lazy("As they told it. Select all that apply."),
        choices=_choices(PUT_OFF),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    put_off_words = _Words(gettext_lazy("What else put them off?"), lines=2)
    not_accessible_why = _Words(
        gettext_lazy("If it was not accessible, why not?"),
        hint=gettext_lazy("What the service said, or what got in the way."),
        lines=2,
    )
    instead = _Words(gettext_lazy("What was offered instead?"), lines=2)
    next_step = _Words(
        gettext_lazy("What will be tried next?"),
        hint=gettext_lazy("A no is never the end. Another time, another way, another person?"),
        lines=2,
    )
    next_by = forms.CharField(label=gettext_lazy("Who will go back to them?"), max_length=200, required=False)
    next_on = DateField(
        label=gettext_lazy("By when?"),
        help_text=gettext_lazy("Your organisation is reminded on that day."),
        required=False,
    )
    lacks_capacity = forms.ChoiceField(
        label=gettext_lazy(
            "Do they lack capacity to refuse this assessment, and would it be in their best interests?"
        ),
        choices=_choices(KNOWN),
        widget=forms.RadioSelect,
        required=False,
    )
    at_risk = forms.ChoiceField(
        label=gettext_lazy("Are they experiencing, or at risk of, abuse or neglect?"),
        help_text=gettext_lazy("Self-neglect is neglect."),
        choices=_choices(KNOWN),
        widget=forms.RadioSelect,
        required=False,
    )
    decided_by = forms.CharField(
        label=gettext_lazy("Who made these two decisions?"), max_length=200, required=False
    )
    decided_on = DateField(label=gettext_lazy("When were they made?"), required=False)
    revisit_on = DateField(label=gettext_lazy("When will they be looked at again?"), required=False)
    SECTION_11 = ("lacks_capacity", "at_risk", "decided_by", "decided_on", "revisit_on")
    ASKED_BY_THE_ANSWER = (
        "own_words", "no_words_why", "not_accessible_why", "next_step", "next_by", "next_on", *SECTION_11
    )  # fmt: skip

    def __init__(self, *given: Any, kind: Kind, offered_on: date, today: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.kind, self.offered_on, self.today = kind, offered_on, today
        if kind is not Kind.NEEDS_ASSESSMENT:
            for name in self.SECTION_11:
                del self.fields[name]
        for name in set(self.ASKED_BY_THE_ANSWER) & set(self.fields):
            setattr(self.fields[name], "owed_by_rule", True)  # noqa: B010 - no field of Django's has it

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: the rules find something wrong with the reply.
        """
        given = super().clean() or {}
        if given.get("answer") and given.get("on"):
            wrong = wrong_with_reply(
                self.told(given), kind=self.kind, offered_on=self.offered_on, today=self.today
            )
            _add(self, wrong)
        return given

    @staticmethod
    def told(given: dict[str, Any]) -> Told:
        """Return the reply, from fields that include the answer and its day."""
        words = (
            "own_words", "no_words_why", "put_off_words", "not_accessible_why", "instead", "next_step",
            "next_by",
        )  # fmt: skip
        known = {name: given.get(name) for name in ("lacks_capacity", "at_risk")}
        return Told(
            answer=Answer(given["answer"]),
            on=given["on"],
            next_on=given.get("next_on"),
            put_off=frozenset(map(PutOff, given.get("put_off", []))),
            refused=Refused(
                **{name: Known(value) if value else None for name, value in known.items()},
                decided_by=given.get("decided_by", ""),
                decided_on=given.get("decided_on"),
                revisit_on=given.get("revisit_on"),
            ),
            **{name: given.get(name, "") for name in words},
        )


class NotOfferedForm(forms.Form):
    """Help that was not offered, and why."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What sort of help?"),
        choices=_choices(KIND),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what sort of help it was")},
    )
    what = _Words(gettext_lazy("What was not offered?"), owed=gettext_lazy("Enter what was not offered"))
    why = forms.ChoiceField(
        label=gettext_lazy("Why was it not offered?"),
        choices=_choices(NOT_OFFERED),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why it was not offered")},
    )
    words = _Words(
        gettext_lazy("Why, in words"),
        longest=5_000,
        owed=gettext_lazy("Enter why it was not offered"),
        hint=gettext_lazy("What you know, as opposed to what you think, and what would change it."),
    )
    thought_by = forms.CharField(
        label=gettext_lazy("Who thought this?"),
        help_text=gettext_lazy("A name or job title, if the reason is what somebody thought."),
        max_length=200,
        required=False,
    )
    decided_on = DateField(
        label=gettext_lazy("When was that decided?"),
        error_messages={"required": gettext_lazy("Enter the day it was decided")},
    )

    def __init__(self, *given: Any, today: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Return the fields, with choices as the rules name them.

        Raises:
            ValidationError: the rules find something wrong with it.
        """
        given = super().clean() or {}
        for name, kind in (("kind", Kind), ("why", NotOfferedWhy)):
            if given.get(name):
                given[name] = kind(given[name])
        if all(given.get(name) for name in ("kind", "why", "decided_on")):
            asked = ("what", "why", "words", "thought_by", "decided_on")
            told = {name: given.get(name, "") for name in asked}
            _add(self, wrong_with_not_offered(**told, today=self.today))
        return given


class LookForm(forms.Form):
    """What a manager says of help that was not offered."""

    verdict = forms.TypedChoiceField(
        label=gettext_lazy("What do you think?"),
        choices=_choices(VERDICT),
        coerce=Verdict,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you think")},
    )
    words = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("The people who work with the person will read this."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Enter why you think so")},
    )


def _add(form: forms.Form, wrong: dict[str, str]) -> None:
    """Add what the rules find wrong, except on a field that already has an error."""
    for name, why in wrong.items():
        if name not in form.errors:
            form.add_error(name, why)
